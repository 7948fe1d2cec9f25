from datetime import date

from registry.domain.changes import amendments, is_another_party
from registry.domain.designation import Designation, Measure
from registry.domain.partial_date import year
from registry.domain.party import Identifier, IdentifierKind, Kind, Name, NameRole, Party


def party(*names, **facts):
    return Party(Kind.PERSON, tuple(Name(name, NameRole.PRIMARY) for name in names), **facts)


ACT = Designation("GB-HR", listed_on=date(2022, 2, 24), stated=((Measure.ASSET_FREEZE, True),))


def test_an_amendment_names_the_field_with_what_went_and_what_came():
    (change,) = amendments(
        party("A One"), party("A One", birth_dates=(year(1960),)), (ACT,), (ACT,)
    )
    assert (change.field, change.before, change.after) == ("birth_dates", "", "1960")


def test_the_order_of_names_is_no_amendment():
    assert not list(amendments(party("A One", "B Two"), party("B Two", "A One"), (ACT,), (ACT,)))


def test_a_renamed_programme_is_an_amendment_of_the_same_listing():
    renamed = Designation("UK-HR", listed_on=ACT.listed_on, stated=ACT.stated)
    (change,) = amendments(party("A One"), party("A One"), (ACT,), (renamed,))
    assert (change.field, change.before, change.after) == ("programmes", "GB-HR", "UK-HR")


def test_a_reference_with_nothing_in_common_stands_for_another_party():
    assert is_another_party(party("Asif Khan"), party("Pyotr Shugayev"))


def test_a_name_of_initials_and_numbers_that_stays_keeps_the_party():
    for each in ("MS-13", "J & E S. DE R.L.", "7-28"):
        assert not is_another_party(party(each), party("Mara Salvatrucha", each))
    assert is_another_party(party("MS-13"), party("MS-14"))


def test_a_corrected_spelling_keeps_the_party():
    assert not is_another_party(party("Asif Khan"), party("Asif Kahn"))
    passport = Identifier(IdentifierKind.PASSPORT, "A1")
    assert not is_another_party(
        party("Asif Khan", identifiers=(passport,)), party("Âşif", identifiers=(passport,))
    )
