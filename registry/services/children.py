"""The names of minors in the registry, by which texts that name one are found."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from registry.domain import minors, naming
from registry.domain.evidence import Evidence
from registry.domain.naming import Key
from registry.domain.party import Kind, Name, NameRole, Party
from registry.domain.portion import Comment, Portion, Task, Waiver
from registry.domain.position import Position
from registry.domain.proposal import Proposal
from registry.domain.section import Section
from registry.services.remembered import Remembered
from registry.store import queries

_MAY_BE_A_PERSON = frozenset({Kind.PERSON, Kind.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Children:
    """The names of all who may be under age on a day, and the subjects that they are."""

    names: frozenset[Key] = frozenset()
    subjects: frozenset[str] = frozenset()


def known(session: Session, on: date) -> Children:
    """Gathered once for each state of the database."""
    return _known.get(session, on, lambda: _gather(session, on))


def names(session: Session, proposal: Proposal, on: date) -> frozenset[Key]:
    """The names that texts of the proposal should not hold: a subject of it that is of age is named
    there, whoever else has the name."""
    found = known(session, on)
    adults = [each.name for each in proposal.subjects if each.id not in found.subjects]
    return found.names - frozenset().union(*map(_keys_of_name, adults))


def naming_one(found: Iterable[Portion[Any]], of: frozenset[Key]) -> frozenset[str]:
    """The ids of the portions that name one of these."""
    return frozenset(
        each.id for each in found if any(naming.names_one_of(t, of) for t in _texts(each.value))
    )


def _gather(session: Session, on: date) -> Children:
    found: set[Key] = set()
    subjects: set[str] = set()
    for subject, party in queries.parties(session):
        if party.kind in _MAY_BE_A_PERSON and minors.is_minor(party, on):
            found |= naming.keys(party)
            subjects.add(subject)
    return Children(frozenset(found), frozenset(subjects))


def _keys_of_name(name: str) -> frozenset[Key]:
    return naming.keys(Party(Kind.PERSON, (Name(name, NameRole.PRIMARY),)))


def _texts(value: Comment | Evidence | Position | Section | Task | Waiver) -> tuple[str, ...]:
    match value:
        case Evidence():
            files = (each.name for each in value.attachments)
            return (value.title, value.text, value.source, value.url, *files)
        case Position() | Waiver():
            return (value.reason,)
        case _:
            return (value.text,)


_known: Remembered[Children] = Remembered(most=1)
