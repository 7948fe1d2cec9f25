"""The cells of the matrix: per partner a chip for each measure, and what each of them opens.

Hundreds of them stand on a page, so each kind of chip is written once and put in its place.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from urllib.parse import quote

from flask import url_for
from markupsafe import Markup, escape

from registry.domain.cell import IN_FORCE, Cell
from registry.domain.designation import Measure
from registry.domain.selection import Traits
from registry.web import formatting


def cells(
    partners: Sequence[str], measures: Sequence[Measure], as_of: date | None, subject: Traits
) -> Markup:
    """A subject's cells as `td` elements.

    A chip in force opens the one official entry that it rests on; any other the reasons.
    """
    gaps = {(gap.missing_from, gap.measure): gap for gap in subject.gaps}
    of: dict[str, list[str]] = {partner: [] for partner in partners}
    page = subject_address(subject.facts.id, as_of)
    for cell in subject.cells:
        if cell.partner in of and cell.measure in measures:
            text = formatting.chip_text(cell, gaps.get((cell.partner, cell.measure)))
            address = _entry(cell) or f"{page}#{cell.partner}"
            of[cell.partner].append(_chip(cell.partner, address, *text))
    return Markup(
        "".join(
            f'<td role="cell" data-label="{partner}">{"".join(chips)}</td>'
            for partner, chips in of.items()
        )
    )


def subject_address(subject_id: str, as_of: date | None) -> str:
    address = _subject_page().replace("~", quote(subject_id, safe=""))
    return f"{address}?as-of={as_of.isoformat()}" if as_of else address


def _subject_page() -> str:
    return url_for("subjects.page", subject_id="~")


def _entry(cell: Cell) -> str:
    if cell.state not in IN_FORCE or len({each.key for each in cell.supports}) != 1:
        return ""
    only = cell.supports[0]
    return _listing(only.official_list, only.reference, url_for("lists.board"))


@lru_cache(maxsize=65536)
def _listing(official_list: str, reference: str, _root: str) -> str:
    return url_for("listings.page", official_list=official_list, reference_=reference)


@lru_cache(maxsize=65536)
def _chip(partner: str, address: str, classes: str, text: str, letter: str, sign: str) -> str:
    return (
        f'<a class="{classes}" href="{escape(address)}" title="{text}"'
        f' aria-label="{partner}, {text}">{letter}<i>{sign}</i></a>'
    )
