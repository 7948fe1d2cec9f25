"""From scored pairs to clusters of listings that describe one subject.

Pairs are taken strongest first, and two clusters are joined only where nothing across them speaks
against it. A chain of likely pairs can therefore not run away, and the result does not depend on
the order in which listings or pairs are given.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from matching.objections import Sides, across, not_entered_again, outweighed
from matching.rivals import (
    Distinct,
    Pair,
    Pairs,
    Rivals,
    Rules,
    not_repeated,
    ordered,
    places,
    unlike,
)

Objected = Callable[[Sides], bool]


@dataclass(frozen=True, slots=True)
class Outcome:
    """`clusters` with more than one listing, `linked` the pairs that made them, `refused` the
    pairs that were strong enough but met an objection."""

    clusters: tuple[frozenset[str], ...]
    linked: tuple[Pair, ...]
    refused: tuple[Pair, ...]


def resolve(
    scores: Mapping[Pair, float],
    pairs: Pairs,
    rules: Rules,
    same: Iterable[Pair] = (),
    different: Iterable[Pair] = (),
    unsure: Iterable[Pair] = (),
) -> Outcome:
    """Join listings into clusters.

    `scores` has an entry for every pair that came near, smaller key first; `pairs` answers for any
    pair.

    Pairs judged `same` are joined first, pairs judged `different` never end in one cluster,
    whatever else was judged; an `unsure` pair ends in one only through pairs judged `same`, never
    on evidence. One listing per list is the rule; two of one list share a cluster if they are like
    each other, too. Once that is done, what one list entered twice may be joined after all.
    """
    apart = {ordered(*pair) for pair in different}
    open_ = {ordered(*pair) for pair in unsure}
    differ = unlike(pairs, rules)
    group: dict[str, frozenset[str]] = {}
    linked: list[Pair] = []

    def taken(pair: Pair, objected: Objected) -> bool:
        left = group.get(pair[0], frozenset({pair[0]}))
        right = group.get(pair[1], frozenset({pair[1]}))
        if left is not right:
            if not apart.isdisjoint(across(left, right)) or objected((left, right)):
                return False
            group.update(dict.fromkeys(left | right, left | right))
        linked.append(pair)
        return True

    def objected(sides: Sides, distinct: Distinct) -> bool:
        doubted = not open_.isdisjoint(across(*sides))
        return doubted or outweighed(sides, pairs, rules, distinct, kin)

    def strictly(sides: Sides) -> bool:
        return objected(sides, differ)

    def at_last(sides: Sides) -> bool:
        return objected(sides, not_entered_again(sides, pairs, rules))

    confirmed = sorted({ordered(*pair) for pair in same} - apart)
    refused = [pair for pair in confirmed if not taken(pair, lambda _sides: False)]
    kin = dict(group)
    rivals = Rivals(places(scores, pairs.list_of, apart), scores, pairs.list_of, rules, differ, kin)
    strong = sorted(
        (
            pair
            for pair, value in scores.items()
            if value >= rules.alone
            and pair not in apart
            and pair not in open_
            and (value >= rules.twice or pairs.list_of(pair[0]) != pairs.list_of(pair[1]))
            and (value >= rules.link or (rivals.alone(pair) and not pairs.contradicted(*pair)))
        ),
        key=lambda pair: (-scores[pair], pair),
    )
    waiting = _joined(strong, rivals, strictly, taken)
    twice = replace(rivals, distinct=not_repeated(pairs, rules))
    refused += _joined(waiting, twice, at_last, taken)
    distinct = {min(members): members for members in group.values()}
    return Outcome(
        tuple(distinct[first] for first in sorted(distinct)),
        tuple(dict.fromkeys(linked)),
        tuple(dict.fromkeys(refused)),
    )


def _joined(
    strong: list[Pair],
    rivals: Rivals,
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
