"""What changed between two editions of one official list."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum

from registry.domain.designation import Designation
from registry.domain.party import (
    Address,
    Country,
    Detail,
    Identifier,
    Name,
    Party,
    Place,
    Relation,
)


class ChangeKind(StrEnum):
    LISTED = "listed"
    AMENDED = "amended"
    RENUMBERED = "renumbered"
    DELISTED = "delisted"
    REFERENCE_REUSED = "reference-reused"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What was taken from a field and what was added to it, each as text."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What one edition says otherwise than another of one listing, known by its key. `field` is
    empty unless it was amended or renumbered; `name` is the listing's where a page shows it."""

    change: ChangeKind
    key: str
    reference: str
    field: str = ""
    before: str = ""
    after: str = ""
    name: str = ""


def amendments(
    before: Party,
    after: Party,
    designations_before: tuple[Designation, ...],
    designations_after: tuple[Designation, ...],
) -> Iterator[FieldChange]:
    """Compare two versions of a listing field by field; an order of values is no difference."""
    for field in fields(Party):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old == new:
            continue
        if not isinstance(old, tuple):
            yield FieldChange(field.name, str(old), str(new))
            continue
        gone, come = _texts(old, new), _texts(new, old)
        if gone or come:
            yield FieldChange(field.name, gone, come)
    yield from _designations(designations_before, designations_after)


def is_another_party(before: Party, after: Party) -> bool:
    """Whether a reference seems to stand for somebody else now.

    True only where the two share neither a name nor a word of any name nor a birth date nor an
    identifier: a corrected spelling or an added alias keeps a listing what it was.
    """
    if _words(before) & _words(after) or _names(before) & _names(after):
        return False
    if {(i.kind, i.value) for i in before.identifiers} & {
        (i.kind, i.value) for i in after.identifiers
    }:
        return False
    return not any(a.agrees_with(b) for a in before.birth_dates for b in after.birth_dates)


def same_identity(before: Party, after: Party) -> bool:
    """Whether kind, names, birth dates and identifiers are what they were, in whatever order."""
    return _identity(before) == _identity(after)


def _identity(party: Party) -> tuple[object, ...]:
    return (
        party.kind,
        {name.full for name in party.names},
        set(party.birth_dates),
        {(each.kind, each.value) for each in party.identifiers},
    )


def _words(party: Party) -> set[str]:
    return {
        word
        for name in party.names
        for word in _fold(name.full).split()
        if len(word) > 2  # an initial or a particle says nothing
    }


def _names(party: Party) -> set[str]:
    """Whole names: some, as MS-13, have no word that tells anything by itself."""
    return {" ".join(_fold(name.full).split()) for name in party.names} - {""}


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))


def _texts(these: tuple[object, ...], others: tuple[object, ...]) -> str:
    known = set(others)
    return " | ".join(_text(each) for each in these if each not in known)


def _text(value: object) -> str:
    match value:
        case Name():
            return f"{value.full} ({value.role})"
        case Identifier():
            country = value.country.raw if value.country else ""
            return " ".join(filter(None, (value.label or value.kind, value.value, country)))
        case Country() | Place() | Address():
            return value.raw
        case Relation():
            return f"{value.label or value.kind}: {value.other}"
        case Detail():
            return f"{value.label or value.kind}: {value.value}"
        case _:
            return str(value)


def _designations(
    before: tuple[Designation, ...], after: tuple[Designation, ...]
) -> Iterator[FieldChange]:
    if before == after:
        return
    for field, text in (
        ("programmes", lambda d: d.code),
        ("acts", lambda d: d.act),
        ("measures", _measures),
        ("listed_on", lambda d: str(d.listed_on or "")),
        ("amended_on", lambda d: str(d.amended_on or "")),
        ("reasons", lambda d: d.reason),
    ):
        old = list(dict.fromkeys(filter(None, map(text, before))))
        new = list(dict.fromkeys(filter(None, map(text, after))))
        if old != new and (set(old) != set(new)):
            yield FieldChange(
                field,
                " | ".join(each for each in old if each not in new),
                " | ".join(each for each in new if each not in old),
            )


def _measures(designation: Designation) -> str:
    stated = [measure for measure, imposed in designation.stated if imposed]
    return ", ".join([*stated, *designation.other_measures])
