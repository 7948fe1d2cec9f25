"""Dates as lists state them: a day, a month, a year, a range, never more than is said."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Precision(StrEnum):
    """How much of a date is stated."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"
    UNKNOWN = "unknown"


class Calendar(StrEnum):
    GREGORIAN = "gregorian"
    ISLAMIC = "islamic"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """The earliest and the latest day that a stated date can mean.

    A date that can not be read keeps its raw text, has no first and last day, and its
    precision is UNKNOWN. Days are Gregorian; `calendar` tells in which calendar they were stated.
    """

    first: date | None
    last: date | None
    precision: Precision
    circa: bool = False
    calendar: Calendar = Calendar.GREGORIAN
    raw: str = ""

    def agrees_with(self, other: "PartialDate") -> bool:
        """Whether both could be the same day, given what each leaves open."""
        if self.first is None or self.last is None or other.first is None or other.last is None:
            return False
        return self.first <= other.last and other.first <= self.last

    @property
    def year(self) -> int | None:
        """The year, if only one is possible."""
        if self.first is None or self.last is None or self.first.year != self.last.year:
            return None
        return self.first.year

    def __str__(self) -> str:
        if self.first is None or self.last is None:
            return self.raw
        match self.precision:
            case Precision.DAY:
                text = f"{self.first.day} {self.first:%B} {self.first.year}"
            case Precision.MONTH:
                text = f"{self.first:%B} {self.first.year}"
            case Precision.YEAR:
                text = str(self.first.year)
            case _:
                text = _range(self.first, self.last)
        return f"circa {text}" if self.circa else text


def day(value: date, *, circa: bool = False, raw: str = "") -> PartialDate:
    return PartialDate(value, value, Precision.DAY, circa, raw=raw)


def month(year: int, number: int, *, circa: bool = False, raw: str = "") -> PartialDate:
    last = date(year + number // 12, number % 12 + 1, 1) - timedelta(days=1)
    return PartialDate(date(year, number, 1), last, Precision.MONTH, circa, raw=raw)


def year(value: int, *, circa: bool = False, raw: str = "") -> PartialDate:
    return PartialDate(date(value, 1, 1), date(value, 12, 31), Precision.YEAR, circa, raw=raw)


def between(first: date, last: date, *, circa: bool = False, raw: str = "") -> PartialDate:
    return PartialDate(first, last, Precision.RANGE, circa, raw=raw)


def unread(raw: str) -> PartialDate:
    return PartialDate(None, None, Precision.UNKNOWN, raw=raw)


def _range(first: date, last: date) -> str:
    whole_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    if whole_years:
        return f"{first.year} to {last.year}"
    return f"{first.day} {first:%B} {first.year} to {last.day} {last:%B} {last.year}"
