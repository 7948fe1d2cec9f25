"""Gaps: a measure that some partners impose on a subject and another does not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.domain.cell import GAPS, IN_FORCE, Cell, State, SubjectFacts
from registry.domain.designation import Measure
from registry.domain.identification import Identification, of_subject
from registry.domain.party import Kind
from registry.domain.programme import Confidence

MISSING_PARTNERS = ("US", "EU", "UK", "CA")  # the others are shown, never "missing"
SURE = frozenset({Confidence.HIGH, Confidence.MEDIUM})  # the others stay out of sight at first
TRANSPOSING = frozenset({"UK", "EU", "AU"})  # their own files carry the UN's entries


class GapType(StrEnum):
    NEVER_LISTED = "never-listed"
    MEASURE_MISSING = "measure-missing"
    FORMERLY_LISTED = "formerly-listed"
    TRANSPOSITION = "transposition"  # an alarm: the UN lists the subject, the partner's file not


@dataclass(frozen=True, slots=True)
class Gap:
    """A measure that others impose on a subject and `missing_from` does not.

    `first_listed_on` is the earliest date of a designation behind those who impose it. `note` is
    the absent cell's; `identification` tells how well the listings behind the gap say whom they
    mean; `imposing` are the cells of `listed_by`.
    """

    subject_id: str
    name: str
    kind: Kind
    missing_from: str
    measure: Measure
    state: State
    type: GapType
    listed_by: tuple[str, ...]
    first_listed_on: date | None
    basis: str
    confidence: Confidence
    note: str = ""
    identification: Identification = Identification.FIRM
    imposing: tuple[Cell, ...] = ()


def gaps(
    facts: SubjectFacts, coverage: Iterable[Cell], states: frozenset[State] = GAPS
) -> tuple[Gap, ...]:
    """The gaps in a subject's coverage: a measure in force with some partner, missing from one.

    `states` are those that count as missing; to show what was delisted apart, ask for it.
    """
    shown = tuple(coverage)
    missing = [cell for cell in shown if cell.state in states and cell.partner in MISSING_PARTNERS]
    imposing: dict[Measure, list[Cell]] = {}
    for cell in shown if missing else ():
        if cell.state in IN_FORCE and cell.comparable:
            imposing.setdefault(cell.measure, []).append(cell)
    return tuple(
        _gap(facts, cell, imposing[cell.measure]) for cell in missing if cell.measure in imposing
    )


def _gap(facts: SubjectFacts, cell: Cell, imposing: list[Cell]) -> Gap:
    listed_by = tuple(each.partner for each in imposing)
    dates = [
        support.listed_on for each in imposing for support in each.supports if support.listed_on
    ]
    surest = min((each.confidence for each in imposing), key=Confidence.doubt)
    identification = _identification(facts, imposing)
    return Gap(
        subject_id=facts.id,
        name=facts.name,
        kind=facts.kind,
        missing_from=cell.partner,
        measure=cell.measure,
        state=cell.state,
        type=_gap_type(cell, listed_by),
        listed_by=listed_by,
        first_listed_on=min(dates, default=None),
        basis=cell.basis,
        confidence=max(cell.confidence.lower(identification.doubt()), surest, key=Confidence.doubt),
        note=cell.note,
        identification=identification,
        imposing=tuple(imposing),
    )


def _identification(facts: SubjectFacts, imposing: Iterable[Cell]) -> Identification:
    behind = {support.key for cell in imposing for support in cell.supports}
    stated = [each.identification for each in facts.listings if each.key in behind]
    partners = len({each.partner for each in facts.listings})
    return of_subject(stated, partners=partners, namesakes=facts.namesakes)


def _gap_type(cell: Cell, listed_by: tuple[str, ...]) -> GapType:
    if cell.state is State.DELISTED:
        return GapType.FORMERLY_LISTED
    if "UN" in listed_by and cell.partner in TRANSPOSING:
        return GapType.TRANSPOSITION
    if cell.state is State.OTHER_MEASURE_ONLY:
        return GapType.MEASURE_MISSING
    return GapType.NEVER_LISTED
