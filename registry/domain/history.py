"""The history of a proposal: every change, in the order in which they were made."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from registry.domain.handling import Marking


class Event(StrEnum):
    CREATED = "created"
    EDITED = "edited"
    SUBJECTS = "subjects"
    SECTION = "section"
    POSITION = "position"
    DESIGNATED = "designated"
    REOPENED = "reopened"
    CANDIDATE = "candidate"
    STAGE = "stage"
    MARKING = "marking"
    EVIDENCE = "evidence"
    EVIDENCE_WITHDRAWN = "evidence-withdrawn"
    COMMENT = "comment"
    TASK = "task"
    TASK_DONE = "task-done"
    WAIVER = "waiver"
    RELEASE_ASKED = "release-asked"
    RELEASE_ANSWERED = "release-answered"


@dataclass(frozen=True, slots=True)
class Entry:
    """One change. `detail` says what was changed; `before` and `after` are whole texts, "" where
    there are none. `account` is None where the registry itself acted; `portion` is the public id
    of the portion that was changed, "" for the proposal itself. `marking` is what a reader is
    shown it under, None while it is being written."""

    event: Event
    detail: str
    account: int | None
    affiliation: str
    at: datetime
    before: str = ""
    after: str = ""
    portion: str = ""
    marking: Marking | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """What an account was told; `proposal` is the proposal's id, `title` its title."""

    id: str
    proposal: str
    title: str
    entry: Entry
    read_at: datetime | None
