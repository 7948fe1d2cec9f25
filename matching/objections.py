"""What speaks against joining two clusters of listings, though a pair across them fits."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import product
from operator import and_
from typing import NamedTuple

from matching.rivals import Distinct, Pair, Pairs, Rules, ordered, unlike

Sides = tuple[frozenset[str], frozenset[str]]  # two clusters that may be joined


class Objection(StrEnum):
    NONE = "none"
    TWO_ENTRIES = "two entries"  # one list keeps the two as two parties
    REGISTERED = "registered"  # a register tells them apart


class Count(NamedTuple):
    """What one pair counts between two clusters, in nats; an objection decides alone."""

    pair: Pair
    value: float
    objection: Objection


def across(left: Iterable[str], right: Collection[str]) -> list[Pair]:
    return [ordered(a, b) for a in left for b in right]


def outweighed(
    sides: Sides, pairs: Pairs, rules: Rules, distinct: Distinct, kin: Mapping[str, frozenset[str]]
) -> bool:
    """Whether the pairs across two clusters speak against joining them.

    One party is told in ways that are nothing alike, so that no single pair decides; together they
    must speak for it. Two listings of one list that are two parties do decide, and so do two that a
    register tells apart: neither is made one by what a third one has in common with both.
    """
    total = 0.0
    for each in counted(sides, pairs, rules, distinct, kin):
        if each.objection is not Objection.NONE:
            return True
        total += each.value
    return total < 0


def counted(
    sides: Sides, pairs: Pairs, rules: Rules, distinct: Distinct, kin: Mapping[str, frozenset[str]]
) -> Iterator[Count]:
    """Every pair across the two. Listings judged the same, `kin`, speak with one voice, that of the
    one that fits best, else a confirmation would break the links that it confirms."""
    for left, right in product(*sides):
        pair = ordered(left, right)
        value = pairs.score(*pair)
        if pairs.list_of(left) == pairs.list_of(right):
            if distinct(left, right, ()):
                yield Count(pair, value, Objection.TWO_ENTRIES)
                continue
            value = max(value, 0.0)  # what a list does with an entry of its own says no more
        if left in kin or right in kin:
            voices = product(kin.get(left, (left,)), kin.get(right, (right,)))
            value = max(pairs.score(*ordered(a, b)) for a, b in voices)
        if value < rules.link and pairs.registered_apart(left, right):
            yield Count(pair, value, Objection.REGISTERED)
            continue
        if value < 0:
            value = max(pairs.within(*pair), value, -rules.against)
        yield Count(pair, value, Objection.NONE)


def not_entered_again(sides: Sides, pairs: Pairs, rules: Rules) -> Distinct:
    """Whether two listings of one list, one of each cluster, are two parties once all others are
    joined.

    A cluster of one list's entries may be that list's second entry of the other's party. Where only
    one list stands on both sides, that list may have entered the party twice and parted what all
    others hold together; what two lists keep apart is apart.
    """
    differ = unlike(pairs, rules)
    lists = [set(map(pairs.list_of, each)) for each in sides]
    alone = [len(each) == 1 for each in lists]
    only = len(lists[0] & lists[1]) == 1
    everyone = sides[0] | sides[1]

    def distinct(left: str, right: str, _others: Collection[str]) -> bool:
        if not differ(left, right, ()):
            return False
        again = pairs.repeated(left, right, everyone), pairs.repeated(right, left, everyone)
        return not (any(map(and_, alone, again)) or (only and all(again)))

    return distinct
