"""The one filter of pages, commands and exports: which subjects, and where they are missing.

Totals are equal at every door because every door asks here.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from registry.domain.coverage import GAPS, IN_FORCE, Cell, State, SubjectFacts
from registry.domain.designation import Measure
from registry.domain.party import Kind
from registry.domain.publication import GapRow

COORDINATING = ("US", "EU", "UK", "CA")  # the partners whose gaps are counted
PARTNERS = (*COORDINATING, "UN", "AU")  # the others are shown, never "missing"


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked for; an empty field asks for nothing in particular.

    `listed_by`: all of them, with the measure in force. `missing_from`: any of them, each by
    itself; the coordinating partners if empty. `states` are those that count as missing.
    `nexus` and `situation` are keys of the reference data. `text` holds words that must all occur
    in the names and references of a subject. `as_of` is the day, None for today.
    """

    listed_by: tuple[str, ...] = ()
    missing_from: tuple[str, ...] = ()
    measure: Measure | None = None
    situation: str = ""
    nexus: frozenset[str] = frozenset()
    kind: Kind | None = None
    text: str = ""
    states: frozenset[State] = GAPS
    as_of: date | None = None

    @property
    def measures(self) -> tuple[Measure, ...]:
        return (self.measure,) if self.measure else tuple(Measure)


@dataclass(frozen=True, slots=True)
class Traits:
    """What a selection looks at in a subject, made once for many selections.

    `imposing` are the partners that have a measure in force, `text` the folded names and
    references, `first_listed_on` the earliest date of the acts in force, per measure.
    """

    facts: SubjectFacts
    cells: tuple[Cell, ...]
    imposing: Mapping[Measure, frozenset[str]]
    first_listed_on: Mapping[Measure, date | None]
    text: str
    situations: frozenset[str] = frozenset()
    nexus: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A subject that fits, with its cells that count as missing: none if nothing is."""

    subject: Traits
    missing: tuple[Cell, ...]


def traits(
    facts: SubjectFacts,
    cells: tuple[Cell, ...],
    situations: frozenset[str] = frozenset(),
    nexus: str = "",
) -> Traits:
    in_force = [cell for cell in cells if cell.state in IN_FORCE]
    listings = (*facts.listings, *facts.former)
    texts = (facts.name, facts.id, *(f"{each.name} {each.reference}" for each in listings))
    return Traits(
        facts,
        cells,
        {m: frozenset(cell.partner for cell in in_force if cell.measure is m) for m in Measure},
        {m: _earliest(cell for cell in in_force if cell.measure is m) for m in Measure},
        fold(" ".join(dict.fromkeys(texts))),
        situations,
        nexus,
    )


def matches(selection: Selection, subjects: Iterable[Traits]) -> Iterator[Match]:
    """Yield every subject that fits all but `missing_from` and `states`, with what is missing."""
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
        if _is_listed(selection, each):
            yield Match(each, tuple(_missing(selection, each)))


def gap_rows(matched: Iterable[Match]) -> Iterator[GapRow]:
    """A row for each missing cell, in the order of the subjects, the partners and the measures."""
    for match in matched:
        subject = match.subject
        for cell in match.missing:
            imposing = subject.imposing[cell.measure]
            yield GapRow(
                subject_id=subject.facts.id,
                name=subject.facts.name,
                kind=subject.facts.kind,
                missing_from=cell.partner,
                measure=cell.measure,
                state=cell.state,
                listed_by=tuple(partner for partner in PARTNERS if partner in imposing),
                first_listed_on=subject.first_listed_on[cell.measure],
                basis=cell.basis,
                confidence=cell.confidence,
            )


def fold(text: str) -> str:
    """The text as it is compared: without case and without marks on its letters."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _is_listed(selection: Selection, subject: Traits) -> bool:
    wanted = selection.listed_by
    return not wanted or any(
        subject.imposing[measure].issuperset(wanted) for measure in selection.measures
    )


def _missing(selection: Selection, subject: Traits) -> Iterator[Cell]:
    """A state of absence is a gap only where some partner imposes what is absent."""
    partners = selection.missing_from or COORDINATING
    for cell in subject.cells:
        if cell.state not in selection.states or cell.partner not in partners:
            continue
        if cell.measure not in selection.measures:
            continue
        imposing = subject.imposing[cell.measure]
        if imposing.issuperset(selection.listed_by) and (imposing or cell.state not in GAPS):
            yield cell


def _earliest(cells: Iterable[Cell]) -> date | None:
    dates = [each.listed_on for cell in cells for each in cell.supports if each.listed_on]
    return min(dates, default=None)
