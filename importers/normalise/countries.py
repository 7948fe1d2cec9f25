"""Country names as lists write them, in English or French, as ISO 3166-1 codes."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from anyascii import anyascii
from babel import Locale

from registry.domain.party import Country

NOTE = re.compile(r"\s*[(\[].*?[)\]]\s*")
TODAY = re.compile(r"\b(?:now|currently)\s+([^()]+)", re.IGNORECASE)  # "Former USSR, now Belarus"


def country(raw: str, own: tuple[tuple[str, str], ...] = ()) -> Country:
    """Resolve a stated country; one that is not known keeps its raw text and has no code.

    `own` are a list's own words for countries, folded, each with its code.
    """
    return Country(raw, _resolve(raw, own))


@lru_cache(maxsize=16384)
def _resolve(raw: str, stated: tuple[tuple[str, str], ...]) -> str:
    codes, own = _codes(), dict(stated)
    today = TODAY.findall(raw)
    for text in (raw, *today, NOTE.sub(" ", raw), raw.split("/")[0], raw.split(",")[0]):
        folded = _fold(text)
        if folded in own:
            return own[folded]
        if folded in codes:
            return codes[folded]
    if re.fullmatch(r"[A-Z]{2}", raw.strip()) and raw.strip() in _iso():
        return raw.strip()
    return ""


def _fold(text: str) -> str:
    ascii_text = anyascii(text).casefold()
    words = re.sub(r"[^a-z ]+", " ", ascii_text).split()
    return " ".join(word for word in words if word not in ("the", "of", "and"))


@cache
def _iso() -> frozenset[str]:
    return frozenset(filter(re.compile(r"[A-Z]{2}").fullmatch, map(str, Locale("en").territories)))


@cache
def _codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for language in ("fr", "en"):
        for code, name in Locale(language).territories.items():
            if re.fullmatch(r"[A-Z]{2}", code) and code not in ("ZZ", "EU", "EZ", "UN", "XA", "XB"):
                codes[_fold(name)] = code
    text = files("importers.normalise").joinpath("countries.toml").read_text(encoding="utf-8")
    for code, names in tomllib.loads(text).items():
        codes.update({_fold(name): code for name in names})
    return codes
