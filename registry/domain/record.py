"""What officers enter by hand: who, why and on which source; only added to, never changed."""

from dataclasses import dataclass
from datetime import datetime


class InvalidRecord(Exception):
    """The record can not be kept; the message says why, for the officer."""


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
            raise InvalidRecord(f"A {name.replace('_', ' ')} is needed: partners will read it.")
