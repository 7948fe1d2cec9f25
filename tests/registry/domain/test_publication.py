"""What the consolidated row makes of its listings."""

from datetime import date

from registry.domain import partial_date
from registry.domain.party import (
    Country,
    Identifier,
    IdentifierKind,
    Kind,
    Name,
    NameRole,
    Party,
)
from registry.domain.publication import ConsolidatedRow
from tests.exports import rows


def subject(*parties: Party) -> ConsolidatedRow:
    return rows.subject(*(rows.listing(party) for party in parties), name="Aung HLAING")


def party(*names: Name, **facts: object) -> Party:
    return Party(Kind.PERSON, names or (Name("Aung HLAING", NameRole.PRIMARY),), **facts)  # type: ignore[arg-type]


def test_each_other_name_is_told_once_whatever_its_case() -> None:
    row = subject(
        party(Name("AUNG HLAING", NameRole.PRIMARY), Name("U Aung Hlaing", NameRole.ALIAS)),
        party(Name("U AUNG  HLAING", NameRole.PRIMARY), Name("အောင်လှိုင်", NameRole.VARIATION)),
    )
    assert row.aliases == ("U Aung Hlaing", "အောင်လှိုင်")


def test_a_weak_alias_stands_apart_unless_another_list_thinks_it_strong() -> None:
    row = subject(
        party(Name("Hlaing", NameRole.WEAK_ALIAS), Name("The Butcher", NameRole.WEAK_ALIAS)),
        party(Name("HLAING", NameRole.ALIAS)),
    )
    assert row.aliases == ("HLAING",)
    assert row.weak_aliases == ("The Butcher",)


def test_birth_dates_are_told_once_each_the_earliest_first() -> None:
    row = subject(
        party(birth_dates=(partial_date.year(1958), partial_date.unread("in the fifties"))),
        party(birth_dates=(partial_date.day(date(1956, 7, 3)), partial_date.year(1958))),
    )
    assert row.birth_dates == ("3 July 1956", "1958", "in the fifties")


def test_a_citizenship_counts_where_a_list_states_no_nationality() -> None:
    row = subject(
        party(nationalities=(Country("Burmese", "MM"),)),
        party(citizenships=(Country("MYANMAR", "MM"), Country("Arakan"))),
    )
    assert row.nationalities == ("MM", "Arakan")


def test_an_identifier_is_told_with_its_kind_and_country() -> None:
    row = subject(
        party(
            identifiers=(
                Identifier(IdentifierKind.PASSPORT, "A 123", Country("Burma", "MM")),
                Identifier(IdentifierKind.OTHER, "=1+1"),
            )
        )
    )
    assert row.identifiers == ("passport A 123 (MM)", "other =1+1")


def test_references_are_a_partners_own() -> None:
    row = rows.subject(rows.listing(reference="MYA0001"), rows.listing(None, "123", "US"))
    assert row.references("UK") == ("uk-sanctions-list:MYA0001",)
