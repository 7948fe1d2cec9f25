"""How the editions of a list differ, and the record of it between neighbours."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from registry.domain.changes import ChangeKind, Difference, amendments
from registry.domain.designation import Designation
from registry.domain.party import Party
from registry.store import codec, editions, entries
from registry.store.entries import AT_ONCE
from registry.store.parts import parts
from registry.store.tables import ChangeRow, EditionRow, EntryRow, ListingRow, VersionRow


def recount_changes(session: Session, official_list: str) -> None:
    """Make the changes between neighbouring editions anew where a neighbour is new or gone.

    The history depends on the editions' dates only, not on the order in which they were imported.
    """
    before: EditionRow | None = None
    for after in editions.history(session, official_list):
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


def between(
    session: Session, before: EditionRow, after: EditionRow
) -> list[tuple[int, Difference]]:
    """How two stored editions of one list differ, each with the listing's id."""
    old, new = _standing(session, before.id), _standing(session, after.id)
    return list(_differences(session, old, new, {}, {*before.silent, *after.silent}))


def of_unstored(
    session: Session,
    official_list: str,
    before: EditionRow | None,
    coded: Iterable[entries.Coded],
    silent: Collection[str],
) -> list[Difference]:
    """How an edition that is not stored differs from one that is: what storing it would record."""
    old = _standing(session, before.id) if before else {}
    silent = {*silent, *(before.silent if before else ())}
    known = entries.known_listings(session, official_list)
    placed = entries.placed_under_keys(session, official_list, coded, known)
    versions = entries.known_versions(session, official_list)
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
        for listing_id, each in between(session, before, after)
    ]
    for chunk in parts(changes, AT_ONCE):
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
    for chunk in parts(sorted(ids), AT_ONCE):
        rows = session.execute(
            select(VersionRow.id, VersionRow.party, VersionRow.designations).where(
                VersionRow.id.in_(chunk)
            )
        )
        for id_, party, designations in rows:
            found[id_] = codec.party(party), codec.designations(designations)
    return found
