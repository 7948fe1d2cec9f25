"""What falls due: of proposals, as far as a reader may see them, of urgent acts and programmes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from registry.domain import reference
from registry.domain.handling import Marking, Reader
from registry.domain.portion import latest
from registry.domain.position import Status
from registry.domain.proposal import EDITABLE
from registry.domain.urgent import ClockState
from registry.services import acts, closing, snapshot
from registry.store import portions, proposals


class Due(StrEnum):
    TARGET = "target"
    EMBARGO = "embargo"
    PROMISE = "promise"
    TASK = "task"
    URGENT = "urgent"
    RENEWAL = "renewal"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on a day. `proposal` is the id of the proposal that it belongs to, `programme` the
    key of the programme; `marking` is None for what rests on published lists and law."""

    on: date
    due: Due
    text: str
    proposal: str = ""
    marking: Marking | None = None
    programme: str = ""


def entries(session: Session, reader: Reader, since: date, today: date) -> list[Entry]:
    """Everything that falls due on `since` or later, the earliest first."""
    found = [*_proposals(session, reader), *_urgent(session, today), *_renewals()]
    return sorted(
        (each for each in found if each.on >= since),
        key=lambda each: (each.on, tuple(Due).index(each.due), each.text),
    )


def _proposals(session: Session, reader: Reader) -> Iterator[Entry]:
    readable = proposals.readable(session, reader, sorted(EDITABLE))
    ids = [each.id for each in readable]
    positions = portions.positions_by_proposal(session, reader, ids)
    tasks = portions.tasks_by_proposal(session, reader, ids)
    for each in readable:
        if each.target_on:
            yield Entry(each.target_on, Due.TARGET, each.title, each.id, each.marking)
        if each.embargo_until:
            yield Entry(each.embargo_until, Due.EMBARGO, each.title, each.id, each.marking)
        for ask, given in latest(positions[each.id]).items():
            promised = given.value.status is Status.WILL_DESIGNATE and ask in each.asks
            if promised and given.value.by_on:
                text = closing.what(each, ask)
                yield Entry(given.value.by_on, Due.PROMISE, text, each.id, given.marking)
        for task in tasks[each.id]:
            if task.value.due_on and task.value.done_at is None:
                yield Entry(task.value.due_on, Due.TASK, task.value.text, each.id, task.marking)


def _urgent(session: Session, today: date) -> Iterator[Entry]:
    """The UK's urgent designations: the last day on which each has effect."""
    coverage = snapshot.snapshot(session, today, today).coverage
    for name, clock in acts.clocks(session, coverage):
        if clock.state is not ClockState.SETTLED:
            yield Entry(clock.last_day, Due.URGENT, f"{name}: {clock.sentence}")


def _renewals() -> Iterator[Entry]:
    """The days on which the known terms of programmes run out unless they are renewed."""
    for each in reference.programmes().values():
        if each.renewal_on and each.status == "active":
            text = f"{each.partner}: {each.title} ({each.key})"
            yield Entry(each.renewal_on, Due.RENEWAL, text, programme=each.key)
