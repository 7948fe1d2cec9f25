"""What two names can be worth at most, for the names of very many pairs of listings at once.

They are looked at as `matching.model` compares them, every doubt in favour of the pair. The closer
a look, the more time it takes and the fewer names are left for it: first at the words that have a
consonant skeleton in common, then at the letters of those left over, last at their likeness.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np

from matching import model, text
from matching.features.names import ALIKE, kept, likeness, skeleton_likeness, stem_likeness
from matching.sifting.columns import (
    AIRCRAFT,
    PERSON,
    VESSEL,
    WIDEST,
    Columns,
    Floats,
    Ints,
    Rows,
    Truths,
    Vocabulary,
    beside,
)

# Weights of names are arrays of one for each of these sorts.
SORTS = (model.PERSON, model.OTHER, model.SHIP, model.CRAFT)
PERSONS, OTHERS, SHIPS, CRAFTS = range(len(SORTS))
WORTH = {
    each.name: np.array([getattr(sort, each.name) for sort in SORTS])
    for each in fields(model.NameWeights)
}
ONE = np.maximum(WORTH["one"], WORTH["each"])  # for the names under which both are listed
# Words that sound otherwise count as inexact, or as opposed and nearly alike.
OTHERWISE = np.maximum(WORTH["inexact"], model.unlike(ALIKE) * WORTH["opposed"])
MEASURES = (likeness, stem_likeness, skeleton_likeness)
STEMS, BARE = 1, 2  # their places
LITTLE = -6.0  # nats; where so much speaks against a pair, one word in common is not enough
WIDTHS = (4, 8, WIDEST)  # words; names are looked at beside others that are about as long
AT_ONCE = 200_000  # pairs of names that are in memory at a time, but for those of one pair


@dataclass(frozen=True, slots=True)
class _Names:
    """Pairs of names, ours the one of fewer words. Words are rows of the vocabulary, one of WIDTHS
    to a name; `ours_over` and `theirs_over` tell which have no skeleton that the other name has."""

    pair: Rows  # of listings
    sort: Ints
    ours: Rows
    theirs: Rows
    our_words: Rows
    their_words: Rows
    ours_over: Truths
    theirs_over: Truths

    def only(self, places: Ints) -> "_Names":
        return _Names(*(getattr(self, each.name)[places] for each in fields(self)))


def at_most(columns: Columns, left: Rows, right: Rows, rest: Floats) -> Floats:
    """The best that any two names can be worth, one of each listing.

    `rest` is what all else is worth at most. Names by which a pair can not come near may be said to
    be worth less.
    """
    sort = _sorts(columns.kinds[left], columns.kinds[right])
    best = WORTH["least"][sort]
    so_far = np.cumsum(columns.named[left] * columns.named[right])
    for part in np.split(np.arange(len(left)), np.flatnonzero(np.diff(so_far // AT_ONCE)) + 1):
        needed = model.NEAR - rest[part] - model.ROUNDING
        for names in _meeting(columns, left[part], right[part], sort[part], rest[part]):
            best[part] = _best(columns, names, best[part], needed)
    return best


def _best(columns: Columns, names: _Names, least: Floats, needed: Floats) -> Floats:
    """By pair of listings; what is worth less than is needed may be given less still."""
    best = least.copy()
    for look in (_by_skeletons, _by_letters, _by_likeness):
        worth, final = look(columns, names)
        np.maximum.at(best, names.pair[final], worth[final])
        hopeful = worth >= needed[names.pair]
        settled = final | (best >= needed)[names.pair]
        np.maximum.at(best, names.pair[hopeful & settled], worth[hopeful & settled])
        names = names.only(np.flatnonzero(hopeful & ~settled))
    return best


def most(columns: Columns, left: Rows, right: Rows) -> Floats:
    """What any names of listings of their kinds are worth at most."""
    worth = WORTH["base"] + WORTH["slope"] * WORTH["most"] + ONE
    worth = np.maximum(worth + np.maximum(WORTH["one_word"], 0.0), WORTH["least"])
    found: Floats = worth[_sorts(columns.kinds[left], columns.kinds[right])]
    return found


def _sorts(left: Ints, right: Ints) -> Ints:
    """Places in SORTS, as `matching.model` chooses them."""
    person = (left == PERSON) | (right == PERSON)
    ships = (left == VESSEL) & (right == VESSEL)
    craft = (left == AIRCRAFT) | (right == AIRCRAFT)
    return np.select([person, ships, craft], [PERSONS, SHIPS, CRAFTS], OTHERS)


def _meeting(
    columns: Columns, left: Rows, right: Rows, sort: Ints, rest: Floats
) -> Iterator[_Names]:
    """The names, one of each listing, that have a word of the same skeleton: the short ones, then
    longer ones."""
    names = columns.names
    pair, ours, theirs = beside(columns.first_name, left, right)
    # One bit for each skeleton tells most names apart without a look at their words.
    bits = names.marks[ours] & names.marks[theirs]
    chosen = np.flatnonzero(bits)
    pair, ours, theirs, bits = pair[chosen], ours[chosen], theirs[chosen], bits[chosen]
    fewest = np.minimum(names.sizes[ours], names.sizes[theirs])
    needed = np.where(rest[pair] > LITTLE, 1, np.minimum(fewest, 2))
    chosen = np.flatnonzero(np.bitwise_count(bits) >= needed)
    pair, ours, theirs = pair[chosen], ours[chosen], theirs[chosen]
    longer = names.sizes[ours] > names.sizes[theirs]
    ours, theirs = np.where(longer, theirs, ours), np.where(longer, ours, theirs)
    length = np.searchsorted(WIDTHS[:-1], names.sizes[theirs])
    for place, width in enumerate(WIDTHS):
        chosen = np.flatnonzero(length == place)
        yield _laid(columns, pair[chosen], sort, ours[chosen], theirs[chosen], width)


def _laid(columns: Columns, pair: Rows, sort: Ints, ours: Rows, theirs: Rows, width: int) -> _Names:
    names = columns.names
    bones, words = names.bones[:, :width], names.words[:, :width]
    ours_over = _left_over(bones[ours], bones[theirs])
    chosen = np.flatnonzero(ours_over.sum(axis=1) < np.minimum(names.sizes[ours], WIDEST))
    pair, ours, theirs = pair[chosen], ours[chosen], theirs[chosen]
    return _Names(
        pair,
        sort[pair],
        ours,
        theirs,
        words[ours],
        words[theirs],
        ours_over[chosen],
        _left_over(bones[theirs], bones[ours]),
    )


def _left_over(bones: Rows, others: Rows) -> Truths:
    """Which of these skeletons, or words, are none of those."""
    over = bones >= 0
    for column in range(bones.shape[1]):
        over &= bones != others[:, column : column + 1]
    return over


Look = tuple[Floats, Truths]  # what names are worth at most; for which of them that is final


def _by_skeletons(columns: Columns, names: _Names) -> Look:
    """As if every word left over had one there that is as good as the same."""
    count = names.ours_over.sum(axis=1)
    facing = np.maximum(count - _unseen(columns, names), 0)
    lost = OTHERWISE[names.sort] * facing + ONE[names.sort]
    known = _information(columns, names, names.our_words).sum(axis=1)
    return _worth(columns, names, known, lost, joined=count), facing == 0


def _by_letters(columns: Columns, names: _Names) -> Look:
    vocabulary = columns.vocabulary
    row, one, other = _faced(names)
    words, others = names.our_words[row, one], names.their_words[row, other]
    near = np.where(_bare(columns, names)[row], 1.0, _nearly(vocabulary, words, others))
    alike = np.zeros(names.ours_over.shape)
    np.maximum.at(alike, (row, one), near)
    worth = _worth(columns, names, *_kept_and_lost(columns, names, alike))
    # Where fewer are left over there, some face nothing.
    unclear = names.ours_over.sum(axis=1) > names.theirs_over.sum(axis=1)
    otherwise = _left_over(names.our_words, names.their_words) & ~names.ours_over
    begun = np.union1d(
        row[_begins(vocabulary, words, others)], np.flatnonzero(otherwise.any(axis=1))
    )
    unclear[begun] |= _joined(vocabulary, names.only(begun))
    worth[unclear] = _by_skeletons(columns, names.only(np.flatnonzero(unclear)))[0]
    return worth, unclear


def _by_likeness(columns: Columns, names: _Names) -> Look:
    row, one, other = _faced(names)
    words = columns.vocabulary.words
    first, second = names.our_words[row, one], names.their_words[row, other]
    measure = np.where(_bare(columns, names), BARE, np.where(names.sort == PERSONS, 0, STEMS))
    codes = (measure[row] * len(words) + first) * len(words) + second
    distinct, place = np.unique(codes, return_inverse=True)
    near = np.empty(len(distinct))
    for number, code in enumerate(distinct.tolist()):
        rest, b = divmod(code, len(words))
        chosen, a = divmod(rest, len(words))
        near[number] = MEASURES[chosen](*sorted((words[a], words[b])))
    alike = np.zeros(names.ours_over.shape)
    np.maximum.at(alike, (row, one), near[place])
    worth = _worth(columns, names, *_kept_and_lost(columns, names, alike))
    return worth, np.ones(len(worth), bool)


def _information(columns: Columns, names: _Names, words: Rows) -> Floats:
    among = np.where(names.sort == PERSONS, 0, 1)
    return columns.vocabulary.information[among[:, None], words]


def _unseen(columns: Columns, names: _Names) -> Ints:
    """How many words of theirs are not looked at."""
    return np.maximum(columns.names.sizes[names.theirs] - WIDEST, 0)


def _bare(columns: Columns, names: _Names) -> Truths:
    """Whether the vowels of one of the two are not written."""
    bare = columns.names.bare
    return np.asarray(bare[names.ours] != bare[names.theirs])


def _faced(names: _Names) -> tuple[Ints, Ints, Ints]:
    """Each word of ours that is left over beside each one of theirs: (row, column, column)."""
    row, one, other = np.nonzero(names.ours_over[:, :, None] & names.theirs_over[:, None, :])
    return row, one, other


def _nearly(vocabulary: Vocabulary, words: Rows, others: Rows) -> Floats:
    """How alike words are at most, 0-1: a letter that one of them lacks is wrong."""
    ours, theirs = vocabulary.letters[words], vocabulary.letters[others]
    wrong = np.maximum(np.bitwise_count(ours & ~theirs), np.bitwise_count(theirs & ~ours))
    longest = np.maximum(vocabulary.lengths[words], vocabulary.lengths[others])
    otherwise_alike = (
        (vocabulary.stems[words] == vocabulary.stems[others])
        | (vocabulary.endings[words] == vocabulary.endings[others])
        | (vocabulary.unarticled[words] == others)
        | (vocabulary.unarticled[others] == words)
    )
    return np.where(otherwise_alike, 1.0, 1.0 - wrong / longest)


def _begins(vocabulary: Vocabulary, words: Rows, others: Rows) -> Truths:
    """Whether one word may be the beginning of the other."""
    ours, theirs = vocabulary.consonants[words], vocabulary.consonants[others]
    both = ours & theirs
    same = vocabulary.initials[words] == vocabulary.initials[others]
    return np.asarray(same & ((both == ours) | (both == theirs)))


def _joined(vocabulary: Vocabulary, names: _Names) -> Truths:
    """Whether a word may be two neighbours of those there, but for words that both names have."""
    ours = np.where(_left_over(names.our_words, names.their_words), names.our_words, -1)
    theirs = np.where(_left_over(names.their_words, names.our_words), names.their_words, -1)
    found = np.zeros(len(ours), bool)
    for words, others in ((ours, theirs), (theirs, ours)):
        apart = np.take_along_axis(others, np.argsort(others < 0, axis=1, kind="stable"), axis=1)
        letters = vocabulary.consonants[apart]
        both = letters[:, :-1] | letters[:, 1:]
        begin = np.where(apart[:, 1:] >= 0, vocabulary.initials[apart[:, :-1]], -1)
        same = vocabulary.consonants[words][:, :, None] == both[:, None, :]
        same &= vocabulary.initials[words][:, :, None] == begin[:, None, :]
        row, word, place = np.nonzero(same)
        count = len(vocabulary.words)
        codes = words[row, word].astype(np.int64) * count + apart[row, place]
        distinct, which = np.unique(codes * count + apart[row, place + 1], return_inverse=True)
        alike = np.array([_is_joined(vocabulary, code) for code in distinct.tolist()], bool)
        found[row[alike[which]]] = True
    return found


def _is_joined(vocabulary: Vocabulary, code: int) -> bool:
    """Of the numbers of three words in one."""
    words = vocabulary.words
    rest, second = divmod(code, len(words))
    whole, first = divmod(rest, len(words))
    return text.skeleton(words[whole]) == text.skeleton(words[first] + words[second])


def _kept_and_lost(columns: Columns, names: _Names, alike: Floats) -> tuple[Floats, Floats]:
    """The information that the words share, and what is lost with those that they do not."""
    information = _information(columns, names, names.our_words)
    shared = np.where(names.ours_over, np.where(alike >= ALIKE, kept(alike), 0.0), 1.0)
    opposed = names.ours_over & (alike < ALIKE)
    lost = np.where(
        opposed,
        WORTH["opposed"][names.sort][:, None] * _unlike(alike),
        np.where(names.ours_over, OTHERWISE[names.sort][:, None], 0.0),
    ).sum(axis=1)
    # What is not seen there may be what is left over here.
    unseen = _unseen(columns, names)
    lost = np.minimum(lost - WORTH["opposed"][names.sort] * unseen, 0.0)
    shared[unseen > 0] = 1.0
    one = np.where(opposed.sum(axis=1) > unseen, 0.0, ONE[names.sort])
    return (shared * information).sum(axis=1), lost + one


def _unlike(alike: Floats) -> Floats:
    """As `model.unlike`."""
    return np.clip((0.9 - alike) / 0.45, 0.25, 1.0)


def _worth(
    columns: Columns, names: _Names, known: Floats, lost: Floats, joined: Ints | int = 0
) -> Floats:
    """`known` is the information that the two share, `lost` what is lost with words left over.
    `joined` are words of ours that may be two of theirs."""
    told, sort = columns.names, names.sort
    size = told.sizes[names.ours]
    known = np.where(size > WIDEST, np.inf, known)
    worth = WORTH["base"][sort] + WORTH["slope"][sort] * np.minimum(known, WORTH["most"][sort])
    one_word = WORTH["one_word"][sort]
    met = ((names.our_words >= 0) & ~names.ours_over).sum(axis=1)
    worth += np.where(size == 1, one_word, np.where(met < 2, np.maximum(one_word, 0.0), 0.0))
    weak = told.weak[names.ours] | told.weak[names.theirs]
    worth = np.where(weak, np.minimum(worth, model.WEAK), worth)
    # Of theirs, those that face nothing; at least as common as the most common one left over.
    spare = told.distinct[names.theirs] - size - told.optional[names.ours] - joined
    information = _information(columns, names, names.their_words)
    common = np.where(names.theirs_over, information, np.inf).min(axis=1)
    seen = np.isfinite(common) & (told.sizes[names.theirs] <= WIDEST)
    extra = WORTH["extra"][sort] + WORTH["rarity"][sort] * np.where(seen, common, 0.0)
    extra = np.maximum(extra, WORTH["opposed"][sort] / 2)
    added = np.maximum(np.maximum(spare, 0) * extra, WORTH["longer"][sort])
    return np.asarray(worth + lost + added)
