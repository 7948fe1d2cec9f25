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
    words: Mapping[str, float]  # nats
    bones: Mapping[str, float]  # nats
    names: Mapping[frozenset[str], int]

    def information(self, word: str) -> float:
        """What it tells, in nats, that two parties share this word."""
        known = self.words.get(word)
        return self.most if known is None else known

    def bone_information(self, bone: str) -> float:
        """The same for a consonant skeleton, which several words may have."""
        known = self.bones.get(bone)
        return self.most if known is None else known

    @property
    def most(self) -> float:
        """The information in a word that is not met again."""
        return log(self.size)

    def bearers(self, name: frozenset[str]) -> int:
        """How many different parties bear exactly these words as a name."""
        return self.names.get(name, 1)


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
    size = max([FLOOR, *sizes.values()])
    counted: dict[str, float] = dict(_largest(words.values()))
    for word, share in common.items():
        counted[word] = max(counted.get(word, 1), size * share)
    return Population(
        size,
        {word: log(size / count) for word, count in counted.items()},
        {bone: log(size / count) for bone, count in _largest(bones.values()).items()},
        _largest(
            Counter({name: _different(them) for name, them in own.items() if len(them) > 1})
            for own in bearers.values()
        ),
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
