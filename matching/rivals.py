"""Which other listings of a list fit one nearly as well, so that a pair is in doubt."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

Pair = tuple[str, str]
# Whether two listings of one list are two parties, as far as the listings given third show.
Distinct = Callable[[str, str, Collection[str]], bool]


def ordered(left: str, right: str) -> Pair:
    return (left, right) if left < right else (right, left)


@dataclass(frozen=True, slots=True)
class Rules:
    """When two clusters may be joined, in nats.

    `link`: what a pair needs to be linked by itself; `alone`: what is enough where nobody else on
    either list comes within `lead` of it and no fact contradicts; `twice`: what two listings of one
    list need. `margin`: by how much a link must beat the next best listing of the same list.
    `against`: the most that one pair across two clusters can count against joining them.
    `same_list`: two listings of one list count as one party from it on; below it they are an
    objection.
    """

    link: float
    alone: float
    lead: float
    twice: float
    margin: float
    against: float
    same_list: float


class Pairs(Protocol):
    """What clustering asks of listings, by key, and of any two of them, in either order."""

    def list_of(self, key: str, /) -> str: ...

    def score(self, left: str, right: str, /) -> float:
        """In nats."""

    def within(self, left: str, right: str, /) -> float:
        """What the pair counts between two clusters, in nats."""

    def contradicted(self, left: str, right: str, /) -> bool:
        """Whether a fact speaks against it."""

    def clashing(self, left: str, right: str, /) -> bool:
        """Whether two listings of one list are two parties whatever their score."""

    def repeated(self, entry: str, other: str, others: Collection[str], /) -> bool:
        """Whether the list may have entered the other one's party again as the entry, whatever
        their score, as far as the listings of other lists show that are given third."""

    def registered_apart(self, left: str, right: str, /) -> bool:
        """Whether a register tells two apart, unless they would link by themselves."""


def unlike(pairs: Pairs, rules: Rules) -> Distinct:
    """Whether two listings of one list are not like each other."""

    def distinct(left: str, right: str, _others: Collection[str]) -> bool:
        return pairs.score(left, right) < rules.same_list or pairs.clashing(left, right)

    return distinct


def not_repeated(pairs: Pairs, rules: Rules) -> Distinct:
    """The same, and the list entered neither party again."""
    differ = unlike(pairs, rules)

    def distinct(left: str, right: str, others: Collection[str]) -> bool:
        return differ(left, right, others) and not (
            pairs.repeated(left, right, others) or pairs.repeated(right, left, others)
        )

    return distinct


@dataclass(frozen=True, slots=True)
class Rivals:
    """By listing and list: who on that list is at all likely to be the same party."""

    places: Mapping[tuple[str, str], list[tuple[float, str]]]
    scores: Mapping[Pair, float]
    list_of: Callable[[str], str]
    rules: Rules
    distinct: Distinct
    kin: Mapping[str, frozenset[str]]  # listings judged the same

    def beset(self, pair: Pair) -> bool:
        """Whether another listing of either list fits nearly as well and is someone else."""
        return any(self.besetting(pair, self.rules.margin))

    def alone(self, pair: Pair) -> bool:
        """Whether nobody else of either list comes near."""
        return not any(self.besetting(pair, self.rules.lead))

    def besetting(self, pair: Pair, margin: float) -> Iterator[Pair]:
        """Who fits whom of the two as well within the margin, in nats, as pairs of the rival and
        the one it fits."""
        for ours, theirs in (pair, pair[::-1]):
            needed = self.scores[pair] - margin
            for value, other in self.places.get((ours, self.list_of(theirs)), ()):
                if (
                    value > needed
                    and other not in self.kin.get(theirs, (theirs,))
                    and self.distinct(other, theirs, (ours,))
                    and not self._settled(other, ours, value)
                ):
                    yield other, ours

    def _settled(self, rival: str, ours: str, value: float) -> bool:
        """Whether the rival fits somebody else on our list clearly better."""
        return any(
            better > value + self.rules.margin and self.distinct(other, ours, (rival,))
            for better, other in self.places.get((rival, self.list_of(ours)), ())
        )


def places(
    scores: Mapping[Pair, float], list_of: Callable[[str], str], apart: Collection[Pair]
) -> dict[tuple[str, str], list[tuple[float, str]]]:
    """By listing and list, those of that list that are scored beside it, if there are several."""
    found: dict[tuple[str, str], list[tuple[float, str]]] = {}
    for pair, value in scores.items():
        if pair not in apart:
            left, right = pair
            found.setdefault((left, list_of(right)), []).append((value, right))
            found.setdefault((right, list_of(left)), []).append((value, left))
    return {place: several for place, several in found.items() if len(several) > 1}
