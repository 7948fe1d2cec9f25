from datetime import UTC, date, datetime

import pytest

from registry.domain import override
from registry.domain.cell import State
from registry.domain.designation import DateBasis, Designation
from registry.domain.override import Field, Override, RecordedOverride
from registry.domain.party import Kind
from registry.domain.record import InvalidRecord, Withdrawal
from tests.registry.domain.worlds import BAN, FREEZE, cell, gaps, in_uk, listed, subject

AT = datetime(2026, 5, 20, 9, tzinfo=UTC)


def correct(field, value, *, listing="uk-sanctions-list:1", reason="The file is wrong.", **rest):
    said = {"source": "Notice of 1 May", "officer": "A. Officer", "entered_at": AT, **rest}
    return Override(listing, field, value, reason, **said)


def corrected(made, *overrides):
    return made.__class__(
        **{
            **{name: getattr(made, name) for name in made.__slots__},
            "kind": override.kind(made.kind, overrides),
            "designations": override.designations(made.designations, overrides),
            "overrides": overrides,
        }
    )


def test_a_measure_that_an_officer_denies_is_not_in_force_and_the_cell_says_who_and_why():
    listing = corrected(in_uk(), correct(Field.TRAVEL_BAN, "no"))
    found = cell(subject(listing), "UK", BAN)
    assert found.state is State.OTHER_MEASURE_ONLY
    assert "overridden by A. Officer because The file is wrong (Notice of 1 May)" in found.note
    assert "overridden" in found.basis


def test_a_measure_that_an_officer_affirms_is_in_force_and_the_file_is_not_quoted_for_it():
    silent = in_uk(stated=((FREEZE, True), (BAN, False)))
    found = cell(subject(corrected(silent, correct(Field.TRAVEL_BAN, "yes"))), "UK", BAN)
    assert found.state is State.IN_FORCE_STATED
    assert found.basis.startswith("The travel ban (yes) is overridden by A. Officer")


def test_an_override_of_one_measure_leaves_the_other_alone():
    found = cell(subject(corrected(in_uk(), correct(Field.TRAVEL_BAN, "no"))), "UK", FREEZE)
    assert found.state is State.IN_FORCE_STATED
    assert "overridden" not in found.basis + found.note


def test_a_kind_is_overridden_for_every_partners_travel_ban():
    listing = corrected(in_uk(kind=Kind.PERSON), correct(Field.KIND, "entity"))
    facts = subject(listing, kind=Kind.ENTITY)
    for partner in ("US", "EU", "CA"):
        found = cell(facts, partner, BAN)
        assert found.state is State.NOT_APPLICABLE
        assert "The kind (entity) is overridden" in found.note
    assert "overridden" not in cell(facts, "US", FREEZE).note


def test_another_subjects_cell_is_not_marked_by_an_override_that_is_not_its_own():
    marked = subject(corrected(in_uk(), correct(Field.KIND, "entity")), kind=Kind.ENTITY)
    plain = subject(in_uk(kind=Kind.ENTITY), kind=Kind.ENTITY)
    assert "overridden" in cell(marked, "US", BAN).note
    assert "overridden" not in cell(plain, "US", BAN).note


def test_a_date_of_listing_is_overridden_with_a_basis_of_its_own():
    (act,) = override.designations(
        (Designation("X", listed_on=date(2024, 1, 1), date_basis=DateBasis.STATED),),
        [correct(Field.LISTED_ON, "2022-04-08")],
    )
    assert (act.listed_on, act.date_basis) == (date(2022, 4, 8), DateBasis.OVERRIDDEN)


def test_a_denied_measure_of_the_only_partner_is_no_ground_for_a_gap():
    assert ("EU", BAN) in gaps(subject(in_uk()))
    denied = corrected(in_uk(), correct(Field.TRAVEL_BAN, "no"))
    assert ("EU", BAN) not in gaps(subject(denied))


def test_an_override_of_a_un_listing_is_named_where_it_binds():
    un = corrected(
        listed("un-sc", "1533", stated=((FREEZE, True),)),
        correct(Field.ASSET_FREEZE, "yes", listing="un-sc:1"),
    )
    assert "overridden" in cell(subject(un), "CA", FREEZE).note


def test_the_latest_override_of_a_field_holds_until_it_is_withdrawn():
    first = RecordedOverride(1, correct(Field.TRAVEL_BAN, "no"))
    second = RecordedOverride(2, correct(Field.TRAVEL_BAN, "yes"))
    withdrawn = RecordedOverride(2, second.override, Withdrawal("B. Officer", "a mistake", AT))
    assert override.in_force([second, first])["uk-sanctions-list:1"] == (second.override,)
    assert override.in_force([first, withdrawn])["uk-sanctions-list:1"] == (first.override,)


@pytest.mark.parametrize(
    ("field", "value", "rest"),
    [
        pytest.param(Field.KIND, "unknown", {}, id="unknown is no correction of a kind"),
        pytest.param(Field.TRAVEL_BAN, "maybe", {}, id="a measure is yes or no"),
        pytest.param(Field.LISTED_ON, "8 April 2022", {}, id="a date in words"),
        pytest.param(Field.KIND, "person", {"reason": " "}, id="no reason"),
        pytest.param(Field.KIND, "person", {"source": ""}, id="no source"),
    ],
)
def test_an_override_without_sense_or_ground_is_refused(field, value, rest):
    with pytest.raises(InvalidRecord):
        correct(field, value, **rest)
