"""Reads for pages and exports: frozen rows, nothing that writes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from registry.domain.designation import Designation
from registry.domain.official_list import Edition, EditionState
from registry.domain.party import Party
from registry.store import codec, editions
from registry.store.tables import (
    ChangeRow,
    EditionRow,
    EntryRow,
    ListingRow,
    MemberRow,
    ReportedEntryRow,
    VersionRow,
)


@dataclass(frozen=True, slots=True)
class ListingDetail:
    """A listing with all it says, and the edition it stands in: the newest that holds it."""

    key: str
    official_list: str
    reference: str
    partner: str
    line: int
    party: Party
    designations: tuple[Designation, ...]
    edition: Edition
    subject_id: str | None


def listings_of_subject(session: Session, subject_id: str) -> tuple[ListingDetail, ...]:
    """Every listing of the subject, also those that are no longer on their list."""
    return _details(session, _OF_SUBJECT, {"subject": subject_id})


def listing(session: Session, official_list: str, reference: str) -> ListingDetail | None:
    """The listing that stands, or last stood, under this reference."""
    asked = {"reference": reference, "official_list": official_list}
    found = _details(session, _UNDER_REFERENCE, asked)
    return found[-1] if found else None


def listings_by_key(
    session: Session, keys: Sequence[str], on: date | None = None
) -> dict[str, ListingDetail]:
    """The listings with these keys, as the newest edition by `on` that holds them has them."""
    query = _DETAIL.where(ListingRow.key.in_(keys))
    if on is not None:
        query = query.where(EditionRow.dated <= on)
    return {each.key: each for each in _details(session, query)}


def listings_of_editions(session: Session, ids: Collection[int]) -> Iterator[ListingDetail]:
    """Yield every listing in these editions."""
    query = _DETAIL.where(EditionRow.id.in_(list(ids))).order_by(ListingRow.key)
    for row in session.execute(query.execution_options(yield_per=1_000)):
        yield _one(*row)


@dataclass(frozen=True, slots=True)
class StandingVersion:
    """What a listing says in an edition, by its hash."""

    id: int
    key: str
    official_list: str
    content_hash: str


def versions_of_editions(session: Session, ids: Collection[int]) -> list[StandingVersion]:
    """The version of every listing in these editions, in the order of their keys."""
    rows = session.execute(
        select(VersionRow.id, ListingRow.key, ListingRow.official_list, VersionRow.content_hash)
        .join(EntryRow, EntryRow.version_id == VersionRow.id)
        .join(ListingRow, ListingRow.id == EntryRow.listing_id)
        .where(EntryRow.edition_id.in_(list(ids)))
        .order_by(ListingRow.key)
    )
    return [StandingVersion(*row) for row in rows]


def references(session: Session) -> Iterator[tuple[str, str]]:
    """Every (subject id, reference) under which any edition holds a reconciled listing."""
    yield from session.execute(
        select(MemberRow.subject_id, EntryRow.reference)
        .join(EntryRow, EntryRow.listing_id == MemberRow.listing_id)
        .distinct()
        .order_by(MemberRow.subject_id)
    )


def raw_entry(session: Session, key: str, edition_id: int) -> str:
    """The entry as it stands in the edition's file. Raises NoResultFound if it does not."""
    packed = session.execute(
        select(VersionRow.raw)
        .join(EntryRow, EntryRow.version_id == VersionRow.id)
        .join(ListingRow, ListingRow.id == EntryRow.listing_id)
        .where(ListingRow.key == key, EntryRow.edition_id == edition_id)
    ).scalar_one()
    return codec.unpack(packed)


# Built once, of columns and not of whole rows: most of the time would go into building it.
_DETAIL: Select[*tuple[Any, ...]] = (
    select(
        ListingRow.key,
        ListingRow.official_list,
        EntryRow.reference,
        VersionRow.partner,
        EntryRow.line,
        VersionRow.party,
        VersionRow.designations,
        MemberRow.subject_id,
        *editions.COLUMNS,
    )
    .join(EntryRow, EntryRow.listing_id == ListingRow.id)
    .join(VersionRow, VersionRow.id == EntryRow.version_id)
    .join(EditionRow, EditionRow.id == EntryRow.edition_id)
    .outerjoin(MemberRow, MemberRow.listing_id == ListingRow.id)
    .where(EditionRow.state == EditionState.ACCEPTED)
    .order_by(EditionRow.dated, EditionRow.received_at, EditionRow.id)
)
_OF_SUBJECT = _DETAIL.where(MemberRow.subject_id == bindparam("subject"))
_UNDER_REFERENCE = _DETAIL.where(
    EntryRow.reference == bindparam("reference"),
    EditionRow.official_list == bindparam("official_list"),
)


def _details(
    session: Session, query: Select[*tuple[Any, ...]], asked: Mapping[str, str] | None = None
) -> tuple[ListingDetail, ...]:
    newest = {row[0]: row for row in session.connection().execute(query, asked)}
    return tuple(_one(*newest[key]) for key in sorted(newest))


def _one(*row: Any) -> ListingDetail:
    key, official_list, reference, partner, line, party, designations, subject, *edition = row
    return ListingDetail(
        key=key,
        official_list=official_list,
        reference=reference,
        partner=partner,
        line=line,
        party=codec.party(party),
        designations=codec.designations(designations),
        edition=editions.edition_of(edition),
        subject_id=subject,
    )


@dataclass(frozen=True, slots=True)
class EditionSummary:
    """An edition as the lists page shows it."""

    edition: Edition
    file_name: str
    url: str
    importer_version: str
    findings: tuple[str, ...]
    accepted_because: str
    encoding_of: int | None
    reported: int


def edition_summaries(session: Session, official_list: str | None = None) -> list[EditionSummary]:
    """Every edition ever received, also quarantined and withdrawn ones, the newest first."""
    reported = dict(
        session.execute(
            select(ReportedEntryRow.edition_id, func.count()).group_by(ReportedEntryRow.edition_id)
        ).all()
    )
    query = select(EditionRow).order_by(EditionRow.dated.desc(), EditionRow.id.desc())
    if official_list is not None:
        query = query.where(EditionRow.official_list == official_list)
    return [
        EditionSummary(
            editions.edition(row),
            row.file_name,
            row.url,
            row.importer_version,
            tuple(row.findings),
            row.accepted_because,
            row.encoding_of,
            reported.get(row.id, 0),
        )
        for row in session.scalars(query)
    ]


@dataclass(frozen=True, slots=True)
class Report:
    """An entry that could not be imported, and why."""

    line: int
    reference: str
    reason: str


def reports(session: Session, edition_id: int) -> list[Report]:
    rows = session.scalars(
        select(ReportedEntryRow)
        .where(ReportedEntryRow.edition_id == edition_id)
        .order_by(ReportedEntryRow.line, ReportedEntryRow.id)
    )
    return [Report(row.line, row.reference, row.reason) for row in rows]


@dataclass(frozen=True, slots=True)
class Change:
    """One change between two editions; `edition` is the sha256 of the one that shows it."""

    official_list: str
    reference: str
    key: str
    subject_id: str | None
    change: str
    field: str
    before: str
    after: str
    edition: str
    seen_on: date


@dataclass(frozen=True, slots=True)
class EditionChanges:
    """What an edition changed against the one before it: listings per kind of change."""

    official_list: str
    edition_id: int
    dated: date
    before: date
    received_at: datetime
    counts: Mapping[str, int]


def latest_changes(session: Session, official_list: str | None = None) -> list[EditionChanges]:
    """What each edition changed, the newest first; the first edition of a list changes nothing."""
    earlier = aliased(EditionRow)
    counts: dict[int, dict[str, int]] = {}
    for edition_id, kind, listings in session.execute(
        select(
            ChangeRow.edition_id, ChangeRow.change, func.count(func.distinct(ChangeRow.listing_id))
        ).group_by(ChangeRow.edition_id, ChangeRow.change)
    ):
        counts.setdefault(edition_id, {})[kind] = listings
    query = (
        select(
            EditionRow.official_list,
            EditionRow.id,
            EditionRow.dated,
            earlier.dated,
            EditionRow.received_at,
        )
        .join(earlier, earlier.id == EditionRow.compared_with)
        .where(EditionRow.state == EditionState.ACCEPTED)
        .order_by(EditionRow.dated.desc(), EditionRow.id.desc())
    )
    if official_list is not None:
        query = query.where(EditionRow.official_list == official_list)
    return [
        EditionChanges(list_, edition_id, dated, before, received_at, counts.get(edition_id, {}))
        for list_, edition_id, dated, before, received_at in session.execute(query)
    ]


def changes_of_subject(session: Session, subject_id: str) -> list[Change]:
    """Every change of the subject's listings, the newest first."""
    rows = session.connection().execute(_CHANGES_OF_SUBJECT, {"subject": subject_id})
    return [Change(*row) for row in rows]


# The values of a Change in its order.
_CHANGES_OF_SUBJECT: Select[*tuple[Any, ...]] = (
    select(
        ChangeRow.official_list,
        ChangeRow.reference,
        ListingRow.key,
        MemberRow.subject_id,
        ChangeRow.change,
        ChangeRow.field,
        ChangeRow.before,
        ChangeRow.after,
        EditionRow.sha256,
        ChangeRow.seen_on,
    )
    .join(ListingRow, ListingRow.id == ChangeRow.listing_id)
    .join(EditionRow, EditionRow.id == ChangeRow.edition_id)
    .join(MemberRow, MemberRow.listing_id == ChangeRow.listing_id)
    .where(EditionRow.state == EditionState.ACCEPTED, MemberRow.subject_id == bindparam("subject"))
    .order_by(ChangeRow.seen_on.desc(), ChangeRow.id)
)


def parties(session: Session) -> Iterator[tuple[str, Party]]:
    """Every (subject id, party) of every reconciled listing as its newest edition has it."""
    rows = session.execute(
        select(MemberRow.subject_id, VersionRow.party)
        .join(VersionRow, VersionRow.id == MemberRow.version_id)
        .order_by(MemberRow.listing_id)
        .execution_options(yield_per=2_000)
    )
    for subject, encoded in rows:
        yield subject, codec.party(encoded)
