"""When listings were first seen, from the history of editions."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.domain.lag import Seen
from registry.domain.official_list import OfficialList
from registry.store import editions
from registry.store.tables import EntryRow, ListingRow


def first_seen(session: Session, official_list: OfficialList, on: date) -> dict[str, Seen]:
    """By listing key, the first edition by `on` that holds it; nothing of those in the very first
    edition, of which nobody knows how long they had been there."""
    history = [row for row in editions.history(session, official_list.key) if row.dated <= on]
    found: dict[str, Seen] = {}
    known: set[str] = set()
    for place, row in enumerate(history if len(history) > 1 else ()):
        keys = session.scalars(
            select(ListingRow.key)
            .join(EntryRow, EntryRow.listing_id == ListingRow.id)
            .where(EntryRow.edition_id == row.id)
        ).all()
        if place:
            seen = Seen(row.dated, history[place - 1].dated)
            found.update((key, seen) for key in keys if key not in known)
        known.update(keys)
    return found
