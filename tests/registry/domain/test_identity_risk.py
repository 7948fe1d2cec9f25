"""Who may be mistaken for somebody else."""

from datetime import date

import pytest

from registry.domain import partial_date
from registry.domain.identity_risk import risks, strong
from registry.domain.party import Identifier, IdentifierKind, Kind, Party
from tests.factories import name


def party(*numbers, born=()):
    return Party(
        Kind.PERSON,
        (name("Aung EXAMPLE"),),
        birth_dates=born,
        identifiers=tuple(Identifier(kind, value) for kind, value in numbers),
    )


DAY = partial_date.day(date(1965, 5, 12))
PASSPORT = (IdentifierKind.PASSPORT, "N 0123")


def test_a_birth_date_and_an_official_number_are_two():
    assert strong([party(PASSPORT, born=(DAY,))]) == ("date of birth", "passport")
    assert risks([party(PASSPORT, born=(DAY,))], ()) == ()


def test_one_number_on_two_lists_is_one():
    again = party((IdentifierKind.PASSPORT, "n0123"))
    assert strong([party(PASSPORT), again]) == ("passport",)
    assert "Fewer than two strong identifiers (passport)" in risks([party(PASSPORT), again], ())[0]


@pytest.mark.parametrize(
    "born",
    [
        pytest.param((partial_date.year(1965),), id="a year alone"),
        pytest.param((partial_date.day(date(1965, 5, 12), circa=True),), id="about a day"),
        pytest.param((DAY, partial_date.day(date(1966, 1, 1))), id="two days in dispute"),
    ],
)
def test_a_birth_date_that_is_not_sure_tells_nobody_apart(born):
    assert strong([party(born=born)]) == ()


@pytest.mark.parametrize(
    "kind", [IdentifierKind.UN_REFERENCE, IdentifierKind.OFSI_GROUP_ID, IdentifierKind.OTHER]
)
def test_a_list_s_own_number_is_no_identifier_of_the_party(kind):
    assert strong([party((kind, "CDi.001"))]) == ()


def test_a_rejected_near_namesake_needs_a_waiver_whatever_is_known():
    known = party(PASSPORT, (IdentifierKind.NATIONAL_ID, "1"), born=(DAY,))
    (risk,) = risks([known], ["us-ofac-sdn 101"])
    assert "us-ofac-sdn 101" in risk
