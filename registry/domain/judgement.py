"""A reviewer's verdict on whether two listings describe the same subject."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class InvalidJudgement(Exception):
    """The judgement can not be recorded; the message says why, for the reviewer."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """`left` and `right` are listing keys, in either order."""

    left: str
    right: str
    verdict: Verdict
    reviewer: str
    reason: str
    judged_at: datetime

    def __post_init__(self) -> None:
        if self.left == self.right:
            raise InvalidJudgement(f"{self.left} can not be judged against itself.")
        if not self.reason.strip():
            raise InvalidJudgement("A judgement needs a reason: partners will read it.")
        if not self.reviewer.strip():
            raise InvalidJudgement("A judgement needs a reviewer.")
