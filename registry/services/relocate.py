"""Moving a registry into another database: from SQLite to PostgreSQL, or back."""

from sqlalchemy.orm import Session

from registry.domain.trail import Head
from registry.services import audit
from registry.store import copying
from registry.store.database import UnusableDatabase


def copy(source: Session, target: Session) -> tuple[int, Head]:
    """Fill a new database with all that another one holds. Returns the number of rows, and the end
    of the trail, which is the same in both.

    Raises UnusableDatabase if the new one is not empty, or if the trail would not come out whole.
    """
    rows = copying.copy(source, target)
    head = audit.head(source)
    if faults := list(audit.faults(target, [head])):
        raise UnusableDatabase(f"nothing is copied, since the trail is not whole: {faults[0]}")
    return rows, head
