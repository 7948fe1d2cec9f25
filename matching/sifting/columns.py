"""Profiles as columns of numbers, so that very many pairs are looked at at once."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from matching import text
from matching.features.identifiers import ONE_EACH
from matching.features.names import STEM
from matching.frequencies import Frequencies
from matching.profile import Profile
from registry.domain.partial_date import PartialDate, Precision
from registry.domain.party import Kind

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]
Bits = NDArray[np.uint64]
Rows = NDArray[np.int32]  # numbers of rows

WIDEST = 8  # words of a name; those beyond are not looked at
VOWELS = "aiu"  # those that sounds have
PERSON, ENTITY, VESSEL, AIRCRAFT = 1, 2, 4, 8
KINDS = {
    Kind.PERSON: PERSON, Kind.ENTITY: ENTITY, Kind.VESSEL: VESSEL, Kind.AIRCRAFT: AIRCRAFT,
    Kind.UNKNOWN: PERSON | ENTITY | VESSEL | AIRCRAFT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sets:
    """One set of each profile, as bits: two sets that share a member share a bit.

    `crowded`: several members of the set share a bit.
    """

    bits: Bits
    counts: Ints
    crowded: Truths

    def both(self, left: Rows, right: Rows) -> Truths:
        """Whether neither of the two is empty."""
        return (self.counts[left] > 0) & (self.counts[right] > 0)

    def shared(self, left: Rows, right: Rows) -> Ints:
        """How many members the two have in common, at most."""
        bits = np.bitwise_count(self.bits[left] & self.bits[right]).sum(axis=1, dtype=np.int64)
        fewest = np.minimum(self.counts[left], self.counts[right])
        unclear = self.crowded[left] & self.crowded[right] & (bits > 0)
        return np.where(unclear, fewest, np.minimum(bits, fewest))


@dataclass(frozen=True, slots=True)
class Dates:
    """Birth dates; days are ordinals, `month` and `day` those of the first day."""

    first: Ints
    last: Ints
    first_year: Ints
    last_year: Ints
    month: Ints
    day: Ints
    exact: Truths  # known to the day
    circa: Truths

    def of(self, rows: Rows) -> "Dates":
        return Dates(*(getattr(self, each.name)[rows] for each in fields(self)))


@dataclass(frozen=True, slots=True)
class Names:
    """Names as `matching.naming` reads them.

    `words` holds the first WIDEST words, -1 where there are no more, `bones` the numbers of their
    consonant skeletons, and `marks` has a bit for each of these. `sizes` counts all words, and
    `distinct` how many skeletons they have; `optional` counts words that may be left out.
    """

    words: Rows  # of the vocabulary, (n, WIDEST)
    bones: Rows  # (n, WIDEST)
    marks: Bits
    sizes: Ints
    distinct: Ints
    optional: Ints
    weak: Truths
    bare: Truths


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of names, and a row at the end that stands for no word.

    Words of one number in `stems` or in `endings` may be alike though their letters are not, and
    so may a word and the one that it is with an article, whose row `unarticled` gives.
    """

    words: tuple[str, ...]
    information: Floats  # nats, (2, n): among persons, among others
    letters: Bits
    consonants: Bits
    initials: Ints
    lengths: Ints
    stems: Ints
    endings: Ints
    unarticled: Ints


@dataclass(frozen=True, slots=True)
class Columns:
    """Of each profile a row; its dates and its names are those from its number in `first_date` or
    `first_name` up to that of the next."""

    kinds: Ints  # bits
    lists: Ints
    countries: Sets
    nationalities: Sets
    stated: Sets  # countries that the listing itself states
    birth_cities: Sets
    addresses: Sets  # words of any address
    spellings: Sets
    full_names: Sets  # of several words each
    numbers: Sets
    schemes: Sets  # those of which each has one number
    first_date: Ints
    dates: Dates
    first_name: Ints
    names: Names
    vocabulary: Vocabulary


def columns(profiles: Iterable[Profile], frequencies: Frequencies) -> Columns:
    each = list(profiles)
    lists: dict[str, int] = {}
    names, vocabulary = _names(each, frequencies)
    dates = [list(filter(_is_known, one.birth_dates)) for one in each]
    return Columns(
        kinds=np.array([KINDS[one.kind] for one in each], np.int64),
        lists=np.array([lists.setdefault(one.official_list, len(lists)) for one in each], np.int64),
        countries=_sets([one.ties for one in each], 256),
        nationalities=_sets([one.countries for one in each], 64),
        stated=_sets([one.stated for one in each], 256),
        birth_cities=_sets([one.birth_cities for one in each], 64),
        addresses=_sets([frozenset().union(*one.addresses) for one in each], 128),
        spellings=_sets([one.spellings for one in each], 128),
        full_names=_sets([_full_names(one) for one in each], 128),
        numbers=_sets([{number.value for number in one.numbers} for one in each], 256),
        schemes=_sets([{n.scheme for n in one.numbers} & ONE_EACH for one in each], 64),
        first_date=_starts(map(len, dates)),
        dates=_dates([date for some in dates for date in some]),
        first_name=_starts(len(one.names) for one in each),
        names=names,
        vocabulary=vocabulary,
    )


def beside(first: Ints, left: Rows, right: Rows) -> tuple[Rows, Rows, Rows]:
    """Each thing of a left row beside each of its right row: (place of the pair, thing, thing).

    The things of a row are those from its number in `first` up to that of the next.
    """
    lefts, rights = first[left + 1] - first[left], first[right + 1] - first[right]
    pair = np.repeat(np.arange(len(left), dtype=np.int32), lefts)
    ours = _runs(first[left], lefts)
    each = np.repeat(np.arange(len(pair), dtype=np.int32), rights[pair])
    theirs = _runs(first[right][pair], rights[pair])
    return pair[each], ours[each], theirs


def _runs(starts: Ints, lengths: Ints) -> Rows:
    """The numbers from each start on, as many as its length, one run after the other."""
    ends = np.cumsum(lengths)
    steps = np.arange(ends[-1] if len(ends) else 0, dtype=np.int32)
    return steps + np.repeat((starts - (ends - lengths)).astype(np.int32), lengths)


def _is_known(date: PartialDate) -> bool:
    return date.first is not None and date.last is not None


def _full_names(profile: Profile) -> set[frozenset[str]]:
    strong = (form.tokens for form in profile.names if not form.weak)
    return {frozenset(tokens) for tokens in strong if len(tokens) > 1}


def _starts(lengths: Iterable[int]) -> Ints:
    return np.cumsum([0, *lengths], dtype=np.int64)


def _sets(sets: Sequence[Collection[Hashable]], width: int) -> Sets:
    """`width` in bits."""
    counts = np.array(list(map(len, sets)), np.int64)
    rows = np.repeat(np.arange(len(sets)), counts)
    bit = _numbered(member for some in sets for member in some) % width
    bits = np.zeros((len(sets), width // 64), np.uint64)
    np.bitwise_or.at(bits, (rows, bit // 64), np.uint64(1) << (bit % 64).astype(np.uint64))
    return Sets(bits, counts, counts > np.bitwise_count(bits).sum(axis=1))


def _numbered(members: Iterable[Hashable]) -> Ints:
    """The same number for the same member."""
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(each, len(numbers)) for each in members], np.int64)


def _dates(dates: Sequence[PartialDate]) -> Dates:
    rows = [
        (
            date.first.toordinal(), date.last.toordinal(), date.first.year, date.last.year,
            date.first.month, date.first.day, date.precision is Precision.DAY, date.circa,
        )
        for date in dates if date.first and date.last
    ]  # fmt: skip
    first, last, first_year, last_year, month, day, exact, circa = (
        np.array(rows, np.int64).reshape(-1, 8).T
    )
    return Dates(
        first, last, first_year, last_year, month, day, exact.astype(bool), circa.astype(bool)
    )


def _names(profiles: Sequence[Profile], frequencies: Frequencies) -> tuple[Names, Vocabulary]:
    forms = [form for one in profiles for form in one.names]
    sizes = np.array([len(form.tokens) for form in forms], np.int64)
    ids: dict[str, int] = {}
    flat = [ids.setdefault(word, len(ids)) for form in forms for word in form.tokens]
    row = np.repeat(np.arange(len(forms)), sizes)
    column = np.arange(len(flat)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    seen = column < WIDEST
    table = np.full((len(forms), WIDEST), -1, np.int32)
    table[row[seen], column[seen]] = np.array(flat, np.int32)[seen]
    bones = np.append(_numbered(map(text.skeleton, ids)), -1).astype(np.int32)[table]
    marks = np.uint64(1) << (bones % 64).astype(np.uint64)
    names = Names(
        words=table,
        bones=bones,
        marks=np.bitwise_or.reduce(np.where(table >= 0, marks, np.uint64(0)), axis=1),
        sizes=sizes,
        distinct=np.array([len(set(form.bones)) for form in forms], np.int64),
        optional=np.array([len(form.optional) for form in forms], np.int64),
        weak=np.array([form.weak for form in forms], bool),
        bare=np.array([form.bare for form in forms], bool),
    )
    return names, _vocabulary(ids, frequencies)


def _vocabulary(places: Mapping[str, int], frequencies: Frequencies) -> Vocabulary:
    words, bones = tuple(places), tuple(map(text.skeleton, places))

    def numbers(keys: Iterable[str]) -> Ints:
        return _numbered([*(key or place for place, key in enumerate(keys)), -1])

    return Vocabulary(
        words=words,
        information=np.array(
            [
                [*map(population.information, words), 0.0]
                for population in (frequencies.persons, frequencies.others)
            ]
        ),
        letters=np.array([*map(_letters, words), 0], np.uint64),
        consonants=np.array([*(_letters(bone.lstrip(VOWELS)) for bone in bones), 0], np.uint64),
        initials=numbers(bone[:1] for bone in bones),
        lengths=np.array([*map(len, words), 0], np.int64),
        stems=numbers(word[:STEM] if len(word) >= STEM else "" for word in words),
        endings=numbers(bone[1:] if len(bone) > 3 else "" for bone in bones),
        unarticled=np.array([*(_unarticled(word, places) for word in words), -1], np.int64),
    )


def _letters(word: str) -> int:
    return sum({1 << ord(letter) % 64 for letter in word})


def _unarticled(word: str, places: Mapping[str, int]) -> int:
    for article in ("al", "l"):
        if word.startswith(article) and word[len(article) :] in places:
            return places[word[len(article) :]]
    return -1
