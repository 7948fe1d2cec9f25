"""The feature that compares identifiers."""

from rapidfuzz.distance import DamerauLevenshtein

from matching.evidence import MISSING, Fact, Level
from matching.numbers import Number, Scheme
from matching.profile import Profile

ONE_EACH = frozenset({Scheme.IMO, Scheme.INN, Scheme.OGRN, Scheme.LEI, Scheme.REFERENCE})
STRONG = ONE_EACH | {Scheme.PASSPORT, Scheme.NATIONAL, Scheme.COMPANY, Scheme.WALLET}


def identifier(left: Profile, right: Profile) -> Fact:
    """Whether a number of one scheme and country is given by both, or by each another one."""
    if not left.numbers or not right.numbers:
        return MISSING
    same = sorted(
        (a.scheme not in ONE_EACH, a.scheme not in STRONG, not (a.country and b.country), a, b)
        for a in left.numbers
        for b in right.numbers
        if _same(a, b)
    )
    if same:
        weaker, weak, _, a, b = same[0]
        level = Level.PARTIAL if weak else Level.CLOSE if weaker else Level.SAME
        shown = a if a.country else b
        return Fact(level, str(a), str(b), f"Both give the {shown}")
    if unlike := _unlike(left, right):
        a, b = unlike[0]
        near = (
            a.scheme is not Scheme.IMO
            and len(a.value) == len(b.value)
            and DamerauLevenshtein.distance(a.value, b.value) == 1
        )
        return Fact(
            Level.APART if near else Level.DIFFERENT,
            str(a),
            str(b),
            f"Each gives another {a.scheme}: {a.value} and {b.value}",
        )
    return MISSING


def registered_apart(left: Profile, right: Profile) -> bool:
    """Whether a register that has one number for each party has two for these, and none that both
    give ties them. What one list prints as another one's reference is no register: it slips."""
    registers = {a.scheme for a, _ in _unlike(left, right)} - {Scheme.REFERENCE}
    return bool(registers) and identifier(left, right).level is Level.DIFFERENT


def _unlike(left: Profile, right: Profile) -> list[tuple[Number, Number]]:
    return sorted(
        (a, b)
        for a in left.numbers
        for b in right.numbers
        if a.scheme in ONE_EACH and a.scheme is b.scheme
        # A list that enters a party twice gives it two references.
        if a.scheme is not Scheme.REFERENCE or left.official_list != right.official_list
    )


def _same(a: Number, b: Number) -> bool:
    return a.value == b.value and (not a.country or not b.country or a.country == b.country)
