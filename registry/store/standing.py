"""What stood on which list on a day, as coverage needs it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from registry.domain import override
from registry.domain.cell import Listed, ListStatus
from registry.domain.changes import ChangeKind
from registry.domain.official_list import EditionState, OfficialList
from registry.domain.override import Override
from registry.domain.party import Kind
from registry.store import codec, editions
from registry.store.tables import (
    ChangeRow,
    EditionRow,
    EntryRow,
    ListingRow,
    MemberRow,
    PairRow,
    SubjectRow,
    VersionRow,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Every listing of one list on a day, as corrected by overrides.

    `former` are those that earlier editions held.
    """

    status: ListStatus
    listed: tuple[Listed, ...]
    former: tuple[Listed, ...]


def standing(
    session: Session,
    official_list: OfficialList,
    on: date,
    today: date,
    overrides: Mapping[str, tuple[Override, ...]],
    subjects: Collection[str] | None = None,
) -> Standing:
    """What the list's newest edition dated on or before `on` holds, of some subjects or of all.

    Before the first edition only what itself says that it was listed by then counts as in force,
    and the list's date is None. A retired list says nothing after its retirement: its listings
    are former ones then.
    """
    history = editions.history(session, official_list.key)
    earlier = [row for row in history if row.dated <= on]
    asked = _Asked(session, overrides, subjects)
    if not earlier:
        first = _entries(asked, history[0]) if history else []
        by_then = tuple(
            each
            for each in first
            if any(act.listed_on and act.listed_on <= on for act in each.designations)
        )
        retired = official_list.retired_on is not None and official_list.retired_on <= on
        return Standing(ListStatus(official_list, None), () if retired else by_then, ())
    edition = earlier[-1]
    listed = tuple(_entries(asked, edition))
    keys = {each.key for each in listed}
    former = tuple(_former(asked, official_list.key, earlier, keys))
    if official_list.retired_on is not None and official_list.retired_on <= on:
        return Standing(ListStatus(official_list, edition.dated, stale=True), (), listed + former)
    age = min(on, today) - edition.dated
    stale = age > timedelta(days=official_list.expected_age)
    return Standing(ListStatus(official_list, edition.dated, stale), listed, former)


@dataclass(frozen=True, slots=True)
class _Asked:
    session: Session
    overrides: Mapping[str, tuple[Override, ...]]
    subjects: Collection[str] | None


def editions_in_use(session: Session, lists: Iterable[OfficialList], on: date) -> dict[str, int]:
    """By list, the newest edition dated on or before `on`, of those not retired by then."""
    in_use = {}
    for each in lists:
        if each.retired_on is None or each.retired_on > on:
            earlier = [row.id for row in editions.history(session, each.key) if row.dated <= on]
            in_use.update({each.key: earlier[-1]} if earlier else {})
    return in_use


_LISTED = (
    ListingRow.key,
    ListingRow.official_list,
    VersionRow.partner,
    VersionRow.kind,
    VersionRow.name,
    VersionRow.designations,
    VersionRow.countries,
    VersionRow.un_references,
    VersionRow.deceased,
    VersionRow.party,
)


def _entries(asked: _Asked, edition: EditionRow) -> list[Listed]:
    query = (
        select(EntryRow.reference, *_LISTED)
        .join(VersionRow, VersionRow.id == EntryRow.version_id)
        .join(ListingRow, ListingRow.id == EntryRow.listing_id)
        .where(EntryRow.edition_id == edition.id)
        .order_by(EntryRow.listing_id)
    )
    if asked.subjects is not None:
        query = query.where(EntryRow.listing_id.in_(_members(asked.subjects)))
    return [_listed(row, asked.overrides) for row in asked.session.execute(query)]


def _members(subjects: Collection[str]) -> Select[int]:
    return select(MemberRow.listing_id).where(MemberRow.subject_id.in_(subjects))


def _former(
    asked: _Asked, official_list: str, earlier: list[EditionRow], standing: set[str]
) -> Iterable[Listed]:
    """The listings delisted by one of these editions and not there again since."""
    ids = [row.id for row in earlier]
    query = (
        select(ChangeRow.seen_on, ChangeRow.reference, *_LISTED)
        .join(EditionRow, EditionRow.id == ChangeRow.edition_id)
        .join(
            EntryRow,
            (EntryRow.edition_id == EditionRow.compared_with)
            & (EntryRow.listing_id == ChangeRow.listing_id),
        )
        .join(VersionRow, VersionRow.id == EntryRow.version_id)
        .join(ListingRow, ListingRow.id == ChangeRow.listing_id)
        .where(
            ChangeRow.official_list == official_list,
            ChangeRow.change == ChangeKind.DELISTED,
            ChangeRow.edition_id.in_(ids),
        )
        .order_by(EditionRow.dated, EditionRow.received_at, EditionRow.id, ChangeRow.id)
    )
    if asked.subjects is not None:
        query = query.where(ChangeRow.listing_id.in_(_members(asked.subjects)))
    former: dict[str, Listed] = {}
    for seen_on, *listed in asked.session.execute(query):
        each = replace(_listed(listed, asked.overrides), delisted_on=seen_on)
        if each.key not in standing:
            former[each.key] = each
    return former.values()


def _listed(row: Sequence[Any], overrides: Mapping[str, tuple[Override, ...]]) -> Listed:
    """Make a value of (reference, *_LISTED)."""
    reference, key, official_list, partner, kind, name, designations, *rest = row
    countries, un, deceased, party = rest
    given = overrides.get(key, ())
    return Listed(
        key=key,
        official_list=official_list,
        reference=reference,
        partner=partner,
        kind=override.kind(Kind(kind), given),
        name=name,
        designations=override.designations(codec.designations(designations), given),
        countries=frozenset(countries.split()),
        un_references=tuple(un.split()),
        deceased=deceased,
        overrides=given,
        identification=codec.identification(party),
    )


@dataclass(frozen=True, slots=True)
class Membership:
    """The present subjects: who belongs to which, their names, and what awaits review.

    `candidates` holds pairs of listing keys; `shown` gives each subject's (name, kind).
    """

    subject_of: dict[str, str]
    shown: dict[str, tuple[str, Kind]]
    candidates: tuple[tuple[str, str], ...]


def membership(session: Session) -> Membership:
    subject_of = dict(
        session.execute(
            select(ListingRow.key, MemberRow.subject_id)
            .join(ListingRow, ListingRow.id == MemberRow.listing_id)
            .order_by(MemberRow.listing_id)
        ).all()
    )
    shown = {
        subject: (name, Kind(kind))
        for subject, name, kind in session.execute(
            select(SubjectRow.id, SubjectRow.name, SubjectRow.kind).where(
                SubjectRow.merged_into.is_(None)
            )
        )
    }
    left, right = ListingRow.__table__.alias(), ListingRow.__table__.alias()
    candidates = session.execute(
        select(left.c.key, right.c.key)
        .select_from(PairRow)
        .join(left, left.c.id == PairRow.left_id)
        .join(right, right.c.id == PairRow.right_id)
        .where(PairRow.linked.is_(False))
        .order_by(PairRow.left_id, PairRow.right_id)
    )
    return Membership(subject_of, shown, tuple((a, b) for a, b in candidates))


def outdated_members(session: Session) -> dict[str, int]:
    """Per official list, how many listings of its newest edition matching has not yet seen."""
    counts: dict[str, int] = {}
    newest: dict[str, int] = {}
    for row in session.scalars(
        select(EditionRow)
        .where(EditionRow.state == EditionState.ACCEPTED, EditionRow.encoding_of.is_(None))
        .order_by(EditionRow.dated, EditionRow.received_at, EditionRow.id)
    ):
        newest[row.official_list] = row.id
    for official_list, edition_id in newest.items():
        rows = session.execute(
            select(EntryRow.listing_id)
            .outerjoin(MemberRow, MemberRow.listing_id == EntryRow.listing_id)
            .where(
                EntryRow.edition_id == edition_id,
                MemberRow.listing_id.is_(None) | (MemberRow.version_id != EntryRow.version_id),
            )
        )
        if found := len(rows.all()):
            counts[official_list] = found
    return counts
