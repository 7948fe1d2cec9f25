"""Coverage at a glance: per partner and measure, what is in force, what is a gap, what waits."""

from collections import Counter
from dataclasses import dataclass

from registry.domain.cell import IN_FORCE, State
from registry.domain.designation import Measure
from registry.domain.selection import PARTNERS, Selection, matches
from registry.services.assess import Coverage


@dataclass(frozen=True, slots=True)
class Row:
    """Numbers of subjects for one partner and measure."""

    partner: str
    measure: Measure
    in_force: int
    gaps: int
    awaiting_review: int


@dataclass(frozen=True, slots=True)
class Summary:
    subjects: int
    listings: int
    rows: tuple[Row, ...]


def of(coverage: Coverage) -> Summary:
    """Count the subjects on which a measure is in force, a gap, or awaits review."""
    found: Counter[tuple[str, Measure, str]] = Counter()
    for subject in coverage.subjects:
        for cell in subject.cells:
            if cell.state in IN_FORCE:
                found[cell.partner, cell.measure, "in force"] += 1
            elif cell.state is State.POSSIBLE_MATCH:
                found[cell.partner, cell.measure, "awaiting review"] += 1
    for match in matches(Selection(), coverage.subjects):
        for gap in match.missing:
            found[gap.missing_from, gap.measure, "gap"] += 1
    return Summary(
        subjects=len(coverage.subjects),
        listings=sum(len(each.facts.listings) for each in coverage.subjects),
        rows=tuple(
            Row(
                partner,
                measure,
                found[partner, measure, "in force"],
                found[partner, measure, "gap"],
                found[partner, measure, "awaiting review"],
            )
            for partner in PARTNERS
            for measure in Measure
        ),
    )
