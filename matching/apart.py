"""Why two listings that came near are not one subject."""

from collections.abc import Mapping
from dataclasses import dataclass

from matching.objections import Count, Objection, Sides, counted, not_entered_again
from matching.rivals import Pair, Pairs, Rivals, Rules, not_repeated, ordered, places


@dataclass(frozen=True, slots=True)
class Apart:
    """What keeps two listings apart, as pairs of keys; nothing of it where they could be one.

    `weak`: their score does not link them by itself. `rivals`: who fits which of the two nearly as
    well. `objections`: pairs across their two clusters that decide alone. `against`: where the
    pairs across outweigh, those that count most against joining, the strongest first; `total`: what
    all count together, in nats.
    """

    weak: bool
    rivals: tuple[Pair, ...]
    objections: tuple[Count, ...]
    against: tuple[Count, ...]
    total: float


MOST = 3  # pairs that are named


def apart(
    pair: Pair, sides: Sides, scores: Mapping[Pair, float], pairs: Pairs, rules: Rules
) -> Apart:
    """`sides` are the clusters of the two, `scores` those of all pairs that came near."""
    pair = ordered(*pair)
    score = pairs.score(*pair)
    weak = score < rules.link
    rivals = Rivals(
        places(scores, pairs.list_of, ()),
        {**scores, pair: score},
        pairs.list_of,
        rules,
        not_repeated(pairs, rules),
        {},
    )
    counts = list(counted(sides, pairs, rules, not_entered_again(sides, pairs, rules), {}))
    open_ = [each for each in counts if each.objection is Objection.NONE]
    total = sum(each.value for each in open_)
    against = sorted((each for each in open_ if each.value < 0), key=lambda each: each.value)
    return Apart(
        weak,
        tuple(rivals.besetting(pair, rules.lead if weak else rules.margin))[:MOST],
        tuple(each for each in counts if each.objection is not Objection.NONE)[:MOST],
        tuple(against[:MOST]) if total < 0 else (),
        total,
    )
