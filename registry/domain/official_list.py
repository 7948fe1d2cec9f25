"""Official lists and their editions: what an authority publishes, as fetched at one moment."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class OfficialList:
    """What an authority publishes under one name.

    `expected_age` is the number of days after which an edition counts as stale. A list that is
    `retired` is kept as history and never says what is in force today.
    """

    key: str
    partner: str
    authority: str
    title: str
    expected_age: int
    licence: str
    attribution: str
    landing_url: str = ""
    retired_on: date | None = None


class EditionState(StrEnum):
    ACCEPTED = "accepted"
    QUARANTINED = "quarantined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Edition:
    """An official list as fetched at one moment: its bytes are kept under their sha256."""

    id: int
    official_list: str
    sha256: str
    format: str
    published_on: date | None
    received_at: datetime
    state: EditionState
    entries: int
    listings: int

    @property
    def dated(self) -> date:
        """The publisher's date, or the day we received it where the publisher gives none."""
        return self.published_on or self.received_at.date()

    @property
    def date_text(self) -> str:
        if self.published_on:
            return f"{self.published_on.day} {self.published_on:%B %Y}"
        received = self.received_at
        return f"received {received.day} {received:%B %Y}, publisher's date unknown"
