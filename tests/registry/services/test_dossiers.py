"""Dossiers behind their wall."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.domain.account import Account, Role
from registry.domain.dossier import MOST_A_DAY, Disposition, Sharing, auditing
from registry.domain.evidence import Evidence, EvidenceKind
from registry.domain.handling import NotAllowed, NotThere, mark
from registry.domain.record import InvalidRecord
from registry.services import dossiers
from registry.store import accounts, history, portions, trail
from registry.store.columns import Moment
from registry.store.tables import (
    Base,
    DossierAnswerRow,
    DossierNoticeRow,
    DossierRow,
    TrailRow,
)
from registry.store.trail import Sought
from tests.registry.domain.test_dossier import CONTENT
from tests.registry.services.proposing import NOW, QUAD, TODAY, filled

OTHER = "ngo:Another"
HANDED_IN = NOW - timedelta(minutes=7)
CLAIM = Evidence(
    EvidenceKind.OPEN_SOURCE,
    "A report on a prison",
    "Detainees were beaten, a report says.",
    url="https://example.org/report",
    archived_on=CONTENT.links[0].archived_on,
)


@pytest.fixture
def world(database, tmp_path):
    made = filled(database, tmp_path / "archive")
    with Session(database) as session, session.begin():
        for name, affiliation, role in (
            ("other", OTHER, Role.NGO),
            ("uk-policy", "UK", Role.POLICY),
            ("colleague", "ngo:Watch & Report", Role.NGO),
        ):
            made.who[name] = accounts.add(
                session, Account(0, name, name, affiliation, frozenset({role})), "none", NOW
            )
    return made


def handed_in(world, who="ngo", **changes):
    return world.do(dossiers.hand_in, who, replace(CONTENT, **changes), HANDED_IN)


def is_there(world, who, dossier):
    try:
        return world.do(dossiers.get, who, dossier.id).content == dossier.content
    except NotThere:
        return False


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("ngo", True),
        ("colleague", True),
        ("uk", True),
        ("eu", True),
        ("other", False),
        ("ca", False),
        ("us2", False),
        ("uk-policy", False),
        ("uk-auditor", False),
        ("secretariat", False),
        ("admin", False),
    ],
)
def test_a_dossier_is_there_for_its_organisation_and_the_chosen_officers(world, who, expected):
    made = handed_in(world)
    assert is_there(world, who, made) is expected
    assert (made.id in {each.id for each in world.do(dossiers.readable, who)}) is expected


@pytest.mark.parametrize("who", ["uk", "us", "admin", "secretariat"])
def test_organisations_alone_hand_in(world, who):
    with pytest.raises(NotAllowed):
        handed_in(world, who)


def test_the_receipt_has_a_number_that_tells_nothing_and_the_hash(world):
    first, second = handed_in(world), handed_in(world)
    assert first.id != second.id
    assert len(first.id) == 14
    assert first.content.sha256 == CONTENT.sha256


def test_a_day_has_a_bound_for_each_organisation(world):
    for _ in range(MOST_A_DAY):
        handed_in(world)
    with pytest.raises(InvalidRecord, match="a day"):
        handed_in(world)
    handed_in(world, "other")
    world.do(dossiers.hand_in, "ngo", CONTENT, NOW + timedelta(days=1, seconds=1))


def test_an_answer_reaches_the_organisation_and_no_other_partner(world):
    made = handed_in(world)
    world.do(dossiers.answer, "uk", made.id, Disposition.NOT_PURSUED, "No power to act.", TODAY)
    world.do(dossiers.answer, "eu", made.id, Disposition.UNDER_REVIEW, "", TODAY)

    def seen(who):
        found = world.do(dossiers.get, who, made.id).answers
        return {(each.partner, each.disposition.value, each.feedback) for each in found}

    uk, eu = ("UK", "not-pursued", "No power to act."), ("EU", "under-review", "")
    assert seen("ngo") == {uk, eu}
    assert seen("uk") == {uk}
    assert seen("eu") == {eu}


@pytest.mark.parametrize("who", ["ca", "other", "uk-policy", "admin"])
def test_who_has_no_dossier_answers_none(world, who):
    made = handed_in(world)
    with pytest.raises(NotThere):
        world.do(dossiers.answer, who, made.id, Disposition.UNDER_REVIEW, "", TODAY)


def test_an_organisation_answers_nothing_itself(world):
    made = handed_in(world)
    with pytest.raises(NotAllowed):
        world.do(dossiers.answer, "ngo", made.id, Disposition.ADOPTED, "", TODAY)


@pytest.mark.parametrize("disposition", [Disposition.RECEIVED, Disposition.ADOPTED])
def test_what_is_no_answer_is_none(world, disposition):
    made = handed_in(world)
    with pytest.raises(InvalidRecord):
        world.do(dossiers.answer, "uk", made.id, disposition, "", TODAY)


def adopt(world, who, made, proposal, evidence=CLAIM):
    later = NOW + timedelta(hours=3)
    marking = mark("UK", releases=QUAD)
    world.do(dossiers.adopt, who, made.id, proposal.id, evidence, marking, TODAY, later)


def test_what_is_adopted_is_the_officers_and_tells_nothing_of_its_source(world):
    made, proposal = handed_in(world), world.circulated()
    adopt(world, "uk", made, proposal)
    [item] = world.read(portions.evidence, "uk", proposal.id)
    assert (item.affiliation, item.account) == ("UK", world.who["uk"].id)
    assert (item.value.source, item.marking.originators) == ("", frozenset({"UK"}))
    assert world.do(dossiers.get, "ngo", made.id).disposition("UK") is Disposition.ADOPTED
    seen = repr((
        world.read(portions.evidence, "us", proposal.id),
        world.read(history.entries, "us", proposal.id),
    ))  # fmt: skip
    ngo = world.who["ngo"]
    for trace in (
        made.id, made.affiliation, "Watch", CONTENT.sha256, CONTENT.title, "report.pdf",
        CONTENT.attachments[0].sha256, f"account={ngo.id},", repr(HANDED_IN),
    ):  # fmt: skip
        assert trace not in seen


def test_no_row_of_a_proposal_leads_to_a_dossier_nor_back(world):
    """Nothing but the dossier's own tables and the trail holds its id or its organisation, and
    the trail tells of the adoption only those who may read the dossier."""
    made, proposal = handed_in(world), world.circulated()
    adopt(world, "uk", made, proposal)
    own = {each for each in Base.metadata.tables if each.startswith("dossier")}
    with Session(world.engine) as session:
        for table in Base.metadata.sorted_tables:
            text = repr(session.execute(select(table)).all())
            if table.name not in own | {"trail"}:
                assert made.id not in text, table.name
            if table.name not in {"dossier", "account", "trail"}:
                assert "Watch" not in text, table.name
            if table.name in own:
                assert proposal.id not in text, table.name
        told = select(TrailRow).where(TrailRow.action == "dossier-adopted")
        entry = session.scalars(told).one()
    assert (entry.object, entry.detail) == (f"dossier:{made.id}", "{}")
    assert entry.released_to == '["dossiers:UK"]'


@pytest.mark.parametrize(
    ("affiliation", "roles", "expected"),
    [
        ("UK", {Role.AUDITOR}, False),
        ("UK", {Role.AUDITOR, Role.POLICY}, False),
        ("UK", {Role.AUDITOR, Role.OFFICER}, True),
        ("EU", {Role.AUDITOR, Role.OFFICER}, False),
        ("CA", {Role.AUDITOR, Role.OFFICER}, False),
    ],
)
def test_an_adoption_is_on_the_trail_of_those_who_may_read_the_dossier(
    world, affiliation, roles, expected
):
    made, proposal = handed_in(world), world.circulated()
    adopt(world, "uk", made, proposal)
    asking = Account(99, "jo", "Jo", affiliation, frozenset(roles))
    with Session(world.engine) as session:
        seen = list(trail.page(session, Sought(auditing(asking))))
    adopted = [each for each in seen if each.action == "dossier-adopted"]
    assert bool(adopted) is expected
    if expected:
        assert proposal.id not in repr(adopted)
    assert any(each.object == f"proposal:{proposal.id}" for each in seen)


def told_of_dossiers(world, who):
    return [
        (each.dossier, each.partner, each.disposition.value, each.is_read)
        for each in world.do(dossiers.notices, who)
    ]


def test_officers_who_may_read_a_new_dossier_are_told_and_nobody_else(world):
    made = handed_in(world)
    assert told_of_dossiers(world, "uk") == [(made.id, "UK", "received", False)]
    assert told_of_dossiers(world, "eu") == [(made.id, "EU", "received", False)]
    for who in set(world.who) - {"uk", "eu"}:
        assert told_of_dossiers(world, who) == [], who
        assert world.do(dossiers.unread, who) == 0
    assert world.do(dossiers.unread, "uk") == 1
    world.do(dossiers.read_notices, "uk")
    assert world.do(dossiers.unread, "uk") == 0
    assert world.do(dossiers.unread, "eu") == 1


def test_the_organisation_is_told_what_became_of_its_dossier_and_no_other_partner_is(world):
    made, proposal = handed_in(world), world.circulated()
    world.do(dossiers.answer, "eu", made.id, Disposition.NOT_PURSUED, "No.", TODAY)
    adopt(world, "uk", made, proposal)
    expected = [(made.id, "UK", "adopted", False), (made.id, "EU", "not-pursued", False)]
    assert told_of_dossiers(world, "ngo") == told_of_dossiers(world, "colleague") == expected
    assert told_of_dossiers(world, "other") == []
    assert [each[2] for each in told_of_dossiers(world, "uk")] == ["received"]
    assert [each[2] for each in told_of_dossiers(world, "eu")] == ["received"]
    assert not any(isinstance(each.type, Moment) for each in DossierNoticeRow.__table__.columns)


def test_who_is_no_officer_any_more_was_told_nothing(world):
    handed_in(world)
    officer = world.who["uk"]
    world.who["uk"] = replace(officer, roles=frozenset({Role.POLICY}))
    assert told_of_dossiers(world, "uk") == []
    assert world.do(dossiers.unread, "uk") == 0


def test_the_day_alone_tells_when_something_was_adopted(world):
    made, proposal = handed_in(world), world.circulated()
    adopt(world, "uk", made, proposal)
    assert "at" not in DossierAnswerRow.__table__.columns
    with Session(world.engine) as session:
        assert session.scalars(select(DossierAnswerRow)).one().given_on == TODAY


def test_a_text_that_names_the_organisation_is_not_adopted(world):
    made, proposal = handed_in(world), world.circulated()
    for change in (
        {"title": "Report of Watch & Report"},
        {"text": "handed in by WATCH & REPORT"},
        {"source": "Watch & Report"},
        {"url": "https://example.org/watch-report"},
    ):
        with pytest.raises(InvalidRecord, match="names"):
            adopt(world, "uk", made, proposal, replace(CLAIM, **change))
    assert world.read(portions.evidence, "uk", proposal.id) == []


def test_without_consent_or_a_proposal_nothing_is_kept(world):
    proposal = world.circulated()
    only_read = handed_in(world, sharing=Sharing.OFFICERS_ONLY)
    with pytest.raises(InvalidRecord, match="does not consent"):
        adopt(world, "uk", only_read, proposal)
    made = handed_in(world)
    with pytest.raises(NotThere):
        adopt(world, "uk", made, replace(proposal, id="NOTTHERE"))
    with pytest.raises(NotThere):
        adopt(world, "ca", made, proposal)
    with pytest.raises(NotAllowed):
        adopt(world, "ngo", made, proposal)
    with Session(world.engine) as session:
        assert session.scalars(select(DossierAnswerRow)).all() == []
        assert len(session.scalars(select(DossierRow)).all()) == 2


def test_the_trail_tells_of_dossiers_to_those_who_have_them(world):
    made = handed_in(world)
    world.do(dossiers.answer, "uk", made.id, Disposition.UNDER_REVIEW, "", TODAY)
    with Session(world.engine) as session:
        entries = session.scalars(select(TrailRow).order_by(TrailRow.number)).all()
    told = [(each.action, each.released_to) for each in entries if made.id in each.object]
    assert told == [
        ("dossier-handed-in", '["dossiers:EU","dossiers:UK","ngo:Watch & Report"]'),
        ("dossier-answered", '["dossiers:UK"]'),
    ]
