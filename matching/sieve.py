"""A cheap look at the pairs that share a key: those that can not come near are dropped.

What the full comparison may find at most is estimated for very many pairs at once, first from the
facts beside the names, then from the names.
"""

import numpy as np

from matching import model
from matching.blocking import Pairs
from matching.frequencies import Frequencies
from matching.packed import Profiles
from matching.sifting import facts, names
from matching.sifting.columns import ENTITY, KINDS, VESSEL, Floats, Truths, columns

# By the kind of one, those that the other may be of; see `model.comparable`.
MEETS = np.array(
    [
        kinds | ENTITY | VESSEL if kinds in (ENTITY, VESSEL) else kinds
        for kinds in range(max(KINDS.values()) + 1)
    ]
)


class Sieve:
    """Keeps the pairs that may come near; made for some pairs, it looks at these or a part."""

    def __init__(self, profiles: Profiles, pairs: Pairs, frequencies: Frequencies) -> None:
        touched = np.zeros(len(profiles), bool)
        touched[pairs.ravel()] = True
        places = np.flatnonzero(touched)
        self._row = np.zeros(len(profiles), np.int32)
        self._row[places] = np.arange(len(places))
        self._columns = columns((profiles[place] for place in places.tolist()), frequencies)

    def survivors(self, pairs: Pairs) -> Pairs:
        """The pairs that may come near enough to be worth a full comparison, in their order."""
        return self.hopes(pairs)[0]

    def hopes(self, pairs: Pairs) -> tuple[Pairs, Floats]:
        """The survivors, and what the names of each can be worth at most."""
        left, right = self._row[pairs].T
        kinds = self._columns.kinds
        rest = facts.at_most(self._columns, left, right)
        hope = rest + names.most(self._columns, left, right)
        near = np.flatnonzero(((MEETS[kinds[left]] & kinds[right]) > 0) & _is_near(hope))
        left, right, rest = left[near], right[near], rest[near]
        named = names.at_most(self._columns, left, right, rest)
        kept = _is_near(rest + named)
        return pairs[near[kept]], named[kept]


def _is_near(score: Floats) -> Truths:
    return score >= model.NEAR - model.ROUNDING
