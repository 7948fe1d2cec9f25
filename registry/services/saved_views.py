"""What an account asks the coverage page for again and again."""

from datetime import datetime

from sqlalchemy.orm import Session

from registry.domain.account import Account
from registry.domain.record import InvalidRecord
from registry.store import saved_views

MOST = 50  # of one account
LONGEST_NAME = 80  # characters
LONGEST_QUERY = 4_000


def keep(session: Session, account: Account, name: str, query: str, at: datetime) -> None:
    """Keep a view under a name; one that the account had under it is replaced.

    Raises InvalidRecord if the name or the query can not be kept, or there are too many.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise InvalidRecord(f"Give the view a name of 1 to {LONGEST_NAME} characters.", "name")
    if len(query) > LONGEST_QUERY:
        raise InvalidRecord("Too much is asked for to be saved; choose fewer filters.")
    saved_views.keep(session, account, name, query, at)
    session.flush()
    if saved_views.count(session, account) > MOST:
        raise InvalidRecord(f"{MOST} views can be saved. Remove one that is not needed any more.")
