"""How far the coordinating partners act together on one subject, per measure.

Only what is settled counts: unknown is never no.
"""

from collections.abc import Iterable
from enum import StrEnum

from registry.domain.cell import IN_FORCE, Cell, State
from registry.domain.gap import MISSING_PARTNERS

COORDINATING = MISSING_PARTNERS
_ABSENT = frozenset({State.NOT_FOUND, State.OTHER_MEASURE_ONLY, State.DELISTED, State.NO_AUTHORITY})
# What the partner's own file or law answers, one way or the other.
SETTLED = IN_FORCE | _ABSENT


class Extent(StrEnum):
    """How far the coordinating partners impose a measure on a subject that any of them does.

    FULL: all to whom the measure is open. UNILATERAL: one of several. UNSETTLED: what is not known
    of a partner could make it another of these.
    """

    FULL = "full"
    PARTIAL = "partial"
    UNILATERAL = "unilateral"
    UNSETTLED = "unsettled"


def extent(cells: Iterable[Cell]) -> Extent | None:
    """The extent of one measure on one subject; None where no coordinating partner imposes it.

    A partner to whom the measure is not open (its own national) is not waited for. An interim block
    is no designation that others could join, and does not count.
    """
    asked = [
        each
        for each in cells
        if each.partner in COORDINATING and each.state is not State.NOT_APPLICABLE
    ]
    imposing = sum(each.state in IN_FORCE and each.comparable for each in asked)
    if not imposing:
        return None
    open_ones = sum(each.state not in SETTLED for each in asked)
    possible = {_extent(imposing + more, len(asked)) for more in range(open_ones + 1)}
    return possible.pop() if len(possible) == 1 else Extent.UNSETTLED


def _extent(imposing: int, asked: int) -> Extent:
    if imposing == asked:
        return Extent.FULL
    return Extent.UNILATERAL if imposing == 1 else Extent.PARTIAL
