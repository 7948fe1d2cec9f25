"""How common each word of a name is, counted in the lists themselves."""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import log

import numpy as np
from numpy.typing import NDArray

from matching import text
from matching.packed import Profiles
from matching.profile import Profile

MANY = 20  # listings of one name; beyond, they are not looked at one by one
FLOOR = 5000  # listings; smaller lists count as a sample of this many
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Population:
    """Counts over one sort of party. A count is the largest on any one list, since the same
    party stands on several: it estimates how many different parties bear the word."""

    size: int
    words: Mapping[int, float]  # nats by hash, of those that several parties bear
    bones: Mapping[int, float]  # nats by hash
    names: Mapping[int, int]  # bearers by hash

    def information(self, word: str) -> float:
        """What it tells, in nats, that two parties share this word."""
        known = self.words.get(hash(word))
        return self.most if known is None else known

    def bone_information(self, bone: str) -> float:
        """The same for a consonant skeleton, which several words may have."""
        known = self.bones.get(hash(bone))
        return self.most if known is None else known

    @property
    def most(self) -> float:
        """The information in a word that is not met again."""
        return log(self.size)

    def bearers(self, name: frozenset[str]) -> int:
        """How many different parties bear exactly these words as a name."""
        return self.names.get(hash(name), 1)


@dataclass(frozen=True, slots=True)
class Frequencies:
    persons: Population
    others: Population

    def population(self, profile: Profile) -> Population:
        return self.persons if profile.is_person else self.others


def frequencies(profiles: Profiles) -> Frequencies:
    """Count words and whole names of every listing, list by list."""
    persons, others = _Told(), _Told()
    lists: dict[str, int] = {}
    for place, each in enumerate(profiles):
        told = persons if each.is_person else others
        told.add(place, lists.setdefault(each.official_list, len(lists)), each)
    return Frequencies(
        _population(profiles, persons, _common_names()), _population(profiles, others, {})
    )


class _Told:
    """What names hold, name by name: the hash of each word, of its bones and of the whole name,
    beside the place of the listing. Hashes of 64 bits are told apart like the words themselves,
    and a million of them take little memory."""

    def __init__(self) -> None:
        self.lists: dict[int, int] = {}
        self.words, self.bones, self.names = (_Hashes() for _ in range(3))

    def add(self, place: int, official_list: int, profile: Profile) -> None:
        self.lists[place] = official_list
        for form in profile.names:
            if not form.weak:
                self.words.add(place, map(hash, form.tokens))
                self.bones.add(place, map(hash, form.bones))
                self.names.add(place, (hash(frozenset(form.tokens)),))


class _Hashes:
    def __init__(self) -> None:
        self._hashes, self._places, self._lengths = array("q"), array("q"), array("q")

    def add(self, place: int, hashes: Iterable[int]) -> None:
        before = len(self._hashes)
        self._hashes.extend(hashes)
        self._places.append(place)
        self._lengths.append(len(self._hashes) - before)

    def distinct(self) -> tuple[Ints, Ints]:
        """Each hash and place once, sorted."""
        hashes = np.array(self._hashes, np.int64)
        places = np.repeat(np.array(self._places, np.int64), np.array(self._lengths, np.int64))
        order = np.lexsort((places, hashes))
        hashes, places = hashes[order], places[order]
        new = _begins(hashes) | _begins(places)
        return hashes[new], places[new]


def _begins(values: Ints) -> NDArray[np.bool_]:
    """Where a value is not the one before it."""
    return np.concatenate((np.ones(min(len(values), 1), bool), values[1:] != values[:-1]))


def _population(profiles: Profiles, told: _Told, common: Mapping[str, float]) -> Population:
    sizes = Counter(told.lists.values())
    size = max([FLOOR, *sizes.values()])
    list_of = np.zeros(len(profiles), np.int64)
    list_of[list(told.lists)] = list(told.lists.values())
    words = _largest(*told.words.distinct(), list_of)
    for word, share in common.items():
        words[hash(word)] = max(words.get(hash(word), 1), size * share)
    return Population(
        size,
        {word: log(size / count) for word, count in words.items()},
        {
            bone: log(size / count)
            for bone, count in _largest(*told.bones.distinct(), list_of).items()
        },
        _bearers(profiles, *told.names.distinct(), list_of),
    )


def _runs(hashes: Ints, places: Ints, list_of: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """The hashes and places, by hash and list, and where each such run starts and its length."""
    lists = list_of[places]
    order = np.lexsort((places, lists, hashes))
    hashes, places, lists = hashes[order], places[order], lists[order]
    starts = np.flatnonzero(_begins(hashes) | _begins(lists))
    return hashes, places, starts, np.diff(starts, append=len(hashes))


def _largest(hashes: Ints, places: Ints, list_of: Ints) -> dict[int, float]:
    """On how many listings of one list a word stands, at most; those on one only are left out."""
    hashes, _places, starts, lengths = _runs(hashes, places, list_of)
    several = lengths > 1
    largest: dict[int, float] = {}
    found = zip(hashes[starts[several]].tolist(), lengths[several].tolist(), strict=True)
    for word, count in found:
        largest[word] = max(count, largest.get(word, 0))
    return largest


def _bearers(profiles: Profiles, hashes: Ints, places: Ints, list_of: Ints) -> dict[int, int]:
    """How many different parties of one list bear a name, at most, where several may."""
    hashes, places, starts, lengths = _runs(hashes, places, list_of)
    bearers: dict[int, int] = {}
    for start, length in zip(starts[lengths > 1], lengths[lengths > 1], strict=True):
        if length > MANY:
            different = int(length)
        else:
            same_name = places[start : start + length].tolist()
            different = _different([profiles[place] for place in same_name])
        name = int(hashes[start])
        bearers[name] = max(different, bearers.get(name, 0))
    return bearers


def _different(bearers: list[Profile]) -> int:
    """How many different parties these listings of one list and one name must be: a list may
    hold one party twice, but not with two birth dates or in two countries."""
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


@cache
def _common_names() -> Mapping[str, float]:
    return {
        text.sound(word): int(rate) / 10_000
        for rate, words in text.words_of("common_names").items()
        for word in words
    }
