"""What a judgement on two listings would change: which gaps there are if their subjects are one,
and which if they are two."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from registry.domain import coverage
from registry.domain.cell import PARTNERS, Listed, SubjectFacts, World
from registry.domain.designation import Measure
from registry.domain.gap import Gap, gaps
from registry.domain.party import Kind


@dataclass(frozen=True, slots=True)
class Stake:
    """The gaps in either case. Until the pair is judged, neither counts."""

    if_same: tuple[Gap, ...]
    if_different: tuple[Gap, ...]

    @property
    def weight(self) -> int:
        """How many gaps hang on it."""
        return len(self.if_different) - len(self.if_same)

    @property
    def by_measure(self) -> tuple[tuple[Measure, tuple[str, ...]], ...]:
        """The partners of `closed`, by measure."""
        found: dict[Measure, list[str]] = {}
        for partner, measure in self.closed:
            if partner not in found.setdefault(measure, []):
                found[measure].append(partner)
        return tuple(
            (measure, tuple(each for each in PARTNERS if each in found[measure]))
            for measure in Measure
            if measure in found
        )

    @property
    def closed(self) -> tuple[tuple[str, Measure], ...]:
        """The partner and measure of each gap that there is only if they are different."""
        left = [(gap.missing_from, gap.measure) for gap in self.if_same]
        found = []
        for gap in self.if_different:
            cell = gap.missing_from, gap.measure
            if cell in left:
                left.remove(cell)
            else:
                found.append(cell)
        return tuple(found)


def stake(one: SubjectFacts, other: SubjectFacts, world: World) -> Stake:
    """`candidates` of both must leave out what comes of this pair alone."""
    both = joined(one, other)
    return Stake(
        gaps(both, coverage.cells(both, world)),
        (
            *gaps(one, coverage.cells(one, world)),
            *gaps(other, coverage.cells(other, world)),
        ),
    )


def joined(one: SubjectFacts, other: SubjectFacts) -> SubjectFacts:
    """The subject that the two would be."""
    listings = _sorted((*one.listings, *other.listings))
    standing = {each.key for each in listings}
    former = (each for each in (*one.former, *other.former) if each.key not in standing)
    return replace(
        one,
        kind=one.kind if one.kind is not Kind.UNKNOWN else other.kind,
        listings=listings,
        former=_sorted(former),
        candidates=one.candidates | other.candidates,
        pending=(*one.pending, *other.pending),
        owners=tuple(sorted({*one.owners, *other.owners})),
    )


def _sorted(listings: Iterable[Listed]) -> tuple[Listed, ...]:
    return tuple(sorted(listings, key=lambda each: each.key))
