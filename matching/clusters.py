"""From scored pairs to clusters of listings that describe one subject.

Pairs are taken strongest first, and two clusters are joined only where nothing across them speaks
against it. A chain of likely pairs can therefore not run away, and the result does not depend on
the order in which listings or pairs are given.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rules:
    """When two clusters may be joined, in nats.

    `link`: what a pair needs to be linked by itself. `conflict`: a pair below it is an objection;
    `same_list` is the same for two listings of one list, which count as one party from it on.
    `margin`: by how much a link must beat the next best listing of the same list.
    """

    link: float
    conflict: float
    same_list: float
    margin: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """`clusters` with more than one listing, `linked` the pairs that made them, `refused` the
    pairs that were strong enough but met an objection."""

    clusters: tuple[frozenset[str], ...]
    linked: tuple[Pair, ...]
    refused: tuple[Pair, ...]


def ordered(left: str, right: str) -> Pair:
    return (left, right) if left < right else (right, left)


def resolve(
    scores: Mapping[Pair, float],
    list_of: Callable[[str], str],
    score: Callable[[str, str], float],
    rules: Rules,
    same: Iterable[Pair] = (),
    different: Iterable[Pair] = (),
    unsure: Iterable[Pair] = (),
) -> Outcome:
    """Join listings into clusters.

    `scores` has an entry for every pair that was compared, smaller key first; `score` answers for
    any pair. Pairs judged `same` are joined first, pairs judged `different` never end in one
    cluster, whatever else was judged; an `unsure` pair ends in one only through pairs judged
    `same`, never on evidence. One listing per list is the rule; two of one list share a cluster
    only if they are like each other, too.
    """
    apart = {ordered(*pair) for pair in different}
    open_ = {ordered(*pair) for pair in unsure}
    group: dict[str, frozenset[str]] = {}
    linked: list[Pair] = []
    refused: list[Pair] = []

    def take(pair: Pair, objected: Callable[[Pair, list[Pair]], bool]) -> None:
        left = group.get(pair[0], frozenset({pair[0]}))
        right = group.get(pair[1], frozenset({pair[1]}))
        if left is not right:
            across = [ordered(a, b) for a in left for b in right]
            if not apart.isdisjoint(across) or objected(pair, across):
                refused.append(pair)
                return
            group.update(dict.fromkeys(left | right, left | right))
        linked.append(pair)

    for pair in sorted({ordered(*pair) for pair in same} - apart):
        take(pair, lambda _pair, _across: False)
    kin = dict(group)
    rivals = _rivals(scores, list_of, score, rules, apart, kin)
    strong = sorted(
        (
            pair
            for pair, value in scores.items()
            if value >= rules.link and pair not in apart and pair not in open_
        ),
        key=lambda pair: (-scores[pair], pair),
    )
    for pair in strong:
        take(
            pair,
            lambda pair, across: (
                not open_.isdisjoint(across)
                or rivals.beset(pair)
                or any(_objects(each, pair, list_of, score, rules, kin) for each in across)
            ),
        )
    distinct = {min(members): members for members in group.values()}
    return Outcome(
        tuple(distinct[first] for first in sorted(distinct)),
        tuple(dict.fromkeys(linked)),
        tuple(dict.fromkeys(refused)),
    )


def _objects(
    each: Pair,
    pair: Pair,
    list_of: Callable[[str], str],
    score: Callable[[str, str], float],
    rules: Rules,
    kin: Mapping[str, frozenset[str]],
) -> bool:
    """Whether a pair across two clusters speaks against joining them by `pair`.

    Listings judged the same may be told in ways that are nothing alike: one that fits another
    listing is enough, else a confirmation would break the links that it confirms.
    """
    if each == pair:
        return False
    if list_of(each[0]) == list_of(each[1]):
        return score(*each) < rules.same_list
    return score(*each) < rules.conflict and not any(
        score(left, right) >= rules.conflict
        for left in kin.get(each[0], (each[0],))
        for right in kin.get(each[1], (each[1],))
    )


@dataclass(frozen=True, slots=True)
class _Rivals:
    """By listing and list: who on that list is at all likely to be the same party."""

    places: Mapping[tuple[str, str], list[tuple[float, str]]]
    scores: Mapping[Pair, float]
    list_of: Callable[[str], str]
    score: Callable[[str, str], float]
    rules: Rules
    kin: Mapping[str, frozenset[str]]

    def beset(self, pair: Pair) -> bool:
        """Whether another listing of either list fits nearly as well and is someone else."""
        return self._beset(*pair) or self._beset(pair[1], pair[0])

    def _beset(self, ours: str, theirs: str) -> bool:
        needed = self.scores[ordered(ours, theirs)] - self.rules.margin
        return any(
            value > needed
            and other not in self.kin.get(theirs, (theirs,))
            and self.score(*ordered(other, theirs)) < self.rules.same_list
            for value, other in self.places.get((ours, self.list_of(theirs)), ())
        )


def _rivals(
    scores: Mapping[Pair, float],
    list_of: Callable[[str], str],
    score: Callable[[str, str], float],
    rules: Rules,
    apart: set[Pair],
    kin: Mapping[str, frozenset[str]],
) -> _Rivals:
    places: dict[tuple[str, str], list[tuple[float, str]]] = {}
    for pair, value in scores.items():
        if value >= rules.link - rules.margin and pair not in apart:
            left, right = pair
            places.setdefault((left, list_of(right)), []).append((value, right))
            places.setdefault((right, list_of(left)), []).append((value, left))
    crowded = {place: found for place, found in places.items() if len(found) > 1}
    return _Rivals(crowded, scores, list_of, score, rules, kin)
