"""Atrocity-related conduct that an authority names in its own words, found by rule.

A passage is a proposal: a person confirms it before a designation counts as stated. A passage with
a doubt may be a false hit, or speak of somebody else. The words are data: `reference/conduct.toml`.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from registry.domain import statement
from registry.domain.party import Party
from registry.domain.phrases import pattern
from registry.domain.statement import LINK, Actor, Mention, Sentence

MOST_WORDS = 40  # of a quote


class Family(StrEnum):
    """Conduct that counts as atrocity-related; general words ("repression") do not."""

    MASS_ATROCITY = "mass-atrocity"
    UNLAWFUL_KILLING = "unlawful-killing"
    TORTURE = "torture"
    SEXUAL_VIOLENCE = "sexual-violence"
    DETENTION = "detention"
    CHILDREN = "children"
    CIVILIANS = "civilians"
    CHEMICAL_WEAPONS = "chemical-weapons"
    SLAVERY = "slavery"


class Doubt(StrEnum):
    """Why a passage may not be what is stated of the designee."""

    NEGATED = "negated"
    DENIAL = "denial"  # what is stated is that the designee denied or excused it
    VICTIM = "victim"
    OPPONENT = "opponent"
    INVESTIGATOR = "investigator"
    CHARGE = "charge"  # a charge or an accusation, reported and not made by the authority
    EMPLOYER = "employer"
    OTHER_SUBJECT = "other-subject"


@dataclass(frozen=True, slots=True)
class Passage:
    """Conduct named in a statement: a quote of at most 40 words, exactly as it stands there.

    `start` is its place in the statement in characters, `sentence` the number of its sentence
    from 1, `whole` that sentence.
    """

    families: tuple[Family, ...]
    quote: str
    start: int
    sentence: int
    whole: str
    doubt: Doubt | None = None


def passages(text: str, party: Party) -> tuple[Passage, ...]:
    """Find the conduct that the authority names in a statement about this party.

    One passage for each sentence, of what is stated of the designee if anything is; a further one
    where forty words do not hold all of it.
    """
    if not _anything().search(text):
        return ()
    found: list[Passage] = []
    for sentence in statement.read(text, party):
        hits = [(hit, _doubt(sentence, hit)) for hit in _hits(sentence.text)]
        plain = [hit for hit, doubt in hits if doubt is None]
        if plain:
            found += _quoted(sentence, plain, None)
        elif hits:
            doubt = hits[0][1]
            found += _quoted(sentence, [hit for hit, each in hits if each is doubt], doubt)
    return tuple(found)


def families(quote: str) -> tuple[Family, ...]:
    """The families of conduct that a quote names, in the order of the list."""
    return _in_order(hit.family for hit in _hits(quote))


@dataclass(frozen=True, slots=True)
class _Hit:
    family: Family
    start: int
    end: int


def _hits(text: str) -> list[_Hit]:
    """Where conduct is named, titles of laws and bodies left out."""
    found = [
        _Hit(family, hit.start(), hit.end())
        for family, words in _families().items()
        for hit in words.finditer(text)
    ]
    return sorted(
        (hit for hit in found if not _in_title(text, hit)), key=lambda hit: (hit.start, hit.end)
    )


def _in_title(text: str, hit: _Hit) -> bool:
    titles = _titles()
    if titles.before.search(text, 0, hit.start):
        return True
    if not text[hit.start].isupper():
        return False
    return titles.after.match(text, hit.end) is not None


def _quoted(sentence: Sentence, hits: list[_Hit], doubt: Doubt | None) -> Iterator[Passage]:
    words = list(re.finditer(r"\S+", sentence.text))
    while hits:
        first = _place(words, hits[0].start + 1)
        end = words[min(first + MOST_WORDS, len(words)) - 1].end()
        inside = [hit for hit in hits if hit.end <= end] or hits[:1]
        stop = _stop(words, _place(words, inside[-1].end), first + MOST_WORDS)
        begin = max(0, stop - MOST_WORDS)
        start, end = words[begin].start(), words[stop - 1].end()
        yield Passage(
            _in_order(hit.family for hit in inside),
            sentence.text[start:end],
            sentence.start + start,
            sentence.number,
            sentence.text,
            doubt,
        )
        hits = [hit for hit in hits if hit.end > end]


_FURTHER = 10  # words behind the conduct in which a quote may find an end
_TAIL = 4  # words that it keeps where it finds none


def _place(words: Sequence[re.Match[str]], character: int) -> int:
    """The number of the word in which a character stands."""
    return next((n for n, word in enumerate(words) if word.end() >= character), len(words) - 1)


def _stop(words: Sequence[re.Match[str]], last: int, most: int) -> int:
    """Where to end a quote whose conduct ends with word `last`: at the next pause if it is near."""
    if len(words) <= MOST_WORDS:
        return len(words)
    for place in range(last, min(last + _FURTHER, most, len(words))):
        if words[place][0][-1] in ",;:.)":
            return place + 1
    return min(last + _TAIL, most, len(words))


def _in_order(found: Iterable[Family]) -> tuple[Family, ...]:
    named = frozenset(found)
    return tuple(family for family in Family if family in named)


_CLAUSE = re.compile(r"[;:]|, (?:and|but|while|where)\b")
_RELATIVE = re.compile(r"\b(?:who|whose|whom|which|where|in whose)\b", re.IGNORECASE)
_IS_ONE = re.compile(r"(?:is|was|are|were|being|has been) (?:also )?(?:an?|one of|among)\b[^,;]*$")
_ABSTRACT = re.compile(
    r"\b(?:actions?|activit(?:y|ies)|polic(?:y|ies)|acts?|conduct|campaigns?|operations?|violations?"
    r"|abuses?|decisions?|measures|systems?|programmes?|treatment)(?: in)?$"
)
_NEAR = 60  # characters before a hit in which a word speaks of it
# "under his command", "during X’s tenure", "while she was its head"
_UNDER = re.compile(r"\b(?:under|during|throughout|within|at|on) (?:the )?$", re.IGNORECASE)
_COMMAND = re.compile(
    r"(?:[’']s)?\s(?:[\w-]+\s){0,3}?(?:command|leadership|control|authority|direction|supervision"
    r"|orders?|tenure|term|time|watch|oversight|responsibility|wardenship|presidency|mandate|rule)\b"
)
_WHILE = re.compile(r"\b(?:while|when) $", re.IGNORECASE)
_HEADED = re.compile(r"\s(?:was|headed|led|commanded|served|ran|held)\b")
_MEANWHILE = re.compile(r"\bduring which (?:time|period)\b")


def _is_in_charge(sentence: Sentence) -> bool:
    """Whether the conduct is said to be of people whom the designee commanded."""
    text = sentence.text
    if sentence.actor is Actor.DESIGNEE and _MEANWHILE.search(text):
        return True
    return any(
        (_UNDER.search(text, 0, each.start) and _COMMAND.match(text, each.end))
        or (_WHILE.search(text, 0, each.start) and _HEADED.match(text, each.end))
        for each in sentence.mentions
        if each.actor is Actor.DESIGNEE
    )


def _doubt(sentence: Sentence, hit: _Hit) -> Doubt | None:
    text, context = sentence.text, _context()
    agent = _agent(sentence, hit)
    mention = agent or _nearest(sentence, hit)
    opening = max((found.end() for found in _CLAUSE.finditer(text, 0, hit.start)), default=0)
    near = text[max(opening, hit.start - _NEAR) : hit.start]
    lead = text[mention.end if mention and mention.end <= hit.start else 0 : hit.start]
    if context["negation"].search(context["no_negation"].sub("", near)):
        return Doubt.NEGATED
    if context["denial"].search(near) and not context["no_negation"].search(near):
        return Doubt.DENIAL
    if context["victim"].search(near[-30:]) or _suffered(sentence, hit):
        return Doubt.VICTIM
    if not agent:
        if context["opponent"].search(near):
            return Doubt.OPPONENT
        if context["investigator"].search(near) and not context["no_investigator"].search(text):
            return Doubt.INVESTIGATOR
        if context["charge"].search(text[: hit.start]) and not context["no_charge"].search(text):
            return Doubt.CHARGE
        if context["employer"].search(lead) and _RELATIVE.search(lead):
            return Doubt.EMPLOYER
    if agent or _is_in_charge(sentence):
        return None
    return _whose(sentence, mention, lead)


def _whose(sentence: Sentence, mention: Mention | None, lead: str) -> Doubt | None:
    """Whether the conduct is somebody else's than the designee's or their bodies'."""
    if mention is None:
        inherited = sentence.actor in (Actor.DESIGNEE, Actor.BODY)
        return None if inherited and not _by_another(lead) else Doubt.OTHER_SUBJECT
    if sentence.actor is Actor.OTHER:
        return Doubt.OTHER_SUBJECT
    return Doubt.OTHER_SUBJECT if _by_another(lead) else None


def _by_another(lead: str) -> bool:
    """Whether a relative clause, a family tie or an association leads away from the designee."""
    if _context()["relative"].search(lead):
        return True
    relatives = list(_RELATIVE.finditer(lead))
    if not relatives:
        return False
    before = lead[: relatives[-1].start()].strip(" ,(")
    if not before or _IS_ONE.match(before) or _ABSTRACT.search(before):
        return False
    return LINK.search(before) is None


def _nearest(sentence: Sentence, hit: _Hit) -> Mention | None:
    before = [each for each in sentence.mentions if each.start < hit.start]
    return before[-1] if before else None


_BY = re.compile(
    r"\bby\b(?:\s(?:the|forces of|members of|agents of|troops of|soldiers of|officers of))?\s+$"
)


def _agent(sentence: Sentence, hit: _Hit) -> Mention | None:
    """The designee, or their body, where it is said by whom the conduct was."""
    for each in sentence.mentions:
        if each.start >= hit.end and _BY.search(sentence.text[hit.end : each.start]):
            return each
    return None


def _suffered(sentence: Sentence, hit: _Hit) -> bool:
    """Whether the designee is the one to whom it was done: "she was tortured"."""
    for each in sentence.mentions:
        if each.actor is Actor.DESIGNEE and each.start < hit.start:
            between = sentence.text[each.end : hit.end]
            if _context()["passive"].match(between.lstrip()):
                return True
    return False


@dataclass(frozen=True, slots=True)
class _Titles:
    before: re.Pattern[str]
    after: re.Pattern[str]


@cache
def _families() -> Mapping[Family, re.Pattern[str]]:
    return {Family(name): pattern(words) for name, words in _table()["families"].items()}


@cache
def _anything() -> re.Pattern[str]:
    return pattern(phrase for words in _table()["families"].values() for phrase in words)


@cache
def _titles() -> _Titles:
    table = _table()["titles"]
    join = rf"(?:[\s(,]+(?:{_either(table['joins'])}|[A-Z][\w’'-]*))*[\s(]+"
    return _Titles(
        re.compile(rf"\b(?:{_either(table['before'])})\b{join}$"),
        re.compile(
            rf"(?:[\s)(]+(?:and|of|the|\(?[A-Z][\w’'-]*\)?))*?[\s)]+"
            rf"(?:(?:{_either(table['after'])})\b|(?:{_either(table['regimes'])})\b)"
        ),
    )


@cache
def _context() -> Mapping[str, re.Pattern[str]]:
    return {name: pattern(words) for name, words in _table()["context"].items()}


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@cache
def _table() -> Mapping[str, Mapping[str, list[str]]]:
    found = files("registry.domain.reference").joinpath("conduct.toml").read_text("utf-8")
    return tomllib.loads(found)
