"""A cheap look at the pairs that share a key: those that can not come near are dropped.

What the full comparison finds is estimated from above, for all pairs at once: shared consonant
skeletons, birth dates, countries, numbers.
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from matching import model
from matching.blocking import Pairs
from matching.frequencies import Frequencies
from matching.packed import Profiles
from matching.profile import Profile
from registry.domain.party import Kind

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Words = NDArray[np.int32]  # numbers of words, WIDEST to a name, -1 where it has no more
Rows = NDArray[np.int32]  # places in the table, one of each pair, or (n, 2)

WIDEST = 8  # words of a name; those beyond are not looked at here
VOWELS = "aiu"  # those that sounds have
SAME_LETTERS = 0.65  # of the consonants of words that are left over
SAME_PAIRS = 0.5  # of their neighbouring consonants; not asked for where all letters agree
LETTERS = np.uint64(2**32 - 1)  # the half of the bits that stand for letters
NUMBERS = 8  # of one listing; of more, the same ones are looked at wherever they stand
DATES = 4  # birth dates; those beyond are not looked at here
KINDS = {Kind.PERSON: 1, Kind.ENTITY: 2, Kind.VESSEL: 4, Kind.AIRCRAFT: 8, Kind.UNKNOWN: 15}
MEETS = {1: 1, 2: 6, 4: 6, 8: 8, 15: 15}


@dataclass(frozen=True, slots=True)
class Hopes:
    """What facts beside the name may be worth at most, in nats; see `matching.model`."""

    same_day: float = 7.0
    same_time: float = 2.5
    other_time: float = -4.0
    same_country: float = 0.8
    other_country: float = -3.0
    unseen: float = -1.0  # places, further names
    number: float = 20.0
    opposed: float = 4.5  # lost where one word of each name is left over
    inexact: float = 1.6  # lost where it is made of nearly the same letters
    near: float = 0.5  # of the information in what is left over, what counts then
    extra: float = 1.5


HOPES = Hopes()


@dataclass(frozen=True, slots=True)
class _Table:
    """Profiles as arrays. `words` has one row per name, `first` the rows of each profile.

    `weight` and `letters` are those of each word, the weight among persons and among others.
    """

    words: Words
    marks: NDArray[np.uint64]
    lengths: NDArray[np.int32]
    first: Ints
    weight: Floats
    letters: NDArray[np.uint64]
    kinds: NDArray[np.int32]
    dates: Ints
    countries: NDArray[np.uint64]
    numbers: Ints


class Sieve:
    """Keeps the pairs that may come near; made for some pairs, it looks at these or a part."""

    def __init__(self, profiles: Profiles, pairs: Pairs, frequencies: Frequencies) -> None:
        touched = np.zeros(len(profiles), bool)
        touched[pairs.ravel()] = True
        places = np.flatnonzero(touched)
        self._row = np.zeros(len(profiles), np.int32)
        self._row[places] = np.arange(len(places))
        chosen = (profiles[place] for place in places.tolist())
        self._table = _table(chosen, len(places), frequencies)

    def survivors(self, pairs: Pairs) -> Pairs:
        """The pairs that may come near enough to be worth a full comparison, in their order."""
        return np.asarray(pairs[_hopeful(self._table, self._row[pairs])])


def _table(profiles: Iterable[Profile], count: int, frequencies: Frequencies) -> _Table:
    ids: dict[str, int] = {}
    weight = array("d"), array("d")
    rows = array("i")
    lengths: list[int] = []
    first = [0]
    countries: dict[str, int] = {}
    masks = np.zeros((count, 4), np.uint64)
    dates = np.zeros((count, DATES, 2), np.int64)
    dates[:, :, 0], dates[:, :, 1] = 10**7, -(10**7)
    kinds = np.zeros(count, np.int32)
    numbers = np.full((count, NUMBERS), -1, np.int64)
    for place, each in enumerate(profiles):
        population = frequencies.population(each)
        own = weight[0 if each.is_person else 1]
        kinds[place] = KINDS[each.kind]
        seen = set()
        for form in each.names:
            if form.bones in seen:
                continue
            seen.add(form.bones)
            for token, bone in zip(form.tokens[:WIDEST], form.bones, strict=False):
                known = ids.setdefault(bone, len(ids))
                if known == len(own):
                    for weights in weight:
                        weights.append(0.0)
                own[known] = max(own[known], population.information(token))
                rows.append(known)
            rows.extend([-1] * (WIDEST - len(form.tokens)))
            lengths.append(min(len(form.tokens), WIDEST))
        first.append(len(lengths))
        for number, date in enumerate(each.birth_dates[:DATES]):
            if date.first and date.last:
                dates[place, number] = date.first.toordinal(), date.last.toordinal()
        for code in each.ties:
            bit = countries.setdefault(code, len(countries)) % 256
            masks[place, bit // 64] |= np.uint64(1 << bit % 64)
        values = {crc32(number.value.encode()) for number in each.numbers}
        for number, value in enumerate(sorted(values)[:NUMBERS]):
            numbers[place, number] = value
    words = np.frombuffer(rows, np.int32).reshape(-1, WIDEST)
    bits = np.where(words >= 0, np.uint64(1) << (words % 64).astype(np.uint64), np.uint64(0))
    return _Table(
        words,
        np.bitwise_or.reduce(bits, axis=1),
        np.array(lengths, np.int32),
        np.array(first),
        np.array([[*weights, 0.0] for weights in weight]),
        np.array([*map(_letters, ids), 0], np.uint64),
        kinds,
        dates,
        masks,
        numbers,
    )


def _letters(word: str) -> int:
    """One half of the bits stands for the consonants of a skeleton, one for pairs of them."""
    bare = word[1:] if word[0] in VOWELS else word
    single = {1 << ord(letter) % 32 for letter in bare}
    pairs = {1 << 32 + (7 * ord(a) + ord(b)) % 32 for a, b in pairwise(bare)}
    return sum(single | pairs)


def _hopeful(table: _Table, pairs: Rows) -> NDArray[np.bool_]:
    left, right = pairs[:, 0], pairs[:, 1]
    hope = np.full(len(left), HOPES.unseen)
    hope += _times(table.dates[left], table.dates[right])
    hope += _places(table.countries[left], table.countries[right])
    hope += HOPES.number * _share_number(table.numbers[left], table.numbers[right])
    meets = np.zeros(16, np.int32)
    for kind, others in MEETS.items():
        meets[kind] = others
    possible = (meets[table.kinds[left]] & table.kinds[right]) > 0
    possible &= hope >= model.NEAR - max(_worth(np.array([np.inf]))[0], model.PERSON.least)
    hope[possible] += _names(table, left[possible], right[possible], hope[possible])
    return possible & (hope >= model.NEAR)


def _times(left: Ints, right: Ints) -> Floats:
    first, last = left[:, :, None, 0], left[:, :, None, 1]
    other_first, other_last = right[:, None, :, 0], right[:, None, :, 1]
    gap = np.maximum(first - other_last, other_first - last).min(axis=(1, 2))
    same_day = ((first == other_first) & (last == other_last) & (first == last)).any(axis=(1, 2))
    unknown = (left[:, 0, 0] == 10**7) | (right[:, 0, 0] == 10**7)
    # A slip of the pen may move a date by decades but keeps its day of the year, nearly.
    slip = (np.abs(((gap + 15) % 365.25) - 15) < 15) | (gap < 3 * 366)
    worth = np.select(
        [unknown, same_day, gap <= 0, slip],
        [0.0, HOPES.same_day, HOPES.same_time, 0.0],
        HOPES.other_time,
    )
    return np.asarray(worth, np.float64)


def _places(left: NDArray[np.uint64], right: NDArray[np.uint64]) -> Floats:
    shared = (left & right).any(axis=1)
    known = left.any(axis=1) & right.any(axis=1)
    return np.where(shared, HOPES.same_country, np.where(known, HOPES.other_country, 0.0))


def _share_number(left: Ints, right: Ints) -> NDArray[np.bool_]:
    same = (left[:, :, None] == right[:, None, :]) & (left != -1)[:, :, None]
    return np.asarray(same.any(axis=(1, 2)))


def _names(table: _Table, left: Rows, right: Rows, hope: Floats) -> Floats:
    """The best that any two names can be worth, one of each listing."""
    lefts = table.first[left + 1] - table.first[left]
    rights = table.first[right + 1] - table.first[right]
    # Each name of the left, then beside it each name of the right.
    pair = np.repeat(np.arange(len(left), dtype=np.int32), lefts)
    ours = _runs(table.first[left], lefts)
    each = np.repeat(np.arange(len(pair), dtype=np.int32), rights[pair])
    theirs = _runs(table.first[right][pair], rights[pair])
    # One bit per word tells most names apart without looking at the words.
    common = table.marks[ours][each] & table.marks[theirs]
    met = np.flatnonzero(common)
    ours, theirs, pair = ours[each[met]], theirs[met], pair[each[met]]
    shorter = np.minimum(table.lengths[ours], table.lengths[theirs])
    # Where little else speaks for the pair, one word in common is not enough.
    needed = np.where(hope[pair] > -6, 1, np.minimum(shorter, 2))
    enough = np.bitwise_count(common[met]) >= needed
    pair, ours, theirs, shorter = pair[enough], ours[enough], theirs[enough], shorter[enough]
    best = np.full(len(left), model.PERSON.least)
    a, b = table.words[ours], table.words[theirs]
    found = _found(a, b)
    persons = (table.kinds[left] == KINDS[Kind.PERSON]) | (table.kinds[right] == KINDS[Kind.PERSON])
    weight = table.weight[np.where(persons[pair], 0, 1)[:, None], a]
    known = np.where(found, weight, 0.0).sum(axis=1)
    under = np.maximum(shorter - found.sum(axis=1), 0)
    extra = HOPES.extra * np.abs(table.lengths[ours] - table.lengths[theirs])
    worth = _worth(known) - HOPES.opposed * under - extra
    # Words that sound otherwise may still be alike, or one name may join what the other parts.
    more = known + HOPES.near * np.where(found, 0.0, weight).sum(axis=1)
    nearly = _worth(more) - HOPES.inexact * under - extra
    doubtful = np.flatnonzero((under > 0) & (nearly + hope[pair] >= model.NEAR))
    alike = doubtful[_alike(table, a[doubtful], b[doubtful])]
    worth[alike] = np.maximum(worth[alike], nearly[alike])
    np.maximum.at(best, pair, worth)
    return best


def _found(words: Words, others: Words) -> NDArray[np.bool_]:
    """Which words of each name stand in the other name, too."""
    found = np.zeros(words.shape, bool)
    for column in range(WIDEST):
        found |= words == others[:, column : column + 1]
    return np.asarray(found & (words >= 0))


def _alike(table: _Table, left: Words, right: Words) -> NDArray[np.bool_]:
    """Whether what either name has for itself is made of nearly the same letters."""
    ours, theirs = (
        np.bitwise_or.reduce(np.where(_found(a, b), 0, table.letters[a]), axis=1)
        for a, b in ((left, right), (right, left))
    )
    letters = _agreement(ours & LETTERS, theirs & LETTERS)
    pairs = _agreement(ours & ~LETTERS, theirs & ~LETTERS)
    return np.asarray((letters == 1) | (letters >= SAME_LETTERS) & (pairs >= SAME_PAIRS))


def _agreement(left: NDArray[np.uint64], right: NDArray[np.uint64]) -> Floats:
    most = np.maximum(np.bitwise_count(left), np.bitwise_count(right))
    return np.asarray(np.bitwise_count(left & right) / np.maximum(most, 1))


def _runs(starts: Ints, lengths: Ints) -> NDArray[np.int32]:
    """The numbers from each start on, as many as its length, one run after the other."""
    ends = np.cumsum(lengths)
    steps = np.arange(ends[-1] if len(ends) else 0, dtype=np.int32)
    return steps + np.repeat((starts - (ends - lengths)).astype(np.int32), lengths)


def _worth(known: Floats) -> Floats:
    """The better of what persons' and others' names are worth that share so much."""
    worth = [
        each.base + each.slope * np.minimum(known, each.most)
        for each in (model.PERSON, model.OTHER)
    ]
    return np.maximum(*worth)
