import pytest

from registry.domain import ownership
from registry.domain.cell import PARTNERS
from registry.domain.coverage import imposing
from registry.domain.ownership import Control
from registry.domain.party import Kind
from tests.registry.domain.worlds import BAN, FREEZE, cell, in_uk, listed, subject, world

SUBJECTS = {"uk:owned": "S-owned", "uk:owner": "S-owner"}


def owners(*controls, freezing=("US", "UK")):
    return ownership.owners(
        controls, SUBJECTS, lambda _subject: frozenset(freezing), lambda subject: subject.upper()
    )


def test_every_partner_that_freezes_the_owner_may_reach_what_it_owns():
    found = owners(Control("uk:owned", "uk:owner", by_ownership=True))
    assert found == {"S-owned": (("UK", "S-OWNER"), ("US", "S-OWNER"))}


def test_control_without_ownership_is_no_matter_of_the_us_rule():
    found = owners(Control("uk:owned", "uk:owner", by_ownership=False))
    assert found == {"S-owned": (("UK", "S-OWNER"),)}


@pytest.mark.parametrize(
    "control",
    [
        pytest.param(Control("uk:owned", "uk:nobody", True), id="the owner is in no subject"),
        pytest.param(Control("uk:owned", "uk:owned", True), id="a subject does not own itself"),
    ],
)
def test_an_owner_that_is_no_other_subject_is_none(control):
    assert owners(control) == {}


def test_an_owner_under_no_freeze_is_no_warning():
    assert owners(Control("uk:owned", "uk:owner", True), freezing=()) == {}


def test_who_imposes_a_measure_includes_those_whom_the_un_binds():
    un = listed("un-sc", "DRC", kind=Kind.ENTITY)
    assert imposing(FREEZE, [un], Kind.ENTITY, world()) == {"UN", "CA"}
    assert imposing(FREEZE, [in_uk(kind=Kind.ENTITY)], Kind.ENTITY, world()) == {"UK"}
    assert imposing(BAN, [un], Kind.ENTITY, world()) <= set(PARTNERS) - {"CA", "US"}


def test_a_listed_owner_lowers_the_confidence_of_an_absence_and_is_named():
    alone = subject(in_uk(kind=Kind.ENTITY), kind=Kind.ENTITY)
    owned = subject(in_uk(kind=Kind.ENTITY), kind=Kind.ENTITY, owners=(("EU", "Big Holding"),))
    assert "Big Holding" in cell(owned, "EU", FREEZE).note
    assert (
        cell(owned, "EU", FREEZE).confidence.doubt() > cell(alone, "EU", FREEZE).confidence.doubt()
    )
