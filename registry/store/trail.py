"""The trail in and out of the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from registry.domain.trail import EMPTY, Actor, Entry, Head, canonical
from registry.store.tables import FactRow, TrailRow

HEAD = "trail"  # the fact that keeps the head apart from the entries


@dataclass(frozen=True, slots=True)
class Sought:
    """Which entries are asked for; an empty field asks for nothing in particular.

    `readers` are the names under which entries are released to the auditor who asks: all others do
    not exist for them. None is the operator at the command line.
    """

    readers: frozenset[str] | None = None
    actor: str = ""
    action: str = ""
    object: str = ""  # an object, also among several read at once; or the noun that it begins with
    since: datetime | None = None
    until: datetime | None = None  # exclusive


def beginning(day: date) -> datetime:
    """Of a day in UTC."""
    return datetime.combine(day, time(), UTC)


def end(day: date) -> datetime | None:
    """Of a day in UTC, exclusive; None for the last day that there is."""
    return None if day == date.max else beginning(day + timedelta(days=1))


def add(session: Session, entry: Entry) -> None:
    session.add(
        TrailRow(
            number=entry.number,
            at=entry.at,
            actor=entry.actor.name,
            address=entry.actor.address,
            action=entry.action,
            object=entry.object,
            detail=entry.detail,
            released_to=entry.released_to,
            previous=entry.previous,
            hash=entry.hash,
        )
    )
    kept = {"count": entry.number, "hash": entry.hash}
    fact = session.get(FactRow, HEAD)
    if fact is None:
        session.add(FactRow(key=HEAD, value=kept))
    else:
        fact.value = kept
    session.flush()


def head(session: Session) -> Head:
    fact = session.get(FactRow, HEAD)
    return Head(fact.value["count"], fact.value["hash"]) if fact else EMPTY


def every(session: Session) -> Iterator[Entry]:
    """In the order of their numbers."""
    rows = session.scalars(
        select(TrailRow).order_by(TrailRow.number).execution_options(yield_per=1_000)
    )
    return map(_entry, rows)


def count(session: Session, sought: Sought) -> int:
    return session.scalars(
        select(func.count()).select_from(TrailRow).where(*_conditions(sought))
    ).one()


def page(
    session: Session, sought: Sought, offset: int = 0, limit: int | None = None
) -> Iterator[Entry]:
    """The latest first."""
    wanted = select(TrailRow).where(*_conditions(sought)).order_by(TrailRow.number.desc())
    rows = session.scalars(wanted.offset(offset).limit(limit).execution_options(yield_per=1_000))
    return map(_entry, rows)


def _conditions(sought: Sought) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if sought.readers is not None:
        # A JSON text in a JSON list: no name can hold its quotation marks unescaped.
        theirs = (
            TrailRow.released_to.contains(canonical(each), autoescape=True)
            for each in sorted(sought.readers)
        )
        found.append(or_(TrailRow.released_to == "", *theirs))
    if sought.actor:
        found.append(TrailRow.actor == sought.actor)
    if sought.action:
        found.append(TrailRow.action == sought.action)
    if sought.object:
        noun, _, id_ = sought.object.partition(":")
        within = TrailRow.object.startswith(f"{sought.object}:", autoescape=True)
        among = (TrailRow.object == f"{noun}s") & TrailRow.detail.contains(
            canonical(id_), autoescape=True
        )
        found.append(or_(TrailRow.object == sought.object, within, among))
    if sought.since:
        found.append(TrailRow.at >= sought.since)
    if sought.until:
        found.append(TrailRow.at < sought.until)
    return found


def _entry(row: TrailRow) -> Entry:
    return Entry(
        row.number,
        row.at,
        Actor(row.actor, row.address),
        row.action,
        row.object,
        row.detail,
        row.released_to,
        row.previous,
        row.hash,
    )
