"""How alike listings are, as the last reconcile found it; the next one goes on from there."""

from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, bindparam, delete, insert, select
from sqlalchemy.orm import Session

from registry.store import keys
from registry.store.tables import FactRow, ListingRow, ScoreRow

MADE_BY = "scores made by"
STORED = "reconciles stored"
Pair = tuple[str, str]  # two listing keys, the smaller first


def load(session: Session) -> dict[Pair, float]:
    """The score of every pair of listing keys that is at all likely, in nats."""
    key_of = keys.by_id(session)
    score_ = ScoreRow.__table__.c
    rows = session.execute(select(score_.left_id, score_.right_id, score_.score))
    found = {}
    for left_id, right_id, score in rows.all():
        one, other = key_of[left_id], key_of[right_id]
        found[(one, other) if one < other else (other, one)] = score
    return found


def below(session: Session, bound: float) -> list[tuple[Pair, float]]:
    """The stored pairs of a score below the bound, the highest first."""
    return _where(session, ScoreRow.score < bound)


def _where(session: Session, condition: ColumnElement[bool]) -> list[tuple[Pair, float]]:
    """The stored pairs that fulfil it, the highest first."""
    left, right = ListingRow.__table__.alias(), ListingRow.__table__.alias()
    rows = session.execute(
        select(left.c.key, right.c.key, ScoreRow.score)
        .select_from(ScoreRow)
        .join(left, left.c.id == ScoreRow.left_id)
        .join(right, right.c.id == ScoreRow.right_id)
        .where(condition)
        .order_by(ScoreRow.score.desc(), left.c.key, right.c.key)
    )
    return [((a, b) if a < b else (b, a), score) for a, b, score in rows]


def made_by(session: Session) -> str:
    """The state of matching that all scores come from; "" if there are none."""
    row = session.get(FactRow, MADE_BY)
    return str(row.value) if row else ""


def mark(session: Session) -> int:
    """Another number after every reconcile that changed what is stored of matching."""
    row = session.get(FactRow, STORED)
    return int(row.value) if row else 0


def count_up(session: Session) -> None:
    session.merge(FactRow(key=STORED, value=mark(session) + 1))


def touching(session: Session, listing_keys: Collection[str]) -> dict[Pair, float]:
    """The score of every pair, at all likely, of which one is among these listings."""
    ours = select(ListingRow.id).where(ListingRow.key.in_(listing_keys))
    return dict(_where(session, ScoreRow.left_id.in_(ours) | ScoreRow.right_id.in_(ours)))


def among(session: Session, one: Collection[str], other: Collection[str]) -> dict[Pair, float]:
    """The score of every pair of one of these and one of those that is at all likely."""
    key_of = dict(
        session.execute(
            select(ListingRow.id, ListingRow.key).where(ListingRow.key.in_({*one, *other}))
        ).all()
    )
    rows = session.execute(
        select(ScoreRow.left_id, ScoreRow.right_id, ScoreRow.score).where(
            ScoreRow.left_id.in_(key_of), ScoreRow.right_id.in_(key_of)
        )
    )
    found = {}
    for left_id, right_id, score in rows:
        left, right = sorted((key_of[left_id], key_of[right_id]))
        found[left, right] = score
    return found


def replace(
    session: Session, before: Mapping[Pair, float], now: Mapping[Pair, float], made_by: str
) -> None:
    """Store what is new, changed or gone since `before`, which is what is stored."""
    session.merge(FactRow(key=MADE_BY, value=made_by))
    if before == now:
        return
    outdated = [pair for pair, score in before.items() if now.get(pair) != score]
    new = [pair for pair, score in now.items() if before.get(pair) != score]
    id_of = keys.ids(session, {key for pair in (*outdated, *new) for key in pair})

    def place(pair: Pair) -> dict[str, int]:
        left, right = sorted((id_of[pair[0]], id_of[pair[1]]))
        return {"left_id": left, "right_id": right}

    gone = [place(pair) for pair in outdated]
    come = [{**place(pair), "score": now[pair]} for pair in new]
    if gone:
        session.connection().execute(
            delete(ScoreRow.__table__).where(  # type: ignore[arg-type]
                ScoreRow.left_id == bindparam("left_id"),
                ScoreRow.right_id == bindparam("right_id"),
            ),
            gone,
        )
    if come:
        session.connection().execute(insert(ScoreRow), come)
