"""The life of a proposal and what partners may answer to it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from registry.domain import days
from registry.domain.designation import Measure
from registry.domain.evidence import Evidence, EvidenceKind
from registry.domain.handling import Level, mark
from registry.domain.position import BY_HAND, Act, Ask, Position, Status, stated
from registry.domain.proposal import (
    MOVES,
    Proposal,
    Stage,
    Subject,
    by_the_lists,
    may_circulate,
    moved,
)
from registry.domain.record import InvalidRecord
from registry.domain.section import PER_PARTNER, Heading, Overtaken, Section, next_revision

TODAY = date(2026, 5, 20)
FREEZE = Ask("S1", Measure.ASSET_FREEZE, "UK")
ACT = Act("uk-sanctions-list", "MMR0001", "uk-sanctions-list:MMR0001", 4, date(2026, 5, 12))


def proposal(stage=Stage.DRAFT, **more):
    given = {
        "id": "P1",
        "title": "Myanmar, second round",
        "summary": "",
        "situation": "myanmar",
        "stage": stage,
        "marking": mark("US", releases=["QUAD"]),
        "subjects": (Subject("S1", "Aung EXAMPLE"),),
        "asks": (FREEZE, replace(FREEZE, partner="EU")),
        "created_at": datetime(2026, 5, 1, tzinfo=UTC),
        "created_by": 1,
    }
    return Proposal(**(given | more))


@pytest.mark.parametrize("wrong", [{"title": " "}, {"subjects": ()}, {"asks": ()}])
def test_a_proposal_has_a_title_a_subject_and_something_to_ask(wrong):
    with pytest.raises(InvalidRecord):
        proposal(**wrong)


def test_nothing_is_asked_on_somebody_who_is_not_in_the_proposal():
    with pytest.raises(InvalidRecord):
        proposal(asks=(replace(FREEZE, subject_id="S2"),))


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("to", Stage)
def test_only_the_legal_moves_are_made(stage, to):
    at = proposal(stage, target_on=date(2026, 6, 1))
    if to in MOVES[stage]:
        assert moved(at, to, TODAY, designated=1) is to
    else:
        with pytest.raises(InvalidRecord):
            moved(at, to, TODAY, designated=1)


def test_a_proposal_goes_from_draft_to_its_end_in_this_order_and_no_other():
    by_hand = {
        "draft": {"circulated"},
        "circulated": {"under-consideration"},
        "under-consideration": {"agreed"},
        "agreed": {"closing", "partly-closed"},
        "closing": {"partly-closed"},
        "partly-closed": {"closing"},
        "closed": set(),
        "withdrawn": set(),
    }
    assert {stage.value: {to.value for to in MOVES[stage]} for stage in Stage} == {
        stage: to | ({"withdrawn"} if to and stage != "partly-closed" else set())
        for stage, to in by_hand.items()
    }


def test_a_partner_answers_in_these_words():
    assert {each.value for each in BY_HAND} == {
        "not-assessed",
        "reviewing",
        "evidence-requested",
        "legally-insufficient",
        "supports",
        "hold",
        "objects",
        "will-designate",
        "declined",
        "no-authority",
    }


@pytest.mark.parametrize("stage", Stage)
def test_nobody_closes_a_proposal_by_hand(stage):
    assert Stage.CLOSED not in MOVES[stage]


@pytest.mark.parametrize("target", [None, date(2026, 5, 19)])
def test_an_agreement_names_a_day_that_lies_ahead(target):
    with pytest.raises(InvalidRecord, match="target date"):
        moved(proposal(Stage.UNDER_CONSIDERATION, target_on=target), Stage.AGREED, TODAY)


@pytest.mark.parametrize("designated", [0, 2])
def test_partly_closed_is_neither_nothing_nor_all(designated):
    with pytest.raises(InvalidRecord):
        moved(proposal(Stage.CLOSING), Stage.PARTLY_CLOSED, TODAY, designated)


def test_a_partner_that_is_asked_must_be_able_to_read_it():
    may_circulate(proposal(), ())
    with pytest.raises(InvalidRecord, match="EU can not read"):
        may_circulate(proposal(marking=mark("US", releases=["UK"])), ())


def test_what_speaks_for_the_subject_is_written_down_before_circulation():
    with pytest.raises(InvalidRecord, match="Aung EXAMPLE"):
        may_circulate(proposal(), ("Aung EXAMPLE",))


@pytest.mark.parametrize(
    ("stage", "designated", "news", "undone", "after"),
    [
        (Stage.AGREED, 1, True, False, Stage.CLOSING),
        (Stage.CIRCULATED, 1, True, False, Stage.CIRCULATED),
        (Stage.CIRCULATED, 2, True, False, Stage.CLOSED),
        (Stage.CLOSING, 2, True, False, Stage.CLOSED),
        (Stage.PARTLY_CLOSED, 2, True, False, Stage.CLOSED),
        (Stage.CLOSED, 1, False, True, Stage.CLOSING),
        (Stage.PARTLY_CLOSED, 0, False, True, Stage.CLOSING),
        (Stage.CLOSED, 2, False, False, Stage.CLOSED),
        (Stage.DRAFT, 2, True, False, Stage.DRAFT),
        (Stage.WITHDRAWN, 2, True, False, Stage.WITHDRAWN),
    ],
)
def test_the_lists_close_and_reopen(stage, designated, news, undone, after):
    assert by_the_lists(stage, 2, designated, news=news, undone=undone) is after


def test_a_partner_speaks_only_for_itself():
    position = Position(FREEZE, Status.SUPPORTS)
    assert stated(position, None, "UK", TODAY) is position
    with pytest.raises(InvalidRecord, match="Only UK answers for UK"):
        stated(position, None, "US", TODAY)


def test_nobody_says_by_hand_that_somebody_is_designated():
    assert Status.DESIGNATED not in BY_HAND
    with pytest.raises(InvalidRecord):
        Position(FREEZE, Status.DESIGNATED)
    with pytest.raises(InvalidRecord):
        Position(FREEZE, Status.SUPPORTS, act=ACT)


@pytest.mark.parametrize(
    "status",
    [Status.HOLD, Status.OBJECTS, Status.EVIDENCE_REQUESTED, Status.LEGALLY_INSUFFICIENT],
)
def test_who_stands_in_the_way_says_why(status):
    with pytest.raises(InvalidRecord, match="reason"):
        Position(FREEZE, status, " ")
    Position(FREEZE, status, "The second source repeats the first.")


def test_a_promise_has_a_day_that_lies_ahead():
    with pytest.raises(InvalidRecord):
        Position(FREEZE, Status.WILL_DESIGNATE)
    with pytest.raises(InvalidRecord):
        Position(FREEZE, Status.SUPPORTS, by_on=TODAY)
    late = Position(FREEZE, Status.WILL_DESIGNATE, by_on=date(2026, 5, 19))
    with pytest.raises(InvalidRecord, match="past"):
        stated(late, None, "UK", TODAY)


@pytest.mark.parametrize("year", [1, 2020, 2037, 9999])
def test_a_day_that_nobody_can_mean_is_refused_with_the_bounds(year):
    day = date(year, 6, 1)
    with pytest.raises(InvalidRecord, match="enter a day between 2021 and 2036"):
        days.require_near(TODAY, target_on=day)
    days.require_near(TODAY, target_on=None, due_on=date(2021, 1, 1))
    days.require_near(TODAY, target_on=date(2036, 12, 31))


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1995, 12, 31), date(2026, 5, 21)])
def test_a_page_is_archived_once_there_is_one_and_by_today(day):
    with pytest.raises(InvalidRecord, match="archived on"):
        days.require_archived(TODAY, day)
    days.require_archived(TODAY, None, date(1996, 1, 1), TODAY)


def test_a_promise_lies_within_ten_years():
    far = Position(FREEZE, Status.WILL_DESIGNATE, by_on=date(9999, 12, 31))
    with pytest.raises(InvalidRecord, match="9999-12-31 lies too far off"):
        stated(far, None, "UK", TODAY)


def test_red_is_circulated_to_somebody_named_at_each_partner_that_is_asked():
    red = proposal(marking=mark("US", Level.RED, ["QUAD"], [1, 2]))
    with pytest.raises(InvalidRecord, match="staff of EU, UK in its mark"):
        may_circulate(red, (), {"US"})
    with pytest.raises(InvalidRecord, match="staff of EU in its mark"):
        may_circulate(red, (), {"US", "UK"})
    may_circulate(red, (), {"US", "UK", "EU"})
    may_circulate(proposal(), (), ())


def test_what_a_list_shows_is_not_taken_back_by_hand():
    shown = Position(FREEZE, Status.DESIGNATED, automatic=True, act=ACT)
    with pytest.raises(InvalidRecord, match="list shows"):
        stated(Position(FREEZE, Status.DECLINED), shown, "UK", TODAY)


def test_the_second_of_two_editors_is_told_with_both_texts():
    assert next_revision(3, 3, yours="a", theirs="b") == 4
    with pytest.raises(Overtaken) as told:
        next_revision(2, 3, yours="mine", theirs="the other's")
    assert (told.value.yours, told.value.theirs, told.value.revision) == (
        "mine",
        "the other's",
        3,
    )


@pytest.mark.parametrize("heading", Heading)
def test_a_partner_is_named_just_where_the_heading_is_per_partner(heading):
    partner = "UK" if heading in PER_PARTNER else ""
    Section("S1", heading, "text", partner)
    with pytest.raises(InvalidRecord):
        Section("S1", heading, "text", "" if partner else "UK")


def test_an_open_source_has_a_link_and_the_day_it_was_archived():
    Evidence(EvidenceKind.OPEN_SOURCE, "Report", "", url="https://x.example", archived_on=TODAY)
    for wrong in ({"archived_on": TODAY}, {"url": "https://x.example"}):
        with pytest.raises(InvalidRecord, match="archived"):
            Evidence(EvidenceKind.OPEN_SOURCE, "Report", "", **wrong)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//x.example", "ftp://x.example"])
def test_a_link_is_one_that_a_browser_opens_safely(url):
    with pytest.raises(InvalidRecord, match="https"):
        Evidence(EvidenceKind.DOCUMENT, "Report", "", url=url)
