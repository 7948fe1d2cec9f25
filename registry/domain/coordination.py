"""The state of coordination: how many of the partners act on a subject, and what moved since.

Only what is settled counts: a subject on which an unsettled cell could change the answer is told
apart, since unknown is never no.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from registry.domain.cell import IN_FORCE
from registry.domain.designation import Measure
from registry.domain.extent import COORDINATING, SETTLED, Extent, extent
from registry.domain.selection import Traits


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
            if cell.partner not in COORDINATING or cell.state not in SETTLED:
                continue
            was = states.get(key)
            if was is None and (earlier is not None or key not in knew):
                continue
            had, has = was in IN_FORCE, cell.state in IN_FORCE
            if had is not has and (was is None or was in SETTLED):
                found.append(
                    Move(subject.facts.id, subject.facts.name, cell.partner, cell.measure, has)
                )
    return tuple(found)
