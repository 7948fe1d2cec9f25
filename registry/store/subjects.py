"""Subjects, which listings belong to them, and what those say."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from registry.domain.identity import Assignment
from registry.domain.official_list import EditionState
from registry.store import keys
from registry.store.parts import parts
from registry.store.tables import (
    EditionRow,
    EntryRow,
    ListingRow,
    MemberRow,
    SubjectRow,
    VersionRow,
)


class LatestListing(NamedTuple):
    """A listing as its newest accepted edition has it; matching reads these."""

    id: int
    key: str
    official_list: str
    reference: str
    version_id: int
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Content:
    """What a version of a listing says, encoded by `registry.store.codec`."""

    party: bytes
    designations: bytes


def latest_listings(session: Session) -> list[LatestListing]:
    """Every listing that any accepted edition holds, in the order of their keys.

    Most stand in the newest edition of their list; only for the others older ones are read.
    """
    accepted = session.execute(
        select(EditionRow.official_list, EditionRow.id)
        .where(EditionRow.state == EditionState.ACCEPTED, EditionRow.encoding_of.is_(None))
        .order_by(EditionRow.dated, EditionRow.received_at, EditionRow.id)
    )
    newest = list(dict(accepted.all()).values())
    # Of tables, not of what is mapped to them: that would double the time for so many rows.
    listing, entry, version = ListingRow.__table__, EntryRow.__table__, VersionRow.__table__
    stated = (
        select(
            listing.c.id,
            listing.c.key,
            listing.c.official_list,
            entry.c.reference,
            version.c.id,
            version.c.kind,
            version.c.name,
        )
        .join(entry, entry.c.listing_id == listing.c.id)
        .join(version, version.c.id == entry.c.version_id)
    )
    found: dict[int, LatestListing] = {}
    for row in session.execute(stated.where(entry.c.edition_id.in_(newest))).all():
        found[row[0]] = LatestListing(*row)
    gone = [each for each in session.scalars(select(listing.c.id)).all() if each not in found]
    for part in parts(gone):
        older = (
            stated.join(EditionRow, EditionRow.id == entry.c.edition_id)
            .where(
                EditionRow.state == EditionState.ACCEPTED,
                listing.c.id.in_(part),
            )
            .order_by(EditionRow.dated, EditionRow.received_at, EditionRow.id)
        )
        for row in session.execute(older):
            found[row[0]] = LatestListing(*row)
    return sorted(found.values(), key=lambda each: each.key)


def contents(session: Session, version_ids: Sequence[int]) -> dict[int, Content]:
    """What these versions say."""
    found = {}
    for part in parts(version_ids):
        for id_, party, designations in session.execute(
            select(VersionRow.id, VersionRow.party, VersionRow.designations).where(
                VersionRow.id.in_(part)
            )
        ):
            found[id_] = Content(party, designations)
    return found


def members(session: Session) -> dict[str, tuple[str, int]]:
    """For each reconciled listing key, its subject and the version that matching saw."""
    key_of = keys.by_id(session)
    member = MemberRow.__table__.c
    rows = session.execute(select(member.listing_id, member.subject_id, member.version_id))
    return {key_of[listing]: (subject, version) for listing, subject, version in rows.all()}


def listing_keys(session: Session, subject_id: str) -> set[str]:
    """The keys of the subject's listings."""
    return set(
        session.scalars(
            select(ListingRow.key)
            .join(MemberRow, MemberRow.listing_id == ListingRow.id)
            .where(MemberRow.subject_id == subject_id)
        )
    )


def ages(session: Session) -> dict[str, int]:
    """The number of every subject that still stands: the smaller the older."""
    subject = SubjectRow.__table__.c
    rows = session.execute(select(subject.id, subject.number).where(subject.merged_into.is_(None)))
    return dict(rows.all())


def links(session: Session) -> Iterator[tuple[str, str, str]]:
    """Yield (list, reference, subject id) of every reconciled listing as matching last saw it."""
    newest: dict[str, tuple[str, str, str]] = {}
    for key, official_list, reference, subject in session.execute(
        select(ListingRow.key, ListingRow.official_list, EntryRow.reference, MemberRow.subject_id)
        .join(MemberRow, MemberRow.listing_id == ListingRow.id)
        .join(EntryRow, EntryRow.listing_id == ListingRow.id)
        .join(EditionRow, EditionRow.id == EntryRow.edition_id)
        .where(EditionRow.state == EditionState.ACCEPTED)
        .order_by(EditionRow.dated, EditionRow.received_at, EditionRow.id)
    ):
        newest[key] = official_list, reference, subject
    yield from sorted(newest.values())


def store(
    session: Session,
    assignment: Assignment,
    moved: Collection[LatestListing],
    gone: Collection[str],
    names: Mapping[str, tuple[str, str]],
) -> None:
    """Store who belongs to whom: the listings `moved` have another subject or version than is
    stored, those whose keys are `gone` have none any more. `names` gives (name, kind) to show of
    each subject whose listings are not those it had, or do not say what they said.

    A subject that was merged into another one, or had no listings left, can be founded again.
    """
    number = session.scalar(select(func.max(SubjectRow.number))) or 0
    shown = _shown(session, {*names, *assignment.founded})
    if back := [
        {"id": subject, "merged_into": None} for subject in assignment.founded.keys() & shown.keys()
    ]:
        session.execute(update(SubjectRow), back)
    new = [
        {
            "id": subject,
            "number": number + place,
            "name": names[subject][0],
            "kind": names[subject][1],
            "merged_into": None,
        }
        for place, subject in enumerate(sorted(assignment.founded.keys() - shown.keys()), start=1)
    ]
    if new:
        session.connection().execute(insert(SubjectRow), new)
    if merged := [
        {"id": subject, "merged_into": heir} for subject, heir in assignment.merged.items()
    ]:
        session.execute(update(SubjectRow), merged)
    renamed = [
        {"id": subject, "name": name, "kind": kind}
        for subject, (name, kind) in names.items()
        if subject in shown and shown[subject] != (name, kind)
    ]
    if renamed:
        session.execute(update(SubjectRow), renamed)
    id_of = keys.ids(session, gone) if gone else {}
    outdated = [*(id_of[key] for key in gone), *(each.id for each in moved)]
    for part in parts(outdated):
        session.execute(delete(MemberRow).where(MemberRow.listing_id.in_(part)))
    values = [
        {
            "listing_id": each.id,
            "subject_id": assignment.subject_of[each.key],
            "version_id": each.version_id,
        }
        for each in moved
    ]
    if values:
        session.connection().execute(insert(MemberRow), values)


def _shown(session: Session, subject_ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """The name and kind that are stored of those of these subjects that are."""
    return {
        subject: (name, kind)
        for part in parts(list(subject_ids))
        for subject, name, kind in session.execute(
            select(SubjectRow.id, SubjectRow.name, SubjectRow.kind).where(SubjectRow.id.in_(part))
        )
    }


def find(session: Session, subject_id: str) -> SubjectRow | None:
    """The subject, or the one that it was merged into."""
    row = session.get(SubjectRow, subject_id)
    while row and row.merged_into:
        row = session.get(SubjectRow, row.merged_into)
    return row


def names(session: Session, subject_ids: Collection[str]) -> dict[str, str]:
    """The name that is shown of each of these subjects."""
    rows = session.execute(
        select(SubjectRow.id, SubjectRow.name).where(SubjectRow.id.in_(subject_ids))
    )
    return dict(rows.all())
