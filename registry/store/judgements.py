"""Judgements in and out of the database. They are only ever added."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, or_, select
from sqlalchemy.orm import Session

from registry.domain.judgement import Judgement, Recorded, Undoing, Verdict
from registry.domain.official_list import EditionState
from registry.domain.party import Party
from registry.domain.rekeying import Rekeying, current_keys
from registry.store import codec
from registry.store.database import state
from registry.store.parts import parts
from registry.store.tables import (
    EditionRow,
    EntryRow,
    FactRow,
    JudgementRow,
    ListingRow,
    RekeyingRow,
    UndoingRow,
    VersionRow,
)

APPLIED = "judgements applied"
POLICY = "judgement policy"


def add(session: Session, judgement: Judgement) -> int:
    """Keep the judgement. Returns its id."""
    sides = sorted(
        (
            (judgement.left, judgement.left_fingerprint),
            (judgement.right, judgement.right_fingerprint),
        )
    )
    row = JudgementRow(
        left=sides[0][0],
        right=sides[1][0],
        verdict=judgement.verdict,
        reviewer=judgement.reviewer,
        reason=judgement.reason,
        judged_at=judgement.judged_at,
        left_fingerprint=sides[0][1],
        right_fingerprint=sides[1][1],
    )
    session.add(row)
    session.flush()
    return row.id


def undo(session: Session, judgement_id: int, undoing: Undoing) -> None:
    session.add(
        UndoingRow(
            judgement_id=judgement_id,
            reviewer=undoing.reviewer,
            reason=undoing.reason,
            undone_at=undoing.undone_at,
        )
    )
    session.flush()


def recorded(session: Session) -> tuple[Recorded, ...]:
    """All judgements in the order of their ids, by the keys that the listings have now."""
    return tuple(_recorded(session))


def mark(session: Session) -> tuple[int, ...]:
    """Other numbers after every judgement, every undoing and every change of a key."""
    return state(session).judgements


def applied(session: Session) -> str:
    """The fingerprint of the verdicts that the last reconcile applied; "" before the first one."""
    row = session.get(FactRow, APPLIED)
    return str(row.value) if row else ""


def note_applied(session: Session, fingerprint: str) -> None:
    session.merge(FactRow(key=APPLIED, value=fingerprint))


def about(session: Session, keys: set[str]) -> list[Judgement]:
    """Every judgement that names one of these listing keys and was not taken back, the newest
    first."""
    found = [each for each in _recorded(session, keys) if each.undone is None]
    return [each.judgement for each in reversed(found)]


def _recorded(session: Session, keys: Collection[str] | None = None) -> Iterator[Recorded]:
    now = current_keys(rekeyings(session))
    query = (
        select(JudgementRow, UndoingRow)
        .outerjoin(UndoingRow, UndoingRow.judgement_id == JudgementRow.id)
        .order_by(JudgementRow.id)
    )
    if keys is not None:
        named = {*keys, *(old for old, new in now.items() if new in keys)}
        query = query.where(or_(JudgementRow.left.in_(named), JudgementRow.right.in_(named)))
    for row, undoing in session.execute(query):
        left, right = now.get(row.left, row.left), now.get(row.right, row.right)
        if left == right:  # both are one listing since: nothing is left to judge
            continue
        yield Recorded(
            row.id,
            Judgement(
                left,
                right,
                Verdict(row.verdict),
                row.reviewer,
                row.reason,
                row.judged_at,
                row.left_fingerprint,
                row.right_fingerprint,
            ),
            Undoing(undoing.reviewer, undoing.reason, undoing.undone_at) if undoing else None,
        )


def rekeyings(session: Session) -> list[Rekeying]:
    """Every change of a key, the oldest first."""
    return [
        Rekeying(row.old_key, row.new_key, row.reviewer, row.reason, row.rekeyed_at)
        for row in session.scalars(select(RekeyingRow).order_by(RekeyingRow.id))
    ]


def add_rekeyings(session: Session, made: Sequence[Rekeying]) -> None:
    if made:
        session.execute(
            insert(RekeyingRow),
            [
                {
                    "old_key": each.old_key,
                    "new_key": each.new_key,
                    "reviewer": each.reviewer,
                    "reason": each.reason,
                    "rekeyed_at": each.rekeyed_at,
                }
                for each in made
            ],
        )


@dataclass(frozen=True, slots=True)
class Held:
    """A listing as the newest accepted edition that holds it has it."""

    key: str
    official_list: str
    reference: str
    content_hash: str


def held(session: Session, keys: Iterable[str]) -> dict[str, Held]:
    """Those of the listings that any accepted edition holds."""
    found = {}
    for chunk in parts(sorted(set(keys))):
        rows = session.execute(
            select(
                ListingRow.key,
                ListingRow.official_list,
                EntryRow.reference,
                VersionRow.content_hash,
            )
            .join(EntryRow, EntryRow.listing_id == ListingRow.id)
            .join(EditionRow, EditionRow.id == EntryRow.edition_id)
            .join(VersionRow, VersionRow.id == EntryRow.version_id)
            .where(ListingRow.key.in_(chunk), EditionRow.state == EditionState.ACCEPTED)
            .order_by(EditionRow.dated, EditionRow.received_at, EditionRow.id)
        )
        found.update({row[0]: Held(*row) for row in rows})
    return found


def said(
    session: Session, keys: Iterable[str], content_hashes: Collection[str]
) -> dict[str, Party]:
    """By content hash, what these listings said at some time, under whichever of the keys."""
    found = {}
    for chunk in parts(sorted(set(keys))):
        rows = session.execute(
            select(VersionRow.content_hash, VersionRow.party)
            .join(ListingRow, ListingRow.id == VersionRow.listing_id)
            .where(ListingRow.key.in_(chunk))
        )
        found.update({each: codec.party(party) for each, party in rows if each in content_hashes})
    return found


def find_key(session: Session, official_list: str, reference: str) -> str | None:
    """The key of the listing that stands, or last stood, under the reference. The part of a key
    behind the list's name is understood, too."""
    key = session.scalars(
        select(ListingRow.key)
        .join(EntryRow, EntryRow.listing_id == ListingRow.id)
        .join(EditionRow, EditionRow.id == EntryRow.edition_id)
        .where(
            EntryRow.reference == reference,
            ListingRow.official_list == official_list,
            EditionRow.state == EditionState.ACCEPTED,
        )
        .order_by(EditionRow.dated.desc(), EditionRow.received_at.desc(), EditionRow.id.desc())
        .limit(1)
    ).first()
    return key or next(iter(held(session, [f"{official_list}:{reference}"])), None)


@dataclass(frozen=True, slots=True)
class Bearer:
    """The last party that a reference came to stand for: `number` is that behind `~` in its key,
    `received_at` the day we first had it."""

    number: int
    received_at: datetime


def reused(session: Session) -> dict[str, Bearer]:
    """By the key of the first party, the last one under each reference that was reused."""
    rows = session.execute(
        select(ListingRow.key, func.min(EditionRow.received_at))
        .join(EntryRow, EntryRow.listing_id == ListingRow.id)
        .join(EditionRow, EditionRow.id == EntryRow.edition_id)
        .where(ListingRow.key.contains("~"), EditionRow.state == EditionState.ACCEPTED)
        .group_by(ListingRow.key)
    )
    found: dict[str, Bearer] = {}
    for key, received_at in rows:
        base, number = numbered(key)
        if base not in found or number > found[base].number:
            found[base] = Bearer(number, received_at)
    return found


def numbered(key: str) -> tuple[str, int]:
    """The key of the first party under a reference, and the number of this one."""
    base, mark, number = key.rpartition("~")
    return (base, int(number)) if mark else (key, 1)


def reviewers_needed(session: Session) -> int:
    """How many reviewers have to agree before a verdict stands: 1 or 2."""
    row = session.get(FactRow, POLICY)
    return int(row.value[-1]["reviewers"]) if row else 1


def set_reviewers_needed(
    session: Session, reviewers: int, reviewer: str, reason: str, at: datetime
) -> None:
    """Change the policy; what was decided earlier, by whom and why, is kept."""
    decided = {
        "reviewers": reviewers,
        "reviewer": reviewer,
        "reason": reason,
        "decided_at": at.isoformat(),
    }
    row = session.get(FactRow, POLICY)
    if row is None:
        session.add(FactRow(key=POLICY, value=[decided]))
    else:
        row.value = [*row.value, decided]
    session.flush()
