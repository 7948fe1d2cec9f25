"""What an option's text means. Each raises ArgumentTypeError for a text that means nothing."""

import re
from argparse import ArgumentTypeError
from datetime import UTC, date, datetime

from registry.domain.days import FIRST_ACT
from registry.domain.programme import Confidence
from registry.domain.trail import Head

NEXUS = ("stated", "programme", "possible", "all")


def head(text: str) -> Head:
    count, _, digest = text.partition(":")
    if not count.isascii() or not count.isdigit() or not re.fullmatch("[0-9a-f]{64}", digest):
        raise ArgumentTypeError(f"{text!r} is no head; `registry audit verify` prints one")
    return Head(int(count), digest)


def day_by_now(text: str) -> date:
    """A day that has come, and on which something that still counts can have been done: nothing is
    known of a later one, and an earlier one is a slip of the hand."""
    found = day(text)
    if found > datetime.now(UTC).date():
        raise ArgumentTypeError(f"{text!r} is yet to come")
    if found.year < FIRST_ACT:
        raise ArgumentTypeError(f"{text!r} lies too far back: give a day from {FIRST_ACT} on")
    return found


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a date like 2026-05-12") from None


def positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)


def port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise ArgumentTypeError(f"{text!r} is not a port from 1 to 65535")
    return int(text)


def nexus(text: str) -> tuple[str, ...]:
    kinds = tuple(text.split(","))
    if unknown := [kind for kind in kinds if kind not in NEXUS]:
        raise ArgumentTypeError(f"{unknown[0]!r} is not one of {', '.join(NEXUS)}")
    return kinds


def confidence(text: str) -> frozenset[Confidence]:
    try:
        return frozenset(map(Confidence, text.split(",")))
    except ValueError:
        known = ",".join(Confidence)
        raise ArgumentTypeError(f"{text!r} is not made of {known}") from None
