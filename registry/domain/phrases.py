"""Phrases as a lawyer writes them in a table, made into patterns.

`*` stands for any letters, `[s]` for letters that may be left out, `(a|b)` for either, `<3>` for up
to three words between. Words may be joined by a hyphen, and a hyphen may be left out. Case does
not matter.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

_SIGNS = re.compile(r"\*|\[|\]|\(|\||\)| ?<(\d)> ?| |-|[^*\[\]()|<> -]+")
_HYPHENS = r"\-‐‑–"
_WORD = r"[\w’'‐‑-]+"
_SIMPLE = {
    "*": r"[\w’'‐‑-]*",
    "[": "(?:",
    "]": ")?",
    "(": "(?:",
    "|": "|",
    ")": ")",
    " ": rf",?[\s{_HYPHENS}]+",
    "-": rf"[\s{_HYPHENS}]?",
}


def pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Match any of the phrases as whole words."""
    return re.compile(rf"\b(?:{expression(phrases)})(?!\w)")


def expression(phrases: Iterable[str]) -> str:
    """The same as a part of a larger pattern.

    The first letter is looked at by itself, so that at a place in a text only those few phrases are
    tried that begin with the letter that stands there.
    """
    by_first: dict[str, list[str]] = {}
    for phrase in (one for each in phrases for one in _by_beginning(each)):
        first = phrase[0] if phrase[0].isalpha() else ""
        by_first.setdefault(first, []).append(_expression(phrase).removeprefix(first))
    return "|".join(
        rf"{f'[{first}{first.upper()}]' if first else ''}(?i:{'|'.join(rest)})"
        for first, rest in by_first.items()
    )


def _by_beginning(phrase: str) -> Iterator[str]:
    """What begins with `(a|b)` as a phrase that begins with `a` and one that begins with `b`."""
    if not phrase.startswith("("):
        yield phrase
        return
    depth, ends = 0, [0]
    for place, sign in enumerate(phrase):
        depth += (sign == "(") - (sign == ")")
        if (depth, sign) in ((1, "|"), (0, ")")):
            ends.append(place)
        if depth == 0:
            break
    for before, end in pairwise(ends):
        yield phrase[before + 1 : end] + phrase[ends[-1] + 1 :]


def _expression(phrase: str) -> str:
    parts = []
    for found in _SIGNS.finditer(phrase):
        if most := found[1]:
            parts.append(rf"(?:[\s,/({_HYPHENS}]+{_WORD}\)?){{0,{most}}}?,?[\s({_HYPHENS}]+")
        else:
            parts.append(_SIMPLE.get(found[0]) or re.escape(found[0]))
    return "".join(parts)
