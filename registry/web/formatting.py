"""How values look on a page: dates no one can misread, grouped numbers, names in their script."""

from datetime import date, datetime
from functools import lru_cache

from markupsafe import Markup

from importers.normalise import scripts
from registry.domain.coverage import Cell, Confidence, State
from registry.domain.designation import Measure
from registry.domain.gap import SURE, Gap
from registry.domain.party import Country, Name
from registry.domain.selection import PARTNERS, Traits
from registry.web import wording

ABSENT = frozenset({State.NOT_FOUND, State.NON_PUBLIC_POSSIBLE})  # as of an edition's date


def day(value: date | None) -> Markup:
    """12 May 2026, readable for machines, too; a dash where there is none."""
    if value is None:
        return Markup('<span class="none">–</span>')
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), day_text(value))


def day_text(value: date) -> str:
    return f"{value.day} {value:%B} {value.year}"


def moment(value: datetime) -> Markup:
    """To the minute, in UTC."""
    return Markup('<time datetime="{}">{} {} UTC</time>').format(
        f"{value:%Y-%m-%dT%H:%MZ}", day_text(value.date()), f"{value:%H:%M}"
    )


def number(value: int) -> str:
    return f"{value:,}"


def name(value: Name | str) -> Markup:
    """A name, set in its own direction and marked with its script for readers aloud."""
    full = value if isinstance(value, str) else value.full
    script = (value.script if isinstance(value, Name) else "") or scripts.script(full)
    if script in ("", "Latn"):
        return Markup("<bdi>{}</bdi>").format(full)
    direction = "rtl" if script in wording.RIGHT_TO_LEFT else "ltr"
    return Markup('<bdi lang="und-{}" dir="{}">{}</bdi>').format(script, direction, full)


def country(value: Country | None) -> str:
    """A country as the list words it; its code where the list gives no more."""
    return (value.raw or value.code) if value else ""


def chips(subject: Traits) -> dict[str, Markup]:
    """Each partner's two cells; a state of absence is set in red only where it is a gap, and
    faintly where that is of low confidence."""
    gaps = {(gap.missing_from, gap.measure): gap for gap in subject.gaps}
    found = dict.fromkeys(PARTNERS, "")
    for cell in subject.cells:
        found[cell.partner] += str(chip(cell, gaps.get((cell.partner, cell.measure))))
    return {partner: Markup(text) for partner, text in found.items()}


def chip(cell: Cell, gap: Gap | None = None) -> Markup:
    dated = cell.dated if cell.state in ABSENT else None
    return _chip(cell.measure, cell.state, dated, gap.confidence if gap else None)


def _state_text(state: State, dated: date | None) -> str:
    label = wording.STATES[state].label.lower()
    return f"{label} as of {day_text(dated)}" if dated else label


@lru_cache(maxsize=4096)
def _chip(measure: Measure, state: State, dated: date | None, gap: Confidence | None) -> Markup:
    words = wording.MEASURES[measure]
    text = f"{words.label}: {_state_text(state, dated)}"
    marked = ""
    if gap:
        marked = " is-gap" if gap in SURE else " is-gap is-weak"
        text += " (a gap)" if gap in SURE else " (a gap, of low confidence)"
    return Markup(
        '<span class="chip chip-{}{}" title="{}"><span aria-hidden="true">{}<i>{}</i></span>'
        '<span class="visually-hidden">{}</span></span>'
    ).format(
        state.value,
        marked,
        text,
        words.letter,
        wording.STATES[state].sign,
        text,
    )
