"""Children on official lists: of a minor's birth date no more than the year is shown."""

import re
from collections.abc import Container
from dataclasses import replace
from datetime import date

from registry.domain.partial_date import PartialDate, Precision
from registry.domain.party import Party

OF_AGE = 18  # years; Convention on the Rights of the Child, article 1


def shown(party: Party, on: date) -> Party:
    """The party as pages and exports may show it on that day."""
    dates = tuple(shown_birth_date(each, on) for each in party.birth_dates)
    return party if dates == party.birth_dates else replace(party, birth_dates=dates)


def shown_birth_date(born: PartialDate, on: date) -> PartialDate:
    """Only the year, without the list's own wording, if it may be the birth date of a minor."""
    if born.first is None or born.last is None or not _may_be_under_age(born, on):
        return born
    return replace(
        born,
        first=born.first.replace(month=1, day=1),
        last=born.last.replace(month=12, day=31),
        precision=Precision.YEAR if born.first.year == born.last.year else Precision.RANGE,
        raw="",
    )


def is_minor(party: Party, on: date) -> bool:
    """Whether a stated birth date may be that of a person under age on that day."""
    return any(_may_be_under_age(each, on) for each in party.birth_dates)


def shown_text(text: str, party: Party, on: date) -> str:
    """What a list says of the party in free text, without the day on which a minor was born."""
    years = [
        range(born.first.year, born.last.year + 1)
        for born in party.birth_dates
        if born.first and born.last and _may_be_under_age(born, on)
    ]
    return _without_days(text, {year for span in years for year in span})


def shown_birth_dates(text: str, on: date) -> str:
    """Text that is made of birth dates, without the days of those that may be minors'."""
    return _without_days(text, range(_born_if_just_of_age(on).year, on.year + 1))


def _without_days(text: str, years: Container[int]) -> str:
    def only_the_year(found: re.Match[str]) -> str:
        year = found["before"] or found["after"]
        return year if int(year) in years else found[0]

    return _DAY_OF_A_YEAR.sub(only_the_year, text)


# A day and a month, in figures or words, before the year or behind it: 3 May 2012, May 3, 2012,
# 03/05/2012, 2012-05-03.
_DAY_OF_A_YEAR = re.compile(
    r"""
    \b(?: \d{1,2}(?:st|nd|rd|th)? [\s./-]* (?:of\s+)? [^\W\d_]{3,} [.,]? [\s/-]*
      | [^\W\d_]{3,} \.? \s+ \d{1,2}(?:st|nd|rd|th)? ,? \s*
      | \d{1,2} [./-] \d{1,2} [./-] ) (?P<before>(?:19|20)\d\d)\b
    | \b(?P<after>(?:19|20)\d\d) [./-] \d{1,2} [./-] \d{1,2}\b
    """,
    re.VERBOSE,
)


def _may_be_under_age(born: PartialDate, on: date) -> bool:
    return born.last is not None and born.last > _born_if_just_of_age(on)


def _born_if_just_of_age(on: date) -> date:
    leap_day = (on.month, on.day) == (2, 29)
    return on.replace(year=on.year - OF_AGE, day=28 if leap_day else on.day)
