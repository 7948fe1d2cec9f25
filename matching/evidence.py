"""What one feature says about two profiles, and what it is worth.

Tuples, since many of them are made for every pair and a dataclass takes three times as long.
"""

from enum import StrEnum
from typing import NamedTuple


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


class Fact(NamedTuple):
    """What a feature found: the level, the values that show it, a sentence for the reviewer.

    `amount` multiplies the weight of the level, where the fact comes in amounts.
    """

    level: Level
    left: str = ""
    right: str = ""
    sentence: str = ""
    amount: float = 1.0


class Evidence(NamedTuple):
    """A fact with the weight that the model gives it, in nats; positive speaks for the same."""

    feature: str
    level: Level
    left: str
    right: str
    weight: float
    sentence: str


MISSING = Fact(Level.MISSING)
