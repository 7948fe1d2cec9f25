"""How values look on a page: dates no one can misread, grouped numbers, names in their script."""

from datetime import UTC, date, datetime
from functools import lru_cache

from markupsafe import Markup

from importers.normalise import scripts
from registry.domain.cell import Cell, State
from registry.domain.designation import Measure
from registry.domain.gap import SURE, Gap
from registry.domain.party import Country, Name
from registry.domain.programme import Confidence
from registry.web import wording

ABSENT = frozenset({State.NOT_FOUND, State.NON_PUBLIC_POSSIBLE})  # as of an edition's date


@lru_cache(maxsize=4096)
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


def rfc3339(value: datetime) -> str:
    """As feeds write a moment; one without an offset is in UTC."""
    moment_in_utc = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return moment_in_utc.isoformat(timespec="seconds").replace("+00:00", "Z")


def number(value: int) -> str:
    return f"{value:,}"


def sentence(text: str) -> str:
    """The text with a full stop, unless it ends in one."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def signed(value: float) -> str:
    """To one decimal, with its sign: a weight of evidence."""
    return "0.0" if abs(value) < 0.05 else f"{value:+.1f}".replace("-", "−")


def chance(probability: float) -> str:
    """How many pairs of such a score are one subject, in words that are no more exact than that."""
    if probability < 0.001:
        return "Fewer than one in 1,000 pairs so much alike are one subject."
    if probability < 0.5:
        return f"About one in {round(1 / probability):,} pairs so much alike is one subject."
    return f"About {min(99, round(probability * 100))} in 100 pairs so much alike are one subject."


def name(value: Name | str) -> Markup:
    """A name, set in its own direction and marked with its script for readers aloud."""
    return _name(value, "") if isinstance(value, str) else _name(value.full, value.script)


@lru_cache(maxsize=16_384)
def _name(full: str, script: str) -> Markup:
    script = script or scripts.script(full)
    if script in ("", "Latn"):
        return Markup("<bdi>{}</bdi>").format(full)
    direction = "rtl" if script in wording.RIGHT_TO_LEFT else "ltr"
    return Markup('<bdi lang="und-{}" dir="{}">{}</bdi>').format(script, direction, full)


def country(value: Country | None) -> str:
    """A country as the list words it; its code where the list gives no more."""
    return (value.raw or value.code) if value else ""


def chip(cell: Cell, gap: Gap | None = None) -> Markup:
    """The letter of the measure and the sign of the state, with both in words."""
    return _chip(*chip_text(cell, gap))


@lru_cache(maxsize=4096)
def _chip(classes: str, text: str, letter: str, sign: str) -> Markup:
    return Markup(
        '<span class="{}" title="{}"><span aria-hidden="true">{}<i>{}</i></span>'
        '<span class="visually-hidden">{}</span></span>'
    ).format(classes, text, letter, sign, text)


def chip_text(cell: Cell, gap: Gap | None) -> tuple[str, str, str, str]:
    """The classes of a chip, what it says in words, its letter and its sign. An absence is red
    only where it is a gap, and faintly where that is of low confidence."""
    dated = cell.dated if cell.state in ABSENT else None
    return _chip_text(cell.measure, cell.state, dated, gap.confidence if gap else None)


def _state_text(state: State, dated: date | None) -> str:
    label = wording.STATES[state].label.lower()
    return f"{label} as of {day_text(dated)}" if dated else label


@lru_cache(maxsize=4096)
def _chip_text(
    measure: Measure, state: State, dated: date | None, gap: Confidence | None
) -> tuple[str, str, str, str]:
    words = wording.MEASURES[measure]
    classes, text = f"chip chip-{state.value}", f"{words.label}: {_state_text(state, dated)}"
    if gap:
        classes += " is-gap" if gap in SURE else " is-gap is-weak"
        text += " (a gap)" if gap in SURE else " (a gap, of low confidence)"
    return (
        classes,
        text,
        words.letter,
        wording.STATES[state].sign,
    )
