"""Finding names by what a person types: any order, any script, with a slip or two."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from math import log
from sys import intern

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Indel

from matching import text

SOUND_FLOOR = 0.72  # two words whose sounds are less alike than this are different words
SHORT = 3  # letters; so short a word is only found by its own sound
SAME_SOUND = 0.95  # of two words that are spelt otherwise
SAME_BONES = 0.82  # of two words that share their consonants, at least three of them
SWAPPED = 0.93  # of two words that differ by two neighbouring letters in the wrong order
JOINED = 0.97  # of two words that the one writes together and the other apart
SURELY = 0.85  # alike enough to tell how rare a misspelt word is
KEPT = 20_000  # words that were asked
AT_ONCE = 256  # words: a table of them and all sounds takes some 40 MB
FLOOR = 0.55  # a name that explains less of the query than this is not shown
BESIDE = 0.02  # taken off for each word that a name has besides
MOST_BESIDE = 5  # words for which it is taken off

Places = NDArray[np.intp]  # of names in the index
Shares = NDArray[np.float64]  # for each name of the index


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found for a query; `score` runs from 0 to 1."""

    id: str
    name: str
    score: float


class NameIndex:
    """An index over (id, name) that tolerates spelling, order and script.

    Each word of the query is matched with the like words of the index; a name's score is the
    share of the query, weighed by the rarity of its words, that the name explains, and a little
    less the more words it has besides.
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._names = list(dict.fromkeys(names))
        places: dict[str, list[int]] = defaultdict(list)
        lengths = []
        for place, (_, name) in enumerate(self._names):
            own = set(map(intern, text.words(name)))
            for word in own:
                places[word].append(place)
            lengths.append(len(own))
        self._lengths = np.array(lengths, dtype=np.intp)
        self._places: dict[str, Places] = {
            word: np.array(theirs, dtype=np.intp) for word, theirs in places.items()
        }
        self._of_sound: dict[str, list[str]] = defaultdict(list)
        self._of_bones: dict[str, list[str]] = defaultdict(list)
        for word in self._places:
            heard = text.sound(word)
            self._of_sound[heard].append(word)
            bones = text.skeleton(heard)
            if len(bones) >= SHORT:
                self._of_bones[bones].append(word)
        self._sounds: dict[int, list[str]] = defaultdict(list)
        for heard in self._of_sound:
            self._sounds[len(heard)].append(heard)
        self._looked_up: dict[str, dict[str, float]] = {}

    def search(self, query: str, limit: int = 20) -> list[Hit]:
        """Return the best name of each id, best first; nothing for a text without a letter."""
        asked = list(dict.fromkeys(text.words(query)))
        if not asked or not self._names:
            return []
        alike = self._alike(asked)
        for word in text.nasal(query):
            alike[word] = self._read_both_ways(word)
        joined: dict[str, list[tuple[Places, float]]] = {word: [] for word in asked}
        for word in asked:
            if word not in self._places:
                joined[word] += ((places, JOINED) for places in self._written_apart(word))
        for one, other, together, likeness in self._together(asked):
            joined[one].append((self._places[together], JOINED * likeness))
            joined[other].append((self._places[together], JOINED * likeness))
        weights = {word: self._weight(alike[word]) for word in asked}
        total = sum(weights.values())
        scores = np.zeros(len(self._names))
        for word in asked:
            scores += self._explained(alike[word], joined[word]) * (weights[word] / total)
        scores -= BESIDE * np.clip(self._lengths - len(asked), 0, MOST_BESIDE)
        found = np.flatnonzero(scores >= FLOOR)
        shown = np.round(scores[found], 4)
        hits: dict[str, Hit] = {}
        for best in np.argsort(-shown, kind="stable"):  # of equals the name that came first
            id_, name = self._names[found[best]]
            if id_ not in hits:
                hits[id_] = Hit(id_, name, float(shown[best]))
        return sorted(hits.values(), key=lambda hit: (-hit.score, hit.name, hit.id))[:limit]

    def _read_both_ways(self, word: str) -> dict[str, float]:
        """Those of the index that are like a word, or like it with ng at its end."""
        plain, nasal = self._alike([word, f"{word}g"]).values()
        heard = {each: SAME_SOUND * nasal[each] for each in nasal}
        return {each: max(plain.get(each, 0.0), heard.get(each, 0.0)) for each in plain | heard}

    def look_up(self, queries: Iterable[str]) -> None:
        """Look up the words of many queries at once, which takes a fraction of one by one."""
        asked = [text.words(query) for query in queries]
        with_articles = (
            one + other for each in asked for one, other in pairwise(each) if _article(one, other)
        )
        words = list(dict.fromkeys((*chain.from_iterable(asked), *with_articles)))
        for start in range(0, len(words), AT_ONCE):
            self._alike(words[start : start + AT_ONCE])

    def _explained(
        self, alike: Mapping[str, float], joined: Iterable[tuple[Places, float]]
    ) -> Shares:
        """How much of a word each name explains: by that of its words which is most like it, or
        where the one writes together what the other writes apart."""
        found = np.zeros(len(self._names))
        for word in sorted(alike, key=lambda each: alike[each]):  # the most alike is written last
            found[self._places[word]] = alike[word]
        for places, likeness in joined:
            found[places] = np.maximum(found[places], likeness)
        return found

    def _together(self, asked: Sequence[str]) -> Iterator[tuple[str, str, str, float]]:
        """Neighbouring words, and one of the index that is like them as one. An article may be
        written either way in every spelling; other words must be the very same."""
        for one, other in pairwise(asked):
            joined = one + other
            if _article(one, other):
                for each, likeness in self._alike([joined])[joined].items():
                    if likeness >= SAME_BONES:
                        yield one, other, each, likeness
            elif joined in self._places:
                yield one, other, joined, 1.0

    def _written_apart(self, word: str) -> Iterator[Places]:
        """The places of names with two words that together make this one."""
        for end in range(2, len(word) - 1):
            first, second = self._places.get(word[:end]), self._places.get(word[end:])
            if first is not None and second is not None:
                yield np.intersect1d(first, second)

    def _weight(self, alike: Mapping[str, float]) -> float:
        """How much a word tells: more, the fewer names have it. One that nothing is surely like
        tells little, since the lists may not have it at all."""
        names = [len(self._places[each]) for each in alike if alike[each] >= SURELY]
        rarity = log((len(self._names) + 1) / (max(names, default=0) + 1)) + 1
        return rarity if names else rarity / 2

    def _alike(self, words: Sequence[str]) -> dict[str, dict[str, float]]:
        """For each word those of the index that may be meant, with how alike they are. Kept,
        since people ask for the same words again."""
        kept = self._looked_up  # never emptied but exchanged: another search may be reading it
        found = {word: kept[word] for word in words if word in kept}
        unknown = [word for word in words if word not in found]
        like_sounds = self._like_sounds({text.sound(each) for each in unknown if len(each) > SHORT})
        new = {word: self._look_alike(word, like_sounds) for word in unknown}
        if len(kept) + len(new) > KEPT:
            self._looked_up = new
        else:
            kept.update(new)
        return {word: found[word] if word in found else new[word] for word in words}

    def _look_alike(
        self, word: str, like_sounds: Mapping[str, Sequence[tuple[str, float]]]
    ) -> dict[str, float]:
        heard = text.sound(word)
        found = dict.fromkeys(self._of_sound.get(heard, ()), SAME_SOUND)
        for alike in self._of_bones.get(text.skeleton(heard), ()):
            found.setdefault(alike, SAME_BONES)
        if len(word) > SHORT:
            for sound, similarity in like_sounds[heard]:
                for alike in self._of_sound[sound]:
                    spelt = Indel.normalized_similarity(word, alike)
                    found[alike] = max(found.get(alike, 0.0), SAME_SOUND * similarity, spelt)
        for start in range(len(word) - 1):
            swapped = f"{word[:start]}{word[start + 1]}{word[start]}{word[start + 2 :]}"
            if swapped in self._places:
                found[swapped] = max(found.get(swapped, 0.0), SWAPPED)
        if word in self._places:
            found[word] = 1.0
        return found

    def _like_sounds(self, heard: Iterable[str]) -> dict[str, list[tuple[str, float]]]:
        """Sounds of the index that are like enough, compared with those of a length at which
        they can be."""
        found: dict[str, list[tuple[str, float]]] = {each: [] for each in heard}
        for length, sounds in self._sounds.items():
            asked = [
                each
                for each in found
                if 2 * min(length, len(each)) / (length + len(each)) >= SOUND_FLOOR
            ]
            if not asked:
                continue
            table = process.cdist(
                asked, sounds, scorer=Indel.normalized_similarity, score_cutoff=SOUND_FLOOR
            )
            for row, column in zip(*table.nonzero(), strict=True):
                found[asked[row]].append((sounds[column], float(table[row, column])))
        return found


def _article(one: str, other: str) -> bool:
    """Whether the one is so short that it may be an article or a particle: al, bin, de."""
    return len(one) <= SHORT < len(other)
