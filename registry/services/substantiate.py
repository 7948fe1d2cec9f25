"""Evidence of proposals: whoever may read a proposal may add to it, under a mark of their own."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from registry.domain import handling
from registry.domain.account import Account, Role, has_role
from registry.domain.attachment import Attachment
from registry.domain.days import require_archived
from registry.domain.evidence import Evidence
from registry.domain.handling import Marking, NotAllowed, NotThere, remarked
from registry.domain.history import Entry, Event
from registry.domain.portion import Portion
from registry.domain.proposal import audience, require_open
from registry.domain.record import require
from registry.domain.trail import Action
from registry.services import audit, chronicle, lot, propose
from registry.store import portions

CONTRIBUTORS = frozenset({Role.POLICY, Role.OFFICER, Role.REVIEWER})


def add(
    session: Session,
    account: Account,
    proposal_id: str,
    evidence: Evidence,
    marking: Marking,
    at: datetime,
) -> Portion[Evidence]:
    """Keep an item of evidence. Its history does not name its source."""
    proposal = propose.get(session, account, proposal_id)
    if not has_role(account, CONTRIBUTORS):
        raise NotAllowed("Evidence is added by policy staff, officers and reviewers.")
    require_open(proposal)
    if evidence.subject_id and evidence.subject_id not in {each.id for each in proposal.subjects}:
        raise NotThere
    require_archived(at.date(), evidence.archived_on)
    portion = Portion(lot.drawn(), evidence, marking, False, account.id, account.affiliation, at)
    portions.add(session, proposal_id, portion)
    entry = Entry(
        Event.EVIDENCE,
        evidence.title,
        account.id,
        account.affiliation,
        at,
        after=_told(evidence),
        portion=portion.id,
    )
    chronicle.record(session, proposal_id, entry)
    return portion


def attachment(
    session: Session, account: Account, proposal_id: str, evidence_id: str, place: int
) -> tuple[Attachment, datetime]:
    """A file of an item, by its place, and the moment at which it was added; the trail tells that
    it was read. Raises NotThere for a file that is not there for the account."""
    proposal = propose.get(session, account, proposal_id)
    found = _item(session, account, proposal_id, evidence_id)
    if place >= len(found.value.attachments):
        raise NotThere
    marks = (proposal.marking, found.marking)
    audit.record(
        session,
        Action.MARKED_READ,
        f"proposal:{proposal_id}",
        released_to=audience(marks, proposal.originator, proposal.circulated_at),
        evidence=evidence_id,
        file=place + 1,
    )
    return found.value.attachments[place], found.added_at


def withdraw(
    session: Session,
    account: Account,
    proposal_id: str,
    evidence_id: str,
    reason: str,
    at: datetime,
) -> None:
    """Take an item back: it is shown no more and stays in the history."""
    found = _own(session, account, proposal_id, evidence_id)
    require(reason=reason)
    portions.withdraw_evidence(session, evidence_id, reason.strip())
    entry = _entry(account, Event.EVIDENCE_WITHDRAWN, found, at)
    chronicle.record(session, proposal_id, replace(entry, after=reason.strip()))


def mark(
    session: Session,
    account: Account,
    proposal_id: str,
    evidence_id: str,
    marking: Marking,
    at: datetime,
) -> None:
    """Mark an item anew, which is its originator's to do."""
    found = _own(session, account, proposal_id, evidence_id)
    remarked(found.marking, marking, account.affiliation)
    portions.mark_anew(session, evidence_id, marking, follows=False)
    entry = _entry(account, Event.MARKING, found, at)
    chronicle.record(
        session,
        proposal_id,
        replace(entry, before=found.marking.line, after=marking.line),
        marking=found.marking,
    )


def _own(
    session: Session, account: Account, proposal_id: str, evidence_id: str
) -> Portion[Evidence]:
    propose.get(session, account, proposal_id)
    found = _item(session, account, proposal_id, evidence_id)
    if not has_role(account, CONTRIBUTORS) or found.affiliation != account.affiliation:
        raise NotAllowed(f"Only {found.affiliation} changes this item: it is its originator.")
    return found


def _item(
    session: Session, account: Account, proposal_id: str, evidence_id: str
) -> Portion[Evidence]:
    items = portions.evidence(session, handling.reader(account), proposal_id)
    found = next((each for each in items if each.id == evidence_id), None)
    if found is None:
        raise NotThere
    return found


def _told(evidence: Evidence) -> str:
    """What the history keeps of an item: it does not name its source."""
    files = (f"File: {each.name}, sha256 {each.sha256}" for each in evidence.attachments)
    return "\n".join(filter(None, (evidence.text, *files)))


def _entry(account: Account, event: Event, found: Portion[Evidence], at: datetime) -> Entry:
    return Entry(event, found.value.title, account.id, account.affiliation, at, portion=found.id)
