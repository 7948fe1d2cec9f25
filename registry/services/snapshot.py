"""Coverage of all subjects on a day, computed once and filtered in memory by every request."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy.orm import Session

from registry.domain.designation import Measure
from registry.domain.selection import Match, Selection, Traits, matches
from registry.services import assess
from registry.services.assess import Coverage
from registry.services.remembered import Remembered


@dataclass(frozen=True, slots=True)
class Selected:
    """What a selection found. `gaps` counts missing cells per partner and measure: as many as
    `registry gaps` has rows for the same selection. `set_aside` counts in the same way those that
    only their confidence keeps out."""

    matches: tuple[Match, ...]
    with_gap: int
    gaps: Mapping[tuple[str, Measure], int]
    set_aside: Mapping[tuple[str, Measure], int]

    @property
    def gap_rows(self) -> int:
        return sum(self.gaps.values())

    @property
    def rows_set_aside(self) -> int:
        return sum(self.set_aside.values())


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Every subject on the day.

    `select` gives what a selection finds; its `as_of` must be the snapshot's day.
    """

    coverage: Coverage
    by_id: Mapping[str, Traits]
    select: Callable[[Selection], Selected]

    @property
    def on(self) -> date:
        return self.coverage.world.on


def snapshot(session: Session, on: date, today: date) -> Snapshot:
    """The coverage of `on`; made once for each state of the database."""
    return _snapshots.get(session, (on, today), lambda: _make(session, on, today))


def select(session: Session, selection: Selection, today: date) -> Selected:
    """The subjects that the selection finds, in the order of their names."""
    return snapshot(session, selection.as_of or today, today).select(selection)


def subject(session: Session, subject_id: str, on: date, today: date) -> Traits | None:
    """One subject on a day; None if no list named it by then."""
    if on == today:
        return snapshot(session, on, today).by_id.get(subject_id)
    return assess.assess(session, on, today, subject_id).find(subject_id)


def _make(session: Session, on: date, today: date) -> Snapshot:
    coverage = assess.assess(session, on, today)
    subjects = coverage.subjects

    # The answers belong to the snapshot and go when it goes.
    @lru_cache(maxsize=64)
    def select(selection: Selection) -> Selected:
        return _select(subjects, selection)

    return Snapshot(coverage, {each.facts.id: each for each in subjects}, select)


def _select(subjects: Iterable[Traits], selection: Selection) -> Selected:
    found = tuple(matches(selection, subjects))
    return Selected(
        found,
        sum(1 for match in found if match.missing),
        Counter((gap.missing_from, gap.measure) for match in found for gap in match.missing),
        Counter((gap.missing_from, gap.measure) for match in found for gap in match.set_aside),
    )


# One snapshot of 25,000 subjects takes about 150 MB: today's and one past day are kept.
_snapshots: Remembered[Snapshot] = Remembered(most=2)
