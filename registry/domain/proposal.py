"""Proposals: joint designations, from the draft to the day when the lists show the acts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from registry.domain import handling
from registry.domain.account import Account, Role, has_role
from registry.domain.handling import Level, Marking, NotAllowed, Reader, in_order, may_read
from registry.domain.position import Ask
from registry.domain.record import InvalidRecord, require

MOST_SUBJECTS = 50
MOST_TEXT = 20_000  # characters of one text


class Stage(StrEnum):
    DRAFT = "draft"
    CIRCULATED = "circulated"
    UNDER_CONSIDERATION = "under-consideration"
    AGREED = "agreed"
    CLOSING = "closing"
    CLOSED = "closed"
    PARTLY_CLOSED = "partly-closed"
    WITHDRAWN = "withdrawn"


# By hand. CLOSED, and CLOSING again after it, come from the lists alone: see `by_the_lists`.
MOVES: Mapping[Stage, tuple[Stage, ...]] = {
    Stage.DRAFT: (Stage.CIRCULATED, Stage.WITHDRAWN),
    Stage.CIRCULATED: (Stage.UNDER_CONSIDERATION, Stage.WITHDRAWN),
    Stage.UNDER_CONSIDERATION: (Stage.AGREED, Stage.WITHDRAWN),
    Stage.AGREED: (Stage.CLOSING, Stage.PARTLY_CLOSED, Stage.WITHDRAWN),
    Stage.CLOSING: (Stage.PARTLY_CLOSED, Stage.WITHDRAWN),
    Stage.CLOSED: (),
    Stage.PARTLY_CLOSED: (Stage.CLOSING,),
    Stage.WITHDRAWN: (),
}
# Partners answer from circulation until nothing is sought any more.
ANSWERABLE = frozenset(
    {Stage.CIRCULATED, Stage.UNDER_CONSIDERATION, Stage.AGREED, Stage.CLOSING, Stage.PARTLY_CLOSED}
)
DRAFTERS = frozenset({Role.POLICY, Role.OFFICER})
# Subjects are taken in until partners agree on those that there are.
OPEN_TO_SUBJECTS = frozenset({Stage.DRAFT, Stage.CIRCULATED, Stage.UNDER_CONSIDERATION})
EDITABLE = frozenset(Stage) - {Stage.CLOSED, Stage.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject of a proposal; `name` as the registry showed it when it was taken in. `removed_at`
    is set on one that was taken out again."""

    id: str
    name: str
    removed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A joint designation that an originator proposes: a package of subjects with what is sought.

    `former` are subjects that were taken out: what was said of them stays in the history, and
    nothing is sought on them.
    `situation` is a key of the reference data, "" for none. `target_on` is the day aimed at,
    `agreed_on` the day of the agreement; until `embargo_until` nothing of it is announced. Until
    `circulated_at` it is its originator's alone, whatever its mark.
    `reopened` says what the lists show no more, "" where nothing was reopened. `revision` grows
    with every edit of its own fields.
    """

    id: str
    title: str
    summary: str
    situation: str
    stage: Stage
    marking: Marking
    subjects: tuple[Subject, ...]
    asks: tuple[Ask, ...]
    created_at: datetime
    created_by: int
    revision: int = 1
    target_on: date | None = None
    embargo_until: date | None = None
    agreed_on: date | None = None
    circulated_at: datetime | None = None
    reopened: str = ""
    former: tuple[Subject, ...] = ()

    def __post_init__(self) -> None:
        require(title=self.title)
        if len(self.marking.originators) != 1:
            raise InvalidRecord("A proposal has one originator.")
        if max(len(self.title) * 50, len(self.summary)) > MOST_TEXT:
            raise InvalidRecord(
                f"A title takes at most {MOST_TEXT // 50} characters, a summary {MOST_TEXT:,}."
            )
        if not self.subjects:
            raise InvalidRecord(
                "A proposal needs a subject: choose one from the coverage.", "subjects"
            )
        if len(self.subjects) > MOST_SUBJECTS:
            raise InvalidRecord(f"A proposal takes at most {MOST_SUBJECTS} subjects.", "subjects")
        if not self.asks:
            raise InvalidRecord(
                "A proposal seeks a measure from a partner: choose at least one.", "measures"
            )
        if not {each.subject_id for each in self.asks} <= {each.id for each in self.subjects}:
            raise InvalidRecord("A measure is sought on somebody who is not in the proposal.")
        if self.agreed_on and self.target_on and self.target_on < self.agreed_on:
            raise InvalidRecord("The target date lies before the agreement.", "target_on")

    @property
    def originator(self) -> str:
        return next(iter(self.marking.originators))

    @property
    def names(self) -> Mapping[str, str]:
        """By id, the names of the subjects, also of those that were taken out."""
        return {each.id: each.name for each in (*self.former, *self.subjects)}

    @property
    def partners(self) -> tuple[str, ...]:
        """The partners that are asked for something, in their order."""
        return tuple(in_order({each.partner for each in self.asks}))


def moved(proposal: Proposal, to: Stage, today: date, designated: int = 0) -> Stage:
    """The stage that the originator moves a proposal to by hand.

    `designated` counts the asks that the lists show as designated. Raises InvalidRecord.
    """
    if to not in MOVES[proposal.stage]:
        raise InvalidRecord(
            f"A proposal that is {words(proposal.stage)} can not become {words(to)}."
        )
    if to is Stage.AGREED and proposal.target_on is None:
        raise InvalidRecord("An agreement names the day aimed at: enter a target date first.")
    if to is Stage.AGREED and proposal.target_on is not None and proposal.target_on < today:
        raise InvalidRecord("The target date is past: enter the day agreed on.")
    if to is Stage.PARTLY_CLOSED and not 0 < designated < len(proposal.asks):
        raise InvalidRecord(
            "Partly closed means that some of what is sought is on the lists and some is not; "
            f"now it is {designated} of {len(proposal.asks)}."
        )
    return to


def require_drafter(account: Account) -> None:
    """Proposals are made by the policy staff and the officers of partners and the secretariat."""
    if not has_role(account, DRAFTERS):
        raise NotAllowed("A proposal is made by policy staff or an officer.")


def require_originator(account: Account, proposal: Proposal) -> None:
    """A proposal is changed by its originator alone; others answer, comment and add evidence."""
    require_drafter(account)
    if account.affiliation != proposal.originator:
        raise NotAllowed(f"Only {proposal.originator} changes this proposal: it is its originator.")
    require_open(proposal)


def require_open(proposal: Proposal) -> None:
    """Raise InvalidRecord for a proposal that has come to its end."""
    if proposal.stage not in EDITABLE:
        raise InvalidRecord(f"This proposal is {words(proposal.stage)} and is changed no more.")


def unreleased(proposal: Proposal) -> tuple[str, ...]:
    """The partners that are asked and may not read what is sought from them."""
    return tuple(each for each in proposal.partners if each not in proposal.marking.releasable_to)


def unnamed(proposal: Proposal, named: Collection[str]) -> tuple[str, ...]:
    """The partners that are asked for what is RED, and of which its mark names nobody who may
    answer. RED is for the eyes and ears of individual recipients only (TLP 2.0); `named` are the
    affiliations of those whom the mark names."""
    if proposal.marking.level is not Level.RED:
        return ()
    return tuple(each for each in proposal.partners if each not in named)


def may_circulate(
    proposal: Proposal, exculpatory_missing: tuple[str, ...], named: Collection[str] = ()
) -> None:
    """Raise InvalidRecord unless every partner that is asked may read the proposal and what speaks
    for each subject is written down; `exculpatory_missing` names those of whom nothing is, `named`
    is as in `unnamed`."""
    if hidden := unreleased(proposal):
        raise InvalidRecord(
            f"{', '.join(hidden)} can not read what is sought there: release the proposal to "
            f"{', '.join(hidden)} before it is circulated."
        )
    if nobody := unnamed(proposal, named):
        raise InvalidRecord(
            "TLP:RED is for the eyes of named individuals: name an officer or policy staff of "
            f"{', '.join(nobody)} in its mark, by the name of the account."
        )
    if exculpatory_missing:
        raise InvalidRecord(
            "What speaks for the subject is not written down yet (write “none found” and where "
            f"you looked, if so): {', '.join(exculpatory_missing)}."
        )


def visible(proposal: Proposal, reader: Reader) -> bool:
    """Whether the proposal is there for this reader."""
    if not may_read(reader, proposal.marking):
        return False
    return proposal.circulated_at is not None or reader.affiliations == {proposal.originator}


def audience(
    marks: Iterable[Marking], originator: str, circulated_at: datetime | None
) -> frozenset[str]:
    """The affiliations whose auditors may know of something in a proposal that has these marks, the
    proposal's own among them; of what is in a draft those of its originator alone."""
    found = handling.audience(marks)
    return found if circulated_at else found & {originator}


def by_the_lists(stage: Stage, asks: int, designated: int, *, news: bool, undone: bool) -> Stage:
    """The stage after the lists were read again.

    `news` tells that a position became designated just now, `undone` that one is so no more. A
    draft and a withdrawn proposal stay what they are.
    """
    if stage in (Stage.DRAFT, Stage.WITHDRAWN):
        return stage
    if undone and stage in (Stage.CLOSED, Stage.PARTLY_CLOSED):
        return Stage.CLOSING
    if asks and designated == asks:
        return Stage.CLOSED
    if news and stage is Stage.AGREED:
        return Stage.CLOSING
    return stage


def words(stage: Stage) -> str:
    return stage.value.replace("-", " ")
