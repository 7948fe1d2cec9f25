"""Children on official lists: of a minor's birth date no more than the year is shown."""

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
    if born.first is None or born.last is None or born.last <= _born_if_just_of_age(on):
        return born
    return replace(
        born,
        first=born.first.replace(month=1, day=1),
        last=born.last.replace(month=12, day=31),
        precision=Precision.YEAR if born.first.year == born.last.year else Precision.RANGE,
        raw="",
    )


def _born_if_just_of_age(on: date) -> date:
    leap_day = (on.month, on.day) == (2, 29)
    return on.replace(year=on.year - OF_AGE, day=28 if leap_day else on.day)
