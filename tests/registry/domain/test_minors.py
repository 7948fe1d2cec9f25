"""A minor's day of birth is never shown."""

from datetime import date

import pytest

from registry.domain import minors, partial_date
from registry.domain.partial_date import PartialDate
from registry.domain.party import Kind, Name, NameRole, Party

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("born", "shown"),
    [
        pytest.param(partial_date.day(date(2012, 3, 5)), "2012", id="a child"),
        pytest.param(partial_date.day(date(2008, 11, 24)), "2008", id="of age tomorrow"),
        pytest.param(partial_date.day(date(2008, 11, 23)), "23 November 2008", id="of age today"),
        pytest.param(partial_date.month(2009, 5), "2009", id="only a month is stated"),
        pytest.param(partial_date.year(2012), "2012", id="only a year is stated"),
        pytest.param(partial_date.day(date(2012, 3, 5), circa=True), "circa 2012", id="circa"),
        pytest.param(
            partial_date.between(date(2007, 1, 2), date(2009, 3, 4)),
            "2007 to 2009",
            id="a range within which the person may be a minor",
        ),
        pytest.param(partial_date.unread("unknown"), "unknown", id="not read"),
    ],
)
def test_of_a_possible_minor_only_the_year_is_shown(born: PartialDate, shown: str) -> None:
    assert str(minors.shown_birth_date(born, TODAY)) == shown


def test_the_lists_own_wording_of_a_minors_birth_date_is_not_shown() -> None:
    born = partial_date.day(date(2012, 3, 5), raw="05/03/2012")
    child = Party(Kind.PERSON, (Name("A CHILD", NameRole.PRIMARY),), birth_dates=(born,))
    (shown,) = minors.shown(child, TODAY).birth_dates
    assert shown.raw == ""
    assert (shown.first, shown.last) == (date(2012, 1, 1), date(2012, 12, 31))


def test_a_leap_day_has_its_birthday_too() -> None:
    born = partial_date.day(date(2006, 3, 1))
    assert str(minors.shown_birth_date(born, date(2024, 2, 29))) == "2006"
    assert str(minors.shown_birth_date(born, date(2024, 3, 1))) == "1 March 2006"


def born_on(year: int) -> Party:
    dates = (partial_date.day(date(year, 3, 5)),)
    return Party(Kind.PERSON, (Name("SOMEBODY", NameRole.PRIMARY),), birth_dates=dates)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Born 5 March 2012 in Homs.", "Born 2012 in Homs.", id="in words"),
        pytest.param("Born on the 5th of March 2012.", "Born on the 2012.", id="an ordinal"),
        pytest.param("Born March 5, 2012.", "Born 2012.", id="the month first"),
        pytest.param("DOB 05/03/2012; listed 03/05/2024", "DOB 2012; listed 03/05/2024", id="bars"),
        pytest.param("2012-03-05 | 5 Mar 2012", "2012 | 2012", id="as machines write"),
        pytest.param("5.3.2012", "2012", id="points"),
        pytest.param("Resolution 2012 of 5 March 1999", "Resolution 2012 of 5 March 1999", id="no"),
    ],
)
def test_free_text_loses_the_day_of_a_minors_birth_and_keeps_other_dates(
    text: str, shown: str
) -> None:
    assert minors.shown_text(text, born_on(2012), TODAY) == shown
    assert minors.shown_text(text, born_on(1965), TODAY) == text


def test_texts_of_birth_dates_keep_the_days_of_adults_only() -> None:
    text = "5 March 2012 | 12 May 1965"
    assert minors.shown_birth_dates(text, TODAY) == "2012 | 12 May 1965"
