"""What stands in an edition: each listing under its key, and what it says, stored once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from registry.domain.changes import is_another_party
from registry.domain.designation import Listing
from registry.domain.party import DetailKind, IdentifierKind, Party
from registry.store import codec, ownership
from registry.store.parts import parts
from registry.store.tables import EditionRow, EntryRow, ListingRow, VersionRow

AT_ONCE = 5_000  # rows that are written together


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
class Placed:
    """A coded listing and where the database has it."""

    coded: Coded
    key: str
    listing_id: int = 0
    version_id: int = 0

    @property
    def version(self) -> tuple[int, str]:
        return self.listing_id, self.coded.hash


def placed_under_keys(
    session: Session, official_list: str, coded: Iterable[Coded], known: dict[str, int]
) -> list[Placed]:
    """Give each listing the key that it is known by; `known` are those of `known_listings`."""
    placed = [Placed(each, each.listing.key) for each in coded]
    _settle_reused_references(session, official_list, placed, known)
    return placed


def add(session: Session, row: EditionRow, coded: Iterable[Coded]) -> None:
    """Store the listings of one edition; what an earlier edition already said is stored once."""
    known = known_listings(session, row.official_list)
    placed = placed_under_keys(session, row.official_list, coded, known)
    _insert_new_listings(session, row.official_list, placed, known)
    _insert_new_versions(session, row.official_list, placed)
    for chunk in parts(placed, AT_ONCE):
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


def known_listings(session: Session, official_list: str) -> dict[str, int]:
    """The number of every listing that the list ever held, by its key."""
    rows = session.execute(
        select(ListingRow.key, ListingRow.id).where(ListingRow.official_list == official_list)
    )
    return dict(rows.all())


def known_versions(session: Session, official_list: str) -> dict[tuple[int, str], int]:
    """The number of everything that listings of the list ever said, by (listing, hash)."""
    rows = session.execute(
        select(VersionRow.listing_id, VersionRow.content_hash, VersionRow.id)
        .join(ListingRow, ListingRow.id == VersionRow.listing_id)
        .where(ListingRow.official_list == official_list)
    )
    return {(listing, hashed): version for listing, hashed, version in rows}


def _settle_reused_references(
    session: Session, official_list: str, placed: Sequence[Placed], known: dict[str, int]
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
    session: Session, official_list: str, placed: Sequence[Placed], known: dict[str, int]
) -> None:
    new = sorted({each.key for each in placed} - known.keys())
    for chunk in parts(new, AT_ONCE):
        rows = session.connection().execute(
            insert(ListingRow).returning(ListingRow.key, ListingRow.id),
            [{"official_list": official_list, "key": key} for key in chunk],
        )
        known.update(rows.all())
    for each in placed:
        each.listing_id = known[each.key]


def _insert_new_versions(session: Session, official_list: str, placed: Sequence[Placed]) -> None:
    known = known_versions(session, official_list)
    new = [each for each in placed if each.version not in known]
    for chunk in parts(new, AT_ONCE):
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
