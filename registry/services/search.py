"""Finding a subject by name in any script, by reference, or by identifier."""

from sqlalchemy.orm import Session

from matching.search import Hit, NameIndex
from registry.services.remembered import Remembered
from registry.store import queries, subjects


def search(session: Session, text: str, limit: int) -> list[Hit]:
    """Return subjects, best first: an exact reference before any name."""
    exact = [
        Hit(subject_id, row.name, 1.0)
        for subject_id in queries.find_by_reference(session, text)
        if (row := subjects.find(session, subject_id))
    ]
    known = {hit.id for hit in exact}
    named = [hit for hit in index(session).search(text, limit) if hit.id not in known]
    return [*exact, *named][:limit]


def index(session: Session) -> NameIndex:
    """The index of every name; made once for each state of the database."""
    return _indexes.get(session, "names", lambda: NameIndex(queries.names(session)))


_indexes: Remembered[NameIndex] = Remembered(most=1)
