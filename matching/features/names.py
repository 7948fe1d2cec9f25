"""Features that compare names."""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, Levenshtein, Prefix

from matching import text
from matching.frequencies import Population
from matching.naming import NameForm, is_acronym
from matching.profile import Profile

STEM = 5  # letters
SHORT = 6  # letters
# First sounds that lists write for one another: Qasem and Ghasem, Jafar and Zafar.
INITIALS = {letter: group for group in ("kgh", "dt", "bp", "vf", "sSj", "aiu") for letter in group}
ALIKE = 0.8  # below this, two words are different words
SAME_WORD = 0.8  # from here on, two spellings are those of one word: centre and center
DIVISIONS = frozenset({"holding", "corporation", "concern"})  # one company of a group or another
Likeness = TypeVar("Likeness", float, NDArray[np.float64])


class Shared(NamedTuple):
    """A word that both names hold, in these two spellings; `information` in nats."""

    left: str
    right: str
    information: float


class Opposed(NamedTuple):
    """A word that stands where the other name has another word; `likeness` 0-1."""

    left: str
    right: str
    likeness: float
    information: float


class Alignment(NamedTuple):
    """Two names laid side by side, each word used once."""

    left: NameForm
    right: NameForm
    shared: tuple[Shared, ...]
    opposed: tuple[Opposed, ...]
    extra: tuple[tuple[str, float], ...]  # words of one side that face nothing, information
    bearers: int  # parties on one list that bear exactly this name
    leading: bool  # the first word of the longer name, of three or more, is extra
    short: int  # words that may be left out, where the other name has others

    @property
    def information(self) -> float:
        return sum(each.information for each in self.shared)


@lru_cache(maxsize=1 << 18)
def likeness(left: str, right: str) -> float:
    """How alike two sounds are, 0-1; 1 only for the same sound. Figures are alike or not."""
    if left == right:
        return 1.0
    if left.isdigit() or right.isdigit() or not left or not right:
        return 0.0
    if len(left) > len(right):
        left, right = right, left
    if len(left) > 2 and right in ("al" + left, "l" + left):
        return 0.97  # the article written together with the name
    near: float = OSA.normalized_similarity(left, right)  # two letters swapped are one slip
    if len(left) < 4:
        near -= 0.1
    if len(right) <= SHORT and _begins(left) != _begins(right):
        near -= 0.1  # Malik is not Khaliq, Jinsong not Kinsong
    bones = text.skeleton(left), text.skeleton(right)
    if bones[0] == bones[1] and len(bones[0]) > 2:
        return min(near + 0.15, 0.95)
    alike = bones[0][1:] == bones[1][1:] and _begins(left) == _begins(right)
    if alike and len(bones[0]) > 3:
        return max(near, 0.8)  # Alexander, Oleksandr
    return near


@lru_cache(maxsize=1 << 17)
def stem_likeness(left: str, right: str) -> float:
    """As `likeness`, but words of one stem are alike whatever their endings."""
    near = likeness(left, right)
    stem = Prefix.similarity(left, right)
    if stem >= STEM and stem >= 0.6 * max(len(left), len(right)):
        return max(near, 0.85)
    return near


@lru_cache(maxsize=1 << 17)
def skeleton_likeness(left: str, right: str) -> float:
    """For names whose vowels are not written: the consonants are all there is."""
    bones = sorted((_bare(left), _bare(right)), key=len)
    if bones[0] == bones[1] and len(bones[0]) > 1:
        return 0.95
    if bones[1] == "l" + bones[0]:
        return 0.9
    return 0.8 if len(bones[0]) > 3 and Levenshtein.distance(*bones) < 2 else 0.0


def _begins(heard: str) -> str:
    return INITIALS.get(heard[0], heard[0])


def _bare(heard: str) -> str:
    return "".join(letter for letter in heard if letter not in "aiuvyw'`")


def align(
    left: NameForm, right: NameForm, population: Population, *, stems: bool = False
) -> Alignment:
    """Lay two names side by side: equal words first, then words written apart on one side, then
    the most alike; what is left over on both sides stands opposed, the rest is extra.

    With `stems`, words of one stem are alike (Armour and Armored, Iran and Iranian).
    """
    if left.tokens == right.tokens:
        same = tuple(Shared(word, word, population.information(word)) for word in left.tokens)
        bearers = population.bearers(frozenset(left.tokens))
        return Alignment(
            left, right, same, (), (), bearers, leading=False, short=_short(left, right)
        )
    shared: list[Shared] = []
    ours = list(left.tokens)
    theirs = list(right.tokens)
    for word in left.tokens:
        if word in theirs:
            ours.remove(word)
            theirs.remove(word)
            shared.append(Shared(word, word, population.information(word)))
    opposed: list[Opposed] = []
    if ours and theirs:
        _join(ours, theirs, shared, population)
        _join(theirs, ours, shared, population, swapped=True)
        measure = likeness
        if left.bare != right.bare:
            measure = skeleton_likeness
        elif stems:
            measure = stem_likeness
        _pair_up(ours, theirs, shared, opposed, population, measure)
    if ours or theirs:
        ours, theirs = _needed(ours, left, right), _needed(theirs, right, left)
    extra = tuple((word, population.information(word)) for word in sorted(ours + theirs))
    whole = not opposed and not extra
    bearers = population.bearers(frozenset(left.tokens)) if whole else 1
    longer = left if len(left.tokens) > len(right.tokens) else right
    leading = not opposed and len(longer.tokens) > 2 and longer.tokens[0] in ours + theirs
    return Alignment(
        left, right, tuple(shared), tuple(opposed), extra, bearers, leading, _short(left, right)
    )


def listed_under(profile: Profile) -> NameForm:
    return next((form for form in profile.names if form.primary), profile.names[0])


def known_as(listed: Profile, other: Profile) -> set[tuple[str, ...]]:
    """The names under which one is listed and which are, word by word, names of the other: of
    persons as they sound, of others as they are written, too, since an industry is not a
    manufacturer and Rosneft not Russneft."""
    return {
        form.tokens
        for form in listed.names
        for name in other.names
        if form.primary and not name.weak and _is_one(form, name, heard=listed.is_person)
    }


def names_more(left: Profile, right: Profile, population: Population) -> bool:
    """Whether the name under which one is listed has words that the other's has not and does not
    abbreviate."""
    ours, theirs = listed_under(left), listed_under(right)
    if is_acronym(ours.text, theirs.text):
        return False
    found = align(ours, theirs, population, stems=not left.is_person)
    return bool(found.opposed) or any(word in ours.tokens for word, _ in found.extra)


def bears(profile: Profile, listed: NameForm) -> bool:
    """Whether the name under which another is listed is, word by word, one of its names."""
    return any(_is_one(listed, name, heard=profile.is_person) for name in profile.names)


def _is_one(left: NameForm, right: NameForm, *, heard: bool) -> bool:
    if left.forms and right.forms and not left.forms & right.forms:
        return False
    if (left.forms ^ right.forms) & DIVISIONS:
        return False
    if sorted(left.tokens) != sorted(right.tokens):
        return "".join(left.tokens) == "".join(right.tokens)
    theirs = right.written.split()
    return heard or all(
        any(OSA.normalized_similarity(word, other) >= SAME_WORD for other in theirs)
        for word in left.written.split()
    )


def heard_alone(left: NameForm, right: NameForm) -> bool:
    """Whether two names of one word sound alike and are written otherwise: Rosneft, Russneft."""
    one_word = len(left.tokens) == 1 and left.tokens == right.tokens
    return one_word and spelling(left, right) < SAME_WORD


def spelling(left: NameForm, right: NameForm) -> float:
    """How alike those words of two names are that are written most alike, 0-1; 1 where the writing
    of one is not known, as that of an acronym."""
    return max(
        (
            OSA.normalized_similarity(word, other)
            for word in left.written.split()
            for other in right.written.split()
        ),
        default=1.0,
    )


def _short(left: NameForm, right: NameForm) -> int:
    ours, theirs = set(left.optional), set(right.optional)
    return min(len(ours - theirs), len(theirs - ours))


def _join(
    ours: list[str],
    theirs: list[str],
    shared: list[Shared],
    population: Population,
    *,
    swapped: bool = False,
) -> None:
    """Find words of ours that the other side writes as two."""
    if len(theirs) < 2:
        return
    bones = {text.skeleton(word): word for word in sorted(ours)}
    first = 0
    while first + 1 < len(theirs):
        apart = (theirs[first], theirs[first + 1])
        word = bones.get(text.skeleton("".join(apart)))
        if word in ours and len(word) > 3:
            pair = (" ".join(apart), word) if swapped else (word, " ".join(apart))
            shared.append(Shared(*pair, population.information(word)))
            ours.remove(word)
            del theirs[first : first + 2]
        else:
            first += 1


def _pair_up(
    ours: list[str],
    theirs: list[str],
    shared: list[Shared],
    opposed: list[Opposed],
    population: Population,
    measure: Callable[[str, str], float],
) -> None:
    """Pair the most alike words off, until one side has none left."""
    ranked = sorted(
        [
            (-(measure(a, b) if a < b else measure(b, a)), min(a, b), max(a, b), a, b)
            for a in set(ours)
            for b in set(theirs)
        ]
    )
    for distance, _, _, a, b in ranked:
        while a in ours and b in theirs:
            ours.remove(a)
            theirs.remove(b)
            known = min(population.information(a), population.information(b))
            if -distance >= ALIKE:
                shared.append(Shared(a, b, known * kept(-distance)))
            else:
                opposed.append(Opposed(a, b, -distance, known))


def kept(likeness: Likeness) -> Likeness:
    """Of the information in two words that are alike, what they share."""
    return 1 - 1.5 * (1 - likeness)


def _needed(words: list[str], own: NameForm, other: NameForm) -> list[str]:
    """The words of one name that the other one lacks: not a word that it repeats, not one that
    the other has as a title or as an initial."""
    kept = []
    marks = list(other.optional)
    for place, word in enumerate(words):
        if word in words[:place] or own.tokens.count(word) > words.count(word):
            continue
        mark = next((m for m in marks if m == word or (len(m) == 1 and word.startswith(m))), None)
        if mark is None:
            kept.append(word)
        else:
            marks.remove(mark)
    return kept
