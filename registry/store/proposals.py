"""Proposals in and out of the database.

What a reader may not see is left out by the query itself: every function that takes a reader
answers as if it were not there.
"""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from registry.domain.designation import Measure
from registry.domain.handling import Marking, Reader
from registry.domain.position import Ask
from registry.domain.proposal import Proposal, Stage, Subject, audience
from registry.store import markings
from registry.store.tables import AskRow, PortionRow, ProposalRow, ProposedSubjectRow


def visible(reader: Reader) -> ColumnElement[bool]:
    """The condition that leaves the proposals that are there for this reader: the rule of
    registry.domain.proposal.visible, where the rows are chosen."""
    own = (
        ProposalRow.originator == next(iter(reader.affiliations))
        if len(reader.affiliations) == 1
        else false()
    )
    return and_(
        markings.readable(reader, ProposalRow.marking_id),
        or_(ProposalRow.circulated_at.is_not(None), own),
    )


def add(session: Session, proposal: Proposal) -> None:
    """Keep a new proposal."""
    session.add(
        ProposalRow(
            id=proposal.id,
            title=proposal.title,
            summary=proposal.summary,
            situation=proposal.situation,
            stage=proposal.stage,
            originator=proposal.originator,
            marking_id=markings.add(session, proposal.marking),
            target_on=proposal.target_on,
            embargo_until=proposal.embargo_until,
            agreed_on=proposal.agreed_on,
            reopened=proposal.reopened,
            revision=proposal.revision,
            created_by=proposal.created_by,
            created_at=proposal.created_at,
            circulated_at=proposal.circulated_at,
        )
    )
    session.flush()
    session.add_all(
        _subject_row(proposal.id, place, each) for place, each in enumerate(proposal.subjects)
    )
    session.add_all(_ask_rows(proposal))
    session.flush()


def update(session: Session, proposal: Proposal) -> None:
    """Store the proposal's own fields and what it asks. A new mark also becomes that of every
    portion which follows the proposal's."""
    row = session.get_one(ProposalRow, proposal.id)
    row.title, row.summary, row.situation = proposal.title, proposal.summary, proposal.situation
    row.stage, row.reopened, row.revision = proposal.stage, proposal.reopened, proposal.revision
    row.target_on, row.embargo_until = proposal.target_on, proposal.embargo_until
    row.agreed_on, row.circulated_at = proposal.agreed_on, proposal.circulated_at
    if markings.load(session, [row.marking_id])[row.marking_id] != proposal.marking:
        row.marking_id = markings.add(session, proposal.marking)
        for portion in session.scalars(
            select(PortionRow).where(PortionRow.proposal_id == row.id, PortionRow.follows)
        ):
            portion.marking_id = row.marking_id
    _update_subjects(session, proposal)
    kept = {_ask(each): each for each in _asked(session, [proposal.id])}
    for ask, asked in kept.items():
        if ask not in proposal.asks:
            session.delete(asked)
    session.add_all(each for each in _ask_rows(proposal) if _ask(each) not in kept)
    session.flush()


def find(session: Session, reader: Reader, proposal_id: str) -> Proposal | None:
    row = session.scalars(
        select(ProposalRow).where(ProposalRow.id == proposal_id, visible(reader))
    ).first()
    return next(iter(_loaded(session, [row])), None) if row else None


def readable(
    session: Session,
    reader: Reader,
    stages: Iterable[Stage] = tuple(Stage),
    subject_id: str = "",
) -> tuple[Proposal, ...]:
    """The proposals that are there for the reader, the newest first; on one subject if given."""
    if not reader.affiliations:  # who speaks for nobody is released nothing
        return ()
    query = select(ProposalRow).where(visible(reader), ProposalRow.stage.in_(list(stages)))
    if subject_id:
        on_subject = select(ProposedSubjectRow.proposal_id).where(
            ProposedSubjectRow.subject_id == subject_id, ProposedSubjectRow.removed_at.is_(None)
        )
        query = query.where(ProposalRow.id.in_(on_subject))
    rows = session.scalars(query.order_by(ProposalRow.created_at.desc(), ProposalRow.id))
    return _loaded(session, rows.all())


def open_ones(session: Session) -> tuple[Proposal, ...]:
    """Every proposal that the lists may still change, for the registry itself and for no reader."""
    rows = session.scalars(
        select(ProposalRow).where(ProposalRow.stage != Stage.WITHDRAWN).order_by(ProposalRow.id)
    )
    return _loaded(session, rows.all())


def awaiting_review(session: Session, proposal_id: str) -> frozenset[Ask]:
    """The asks of a proposal on which watchers were told of a candidate."""
    return frozenset(_ask(each) for each in _asked(session, [proposal_id]) if each.awaits_review)


def set_awaiting_review(session: Session, proposal_id: str, asks: frozenset[Ask]) -> None:
    for each in _asked(session, [proposal_id]):
        each.awaits_review = _ask(each) in asks
    session.flush()


def audiences(
    session: Session, shown: Collection[tuple[str, Marking]]
) -> dict[str, frozenset[str]]:
    """By proposal, the affiliations whose auditors may know that somebody was shown these
    (proposal, mark of what stood there), for the registry itself: those who may read any of it."""
    ids = {each for each, _marking in shown}
    rows = {
        row.id: row for row in session.scalars(select(ProposalRow).where(ProposalRow.id.in_(ids)))
    }
    marks = markings.load(session, {each.marking_id for each in rows.values()})
    found: dict[str, frozenset[str]] = dict.fromkeys(rows, frozenset())
    for id_, marking in shown:
        row = rows[id_]
        both = (marks[row.marking_id], marking)
        found[id_] |= audience(both, row.originator, row.circulated_at)
    return found


def _loaded(session: Session, rows: Sequence[ProposalRow]) -> tuple[Proposal, ...]:
    if not rows:
        return ()
    ids = [each.id for each in rows]
    marks = markings.load(session, [each.marking_id for each in rows])
    subjects: dict[tuple[str, bool], list[Subject]] = {}
    for each in session.scalars(
        select(ProposedSubjectRow)
        .where(ProposedSubjectRow.proposal_id.in_(ids))
        .order_by(ProposedSubjectRow.place)
    ):
        known = each.proposal_id, each.removed_at is None
        subject = Subject(each.subject_id, each.name, each.removed_at)
        subjects.setdefault(known, []).append(subject)
    asks: dict[str, list[Ask]] = {}
    for asked in _asked(session, ids):
        asks.setdefault(asked.proposal_id, []).append(_ask(asked))
    return tuple(
        Proposal(
            id=row.id,
            title=row.title,
            summary=row.summary,
            situation=row.situation,
            stage=Stage(row.stage),
            marking=marks[row.marking_id],
            subjects=tuple(subjects[row.id, True]),
            asks=tuple(sorted(asks[row.id])),
            created_at=row.created_at,
            created_by=row.created_by,
            revision=row.revision,
            target_on=row.target_on,
            embargo_until=row.embargo_until,
            agreed_on=row.agreed_on,
            circulated_at=row.circulated_at,
            reopened=row.reopened,
            former=tuple(subjects.get((row.id, False), ())),
        )
        for row in rows
    )


def _update_subjects(session: Session, proposal: Proposal) -> None:
    """A subject that was taken out keeps its row; one that is taken in again gets it back."""
    rows = session.scalars(
        select(ProposedSubjectRow).where(ProposedSubjectRow.proposal_id == proposal.id)
    )
    kept = {each.subject_id: each for each in rows}
    for place, each in enumerate((*proposal.subjects, *proposal.former)):
        if row := kept.get(each.id):
            row.place, row.removed_at = place, each.removed_at
        else:
            session.add(_subject_row(proposal.id, place, each))


def _subject_row(proposal_id: str, place: int, subject: Subject) -> ProposedSubjectRow:
    return ProposedSubjectRow(
        proposal_id=proposal_id,
        subject_id=subject.id,
        place=place,
        name=subject.name,
        removed_at=subject.removed_at,
    )


def _asked(session: Session, ids: Sequence[str]) -> Sequence[AskRow]:
    return session.scalars(select(AskRow).where(AskRow.proposal_id.in_(ids))).all()


def _ask(row: AskRow) -> Ask:
    return Ask(row.subject_id, Measure(row.measure), row.partner)


def _ask_rows(proposal: Proposal) -> list[AskRow]:
    return [
        AskRow(
            proposal_id=proposal.id,
            subject_id=each.subject_id,
            measure=each.measure,
            partner=each.partner,
            awaits_review=False,
        )
        for each in proposal.asks
    ]
