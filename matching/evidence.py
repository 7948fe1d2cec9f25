"""What one feature says about two profiles, and what it is worth."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How far two profiles agree on one feature. Missing: at least one side is silent."""

    MISSING = "missing"
    SAME = "same"
    CLOSE = "close"
    PARTIAL = "partial"
    COMPATIBLE = "compatible"
    APART = "apart"
    DIFFERENT = "different"
    FAR = "far"


@dataclass(frozen=True, slots=True)
class Fact:
    """What a feature found: the level, the values that show it, a sentence for the reviewer.

    `amount` multiplies the weight of the level, where the fact comes in amounts.
    """

    level: Level
    left: str = ""
    right: str = ""
    sentence: str = ""
    amount: float = 1.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact with the weight that the model gives it, in nats; positive speaks for the same."""

    feature: str
    level: Level
    left: str
    right: str
    weight: float
    sentence: str


MISSING = Fact(Level.MISSING)
