"""Subjects, which listings belong to them, and the pairs that matching found."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session, aliased

from registry.domain.identity import Assignment
from registry.domain.official_list import EditionState
from registry.store.tables import (
    EditionRow,
    EntryRow,
    ListingRow,
    MemberRow,
    PairRow,
    SubjectRow,
    VersionRow,
)

CHUNK = 5_000  # values in one statement


@dataclass(frozen=True, slots=True)
class LatestListing:
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


@dataclass(frozen=True, slots=True)
class Pair:
    """Two listing keys, the smaller first, that matching linked or left to a reviewer."""

    left: str
    right: str
    linked: bool
    score: float
    probability: float


def latest_listings(session: Session) -> list[LatestListing]:
    """Every listing that any accepted edition holds, in the order of their keys."""
    latest = _latest_entries(session)
    rows = session.execute(
        select(
            ListingRow.id,
            ListingRow.key,
            ListingRow.official_list,
            VersionRow.id,
            VersionRow.kind,
            VersionRow.name,
        ).join(VersionRow, VersionRow.listing_id == ListingRow.id)
    )
    found = [
        LatestListing(id_, key, official_list, latest[id_][1], version_id, kind, name)
        for id_, key, official_list, version_id, kind, name in rows
        if id_ in latest and latest[id_][0] == version_id
    ]
    return sorted(found, key=lambda each: each.key)


def _latest_entries(session: Session) -> dict[int, tuple[int, str]]:
    """By listing: its version and its reference in the newest accepted edition that holds it.

    Most stand in the newest edition of their list; only for the others older ones are read.
    """
    accepted = session.execute(
        select(EditionRow.official_list, EditionRow.id)
        .where(EditionRow.state == EditionState.ACCEPTED, EditionRow.encoding_of.is_(None))
        .order_by(EditionRow.dated, EditionRow.received_at, EditionRow.id)
    )
    newest = dict(accepted.all())
    found: dict[int, tuple[int, str]] = {}
    for edition_id in newest.values():
        for listing_id, version_id, reference in session.execute(
            select(EntryRow.listing_id, EntryRow.version_id, EntryRow.reference).where(
                EntryRow.edition_id == edition_id
            )
        ):
            found[listing_id] = version_id, reference
    gone = [each for each in session.scalars(select(ListingRow.id)) if each not in found]
    for start in range(0, len(gone), CHUNK):
        for listing_id, version_id, reference in session.execute(
            select(EntryRow.listing_id, EntryRow.version_id, EntryRow.reference)
            .join(EditionRow, EditionRow.id == EntryRow.edition_id)
            .where(
                EditionRow.state == EditionState.ACCEPTED,
                EntryRow.listing_id.in_(gone[start : start + CHUNK]),
            )
            .order_by(EditionRow.dated, EditionRow.received_at, EditionRow.id)
        ):
            found[listing_id] = version_id, reference
    return found


def contents(session: Session, version_ids: Sequence[int]) -> dict[int, Content]:
    """What these versions say."""
    found = {}
    for start in range(0, len(version_ids), CHUNK):
        for id_, party, designations in session.execute(
            select(VersionRow.id, VersionRow.party, VersionRow.designations).where(
                VersionRow.id.in_(version_ids[start : start + CHUNK])
            )
        ):
            found[id_] = Content(party, designations)
    return found


def members(session: Session) -> dict[str, tuple[str, int]]:
    """For each reconciled listing key, its subject and the version that matching saw."""
    rows = session.execute(
        select(ListingRow.key, MemberRow.subject_id, MemberRow.version_id).join(
            ListingRow, ListingRow.id == MemberRow.listing_id
        )
    )
    return {key: (subject, version) for key, subject, version in rows}


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
    rows = session.execute(
        select(SubjectRow.id, SubjectRow.number).where(SubjectRow.merged_into.is_(None))
    )
    return dict(rows.all())


def links(session: Session) -> Iterator[tuple[str, str, str]]:
    """Yield (list, reference, subject id) of every reconciled listing as matching last saw it."""
    newest: dict[str, tuple[str, str, str]] = {}
    for key, official_list, reference, subject in session.execute(
        select(ListingRow.key, ListingRow.official_list, EntryRow.reference, MemberRow.subject_id)
        .join(MemberRow, MemberRow.listing_id == ListingRow.id)
        .join(EntryRow, EntryRow.listing_id == ListingRow.id)
        .join(EditionRow, EditionRow.id == EntryRow.edition_id)
        .where(EditionRow.state == "accepted")
        .order_by(EditionRow.dated, EditionRow.received_at, EditionRow.id)
    ):
        newest[key] = official_list, reference, subject
    yield from sorted(newest.values())


def pairs(session: Session) -> Iterator[Pair]:
    """Every pair that is stored, in no order; of each the smaller key is the left one."""
    left, right = ListingRow.__table__.alias(), ListingRow.__table__.alias()
    rows = session.execute(
        select(left.c.key, right.c.key, PairRow.linked, PairRow.score, PairRow.probability)
        .join(left, left.c.id == PairRow.left_id)
        .join(right, right.c.id == PairRow.right_id)
    )
    for one, other, linked, score, probability in rows:
        yield Pair(min(one, other), max(one, other), linked, score, probability)


def candidates(session: Session, subject_id: str | None = None) -> list[tuple[str, str]]:
    """The pairs left to a reviewer, as listing keys, the highest score first; of one subject if
    it is given."""
    left, right = aliased(ListingRow), aliased(ListingRow)
    query = (
        select(left.key, right.key)
        .select_from(PairRow)
        .join(left, left.id == PairRow.left_id)
        .join(right, right.id == PairRow.right_id)
        .where(PairRow.linked.is_(False))
        .order_by(PairRow.score.desc(), left.key, right.key)
    )
    if subject_id is not None:
        own = select(MemberRow.listing_id).where(MemberRow.subject_id == subject_id)
        query = query.where(PairRow.left_id.in_(own) | PairRow.right_id.in_(own))
    return [(left, right) for left, right in session.execute(query)]


def replace_pairs(session: Session, before: Iterable[Pair], now: Iterable[Pair]) -> None:
    """Store what is new, changed or gone since `before`, which is what is stored."""
    stored, found = set(before), set(now)
    id_of = dict(session.execute(select(ListingRow.key, ListingRow.id)).all())

    def place(pair: Pair) -> dict[str, int]:
        left, right = sorted((id_of[pair.left], id_of[pair.right]))
        return {"left_id": left, "right_id": right}

    if gone := [place(each) for each in stored - found]:
        session.connection().execute(
            delete(PairRow.__table__).where(  # type: ignore[arg-type]
                PairRow.left_id == bindparam("left_id"), PairRow.right_id == bindparam("right_id")
            ),
            gone,
        )
    if come := [
        {
            **place(each),
            "linked": each.linked,
            "score": each.score,
            "probability": each.probability,
        }
        for each in found - stored
    ]:
        session.execute(insert(PairRow), come)


def store(
    session: Session,
    assignment: Assignment,
    listings: Sequence[LatestListing],
    names: Mapping[str, tuple[str, str]],
) -> None:
    """Store who belongs to whom. `names` gives (name, kind) to show of each subject whose
    listings are not those it had, or do not say what they said.

    A subject that was merged into another one, or had no listings left, can be founded again.
    """
    number = session.scalar(select(func.max(SubjectRow.number))) or 0
    back = assignment.founded.keys() & set(session.scalars(select(SubjectRow.id)))
    for subject in back:
        session.execute(update(SubjectRow).where(SubjectRow.id == subject).values(merged_into=None))
    new = [
        {
            "id": subject,
            "number": number + place,
            "name": names[subject][0],
            "kind": names[subject][1],
            "merged_into": None,
        }
        for place, subject in enumerate(sorted(assignment.founded.keys() - back), start=1)
    ]
    if new:
        session.execute(insert(SubjectRow), new)
    for gone, heir in assignment.merged.items():
        session.execute(update(SubjectRow).where(SubjectRow.id == gone).values(merged_into=heir))
    shown = {
        subject: (name, kind)
        for subject, name, kind in session.execute(
            select(SubjectRow.id, SubjectRow.name, SubjectRow.kind)
        )
    }
    renamed = [
        {"id": subject, "name": name, "kind": kind}
        for subject, (name, kind) in names.items()
        if shown[subject] != (name, kind)
    ]
    if renamed:
        session.execute(update(SubjectRow), renamed)
    before = {
        listing: (subject, version)
        for listing, subject, version in session.execute(
            select(MemberRow.listing_id, MemberRow.subject_id, MemberRow.version_id)
        )
    }
    now = {each.id: (assignment.subject_of[each.key], each.version_id) for each in listings}
    outdated = [listing for listing in before if now.get(listing) != before[listing]]
    for start in range(0, len(outdated), 10_000):
        session.execute(
            delete(MemberRow).where(MemberRow.listing_id.in_(outdated[start : start + 10_000]))
        )
    values = [
        {"listing_id": listing, "subject_id": subject, "version_id": version}
        for listing, (subject, version) in now.items()
        if before.get(listing) != (subject, version)
    ]
    if values:
        session.execute(insert(MemberRow), values)


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
