"""What happened to a proposal: kept in its history, and told to those who watch it."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from registry.domain.handling import Marking
from registry.domain.history import Entry, Event
from registry.domain.trail import Action
from registry.services import audit, lot
from registry.store import history

_POSITIONS = frozenset({Event.POSITION, Event.DESIGNATED, Event.REOPENED})


def record(
    session: Session,
    proposal_id: str,
    entry: Entry,
    *,
    marking: Marking | None = None,
    also: Iterable[int] = (),
) -> None:
    """Keep a change and tell the watchers, and the accounts `also`, but not who made it.

    Whoever may not read the change is told nothing. `marking` is the mark of a change of marks.
    The trail says what was done to which proposal, for auditors of those who may read the change.
    """
    history_id = history.add(session, proposal_id, entry, marking)
    told = (history.watchers(session, proposal_id) | set(also)) - {entry.account}
    history.tell(session, history_id, [(each, lot.drawn()) for each in sorted(told)])
    audit.record(
        session,
        Action.POSITION_CHANGED if entry.event in _POSITIONS else Action.PROPOSAL_CHANGED,
        f"proposal:{proposal_id}",
        released_to=history.audience(session, history_id),
        event=entry.event.value,
    )
