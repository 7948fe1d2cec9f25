"""Coverage at a glance: what is in force, what is missing, who lists what others do not."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from registry.domain import reference
from registry.domain.cell import IN_FORCE, State
from registry.domain.designation import Measure
from registry.domain.gap import SURE
from registry.domain.reference import Situation
from registry.domain.selection import Traits, shared_by
from registry.services import snapshot
from registry.services.assess import Coverage
from registry.services.remembered import Remembered


@dataclass(frozen=True, slots=True)
class SituationGlance:
    """A situation: its subjects, how many of them each partner has under any measure, its gaps;
    `shares` tells on how many of them just so many of the coordinating partners impose any."""

    situation: Situation
    subjects: int
    in_force: Mapping[str, int]
    gaps: int
    shares: Mapping[int, int]

    def shared(self, *numbers: int) -> int:
        return sum(self.shares.get(each, 0) for each in numbers)


@dataclass(frozen=True, slots=True)
class Glance:
    """`counts` are subjects per partner, measure and state; `gaps` rows of `registry gaps` per
    partner that lacks the measure, `weak_gaps` those of low confidence among all; `asymmetry` gaps
    per partner that has it and one that lacks it. `shares` tells, per measure, on how many subjects
    just so many of the coordinating partners impose it; `nexus` counts subjects per atrocity
    nexus."""

    subjects: int
    listings: int
    awaiting_review: int
    unreconciled: int
    counts: Mapping[tuple[str, Measure, State], int]
    gaps: Mapping[tuple[str, Measure], int]
    weak_gaps: int
    asymmetry: Mapping[tuple[str, str, Measure], int]
    shares: Mapping[tuple[Measure, int], int]
    nexus: Mapping[str, int]
    situations: tuple[SituationGlance, ...]

    def in_force(self, partner: str, measure: Measure) -> int:
        return sum(self.counts.get((partner, measure, state), 0) for state in IN_FORCE)


def glance(session: Session, on: date, today: date) -> Glance:
    return _glances.get(
        session, (on, today), lambda: _make(snapshot.snapshot(session, on, today).coverage)
    )


def _make(coverage: Coverage) -> Glance:
    subjects = coverage.subjects
    gaps = [gap for each in subjects for gap in each.gaps]
    return Glance(
        subjects=len(subjects),
        listings=sum(len(each.facts.listings) for each in subjects),
        awaiting_review=coverage.awaiting_review,
        unreconciled=sum(coverage.unreconciled.values()),
        counts=Counter(
            (cell.partner, cell.measure, cell.state) for each in subjects for cell in each.cells
        ),
        gaps=Counter((gap.missing_from, gap.measure) for gap in gaps),
        weak_gaps=sum(gap.confidence not in SURE for gap in gaps),
        asymmetry=Counter(
            (partner, gap.missing_from, gap.measure) for gap in gaps for partner in gap.listed_by
        ),
        shares=Counter(
            (measure, shared_by(each, (measure,))) for each in subjects for measure in Measure
        ),
        nexus=Counter(each.nexus for each in subjects),
        situations=tuple(_situations(subjects)),
    )


def _situations(subjects: Iterable[Traits]) -> Iterable[SituationGlance]:
    """The situations that any subject stands in, the one with the most subjects first."""
    found: dict[str, list[Traits]] = {}
    for each in subjects:
        for key in each.situations:
            found.setdefault(key, []).append(each)
    for key in sorted(found, key=lambda key: (-len(found[key]), key)):
        theirs = found[key]
        yield SituationGlance(
            reference.situations()[key],
            len(theirs),
            Counter(
                partner
                for each in theirs
                for partner in frozenset[str]().union(*each.imposing.values())
            ),
            sum(len(each.gaps) for each in theirs),
            Counter(shared_by(each, Measure) for each in theirs),
        )


_glances: Remembered[Glance] = Remembered(most=4)
