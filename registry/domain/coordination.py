"""The state of coordination: how many of the partners act on a subject, and what moved since.

Only what is settled counts: a subject on which an unsettled cell could change the answer is told
apart, since unknown is never no.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from registry.domain.cell import IN_FORCE, Cell, State
from registry.domain.designation import Measure
from registry.domain.gap import MISSING_PARTNERS
from registry.domain.selection import Traits

COORDINATING = MISSING_PARTNERS
_ABSENT = frozenset({State.NOT_FOUND, State.OTHER_MEASURE_ONLY, State.DELISTED, State.NO_AUTHORITY})
# What the partner's own file or law answers, one way or the other.
_SETTLED = IN_FORCE | _ABSENT


class Extent(StrEnum):
    """How far the coordinating partners impose a measure on a subject that any of them does.

    FULL: all to whom the measure is open. UNILATERAL: one of several. UNSETTLED: what is not known
    of a partner could make it another of these.
    """

    FULL = "full"
    PARTIAL = "partial"
    UNILATERAL = "unilateral"
    UNSETTLED = "unsettled"


@dataclass(frozen=True, slots=True)
class Shares:
    """Numbers of subjects per measure and extent, in a situation or in all."""

    counts: Mapping[tuple[Measure, Extent], int]

    def total(self, measure: Measure) -> int:
        return sum(self.counts.get((measure, each), 0) for each in Extent)

    def count(self, measure: Measure, extent: Extent) -> int:
        return self.counts.get((measure, extent), 0)

    def share(self, measure: Measure, extent: Extent) -> float | None:
        """Of the subjects whose extent is settled, 0 to 1; None where there is none."""
        settled = self.total(measure) - self.count(measure, Extent.UNSETTLED)
        if extent is Extent.UNSETTLED or not settled:
            return None
        return self.count(measure, extent) / settled


def shares(subjects: Iterable[Traits]) -> Shares:
    counts: Counter[tuple[Measure, Extent]] = Counter()
    for subject in subjects:
        for measure in Measure:
            found = extent(cell for cell in subject.cells if cell.measure is measure)
            if found is not None:
                counts[measure, found] += 1
    return Shares(counts)


def extent(cells: Iterable[Cell]) -> Extent | None:
    """The extent of one measure on one subject; None where no coordinating partner imposes it.

    A partner to whom the measure is not open (its own national) is not waited for. An interim block
    is no designation that others could join, and does not count.
    """
    asked = [
        each
        for each in cells
        if each.partner in COORDINATING and each.state is not State.NOT_APPLICABLE
    ]
    imposing = sum(each.state in IN_FORCE and each.comparable for each in asked)
    if not imposing:
        return None
    open_ones = sum(each.state not in _SETTLED for each in asked)
    possible = {_extent(imposing + more, len(asked)) for more in range(open_ones + 1)}
    return possible.pop() if len(possible) == 1 else Extent.UNSETTLED


def _extent(imposing: int, asked: int) -> Extent:
    if imposing == asked:
        return Extent.FULL
    return Extent.UNILATERAL if imposing == 1 else Extent.PARTIAL


@dataclass(frozen=True, slots=True)
class Move:
    """A partner's measure on a subject that came into force since a day, or that ended."""

    subject_id: str
    name: str
    partner: str
    measure: Measure
    began: bool


def moves(
    before: Mapping[str, Traits],
    now: Iterable[Traits],
    knew: frozenset[tuple[str, Measure]],
) -> tuple[Move, ...]:
    """What the coordinating partners began and ended between two days.

    `before` are subjects by id, `knew` the (partner, measure) whose list was known on the earlier
    day: a subject that was on no list then had the measure of none of these. What was or is not
    settled is no move.
    """
    found = []
    for subject in now:
        earlier = before.get(subject.facts.id)
        states = {
            (cell.partner, cell.measure): cell.state for cell in (earlier.cells if earlier else ())
        }
        for cell in subject.cells:
            key = (cell.partner, cell.measure)
            if cell.partner not in COORDINATING or cell.state not in _SETTLED:
                continue
            was = states.get(key)
            if was is None and (earlier is not None or key not in knew):
                continue
            had, has = was in IN_FORCE, cell.state in IN_FORCE
            if had is not has and (was is None or was in _SETTLED):
                found.append(
                    Move(subject.facts.id, subject.facts.name, cell.partner, cell.measure, has)
                )
    return tuple(found)
