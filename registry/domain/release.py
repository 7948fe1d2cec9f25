"""Re-dissemination by consent: a reader asks the originator to release something to another one.

The one that it is asked for learns nothing of it before the originator consents.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from registry.domain.handling import AFFILIATIONS, Level, Marking, in_order
from registry.domain.proposal import MOST_TEXT
from registry.domain.record import InvalidRecord, require


class Answer(StrEnum):
    OPEN = "open"
    GRANTED = "granted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class ReleaseRequest:
    """`about` is the public id of the portion that is asked for, "" for the proposal itself;
    `asked_for` is the affiliation to which it is to be released."""

    about: str
    asked_for: str
    reason: str
    answer: Answer = Answer.OPEN
    answer_reason: str = ""

    def __post_init__(self) -> None:
        require(reason=self.reason)
        if max(len(self.reason), len(self.answer_reason)) > MOST_TEXT:
            raise InvalidRecord(f"A reason takes at most {MOST_TEXT:,} characters.")
        if self.answer is Answer.DECLINED and not self.answer_reason.strip():
            raise InvalidRecord("Say why you decline: whoever asked will read it.")


def require_askable(marking: Marking, asker: str, asked_for: str) -> None:
    """Raise InvalidRecord unless an account of the affiliation `asker` has to ask for this."""
    if marking.originators == {asker}:
        raise InvalidRecord(f"{asker} is its originator: release it by marking it anew.")
    if len(marking.originators) != 1:
        raise InvalidRecord("Ask the originators of its parts one by one.")
    if marking.level is Level.RED:
        raise InvalidRecord(
            "TLP:RED is for the individuals that its mark names, and goes no further."
        )
    if asked_for not in AFFILIATIONS:
        raise InvalidRecord(f"Something is released to one of {', '.join(AFFILIATIONS)}.")
    if asked_for in marking.releasable_to:
        raise InvalidRecord(f"It is released to {asked_for} already.")


def granted(marking: Marking, asked_for: str) -> Marking:
    """The mark that also releases to the one that it was asked for."""
    return replace(marking, releasable_to=marking.releasable_to | {asked_for})


def originator(marking: Marking) -> str:
    return in_order(marking.originators)[0]
