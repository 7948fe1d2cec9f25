"""The pairs of listings that matching linked or left to a reviewer."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.orm import Session, aliased

from registry.store import keys
from registry.store.tables import ListingRow, MemberRow, PairRow


class Pair(NamedTuple):
    """Two listing keys, the smaller first, that matching linked or left to a reviewer."""

    left: str
    right: str
    linked: bool
    score: float
    probability: float


def every(session: Session) -> Iterator[Pair]:
    """Every pair that is stored, in no order; of each the smaller key is the left one."""
    key_of = keys.by_id(session)
    pair = PairRow.__table__.c
    rows = session.execute(
        select(pair.left_id, pair.right_id, pair.linked, pair.score, pair.probability)
    )
    for left_id, right_id, linked, score, probability in rows.all():
        one, other = key_of[left_id], key_of[right_id]
        left, right = (one, other) if one < other else (other, one)
        yield Pair(left, right, linked, score, probability)


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


def replace(session: Session, before: Iterable[Pair], now: Iterable[Pair]) -> None:
    """Store what is new, changed or gone since `before`, which is what is stored."""
    stored, found = set(before), set(now)
    id_of = keys.ids(session, {key for pair in stored ^ found for key in (pair.left, pair.right)})

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
        session.connection().execute(insert(PairRow), come)
