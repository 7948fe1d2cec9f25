"""Keeping the trail: whoever opens a transaction says who acts, whoever acts records it."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from registry.domain import trail as chain
from registry.domain.trail import Action, Actor, Head
from registry.store import trail

COMMAND_LINE = "command line"
NOBODY = Actor("", "the registry itself")
_ACTING = "acting"


def now_in_utc() -> datetime:
    return datetime.now(UTC)


def act_as(session: Session, actor: Actor, clock: Callable[[], datetime] | None = None) -> None:
    """What the session records from now on is done by this one. A clock that was given stays."""
    _actor, before = _acting(session)
    session.info[_ACTING] = actor, clock or before


def record(
    session: Session,
    action: Action,
    object_: str,
    *,
    released_to: Iterable[str] | None = None,
    **detail: str | int | bool | list[str] | None,
) -> None:
    """Add an entry, in the transaction of the act itself: both are kept, or neither.

    `object_` is a noun and an id, as `edition:12`. `detail` never holds what is marked. An entry on
    something marked names in `released_to` the affiliations whose auditors may know of it.
    """
    actor, clock = _acting(session)
    head = trail.head(session)
    trail.add(session, chain.following(head, clock(), actor, action, object_, detail, released_to))


def record_reads(
    session: Session, noun: str, ids: Collection[str], released_to: Iterable[str], page: str
) -> None:
    """Record in one entry that things of this noun, which all have one audience, were read: by the
    one who acts, on a page ("" for the thing's own)."""
    detail: dict[str, str | list[str]] = {"page": page} if page else {}
    if len(ids) == 1:
        object_ = f"{noun}:{next(iter(ids))}"
    else:
        object_, detail["read"] = f"{noun}s", sorted(ids)
    record(session, Action.MARKED_READ, object_, released_to=released_to, **detail)


def _acting(session: Session) -> tuple[Actor, Callable[[], datetime]]:
    found: tuple[Actor, Callable[[], datetime]] = session.info.get(_ACTING, (NOBODY, now_in_utc))
    return found


def head(session: Session) -> Head:
    """What to note outside of the registry, so that nobody can rewrite the trail unseen."""
    return trail.head(session)


def faults(session: Session, anchors: Iterable[Head] = ()) -> Iterator[str]:
    """What is wrong with the trail, in sentences; nothing if it is as it was written."""
    return chain.faults(trail.every(session), trail.head(session), anchors)
