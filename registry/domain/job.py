"""Work that a request asks for and a worker does: fetching, importing, reconciling."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LIFELESS = timedelta(minutes=5)  # a worker stores an edition, its longest silence, in far less


class JobKind(StrEnum):
    """EXAMINE reads an uploaded edition and changes nothing; ACCEPT uses one in quarantine."""

    FETCH = "fetch"
    EXAMINE = "examine"
    IMPORT = "import"
    ACCEPT = "accept"
    WITHDRAW = "withdraw"
    RECONCILE = "reconcile"


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


ACTIVE = frozenset({JobState.WAITING, JobState.RUNNING})
CHANGING = frozenset({JobKind.FETCH, JobKind.IMPORT, JobKind.ACCEPT, JobKind.WITHDRAW})


class JobRefused(Exception):
    """The job can not be asked for now; the message says why, for the user."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: `about` is an upload's number (EXAMINE, IMPORT) or an edition's (ACCEPT,
    WITHDRAW); `reason` why an edition is accepted or withdrawn."""

    kind: JobKind
    official_list: str = ""
    about: int | None = None
    reason: str = ""

    @property
    def claim(self) -> str:
        """No two active jobs have the same: one list is changed by one job at a time."""
        if self.kind in CHANGING:
            return f"list {self.official_list}"
        return f"{self.kind.value} {self.about or ''}".strip()


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it stands; `share` of it is done, `step` says what is being done."""

    id: int
    order: Order
    state: JobState
    share: float
    step: str
    started_by: str
    asked_at: datetime
    began_at: datetime | None
    beat_at: datetime | None
    ended_at: datetime | None
    message: str

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    def is_lost(self, now: datetime) -> bool:
        """Whether its worker has given no sign of life for so long that it must be gone."""
        if self.state is not JobState.RUNNING or self.beat_at is None:
            return False
        return now - self.beat_at > LIFELESS
