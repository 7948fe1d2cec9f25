"""The one filter of pages, commands and exports: which subjects, and where they are missing.

Totals are equal at every door because every door asks here.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from registry.domain.cell import IN_FORCE, PARTNERS, Cell, State, SubjectFacts
from registry.domain.designation import Measure
from registry.domain.gap import MISSING_PARTNERS, Gap, gaps
from registry.domain.party import Kind
from registry.domain.programme import Confidence

__all__ = [
    "MISSING_PARTNERS",
    "PARTNERS",
    "Match",
    "Selection",
    "Traits",
    "fold",
    "gap_rows",
    "matches",
    "traits",
]


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked for; an empty field asks for nothing in particular.

    `listed_by`: all of them, with the measure in force. `missing_from`: any of them, each by
    itself; the coordinating partners if empty. `states`: a cell in one of them, at one of the
    partners in `at` (at any if empty). `nexus` and `situation` are keys of the reference data.
    `confidence` is that of the gaps, any if empty. `text` holds words that must all occur in the
    names and references of a subject. `as_of` is the day, None for today.
    """

    listed_by: tuple[str, ...] = ()
    missing_from: tuple[str, ...] = ()
    measure: Measure | None = None
    situation: str = ""
    nexus: frozenset[str] = frozenset()
    kind: Kind | None = None
    text: str = ""
    states: frozenset[State] = frozenset()
    at: tuple[str, ...] = ()
    confidence: frozenset[Confidence] = frozenset()
    as_of: date | None = None

    @property
    def measures(self) -> tuple[Measure, ...]:
        return (self.measure,) if self.measure else tuple(Measure)


@dataclass(frozen=True, slots=True)
class Traits:
    """What a selection looks at in a subject, made once for many selections.

    `imposing` are the partners that have a measure in force, `gaps` those that others have and a
    coordinating partner has not, `text` the folded names and references.
    """

    facts: SubjectFacts
    cells: tuple[Cell, ...]
    gaps: tuple[Gap, ...]
    imposing: Mapping[Measure, frozenset[str]]
    text: str
    situations: frozenset[str] = frozenset()
    nexus: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A subject that fits, with what is missing: nothing if nothing is.

    `set_aside` are the gaps that only their confidence keeps out of `missing`.
    """

    subject: Traits
    missing: tuple[Gap, ...]
    set_aside: tuple[Gap, ...] = ()


def traits(
    facts: SubjectFacts,
    cells: tuple[Cell, ...],
    situations: frozenset[str] = frozenset(),
    nexus: str = "",
) -> Traits:
    listings = (*facts.listings, *facts.former)
    texts = (facts.name, facts.id, *(f"{each.name} {each.reference}" for each in listings))
    return Traits(
        facts,
        cells,
        gaps(facts, cells),
        {
            measure: frozenset(
                cell.partner for cell in cells if cell.measure is measure and cell.state in IN_FORCE
            )
            for measure in Measure
        },
        fold(" ".join(dict.fromkeys(texts))),
        situations,
        nexus,
    )


def matches(selection: Selection, subjects: Iterable[Traits]) -> Iterator[Match]:
    """Yield every subject that fits all but `missing_from`, with what is missing."""
    words = fold(selection.text).split()
    for each in subjects:
        if selection.kind and each.facts.kind is not selection.kind:
            continue
        if selection.situation and selection.situation not in each.situations:
            continue
        if selection.nexus and each.nexus not in selection.nexus:
            continue
        if not all(word in each.text for word in words):
            continue
        if _is_listed(selection, each) and _has_state(selection, each):
            missing = tuple(_missing(selection, each))
            wanted = selection.confidence or frozenset(Confidence)
            yield Match(
                each,
                tuple(gap for gap in missing if gap.confidence in wanted),
                tuple(gap for gap in missing if gap.confidence not in wanted),
            )


def gap_rows(matched: Iterable[Match]) -> Iterator[Gap]:
    """A row for each gap, in the order of the subjects."""
    for match in matched:
        yield from match.missing


def fold(text: str) -> str:
    """The text as it is compared: without case and without marks on its letters."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _is_listed(selection: Selection, subject: Traits) -> bool:
    wanted = selection.listed_by
    return not wanted or any(
        subject.imposing[measure].issuperset(wanted) for measure in selection.measures
    )


def _has_state(selection: Selection, subject: Traits) -> bool:
    return not selection.states or any(
        cell.state in selection.states
        and cell.measure in selection.measures
        and (not selection.at or cell.partner in selection.at)
        for cell in subject.cells
    )


def _missing(selection: Selection, subject: Traits) -> Iterator[Gap]:
    partners = selection.missing_from or MISSING_PARTNERS
    for gap in subject.gaps:
        if (
            gap.missing_from in partners
            and gap.measure in selection.measures
            and set(selection.listed_by) <= set(gap.listed_by)
        ):
            yield gap
