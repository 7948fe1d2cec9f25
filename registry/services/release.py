"""Asking for a release, and answering: the originator's consent to pass something on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from registry.domain import handling
from registry.domain.account import Account, Role, has_role
from registry.domain.evidence import Evidence
from registry.domain.handling import Marking, NotAllowed, NotThere, mark, remarked
from registry.domain.history import Entry, Event
from registry.domain.law import in_words
from registry.domain.portion import Comment, Portion
from registry.domain.position import Position
from registry.domain.proposal import DRAFTERS, Proposal, require_open
from registry.domain.record import InvalidRecord
from registry.domain.release import Answer, ReleaseRequest, granted, originator, require_askable
from registry.domain.section import Section
from registry.services import chronicle, closing, lot, propose
from registry.store import accounts, history, portions

ANSWERERS = DRAFTERS | {Role.NGO}


@dataclass(frozen=True, slots=True)
class Item:
    """Something that has a mark of its own, in words; `id` is "" for the proposal itself."""

    id: str
    title: str
    marking: Marking


def items(
    proposal: Proposal,
    sections: Iterable[Portion[Section]],
    evidence: Iterable[Portion[Evidence]],
    positions: Iterable[Portion[Position]],
    comments: Iterable[Portion[Comment]],
) -> Iterator[Item]:
    """What can be released by itself, of all that somebody sees: what follows the proposal's mark
    is released with the proposal."""
    yield Item("", "The proposal itself", proposal.marking)
    for section in sections:
        if not section.follows:
            title = propose.heading(proposal, section.value)
            yield Item(section.id, f"{title[:1].upper()}{title[1:]}", section.marking)
    for item in evidence:
        yield Item(item.id, f"Evidence: {item.value.title}", item.marking)
    for position in positions:
        if not position.follows:
            title = f"Position of {closing.what(proposal, position.value.ask)}"
            day = in_words(position.added_at.date())
            yield Item(position.id, f"{title}, {day}", position.marking)
    for comment in comments:
        day = in_words(comment.added_at.date())
        yield Item(comment.id, f"Comment from {comment.affiliation}, {day}", comment.marking)


def ask(
    session: Session,
    account: Account,
    proposal_id: str,
    about: str,
    asked_for: str,
    reason: str,
    at: datetime,
) -> Portion[ReleaseRequest]:
    """Ask the originator of an item to release it to `asked_for` also. The request is there for the
    two of them. Raises NotThere for an item that the account may not read."""
    proposal = propose.get(session, account, proposal_id)
    if not has_role(account, DRAFTERS):
        raise NotAllowed("A release is asked for by policy staff and officers.")
    require_open(proposal)
    item = _item(session, account, proposal, about)
    require_askable(item.marking, account.affiliation, asked_for)
    if item.id and asked_for not in proposal.marking.releasable_to:
        raise InvalidRecord(
            f"{asked_for} can not read the proposal itself: ask {proposal.originator} to release "
            "that first."
        )
    request = ReleaseRequest(about, asked_for, reason.strip())
    theirs = portions.requests(session, handling.reader(account), proposal_id)
    same = (each.value for each in theirs if each.affiliation == account.affiliation)
    if any(replace(each, reason=request.reason) == request for each in same):
        raise InvalidRecord("This was asked for already, and awaits its answer.")
    marking = mark(account.affiliation, releases=[originator(item.marking)])
    portion = Portion(lot.drawn(), request, marking, False, account.id, account.affiliation, at)
    portions.add(session, proposal_id, portion)
    history.watch(session, proposal_id, account.id)
    entry = _entry(account, Event.RELEASE_ASKED, f"to {asked_for}", at, portion.id)
    told = _speaking_for(session, originator(item.marking))
    chronicle.record(session, proposal_id, replace(entry, after=request.reason), also=told)
    return portion


def answer(
    session: Session,
    account: Account,
    proposal_id: str,
    request_id: str,
    given: Answer,
    reason: str,
    at: datetime,
) -> None:
    """Grant or decline a request as the originator of what it is about. Granting it is marking the
    item anew. Raises NotThere for a request that is not there for the account, InvalidRecord for
    one that is answered or whose proposal has ended."""
    proposal = propose.get(session, account, proposal_id)
    theirs = portions.requests(session, handling.reader(account), proposal_id)
    found = next((each for each in theirs if each.id == request_id), None)
    if found is None:
        raise NotThere
    request = found.value
    item = _item(session, account, proposal, request.about)
    if item.marking.originators != {account.affiliation} or not has_role(account, ANSWERERS):
        raise NotAllowed(f"Only {originator(item.marking)} answers: it is the originator.")
    if request.answer is not Answer.OPEN:
        raise InvalidRecord(f"This request is answered already: {request.answer.value}.")
    require_open(proposal)
    if given is Answer.OPEN:
        raise InvalidRecord("Grant the request or decline it.")
    answered = replace(request, answer=given, answer_reason=reason.strip())
    if given is Answer.GRANTED:
        _release(session, account, proposal, item, granted(item.marking, request.asked_for), at)
    portions.set_request(session, request_id, answered)
    detail = f"{given.value}, to {request.asked_for}"
    entry = replace(
        _entry(account, Event.RELEASE_ANSWERED, detail, at, request_id),
        after=answered.answer_reason,
    )
    asker = [found.account] if found.account is not None else []
    chronicle.record(session, proposal_id, entry, also=asker)


def _release(
    session: Session,
    account: Account,
    proposal: Proposal,
    item: Item,
    marking: Marking,
    at: datetime,
) -> None:
    if not item.id:
        propose.mark_proposal(session, account, proposal.id, marking, at)
        return
    remarked(item.marking, marking, account.affiliation)
    portions.mark_anew(session, item.id, marking, follows=False)
    entry = replace(
        _entry(account, Event.MARKING, item.title, at, item.id),
        before=item.marking.line,
        after=marking.line,
    )
    chronicle.record(session, proposal.id, entry, marking=item.marking)


def _item(session: Session, account: Account, proposal: Proposal, about: str) -> Item:
    reader = handling.reader(account)
    found = items(
        proposal,
        portions.sections(session, reader, proposal.id),
        portions.evidence(session, reader, proposal.id),
        portions.positions(session, reader, proposal.id),
        portions.comments(session, reader, proposal.id),
    )
    item = next((each for each in found if each.id == about), None)
    if item is None:
        raise NotThere
    return item


def _speaking_for(session: Session, affiliation: str) -> Iterable[int]:
    """The accounts that may answer for the affiliation."""
    return {
        each.id for each in accounts.belonging(session, [affiliation]) if has_role(each, ANSWERERS)
    }


def _entry(account: Account, event: Event, detail: str, at: datetime, portion: str) -> Entry:
    return Entry(event, detail, account.id, account.affiliation, at, portion=portion)
