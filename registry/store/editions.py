"""Editions, the listings in them, and what changed from one to the next."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from registry.domain.changes import ChangeKind, Difference, amendments, is_another_party
from registry.domain.designation import Designation, Listing
from registry.domain.official_list import Edition, EditionState
from registry.domain.party import DetailKind, IdentifierKind, Party
from registry.store import codec, ownership
from registry.store.tables import (
    ChangeRow,
    EditionRow,
    EntryRow,
    ListingRow,
    ReportedEntryRow,
    VersionRow,
)

CHUNK = 5_000
Each = TypeVar("Each")


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


@dataclass(frozen=True, slots=True)
class Coded:
    """A listing as it is to be stored, without what depends on the database: `version` are
    columns of the version that says it, `owners` those of what it states of owners."""

    listing: Listing
    hash: str
    version: Mapping[str, object]
    owners: tuple[dict[str, str], ...]


def code(listings: Iterable[Listing]) -> tuple[Coded, ...]:
    """It takes longer than storing them, and needs no database: nobody has to wait meanwhile."""
    return tuple(map(_code, listings))


def _code(listing: Listing) -> Coded:
    party: Party = listing.party
    encoded, designations = codec.encode(party), codec.encode(listing.designations)
    hashed = codec.content_hash(listing, encoded, designations)
    countries = {each.code for each in (*party.nationalities, *party.citizenships) if each.code}
    version = {
        "content_hash": hashed,
        "partner": listing.partner,
        "kind": party.kind.value,
        "name": party.name,
        "countries": " ".join(sorted(countries)),
        "un_references": " ".join(
            each.value.replace(" ", "")
            for each in party.identifiers
            if each.kind is IdentifierKind.UN_REFERENCE
        ),
        "deceased": any(each.kind is DetailKind.DECEASED for each in party.details),
        "party": encoded,
        "designations": designations,
        "raw": codec.pack(listing.raw),
    }
    return Coded(listing, hashed, version, ownership.stated(party.relations))


@dataclass(slots=True)
class _Placed:
    """A coded listing and where the database has it."""

    coded: Coded
    key: str
    listing_id: int = 0
    version_id: int = 0

    @property
    def version(self) -> tuple[int, str]:
        return self.listing_id, self.coded.hash


def _placed(
    session: Session, official_list: str, coded: Iterable[Coded], known: dict[str, int]
) -> list[_Placed]:
    placed = [_Placed(each, each.listing.key) for each in coded]
    _settle_reused_references(session, official_list, placed, known)
    return placed


def add_listings(session: Session, row: EditionRow, coded: Iterable[Coded]) -> None:
    """Store the listings of one edition; what an earlier edition already said is stored once."""
    known = _known_listings(session, row.official_list)
    placed = _placed(session, row.official_list, coded, known)
    _insert_new_listings(session, row.official_list, placed, known)
    _insert_new_versions(session, row.official_list, placed)
    for chunk in _chunks(placed):
        session.connection().execute(
            insert(EntryRow),
            [
                {
                    "edition_id": row.id,
                    "listing_id": each.listing_id,
                    "version_id": each.version_id,
                    "reference": each.coded.listing.reference,
                    "line": each.coded.listing.line,
                }
                for each in chunk
            ],
        )


def _known_listings(session: Session, official_list: str) -> dict[str, int]:
    rows = session.execute(
        select(ListingRow.key, ListingRow.id).where(ListingRow.official_list == official_list)
    )
    return dict(rows.all())


def _known_versions(session: Session, official_list: str) -> dict[tuple[int, str], int]:
    rows = session.execute(
        select(VersionRow.listing_id, VersionRow.content_hash, VersionRow.id)
        .join(ListingRow, ListingRow.id == VersionRow.listing_id)
        .where(ListingRow.official_list == official_list)
    )
    return {(listing, hashed): version for listing, hashed, version in rows}


def _settle_reused_references(
    session: Session, official_list: str, placed: Sequence[_Placed], known: dict[str, int]
) -> None:
    """Give a key of its own to a party that stands under a reference that was another's."""
    bearers: dict[str, list[str]] = {}
    for key in known:
        bearers.setdefault(key.partition("~")[0], []).append(key)
    id_of_known = {known[key]: key for keys in bearers.values() for key in keys}
    parties = _latest_parties(session, official_list)
    hashes: dict[int, set[str]] = {}
    for listing_id, content_hash in session.execute(
        select(VersionRow.listing_id, VersionRow.content_hash)
        .join(ListingRow, ListingRow.id == VersionRow.listing_id)
        .where(ListingRow.official_list == official_list)
    ):
        hashes.setdefault(listing_id, set()).add(content_hash)
    key_by_hash = {
        (id_of_known[listing_id].partition("~")[0], content_hash): id_of_known[listing_id]
        for listing_id, said in hashes.items()
        for content_hash in said
    }
    for each in placed:
        keys = bearers.get(each.key)
        if not keys:
            continue
        said_before = key_by_hash.get((each.key, each.coded.hash))
        if said_before:
            each.key = said_before
            continue
        fitting = [
            key
            for key in keys
            if not is_another_party(codec.party(parties[known[key]]), each.coded.listing.party)
        ]
        each.key = fitting[0] if fitting else f"{each.key}~{len(keys) + 1}"


def _latest_parties(session: Session, official_list: str) -> dict[int, bytes]:
    rows = session.execute(
        select(VersionRow.listing_id, VersionRow.party)
        .join(ListingRow, ListingRow.id == VersionRow.listing_id)
        .where(ListingRow.official_list == official_list)
        .order_by(VersionRow.id)
    )
    return dict(rows.all())


def _insert_new_listings(
    session: Session, official_list: str, placed: Sequence[_Placed], known: dict[str, int]
) -> None:
    new = sorted({each.key for each in placed} - known.keys())
    for chunk in _chunks(new):
        rows = session.connection().execute(
            insert(ListingRow).returning(ListingRow.key, ListingRow.id),
            [{"official_list": official_list, "key": key} for key in chunk],
        )
        known.update(rows.all())
    for each in placed:
        each.listing_id = known[each.key]


def _insert_new_versions(session: Session, official_list: str, placed: Sequence[_Placed]) -> None:
    known = _known_versions(session, official_list)
    new = [each for each in placed if each.version not in known]
    for chunk in _chunks(new):
        inserted = session.connection().execute(
            insert(VersionRow).returning(
                VersionRow.listing_id, VersionRow.content_hash, VersionRow.id
            ),
            [{"listing_id": each.listing_id, **each.coded.version} for each in chunk],
        )
        known.update({(listing, hashed): version for listing, hashed, version in inserted})
    ownership.add(
        session, ((known[each.version], each.listing_id, each.coded.owners) for each in new)
    )
    for each in placed:
        each.version_id = known[each.version]


def _chunks(each: Sequence[Each]) -> Iterator[Sequence[Each]]:
    for start in range(0, len(each), CHUNK):
        yield each[start : start + CHUNK]


def recount_changes(session: Session, official_list: str) -> None:
    """Make the changes between neighbouring editions anew where a neighbour is new or gone.

    The history depends on the editions' dates only, not on the order in which they were imported.
    """
    before: EditionRow | None = None
    for after in history(session, official_list):
        if after.compared_with != (before.id if before else None):
            session.execute(delete(ChangeRow).where(ChangeRow.edition_id == after.id))
            if before:
                _insert_changes(session, before, after)
            after.compared_with = before.id if before else None
        before = after


@dataclass(frozen=True, slots=True)
class _Standing:
    key: str
    reference: str
    version_id: int


Said = tuple[Party, tuple[Designation, ...]]  # what one version of a listing says


def differences(
    session: Session, before: EditionRow, after: EditionRow
) -> list[tuple[int, Difference]]:
    """How two stored editions of one list differ, each with the listing's id."""
    old, new = _standing(session, before.id), _standing(session, after.id)
    return list(_differences(session, old, new, {}, {*before.silent, *after.silent}))


def differences_of(
    session: Session,
    official_list: str,
    before: EditionRow | None,
    coded: Iterable[Coded],
    silent: Collection[str],
) -> list[Difference]:
    """How an edition that is not stored differs from one that is: what storing it would record."""
    old = _standing(session, before.id) if before else {}
    silent = {*silent, *(before.silent if before else ())}
    known = _known_listings(session, official_list)
    placed = _placed(session, official_list, coded, known)
    versions = _known_versions(session, official_list)
    new: dict[int, _Standing] = {}
    said: dict[int, Said] = {}
    for number, each in enumerate(placed, start=1):
        listing_id, listing = known.get(each.key, -number), each.coded.listing
        version_id = versions.get((listing_id, each.coded.hash), -number)
        new[listing_id] = _Standing(each.key, listing.reference, version_id)
        if version_id < 0:
            said[version_id] = listing.party, listing.designations
    return [each for _id, each in _differences(session, old, new, said, silent)]


def _differences(
    session: Session,
    old: Mapping[int, _Standing],
    new: Mapping[int, _Standing],
    said: Mapping[int, Said],
    silent: Collection[str],
) -> Iterator[tuple[int, Difference]]:
    """`said` holds the versions that are not stored; fields that are `silent` tell nothing."""

    def found(
        listing_id: int, change: ChangeKind, field: str = "", was: str = "", now: str = ""
    ) -> tuple[int, Difference]:
        standing = new.get(listing_id) or old[listing_id]
        return listing_id, Difference(change, standing.key, standing.reference, field, was, now)

    gone_references = {_reference_key(old[each].key) for each in old.keys() - new.keys()}
    for listing_id in sorted(new.keys() - old.keys(), key=lambda each: (each < 0, abs(each))):
        reused = _reference_key(new[listing_id].key) in gone_references
        yield found(listing_id, ChangeKind.REFERENCE_REUSED if reused else ChangeKind.LISTED)
    for listing_id in sorted(old.keys() - new.keys()):
        yield found(listing_id, ChangeKind.DELISTED)
    both = sorted(old.keys() & new.keys())
    amended = [each for each in both if old[each].version_id != new[each].version_id]
    versions = {side[each].version_id for each in amended for side in (old, new)}
    said = {**said, **_versions(session, versions - said.keys())}
    for listing_id in amended:
        was, now = said[old[listing_id].version_id], said[new[listing_id].version_id]
        for change in amendments(was[0], now[0], was[1], now[1]):
            if change.field not in silent:
                yield found(
                    listing_id, ChangeKind.AMENDED, change.field, change.before, change.after
                )
    for listing_id in both:
        if old[listing_id].reference != new[listing_id].reference:
            yield found(
                listing_id,
                ChangeKind.RENUMBERED,
                "reference",
                old[listing_id].reference,
                new[listing_id].reference,
            )


def _insert_changes(session: Session, before: EditionRow, after: EditionRow) -> None:
    changes = [
        {
            "edition_id": after.id,
            "listing_id": listing_id,
            "official_list": after.official_list,
            "reference": each.reference,
            "change": each.change.value,
            "field": each.field,
            "before": each.before,
            "after": each.after,
            "seen_on": after.dated,
        }
        for listing_id, each in differences(session, before, after)
    ]
    for chunk in _chunks(changes):
        session.execute(insert(ChangeRow), chunk)


def _reference_key(key: str) -> str:
    return key.partition("~")[0]


def _standing(session: Session, edition_id: int) -> dict[int, _Standing]:
    rows = session.execute(
        select(EntryRow.listing_id, ListingRow.key, EntryRow.reference, EntryRow.version_id)
        .join(ListingRow, ListingRow.id == EntryRow.listing_id)
        .where(EntryRow.edition_id == edition_id)
    )
    return {listing_id: _Standing(key, ref, version) for listing_id, key, ref, version in rows}


def _versions(session: Session, ids: set[int]) -> dict[int, Said]:
    found = {}
    for chunk in _chunks(sorted(ids)):
        rows = session.execute(
            select(VersionRow.id, VersionRow.party, VersionRow.designations).where(
                VersionRow.id.in_(chunk)
            )
        )
        for id_, party, designations in rows:
            found[id_] = codec.party(party), codec.designations(designations)
    return found
