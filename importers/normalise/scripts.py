"""In which script a name is written, seen from its letters."""

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache

# The Unicode name of a letter begins with its script; Han, kana and hangul are kept apart.
SCRIPTS = {
    "LATIN": "Latn",
    "CYRILLIC": "Cyrl",
    "ARABIC": "Arab",
    "CJK": "Hani",
    "HIRAGANA": "Jpan",
    "KATAKANA": "Jpan",
    "HANGUL": "Kore",
    "GREEK": "Grek",
    "HEBREW": "Hebr",
    "MYANMAR": "Mymr",
    "THAI": "Thai",
    "GEORGIAN": "Geor",
    "ARMENIAN": "Armn",
    "DEVANAGARI": "Deva",
    "BENGALI": "Beng",
    "ETHIOPIC": "Ethi",
    "KHMER": "Khmr",
    "SINHALA": "Sinh",
    "TAMIL": "Taml",
    "LAO": "Laoo",
    "MONGOLIAN": "Mong",
    "GURMUKHI": "Guru",
}


LETTER = re.compile(r"[A-Za-z]")


@lru_cache(maxsize=4096)
def script(text: str) -> str:
    """The ISO 15924 code of the script of most letters, "" where there is no letter."""
    if text.isascii():
        return "Latn" if LETTER.search(text) else ""
    counts = Counter(map(_of, text))
    del counts[""]
    return max(counts, key=lambda code: (counts[code], code)) if counts else ""


@cache
def _of(character: str) -> str:
    if not character.isalpha():
        return ""
    word = unicodedata.name(character, "").partition(" ")[0].partition("-")[0]
    return SCRIPTS.get(word, "Zyyy" if word in ("MODIFIER", "FEMININE", "MASCULINE") else "Zzzz")
