"""Who is stated to own or control whom: kept with each version, read for the editions in use."""

from collections.abc import Collection, Iterable

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session

from registry.domain.ownership import OWNED, OWNING, STATED, Control
from registry.domain.party import Relation, RelationKind
from registry.domain.selection import fold
from registry.store.tables import EntryRow, ListingRow, MemberRow, OwnershipRow, VersionRow


def stated(relations: Iterable[Relation]) -> tuple[dict[str, str], ...]:
    """What a version is to keep of its relations: those that state an owner."""
    return tuple(
        {
            "relation": each.kind.value,
            "name": folded(each.other),
            "reference": each.reference,
        }
        for each in relations
        if each.kind in STATED
    )


def add(session: Session, versions: Iterable[tuple[int, int, Iterable[dict[str, str]]]]) -> None:
    """Keep what new versions, as (version, listing, what is `stated`), state of owners."""
    values = [
        {"version_id": version_id, "listing_id": listing_id, **each}
        for version_id, listing_id, owners in versions
        for each in owners
    ]
    if values:
        session.execute(insert(OwnershipRow), values)


def folded(name: str) -> str:
    return " ".join(fold(name).split())


def controls(
    session: Session, editions: Collection[int], subject_id: str | None = None
) -> list[Control]:
    """What the editions state whose other party they hold as well, of one subject or of all.

    The other party is the one under the stated reference, else the only one with that primary
    name; a name that several bear tells nothing.
    """
    found = []
    for edition_id in editions:
        stated = _stated(session, edition_id, subject_id)
        if not stated:
            continue
        references = _by_reference(session, edition_id, {row[2] for row in stated if row[2]})
        names = _by_name(session, edition_id, {row[1] for row in stated if not row[2]})
        for relation, name, reference, key in stated:
            other = references.get(reference) if reference else names.get(name)
            if not other or other == key:
                continue
            kind = RelationKind(relation)
            owned, owner = (other, key) if kind in OWNING else (key, other)
            found.append(Control(owned, owner, kind in OWNED | OWNING))
    return found


def _stated(
    session: Session, edition_id: int, subject_id: str | None
) -> list[tuple[str, str, str, str]]:
    """(relation, folded name, reference, key of the listing that states it)."""
    query = (
        select(OwnershipRow.relation, OwnershipRow.name, OwnershipRow.reference, ListingRow.key)
        .join(EntryRow, EntryRow.listing_id == OwnershipRow.listing_id)
        .join(ListingRow, ListingRow.id == OwnershipRow.listing_id)
        .where(EntryRow.edition_id == edition_id, EntryRow.version_id == OwnershipRow.version_id)
        .order_by(OwnershipRow.id)
    )
    if subject_id is not None:
        own = select(MemberRow.listing_id).where(MemberRow.subject_id == subject_id)
        query = query.where(
            or_(
                OwnershipRow.listing_id.in_(own),
                OwnershipRow.relation.in_([each.value for each in OWNING]),
            )
        )
    return list(session.execute(query))


def _by_reference(
    session: Session, edition_id: int, wanted: Collection[str]
) -> dict[str, str | None]:
    if not wanted:
        return {}
    rows = session.execute(
        select(EntryRow.reference, ListingRow.key)
        .join(ListingRow, ListingRow.id == EntryRow.listing_id)
        .where(EntryRow.edition_id == edition_id)
    )
    return _unique(rows, wanted)


def _by_name(session: Session, edition_id: int, wanted: Collection[str]) -> dict[str, str | None]:
    if not wanted:
        return {}
    rows = session.execute(
        select(VersionRow.name, ListingRow.key)
        .join(EntryRow, EntryRow.version_id == VersionRow.id)
        .join(ListingRow, ListingRow.id == EntryRow.listing_id)
        .where(EntryRow.edition_id == edition_id)
    )
    return _unique(((folded(name), key) for name, key in rows), wanted)


def _unique(rows: Iterable[tuple[str, str]], wanted: Collection[str]) -> dict[str, str | None]:
    """The key that each wanted text stands for; None where it stands for several."""
    found: dict[str, str | None] = {}
    for text, key in rows:
        if text in wanted:
            found[text] = None if text in found else key
    return found
