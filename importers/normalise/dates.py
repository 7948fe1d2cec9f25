"""Stated dates, in the many ways lists write them, as partial dates and plain dates."""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from registry.domain.days import FIRST_ACT
from registry.domain.partial_date import Calendar, PartialDate, Precision

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january janvier",
            "feb february fevrier février",
            "mar march mars",
            "apr april avril",
            "may mai",
            "jun june juin",
            "jul july juillet",
            "aug august aout août",
            "sep sept september septembre",
            "oct october octobre",
            "nov november novembre",
            "dec december decembre décembre",
        ),
        start=1,
    )
    for name in names.split()
}
CIRCA = re.compile(
    r"\b(?:circa|approximately|approx|about|around|c\.|ca\.?|early|late|mid|born in the)"
    r"(?=\W|\d|$)[\s.:-]*",
    re.IGNORECASE,
)
YEAR = re.compile(r"\d{4}")
DECADE = re.compile(r"(\d{4})s")
CENTURY = re.compile(r"(?:\d\d?[/.-]\d\d?[/.-])?(\d\d)yy", re.IGNORECASE)
SHORT_RANGE = re.compile(r"(\d{4})\s*[-–/]\s*(\d{2})")
FROM = re.compile(r"^(?:between|from)\s+", re.IGNORECASE)
UNTIL = tuple(
    map(
        re.compile,
        (r"\s+(?:to|and|or|–|-)\s+", r"\s*–\s*", r"(?<=^\d{4})\s*[-/,]\s*(?=\d{4}$)"),
    )
)
MONTH_ALONE = re.compile(r"[^\W\d]+\.?")
EXCEL_DAY = re.compile(r"\d{5}")
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?")
YEAR_AND_MONTH = re.compile(r"(\d{4})[-/.](\d\d?)")
YEAR_LAST = re.compile(r"(\d\d?|dd)[-/.](\d\d?|mm)[-/.](\d{4}|\d\d)", re.IGNORECASE)
MONTH_AND_YEAR = re.compile(r"(\d\d?|mm)[-/.](\d{4})", re.IGNORECASE)
BETWEEN_WORDS = re.compile(r"[\s.,/-]+")
ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th)$")
TIME_OR_ZONE = re.compile(r"(?<=\d)(?:T.*|Z|[+-]\d\d:\d\d)$")
ISLAMIC_YEAR = re.compile(r"\b(1[2-4]\d\d)\b")
EXCEL_EPOCH = date(1899, 12, 30)
EARLIEST, LATEST = 1600, 2100


def birth_date(
    text: str, *, order: str = "ymd", circa: bool = False, calendar: str = ""
) -> PartialDate:
    """Read a stated date of birth; one that can not be read keeps its raw text.

    `order` tells how the list writes numeric dates: "ymd", "dmy" or "mdy". `calendar` is "islamic"
    or, as used in Iran and Afghanistan, "solar hijri"; all else is Gregorian.
    """
    raw = text
    cleaned, marks = CIRCA.subn(" ", text.strip().strip("'\"").strip())
    circa = circa or bool(marks)
    cleaned = " ".join(cleaned.split()).strip(" .,;")
    solar = calendar.casefold() == "solar hijri"
    islamic = solar or calendar.casefold() == "islamic"
    found = _range(cleaned, order) or _one(cleaned, order)
    if found is None or islamic:
        # An Islamic date is kept as stated: its Gregorian day would be our computation.
        parsed = _islamic_years(cleaned, solar) if islamic else None
        if parsed is None:
            return PartialDate(
                None,
                None,
                Precision.UNKNOWN,
                circa,
                Calendar.ISLAMIC if islamic else Calendar.GREGORIAN,
                raw,
            )
        first, last = parsed
        return PartialDate(first, last, Precision.RANGE, circa, Calendar.ISLAMIC, raw)
    first, last, precision = found
    return PartialDate(first, last, precision, circa, Calendar.GREGORIAN, raw)


@lru_cache(maxsize=4096)
def plain_date(text: str, *, order: str = "ymd") -> date | None:
    """Read the date of an act. None where the text is empty or does not name one day; a year before
    any act that still counts was misread."""
    text = text.strip()
    if not text:
        return None
    found = _one(TIME_OR_ZONE.sub("", text), order)
    if not found or found[2] is not Precision.DAY or found[0].year < FIRST_ACT:
        return None
    return found[0]


Found = tuple[date, date, Precision]


def _range(text: str, order: str) -> Found | None:
    if match := DECADE.fullmatch(text):
        start = int(match[1])
        return _bounds(_year(start), _year(start + 9))
    if match := SHORT_RANGE.fullmatch(text):
        start, end = int(match[1]), int(match[1][:2] + match[2])
        if end > start and int(match[2]) > 12:
            return _bounds(_year(start), _year(end))
    if match := CENTURY.fullmatch(text):
        century = int(match[1]) * 100
        return _bounds(_year(century), _year(century + 99))
    span = FROM.sub("", text)
    for until in UNTIL:
        halves = until.split(span)
        if len(halves) == 2:
            first, last = (_one(half, order) for half in halves)
            if first is None and last and MONTH_ALONE.fullmatch(halves[0]):
                first = _one(f"{halves[0]} {last[0].year}", order)  # "between Aug. and Sep. 1977"
            if first and last and first[0] <= last[1]:
                if (first[0].month, first[0].day, last[1].month, last[1].day) == (
                    1,
                    1,
                    12,
                    31,
                ) and (first[0].year == last[1].year):
                    return first[0], last[1], Precision.YEAR
                return _bounds(first, last)
    return None


def _bounds(first: Found | None, last: Found | None) -> Found | None:
    return (first[0], last[1], Precision.RANGE) if first and last else None


def _one(text: str, order: str) -> Found | None:
    text = text.strip()
    if YEAR.fullmatch(text):
        return _year(int(text))
    if EXCEL_DAY.fullmatch(text):
        return _day_of(EXCEL_EPOCH + timedelta(days=int(text)))
    if match := YEAR_FIRST.fullmatch(text):
        return _parts(int(match[1]), int(match[2]), int(match[3]))
    if match := YEAR_AND_MONTH.fullmatch(text):
        return _parts(int(match[1]), int(match[2]), 0)
    if match := YEAR_LAST.fullmatch(text):
        first, second = (int(part) if part.isdecimal() else 0 for part in match.groups()[:2])
        year_ = _four_digits(match[3])
        day_, month_ = (second, first) if order == "mdy" else (first, second)
        # A month beyond 12 is a day: the publisher slipped into the other order.
        return _parts(year_, month_, day_) or _parts(year_, day_, month_)
    if match := MONTH_AND_YEAR.fullmatch(text):
        return _parts(int(match[2]), int(match[1]) if match[1].isdecimal() else 0, 0)
    return _with_month_name(text)


def _with_month_name(text: str) -> Found | None:
    words = BETWEEN_WORDS.split(text.casefold())
    words = [ORDINAL.sub(r"\1", word) for word in words if word != "of"]
    named = [position for position, word in enumerate(words) if word in MONTHS]
    if len(named) != 1:
        return None
    number = MONTHS[words[named[0]]]
    rest = [word for position, word in enumerate(words) if position != named[0] and word]
    if not all(word.isdecimal() for word in rest):
        return None
    match rest:
        case [only] if len(only) == 4:
            return _parts(int(only), number, 0)
        case [only] if len(only) == 2 and named[0] == 0:  # "Sep-59"
            return _parts(_four_digits(only), number, 0)
        case [first, second] if len(second) == 4 and len(first) <= 2:
            return _parts(int(second), number, int(first))
        case [first, second] if len(first) == 4 and len(second) <= 2:
            return _parts(int(first), number, int(second))
        case [first, second] if len(first) <= 2 and len(second) == 2:
            return _parts(_four_digits(second), number, int(first))
    return None


def _four_digits(digits: str) -> int:
    """Two digits are a year from 1910 to 2009: lists hold no children and nobody born before."""
    value = int(digits)
    return value if len(digits) == 4 else value + (1900 if value >= 10 else 2000)


def _year(value: int) -> Found | None:
    if not EARLIEST <= value <= LATEST:
        return None
    return date(value, 1, 1), date(value, 12, 31), Precision.YEAR


def _parts(year_: int, month_: int, day_: int) -> Found | None:
    if not EARLIEST <= year_ <= LATEST or month_ > 12:
        return None
    if month_ == 0:
        return _year(year_)
    last_day = monthrange(year_, month_)[1]
    if day_ == 0:
        return date(year_, month_, 1), date(year_, month_, last_day), Precision.MONTH
    if day_ > last_day:
        return None
    return _day_of(date(year_, month_, day_))


def _day_of(value: date) -> Found:
    return value, value, Precision.DAY


def _islamic_years(text: str, solar: bool) -> tuple[date, date] | None:
    """The Gregorian years that an Islamic year can touch.

    Lunar years count 354.37 days from July 622, solar ones 365.24 days from March 622.
    """
    match = ISLAMIC_YEAR.search(text)
    if not match:
        return None
    number = int(match[1])
    if solar:
        return date(number + 621, 1, 1), date(number + 622, 12, 31)
    begins = 622.54 + (number - 1) * 0.970224
    return date(int(begins), 1, 1), date(int(begins + 0.970224), 12, 31)
