"""How common each word of a name is, counted in the lists themselves."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from math import log
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from matching import text
from matching.packed import Profiles, heads
from matching.profile import Profile
from matching.told import hashed, hashed_name
from registry.domain.party import Kind

MANY = 20  # listings of one name; beyond, they are not looked at one by one
FLOOR = 5000  # listings; smaller lists count as a sample of this many
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Population:
    """Counts over one sort of party. A count is the largest on any one list, since the same
    party stands on several: it estimates how many different parties bear the word."""

    size: int
    words: Mapping[int, float]  # nats by hash, of those that several parties bear
    bones: Mapping[int, float]  # nats by hash
    names: Mapping[int, int]  # bearers by hash

    @cached_property
    def information(self) -> Callable[[str], float]:
        """What it tells, in nats, that two parties share a word."""
        return self._told_by(self.words)

    @cached_property
    def bone_information(self) -> Callable[[str], float]:
        """The same for a consonant skeleton, which several words may have."""
        return self._told_by(self.bones)

    def _told_by(self, known: Mapping[int, float]) -> Callable[[str], float]:
        # Asked for millions of times, of far fewer words.
        return lru_cache(maxsize=1 << 18)(lambda word: known.get(hashed(word), self.most))

    @cached_property
    def most(self) -> float:
        """The information in a word that is not met again."""
        return log(self.size)

    def bearers(self, name: frozenset[str]) -> int:
        """How many different parties bear exactly these words as a name."""
        return self.names.get(hashed_name(name), 1)


@dataclass(frozen=True, slots=True)
class Frequencies:
    persons: Population
    others: Population

    def population(self, profile: Profile) -> Population:
        return self.persons if profile.is_person else self.others


def frequencies(profiles: Profiles) -> Frequencies:
    """Count words and whole names of every listing, list by list."""
    told, lists, persons = [], [], []
    numbers: dict[str, int] = {}
    for each in heads(profiles):
        told.append(each.told)
        lists.append(numbers.setdefault(each.official_list, len(numbers)))
        persons.append(each.kind is Kind.PERSON)
    list_of, is_person = np.array(lists, np.int64), np.array(persons, bool)
    words, bones, names = (
        _Hashes(list(map(attrgetter(what), told))) for what in ("words", "bones", "names")
    )

    def population(among: NDArray[np.bool_], common: Mapping[str, float]) -> Population:
        size = int(np.bincount(list_of[among], minlength=1).max(initial=FLOOR))
        known = _largest(*words.among(among), list_of)
        for word, share in common.items():
            known[hashed(word)] = max(known.get(hashed(word), 1), size * share)
        return Population(
            size,
            {word: log(size / count) for word, count in known.items()},
            {
                bone: log(size / count)
                for bone, count in _largest(*bones.among(among), list_of).items()
            },
            _bearers(profiles, *names.among(among), list_of),
        )

    return Frequencies(population(is_person, _common_names()), population(~is_person, {}))


class _Hashes:
    """Hashes of all listings in one array, each beside the place of its listing."""

    def __init__(self, packed: Sequence[bytes]) -> None:
        self._hashes = np.frombuffer(b"".join(packed), np.int64)
        self._places = np.repeat(np.arange(len(packed)), [len(each) // 8 for each in packed])

    def among(self, chosen: NDArray[np.bool_]) -> tuple[Ints, Ints]:
        """Those of the listings chosen."""
        here = chosen[self._places]
        return self._hashes[here], self._places[here]


def _begins(values: Ints) -> NDArray[np.bool_]:
    """Where a value is not the one before it."""
    return np.concatenate((np.ones(min(len(values), 1), bool), values[1:] != values[:-1]))


def _runs(hashes: Ints, places: Ints, list_of: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """The hashes and places, by hash and list, and where each such run starts and its length."""
    lists = list_of[places]
    order = np.lexsort((lists, hashes))  # stable: places stay in their order
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
    """How many different parties that may be taken for each other these listings of one list and
    one name must be: a list may hold one party twice, but not with two birth dates or in two
    countries, and nobody takes a ship for a company."""
    kept: list[Profile] = []
    for each in bearers:
        if not any(_may_be_one(each, other) for other in kept):
            kept.append(each)
    return len(kept)


def _may_be_one(left: Profile, right: Profile) -> bool:
    if left.kind is not right.kind:
        return True
    if left.birth_dates and right.birth_dates:
        return any(a.agrees_with(b) for a in left.birth_dates for b in right.birth_dates)
    if left.is_person or not left.stated or not right.stated:
        return True
    return bool(left.ties & right.ties)


@cache
def _common_names() -> Mapping[str, float]:
    return {
        text.sound(word): int(rate) / 10_000
        for rate, words in text.words_of("common_names").items()
        for word in words
    }
