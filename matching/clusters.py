"""From scored pairs to clusters of listings that describe one subject.

Pairs are taken strongest first, and two clusters are joined only where nothing across them speaks
against it. A chain of likely pairs can therefore not run away, and the result does not depend on
the order in which listings or pairs are given.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product
from operator import and_

Pair = tuple[str, str]
Sides = tuple[frozenset[str], frozenset[str]]  # two clusters that may be joined
Of = Callable[[str, str], bool]
# Whether a list may have entered the second one's party again as the first one, as far as the
# listings of other lists show that are given third.
Repeated = Callable[[str, str, Collection[str]], bool]
Distinct = Callable[[str, str, Collection[str]], bool]


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
    within: Callable[[str, str], float] | None = None,
    contradicted: Of = lambda _left, _right: False,
    clashing: Of = lambda _left, _right: False,
    repeated: Repeated = lambda _left, _right, _others: False,
    registered_apart: Of = lambda _left, _right: False,
) -> Outcome:
    """Join listings into clusters.

    `scores` has an entry for every pair that was compared, smaller key first; `score` answers for
    any pair, `within` for what a pair counts between two clusters (its score, unless given),
    `contradicted` says whether a fact speaks against it, `clashing` whether two listings of one
    list are two parties whatever their score, `repeated` whether the list may have entered the
    second one's party again as the first one, whatever their score, beside which other listings,
    `registered_apart` whether a register tells two apart, unless they would link by themselves.

    Pairs judged `same` are joined first, pairs judged `different` never end in one cluster,
    whatever else was judged; an `unsure` pair ends in one only through pairs judged `same`, never
    on evidence. One listing per list is the rule; two of one list share a cluster if they are like
    each other, too. Once that is done, entries of one list that stand alone may join those whom
    they fit beside the entry that they repeat.
    """

    def unlike(left: str, right: str, _others: Collection[str] = ()) -> bool:
        return score(*ordered(left, right)) < rules.same_list or clashing(left, right)

    def two(left: str, right: str, others: Collection[str]) -> bool:
        return unlike(left, right) and not (
            repeated(left, right, others) or repeated(right, left, others)
        )

    apart = {ordered(*pair) for pair in different}
    open_ = {ordered(*pair) for pair in unsure}
    group: dict[str, frozenset[str]] = {}
    linked: list[Pair] = []

    def taken(pair: Pair, objected: Objected) -> bool:
        left = group.get(pair[0], frozenset({pair[0]}))
        right = group.get(pair[1], frozenset({pair[1]}))
        if left is not right:
            if not apart.isdisjoint(_across(left, right)) or objected((left, right)):
                return False
            group.update(dict.fromkeys(left | right, left | right))
        linked.append(pair)
        return True

    def objected(sides: Sides, distinct: Distinct) -> bool:
        return not open_.isdisjoint(_across(*sides)) or _outweighed(
            sides, list_of, score, within or score, rules, distinct, registered_apart, kin
        )

    def strictly(sides: Sides) -> bool:
        return objected(sides, unlike)

    def at_last(sides: Sides) -> bool:
        lists = [set(map(list_of, each)) for each in sides]
        alone = [len(each) == 1 for each in lists]
        everyone = sides[0] | sides[1]
        only = len(lists[0] & lists[1]) == 1

        def distinct(left: str, right: str, _others: Collection[str]) -> bool:
            again = repeated(left, right, everyone), repeated(right, left, everyone)
            entered_again = any(map(and_, alone, again)) or (only and all(again))
            return unlike(left, right) and not entered_again

        return objected(sides, distinct)

    confirmed = sorted({ordered(*pair) for pair in same} - apart)
    refused = [pair for pair in confirmed if not taken(pair, lambda _sides: False)]
    kin = dict(group)
    places = _places(scores, list_of, apart)
    rivals = _Rivals(places, scores, list_of, rules, unlike, kin)
    strong = sorted(
        (
            pair
            for pair, value in scores.items()
            if value >= rules.alone
            and pair not in apart
            and pair not in open_
            and value >= (rules.twice if list_of(pair[0]) == list_of(pair[1]) else rules.alone)
            and (value >= rules.link or (rivals.alone(pair) and not contradicted(*pair)))
        ),
        key=lambda pair: (-scores[pair], pair),
    )
    waiting = _joined(strong, rivals, strictly, taken)
    waiting = _joined(waiting, replace(rivals, distinct=two), at_last, taken)
    refused += waiting
    distinct = {min(members): members for members in group.values()}
    return Outcome(
        tuple(distinct[first] for first in sorted(distinct)),
        tuple(dict.fromkeys(linked)),
        tuple(dict.fromkeys(refused)),
    )


Objected = Callable[[Sides], bool]


def _joined(
    strong: list[Pair],
    rivals: "_Rivals",
    objected: Objected,
    taken: Callable[[Pair, Objected], bool],
) -> list[Pair]:
    """Join what can be joined; the pairs that were refused, in their order."""
    beset = {pair for pair in strong if rivals.beset(pair)}
    waiting = [pair for pair in strong if pair not in beset]
    # What a cluster refuses it may take once others have joined it.
    while len(left := [pair for pair in waiting if not taken(pair, objected)]) < len(waiting):
        waiting = left
    refused = beset.union(waiting)
    return [pair for pair in strong if pair in refused]


def _across(left: Iterable[str], right: Collection[str]) -> list[Pair]:
    return [ordered(a, b) for a in left for b in right]


def _outweighed(
    sides: Sides,
    list_of: Callable[[str], str],
    score: Callable[[str, str], float],
    within: Callable[[str, str], float],
    rules: Rules,
    distinct: Distinct,
    registered_apart: Of,
    kin: Mapping[str, frozenset[str]],
) -> bool:
    """Whether the pairs across two clusters speak against joining them.

    One party is told in ways that are nothing alike, so that no single pair decides; together they
    must speak for it. Two listings of one list that are two parties do decide, and so do two that a
    register tells apart: neither is made one by what a third one has in common with both. Listings
    judged the same speak with one voice, that of the one that fits best, else a confirmation would
    break the links that it confirms.
    """
    total = 0.0
    for left, right in product(*sides):
        value = score(*ordered(left, right))
        if list_of(left) == list_of(right):
            if distinct(left, right, ()):
                return True
            value = max(value, 0.0)  # what a list does with an entry of its own says no more
        if left in kin or right in kin:
            value = max(
                score(*ordered(a, b))
                for a in kin.get(left, (left,))
                for b in kin.get(right, (right,))
            )
        if value < rules.link and registered_apart(left, right):
            return True
        if value < 0:
            value = max(within(*ordered(left, right)), value, -rules.against)
        total += value
    return total < 0


@dataclass(frozen=True, slots=True)
class _Rivals:
    """By listing and list: who on that list is at all likely to be the same party."""

    places: Mapping[tuple[str, str], list[tuple[float, str]]]
    scores: Mapping[Pair, float]
    list_of: Callable[[str], str]
    rules: Rules
    distinct: Distinct
    kin: Mapping[str, frozenset[str]]

    def beset(self, pair: Pair) -> bool:
        """Whether another listing of either list fits nearly as well and is someone else."""
        margin = self.rules.margin
        return self._beset(*pair, margin) or self._beset(pair[1], pair[0], margin)

    def alone(self, pair: Pair) -> bool:
        """Whether nobody else of either list comes near."""
        lead = self.rules.lead
        return not (self._beset(*pair, lead) or self._beset(pair[1], pair[0], lead))

    def _beset(self, ours: str, theirs: str, margin: float) -> bool:
        needed = self.scores[ordered(ours, theirs)] - margin
        return any(
            value > needed
            and other not in self.kin.get(theirs, (theirs,))
            and self.distinct(other, theirs, (ours,))
            and not self._settled(other, ours, value)
            for value, other in self.places.get((ours, self.list_of(theirs)), ())
        )

    def _settled(self, rival: str, ours: str, value: float) -> bool:
        """Whether the rival fits somebody else on our list clearly better."""
        return any(
            better > value + self.rules.margin and self.distinct(other, ours, (rival,))
            for better, other in self.places.get((rival, self.list_of(ours)), ())
        )


def _places(
    scores: Mapping[Pair, float], list_of: Callable[[str], str], apart: set[Pair]
) -> dict[tuple[str, str], list[tuple[float, str]]]:
    places: dict[tuple[str, str], list[tuple[float, str]]] = {}
    for pair, value in scores.items():
        if pair not in apart:
            left, right = pair
            places.setdefault((left, list_of(right)), []).append((value, right))
            places.setdefault((right, list_of(left)), []).append((value, left))
    return {place: found for place, found in places.items() if len(found) > 1}
