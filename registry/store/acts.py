"""Legal acts that officers entered, in and out of the database. They are only ever added."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.domain.act import Act, Procedure, RecordedAct
from registry.domain.designation import Measure
from registry.domain.rekeying import current_keys
from registry.store import judgements, withdrawals
from registry.store.tables import ActRow, ListingRow, MemberRow, SubjectRow

RECORD = ActRow.__tablename__


def add(session: Session, act: Act) -> int:
    """Keep the act. Returns its id."""
    row = ActRow(
        partner=act.partner,
        measures=[each.value for each in act.measures],
        citation=act.citation,
        made_on=act.made_on,
        source_url=act.source_url,
        subject_id=act.subject_id,
        listing=act.listing,
        name=act.name,
        procedure=act.procedure,
        officer=act.officer,
        reason=act.reason,
        entered_at=act.entered_at,
    )
    session.add(row)
    session.flush()
    return row.id


def recorded(session: Session) -> tuple[RecordedAct, ...]:
    """Every act in the order of their ids, with the subject that it is on now: that of its
    listing, or the one that its subject was merged into."""
    rows = session.scalars(select(ActRow).order_by(ActRow.id)).all()
    if not rows:
        return ()
    withdrawn = withdrawals.of(session, RECORD)
    now = current_keys(judgements.rekeyings(session))
    subject_of = _members(session, {now.get(row.listing, row.listing) for row in rows})
    heirs = _heirs(session, {row.subject_id for row in rows})
    found = []
    for row in rows:
        listing = now.get(row.listing, row.listing)
        act = Act(
            row.partner,
            tuple(map(Measure, row.measures)),
            row.citation,
            row.made_on,
            row.source_url,
            row.officer,
            row.reason,
            row.entered_at,
            row.subject_id,
            listing,
            row.name,
            Procedure(row.procedure),
        )
        subject = subject_of.get(listing) or heirs.get(row.subject_id, "")
        found.append(RecordedAct(row.id, act, subject, withdrawn.get(row.id)))
    return tuple(found)


def _members(session: Session, keys: Iterable[str]) -> dict[str, str]:
    rows = session.execute(
        select(ListingRow.key, MemberRow.subject_id)
        .join(MemberRow, MemberRow.listing_id == ListingRow.id)
        .where(ListingRow.key.in_(keys))
    )
    return dict(rows.all())


def _heirs(session: Session, subjects: Iterable[str]) -> dict[str, str]:
    rows = session.execute(
        select(SubjectRow.id, SubjectRow.merged_into).where(SubjectRow.id.in_(subjects))
    )
    return {subject: heir or subject for subject, heir in rows}
