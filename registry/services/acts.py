"""Legal acts that lists do not show yet: entering and withdrawing them, and what became of each."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from registry.domain import act as rules
from registry.domain.act import Act, ActState, ActStatus, RecordedAct
from registry.domain.days import require_made
from registry.domain.record import InvalidRecord, Withdrawal
from registry.domain.selection import Traits
from registry.domain.trail import Action
from registry.domain.urgent import Clock
from registry.services import audit
from registry.services.assess import Coverage
from registry.store import acts, subjects, withdrawals
from registry.store.database import touch

_LOUDEST = tuple(
    ActState(each) for each in ("overdue", "lapsed", "unattached", "pending", "shown", "withdrawn")
)


def enter(session: Session, act: Act) -> RecordedAct:
    """Keep an act. Raises InvalidRecord if it was made on a day far back, or if its subject or
    listing is not known."""
    require_made(act.made_on)
    if act.subject_id and subjects.find(session, act.subject_id) is None:
        raise InvalidRecord(
            f"There is no subject {act.subject_id}; find it with search.", "subject"
        )
    act_id = acts.add(session, act)
    touch(session)
    audit.record(session, Action.ACT_ENTERED, f"act:{act_id}", officer=act.officer)
    return _one(session, act_id)


def withdraw(session: Session, act_id: int, withdrawal: Withdrawal) -> RecordedAct:
    """Take an act back. Raises InvalidRecord if there is none, or it was taken back before."""
    found = _one(session, act_id)
    if found.withdrawn:
        raise InvalidRecord(f"Act {act_id} was withdrawn by {found.withdrawn.officer} before.")
    withdrawals.add(session, acts.RECORD, act_id, withdrawal)
    touch(session)
    audit.record(session, Action.ACT_WITHDRAWN, f"act:{act_id}", officer=withdrawal.officer)
    return found


def _one(session: Session, act_id: int) -> RecordedAct:
    found = next((each for each in acts.recorded(session) if each.id == act_id), None)
    if found is None:
        raise InvalidRecord(f"There is no act {act_id}; see `registry act list`.")
    return found


def statuses(session: Session, by_id: Mapping[str, Traits], on: date) -> list[ActStatus]:
    """Every act with what became of it, those that someone must look at first. `by_id` holds the
    coverage of the subjects on the day."""
    recorded = acts.recorded(session)
    on_subject: dict[str, list[RecordedAct]] = {}
    for each in recorded:
        on_subject.setdefault(each.subject, []).append(each)
    found = []
    for each in recorded:
        subject = by_id.get(each.subject)
        found.append(
            rules.status(
                each,
                on_subject[each.subject] if each.subject else (),
                subject.cells if subject else (),
                subject.facts.former if subject else (),
                on,
            )
        )
    return sorted(found, key=lambda each: (_LOUDEST.index(each.state), -each.age))


def clocks(session: Session, coverage: Coverage) -> list[tuple[str, Clock]]:
    """The clock of every urgent designation that was not withdrawn, with the name it is on."""
    by_id = {each.facts.id: each for each in coverage.subjects}
    found = []
    for each in statuses(session, by_id, coverage.world.on):
        if each.clock and each.state is not ActState.WITHDRAWN:
            subject, act = by_id.get(each.recorded.subject), each.recorded.act
            name = subject.facts.name if subject else act.name or act.listing or act.subject_id
            found.append((name, each.clock))
    return found
