"""Minors named in free text: found by their names in the registry, and left out of packages.

A name is compared word by word, without case, marks and punctuation, in whatever order its words
stand. A name of one word is too common to be anybody's, unless its script parts no words.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

from registry.domain.party import NamePart, NameRole, PartKind, Party

LEFT_OUT = "[name left out]"

# The words of a name, in the order of the alphabet.
Key = tuple[str, ...]

# Han, kana, Thai, Lao, Burmese, Khmer: written without blanks between words.
_UNPARTED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_Word = tuple[str, int, int]  # as it is compared, and where it stands in the text


def keys(party: Party) -> frozenset[Key]:
    """The names by which a text may name the party: whole, and its given with its family name."""
    found = set()
    for name in party.names:
        if name.role is NameRole.WEAK_ALIAS:
            continue
        found.add(_key(name.full))
        found.add(_key(" ".join(_parts(name.parts, PartKind.GIVEN, PartKind.FAMILY))))
    return frozenset(each for each in found if _is_telling(each))


def names_one_of(text: str, names: Collection[Key]) -> bool:
    """Whether the text names somebody by one of these names."""
    return bool(names) and next(_spans(text, names), None) is not None


def without(text: str, names: Collection[Key]) -> str:
    """The text with words in place of each of these names."""
    if not names:
        return text
    told, end = [], 0
    for first, last in sorted(_spans(text, names)):
        if first >= end:
            told += [text[end:first], LEFT_OUT]
        end = max(end, last)
    return "".join([*told, text[end:]])


def _spans(text: str, names: Collection[Key]) -> Iterator[tuple[int, int]]:
    words = list(_words(text))
    for size in {len(each) for each in names}:
        for at in range(len(words) - size + 1):
            window = words[at : at + size]
            if tuple(sorted(word for word, _, _ in window)) in names:
                yield window[0][1], window[-1][2]
    for name in names:
        if len(name) == 1 and _UNPARTED.search(name[0]):
            yield from (found.span() for found in re.finditer(re.escape(name[0]), text))


def _words(text: str) -> Iterator[_Word]:
    """Runs of letters, their marks and digits."""
    start = None
    for place, letter in enumerate(f"{text} "):
        if unicodedata.category(letter)[0] in "LMN":
            start = place if start is None else start
        elif start is not None:
            yield _folded(text[start:place]), start, place
            start = None


def _folded(word: str) -> str:
    """Without case, and without marks where a script can do without them."""
    plain = unicodedata.normalize("NFKD", word).casefold()
    if _UNPARTED.search(plain):
        return plain
    return "".join(each for each in plain if unicodedata.category(each) != "Mn")


def _key(text: str) -> Key:
    return tuple(sorted(word for word, _, _ in _words(text)))


def _is_telling(key: Key) -> bool:
    return len(key) > 1 or bool(key and len(key[0]) > 1 and _UNPARTED.search(key[0]))


def _parts(parts: Iterable[NamePart], *kinds: PartKind) -> list[str]:
    return [each.value for each in parts if each.kind in kinds]
