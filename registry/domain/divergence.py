"""Delisting divergence: a measure that one partner has dropped and others keep."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from registry.domain.cell import IN_FORCE, State
from registry.domain.designation import Measure
from registry.domain.selection import Traits


@dataclass(frozen=True, slots=True)
class Divergence:
    """`dropped_by` had the subject on a list and has it no more, as seen on an edition of
    `gone_by`; `measures` are those that the partners in `kept_by` still have in force."""

    subject: Traits
    dropped_by: str
    gone_by: date | None
    measures: tuple[Measure, ...]
    kept_by: tuple[str, ...]


def divergences(subjects: Iterable[Traits], since: date | None = None) -> Iterator[Divergence]:
    """Those of all partners, subject by subject; `since`: only what was gone that day or later."""
    for subject in subjects:
        if subject.facts.former:
            for each in _of(subject):
                if since is None or (each.gone_by is not None and each.gone_by >= since):
                    yield each


def _of(subject: Traits) -> Iterator[Divergence]:
    dropped: dict[str, list[Measure]] = {}
    for cell in subject.cells:
        if cell.state is State.DELISTED and subject.imposing[cell.measure]:
            dropped.setdefault(cell.partner, []).append(cell.measure)
    for partner, measures in dropped.items():
        gone = [
            each.delisted_on
            for each in subject.facts.former
            if each.partner == partner and each.delisted_on
        ]
        yield Divergence(
            subject,
            partner,
            max(gone, default=None),
            tuple(measures),
            tuple(
                dict.fromkeys(
                    cell.partner
                    for cell in subject.cells
                    if cell.state in IN_FORCE and cell.measure in measures
                )
            ),
        )
