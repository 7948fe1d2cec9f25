from datetime import date

import pytest

from importers.normalise.dates import birth_date, plain_date
from registry.domain.partial_date import Calendar, Precision


@pytest.mark.parametrize(
    ("text", "order", "first", "last", "precision"),
    [
        pytest.param("1965-04-16", "ymd", (1965, 4, 16), (1965, 4, 16), "day", id="ISO day"),
        pytest.param("16/04/1965", "dmy", (1965, 4, 16), (1965, 4, 16), "day", id="British order"),
        pytest.param("04/16/1965", "mdy", (1965, 4, 16), (1965, 4, 16), "day", id="US order"),
        pytest.param("10 Dec 1948", "ymd", (1948, 12, 10), (1948, 12, 10), "day", id="OFAC day"),
        pytest.param("Dec 1948", "ymd", (1948, 12, 1), (1948, 12, 31), "month", id="month"),
        pytest.param("1948", "ymd", (1948, 1, 1), (1948, 12, 31), "year", id="year"),
        pytest.param("dd/mm/1960", "dmy", (1960, 1, 1), (1960, 12, 31), "year", id="dd/mm left in"),
        pytest.param("00/00/1975", "dmy", (1975, 1, 1), (1975, 12, 31), "year", id="zeros"),
        pytest.param("'00/00/1975", "dmy", (1975, 1, 1), (1975, 12, 31), "year", id="apostrophe"),
        pytest.param("00/07/1975", "dmy", (1975, 7, 1), (1975, 7, 31), "month", id="zero day"),
        pytest.param("15/08/19yy", "dmy", (1900, 1, 1), (1999, 12, 31), "range", id="19yy"),
        pytest.param("1962 to 1964", "ymd", (1962, 1, 1), (1964, 12, 31), "range", id="years"),
        pytest.param("1963-1964", "ymd", (1963, 1, 1), (1964, 12, 31), "range", id="hyphen"),
        pytest.param(
            "01 Jan 1961 to 31 Dec 1961",
            "ymd",
            (1961, 1, 1),
            (1961, 12, 31),
            "year",
            id="a whole year written as a range",
        ),
        pytest.param(
            "1972-08-10 or 1972-08-11", "ymd", (1972, 8, 10), (1972, 8, 11), "range", id="or"
        ),
        pytest.param("Sep-59", "ymd", (1959, 9, 1), (1959, 9, 30), "month", id="two-digit year"),
        pytest.param("31801", "ymd", (1987, 1, 24), (1987, 1, 24), "day", id="Excel serial"),
        pytest.param("3/25/72", "mdy", (1972, 3, 25), (1972, 3, 25), "day", id="numbers only, 72"),
        pytest.param("Jan-02", "ymd", (2002, 1, 1), (2002, 1, 31), "month", id="nobody of 1902"),
        pytest.param("25/03/1972", "mdy", (1972, 3, 25), (1972, 3, 25), "day", id="order slipped"),
        pytest.param("1970s", "ymd", (1970, 1, 1), (1979, 12, 31), "range", id="decade"),
    ],
)
def test_a_birth_date_means_what_is_stated_and_no_more(text, order, first, last, precision):
    read = birth_date(text, order=order)
    assert (read.first, read.last) == (date(*first), date(*last))
    assert read.precision == precision
    assert read.raw == text


@pytest.mark.parametrize("text", ["circa 1961", "Approximately 1961", "c. 1961", "about 1961"])
def test_circa_is_kept_apart_from_the_year(text):
    read = birth_date(text)
    assert (read.year, read.circa) == (1961, True)


@pytest.mark.parametrize(
    "text", ["Invalid date", "31/02/1970", "unknown", "99/99/9999", "", "1970-13-01"]
)
def test_what_can_not_be_read_keeps_its_text_and_gets_no_day(text):
    read = birth_date(text, order="dmy")
    assert (read.first, read.precision, read.raw) == (None, Precision.UNKNOWN, text)


def test_an_islamic_year_is_a_range_of_gregorian_years():
    read = birth_date("1380", calendar="ISLAMIC")
    assert read.calendar is Calendar.ISLAMIC
    assert read.first == date(1960, 1, 1)
    assert read.last == date(1961, 12, 31)


def test_two_partial_dates_agree_if_both_could_be_the_same_day():
    assert birth_date("1965").agrees_with(birth_date("1965-04-16"))
    assert not birth_date("1965-05").agrees_with(birth_date("1965-04-16"))
    assert not birth_date("unknown").agrees_with(birth_date("unknown"))


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        pytest.param("24/02/2022", "dmy", date(2022, 2, 24), id="British"),
        pytest.param("02/24/2022", "mdy", date(2022, 2, 24), id="US"),
        pytest.param("2015-03-27-04:00", "ymd", date(2015, 3, 27), id="time zone tail"),
        pytest.param("2022-02-24T00:00:00.000+01:00", "ymd", date(2022, 2, 24), id="time"),
        pytest.param("2022", "ymd", None, id="a year names no day"),
        pytest.param("26/07/22", "dmy", None, id="a two-digit year of an act"),
        pytest.param("", "ymd", None, id="nothing stated"),
    ],
)
def test_the_date_of_an_act_is_one_day_or_none(text, order, expected):
    assert plain_date(text, order=order) == expected


def test_an_iranian_year_is_counted_by_the_solar_calendar():
    read = birth_date("1343", calendar="solar hijri")
    assert read.calendar is Calendar.ISLAMIC
    assert (read.first, read.last) == (date(1964, 1, 1), date(1965, 12, 31))


def test_two_months_may_share_the_year_that_is_said_once():
    read = birth_date("Between Aug. and Sep. 1977")
    assert (read.first, read.last) == (date(1977, 8, 1), date(1977, 9, 30))
