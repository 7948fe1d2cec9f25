"""What editions listed, amended and delisted: each listing once, with all its fields."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from registry.domain.changes import ChangeKind, FieldChange
from registry.domain.official_list import EditionState
from registry.store.tables import ChangeRow, EditionRow, ListingRow, MemberRow

BATCH = 500  # listings that are read at once


@dataclass(frozen=True, slots=True)
class ChangesAsked:
    """Which changes; None asks for nothing in particular. Both days are included.

    `lists` are keys of official lists, `subjects` ids of subjects.
    """

    lists: Collection[str] | None = None
    since: date | None = None
    until: date | None = None
    kind: ChangeKind | None = None
    subjects: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class ChangedListing:
    """What one edition changed in a listing against the edition before it.

    `fields` are those amended, none for other kinds. `edition` is the sha256 of the edition that
    shows it, received at `received_at`. `subject_id` is None until matching has seen the listing.
    """

    official_list: str
    reference: str
    key: str
    subject_id: str | None
    change: ChangeKind
    fields: tuple[FieldChange, ...]
    edition: str
    seen_on: date
    received_at: datetime


def count(session: Session, asked: ChangesAsked) -> int:
    return session.scalar(select(func.count()).select_from(_groups(asked).subquery())) or 0


def page(session: Session, asked: ChangesAsked, *, offset: int, limit: int) -> list[ChangedListing]:
    """A stretch of the changes, the newest first."""
    groups = session.execute(_groups(asked).offset(offset).limit(limit)).all()
    return _read(session, [(row.edition_id, row.listing_id, row.change) for row in groups])


def all_of(session: Session, asked: ChangesAsked) -> Iterator[ChangedListing]:
    """All of them, the newest first."""
    groups = [
        (row.edition_id, row.listing_id, row.change) for row in session.execute(_groups(asked))
    ]
    for start in range(0, len(groups), BATCH):
        yield from _read(session, groups[start : start + BATCH])


def _groups(asked: ChangesAsked) -> Select[int, int, str]:
    query = (
        select(ChangeRow.edition_id, ChangeRow.listing_id, ChangeRow.change)
        .join(EditionRow, EditionRow.id == ChangeRow.edition_id)
        .where(EditionRow.state == EditionState.ACCEPTED)
        .group_by(ChangeRow.edition_id, ChangeRow.listing_id, ChangeRow.change)
        .order_by(func.max(ChangeRow.seen_on).desc(), ChangeRow.edition_id.desc())
        .order_by(func.min(ChangeRow.id))
    )
    if asked.lists is not None:
        query = query.where(ChangeRow.official_list.in_(sorted(asked.lists)))
    if asked.since is not None:
        query = query.where(ChangeRow.seen_on >= asked.since)
    if asked.until is not None:
        query = query.where(ChangeRow.seen_on <= asked.until)
    if asked.kind is not None:
        query = query.where(ChangeRow.change == asked.kind.value)
    if asked.subjects is not None:
        members = select(MemberRow.listing_id).where(
            MemberRow.subject_id.in_(sorted(asked.subjects))
        )
        query = query.where(ChangeRow.listing_id.in_(members))
    return query


def _read(session: Session, groups: Iterable[tuple[int, int, str]]) -> list[ChangedListing]:
    """The changes of these groups, in their order."""
    wanted: dict[tuple[int, int, str], list[Any]] = {group: [] for group in groups}
    rows = session.execute(
        select(
            ChangeRow, ListingRow.key, MemberRow.subject_id, EditionRow.sha256,
            EditionRow.received_at,
        )
        .join(ListingRow, ListingRow.id == ChangeRow.listing_id)
        .join(EditionRow, EditionRow.id == ChangeRow.edition_id)
        .outerjoin(MemberRow, MemberRow.listing_id == ChangeRow.listing_id)
        .where(
            ChangeRow.edition_id.in_({edition for edition, _, _ in wanted}),
            ChangeRow.listing_id.in_({listing for _, listing, _ in wanted}),
        )
        .order_by(ChangeRow.id)
    )  # fmt: skip
    for row, *rest in rows:
        group = (row.edition_id, row.listing_id, row.change)
        if group in wanted:
            wanted[group].append((row, *rest))
    return [_one(found) for found in wanted.values()]


def _one(rows: list[Any]) -> ChangedListing:
    first, key, subject, sha256, received_at = rows[0]
    return ChangedListing(
        first.official_list,
        first.reference,
        key,
        subject,
        ChangeKind(first.change),
        tuple(FieldChange(row.field, row.before, row.after) for row, *_ in rows if row.field),
        sha256,
        first.seen_on,
        received_at,
    )
