"""A paper: what a document says, before it is set as Word or PDF.

Text is text: nothing in it is ever read as markup. Both writers set the same paper, so that what
one recipient reads in Word another reads in PDF.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

# Overrides and embeddings turn the order of what stands beside them: "UK eht rof" for a marking.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
REPLACEMENT = "\ufffd"
_LONGEST = 100_000  # characters of one text; a longer one is a mistake, and no reader's need
CUT = " … [cut: the machine-readable file has it whole]"


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` is 1 for a part of the paper, 2 and 3 below it; none is left out on the way down."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. A `note` is set small: how to read what stands above it."""

    text: str
    note: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words, and who said them where."""

    text: str
    said_by: str


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`widths` are the columns' shares of the page. The first cell of a row names the row."""

    headers: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str


Block = Heading | Text | Quote | Bullets | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """A document with the `banner` at the top and the bottom of every page.

    `label` says beside it what the paper is not; `lead` are its facts at a glance (label, text).
    """

    title: str
    subtitle: str
    banner: str
    label: str
    made_on: date
    lead: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]


def clean(text: str) -> str:
    """Text as it can be set: no control characters, nothing that turns the order of the line.

    What no font can show, since it is no character, stays visible as a replacement sign.
    """
    plain = _CONTROL.sub("", _TURNING.sub("", text))
    plain = "".join(
        REPLACEMENT if unicodedata.category(each) in ("Cn", "Co", "Cs") else each for each in plain
    )
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - len(CUT)] + CUT
