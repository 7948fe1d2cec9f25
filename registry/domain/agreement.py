"""Whether lists that describe one subject say the same of it, or what excludes one another."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import combinations

from registry.domain.partial_date import PartialDate
from registry.domain.party import Country


class Agreement(StrEnum):
    """VARIED: worded or detailed otherwise, and both can be true. OPPOSED: both can not be."""

    SILENT = "silent"  # fewer than two lists speak of it
    ALIKE = "alike"
    VARIED = "varied"
    OPPOSED = "opposed"


def of_dates(stated: Sequence[tuple[PartialDate, ...]]) -> Agreement:
    """Each item holds the dates of one list. Two lists are opposed if no two of their dates can
    be the same day."""
    readable = [dates for each in stated if (dates := [d for d in each if d.first])]
    if len(readable) < 2:
        return Agreement.SILENT
    for left, right in combinations(readable, 2):
        if not any(a.agrees_with(b) for a in left for b in right):
            return Agreement.OPPOSED
    spans = {frozenset((each.first, each.last) for each in dates) for dates in readable}
    return Agreement.ALIKE if len(spans) == 1 else Agreement.VARIED


def of_sets(stated: Sequence[frozenset[str]]) -> Agreement:
    """Each item holds what one list says; two lists are opposed if they have nothing in common."""
    spoken = [each for each in stated if each]
    if len(spoken) < 2:
        return Agreement.SILENT
    if any(left.isdisjoint(right) for left, right in combinations(spoken, 2)):
        return Agreement.OPPOSED
    return Agreement.ALIKE if len(set(spoken)) == 1 else Agreement.VARIED


def of_wordings(stated: Sequence[str]) -> Agreement:
    """Wordings vary; they are never opposed."""
    spoken = [frozenset(each.casefold().split()) for each in stated if each]
    if len(spoken) < 2:
        return Agreement.SILENT
    return Agreement.ALIKE if len(set(spoken)) == 1 else Agreement.VARIED


def codes(countries: Sequence[Country]) -> frozenset[str]:
    """ISO codes; a country that has none can not be compared."""
    return frozenset(each.code for each in countries if each.code)
