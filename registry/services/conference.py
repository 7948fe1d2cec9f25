"""The state of coordination on a day, and what moved since the last meeting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy.orm import Session

from registry.domain import reference
from registry.domain.coordination import Move, Shares, moves, shares
from registry.domain.designation import Measure
from registry.domain.extent import COORDINATING
from registry.domain.nexus import Nexus
from registry.domain.reference import Situation
from registry.domain.selection import Traits
from registry.services import snapshot
from registry.services.assess import Coverage
from registry.services.remembered import Remembered

# Those whose designations concern atrocities as the method counts them.
NEAR = frozenset({Nexus.STATED.value, Nexus.PROGRAMME.value})


@dataclass(frozen=True, slots=True)
class Standing:
    """Shares now and on the earlier day, of a situation or (None) of all subjects."""

    situation: Situation | None
    now: Shares
    before: Shares | None


@dataclass(frozen=True, slots=True)
class Conference:
    """`moved` is what partners began and ended since; None where no earlier day is asked for.
    `lacking` are the partners of which no edition of that day is held: what is settled without them
    is no measure of what was."""

    standings: tuple[Standing, ...]
    moved: tuple[Move, ...] | None
    lacking: tuple[str, ...] = ()

    @property
    def overall(self) -> Standing:
        return self.standings[0]

    @property
    def situations(self) -> tuple[Standing, ...]:
        return self.standings[1:]

    def moves(
        self, partner: str | None = None, measure: Measure | None = None, began: bool | None = None
    ) -> tuple[Move, ...]:
        """Those of one partner and measure, begun or ended; of all where nothing is given."""
        return tuple(
            each
            for each in self.moved or ()
            if partner in (None, each.partner)
            and measure in (None, each.measure)
            and began in (None, each.began)
        )


def conference(
    session: Session, today: date, since: date | None, nexus: frozenset[str] = NEAR
) -> Conference:
    """The state of coordination today, of subjects with this nexus (of all, if it is empty)."""
    return _conferences.get(
        session, (today, since, nexus), partial(_make, session, today, since, nexus)
    )


def _make(session: Session, today: date, since: date | None, nexus: frozenset[str]) -> Conference:
    now = snapshot.snapshot(session, today, today).coverage
    before = snapshot.snapshot(session, since, today) if since else None
    near = _with(nexus, now.subjects)
    earlier = _with(nexus, before.coverage.subjects) if before else None
    if before is None:
        return Conference(tuple(_standings(near, earlier)), None)
    known = _known(before.coverage)
    return Conference(
        tuple(_standings(near, earlier)),
        moves(before.by_id, near, known),
        tuple(each for each in COORDINATING if any((each, m) not in known for m in Measure)),
    )


def _with(nexus: frozenset[str], subjects: Iterable[Traits]) -> tuple[Traits, ...]:
    return tuple(each for each in subjects if not nexus or each.nexus in nexus)


def _standings(now: Iterable[Traits], before: Iterable[Traits] | None) -> Iterable[Standing]:
    yield Standing(None, shares(now), None if before is None else shares(before))
    found, earlier = _by_situation(now), _by_situation(before or ())
    for key in sorted(found, key=lambda key: (-len(found[key]), key)):
        yield Standing(
            reference.situations()[key],
            shares(found[key]),
            None if before is None else shares(earlier.get(key, ())),
        )


def _by_situation(subjects: Iterable[Traits]) -> dict[str, list[Traits]]:
    found: dict[str, list[Traits]] = {}
    for each in subjects:
        for key in each.situations:
            found.setdefault(key, []).append(each)
    return found


def _known(coverage: Coverage) -> frozenset[tuple[str, Measure]]:
    """The (partner, measure) that a list of the day could answer."""
    return frozenset(
        (each, measure)
        for each in COORDINATING
        for measure in Measure
        if coverage.world.can_answer(each, measure)
    )


_conferences: Remembered[Conference] = Remembered(most=4)
