"""The cells of the matrix: per partner a chip for each measure, and what each of them opens.

Hundreds of them stand on a page, so addresses are put together here and each kind of chip is
written once.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from urllib.parse import quote

from flask import url_for
from markupsafe import Markup, escape

from registry.domain.cell import IN_FORCE, Cell, State
from registry.domain.designation import Measure
from registry.domain.selection import Traits
from registry.web import formatting

# What was sought on the partner's lists and not found there for certain.
_SOUGHT = (
    State.NOT_FOUND,
    State.OTHER_MEASURE_ONLY,
    State.POSSIBLE_MATCH,
    State.NON_PUBLIC_POSSIBLE,
    State.UNKNOWN,
)
_FORCE = tuple(IN_FORCE)  # few: looking through them takes less than hashing


def row(
    partners: Sequence[str], measures: Sequence[Measure], as_of: date | None = None
) -> Callable[[Traits], Markup]:
    """What writes a subject's cells as `td` elements.

    A chip in force opens the one official entry that it rests on, one of an absence who comes
    nearest on the partner's lists, any other the reasons on the subject's page.
    """
    address = subject_address()
    day = f"?as-of={as_of.isoformat()}" if as_of else ""
    why = url_for("why.page", subject_id="~", partner="US")
    why = why.removeprefix(address("~")).removesuffix("US")
    entries = url_for("listings.page", official_list="~", reference_="~").removesuffix("~/~")

    def write(subject: Traits) -> Markup:
        gaps = {(gap.missing_from, gap.measure): gap for gap in subject.gaps}
        page = address(subject.facts.id)
        shown = dict.fromkeys(partners, "")
        for cell in subject.cells:
            if cell.partner in shown and cell.measure in measures:
                if cell.state in _SOUGHT:
                    opened = f"{page}{why}{cell.partner}{day}"
                else:
                    opened = _entry(cell, entries) or f"{page}{day}#{cell.partner}"
                gap = gaps.get((cell.partner, cell.measure))
                shown[cell.partner] += _opening(
                    opened, cell.partner, *formatting.chip_text(cell, gap)
                )
        return Markup(
            "".join(
                f'<td role="cell" data-label="{partner}">{chips}</td>'
                for partner, chips in shown.items()
            )
        )

    return write


def subject_address(as_of: date | None = None) -> Callable[[str], str]:
    """What gives the address of a subject's page, by its id."""
    before = url_for("subjects.page", subject_id="~").removesuffix("~")
    after = f"?as-of={as_of.isoformat()}" if as_of else ""
    return lambda subject_id: f"{before}{subject_id}{after}"


def _entry(cell: Cell, entries: str) -> str:
    """The address of the one listing that a cell in force rests on, "" for any other."""
    supports = cell.supports
    if cell.state not in _FORCE or not supports:
        return ""
    first = supports[0]
    if len(supports) > 1 and any(each.key != first.key for each in supports):
        return ""
    return _listing(entries, first.official_list, first.reference)


@lru_cache(maxsize=65536)
def _listing(entries: str, official_list: str, reference: str) -> str:
    return f"{entries}{official_list}/{quote(reference, safe='/')}"


def _opening(address: str, partner: str, classes: str, text: str, letter: str, sign: str) -> str:
    return f'<a href="{address}" {_rest(partner, classes, text, letter, sign)}'


@lru_cache(maxsize=65536)
def _rest(partner: str, classes: str, text: str, letter: str, sign: str) -> str:
    return (
        f'class="{classes}" title="{escape(text)}"'
        f' aria-label="{partner}, {escape(text)}">{letter}<i>{sign}</i></a>'
    )
