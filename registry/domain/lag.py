"""Lag: how many days after one partner another listed the same subject."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, permutations
from statistics import median

from registry.domain import reference
from registry.domain.cell import PARTNERS, Listed
from registry.domain.designation import DateBasis
from registry.domain.party import Kind
from registry.domain.programme import Standing

# The other bases say no more than "listed by then": an act may have amended an older listing, an
# edition shows what was made at any time since the one before it, a year stands for all its days.
DESIGNATION_DATES = frozenset({DateBasis.STATED, DateBasis.OVERRIDDEN})
OBSERVED_WITHIN = timedelta(days=31)  # between two editions: beyond it the days say nothing


@dataclass(frozen=True, slots=True)
class Seen:
    """When a listing was first seen: on its list's edition of `on`, and not on that of `after`."""

    on: date
    after: date


@dataclass(frozen=True, slots=True)
class Listing:
    """When a partner listed a subject first, and how we know.

    An OBSERVED date is that of the first edition that holds the listing, which was made at some
    time after the edition of `after`.
    """

    partner: str
    on: date
    basis: DateBasis
    after: date | None = None

    def counts(self, counting: frozenset[DateBasis]) -> bool:
        """Whether its basis is in `counting`; an observed date also needs a near edition before."""
        if self.after is not None and self.on - self.after > OBSERVED_WITHIN:
            return False
        return self.basis in counting


@dataclass(frozen=True, slots=True)
class Lag:
    """A partner's listing of a subject, `days` after the `first` partner's (0 for itself).

    `days` is None where one of the two dates does not count.
    """

    subject_id: str
    name: str
    kind: Kind
    listing: Listing
    first: str
    days: int | None


@dataclass(frozen=True, slots=True)
class Median:
    """The median of the days from one partner's listings to another's of the same subjects, in
    whole days, None without any.

    `subjects` are those counted, `left_out` those that both list with a date that does not count.
    """

    situation: str
    earlier: str
    later: str
    days: int | None
    subjects: int
    left_out: int


def first_listings(
    listings: Sequence[Listed], seen: dict[str, Seen], situation: str = ""
) -> tuple[Listing, ...]:
    """Each partner's first listing of a subject, among designations that others could answer.

    With a situation only those that count in it. A first-seen date stands in where a listing
    states no date at all. The earliest date is taken, also where a later one is better known:
    the later one is not the first.
    """
    first: dict[str, Listing] = {}
    for listed in listings:
        for found in _dated(listed, seen.get(listed.key), situation):
            known = first.get(found.partner)
            if known is None or found.on < known.on:
                first[found.partner] = found
    return tuple(sorted(first.values(), key=lambda each: (each.on, PARTNERS.index(each.partner))))


def _dated(listed: Listed, seen: Seen | None, situation: str) -> Iterable[Listing]:
    counted = False
    dated = []
    for act in listed.designations:
        programme = reference.programme_for(listed.official_list, act.code, act.act)
        if programme and programme.standing is not Standing.DESIGNATION:
            continue
        if situation:
            keys = {programme.key} if programme else set()
            if situation not in reference.situations_of(keys, listed.countries):
                continue
        counted = True
        if act.listed_on:
            dated.append(Listing(listed.partner, act.listed_on, act.date_basis))
    if counted and not dated and seen:
        dated.append(Listing(listed.partner, seen.on, DateBasis.OBSERVED, seen.after))
    return dated


def lags(
    subject_id: str,
    name: str,
    kind: Kind,
    listings: Sequence[Listing],
    counting: frozenset[DateBasis] = DESIGNATION_DATES,
) -> tuple[Lag, ...]:
    """The lags of a subject that at least two partners list, behind the first date that counts:
    that of a basis in `counting`."""
    if len(listings) < 2:
        return ()
    dated = [each for each in listings if each.counts(counting)]
    first = min(dated, key=lambda each: each.on, default=None)
    return tuple(
        Lag(
            subject_id,
            name,
            kind,
            each,
            first.partner if first else "",
            (each.on - first.on).days if first and each.counts(counting) else None,
        )
        for each in listings
    )


def medians(
    situation: str,
    subjects: Iterable[Sequence[Listing]],
    counting: frozenset[DateBasis] = DESIGNATION_DATES,
) -> tuple[Median, ...]:
    """For every two partners, the median of the days from the one's listings to the other's.

    The partner that is mostly the earlier one is named first.
    """
    days: dict[tuple[str, str], list[int]] = {}
    left_out: dict[tuple[str, str], int] = {}
    for listings in subjects:
        for one, other in permutations(listings, 2):
            pair = one.partner, other.partner
            if one.counts(counting) and other.counts(counting):
                days.setdefault(pair, []).append((other.on - one.on).days)
            else:
                left_out[pair] = left_out.get(pair, 0) + 1
    found = []
    for pair in combinations(PARTNERS, 2):
        counted = days.get(pair, [])
        if not counted and pair not in left_out:
            continue
        earlier, later = pair
        typical = round(median(counted)) if counted else None
        if typical is not None and typical < 0:
            earlier, later, typical = later, earlier, -typical
        found.append(
            Median(situation, earlier, later, typical, len(counted), left_out.get(pair, 0))
        )
    return tuple(found)
