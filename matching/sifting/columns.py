"""Profiles as columns of numbers, so that very many pairs are looked at at once."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from itertools import chain, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching import text
from matching.features.identifiers import ONE_EACH
from matching.features.names import STEM
from matching.frequencies import Frequencies
from matching.naming import NameForm
from matching.profile import Profile
from registry.domain.partial_date import PartialDate, Precision
from registry.domain.party import Kind

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]
Bits = NDArray[np.uint64]
Rows = NDArray[np.int32]  # numbers of rows

BATCH = 4_000  # profiles that are in memory at a time
SCHEMES = {scheme: place for place, scheme in enumerate(sorted(ONE_EACH))}
WIDEST = 16  # words of a name; those beyond are not looked at
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
class Listings:
    """Of each profile a row; of its dates `dated` and of its names `named` rows, those of one
    profile after those of another."""

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
    dated: Ints
    dates: Dates
    named: Ints
    names: Names


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
class Columns(Listings):
    """The dates and names of a row are those from its number in `first_date` or `first_name` up to
    that of the next."""

    first_date: Ints
    first_name: Ints
    vocabulary: Vocabulary


def columns(profiles: Iterable[Profile], frequencies: Frequencies) -> Columns:
    ids = _Ids()
    waiting = iter(profiles)
    batches = iter(lambda: list(islice(waiting, BATCH)), [])  # all at once would not fit
    listings = _joined([_listings(batch, ids) for batch in chain(batches, [[]])])
    return Columns(
        **{each.name: getattr(listings, each.name) for each in fields(listings)},
        first_date=np.cumsum([0, *listings.dated], dtype=np.int64),
        first_name=np.cumsum([0, *listings.named], dtype=np.int64),
        vocabulary=_vocabulary(ids.words, frequencies),
    )


@dataclass(frozen=True, slots=True)
class _Ids:
    """Numbers that are given as they are needed."""

    lists: dict[str, int] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)
    bones: dict[str, int] = field(default_factory=dict)


def _joined(parts: Sequence[Any]) -> Any:
    """One column, or one set of columns, after the other."""
    if not is_dataclass(parts[0]):
        return np.concatenate(parts)
    made: Any = type(parts[0])
    columns = zip(
        *([getattr(one, each.name) for each in fields(one)] for one in parts), strict=True
    )
    return made(*map(_joined, columns))


def _listings(profiles: Sequence[Profile], ids: _Ids) -> Listings:
    dates = [list(filter(_is_known, each.birth_dates)) for each in profiles]
    lists = [ids.lists.setdefault(each.official_list, len(ids.lists)) for each in profiles]
    return Listings(
        kinds=np.array([KINDS[each.kind] for each in profiles], np.int64),
        lists=np.array(lists, np.int64),
        countries=_sets([each.ties for each in profiles], 256),
        nationalities=_sets([each.countries for each in profiles], 64),
        stated=_sets([each.stated for each in profiles], 64),
        birth_cities=_sets([each.birth_cities for each in profiles], 64),
        addresses=_sets([frozenset().union(*each.addresses) for each in profiles], 128),
        spellings=_sets([each.spellings for each in profiles], 128),
        full_names=_sets([_full_names(each) for each in profiles], 128),
        numbers=_sets([{number.value for number in each.numbers} for each in profiles], 256),
        schemes=_sets([_schemes(each) for each in profiles], 64),
        dated=np.array(list(map(len, dates)), np.int64),
        dates=_dates([date for some in dates for date in some]),
        named=np.array([len(each.names) for each in profiles], np.int64),
        names=_names([form for each in profiles for form in each.names], ids),
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


def _schemes(profile: Profile) -> set[int]:
    """Numbers, so that no two share a bit: then two schemes would seem to be one."""
    return {SCHEMES[each.scheme] for each in profile.numbers if each.scheme in SCHEMES}


def _sets(sets: Sequence[Collection[Hashable]], width: int) -> Sets:
    """`width` in bits."""
    counts = np.array(list(map(len, sets)), np.int64)
    rows = np.repeat(np.arange(len(sets)), counts)
    bit = np.array([hash(member) for some in sets for member in some], np.int64) % width
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


def _names(forms: Sequence[NameForm], ids: _Ids) -> Names:
    sizes = np.array([len(form.tokens) for form in forms], np.int64)
    row = np.repeat(np.arange(len(forms)), sizes)
    column = np.arange(len(row)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    seen = column < WIDEST

    def table(numbers: Iterable[int]) -> Rows:
        filled = np.full((len(forms), WIDEST), -1, np.int32)
        filled[row[seen], column[seen]] = np.array(list(numbers), np.int32)[seen]
        return filled

    words = [word for form in forms for word in form.tokens]
    bones = table(ids.bones.setdefault(text.skeleton(word), len(ids.bones)) for word in words)
    bits = np.uint64(1) << (bones % 64).astype(np.uint64)
    return Names(
        words=table(ids.words.setdefault(word, len(ids.words)) for word in words),
        bones=bones,
        marks=np.bitwise_or.reduce(np.where(bones >= 0, bits, np.uint64(0)), axis=1),
        sizes=sizes,
        distinct=np.array([len(set(form.bones)) for form in forms], np.int64),
        optional=np.array([len(form.optional) for form in forms], np.int64),
        weak=np.array([form.weak for form in forms], bool),
        bare=np.array([form.bare for form in forms], bool),
    )


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
