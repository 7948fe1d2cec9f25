"""A partner's board: everything that is asked of it, as far as a reader may see it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from registry.domain.handling import Reader
from registry.domain.portion import Portion, latest
from registry.domain.position import Ask, Position, Status
from registry.domain.proposal import ANSWERABLE, Proposal, Stage
from registry.store import portions, proposals


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One ask; `position` is the last one that the reader may read, None if there is none."""

    proposal: Proposal
    ask: Ask
    subject: str
    position: Portion[Position] | None

    @property
    def status(self) -> Status:
        return self.position.value.status if self.position else Status.NOT_ASSESSED

    @property
    def due_on(self) -> date | None:
        """The day that was promised, else the proposal's target."""
        promised = self.position.value.by_on if self.position else None
        return promised or self.proposal.target_on


def board(session: Session, reader: Reader, partner: str) -> list[BoardRow]:
    """The asks to the partner in proposals that are under way, those that are due first."""
    stages = ANSWERABLE | {Stage.CLOSED}
    found = proposals.readable(session, reader, sorted(stages))
    given = portions.positions_by_proposal(session, reader, [each.id for each in found])
    rows = []
    for each in found:
        own = latest(given[each.id])
        names = {subject.id: subject.name for subject in each.subjects}
        rows += [
            BoardRow(each, ask, names[ask.subject_id], own.get(ask))
            for ask in each.asks
            if ask.partner == partner
        ]
    return sorted(
        rows,
        key=lambda row: (
            row.status is Status.DESIGNATED,
            row.due_on or date.max,
            row.proposal.title,
            row.subject,
            row.ask,
        ),
    )
