from datetime import date, timedelta

import pytest

from registry.domain import urgent
from registry.domain.coverage import cells
from registry.domain.party import Kind
from registry.domain.urgent import ClockState
from tests.registry.domain.worlds import BAN, FREEZE, in_uk, listed, subject, world

MADE = date(2026, 3, 3)
LAST = date(2026, 4, 28)


def eligible(facts):
    found = urgent.eligible(facts, cells(facts, world()))
    return {each.measure: each.imposed_by for each in found}


@pytest.mark.parametrize(
    "listing",
    [
        pytest.param(listed("us-ofac-sdn", "BELARUS"), id="US"),
        pytest.param(listed("eu-fsf", "BLR"), id="EU"),
        pytest.param(listed("ca-sema", "Belarus", act="1, Part 1"), id="CA"),
        pytest.param(listed("au-dfat", "", stated=((FREEZE, True),)), id="AU"),
    ],
)
def test_each_of_four_partners_is_a_ground_for_condition_b(listing):
    assert FREEZE in eligible(subject(listing))


def test_the_un_is_no_ground_for_condition_b_but_the_law_of_those_it_binds_is():
    assert eligible(subject(listed("un-sc", "DRC")))[FREEZE] == ("CA",)


def test_whom_the_uk_lists_already_needs_no_urgent_procedure():
    facts = subject(in_uk(), listed("eu-fsf", "BLR"))
    assert eligible(facts) == {}


def test_a_measure_that_the_uk_lacks_can_be_added_urgently():
    facts = subject(in_uk(stated=((FREEZE, True), (BAN, False))), listed("us-ofac-sdn", "BELARUS"))
    assert set(eligible(facts)) == {BAN}


@pytest.mark.parametrize("kind", [Kind.VESSEL, Kind.AIRCRAFT])
def test_ships_and_aircraft_have_no_urgent_procedure(kind):
    facts = subject(listed("us-ofac-sdn", "RUSSIA-EO14024", kind=kind), kind=kind)
    assert eligible(facts) == {}


def test_a_block_pending_investigation_is_no_ground_for_condition_b():
    assert eligible(subject(listed("us-ofac-sdn", "BPI-SDNTK"))) == {}


def test_a_candidate_is_reviewed_before_anybody_is_designated():
    facts = subject(listed("eu-fsf", "BLR"), candidates=frozenset({"UK"}))
    assert eligible(facts) == {}


@pytest.mark.parametrize(
    ("on", "rest", "state", "left"),
    [
        pytest.param(MADE, {}, ClockState.RUNNING, 56, id="the day of the designation not counted"),
        pytest.param(LAST, {}, ClockState.RUNNING, 0, id="in effect on the last of 56 days"),
        pytest.param(LAST + timedelta(1), {}, ClockState.LAPSED, -1, id="and no day longer"),
        pytest.param(LAST, {"extended_on": LAST}, ClockState.EXTENDED, 56, id="extended in time"),
        pytest.param(
            LAST + timedelta(56), {"extended_on": LAST}, ClockState.EXTENDED, 0, id="112th day"
        ),
        pytest.param(
            LAST + timedelta(57), {"extended_on": LAST}, ClockState.LAPSED, -1, id="only once"
        ),
        pytest.param(
            LAST + timedelta(1),
            {"extended_on": LAST + timedelta(1)},
            ClockState.LAPSED,
            -1,
            id="extended too late",
        ),
        pytest.param(
            LAST + timedelta(300), {"settled_on": LAST}, ClockState.SETTLED, -300, id="settled"
        ),
        pytest.param(
            LAST + timedelta(60),
            {"settled_on": LAST + timedelta(2)},
            ClockState.LAPSED,
            -60,
            id="settled too late",
        ),
    ],
)
def test_an_urgent_designation_has_effect_for_56_days_and_once_56_more(on, rest, state, left):
    found = urgent.clock(MADE, on, **rest)
    assert (found.state, found.days_left) == (state, left)
