"""An edition that somebody uploaded: what it would change is shown before it is used."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from registry.domain.changes import ChangeKind, Difference


class UploadState(StrEnum):
    """SENT: to be examined. REFUSED: no edition of this list. USED: imported or in quarantine."""

    SENT = "sent"
    EXAMINED = "examined"
    REFUSED = "refused"
    USED = "used"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Report:
    """An entry that could not be imported, and why."""

    line: int
    reference: str
    reason: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What an edition would change if it were used.

    `failures` are failed gates: with them it can be used for a reason only, and never if it is
    `broken`. `compared_with` is the date of the edition in force, None if there is none; `is_older`
    that the file is older than that one, so that it would be history only. `counts` are listings
    by kind of change; `differences` are the first of each
    kind, `reports` the first of all.
    """

    dated: date
    is_dated: bool
    format: str
    sha256: str
    entries: int
    listings: int
    reported: int
    broken: bool
    is_known: bool
    failures: tuple[str, ...]
    warnings: tuple[str, ...]
    compared_with: date | None
    is_older: bool
    counts: tuple[tuple[ChangeKind, int], ...]
    differences: tuple[Difference, ...]
    reports: tuple[Report, ...]
    unmapped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent. `message` says what became of it, `preview` is there once examined."""

    id: int
    official_list: str
    token: str
    file_name: str
    size: int
    published_on: date | None
    uploaded_by: str
    received_at: datetime
    state: UploadState
    message: str
    preview: Preview | None = None

    @property
    def is_open(self) -> bool:
        return self.state in (UploadState.SENT, UploadState.EXAMINED)
