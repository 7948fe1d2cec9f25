"""Proposals that close by editions in the official formats, imported and reconciled in order."""

from datetime import UTC, date, datetime
from itertools import product

import pytest
from sqlalchemy.orm import Session

from importers.source import open_source
from registry.domain.account import Account, Role
from registry.domain.designation import Measure
from registry.domain.judgement import Verdict
from registry.domain.portion import latest
from registry.domain.position import Ask, Status
from registry.services import assess, closing, ingest, judge, propose, resolve, samples
from registry.services.propose import Fields
from registry.store import accounts, portions, proposals, queries
from registry.store.archive import Archive
from tests.test_sample_lists import SAMPLES

FREEZE = Measure.ASSET_FREEZE
PARTNERS = ("US", "EU", "UK", "CA")


class Registry:
    """Editions come in order; after each the listings are reconciled and proposals follow."""

    def __init__(self, engine, folder):
        self.engine, self.archive = engine, Archive(folder)
        with Session(engine) as session, session.begin():
            us = Account(0, "us", "US", "US", frozenset({Role.POLICY}))
            self.account = accounts.add(session, us, "none", datetime(2020, 1, 1, tzinfo=UTC))

    def receive(self, key, folder, dated):
        at = datetime(dated.year, dated.month, dated.day, 12, tzinfo=UTC)
        with Session(self.engine) as session, session.begin():
            outcome = ingest.import_edition(
                session,
                self.archive,
                key,
                open_source(folder),
                ingest.Receipt(at, published_on=dated, accepted_because="a test"),
            )
            assert not outcome.quarantined, outcome
        with Session(self.engine) as session, session.begin():
            resolve.reconcile(session)
            return closing.close(session, dated, at)

    def confirm(self, left, right, on):
        """A reviewer says that two listings are one subject."""
        at = datetime(on.year, on.month, on.day, 15, tzinfo=UTC)
        with Session(self.engine) as session, session.begin():
            keys = [judge.listing_key(session, *each) for each in (left, right)]
            judge.record(session, *keys, Verdict.SAME, "A. Reviewer", "Same birth years.", at)
            resolve.reconcile(session)
            return closing.close(session, on, at)

    def subject(self, official_list, reference):
        with Session(self.engine) as session:
            return queries.listing(session, official_list, reference).subject_id

    def position(self, made, subject, partner):
        return self.found(made)[1].get(Ask(subject, FREEZE, partner))

    def coverage(self, on):
        with Session(self.engine) as session:
            return assess.assess(session, on, on).subjects

    def propose(self, subjects, partners, on):
        at = datetime(on.year, on.month, on.day, 13, tzinfo=UTC)
        with Session(self.engine) as session, session.begin():
            return propose.start(
                session, self.account, Fields("By editions"), subjects, partners, [FREEZE], on, at
            )

    def found(self, made):
        with Session(self.engine) as session:
            reader = propose.handling.reader(self.account)
            given = latest(portions.positions(session, reader, made.id))
            return proposals.find(session, reader, made.id), {
                ask: each.value for ask, each in given.items()
            }


@pytest.fixture
def registry(database, tmp_path):
    return Registry(database, tmp_path / "archive")


def test_the_sample_editions_close_and_reopen(registry):
    """Every sample list in the order of its editions' dates: what a partner's later edition adds
    closes, what it drops reopens."""
    editions = sorted(samples.editions(SAMPLES), key=lambda each: each.dated)
    last = {each.official_list: each for each in editions}
    first = [each for each in editions if each is not last[each.official_list]]
    for each in first:
        registry.receive(each.official_list, each.folder, each.dated)
    day = max(each.dated for each in first)
    made = {
        each.facts.id: registry.propose([each.facts.id], PARTNERS, day)
        for each in registry.coverage(day)
    }
    before = {key: registry.found(each)[1] for key, each in made.items()}
    newest = sorted(last.values(), key=lambda each: each.dated)
    for each in newest:
        registry.receive(each.official_list, each.folder, each.dated)
    today = max(day, newest[-1].dated)
    now = {each.facts.id: each for each in registry.coverage(today)}
    opened = reopened = 0
    for subject, partner in product(made, PARTNERS):
        _found, positions = registry.found(made[subject])
        ask = Ask(subject, FREEZE, partner)
        was = ask in before[subject]
        position = positions.get(ask)
        if subject in now and partner in now[subject].imposing[FREEZE]:
            assert position is not None
            opened += not was
        if was and position.status is not Status.DESIGNATED:
            reopened += 1
            assert "It was designated by" in position.reason
    assert opened
    assert reopened


@pytest.mark.real_lists
def test_the_us_edition_of_28_february_2022_closes_what_it_adds(registry, real_lists):
    """And reopens where a new namesake makes a match doubtful that was sure before."""
    sdn = real_lists / "us-ofac-sdn"
    registry.receive("ca-sema", real_lists / "ca-sema/2020-04-15", date(2020, 4, 15))
    eu = real_lists / "eu-fsf/2021-10-03-rebuilt-approximate"
    registry.receive("eu-fsf", eu, date(2021, 10, 3))
    before = date(2022, 2, 23)
    registry.receive("us-ofac-sdn", sdn / "2022-02-23", before)
    gerasimov = registry.subject("eu-fsf", "EU.3530.22")
    ivanov = registry.subject("us-ofac-sdn", "16688")
    made = {each: registry.propose([each], ["US"], before) for each in (gerasimov, ivanov)}
    assert registry.position(made[gerasimov], gerasimov, "US") is None
    assert registry.position(made[ivanov], ivanov, "US").status is Status.DESIGNATED
    after = date(2022, 2, 28)
    done = registry.receive("us-ofac-sdn", sdn / "2022-02-28", after)
    assert (done.designated, done.reopened, done.candidates) == (1, 1, 1)
    position = registry.position(made[gerasimov], gerasimov, "US")
    act = position.act
    assert (position.status, act.reference, act.dated) == (Status.DESIGNATED, "35176", after)
    position = registry.position(made[ivanov], ivanov, "US")
    assert position.status is Status.NOT_ASSESSED
    assert "no longer confirmed to be the subject and awaits review" in position.reason


@pytest.mark.real_lists
def test_the_un_edition_of_17_april_2026_closes_what_it_adds_and_reopens_what_it_drops(
    registry, real_lists
):
    sdn = real_lists / "us-ofac-sdn/2024-05-03"
    registry.receive("us-ofac-sdn", sdn, date(2024, 5, 3))
    before, after = date(2026, 2, 25), date(2026, 4, 17)
    registry.receive("un-sc", real_lists / "un-sc/2026-02-25", before)
    jaburi = registry.subject("us-ofac-sdn", "18593")
    nusrah = registry.subject("un-sc", "QDe.137")
    made = {each: registry.propose([each], ["UN"], before) for each in (jaburi, nusrah)}
    assert registry.position(made[jaburi], jaburi, "UN") is None
    done = registry.receive("un-sc", real_lists / "un-sc/2026-04-17", after)
    assert (done.designated, done.reopened, done.candidates) == (0, 1, 1)
    assert registry.position(made[jaburi], jaburi, "UN") is None, "a candidate never closes"
    assert registry.confirm(("us-ofac-sdn", "18593"), ("un-sc", "QDi.437"), after).designated == 1
    act = registry.position(made[jaburi], jaburi, "UN").act
    assert (act.reference, act.dated, act.listed_on) == ("QDi.437", after, date(2026, 3, 26))
    position = registry.position(made[nusrah], nusrah, "UN")
    assert position.status is Status.NOT_ASSESSED
    assert "Formerly on the UN Security Council list as QDe.137" in position.reason


@pytest.mark.real_lists
def test_the_canadian_edition_of_2026_closes_what_it_adds_and_reopens_what_it_drops(
    registry, real_lists
):
    registry.receive("ca-sema", real_lists / "ca-sema/2025-05-25", date(2025, 5, 25))
    eu = real_lists / "eu-fsf/2026-03-20-rebuilt/xmlFullSanctionsList_1_1.xml"
    before, after = date(2026, 3, 20), date(2026, 8, 22)
    registry.receive("eu-fsf", eu, before)
    added = [registry.subject("eu-fsf", each) for each in ("EU.9483.54", "EU.11743.55")]
    dropped = registry.subject("eu-fsf", "EU.2737.94")
    made = {each: registry.propose([each], ["CA"], before) for each in (*added, dropped)}
    canada = real_lists / "ca-sema/2026-08-22-rebuilt/tags-until-2026-08-23"
    done = registry.receive("ca-sema", canada, after)
    assert (done.designated, done.reopened) == (2, 1)
    for each in added:
        act = registry.position(made[each], each, "CA").act
        assert (act.official_list, act.dated) == ("ca-sema", after)
    assert "Syria|Part 1|18, gone by 22 August 2026" in (
        registry.position(made[dropped], dropped, "CA").reason
    )
