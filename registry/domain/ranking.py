"""The orders in which subjects are shown: by name, by what closing their gaps is worth, by how
long the gaps have stood open, by their latest designation."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum

from registry.domain.nexus import Nexus
from registry.domain.selection import Match, Traits


class Order(StrEnum):
    NAME = "name"
    VALUE = "value"
    LAG = "lag"
    NEWEST = "newest"


# How much more a gap is worth the nearer the designations are to atrocities. `docs/method.md`.
WEIGHTS: Mapping[str, int] = {
    Nexus.STATED: 4,
    Nexus.PROGRAMME: 3,
    Nexus.POSSIBLE: 2,
    Nexus.NONE: 1,
}


def gap_value(match: Match) -> int:
    """What closing all that is missing is worth: for each missing cell the number of partners
    that impose the measure, times the weight of the subject's nexus. 0 without a gap."""
    imposing = sum(len(gap.listed_by) for gap in match.missing)
    return imposing * WEIGHTS.get(match.subject.nexus, 1)


def open_since(match: Match) -> date | None:
    """The first date of any act behind what is missing: since then partners have differed. None
    without a gap, or where no list dates it."""
    return min((gap.first_listed_on for gap in match.missing if gap.first_listed_on), default=None)


def first_listed(subject: Traits) -> date | None:
    """The first date of a designation in force, of any partner."""
    return min(_dates(subject), default=None)


def last_listed(subject: Traits) -> date | None:
    """The latest date of a designation in force, of any partner."""
    return max(_dates(subject), default=None)


def ordered(matches: Iterable[Match], order: Order) -> tuple[Match, ...]:
    """The matches in this order; those that are equal in it stay in theirs."""
    if order is Order.NAME:
        return tuple(matches)
    return tuple(sorted(matches, key=_KEYS[order]))


def _dates(subject: Traits) -> Iterable[date]:
    return (
        act.listed_on
        for listing in subject.facts.listings
        for act in listing.designations
        if act.listed_on
    )


def _worth(match: Match) -> int:
    return -gap_value(match)


def _opened(match: Match) -> date:
    return open_since(match) or date.max


def _latest(match: Match) -> int:
    return -(last_listed(match.subject) or date.min).toordinal()


_KEYS: Mapping[Order, Callable[[Match], int | date]] = {
    Order.VALUE: _worth,
    Order.LAG: _opened,
    Order.NEWEST: _latest,
}
