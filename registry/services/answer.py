"""Positions: each partner answers a proposal in its own name, under its own mark."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from registry.domain import handling
from registry.domain.account import Account, may_speak_for
from registry.domain.handling import Marking, NotAllowed, NotThere
from registry.domain.history import Entry, Event
from registry.domain.portion import Portion, latest
from registry.domain.position import Position, stated
from registry.domain.proposal import ANSWERABLE, words
from registry.domain.record import InvalidRecord
from registry.domain.section import Overtaken
from registry.services import chronicle, closing, lot, propose
from registry.store import history, portions


def answer(
    session: Session,
    account: Account,
    proposal_id: str,
    position: Position,
    marking: Marking,
    after: str,
    today: date,
    at: datetime,
) -> Portion[Position]:
    """Keep a position that an officer gives for the officer's own partner.

    `after` is the id of the position that it was given after, "" for the first. Raises NotThere,
    NotAllowed, InvalidRecord, or Overtaken if a colleague answered meanwhile.
    """
    proposal = propose.get(session, account, proposal_id)
    if not may_speak_for(account, position.ask.partner):
        raise NotAllowed(
            f"Only an officer or the policy staff of {position.ask.partner} answers for it."
        )
    if position.ask not in proposal.asks:
        raise NotThere
    if proposal.stage not in ANSWERABLE:
        raise InvalidRecord(f"A proposal that is {words(proposal.stage)} is not answered.")
    reader = handling.reader(account)
    current = latest(portions.positions(session, reader, proposal_id)).get(position.ask)
    if (current.id if current else "") != after:
        theirs = in_words(current.value) if current else ""
        raise Overtaken(in_words(position), theirs, 0)
    stated(position, current.value if current else None, account.affiliation, today)
    portion = Portion(lot.drawn(), position, marking, False, account.id, account.affiliation, at)
    portions.add(session, proposal_id, portion)
    history.watch(session, proposal_id, account.id)
    entry = Entry(
        Event.POSITION,
        closing.what(proposal, position.ask),
        account.id,
        account.affiliation,
        at,
        before=in_words(current.value) if current else "",
        after=in_words(position),
        portion=portion.id,
    )
    marks = handling.combined([marking, current.marking]) if current else marking
    chronicle.record(session, proposal_id, entry, marking=marks)
    return portion


def in_words(position: Position) -> str:
    by = f" by {position.by_on.isoformat()}" if position.by_on else ""
    reason = f": {position.reason}" if position.reason else ""
    return f"{position.status.value.replace('-', ' ')}{by}{reason}"
