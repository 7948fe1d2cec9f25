"""Pairs of listings whose scores are made by hand. Keys are list and number, such as `us1`."""

from matching.rivals import ordered


class Scored:
    """`scores` by "key key"; all others are `strangers`. `repeats` are pairs of one list's entries
    of which either may be the other, entered again."""

    def __init__(self, scores, strangers=-10.0, repeats=()):
        self.scores = {ordered(*pair.split()): value for pair, value in scores.items()}
        self._strangers = strangers
        self._repeats = {frozenset(pair.split()) for pair in repeats}

    def list_of(self, key):
        return key.rstrip("0123456789")

    def score(self, left, right):
        return self.scores.get(ordered(left, right), self._strangers)

    within = score

    def contradicted(self, _left, _right):
        return False

    clashing = registered_apart = contradicted

    def repeated(self, entry, other, _others):
        return frozenset((entry, other)) in self._repeats
