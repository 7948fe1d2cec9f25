"""What is said and done beside a proposal: comments, tasks, watching it."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from registry.domain import handling
from registry.domain.account import Account, Role, folded, has_role
from registry.domain.days import require_near
from registry.domain.handling import Marking, NotAllowed, NotThere
from registry.domain.history import Entry, Event, Notice
from registry.domain.portion import Comment, Portion, Task
from registry.domain.proposal import DRAFTERS
from registry.domain.record import InvalidRecord
from registry.services import chronicle, lot, propose
from registry.store import accounts, history, portions

COMMENTERS = DRAFTERS | {Role.REVIEWER, Role.LIST_STEWARD, Role.NGO}
_MENTION = re.compile(r"(?<!\w)@([A-Za-z0-9][A-Za-z0-9._@+-]*[A-Za-z0-9])")


def comment(
    session: Session,
    account: Account,
    proposal_id: str,
    text: str,
    marking: Marking,
    at: datetime,
) -> Portion[Comment]:
    """Keep a comment, and tell whoever it mentions as @name, if they may read it.

    Whether there is an account of that name is not answered.
    """
    propose.get(session, account, proposal_id)
    if not has_role(account, COMMENTERS):
        raise NotAllowed("Comments are written by those who work on proposals.")
    said = Comment(text.replace("\r\n", "\n").strip())
    portion = Portion(lot.drawn(), said, marking, False, account.id, account.affiliation, at)
    portions.add(session, proposal_id, portion)
    history.watch(session, proposal_id, account.id)
    entry = _entry(account, Event.COMMENT, "", at, portion.id)
    chronicle.record(
        session, proposal_id, replace(entry, after=said.text), also=_named(session, said)
    )
    return portion


def assign(
    session: Session,
    account: Account,
    proposal_id: str,
    text: str,
    assignee: str,
    due_on: date | None,
    marking: Marking,
    at: datetime,
) -> Portion[Task]:
    """Give a colleague of the same affiliation, by the name of the account, something to do."""
    propose.get(session, account, proposal_id)
    if not has_role(account, DRAFTERS):
        raise NotAllowed("Tasks are given by policy staff and officers.")
    colleague = next((each for each in colleagues(session, account) if each.name == assignee), None)
    if colleague is None:
        raise InvalidRecord(
            f"{account.affiliation} has no colleague {assignee!r} to give this to.", "assignee"
        )
    require_near(at.date(), due_on=due_on)
    task = Task(text.strip(), colleague.id, due_on)
    portion = Portion(lot.drawn(), task, marking, False, account.id, account.affiliation, at)
    portions.add(session, proposal_id, portion)
    history.watch(session, proposal_id, colleague.id)
    entry = _entry(account, Event.TASK, f"for {colleague.shown_name}", at, portion.id)
    chronicle.record(session, proposal_id, replace(entry, after=task.text))
    return portion


def finish(
    session: Session, account: Account, proposal_id: str, task_id: str, at: datetime
) -> None:
    """Say that a task is done: whoever has it, or gave it, may."""
    propose.get(session, account, proposal_id)
    given = portions.tasks(session, handling.reader(account), proposal_id)
    found = next((each for each in given if each.id == task_id), None)
    if found is None:
        raise NotThere
    if account.id not in (found.value.assignee, found.account):
        raise NotAllowed("A task is finished by the one who has it or gave it.")
    if found.value.done_at is None:
        portions.set_task(session, task_id, replace(found.value, done_at=at))
        entry = _entry(account, Event.TASK_DONE, found.value.text, at, task_id)
        chronicle.record(session, proposal_id, entry)


def colleagues(session: Session, account: Account) -> list[Account]:
    """The accounts of the same affiliation to whom something can be given."""
    return [
        each
        for each in accounts.belonging(session, [account.affiliation])
        if each.sees_content and not each.is_disabled
    ]


def watch(session: Session, account: Account, proposal_id: str, *, on: bool) -> None:
    """Be told of what happens to a proposal, or no more."""
    propose.get(session, account, proposal_id)
    (history.watch if on else history.unwatch)(session, proposal_id, account.id)


def notices(session: Session, account: Account) -> list[Notice]:
    return history.notices(session, handling.reader(account))


def read(session: Session, account: Account, at: datetime) -> None:
    """Mark the account's notices as read."""
    history.read(session, account.id, at)


def _named(session: Session, said: Comment) -> Iterable[int]:
    names = {folded(each) for each in _MENTION.findall(said.text)}
    return {each.id for each in accounts.with_names(session, names)}


def _entry(account: Account, event: Event, detail: str, at: datetime, portion: str) -> Entry:
    return Entry(event, detail, account.id, account.affiliation, at, portion=portion)
