"""Which words a raw entry states, and which of them its parsed entry still says."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass

from importers.base import ParsedEntry

WORD = re.compile(r"\w+")


def words(texts: Iterable[str]) -> set[str]:
    """The words of texts; numbers without leading zeros, so that 4 is said by 04."""
    return {
        (word.lstrip("0") or "0") if word.isdecimal() else word.casefold()
        for text in texts
        for word in WORD.findall(text)
    }


def said(entry: ParsedEntry) -> set[str]:
    """Every word that a parsed entry says outside its raw text."""
    return words(
        text
        for each in fields(entry)
        if each.name != "raw"
        for text in _texts(getattr(entry, each.name))
    )


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _texts(getattr(value, each.name))
