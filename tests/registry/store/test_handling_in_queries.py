"""Worlds of marks and readers: the queries leave exactly what the rule of the domain leaves."""

from datetime import UTC, datetime
from itertools import product

import pytest
from sqlalchemy.orm import Session

from registry.domain.account import Account, Role
from registry.domain.designation import Measure
from registry.domain.handling import NOBODY, Level, Reader, mark, may_read, reader
from registry.domain.history import Entry, Event
from registry.domain.portion import Comment, Portion
from registry.domain.position import Ask
from registry.domain.proposal import Proposal, Stage, Subject, visible
from registry.services import chronicle
from registry.store import accounts, history, portions, proposals
from registry.store.tables import SubjectRow

NOW = datetime(2026, 5, 20, 9, tzinfo=UTC)
NGO = "ngo:Watch & Report"
RELEASES = ((), ("UK",), ("QUAD",), ("UK", NGO), ("secretariat", "AU"))


@pytest.fixture(scope="module")
def world(lasting_databases):
    """Every level with every release, by a partner and the secretariat; drafts and circulated."""
    engine = lasting_databases.open()
    with Session(engine) as session, session.begin():
        session.add(SubjectRow(id="S1", number=1, name="A", kind="person", merged_into=None))
        session.flush()
        who = [
            accounts.add(
                session, Account(0, f"n{n}", "N", affiliation, frozenset({role})), "none", NOW
            )
            for n, (affiliation, role) in enumerate(
                [
                    ("US", Role.POLICY),
                    ("US", Role.READER),
                    ("UK", Role.OFFICER),
                    ("UK", Role.AUDITOR),
                    ("AU", Role.READER),
                    (NGO, Role.NGO),
                    ("secretariat", Role.POLICY),
                    ("US", Role.ADMINISTRATOR),
                ]
            )
        ]
        named = [who[0].id, who[2].id]
        marks = [
            mark(originator, level, releases, named)
            for originator in ("US", "secretariat")
            for level, releases in product(Level, RELEASES)
        ]
        made = {}
        for place, (marking, circulated) in enumerate(product(marks, (None, NOW))):
            proposal = Proposal(
                id=f"P{place:03}",
                title=f"Title {place}",
                summary="",
                situation="",
                stage=Stage.CIRCULATED if circulated else Stage.DRAFT,
                marking=marking,
                subjects=(Subject("S1", "A"),),
                asks=(Ask("S1", Measure.ASSET_FREEZE, "UK"),),
                created_at=NOW,
                created_by=who[0].id,
                circulated_at=circulated,
            )
            proposals.add(session, proposal)
            made[proposal.id] = proposal
        host = next(
            each
            for each in made.values()
            if each.circulated_at
            and "UK" in each.marking.line
            and each.marking == mark("US", Level.GREEN, ("UK", NGO))
        )
        said = {}
        for each in who:
            history.watch(session, host.id, each.id)
        for place, marking in enumerate(marks):
            portion = Portion(f"C{place:03}", Comment("x"), marking, False, None, "US", NOW)
            portions.add(session, host.id, portion)
            said[portion.id] = marking
            entry = Entry(Event.COMMENT, "", None, "US", NOW, portion=portion.id)
            chronicle.record(session, host.id, entry)
    return engine, who, made, host, said


def readers(who):
    known = [reader(each) for each in who]
    return [NOBODY, *known, *(one.towards(to) for one in known for to in ("US", "UK", NGO))]


def test_proposals_are_there_for_those_whom_the_rule_names(world):
    engine, who, made, _host, _said = world
    with Session(engine) as session:
        for each in readers(who):
            expected = {key for key, proposal in made.items() if visible(proposal, each)}
            assert {found.id for found in proposals.readable(session, each)} == expected
            for key, proposal in made.items():
                found = proposals.find(session, each, key)
                assert found == (proposal if key in expected else None)


def test_portions_history_and_notices_are_there_for_those_whom_the_rule_names(world):
    engine, who, _made, host, said = world
    with Session(engine) as session:
        for each in readers(who):
            there = visible(host, each)
            expected = {key for key, mark_ in said.items() if there and may_read(each, mark_)}
            found = portions.comments(session, each, host.id)
            assert {one.id for one in found} == expected
            assert {one.portion for one in history.entries(session, each, host.id)} == expected
            if each.account is not None:
                told = history.notices(session, each)
                assert {one.entry.portion for one in told} == expected
                assert history.unread(session, each) == len(expected)


def test_the_worlds_hold_all_that_can_differ(world):
    _engine, who, made, host, said = world
    seen = {frozenset(key for key, p in made.items() if visible(p, each)) for each in readers(who)}
    assert len(seen) >= 7
    read = {frozenset(key for key, m in said.items() if may_read(each, m)) for each in readers(who)}
    assert len(read) >= 7
    assert visible(host, reader(who[5]))


def test_an_account_that_is_disabled_reads_nothing():
    gone = Account(1, "n", "N", "US", frozenset({Role.POLICY}), is_disabled=True)
    assert reader(gone) == NOBODY == reader(None)
    assert Reader(frozenset()).towards("US") == NOBODY
