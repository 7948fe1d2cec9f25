"""The keys of listings and the numbers under which tables know them."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.store.tables import ListingRow

_LISTING = ListingRow.__table__  # tens of thousands of rows: the mapper would double the time
FEW = 2_000  # keys; of more, all are read at once


def by_id(session: Session) -> dict[int, str]:
    """The key of every listing."""
    return dict(session.execute(select(_LISTING.c.id, _LISTING.c.key)).all())


def ids(session: Session, keys: Collection[str]) -> dict[str, int]:
    """The number of each of these listings, perhaps beside others."""
    query = select(ListingRow.key, ListingRow.id)
    if len(keys) <= FEW:
        query = query.where(ListingRow.key.in_(keys))
    return dict(session.execute(query).all())
