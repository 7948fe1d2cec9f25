"""Marks in and out of the database, and who may read what has them."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Exists, and_, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from registry.domain.handling import Level, Marking, Reader
from registry.store.tables import MarkingRow, RecipientRow, ReleaseRow


def add(session: Session, marking: Marking) -> int:
    """Keep the mark. Returns its id."""
    row = MarkingRow(level=marking.level, originators=sorted(marking.originators))
    session.add(row)
    session.flush()
    session.add_all(
        ReleaseRow(marking_id=row.id, affiliation=each) for each in sorted(marking.releasable_to)
    )
    session.add_all(
        RecipientRow(marking_id=row.id, account_id=each)
        for each in sorted(marking.recipients or ())
    )
    session.flush()
    return row.id


def load(session: Session, ids: Collection[int]) -> dict[int, Marking]:
    """The marks with these ids."""
    releases: dict[int, set[str]] = {}
    for marking_id, affiliation in session.execute(
        select(ReleaseRow.marking_id, ReleaseRow.affiliation).where(ReleaseRow.marking_id.in_(ids))
    ):
        releases.setdefault(marking_id, set()).add(affiliation)
    recipients: dict[int, set[int]] = {}
    for marking_id, account in session.execute(
        select(RecipientRow.marking_id, RecipientRow.account_id).where(
            RecipientRow.marking_id.in_(ids)
        )
    ):
        recipients.setdefault(marking_id, set()).add(account)
    return {
        row.id: Marking(
            Level(row.level),
            frozenset(row.originators),
            frozenset(releases.get(row.id, ())),
            frozenset(recipients.get(row.id, ())) if row.level == Level.RED else None,
        )
        for row in session.scalars(select(MarkingRow).where(MarkingRow.id.in_(ids)))
    }


def readable(reader: Reader, marking_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """The condition of a query that leaves what has the mark to this reader: the rule of
    registry.domain.handling.may_read, where the rows are chosen."""
    if not reader.affiliations:
        return false()
    released = [
        select(ReleaseRow.marking_id)
        .where(ReleaseRow.marking_id == marking_id, ReleaseRow.affiliation == each)
        .exists()
        for each in sorted(reader.affiliations)
    ]
    return and_(*released, or_(_is_not_red(marking_id), _names(reader, marking_id)))


def _is_not_red(marking_id: InstrumentedAttribute[int]) -> Exists:
    return (
        select(MarkingRow.id)
        .where(MarkingRow.id == marking_id, MarkingRow.level != Level.RED)
        .exists()
    )


def _names(reader: Reader, marking_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    if reader.account is None:
        return false()
    return (
        select(RecipientRow.marking_id)
        .where(RecipientRow.marking_id == marking_id, RecipientRow.account_id == reader.account)
        .exists()
    )
