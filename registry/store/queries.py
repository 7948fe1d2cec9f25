"""Reads for pages and exports: frozen rows, nothing that writes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
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
    return _details(session, _detail().where(MemberRow.subject_id == subject_id))


def listing(session: Session, official_list: str, reference: str) -> ListingDetail | None:
    """The listing that stands, or last stood, under this reference."""
    found = _details(
        session,
        _detail().where(EntryRow.reference == reference, EditionRow.official_list == official_list),
    )
    return found[-1] if found else None


def listings_by_key(
    session: Session, keys: Sequence[str], on: date | None = None
) -> dict[str, ListingDetail]:
    """The listings with these keys, as the newest edition by `on` that holds them has them."""
    query = _detail().where(ListingRow.key.in_(keys))
    if on is not None:
        query = query.where(EditionRow.dated <= on)
    return {each.key: each for each in _details(session, query)}


def listings_of_editions(session: Session, editions: Collection[int]) -> Iterator[ListingDetail]:
    """Yield every listing in these editions."""
    query = _detail().where(EditionRow.id.in_(list(editions))).order_by(ListingRow.key)
    for row in session.execute(query.execution_options(yield_per=1_000)):
        yield _one(*row)


@dataclass(frozen=True, slots=True)
class StandingVersion:
    """What a listing says in an edition, by its hash."""

    id: int
    key: str
    official_list: str
    content_hash: str


def versions_of_editions(session: Session, editions: Collection[int]) -> list[StandingVersion]:
    """The version of every listing in these editions, in the order of their keys."""
    rows = session.execute(
        select(VersionRow.id, ListingRow.key, ListingRow.official_list, VersionRow.content_hash)
        .join(EntryRow, EntryRow.version_id == VersionRow.id)
        .join(ListingRow, ListingRow.id == EntryRow.listing_id)
        .where(EntryRow.edition_id.in_(list(editions)))
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


def _detail() -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = (
        select(
            ListingRow.key,
            ListingRow.official_list,
            EntryRow.reference,
            VersionRow.partner,
            EntryRow.line,
            VersionRow.party,
            VersionRow.designations,
            MemberRow.subject_id,
            EditionRow,
        )
        .join(EntryRow, EntryRow.listing_id == ListingRow.id)
        .join(VersionRow, VersionRow.id == EntryRow.version_id)
        .join(EditionRow, EditionRow.id == EntryRow.edition_id)
        .outerjoin(MemberRow, MemberRow.listing_id == ListingRow.id)
        .where(EditionRow.state == EditionState.ACCEPTED)
        .order_by(EditionRow.dated, EditionRow.received_at, EditionRow.id)
    )
    return query


def _details(session: Session, query: Select[*tuple[Any, ...]]) -> tuple[ListingDetail, ...]:
    newest: dict[str, ListingDetail] = {}
    for row in session.execute(query):
        newest[str(row[0])] = _one(*row)
    return tuple(newest[key] for key in sorted(newest))


def _one(*row: object) -> ListingDetail:
    key, official_list, reference, partner, line, party, designations, subject, edition = row
    assert isinstance(party, bytes)
    assert isinstance(designations, bytes)
    assert isinstance(edition, EditionRow)
    return ListingDetail(
        key=str(key),
        official_list=str(official_list),
        reference=str(reference),
        partner=str(partner),
        line=int(str(line)),
        party=codec.party(party),
        designations=codec.designations(designations),
        edition=editions.edition(edition),
        subject_id=str(subject) if subject else None,
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
    query = (
        select(ChangeRow, ListingRow.key, MemberRow.subject_id, EditionRow.sha256)
        .join(ListingRow, ListingRow.id == ChangeRow.listing_id)
        .join(EditionRow, EditionRow.id == ChangeRow.edition_id)
        .join(MemberRow, MemberRow.listing_id == ChangeRow.listing_id)
        .where(EditionRow.state == EditionState.ACCEPTED, MemberRow.subject_id == subject_id)
        .order_by(ChangeRow.seen_on.desc(), ChangeRow.id)
    )
    return [_change(*row) for row in session.execute(query)]


def _change(row: ChangeRow, key: str, subject: str | None, sha256: str) -> Change:
    return Change(
        row.official_list,
        row.reference,
        key,
        subject,
        row.change,
        row.field,
        row.before,
        row.after,
        sha256,
        row.seen_on,
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
