"""Finding a subject by name in any script, by reference, or by identifier."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from matching.search import Hit, NameIndex
from registry.services.remembered import Remembered
from registry.store import queries, subjects

NEAR = 0.85  # a name that explains so much of what is typed is such a name; others are less alike


@dataclass(frozen=True, slots=True)
class Index:
    """`exact` holds, by sign, the subjects that bear a reference or an identifier."""

    names: NameIndex
    exact: Mapping[str, tuple[str, ...]]


def search(session: Session, text: str, limit: int) -> list[Hit]:
    """Return subjects, best first: an exact reference or identifier before any name."""
    found = index(session)
    ids = found.exact.get(sign(text), ())
    names = subjects.names(session, ids) if ids else {}
    exact = [Hit(each, names[each], 1.0) for each in ids]
    known = {hit.id for hit in exact}
    named = [hit for hit in found.names.search(text, limit) if hit.id not in known]
    return [*exact, *named][:limit]


def index(session: Session) -> Index:
    """Every name, reference and identifier; gathered once for each state of the database."""
    return _indexes.get(session, "index", lambda: _gather(session))


def sign(text: str) -> str:
    """A reference or identifier as it is compared: blanks, bars and dots make no other one."""
    return "".join(letter for letter in text if letter.isalnum()).casefold()


def _gather(session: Session) -> Index:
    names: list[tuple[str, str]] = []
    exact: dict[str, dict[str, None]] = {}
    for subject_id, reference in queries.references(session):
        exact.setdefault(sign(reference), {})[subject_id] = None
    for subject_id, party in queries.parties(session):
        names += [(subject_id, name.full) for name in party.names]
        for identifier in party.identifiers:
            exact.setdefault(sign(identifier.value), {})[subject_id] = None
    exact.pop("", None)
    return Index(NameIndex(names), {key: tuple(found) for key, found in exact.items()})


_indexes: Remembered[Index] = Remembered(most=1)
