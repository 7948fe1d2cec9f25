"""Words of a name, brought to one script and one spelling so that they can be compared.

Three grades of likeness: the word itself in lower-case ASCII; its `sound`, in which the usual
transliterations of one name fall together; its `skeleton`, the consonants of the sound, since
Arabic and Persian do not write short vowels.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

from anyascii import anyascii

from matching.burmese import BURMESE, romanised

# Letters that look alike: a Latin name must not hide behind one Cyrillic letter, nor the reverse.
CYRILLIC_LOOKS = "АВЕЅІЈКМНОРСТУХаеѕіјорсух"
LATIN_LOOKS = "ABESIJKMHOPCTYXaesijopcyx"
TO_LATIN = str.maketrans(CYRILLIC_LOOKS, LATIN_LOOKS)
TO_CYRILLIC = str.maketrans(LATIN_LOOKS, CYRILLIC_LOOKS)
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
LATIN = re.compile(r"[A-Za-z]")
CLOSED_UP = re.compile(r"[’‘'`ʼʹʻʿʾ´ʺ\u200b-\u200f]")
OUTSIDE = re.compile(r"[^a-z0-9]+")
ENDING_IN_N = re.compile(r"[\u0400-\u04ff]*[Нн]\b")
DOTTED = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?")


@cache
def words_of(section: str) -> Mapping[str, tuple[str, ...]]:
    """A section of `words.toml`: the words by their meaning."""
    data = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    return {meaning: tuple(words) for meaning, words in data[section].items()}


@cache
def meanings(section: str) -> Mapping[str, str]:
    """A section of `words.toml`: the meaning by word."""
    return {word: meaning for meaning, words in words_of(section).items() for word in words}


@cache
def filler(kind: str) -> frozenset[str]:
    """Words that say nothing in a name or an address of this kind."""
    return frozenset(words_of("filler")[kind])


def words(text: str) -> list[str]:
    """The words of a text in lower-case ASCII, apostrophes and abbreviations closed up."""
    if not text.isascii():
        if CYRILLIC.search(text) and LATIN.search(text):
            text = " ".join(map(_in_one_script, text.split()))
        if BURMESE.search(text):
            text = romanised(text)
        text = anyascii(CLOSED_UP.sub("", text))
    text = CLOSED_UP.sub("", text).lower()
    if "." in text:
        text = DOTTED.sub(lambda found: found[0].replace(".", "") + " ", text)
    return OUTSIDE.sub(" ", text).split()


def nasal(text: str) -> list[str]:
    """The words of a text in Cyrillic that end in н: Russian writes so the ng of names from the
    east of Asia, too. Аун is Aung, Пэн is Peng."""
    return [word for each in ENDING_IN_N.findall(text) for word in words(each)]


def _in_one_script(word: str) -> str:
    cyrillic, latin = len(CYRILLIC.findall(word)), len(LATIN.findall(word))
    if not cyrillic or not latin:
        return word
    return word.translate(TO_CYRILLIC if cyrillic >= latin else TO_LATIN)


# Applied in this order; vowels fall into three classes (a e, i y, o u).
SOUND = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"tech", "tekh"),
        (r"shch|tsch|szcz|sch|tch|sh|ch|cz|sz", "S"),
        (r"dzh|dj|zh", "j"),
        (r"x", "ks"),
        (r"ck|q|c(?![eiy])", "k"),
        (r"c", "s"),
        (r"ts|tz|z", "s"),
        (r"kh", "h"),
        (r"gh", "g"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"dh", "d"),
        (r"wh|w", "v"),
        (r"(?<=[aeiouy])j(?![aeiouy])", "i"),
        (r"ou|oo", "u"),
        (r"ee(?!v)", "i"),
        (r"a[eiy]{2,}$", "i"),
        (r"[aei][iy]+(?![aeou])", "i"),
        (r"[iy]+(?=[aeou])", ""),
        (r"[iy]+", "i"),
        (r"[ae]+", "a"),
        (r"[ou]+", "u"),
        (r"(?<=[bdfgjklmnprstv])h(?=[^aiu]|$)", ""),
        (r"h$", ""),
    )
)
ABBREVIATION = 4  # letters
DOUBLED = re.compile(r"(.)\1+")
VOWELS = re.compile(r"[aiu]")


@lru_cache(maxsize=1 << 19)
def sound(word: str) -> str:
    """The word as it sounds, roughly: equal for the usual transliterations of one name."""
    if word.isdigit():
        return word
    heard = word
    for pattern, letter in SOUND:
        heard = pattern.sub(letter, heard)
    return DOUBLED.sub(r"\1", heard).lower() or word


@lru_cache(maxsize=1 << 19)
def skeleton(heard: str) -> str:
    """The consonants of a sound; the first letter stays even if it is a vowel."""
    return heard if heard.isdigit() else heard[:1] + DOUBLED.sub(r"\1", VOWELS.sub("", heard[1:]))


def _heard(word: str) -> str:
    """Long words of a phrase are known by their sound, short ones by their letters."""
    return sound(word) if len(word) > ABBREVIATION else word


@cache
def _phrases(section: str) -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, meaning in meanings(section).items():
        parts = tuple(map(_heard, phrase.split()))
        by_first.setdefault(parts[0], []).append((parts, meaning))
    return {
        first: tuple(sorted(set(phrases), key=lambda each: (-len(each[0]), each)))
        for first, phrases in by_first.items()
    }


def without_legal_forms(name: Sequence[str]) -> tuple[list[str], frozenset[str]]:
    """Take the legal forms out of an organisation's words; a name of nothing else stays whole."""
    phrases = _phrases("legal_forms")
    heard = tuple(map(_heard, name))
    kept: list[str] = []
    forms: set[str] = set()
    place = 0
    while place < len(name):
        for parts, form in phrases.get(heard[place], ()):
            if heard[place : place + len(parts)] == parts:
                forms.add(form)
                place += len(parts)
                break
        else:
            kept.append(name[place])
            place += 1
    return (kept, frozenset(forms)) if kept else (list(name), frozenset())


ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)$")
SLAVIC = re.compile(r"(?<=[a-z]{4})sk(?:iy|ii|yy|yi|y|i|aya|aia|oe|oye|ogo|oy|om)?$")
DEDICATION = (("imeni",), ("im",), ("named", "after"))


def translated(name: Sequence[str]) -> list[str]:
    """An organisation's words in English where `words.toml` knows them, figures as figures; of a
    Slavic adjective of place its root (Kazan, Kazanskiy; Votkinsk, Votkinsky)."""
    phrases = _phrases("phrases")
    english = [each for word in name for each in _english(word)]
    heard = tuple(map(_heard, english))
    found: list[str] = []
    place = 0
    while place < len(english):
        for parts, meaning in phrases.get(heard[place], ()):
            if heard[place : place + len(parts)] == parts:
                found.append(meaning)
                place += len(parts)
                break
        else:
            found.append(english[place])
            place += 1
    return found


@lru_cache(maxsize=1 << 16)
def _english(word: str) -> tuple[str, ...]:
    if meaning := meanings("translations").get(word) or meanings("numbers").get(word):
        return (meaning,)
    if ordinal := ORDINAL.match(word):
        return (ordinal[1],)
    beginnings = meanings("beginnings")
    for length in range(len(word), 3, -1):
        if meaning := beginnings.get(word[:length]):
            return tuple(meaning.split())
    return (SLAVIC.sub("", word),)


def without_country(name: Sequence[str]) -> list[str]:
    """The words after that of the body's own country, with which a list may begin or not: the
    Republican Guard is the Syrian one on a list of Syria. In the middle or at the end of a name, a
    country tells one branch from another."""
    begins = translated(name[:1])
    return list(name[1:] if begins and set(begins) <= _countries() else name)


@cache
def _countries() -> frozenset[str]:
    return frozenset(words_of("countries")["own"])


def initials_together(name: Sequence[str]) -> list[str]:
    """The words with two letters that stand together beside others written as one: V V is V.V."""
    found: list[str] = []
    for alone, words in groupby(name, key=lambda word: len(word) == 1 and word.isalpha()):
        run = list(words)
        found += ["".join(run)] if alone and len(run) == 2 < len(name) else run
    return found


def spelled_out(name: Sequence[str]) -> list[str]:
    """The words with what `words.toml` has abbreviations for in full."""
    full = meanings("abbreviations")
    return [each for word in name for each in full.get(word, word).split()]


def without_dedication(name: Sequence[str]) -> list[str]:
    """The words before "named after" somebody, which many lists leave out."""
    for place in range(1, len(name)):
        if any(tuple(name[place : place + len(each)]) == each for each in DEDICATION):
            return list(name[:place])
    return list(name)


def without_superior(name: Sequence[str]) -> list[str]:
    """The words before "of" what a numbered body is a part of: the 33rd Light Infantry Division
    is named with or without its army."""
    if name and name[0][0].isdigit() and "of" in name:
        return list(name[: name.index("of")])
    return list(name)
