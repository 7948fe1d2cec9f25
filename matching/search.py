"""Finding names by what a person types: any order, any script, with a slip or two."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from anyascii import anyascii
from rapidfuzz import process
from rapidfuzz.distance import Indel

WORD_FLOOR = 0.72  # two words less alike than this are different words
FLOOR = 0.55  # a name that explains less of the query than this is not shown


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found for a query; `score` runs from 0 to 1."""

    id: str
    name: str
    score: float


def words(text: str) -> list[str]:
    """The words of a name as they are compared: Latin letters, lower case, no marks."""
    return re.findall(r"[a-z0-9]+", anyascii(text).casefold())


class NameIndex:
    """An index over (id, name) that tolerates spelling, order and script.

    Each word of the query is matched with the like words of the index; a name's score is the
    share of the query, weighed by the rarity of its words, that the name explains, and a little
    less the more words it has besides.
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._names: list[tuple[str, str, int]] = []
        self._places: dict[str, list[int]] = defaultdict(list)
        for id_, name in dict.fromkeys(names):
            own = set(words(name))
            for word in own:
                self._places[word].append(len(self._names))
            self._names.append((id_, name, len(own)))
        self._words = list(self._places)

    def search(self, text: str, limit: int = 20) -> list[Hit]:
        """Return the best name of each id, best first; nothing for a text without a letter."""
        asked = list(dict.fromkeys(words(text)))
        if not asked or not self._names:
            return []
        weights = {word: self._weight(word) for word in asked}
        total = sum(weights.values())
        explained: dict[int, float] = defaultdict(float)
        for word in asked:
            best: dict[int, float] = {}
            for alike, similarity in self._alike(word):
                for place in self._places[alike]:
                    if similarity > best.get(place, 0.0):
                        best[place] = similarity
            for place, similarity in best.items():
                explained[place] += similarity * weights[word]
        hits: dict[str, Hit] = {}
        for place, weight in explained.items():
            id_, name, size = self._names[place]
            besides = max(size - len(asked), 0)
            score = weight / total - 0.02 * min(besides, 5)
            if score >= FLOOR and (id_ not in hits or score > hits[id_].score):
                hits[id_] = Hit(id_, name, round(score, 4))
        return sorted(hits.values(), key=lambda hit: (-hit.score, hit.name, hit.id))[:limit]

    def _weight(self, word: str) -> float:
        return log((len(self._names) + 1) / (len(self._places.get(word, ())) + 1)) + 1

    def _alike(self, word: str) -> Sequence[tuple[str, float]]:
        found = process.extract(
            word,
            self._words,
            scorer=Indel.normalized_similarity,
            score_cutoff=WORD_FLOOR if len(word) > 3 else 1.0,
            limit=None,
        )
        return [(alike, similarity) for alike, similarity, _place in found]
