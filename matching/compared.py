"""Listings compared two by two when clustering asks, each pair once."""

from collections.abc import Callable, Collection, Mapping

from matching import model
from matching.features import identifiers
from matching.frequencies import Frequencies
from matching.profile import Profile
from matching.rivals import Pair, ordered


class Compared:
    """What clustering asks of two listings, from their profiles: see `matching.rivals.Pairs`.

    `scores` are those already known, the smaller key first.
    """

    def __init__(
        self,
        profile: Callable[[str], Profile],
        list_of: Callable[[str], str],
        counted: Frequencies,
        scores: Mapping[Pair, float],
    ) -> None:
        self._profile = profile
        self._list_of = list_of
        self._counted = counted
        self._scores = dict(scores)
        self._compared: dict[Pair, model.Comparison | None] = {}

    def list_of(self, key: str, /) -> str:
        return self._list_of(key)

    def score(self, left: str, right: str, /) -> float:
        pair = ordered(left, right)
        if pair not in self._scores:
            found = self._compare(*pair)
            self._scores[pair] = model.IMPOSSIBLE if found is None else found.score
        return self._scores[pair]

    def within(self, left: str, right: str, /) -> float:
        found = self._compare(left, right)
        return model.IMPOSSIBLE if found is None else found.within

    def contradicted(self, left: str, right: str, /) -> bool:
        found = self._compare(left, right)
        return found is None or found.contradicted

    def clashing(self, left: str, right: str, /) -> bool:
        found = self._compare(left, right)
        return found is None or found.clashing

    def repeated(self, entry: str, other: str, others: Collection[str], /) -> bool:
        found = self._compare(entry, other)
        ends = self._profile(entry), self._profile(other)
        beside = [self._profile(each) for each in others]
        return found is not None and model.repeated(*ends, beside, found, self._counted)

    def registered_apart(self, left: str, right: str, /) -> bool:
        return identifiers.registered_apart(self._profile(left), self._profile(right))

    def _compare(self, left: str, right: str) -> model.Comparison | None:
        pair = ordered(left, right)
        if pair not in self._compared:
            a, b = map(self._profile, pair)
            comparable = model.comparable(a, b)
            self._compared[pair] = model.compare(a, b, self._counted) if comparable else None
        return self._compared[pair]
