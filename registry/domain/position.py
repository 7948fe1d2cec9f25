"""Positions: what each partner answers to a proposal, per subject and measure, in its own name."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.domain.days import require_near
from registry.domain.designation import Measure
from registry.domain.record import InvalidRecord


class Status(StrEnum):
    """What a partner's answer is; DESIGNATED is said by the lists and never by hand."""

    NOT_ASSESSED = "not-assessed"
    REVIEWING = "reviewing"
    EVIDENCE_REQUESTED = "evidence-requested"
    LEGALLY_INSUFFICIENT = "legally-insufficient"
    SUPPORTS = "supports"
    HOLD = "hold"
    OBJECTS = "objects"
    WILL_DESIGNATE = "will-designate"
    DESIGNATED = "designated"
    DECLINED = "declined"
    NO_AUTHORITY = "no-authority"


BY_HAND = tuple(each for each in Status if each is not Status.DESIGNATED)
# Others have to act on these: what is wanting must be said.
REASONED = frozenset(
    {Status.EVIDENCE_REQUESTED, Status.LEGALLY_INSUFFICIENT, Status.HOLD, Status.OBJECTS}
)


@dataclass(frozen=True, slots=True, order=True)
class Ask:
    """What a proposal seeks: that one partner imposes one measure on one subject."""

    subject_id: str
    measure: Measure
    partner: str


@dataclass(frozen=True, slots=True)
class Act:
    """The listing by which a partner designated, and the edition that shows it.

    `listed_on` is the date of the act as the list states it, None where it states none; `dated`
    is the edition's. `listing` is the listing's key.
    """

    official_list: str
    reference: str
    listing: str
    edition_id: int
    dated: date
    listed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """One answer. Answers are only added: a reader has the latest one that it may read.

    `act` is given just where the lists themselves say DESIGNATED; `automatic` marks what the
    registry entered from the lists. `by_on` is the day promised with WILL_DESIGNATE.
    """

    ask: Ask
    status: Status
    reason: str = ""
    by_on: date | None = None
    automatic: bool = False
    act: Act | None = None

    def __post_init__(self) -> None:
        if (self.status is Status.DESIGNATED) is (self.act is None):
            raise InvalidRecord("A position becomes designated by what a list shows, not by hand.")
        if self.status in REASONED and not self.reason.strip():
            raise InvalidRecord(
                f"“{self.status.value.replace('-', ' ')}” needs a reason: what would change it?",
                "reason",
            )
        if (self.status is Status.WILL_DESIGNATE) is (self.by_on is None):
            raise InvalidRecord(
                "“Will designate” needs a day, and no other position has one.", "by_on"
            )


def stated(position: Position, current: Position | None, affiliation: str, today: date) -> Position:
    """A position that an account of `affiliation` gives by hand, checked against the current one.

    Raises InvalidRecord: partners speak only for themselves, a promise lies ahead, and what a list
    shows is not taken back by hand.
    """
    if position.ask.partner != affiliation:
        raise InvalidRecord(f"Only {position.ask.partner} answers for {position.ask.partner}.")
    if position.by_on is not None and position.by_on < today:
        raise InvalidRecord(
            f"{position.by_on} is past: promise a day that is still to come.", "by_on"
        )
    require_near(today, by_on=position.by_on)
    if current is not None and current.status is Status.DESIGNATED:
        raise InvalidRecord(
            "The partner's list shows the designation. It is reopened by itself when the list "
            "shows it no more."
        )
    return position
