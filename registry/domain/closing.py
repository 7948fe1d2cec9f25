"""How a proposal closes itself: what the coverage of the day makes of a position."""

from collections.abc import Callable
from enum import StrEnum

from registry.domain.cell import IN_FORCE, Cell, State, Support
from registry.domain.law import in_words
from registry.domain.position import Act, Ask, Position, Status


class Change(StrEnum):
    DESIGNATED = "designated"
    REOPENED = "reopened"


# What says nothing of the measure: a position that was reached is not given up for it.
_SILENT = frozenset({State.UNKNOWN, State.PENDING_PUBLICATION})


def settled(
    ask: Ask,
    cell: Cell,
    current: Position | None,
    edition_of: Callable[[Support], Act | None],
) -> tuple[Change, Position] | None:
    """What the lists change in a position, None if nothing.

    A listing of the subject itself that carries the measure makes it designated: members of the
    subject's identity are those that reviewers confirmed or matching linked beyond its threshold.
    A mere candidate never does, nor a block pending investigation. What was designated is reopened
    where the list shows it no more or the match was undone; where nothing is known, it stays.
    `edition_of` finds the listing and its edition, None where it is on no list in use.
    """
    was = current is not None and current.status is Status.DESIGNATED
    act = _act(cell, edition_of)
    if act is not None:
        if was:
            return None
        return Change.DESIGNATED, Position(
            ask, Status.DESIGNATED, reason=cell.basis, automatic=True, act=act
        )
    if not was or current is None or current.act is None or cell.state in _SILENT:
        return None
    before = current.act
    return Change.REOPENED, Position(
        ask,
        Status.NOT_ASSESSED,
        reason=f"{_why(cell)} It was designated by {before.official_list} {before.reference}, "
        f"edition of {in_words(before.dated)}.",
        automatic=True,
    )


def awaits_review(cell: Cell) -> bool:
    """Whether a candidate on the partner's list may be the subject: a reviewer has to say."""
    return cell.state is State.POSSIBLE_MATCH


def _act(cell: Cell, edition_of: Callable[[Support], Act | None]) -> Act | None:
    if cell.state not in IN_FORCE or not cell.comparable:
        return None
    return next((found for each in cell.supports if (found := edition_of(each))), None)


def _why(cell: Cell) -> str:
    match cell.state:
        case State.DELISTED:
            return f"{cell.basis}."
        case State.POSSIBLE_MATCH:
            return "The listing is no longer confirmed to be the subject and awaits review."
        case State.OTHER_MEASURE_ONLY:
            return f"The listing does not carry this measure any more: {cell.basis}."
        case _:
            return f"The subject's listings show the measure no more: {cell.basis}."
