"""Legal acts that an officer enters because a partner's list does not show them yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from registry.domain import urgent
from registry.domain.cell import IN_FORCE, PARTNERS, Cell, Listed, Pending
from registry.domain.designation import Measure
from registry.domain.record import InvalidRecord, Withdrawal, require
from registry.domain.urgent import Clock


class Procedure(StrEnum):
    """What an act is; all but STANDARD are those of the UK's urgent procedure."""

    STANDARD = "standard"
    URGENT = "urgent"
    EXTENSION = "urgent-extension"  # conditions B and C continue to be met: s.11(2B)(b)(ii)
    CERTIFICATE = "urgent-certificate"  # condition A is met: s.11(2B)(b)(i), (2C)


PENDING_DAYS = 60  # lists show an act weeks after it; beyond this an officer must look again
DESIGNATING = frozenset({Procedure.STANDARD, Procedure.URGENT})


@dataclass(frozen=True, slots=True)
class Act:
    """A legal act on one party, known by its subject, by a listing's key, or by name alone.

    By name alone it closes no gap: nobody has said yet which subject it is.
    """

    partner: str
    measures: tuple[Measure, ...]
    citation: str
    made_on: date
    source_url: str
    officer: str
    reason: str
    entered_at: datetime
    subject_id: str = ""
    listing: str = ""
    name: str = ""
    procedure: Procedure = Procedure.STANDARD

    def __post_init__(self) -> None:
        require(
            citation=self.citation,
            source_url=self.source_url,
            officer=self.officer,
            reason=self.reason,
        )
        if self.partner not in PARTNERS:
            raise InvalidRecord(
                f"{self.partner!r} is no partner: one of {', '.join(PARTNERS)}.", "partner"
            )
        if not self.measures:
            raise InvalidRecord(
                "An act needs a measure: asset-freeze, travel-ban or both.", "measures"
            )
        if sum(map(bool, (self.subject_id, self.listing, self.name.strip()))) != 1:
            raise InvalidRecord("An act is on one subject, or one listing, or one name.", "subject")
        if not self.source_url.startswith(("https://", "http://")):
            raise InvalidRecord(
                f"{self.source_url!r} is no address of a source (https://…).", "source"
            )
        if self.made_on > self.entered_at.date():
            raise InvalidRecord(
                f"{self.made_on} is still to come: enter an act once it is made.", "made_on"
            )
        if self.procedure is not Procedure.STANDARD and self.partner != urgent.UK:
            raise InvalidRecord("The urgent procedure is the UK's.", "procedure")


@dataclass(frozen=True, slots=True)
class RecordedAct:
    """An act as it is kept, with the number that it is withdrawn by. `subject` is the subject
    that it is on now, "" if it is on none."""

    id: int
    act: Act
    subject: str = ""
    withdrawn: Withdrawal | None = None


class ActState(StrEnum):
    """SHOWN: the partner's list has it, or had it since. OVERDUE: it should have by now."""

    PENDING = "pending"
    OVERDUE = "overdue"
    SHOWN = "shown"
    LAPSED = "lapsed"
    UNATTACHED = "unattached"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ActStatus:
    """An act and what has become of it; `clock` runs for urgent designations."""

    recorded: RecordedAct
    state: ActState
    age: int  # in days
    clock: Clock | None = None


def status(
    recorded: RecordedAct,
    others: Sequence[RecordedAct],
    cells: Sequence[Cell],
    former: Sequence[Listed],
    on: date,
) -> ActStatus:
    """What has become of an act, given the other acts on the same subject, the subject's cells,
    and its listings that are gone."""
    act = recorded.act
    age = (on - act.made_on).days
    clock = clock_of(recorded, others, on)
    if recorded.withdrawn:
        state = ActState.WITHDRAWN
    elif not recorded.subject:
        state = ActState.UNATTACHED
    elif _is_shown(act, cells) or was_shown(act, former):
        state = ActState.SHOWN
    elif clock and clock.state is urgent.ClockState.LAPSED:
        state = ActState.LAPSED
    else:
        state = ActState.OVERDUE if age > PENDING_DAYS else ActState.PENDING
    return ActStatus(recorded, state, age, clock)


def _is_shown(act: Act, cells: Iterable[Cell]) -> bool:
    imposed = {
        each.measure for each in cells if each.partner == act.partner and each.state in IN_FORCE
    }
    return imposed.issuperset(act.measures)


def was_shown(act: Act, former: Iterable[Listed]) -> bool:
    """Whether the partner's list had the subject after the act and dropped it since: an act does
    not become pending again by a delisting."""
    return any(
        each.partner == act.partner and each.delisted_on and each.delisted_on > act.made_on
        for each in former
    )


def clock_of(recorded: RecordedAct, others: Iterable[RecordedAct], on: date) -> Clock | None:
    """The clock of an urgent designation, with the certificates entered for the same subject."""
    if recorded.act.procedure is not Procedure.URGENT:
        return None
    made_on = recorded.act.made_on
    later = [each.act for each in others if not each.withdrawn and each.act.made_on >= made_on]

    def first(procedure: Procedure) -> date | None:
        return min((each.made_on for each in later if each.procedure is procedure), default=None)

    return urgent.clock(
        made_on,
        on,
        extended_on=first(Procedure.EXTENSION),
        settled_on=first(Procedure.CERTIFICATE),
    )


def pending(acts: Sequence[RecordedAct], former: Sequence[Listed], on: date) -> tuple[Pending, ...]:
    """What coverage is told of the acts on one subject."""
    found = []
    for each in acts:
        if each.withdrawn or each.act.procedure not in DESIGNATING or was_shown(each.act, former):
            continue
        clock = clock_of(each, acts, on)
        if clock is None or clock.state is not urgent.ClockState.LAPSED:
            found.append(
                Pending(
                    each.act.partner,
                    frozenset(each.act.measures),
                    each.act.citation,
                    each.act.made_on,
                )
            )
    return tuple(found)
