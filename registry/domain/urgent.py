"""The UK's urgent procedure: Sanctions and Anti-Money Laundering Act 2018, s.11(2B) to (2E).

Where condition A (reasonable grounds to suspect an involved person) is not met yet, a person may
be designated if condition B (already under a relevant provision of the United States, the
European Union, Australia or Canada) and condition C (public interest) are. Only the facts behind
condition B are shown here; whether it and C are met is the Minister's to decide.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from registry.domain.cell import IN_FORCE, Cell, State, SubjectFacts
from registry.domain.designation import Measure
from registry.domain.law import in_words
from registry.domain.party import Kind
from registry.domain.programme import Confidence

UK = "UK"
LAW = "Sanctions and Anti-Money Laundering Act 2018 s.11(2B) to (2E)"
CONDITION_B = ("US", "EU", "AU", "CA")  # s.11(2D)(a) to (d)
PERIOD = timedelta(days=56)  # s.11(2B)(b), and again s.11(2C)
# A body is a person in the Act; ships are specified under s.14, which has no such procedure.
_KINDS = frozenset({Kind.PERSON, Kind.ENTITY, Kind.UNKNOWN})
# Elsewhere something is to be settled first: a candidate, an act already made, no regulations.
_OPEN = frozenset({State.NOT_FOUND, State.OTHER_MEASURE_ONLY, State.DELISTED})


@dataclass(frozen=True, slots=True)
class Eligible:
    """A subject on which partners named in condition B impose a measure and the UK does not."""

    subject_id: str
    name: str
    kind: Kind
    measure: Measure
    state: State
    imposed_by: tuple[str, ...]
    first_listed_on: date | None
    basis: str
    confidence: Confidence


def eligible(facts: SubjectFacts, cells: Iterable[Cell]) -> tuple[Eligible, ...]:
    """The measures of a subject that may meet condition B. Blocks pending investigation and
    programmes against those who work on accountability are no ground for it."""
    shown = tuple(cells)
    found = []
    for cell in shown:
        if cell.partner != UK or cell.state not in _OPEN or facts.kind not in _KINDS:
            continue
        behind = [
            each
            for each in shown
            if each.partner in CONDITION_B
            and each.measure is cell.measure
            and each.state in IN_FORCE
            and each.comparable
        ]
        if behind:
            dates = [support.listed_on for each in behind for support in each.supports]
            surest = min((each.confidence for each in behind), key=Confidence.doubt)
            found.append(
                Eligible(
                    facts.id,
                    facts.name,
                    facts.kind,
                    cell.measure,
                    cell.state,
                    tuple(each.partner for each in behind),
                    min(filter(None, dates), default=None),
                    "; ".join(f"{each.partner}: {each.basis}" for each in behind),
                    max(cell.confidence, surest, key=Confidence.doubt),
                )
            )
    return tuple(found)


class ClockState(StrEnum):
    RUNNING = "running"
    EXTENDED = "extended"
    SETTLED = "settled"  # condition A was certified: the designation goes on by itself
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Clock:
    """How long an urgent designation has effect: to the end of `last_day`, unless SETTLED.

    `days_left` counts from the day asked for; 0 on the last day, negative after it.
    """

    made_on: date
    last_day: date
    state: ClockState
    days_left: int

    @property
    def sentence(self) -> str:
        made, last = in_words(self.made_on), in_words(self.last_day)
        match self.state:
            case ClockState.SETTLED:
                return f"The urgent designation of {made} is settled: condition A was certified"
            case ClockState.LAPSED:
                return f"The urgent designation of {made} lapsed at the end of {last}"
            case ClockState.RUNNING | ClockState.EXTENDED:
                left = f"{self.days_left} day{'' if self.days_left == 1 else 's'} left"
                return f"The urgent designation of {made} has effect to the end of {last}: {left}"


def clock(
    made_on: date, on: date, *, extended_on: date | None = None, settled_on: date | None = None
) -> Clock:
    """The 56 days begin with the day following the designation; a certificate given within them
    that B and C are still met adds 56 once, one that A is met ends the counting. A certificate
    that comes too late changes nothing."""
    last_day = made_on + PERIOD
    extended = extended_on is not None and made_on <= extended_on <= last_day
    if extended:
        last_day += PERIOD
    if settled_on is not None and made_on <= settled_on <= last_day:
        state = ClockState.SETTLED
    elif on > last_day:
        state = ClockState.LAPSED
    else:
        state = ClockState.EXTENDED if extended else ClockState.RUNNING
    return Clock(made_on, last_day, state, (last_day - on).days)
