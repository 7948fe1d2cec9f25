"""Editions of official lists: each as it was received, and which of them count."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from registry.domain.official_list import Edition, EditionState
from registry.store.tables import (
    ChangeRow,
    EditionRow,
    EntryRow,
    ReportedEntryRow,
)

# What an Edition is read from, in the order of its fields.
COLUMNS: tuple[InstrumentedAttribute[Any], ...] = (
    EditionRow.id,
    EditionRow.official_list,
    EditionRow.sha256,
    EditionRow.format,
    EditionRow.published_on,
    EditionRow.received_at,
    EditionRow.state,
    EditionRow.entries,
    EditionRow.listings,
)


def edition(row: EditionRow) -> Edition:
    return edition_of(getattr(row, column.key) for column in COLUMNS)


def edition_of(values: Iterable[Any]) -> Edition:
    """The edition of which these are the values of COLUMNS."""
    stored = Edition(*values)
    return replace(stored, state=EditionState(stored.state))


def find(session: Session, edition_id: int | None) -> EditionRow | None:
    return session.get(EditionRow, edition_id) if edition_id is not None else None


def find_by_hash(session: Session, official_list: str, sha256: str) -> EditionRow | None:
    return session.scalars(
        select(EditionRow).where(
            EditionRow.official_list == official_list, EditionRow.sha256 == sha256
        )
    ).one_or_none()


def history(session: Session, official_list: str) -> list[EditionRow]:
    """The editions that count, oldest first: accepted, and not merely another encoding."""
    return list(
        session.scalars(
            select(EditionRow)
            .where(
                EditionRow.official_list == official_list,
                EditionRow.state == EditionState.ACCEPTED,
                EditionRow.encoding_of.is_(None),
            )
            .order_by(EditionRow.dated, EditionRow.received_at, EditionRow.id)
        )
    )


def clear(session: Session, row: EditionRow) -> None:
    """Take out what was stored of an edition, so that it can be stored anew."""
    for table in (EntryRow, ReportedEntryRow, ChangeRow):
        session.execute(delete(table).where(table.edition_id == row.id))
    row.compared_with = None
    session.flush()


def add_reports(session: Session, row: EditionRow, reports: Iterable[tuple[int, str, str]]) -> None:
    """Keep (line, reference, reason) of each entry that could not be imported."""
    values = [
        {"edition_id": row.id, "line": line, "reference": reference, "reason": reason}
        for line, reference, reason in reports
    ]
    if values:
        session.execute(insert(ReportedEntryRow), values)
