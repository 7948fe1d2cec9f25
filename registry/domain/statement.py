"""A statement of reasons, read: its sentences, and of whom each of them speaks.

A statement is about the designee, named or by a pronoun, and about bodies that it says the designee
leads, serves in or supports; whoever else it names is somebody else. The reading is rough and
English only: what it yields are proposals for a reviewer. The words are in
`reference/statement.toml`.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from registry.domain.party import Kind, Party
from registry.domain.phrases import expression, pattern

ALIKE = 0.72  # two spellings of one word of a name
OPENING = 60  # characters in which a sentence shows of whom it speaks


class Actor(StrEnum):
    """Of whom a sentence speaks. NOBODY: it names none ("there is evidence that …")."""

    DESIGNEE = "designee"
    BODY = "body"
    OTHER = "other"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Mention:
    """The designee, or a body that they lead, serve in or support; a place in the sentence."""

    actor: Actor
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its number from 1 and its place in the statement.

    `actor` is whom it begins with; one that begins with a pronoun or a role goes on about whom the
    last one spoke. `mentions` are of the designee and of bodies, in their order.
    """

    number: int
    start: int
    text: str
    actor: Actor
    mentions: tuple[Mention, ...]


def read(text: str, party: Party) -> tuple[Sentence, ...]:
    """Read what is stated of this party."""
    names = _Names(text, party)
    sentences = []
    last = Actor.DESIGNEE
    for number, (start, each) in enumerate(split(text), start=1):
        mentions = tuple(names.mentions(each, last))
        actor = _actor(each, mentions, last, names)
        if actor is Actor.OTHER:
            mentions = tuple(names.mentions(each, actor))
        sentences.append(Sentence(number, start, each, actor, mentions))
        if actor is not Actor.NOBODY:
            last = actor
    return tuple(sentences)


def split(text: str) -> Iterator[tuple[int, str]]:
    """Yield each sentence with its place; abbreviations and initials end none."""
    start = 0
    for found in _ENDS.finditer(text):
        following = text[found.end() :].lstrip()
        if found[0].strip() and (
            _ABBREVIATION.search(text[start : found.start()])
            or (following and following[0].islower())
        ):
            continue
        yield from _trimmed(text, start, found.end())
        start = found.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    part = text[start:end]
    if plain := part.strip():
        yield start + part.index(plain[0]), plain


_TABLE: Mapping[str, list[str]] = tomllib.loads(
    files("registry.domain.reference").joinpath("statement.toml").read_text("utf-8")
)
_NO_NAME = frozenset(_TABLE["no_name"])
_COMMON = frozenset(_TABLE["common"])
_PERSON = pattern(_TABLE["persons"])
_THING = pattern(_TABLE["things"])
LINK = pattern(_TABLE["links"])
_KIN = pattern(_TABLE["kin"])
_UPPER = "[A-ZÀ-ÞĀ-Ž]"
_SMALL = "of|the|and|for|in|on|de|du|des|la|al|el|bin|ibn"
_RUN = re.compile(
    rf"(?:{_UPPER}|\d)[\w’'‐-]*+(?:,? (?:(?:{_SMALL}) ){{0,3}}{_UPPER}[\w’'‐-]*+"
    rf"| \d\w*+| \([“\"‘]?{_UPPER}[\w-]*+[”\"’]?\))*+"
)
_WORD = re.compile(r"[^\W_][\w’'‐-]*")
_NAME_WORD = re.compile(r"[^\W_][\w’']*")
_BODY = re.compile(
    rf"\b(?:{expression(_TABLE['links'])})"
    rf"(?i:[ ,]+(?:{expression(_TABLE['between'])}|[\w-]+-based)\b)*[ ,]+[“\"(‘]?(?={_UPPER}|\d)"
)
_ABBREVIATION = re.compile(
    rf"\b(?:[A-Z]|(?i:{'|'.join(map(re.escape, _TABLE['abbreviations']))}))$"
)
_ENDS = re.compile(r"[.!?][\"”’)\]]*(?=\s)|(?<=[a-z)]{3})\.(?=[A-Z][a-z])|\n+")
_ANAPHOR = re.compile(
    r"(?:These|This|Those|Such|Here|There(?:fore|by)|In (?:this|that|these|his|her|its|their)\b.*?"
    r"|(?:Under|During) (?:his|her|its|their)\b)\b"
)
# A sentence without a subject: "In particular, carrying on …", "Administered a system …"
_FRAGMENT = re.compile(
    r"(?:In particular|Specifically|Namely|Furthermore|Additionally|Moreover|Also),? (?=[a-z])"
    r"(?!the|an?|there|many|several|some)|[A-Z]\w+ed\b|Including\b"
)
_ROLE = re.compile(
    rf"(?:(?:{expression(_TABLE['qualifiers'])})[ ,]+)*"
    rf"(?:{expression([*_TABLE['links'], *_TABLE['roles']])})\b",
    re.IGNORECASE,
)
_PLACE = rf"(?:{_UPPER}|\d)[\w’'-]*"
_WHEN_OR_WHERE = re.compile(
    r"\b(?i:in|on|at|from|since|until|of|near|around|across|throughout|into|to) (?:the )?"
    rf"(?:early |mid-?|late )?{_PLACE}(?:[ ,]+(?:{_PLACE}|of|and|the))*"
)


_VERB = re.compile(r" (?:is|was|has|had)\b")


class _Names:
    """Who is meant by what in one statement."""

    def __init__(self, text: str, party: Party) -> None:
        self._is_person = party.kind is Kind.PERSON
        self._forms = [_words(name.full) for name in party.names]
        self._own = frozenset(word for form in self._forms for word in form)
        self._same = lru_cache(maxsize=None)(self._is_own)
        self._short = frozenset(self._acronyms(text, party))
        self._bodies = tuple(_bodies(text, party))

    def mentions(self, sentence: str, last: Actor) -> Sequence[Mention]:
        """Who is mentioned; a pronoun is the designee unless the last one was somebody else."""
        found = []
        for run in _RUN.finditer(sentence):
            if self._means_designee(run[0]):
                found.append(Mention(Actor.DESIGNEE, run.start(), run.end()))
            elif self._means_body(run[0]):
                found.append(Mention(Actor.BODY, run.start(), run.end()))
        if last is not Actor.OTHER or any(each.actor is Actor.DESIGNEE for each in found):
            pronoun = _PERSON if self._is_person else _THING
            found += [
                Mention(Actor.DESIGNEE, each.start(), each.end())
                for each in pronoun.finditer(sentence)
            ]
        return sorted(found, key=lambda each: each.start)

    def are_own(self, run: str) -> bool:
        """Whether these are words of the designee's names only."""
        return all(map(self._same, _words(run)))

    def _acronyms(self, text: str, party: Party) -> Iterator[str]:
        """Short names in brackets behind a name, names of one word, initials of longer ones."""
        yield from (form[0] for form in self._forms if len(form) == 1)
        for name in party.names:
            yield from (each.lower() for each in re.findall(r"\(([\w-]{2,})\)", name.full))
            initials = [word[0] for word in _WORD.findall(name.full) if word[0].isupper()]
            if len(initials) > 2:
                yield "".join(initials).lower()
        for run in _RUN.findall(text):
            full, bracket, rest = run.partition("(")
            if bracket and sum(map(self._same, _words(full))) >= 2:
                yield from _words(rest)[:1]

    def _means_designee(self, run: str) -> bool:
        if self._is_person:
            return any(map(self._means_person, run.split(", ")))
        words = _words(run)
        if not self._short.isdisjoint(words):
            return True
        telling = {word for word in words if self._same(word)}
        return any(
            len(telling.intersection(form)) * 2 >= len(form) > 0
            and not telling.intersection(form) <= _COMMON
            for form in self._forms
        )

    def _means_person(self, name: str) -> bool:
        """Two words of a name, or one that follows no word of another name."""
        words = _words(name)
        own = [self._same(word) for word in words]
        if sum(own) != 1 or not self._short.isdisjoint(words):
            return sum(own) > 1 or not self._short.isdisjoint(words)
        before = words[: own.index(True)]
        return not before or before[-1] in _NO_NAME

    def _is_own(self, word: str) -> bool:
        if word in self._own:
            return True
        return len(word) > 3 and any(
            other[0] == word[0] and _alike(word, other) for other in self._own if len(other) > 3
        )

    def _means_body(self, run: str) -> bool:
        """Half of a body's telling words must be named, and two if it has as many."""
        words = frozenset(_words(run))
        return any(
            len(words & body) * 2 >= len(body) and len(words & body) >= min(2, len(body))
            for body in self._bodies
        )


def _alike(word: str, other: str) -> bool:
    matcher = SequenceMatcher(None, word, other)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE <= matcher.ratio()


@lru_cache(maxsize=1 << 13)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name, without the genitive, particles and single letters."""
    words = (re.sub(r"[’']s?$", "", word.lower()) for word in _NAME_WORD.findall(name))
    return tuple(word for word in words if len(word) > 1 and word not in {"al", "el", "of", "the"})


def _bodies(text: str, party: Party) -> Iterator[frozenset[str]]:
    """The telling words of every body that the party leads, serves in or supports, as stated."""
    own = (_KIN.split(each)[0] for each in (*party.functions, *party.titles))
    runs = [run for each in own for run in _RUN.findall(each)]
    for link in _BODY.finditer(text):
        run = _RUN.match(text, link.end())
        if run and not _VERB.match(text, run.end()):  # else it is somebody with a title
            runs.append(run[0])
    for run in runs:
        for part in re.split(r"\(|\)|, | and ", run):
            if telling := frozenset(_words(part)) - _COMMON - _NO_NAME:
                yield telling


def _actor(sentence: str, mentions: Sequence[Mention], last: Actor, names: _Names) -> Actor:
    """Of whom the sentence speaks, by its first words."""
    plain = _WHEN_OR_WHERE.sub(lambda found: " " * len(found[0]), sentence)
    others = [
        run
        for run in _RUN.finditer(plain)
        if run.start() < OPENING and _is_somebody(run[0]) and not names.are_own(run[0])
    ]
    first = min([*(run.start() for run in others), OPENING])
    for each in mentions:
        if each.start <= first:
            return each.actor
    if any(_is_named(run) for run in _RUN.finditer(sentence, 0, OPENING)):
        return Actor.OTHER
    if any(each.match(sentence) for each in (_ANAPHOR, _FRAGMENT, _ROLE)):
        return last
    return Actor.OTHER if others else Actor.NOBODY


def _is_named(run: re.Match[str]) -> bool:
    """Whether a person's name ends here and a verb follows: "Former Mayor John Doe was …"."""
    words = _words(run[0])[-2:]
    plain = len(words) == 2 and not any(word in _COMMON or word in _NO_NAME for word in words)
    return plain and _VERB.match(run.string, run.end()) is not None


def _is_somebody(run: str) -> bool:
    """Whether capitals name somebody, and are not only the sentence's beginning or a title."""
    words = [word for word in _WORD.findall(run) if word.lower() not in _NO_NAME]
    return len(words) > 1 or any(word.isupper() and len(word) > 2 for word in words)
