"""The portions of a proposal: each is marked by itself and shown with its mark."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

from registry.domain.handling import Marking
from registry.domain.position import Ask, Position
from registry.domain.proposal import MOST_TEXT
from registry.domain.record import InvalidRecord, require


class PortionKind(StrEnum):
    SECTION = "section"
    POSITION = "position"
    EVIDENCE = "evidence"
    COMMENT = "comment"
    TASK = "task"
    WAIVER = "waiver"
    RELEASE_REQUEST = "release-request"


@dataclass(frozen=True, slots=True)
class Comment:
    text: str

    def __post_init__(self) -> None:
        if not 0 < len(self.text.strip()) <= MOST_TEXT:
            raise InvalidRecord(f"A comment has 1 to {MOST_TEXT:,} characters.", "text")


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be done by one account, `assignee`, for its own affiliation."""

    text: str
    assignee: int
    due_on: date | None = None
    done_at: datetime | None = None

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise InvalidRecord("Say what is to be done.", "text")


@dataclass(frozen=True, slots=True)
class Waiver:
    """The risks of mistaken identity that somebody accepted for a subject, and why."""

    subject_id: str
    risks: tuple[str, ...]
    reason: str

    def __post_init__(self) -> None:
        require(reason=self.reason)


Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Portion(Generic[Value]):
    """A portion as one who may read it sees it.

    `id` is its public one. `follows` tells that it always has the proposal's mark. `account` is
    the id of its author, None where the registry itself added it from the lists; `affiliation` is
    the author's.
    """

    id: str
    value: Value
    marking: Marking
    follows: bool
    account: int | None
    affiliation: str
    added_at: datetime


def latest(positions: Iterable[Portion[Position]]) -> dict[Ask, Portion[Position]]:
    """By ask, the last of these positions; `positions` in the order in which they were given.

    Who may not read a partner's newest position has the last one released to it, just as if
    nothing had been said since.
    """
    return {each.value.ask: each for each in positions}
