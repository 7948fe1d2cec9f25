"""What officers entered, told without their names and reasons to those who are not inside."""

from dataclasses import replace

from registry.domain.cell import Cell
from registry.domain.gap import Gap
from registry.domain.selection import Traits
from registry.services import overrides
from registry.web import access, context

_WITHDRAWN = "withdrawn: "  # how `ingest.withdraw_edition` begins what it notes of an edition


def unsigned(text: str) -> str:
    """A sentence about a cell or an edition, as who asks may read it."""
    if access.is_inside():
        return text
    if text.startswith(_WITHDRAWN):
        return _WITHDRAWN.rstrip(": ")
    return overrides.unsigned(context.session(), text)


def subject_unsigned(subject: Traits) -> Traits:
    """A subject whose cells say no more than who asks may read."""
    return replace(subject, cells=tuple(map(_cell_unsigned, subject.cells)))


def gap_unsigned(gap: Gap) -> Gap:
    """The same of a gap."""
    return replace(
        gap,
        basis=unsigned(gap.basis),
        note=unsigned(gap.note),
        imposing=tuple(map(_cell_unsigned, gap.imposing)),
    )


def _cell_unsigned(cell: Cell) -> Cell:
    return replace(cell, basis=unsigned(cell.basis), note=unsigned(cell.note))
