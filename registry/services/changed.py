"""What changed on the lists, as it may be shown: without the days on which minors were born."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from sqlalchemy.orm import Session

from registry.domain import divergence, minors
from registry.domain.changes import FieldChange
from registry.domain.divergence import Divergence
from registry.services import snapshot
from registry.store import changes, queries
from registry.store.changes import ChangedListing, ChangesAsked

BIRTH_DATES = "birth_dates"  # the field of a party, as changes name it
BATCH = 500


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some of the changes, the newest first, and how many there are in all."""

    rows: Sequence[ChangedListing]
    total: int


def stretch(
    session: Session, asked: ChangesAsked, today: date, *, number: int, size: int
) -> Stretch:
    """The page of this number, from 1; beyond the last one, the last."""
    total = changes.count(session, asked)
    number = max(1, min(number, -(-total // size)))
    rows = changes.page(session, asked, offset=(number - 1) * size, limit=size)
    return Stretch(list(_shown(session, rows, today)), total)


def all_of(session: Session, asked: ChangesAsked, today: date) -> Iterator[ChangedListing]:
    """All of them, the newest first."""
    found = changes.all_of(session, asked)
    while batch := list(islice(found, BATCH)):
        yield from _shown(session, batch, today)


def of_situation(session: Session, situation: str, today: date) -> frozenset[str]:
    """The subjects of a situation today, those among them that no list names any more."""
    subjects = snapshot.snapshot(session, today, today).coverage.subjects
    return frozenset(each.facts.id for each in subjects if situation in each.situations)


def divergences(session: Session, today: date, since: date | None) -> list[Divergence]:
    """The latest first; within a day by name."""
    subjects = snapshot.snapshot(session, today, today).coverage.subjects
    found = divergence.divergences(subjects, since)
    return sorted(found, key=lambda each: each.gone_by or date.min, reverse=True)


def _shown(session: Session, rows: Iterable[ChangedListing], on: date) -> Iterator[ChangedListing]:
    """Only the parties of texts in which a recent date stands are looked at: there are few."""
    rows = tuple(rows)
    recent = [each.key for each in rows if any(_tells(field, on) for field in each.fields)]
    parties = (
        {key: each.party for key, each in queries.listings_by_key(session, recent).items()}
        if recent
        else {}
    )

    def told(key: str, field: str, text: str) -> str:
        if field == BIRTH_DATES:
            return minors.shown_birth_dates(text, on)
        return minors.shown_text(text, parties[key], on) if key in parties else text

    for each in rows:
        yield replace(
            each,
            fields=tuple(
                FieldChange(
                    field.field,
                    told(each.key, field.field, field.before),
                    told(each.key, field.field, field.after),
                )
                for field in each.fields
            ),
        )


def _tells(change: FieldChange, on: date) -> bool:
    texts = (change.before, change.after)
    return any(minors.shown_birth_dates(each, on) != each for each in texts)
