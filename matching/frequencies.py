"""How common each word of a name is, counted in the lists themselves."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import log
from typing import TypeVar

from matching import text
from matching.profile import Profile

MANY = 20  # listings of one name; beyond, they are not looked at one by one
Key = TypeVar("Key")
FLOOR = 5000  # listings; smaller lists count as a sample of this many


@dataclass(frozen=True, slots=True)
class Population:
    """Counts over one sort of party. A count is the largest on any one list, since the same
    party stands on several: it estimates how many different parties bear the word."""

    size: int
    words: Mapping[str, int]
    bones: Mapping[str, int]
    names: Mapping[frozenset[str], int]
    common: Mapping[str, float]

    def information(self, word: str) -> float:
        """What it tells, in nats, that two parties share this word."""
        return log(self.size / max(self.words.get(word, 1), self.size * self.common.get(word, 0.0)))

    def bone_information(self, bone: str) -> float:
        """The same for a consonant skeleton, which several words may have."""
        return log(self.size / self.bones.get(bone, 1))

    def bearers(self, name: frozenset[str]) -> int:
        """How many different parties bear exactly these words as a name."""
        return self.names.get(name, 1)

    @property
    def surprise(self) -> float:
        """The information that must be outweighed before two listings are more likely one party
        than two: one in `size` is the chance to meet the right one."""
        return log(self.size)


@dataclass(frozen=True, slots=True)
class Frequencies:
    persons: Population
    others: Population

    def population(self, profile: Profile) -> Population:
        return self.persons if profile.is_person else self.others


def frequencies(profiles: Iterable[Profile]) -> Frequencies:
    """Count words and whole names of every listing, list by list."""
    persons: list[Profile] = []
    others: list[Profile] = []
    for each in profiles:
        (persons if each.is_person else others).append(each)
    return Frequencies(_population(persons, _common_names()), _population(others, {}))


def _population(profiles: Iterable[Profile], common: Mapping[str, float]) -> Population:
    sizes: Counter[str] = Counter()
    words: dict[str, Counter[str]] = {}
    bones: dict[str, Counter[str]] = {}
    bearers: dict[str, dict[frozenset[str], list[Profile]]] = {}
    for each in profiles:
        sizes[each.official_list] += 1
        strong = [form for form in each.names if not form.weak]
        words.setdefault(each.official_list, Counter()).update(
            {word for form in strong for word in form.tokens}
        )
        bones.setdefault(each.official_list, Counter()).update(
            {bone for form in strong for bone in form.bones}
        )
        own = bearers.setdefault(each.official_list, {})
        for name in {frozenset(form.tokens) for form in strong}:
            own.setdefault(name, []).append(each)
    return Population(
        max([FLOOR, *sizes.values()]),
        _largest(words.values()),
        _largest(bones.values()),
        _largest(
            Counter({name: _different(them) for name, them in own.items() if len(them) > 1})
            for own in bearers.values()
        ),
        common,
    )


def _different(bearers: list[Profile]) -> int:
    """How many different parties these listings of one list and one name must be: a list may
    hold one party twice, but not with two birth dates or in two countries."""
    if len(bearers) > MANY:
        return len(bearers)
    kept: list[Profile] = []
    for each in bearers:
        if not any(_may_be_one(each, other) for other in kept):
            kept.append(each)
    return len(kept)


def _may_be_one(left: Profile, right: Profile) -> bool:
    if left.birth_dates and right.birth_dates:
        return any(a.agrees_with(b) for a in left.birth_dates for b in right.birth_dates)
    if left.is_person or not left.ties or not right.ties:
        return True
    return bool(left.ties & right.ties)


def _largest(counters: Iterable[Counter[Key]]) -> dict[Key, int]:
    largest: dict[Key, int] = {}
    for counter in counters:
        for key, count in counter.items():
            if count > largest.get(key, 0):
                largest[key] = count
    return largest


@cache
def _common_names() -> Mapping[str, float]:
    return {
        text.sound(word): int(rate) / 10_000
        for rate, words in text.words_of("common_names").items()
        for word in words
    }
