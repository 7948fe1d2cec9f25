"""What officers enter by hand: who, why and on which source; only added to, never changed."""

from dataclasses import dataclass
from datetime import datetime


class InvalidRecord(Exception):
    """The record can not be kept; the message says why, for the officer.

    `field` names what is wrong in it, "" where that is more than one thing.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A record is taken back: it counts for nothing from then on and stays to be read."""

    officer: str
    reason: str
    withdrawn_at: datetime

    def __post_init__(self) -> None:
        require(officer=self.officer, reason=self.reason)

    @property
    def sentence(self) -> str:
        return f"{self.officer}, {self.withdrawn_at:%Y-%m-%d}: {self.reason}"


def require(**stated: str) -> None:
    """Raise InvalidRecord for the first of these that is empty."""
    for name, text in stated.items():
        if not text.strip():
            said = f"A {name.replace('_', ' ')} is needed: partners will read it."
            raise InvalidRecord(said, name)
