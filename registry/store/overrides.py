"""Overrides in and out of the database. They are only ever added, and withdrawn."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.domain.override import Field, Override, RecordedOverride
from registry.domain.rekeying import current_keys
from registry.store import judgements, withdrawals
from registry.store.tables import OverrideRow

RECORD = OverrideRow.__tablename__


def add(session: Session, override: Override) -> int:
    """Keep the override. Returns its id."""
    row = OverrideRow(
        listing=override.listing,
        field=override.field,
        value=override.value,
        reason=override.reason,
        source=override.source,
        officer=override.officer,
        entered_at=override.entered_at,
    )
    session.add(row)
    session.flush()
    return row.id


def recorded(session: Session) -> tuple[RecordedOverride, ...]:
    """Every override in the order of their ids, by the keys that the listings have now."""
    rows = session.scalars(select(OverrideRow).order_by(OverrideRow.id)).all()
    if not rows:
        return ()
    withdrawn = withdrawals.of(session, RECORD)
    now = current_keys(judgements.rekeyings(session))
    return tuple(
        RecordedOverride(
            row.id,
            Override(
                now.get(row.listing, row.listing),
                Field(row.field),
                row.value,
                row.reason,
                row.source,
                row.officer,
                row.entered_at,
            ),
            withdrawn.get(row.id),
        )
        for row in rows
    )
