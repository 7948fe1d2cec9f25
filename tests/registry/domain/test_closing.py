"""When a position closes itself, and when it does not."""

from dataclasses import replace
from datetime import date

import pytest

from registry.domain.cell import Cell, State, Support
from registry.domain.closing import Change, awaits_review, settled
from registry.domain.designation import Measure
from registry.domain.position import Act, Ask, Position, Status
from registry.domain.programme import Confidence

ASK = Ask("S1", Measure.ASSET_FREEZE, "UK")
ACT = Act("uk-sanctions-list", "MMR0001", "uk-sanctions-list:MMR0001", 4, date(2026, 5, 12))
SUPPORT = Support(ACT.official_list, ACT.reference, ACT.listing, "GB-MMR", date(2026, 5, 11))
LISTED = Cell(
    "UK",
    Measure.ASSET_FREEZE,
    State.IN_FORCE_STATED,
    "The list says so",
    Confidence.HIGH,
    ACT.dated,
    (SUPPORT,),
)
SHOWN = Position(ASK, Status.DESIGNATED, automatic=True, act=ACT)


def edition_of(support):
    return ACT if support == SUPPORT else None


def without(state):
    return replace(LISTED, state=state, supports=())


@pytest.mark.parametrize("said", [None, Position(ASK, Status.OBJECTS, "No.")])
def test_a_listing_of_the_subject_with_the_measure_closes_the_position(said):
    change, position = settled(ASK, LISTED, said, edition_of)
    assert change is Change.DESIGNATED
    assert (position.status, position.act, position.automatic) == (Status.DESIGNATED, ACT, True)


def test_a_position_closes_once():
    assert settled(ASK, LISTED, SHOWN, edition_of) is None


@pytest.mark.parametrize(
    "state", [each for each in State if each not in (State.IN_FORCE_STATED, State.IN_FORCE_DERIVED)]
)
def test_nothing_but_a_measure_in_force_closes(state):
    assert settled(ASK, without(state), None, edition_of) is None
    named = replace(LISTED, state=state)
    assert settled(ASK, named, None, edition_of) is None, "though the cell names an entry"


def test_a_block_pending_investigation_is_no_designation():
    assert settled(ASK, replace(LISTED, comparable=False), None, edition_of) is None


def test_a_mere_candidate_asks_for_review():
    assert awaits_review(without(State.POSSIBLE_MATCH))
    assert not awaits_review(LISTED)


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (State.DELISTED, "The list says so."),
        (State.POSSIBLE_MATCH, "no longer confirmed"),
        (State.OTHER_MEASURE_ONLY, "does not carry this measure any more"),
        (State.NOT_FOUND, "show the measure no more"),
    ],
)
def test_a_delisting_a_lapse_or_an_undone_match_reopens(state, why):
    change, position = settled(ASK, without(state), SHOWN, edition_of)
    assert (change, position.status) == (Change.REOPENED, Status.NOT_ASSESSED)
    assert why in position.reason
    assert "uk-sanctions-list MMR0001, edition of 12 May 2026" in position.reason


@pytest.mark.parametrize("state", [State.UNKNOWN, State.PENDING_PUBLICATION])
def test_unknown_is_not_no(state):
    assert settled(ASK, without(state), SHOWN, edition_of) is None


def test_only_what_was_designated_is_reopened():
    assert settled(ASK, without(State.DELISTED), Position(ASK, Status.SUPPORTS), edition_of) is None
