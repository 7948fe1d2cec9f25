"""The history of proposals, who watches them, and what watchers were told."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from registry.domain import handling
from registry.domain.handling import Marking, Reader
from registry.domain.history import Entry, Event, Notice
from registry.domain.proposal import audience as proposal_audience
from registry.store import markings
from registry.store.proposals import visible
from registry.store.tables import (
    HistoryRow,
    NoticeRow,
    PortionRow,
    ProposalRow,
    WatchRow,
)


def add(session: Session, proposal_id: str, entry: Entry, marking: Marking | None = None) -> int:
    """Keep a change under the mark that what was changed has, or under `marking` if it is given:
    a change of marks stays under the old one. Returns its id."""
    portion = (
        session.scalars(select(PortionRow).where(PortionRow.public_id == entry.portion)).one()
        if entry.portion
        else None
    )
    changed = portion or session.get_one(ProposalRow, proposal_id)
    row = HistoryRow(
        proposal_id=proposal_id,
        portion_id=portion.id if portion else None,
        marking_id=markings.add(session, marking) if marking else changed.marking_id,
        account_id=entry.account,
        affiliation=entry.affiliation,
        at=entry.at,
        event=entry.event,
        detail=entry.detail,
        before=entry.before,
        after=entry.after,
    )
    session.add(row)
    session.flush()
    return row.id


def audience(session: Session, history_id: int) -> frozenset[str]:
    """The affiliations whose auditors may know of a change: those who may read it."""
    row = session.get_one(HistoryRow, history_id)
    proposal = session.get_one(ProposalRow, row.proposal_id)
    ids = [row.marking_id, proposal.marking_id]
    if row.portion_id is not None:
        ids.append(session.get_one(PortionRow, row.portion_id).marking_id)
    marks = markings.load(session, ids).values()
    return proposal_audience(marks, proposal.originator, proposal.circulated_at)


def entries(session: Session, reader: Reader, proposal_id: str) -> list[Entry]:
    """The changes of a proposal that the reader may read, the newest first.

    A change must have been readable under the mark of its time and be so under the present one.
    """
    rows = session.execute(
        _readable(reader)
        .where(HistoryRow.proposal_id == proposal_id)
        .order_by(HistoryRow.id.desc())
    )
    return [_entry(*each) for each in _marked(session, rows.all())]


def watch(session: Session, proposal_id: str, account: int) -> None:
    if session.get(WatchRow, (proposal_id, account)) is None:
        session.add(WatchRow(proposal_id=proposal_id, account_id=account))
        session.flush()


def unwatch(session: Session, proposal_id: str, account: int) -> None:
    if row := session.get(WatchRow, (proposal_id, account)):
        session.delete(row)
        session.flush()


def watches(session: Session, proposal_id: str, account: int) -> bool:
    return session.get(WatchRow, (proposal_id, account)) is not None


def watchers(session: Session, proposal_id: str) -> set[int]:
    """The ids of the accounts that watch a proposal, for the registry itself."""
    return set(
        session.scalars(select(WatchRow.account_id).where(WatchRow.proposal_id == proposal_id))
    )


def tell(session: Session, history_id: int, accounts: Iterable[tuple[int, str]]) -> None:
    """Tell (account, public id of the notice) of a change. Who may not read it is told nothing:
    `notices` leaves it out for them."""
    session.add_all(
        NoticeRow(public_id=public_id, account_id=account, history_id=history_id, read_at=None)
        for account, public_id in accounts
    )
    session.flush()


def notices(session: Session, reader: Reader) -> list[Notice]:
    """What the reader's account was told and may still read, the newest first."""
    rows = session.execute(
        _readable(reader)
        .add_columns(NoticeRow)
        .join(NoticeRow, NoticeRow.history_id == HistoryRow.id)
        .where(NoticeRow.account_id == reader.account)
        .order_by(NoticeRow.id.desc())
    )
    found = rows.all()
    marked = _marked(session, [each[:3] for each in found])
    return [
        Notice(notice.public_id, proposal.id, proposal.title, _entry(*entry), notice.read_at)
        for (_row, _portion, proposal, notice), entry in zip(found, marked, strict=True)
    ]


def unread(session: Session, reader: Reader) -> int:
    """How many notices the reader's account has not read, of those that are there for it."""
    told = (
        _readable(reader)
        .join(NoticeRow, NoticeRow.history_id == HistoryRow.id)
        .where(NoticeRow.account_id == reader.account, NoticeRow.read_at.is_(None))
    )
    return session.scalar(select(func.count()).select_from(told.subquery())) or 0


def read(session: Session, account: int, at: datetime) -> None:
    """Mark all notices of the account as read."""
    for row in session.scalars(
        select(NoticeRow).where(NoticeRow.account_id == account, NoticeRow.read_at.is_(None))
    ):
        row.read_at = at
    session.flush()


def _readable(reader: Reader) -> Select[HistoryRow, PortionRow, ProposalRow]:
    return (
        select(HistoryRow, PortionRow, ProposalRow)
        .join(ProposalRow, ProposalRow.id == HistoryRow.proposal_id)
        .outerjoin(PortionRow, PortionRow.id == HistoryRow.portion_id)
        .where(
            and_(
                visible(reader),
                markings.readable(reader, HistoryRow.marking_id),
                or_(
                    HistoryRow.portion_id.is_(None),
                    markings.readable(reader, PortionRow.marking_id),
                ),
            )
        )
    )


def _marked(
    session: Session, rows: Sequence[Any]
) -> list[tuple[HistoryRow, PortionRow | None, Marking]]:
    """Each (change, portion, proposal) with the mark that it is shown under: what is common to the
    mark of its time, the portion's and the proposal's."""
    ids = [
        [each.marking_id for each in (row, portion, proposal) if each is not None]
        for row, portion, proposal in rows
    ]
    marks = markings.load(session, {each for of_row in ids for each in of_row})
    return [
        (row, portion, handling.combined(marks[each] for each in of_row))
        for (row, portion, _proposal), of_row in zip(rows, ids, strict=True)
    ]


def _entry(row: HistoryRow, portion: PortionRow | None, marking: Marking) -> Entry:
    return Entry(
        Event(row.event),
        row.detail,
        row.account_id,
        row.affiliation,
        row.at,
        row.before,
        row.after,
        portion.public_id if portion else "",
        marking,
    )
