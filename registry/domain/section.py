"""The sections of a proposal: what is written on each subject, and how two edits meet."""

from dataclasses import dataclass
from enum import StrEnum

from registry.domain.proposal import MOST_TEXT
from registry.domain.record import InvalidRecord


class Heading(StrEnum):
    """In the order in which a brief prints them; those of _PER_PARTNER are written per partner."""

    IDENTIFIERS = "identifiers"
    FACTS = "facts"
    COVERAGE = "coverage"
    CONDUCT = "conduct"
    ROLE = "role"
    INSTRUMENT = "instrument"
    LEGAL_TEST = "legal-test"
    EXCULPATORY = "exculpatory"


PER_PARTNER = frozenset({Heading.INSTRUMENT, Heading.LEGAL_TEST})


@dataclass(frozen=True, slots=True)
class Section:
    """A text under a heading on one subject, for one partner where the heading is per partner.

    Plain text, a fact a line, its source behind it in brackets. `revision` grows with each edit.
    """

    subject_id: str
    heading: Heading
    text: str
    partner: str = ""
    revision: int = 1

    def __post_init__(self) -> None:
        if (self.heading in PER_PARTNER) is not bool(self.partner):
            raise InvalidRecord(f"{self.heading.value}: a partner is named just where it is asked.")
        if len(self.text) > MOST_TEXT:
            raise InvalidRecord(f"A section takes at most {MOST_TEXT:,} characters.", "text")

    @property
    def is_empty(self) -> bool:
        return not self.text.strip()


class Overtaken(Exception):
    """Somebody saved another text since this edit was begun; both are here, neither is lost.

    `revision` is the one that a new try has to start from.
    """

    def __init__(self, yours: str, theirs: str, revision: int) -> None:
        super().__init__("Somebody else saved a change while you were writing. Nothing is lost.")
        self.yours = yours
        self.theirs = theirs
        self.revision = revision


def next_revision(started_from: int, revision: int, *, yours: str, theirs: str) -> int:
    """The revision that an edit makes. Raises Overtaken unless it started from the present one."""
    if started_from != revision:
        raise Overtaken(yours, theirs, revision)
    return revision + 1
