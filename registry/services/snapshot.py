"""Coverage of all subjects on a day, computed once and filtered in memory by every request."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy.orm import Session

from registry.domain.designation import Measure
from registry.domain.gap import Gap
from registry.domain.ranking import Order, ordered
from registry.domain.selection import Match, Selection, Traits, matches
from registry.services import assess, listed_roles
from registry.services.assess import Coverage
from registry.services.remembered import Remembered


@dataclass(frozen=True, slots=True)
class Selected:
    """What a selection found, in its order; `with_missing` are those with a gap. `gaps` counts
    missing cells per partner and measure: as many as `registry gaps` has rows for the same
    selection. `set_aside` counts in the same way those that only their confidence keeps out."""

    matches: tuple[Match, ...]
    with_missing: tuple[Match, ...]
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

    `select` gives what a selection finds, in an order; its `as_of` must be the snapshot's day.
    """

    coverage: Coverage
    by_id: Mapping[str, Traits]
    select: Callable[[Selection, Order], Selected]

    @property
    def on(self) -> date:
        return self.coverage.world.on


def snapshot(session: Session, on: date, today: date) -> Snapshot:
    """The coverage of `on`; made once for each state of the database."""
    return _snapshots.get(session, (on, today), lambda: _make(session, on, today))


def for_selection(session: Session, selection: Selection, today: date) -> Snapshot:
    """The coverage of the day that the selection asks for, with all that it looks at."""
    on = selection.as_of or today
    return with_roles(session, on, today) if selection.roles else snapshot(session, on, today)


def with_roles(session: Session, on: date, today: date) -> Snapshot:
    """The coverage of `on`, its subjects with the roles that lists state."""
    day = snapshot(session, on, today)
    return _with_roles.get(
        session, (on, today), lambda: _of(listed_roles.filled(session, day.coverage))
    )


def select(
    session: Session, selection: Selection, today: date, order: Order = Order.NAME
) -> Selected:
    """The subjects that the selection finds, in this order."""
    return for_selection(session, selection, today).select(selection, order)


def subject(session: Session, subject_id: str, on: date, today: date) -> Traits | None:
    """One subject on a day; None if no list named it by then."""
    if on == today:
        return snapshot(session, on, today).by_id.get(subject_id)
    return assess.assess(session, on, today, subject_id).find(subject_id)


def _make(session: Session, on: date, today: date) -> Snapshot:
    before = _snapshots.latest(session, (on, today))
    return _of(assess.assess(session, on, today, before=before.coverage if before else None))


def _of(coverage: Coverage) -> Snapshot:
    subjects = coverage.subjects

    # The answers belong to the snapshot and go when it goes: nothing here refers to itself.
    @lru_cache(maxsize=64)
    def by_name(selection: Selection) -> Selected:
        return _select(subjects, selection)

    @lru_cache(maxsize=64)
    def select(selection: Selection, order: Order) -> Selected:
        found = by_name(selection)
        if order is Order.NAME:
            return found
        return Selected(
            ordered(found.matches, order),
            ordered(found.with_missing, order),
            found.gaps,
            found.set_aside,
        )

    return Snapshot(coverage, {each.facts.id: each for each in subjects}, select)


def _select(subjects: Iterable[Traits], selection: Selection) -> Selected:
    found = tuple(matches(selection, subjects))
    with_missing = tuple(match for match in found if match.missing)
    return Selected(
        found,
        with_missing,
        _counts(gap for match in with_missing for gap in match.missing),
        _counts(gap for match in found for gap in match.set_aside),
    )


def _counts(gaps: Iterable[Gap]) -> dict[tuple[str, Measure], int]:
    """By partner and measure. Texts are counted, since an Enum is slow to hash."""
    found = Counter((gap.missing_from, gap.measure.value) for gap in gaps)
    return {(partner, Measure(measure)): number for (partner, measure), number in found.items()}


# One snapshot of 25,000 subjects takes about 150 MB: today's and one past day are kept.
_snapshots: Remembered[Snapshot] = Remembered(most=2)
# The same with the roles that lists state, which few ask for.
_with_roles: Remembered[Snapshot] = Remembered(most=1)
