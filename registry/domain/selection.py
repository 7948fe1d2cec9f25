"""The one filter of pages, commands and exports: which subjects, and where they are missing.

Totals are equal at every door because every door asks here.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from registry.domain import reference
from registry.domain.cell import IN_FORCE, PARTNERS, Cell, State, SubjectFacts
from registry.domain.designation import Measure
from registry.domain.extent import Extent, extent
from registry.domain.gap import MISSING_PARTNERS, Gap, GapType, gaps
from registry.domain.party import Kind
from registry.domain.programme import Confidence
from registry.domain.roles import Role

__all__ = [
    "MISSING_PARTNERS",
    "PARTNERS",
    "Match",
    "Selection",
    "Traits",
    "fold",
    "gap_rows",
    "matches",
    "programmes_of",
    "shared_by",
    "traits",
]


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked for; an empty field asks for nothing in particular.

    `listed_by`: all of them, with the measure in force. `missing_from`: any of them, each by
    itself; the coordinating partners if empty. `states`: a cell in one of them, at one of the
    partners in `at` (at any if empty). `nexus` and `situation` are keys of the reference data.
    `programmes` are its keys, too, and `nationalities` ISO codes: any of them, on a listing in
    force. `roles`: any of them, as stated; whoever asks for one must have filled them in.
    `gap_types`: a gap of one of them. `listed_from` and `listed_until`, both included: the date of
    a designation in force, with one of `listed_by` if any is asked for. `confidence` is that of the
    gaps, any if empty. `text` holds words that must all occur in the names and references of a
    subject. `subjects`: these alone, by id. `shared_by`: that many of the coordinating partners
    impose the measure, or any measure. `extents`: the measure, or any measure, is shared so far.
    `as_of` is the day, None for today.
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
    programmes: frozenset[str] = frozenset()
    roles: frozenset[Role] = frozenset()
    nationalities: frozenset[str] = frozenset()
    gap_types: frozenset[GapType] = frozenset()
    listed_from: date | None = None
    listed_until: date | None = None
    subjects: frozenset[str] = frozenset()
    shared_by: frozenset[int] = frozenset()
    extents: frozenset[Extent] = frozenset()

    @property
    def asks_for_gaps(self) -> bool:
        """Whether subjects with nothing missing are beside the point."""
        return bool(self.missing_from or self.gap_types)

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
    roles: frozenset[Role] = frozenset()


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
    """Yield every subject that fits all that is asked but gaps, with what is missing."""
    conditions = tuple(_conditions(selection))
    missing = _missing(selection)
    # Tuples of a few: looking through them takes less than hashing a member of an Enum.
    sure = tuple(selection.confidence or Confidence)
    for each in subjects:
        for fits in conditions:
            if not fits(each):
                break
        else:
            found = missing(each)
            if not all(gap.confidence in sure for gap in found):
                yield Match(
                    each,
                    tuple(gap for gap in found if gap.confidence in sure),
                    tuple(gap for gap in found if gap.confidence not in sure),
                )
            else:
                yield Match(each, found)


def gap_rows(matched: Iterable[Match]) -> Iterator[Gap]:
    """A row for each gap, in the order of the subjects."""
    for match in matched:
        yield from match.missing


def fold(text: str) -> str:
    """The text as it is compared: without case and without marks on its letters."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _conditions(selection: Selection) -> Iterator[Callable[[Traits], bool]]:
    """A test for each thing that is asked: what is asked of tens of thousands is looked up once.
    Those that rule out most for least stand first."""
    if ids := selection.subjects:
        yield lambda subject: subject.facts.id in ids
    if kind := selection.kind:
        yield lambda subject: subject.facts.kind is kind
    if situation := selection.situation:
        yield lambda subject: situation in subject.situations
    if nexus := selection.nexus:
        yield lambda subject: subject.nexus in nexus
    if roles := selection.roles:
        yield lambda subject: not roles.isdisjoint(subject.roles)
    if numbers := selection.shared_by:
        measures = selection.measures
        yield lambda subject: shared_by(subject, measures) in numbers
    if extents := selection.extents:
        yield _is_shared_so_far(extents, selection.measures)
    if selection.listed_by:
        yield _is_listed(frozenset(selection.listed_by), selection.measures)
    if selection.states:
        yield _has_state(selection)
    for word in fold(selection.text).split():
        yield lambda subject, word=word: word in subject.text  # type: ignore[misc]
    if nationalities := selection.nationalities:
        yield lambda subject: any(
            not nationalities.isdisjoint(each.countries) for each in subject.facts.listings
        )
    if programmes := selection.programmes:
        yield lambda subject: not programmes.isdisjoint(programmes_of(subject))
    if selection.listed_from or selection.listed_until:
        yield _is_dated(selection)


def shared_by(subject: Traits, measures: Iterable[Measure]) -> int:
    """How many of the coordinating partners impose one of these measures."""
    imposing = frozenset[str]().union(*(subject.imposing[each] for each in measures))
    return len(imposing.intersection(MISSING_PARTNERS))


def _is_shared_so_far(
    extents: frozenset[Extent], measures: tuple[Measure, ...]
) -> Callable[[Traits], bool]:
    return lambda subject: any(
        extent(cell for cell in subject.cells if cell.measure is measure) in extents
        for measure in measures
    )


def programmes_of(subject: Traits) -> frozenset[str]:
    """The keys of the programmes under which a subject is designated; codes that the table of
    programmes does not know have none."""
    return frozenset(
        found.key
        for listed in subject.facts.listings
        for act in listed.designations
        if (found := reference.programme_for(listed.official_list, act.code, act.act))
    )


def _is_listed(wanted: frozenset[str], measures: tuple[Measure, ...]) -> Callable[[Traits], bool]:
    if len(measures) == 1:
        only = measures[0]
        return lambda subject: subject.imposing[only].issuperset(wanted)
    return lambda subject: any(subject.imposing[each].issuperset(wanted) for each in measures)


def _has_state(selection: Selection) -> Callable[[Traits], bool]:
    states, measures = tuple(selection.states), selection.measures
    partners = selection.at or PARTNERS
    return lambda subject: any(
        cell.state in states and cell.measure in measures and cell.partner in partners
        for cell in subject.cells
    )


def _is_dated(selection: Selection) -> Callable[[Traits], bool]:
    first = selection.listed_from or date.min
    last = selection.listed_until or date.max
    partners = selection.listed_by or PARTNERS
    return lambda subject: any(
        act.listed_on is not None and first <= act.listed_on <= last
        for listed in subject.facts.listings
        if listed.partner in partners
        for act in listed.designations
    )


def _missing(selection: Selection) -> Callable[[Traits], tuple[Gap, ...]]:
    partners = selection.missing_from or MISSING_PARTNERS
    measures = selection.measures
    types = tuple(selection.gap_types or GapType)
    listed_by = frozenset(selection.listed_by)
    if not (selection.asks_for_gaps or selection.measure or listed_by):
        return lambda subject: subject.gaps
    return lambda subject: tuple(
        gap
        for gap in subject.gaps
        if gap.missing_from in partners
        and gap.measure in measures
        and gap.type in types
        and listed_by.issubset(gap.listed_by)
    )
