"""Proposals close themselves: after an import and a reconcile, what the lists show now."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from importers import catalogue
from registry.domain import closing
from registry.domain.cell import Cell, State, Support
from registry.domain.closing import Change
from registry.domain.history import Entry, Event
from registry.domain.law import IN_WORDS, in_words
from registry.domain.portion import Portion, latest
from registry.domain.position import Act, Ask, Position, Status
from registry.domain.programme import Confidence
from registry.domain.proposal import Proposal, by_the_lists, words
from registry.domain.selection import Traits
from registry.services import assess, chronicle, lot, overrides
from registry.services.assess import Coverage
from registry.store import portions, proposals, standing, subjects

REGISTRY = "registry"  # the affiliation of what no account did


@dataclass(frozen=True, slots=True)
class Closed:
    """How many positions the lists changed."""

    designated: int = 0
    reopened: int = 0
    candidates: int = 0

    @property
    def sentence(self) -> str:
        """Behind another sentence, for the operator: it counts what few may read. "" if nothing was
        changed."""
        if not self.designated and not self.reopened:
            return ""
        return (
            f" Positions in proposals: {self.designated} became designated, "
            f"{self.reopened} reopened."
        )

    def __add__(self, other: "Closed") -> "Closed":
        return Closed(
            self.designated + other.designated,
            self.reopened + other.reopened,
            self.candidates + other.candidates,
        )


def close(session: Session, today: date, at: datetime) -> Closed:
    """Bring every proposal up to date with the lists; call it after each reconcile.

    A position becomes designated when a confirmed listing of its subject carries the measure, and
    is reopened when none does any more. A candidate asks for review. Watchers are told.
    """
    open_ones = proposals.open_ones(session)
    if not open_ones:
        return Closed()
    # Not remembered: this transaction may still be undone.
    coverage = assess.assess(session, today, today)
    by_id = {each.facts.id: each for each in coverage.subjects}
    edition_of = editions(session, coverage)
    done = Closed()
    for each in open_ones:
        done += settle(session, each, by_id, edition_of, at)
    return done


def settle(
    session: Session,
    proposal: Proposal,
    by_id: Mapping[str, Traits],
    edition_of: Callable[[Support], Act | None],
    at: datetime,
) -> Closed:
    """Bring one proposal up to date with the coverage of a day, by subject; `edition_of` is what
    `editions` gives for that day."""
    positions = portions.current_positions(session, proposal.id)
    given = latest(positions)
    told_before = proposals.awaiting_review(session, proposal.id)
    awaiting: set[Ask] = set()
    news: list[Position] = []
    undone: list[Position] = []
    for ask in proposal.asks:
        cell = _cell(session, by_id, ask)
        if closing.awaits_review(cell):
            awaiting.add(ask)
        said = given.get(ask)
        change = closing.settled(ask, cell, said.value if said else None, edition_of)
        if change is not None:
            kind, position = change
            (news if kind is Change.DESIGNATED else undone).append(position)
            _enter(session, proposal, kind, position, at)
    for ask in sorted(awaiting - told_before):
        _tell(
            session,
            proposal,
            Event.CANDIDATE,
            f"{what(proposal, ask)}: an entry of the partner may be the subject, and awaits review",
            at,
        )
    proposals.set_awaiting_review(session, proposal.id, frozenset(awaiting))
    by_lists = latest(each for each in positions if each.value.automatic)
    settled = {ask: each.value for ask, each in by_lists.items()}
    settled |= {each.ask: each for each in (*news, *undone)}
    reopened = _banner(proposal, settled)
    designated = _designated(proposal, given, news, undone)
    _advance(session, proposal, designated, reopened, at, news=bool(news), undone=bool(undone))
    return Closed(len(news), len(undone), len(awaiting - told_before))


def what(proposal: Proposal, ask: Ask) -> str:
    """An ask in words: the partner, the measure and the subject."""
    name = proposal.names[ask.subject_id]
    return f"{ask.partner}, {IN_WORDS[ask.measure]} on {name}"


def _cell(session: Session, by_id: Mapping[str, Traits], ask: Ask) -> Cell:
    """The coverage of an ask; a subject that was merged stands under its successor."""
    subject = subjects.find(session, ask.subject_id)
    traits = by_id.get(subject.id) if subject else None
    cells = traits.cells if traits else ()
    return next(
        (
            overrides.cell_unsigned(session, each)
            for each in cells
            if (each.partner, each.measure) == (ask.partner, ask.measure)
        ),
        Cell(
            ask.partner,
            ask.measure,
            State.NOT_FOUND,
            "no list names the subject",
            Confidence.LOW,
            None,
        ),
    )


def editions(session: Session, coverage: Coverage) -> Callable[[Support], Act | None]:
    """What finds the act that a cell rests on, with the edition in use that shows it."""
    on = coverage.world.on
    in_use = standing.editions_in_use(session, catalogue.official_lists(), on)

    def find(support: Support) -> Act | None:
        edition, dated = (
            in_use.get(support.official_list),
            coverage.world.dated(support.official_list),
        )
        if edition is None or dated is None:
            return None
        return Act(
            support.official_list,
            support.reference,
            support.key,
            edition,
            dated,
            support.listed_on,
        )

    return find


def _designated(
    proposal: Proposal,
    given: Mapping[Ask, Portion[Position]],
    news: Iterable[Position],
    undone: Iterable[Position],
) -> int:
    shown = {ask for ask, each in given.items() if each.value.status is Status.DESIGNATED}
    now = (shown | {each.ask for each in news}) - {each.ask for each in undone}
    return len(now.intersection(proposal.asks))


def _enter(
    session: Session, proposal: Proposal, change: Change, position: Position, at: datetime
) -> None:
    """What a list shows is public: its position has the proposal's own mark."""
    portion = Portion(lot.drawn(), position, proposal.marking, True, None, REGISTRY, at)
    portions.add(session, proposal.id, portion)
    if position.act is not None:
        act = position.act
        detail = (
            f"{what(proposal, position.ask)}: designated, {act.official_list} {act.reference}, "
            f"edition of {in_words(act.dated)}"
        )
    else:
        detail = f"{what(proposal, position.ask)}: reopened. {position.reason}"
    _tell(session, proposal, Event(change), detail, at, portion.id)


def _banner(proposal: Proposal, settled: Mapping[Ask, Position]) -> str:
    """What the lists showed and show no more of all that is sought, whatever was answered since;
    "" if nothing. `settled` is the last that the lists themselves said of each ask."""
    return " ".join(
        f"{what(proposal, ask)}: {settled[ask].reason}"
        for ask in proposal.asks
        if ask in settled and settled[ask].status is not Status.DESIGNATED
    )


def _advance(
    session: Session,
    proposal: Proposal,
    designated: int,
    reopened: str,
    at: datetime,
    *,
    news: bool,
    undone: bool,
) -> None:
    stage = by_the_lists(proposal.stage, len(proposal.asks), designated, news=news, undone=undone)
    if (stage, reopened) == (proposal.stage, proposal.reopened):
        return
    proposals.update(session, replace(proposal, stage=stage, reopened=reopened))
    if stage is not proposal.stage:
        detail = f"{words(proposal.stage)} → {words(stage)}, by what the lists show"
        _tell(session, proposal, Event.STAGE, detail, at)


def _tell(
    session: Session,
    proposal: Proposal,
    event: Event,
    detail: str,
    at: datetime,
    portion: str = "",
) -> None:
    entry = Entry(event, detail, None, REGISTRY, at, portion=portion)
    chronicle.record(session, proposal.id, entry)
