"""Positions: each partner answers a proposal in its own name, under its own mark."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from registry.domain import handling, law
from registry.domain.account import Account, may_speak_for
from registry.domain.handling import Marking, NotAllowed, NotThere
from registry.domain.history import Entry, Event
from registry.domain.portion import Portion, latest
from registry.domain.position import Ask, Position, stated
from registry.domain.proposal import ANSWERABLE, Proposal, words
from registry.domain.record import InvalidRecord
from registry.domain.section import Overtaken
from registry.services import chronicle, closing, lot, propose
from registry.store import history, portions


def answer(
    session: Session,
    account: Account,
    proposal_id: str,
    given: Mapping[Position, str],
    marking: Marking,
    today: date,
    at: datetime,
) -> None:
    """Keep what an officer answers for the officer's own partner: all of it, or nothing.

    By each position the id of the one that it is given after, "" for the first. Raises NotThere,
    NotAllowed, InvalidRecord, or Overtaken, which names all that colleagues answered meanwhile.
    """
    proposal = propose.get(session, account, proposal_id)
    for each in given:
        if not may_speak_for(account, each.ask.partner):
            raise NotAllowed(
                f"Only an officer or the policy staff of {each.ask.partner} answers for it."
            )
        if each.ask not in proposal.asks:
            raise NotThere
    if proposal.stage not in ANSWERABLE:
        raise InvalidRecord(f"A proposal that is {words(proposal.stage)} is not answered.")
    current = latest(portions.positions(session, handling.reader(account), proposal_id))
    ids = {ask: each.id for ask, each in current.items()}
    if meanwhile := [each.ask for each, after in given.items() if ids.get(each.ask, "") != after]:
        theirs = (f"{closing.what(proposal, ask)}: {_stands(current, ask)}" for ask in meanwhile)
        raise Overtaken("\n".join(dict.fromkeys(map(in_words, given))), "\n".join(theirs), 0)
    for each in given:
        _keep(session, account, proposal, each, current.get(each.ask), marking, today, at)
    history.watch(session, proposal_id, account.id)


def _keep(
    session: Session,
    account: Account,
    proposal: Proposal,
    position: Position,
    before: Portion[Position] | None,
    marking: Marking,
    today: date,
    at: datetime,
) -> None:
    stated(position, before.value if before else None, account.affiliation, today)
    portion = Portion(lot.drawn(), position, marking, False, account.id, account.affiliation, at)
    portions.add(session, proposal.id, portion)
    entry = Entry(
        Event.POSITION,
        closing.what(proposal, position.ask),
        account.id,
        account.affiliation,
        at,
        before=in_words(before.value) if before else "",
        after=in_words(position),
        portion=portion.id,
    )
    marks = handling.combined([marking, before.marking]) if before else marking
    chronicle.record(session, proposal.id, entry, marking=marks)


def _stands(current: Mapping[Ask, Portion[Position]], ask: Ask) -> str:
    return in_words(current[ask].value) if ask in current else "no position"


def in_words(position: Position) -> str:
    by = f" by {law.in_words(position.by_on)}" if position.by_on else ""
    reason = f": {position.reason}" if position.reason else ""
    return f"{position.status.value.replace('-', ' ')}{by}{reason}"
