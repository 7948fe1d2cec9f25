"""The portions of proposals in and out of the database.

A portion is there for those who may read both it and its proposal; the queries leave it out for
everybody else.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, case, false, or_, select
from sqlalchemy.orm import Session, aliased

from registry.domain.attachment import Attachment
from registry.domain.designation import Measure
from registry.domain.evidence import Evidence, EvidenceKind
from registry.domain.handling import Marking, Reader
from registry.domain.portion import Comment, Portion, PortionKind, Task, Waiver
from registry.domain.position import Act, Ask, Position, Status
from registry.domain.release import Answer, ReleaseRequest
from registry.domain.section import Heading, Section
from registry.store import markings
from registry.store.proposals import visible
from registry.store.tables import (
    CommentRow,
    EvidenceAttachmentRow,
    EvidenceRow,
    PortionRow,
    PositionRow,
    ProposalRow,
    ReleaseRequestRow,
    SectionRow,
    TaskRow,
    WaiverRow,
)

AnyValue = Comment | Evidence | Position | ReleaseRequest | Section | Task | Waiver
AnyRow = (
    CommentRow | EvidenceRow | PositionRow | ReleaseRequestRow | SectionRow | TaskRow | WaiverRow
)
Value = TypeVar("Value")


def readable(reader: Reader) -> ColumnElement[bool]:
    """The condition on a portion joined with its proposal that leaves what the reader may read."""
    return and_(visible(reader), markings.readable(reader, PortionRow.marking_id))


def add(session: Session, proposal_id: str, portion: Portion[Any]) -> None:
    """Keep a new portion of the proposal; one that follows gets the proposal's mark."""
    row = PortionRow(
        public_id=portion.id,
        proposal_id=proposal_id,
        kind=_kind(portion.value),
        marking_id=_marking(session, proposal_id, portion),
        follows=portion.follows,
        account_id=portion.account,
        affiliation=portion.affiliation,
        added_at=portion.added_at,
    )
    session.add(row)
    session.flush()
    session.add(_row(session, row.id, portion.value))
    if isinstance(portion.value, Evidence):
        session.add_all(
            EvidenceAttachmentRow(
                portion_id=row.id, place=place, name=each.name, sha256=each.sha256, size=each.size
            )
            for place, each in enumerate(portion.value.attachments)
        )
    session.flush()


def mark_anew(session: Session, portion_id: str, marking: Marking, *, follows: bool) -> None:
    """Give a portion another mark: the proposal's, if it is to follow that."""
    row = _portion(session, portion_id)
    row.follows = follows
    row.marking_id = (
        session.get_one(ProposalRow, row.proposal_id).marking_id
        if follows
        else markings.add(session, marking)
    )
    session.flush()


def set_section(session: Session, portion_id: str, section: Section) -> None:
    row = session.get_one(SectionRow, _portion(session, portion_id).id)
    row.text, row.revision = section.text, section.revision
    session.flush()


def withdraw_evidence(session: Session, portion_id: str, reason: str) -> None:
    session.get_one(EvidenceRow, _portion(session, portion_id).id).withdrawn = reason
    session.flush()


def set_task(session: Session, portion_id: str, task: Task) -> None:
    session.get_one(TaskRow, _portion(session, portion_id).id).done_at = task.done_at
    session.flush()


def set_request(session: Session, portion_id: str, request: ReleaseRequest) -> None:
    row = session.get_one(ReleaseRequestRow, _portion(session, portion_id).id)
    row.answer, row.answer_reason = request.answer, request.answer_reason
    session.flush()


def sections(session: Session, reader: Reader, proposal_id: str) -> list[Portion[Section]]:
    """The sections that the reader may read, in the order in which they were added."""
    rows = _readable(session, reader, SectionRow, PortionRow.proposal_id == proposal_id)
    return _portions(session, rows, _section)


def positions(session: Session, reader: Reader, proposal_id: str) -> list[Portion[Position]]:
    """Every position that the reader may read, in the order of their giving."""
    return positions_by_proposal(session, reader, [proposal_id])[proposal_id]


def positions_by_proposal(
    session: Session, reader: Reader, proposal_ids: Collection[str]
) -> dict[str, list[Portion[Position]]]:
    """The same of several proposals."""
    rows = _readable(session, reader, PositionRow, PortionRow.proposal_id.in_(proposal_ids))
    return _by_proposal(proposal_ids, rows, _portions(session, rows, _position))


def current_positions(session: Session, proposal_id: str) -> list[Portion[Position]]:
    """All positions, for the registry itself and for no reader."""
    rows = session.execute(
        select(PortionRow, PositionRow)
        .join(PositionRow, PositionRow.portion_id == PortionRow.id)
        .where(PortionRow.proposal_id == proposal_id)
        .order_by(PortionRow.id)
    )
    return _portions(session, [(portion, kept) for portion, kept in rows], _position)


def evidence(session: Session, reader: Reader, proposal_id: str) -> list[Portion[Evidence]]:
    """The evidence that stands. The source of an item whose source is protected is "" for all but
    accounts of the item's own originator."""
    of_the_originator = (
        PortionRow.affiliation == next(iter(reader.affiliations))
        if len(reader.affiliations) == 1
        else false()
    )
    source = case((EvidenceRow.protected & ~of_the_originator, ""), else_=EvidenceRow.source)
    query = _select(reader, EvidenceRow).add_columns(source)
    rows = session.execute(
        query.where(PortionRow.proposal_id == proposal_id, EvidenceRow.withdrawn == "")
    ).all()
    shown = {portion.id: source for portion, _evidence, source in rows}
    attachments: dict[int, list[Attachment]] = {}
    for each in session.scalars(
        select(EvidenceAttachmentRow)
        .where(EvidenceAttachmentRow.portion_id.in_(list(shown)))
        .order_by(EvidenceAttachmentRow.place)
    ):
        kept = Attachment(each.name, each.sha256, each.size)
        attachments.setdefault(each.portion_id, []).append(kept)
    return _portions(
        session,
        [(portion, row) for portion, row, _source in rows],
        lambda row: _evidence(row, shown[row.portion_id], attachments.get(row.portion_id, ())),
    )


def comments(session: Session, reader: Reader, proposal_id: str) -> list[Portion[Comment]]:
    rows = _readable(session, reader, CommentRow, PortionRow.proposal_id == proposal_id)
    return _portions(session, rows, lambda row: Comment(row.text))


def tasks(session: Session, reader: Reader, proposal_id: str) -> list[Portion[Task]]:
    return tasks_by_proposal(session, reader, [proposal_id])[proposal_id]


def tasks_by_proposal(
    session: Session, reader: Reader, proposal_ids: Collection[str]
) -> dict[str, list[Portion[Task]]]:
    """The same of several proposals."""
    rows = _readable(session, reader, TaskRow, PortionRow.proposal_id.in_(proposal_ids))
    found = _portions(
        session, rows, lambda row: Task(row.text, row.assignee, row.due_on, row.done_at)
    )
    return _by_proposal(proposal_ids, rows, found)


def waivers(session: Session, reader: Reader, proposal_id: str) -> list[Portion[Waiver]]:
    rows = _readable(session, reader, WaiverRow, PortionRow.proposal_id == proposal_id)
    return _portions(
        session, rows, lambda row: Waiver(row.subject_id, tuple(row.risks), row.reason)
    )


def requests(session: Session, reader: Reader, proposal_id: str) -> list[Portion[ReleaseRequest]]:
    """The requests for a release that the reader may read, where what they are about may be read,
    too."""
    about = aliased(PortionRow)
    rows = session.execute(
        _select(reader, ReleaseRequestRow)
        .add_columns(about.public_id)
        .outerjoin(about, about.id == ReleaseRequestRow.about_id)
        .where(
            PortionRow.proposal_id == proposal_id,
            or_(about.id.is_(None), markings.readable(reader, about.marking_id)),
        )
    ).all()
    abouts = {portion.id: public_id or "" for portion, _request, public_id in rows}
    return _portions(
        session,
        [(portion, row) for portion, row, _public_id in rows],
        lambda row: ReleaseRequest(
            abouts[row.portion_id], row.asked_for, row.reason, Answer(row.answer), row.answer_reason
        ),
    )


def _portion(session: Session, portion_id: str) -> PortionRow:
    return session.scalars(select(PortionRow).where(PortionRow.public_id == portion_id)).one()


def _marking(session: Session, proposal_id: str, portion: Portion[Any]) -> int:
    if portion.follows:
        return session.get_one(ProposalRow, proposal_id).marking_id
    return markings.add(session, portion.marking)


def _select(reader: Reader, table: Any) -> Select[Any]:
    return (
        select(PortionRow, table)
        .join(table, table.portion_id == PortionRow.id)
        .join(ProposalRow, ProposalRow.id == PortionRow.proposal_id)
        .where(readable(reader))
        .order_by(PortionRow.id)
    )


def _readable(
    session: Session, reader: Reader, table: Any, condition: ColumnElement[bool]
) -> list[tuple[PortionRow, Any]]:
    rows = session.execute(_select(reader, table).where(condition))
    return [(portion, kept) for portion, kept in rows]


def _portions(
    session: Session,
    rows: Sequence[tuple[PortionRow, Any]],
    value: Callable[[Any], Value],
) -> list[Portion[Value]]:
    marks = markings.load(session, {row.marking_id for row, _ in rows})
    return [
        Portion(
            row.public_id,
            value(kept),
            marks[row.marking_id],
            row.follows,
            row.account_id,
            row.affiliation,
            row.added_at,
        )
        for row, kept in rows
    ]


def _by_proposal(
    proposal_ids: Collection[str],
    rows: Iterable[tuple[PortionRow, Any]],
    portions: Iterable[Portion[Value]],
) -> dict[str, list[Portion[Value]]]:
    """The portions made of the rows, for each of the proposals, also those that have none."""
    found: dict[str, list[Portion[Value]]] = {each: [] for each in proposal_ids}
    for (row, _), portion in zip(rows, portions, strict=True):
        found[row.proposal_id].append(portion)
    return found


def _section(row: SectionRow) -> Section:
    return Section(row.subject_id, Heading(row.heading), row.text, row.partner, row.revision)


def _position(row: PositionRow) -> Position:
    act = None
    if row.edition_id is not None and row.dated is not None:
        act = Act(
            row.official_list, row.reference, row.listing, row.edition_id, row.dated, row.listed_on
        )
    ask = Ask(row.subject_id, Measure(row.measure), row.partner)
    return Position(ask, Status(row.status), row.reason, row.by_on, row.automatic, act)


def _evidence(row: EvidenceRow, source: str, attachments: Sequence[Attachment]) -> Evidence:
    return Evidence(
        EvidenceKind(row.kind),
        row.title,
        row.text,
        row.subject_id,
        row.url,
        row.archived_on,
        source,
        row.protected,
        tuple(attachments),
    )


def _kind(value: AnyValue) -> PortionKind:
    return PortionKind(re.sub(r"(?<=.)(?=[A-Z])", "-", type(value).__name__).lower())


def _row(session: Session, portion_id: int, value: AnyValue) -> AnyRow:
    match value:
        case Section():
            return SectionRow(
                portion_id=portion_id,
                subject_id=value.subject_id,
                heading=value.heading,
                partner=value.partner,
                text=value.text,
                revision=value.revision,
            )
        case Position():
            return _position_row(portion_id, value)
        case Evidence():
            return EvidenceRow(
                portion_id=portion_id,
                subject_id=value.subject_id,
                kind=value.kind,
                title=value.title,
                text=value.text,
                url=value.url,
                archived_on=value.archived_on,
                source=value.source,
                protected=value.protected,
                withdrawn="",
            )
        case Comment():
            return CommentRow(portion_id=portion_id, text=value.text)
        case Task():
            return TaskRow(
                portion_id=portion_id,
                text=value.text,
                assignee=value.assignee,
                due_on=value.due_on,
                done_at=value.done_at,
            )
        case ReleaseRequest():
            return ReleaseRequestRow(
                portion_id=portion_id,
                about_id=_portion(session, value.about).id if value.about else None,
                asked_for=value.asked_for,
                reason=value.reason,
                answer=value.answer,
                answer_reason=value.answer_reason,
            )
        case Waiver():
            return WaiverRow(
                portion_id=portion_id,
                subject_id=value.subject_id,
                risks=list(value.risks),
                reason=value.reason,
            )


def _position_row(portion_id: int, position: Position) -> PositionRow:
    ask, act = position.ask, position.act
    return PositionRow(
        portion_id=portion_id,
        subject_id=ask.subject_id,
        measure=ask.measure,
        partner=ask.partner,
        status=position.status,
        reason=position.reason,
        by_on=position.by_on,
        automatic=position.automatic,
        official_list=act.official_list if act else "",
        reference=act.reference if act else "",
        listing=act.listing if act else "",
        edition_id=act.edition_id if act else None,
        dated=act.dated if act else None,
        listed_on=act.listed_on if act else None,
    )
