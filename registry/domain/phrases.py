"""Phrases as a lawyer writes them in a table, made into patterns.

`*` stands for any letters, `[s]` for letters that may be left out, `(a|b)` for either, `<3>` for up
to three words between. Words may be joined by a hyphen, and a hyphen may be left out. Case does
not matter.
"""

import re
from collections.abc import Iterable

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
    return re.compile(rf"\b(?:{expression(phrases)})(?!\w)", re.IGNORECASE)


def expression(phrases: Iterable[str]) -> str:
    """The same as a part of a larger pattern."""
    return "|".join(map(_expression, phrases))


def _expression(phrase: str) -> str:
    parts = []
    for found in _SIGNS.finditer(phrase):
        if most := found[1]:
            parts.append(rf"(?:[\s,/({_HYPHENS}]+{_WORD}\)?){{0,{most}}}?,?[\s({_HYPHENS}]+")
        else:
            parts.append(_SIMPLE.get(found[0]) or re.escape(found[0]))
    return "".join(parts)
