"""The scoring model: every feature and what each level of agreement is worth, in nats.

A weight is the logarithm of how much more often a level is seen in pairs that are the same party
than in pairs that are not. The score is their sum; `probability` is what scores have meant.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from math import exp, log

from matching import text
from matching.evidence import Evidence, Fact, Level
from matching.features import dates, facts, identifiers
from matching.features.names import (
    Alignment,
    align,
    bears,
    heard_alone,
    known_as,
    listed_under,
    names_more,
    spelling,
)
from matching.frequencies import Frequencies, Population
from matching.naming import NameForm
from matching.profile import Profile
from matching.rivals import Rules
from registry.domain.party import Kind

Feature = Callable[[Profile, Profile], Fact]

WEIGHTS: Mapping[Feature, Mapping[Level, float]] = {
    dates.birth_date: {
        Level.SAME: 6.0, Level.CLOSE: 2.7, Level.PARTIAL: 2.0, Level.COMPATIBLE: 0.0,
        Level.APART: -1.5, Level.DIFFERENT: -4.0, Level.FAR: -6.0,
    },
    facts.country: {
        Level.SAME: 0.8, Level.COMPATIBLE: 0.8, Level.PARTIAL: -1.5, Level.APART: -2.5,
        Level.DIFFERENT: -4.0,
    },
    facts.other_names: {Level.SAME: 0.25, Level.DIFFERENT: -1.0},
    facts.kind: {Level.DIFFERENT: -3.0},
    facts.gender: {Level.DIFFERENT: -3.0},
    facts.birth_place: {Level.SAME: 1.0, Level.DIFFERENT: -1.2},
    facts.address: {
        Level.SAME: 2.5, Level.CLOSE: 2.0, Level.PARTIAL: 0.5, Level.APART: -1.2,
        Level.DIFFERENT: -2.2,
    },
    facts.official_list: {Level.APART: -2.0, Level.DIFFERENT: -3.5},
    facts.legal_form: {Level.SAME: 0.3, Level.APART: -0.8, Level.DIFFERENT: -5.0},
    facts.business_word: {Level.SAME: 0.2, Level.DIFFERENT: -1.5},
    identifiers.identifier: {
        Level.SAME: 9.0, Level.CLOSE: 7.0, Level.PARTIAL: 3.0,
        Level.APART: -3.0, Level.DIFFERENT: -6.0,
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NameWeights:
    """What two names laid side by side are worth.

    Names that agree in full are worth `base` and `slope` for each nat of information that they
    share, up to `most` nats. The rest is taken off.
    """

    base: float
    slope: float
    most: float
    one_word: float  # a name of one word
    inexact: float  # a word that is written otherwise and sounds otherwise, too
    opposed: float  # a word or number against another that is nothing like it
    extra: float  # a word that faces nothing, whatever word it is; a number is half opposed
    short: float  # a word of a letter or two where the other name has another one
    rarity: float  # for each nat of information in a word that faces nothing
    longer: float  # the most that such words count against a name that has all of the other's
    alias: float  # for each of the two that is not the name under which the party is listed
    one: float  # both are listed under one name
    each: float  # each bears the name under which the other is listed
    listed: float  # the names under which both are listed are at odds, though others agree
    twice: float  # the same for two listings of one list
    syllable: float  # a word that faces nothing in a name without a family name
    leading: float  # the word that faces nothing begins the name: a son bears his father's names
    least: float  # the least that two names can be worth, however unlike


PERSON = NameWeights(
    base=-3.4, slope=0.47, most=18.0, one_word=-1.0, inexact=-1.6, opposed=-8.5,
    extra=0.0, short=0.0, rarity=-0.25, longer=-10.0, alias=-0.5, one=0.0, each=0.0, listed=-2.0,
    twice=-2.5, syllable=-4.0, leading=-4.5, least=-10.0,
)  # fmt: skip
OTHER = NameWeights(
    base=-4.6, slope=0.5, most=16.0, one_word=1.5, inexact=-1.6, opposed=-7.0,
    extra=-2.2, short=-5.0, rarity=-0.15, longer=-5.8, alias=-0.1, one=0.8, each=0.8, listed=-0.8,
    twice=-2.5, syllable=0.0, leading=0.0, least=-6.0,
)  # fmt: skip
SHIP = NameWeights(  # ships are renamed often, and many bear one name
    base=-5.0, slope=0.5, most=16.0, one_word=1.5, inexact=-1.0, opposed=-2.0,
    extra=-2.0, short=0.0, rarity=0.0, longer=-10.0, alias=0.0, one=0.0, each=0.0, listed=0.0,
    twice=0.0, syllable=0.0, leading=0.0, least=-2.0,
)  # fmt: skip
CRAFT = replace(OTHER, inexact=-8.0)  # a tail number is the same or another
MOST_TIMES = 6  # beyond, more of the same tells nothing new
# The most that an address can be worth where names differ, as a town in common: groups share them.
ANY_ADDRESS = WEIGHTS[facts.address][Level.PARTIAL]
BUREAUS = frozenset({"tskb", "ckb", "kb", "okb", "skb", "nii"})  # design bureaus and institutes
WEAK = -2.5  # the most that a weak alias can be worth
CLOSELY = 4  # pairs of names that are laid side by side, after a rough look at all
UNLIKE = 0.5  # likeness of words that have nothing to do with each other
RARE_ENOUGH = 3.0  # nats: what a word that is not shared counts against a pair in that look
LINK = 1.0  # from this score on, listings are linked without a reviewer
REVIEW = -1.0  # from this score on, a reviewer is asked
NEAR = -2.5  # from this score on, one judged pair in six or more: too near for a gap to be sure
RULES = Rules(
    link=LINK, alone=0.0, lead=2.0, twice=3.0, margin=0.7, against=4.0, same_list=-0.5
)  # fmt: skip
NAMES = frozenset({"name", "listed_name", "other_names"})  # features
LISTED = NAMES | {"official_list"}  # features of what lists do, not of the party
TIES = frozenset({"birth_date", "identifier"})  # features
NEIGHBOURS = frozenset({Level.SAME, Level.CLOSE, Level.PARTIAL})  # of addresses
NAMES_LEAST = -2.0  # the least that names can count between two that others link
CONTRADICTION = -2.5  # nats: a fact that speaks against a pair so strongly contradicts it
STEEPNESS, PRIOR = 0.94, 0.34  # fitted to held-out pairs
DOUBT = 1.0  # nats, of what names are worth at most: a word that meets one may be two others
ROUNDING = 1e-6  # nats, between two ways of adding the same weights
IMPOSSIBLE = -100.0  # the score of a person and a ship


@dataclass(frozen=True, slots=True)
class Comparison:
    """The score of one pair in nats, and its evidence, strongest first, whose weights add up to the
    score."""

    score: float
    evidence: tuple[Evidence, ...]

    @property
    def probability(self) -> float:
        """What scores like it have meant, 0-1."""
        return probability(self.score)

    @property
    def within(self) -> float:
        """The score where others link the two: one of them may bear the names of both, so that
        names that are not alike say little."""
        names = sum(each.weight for each in self.evidence if each.feature in NAMES)
        return self.score - min(0.0, names - NAMES_LEAST)

    @property
    def contradicted(self) -> bool:
        """Whether a fact beside the names speaks strongly against it, the names clash, or the two
        speak of different countries."""
        return any(map(_contradicts, self.evidence))

    @property
    def clashing(self) -> bool:
        """Whether a word of each name stands against another one, and no number ties the two."""
        return any(
            each.feature == "name" and each.level is Level.DIFFERENT for each in self.evidence
        ) and not any(each.feature == "identifier" and each.weight > 0 for each in self.evidence)


def _contradicts(each: Evidence) -> bool:
    if each.feature == "name":
        return each.level is Level.DIFFERENT
    return each.weight <= CONTRADICTION or (each.feature == "country" and each.weight < 0)


def repeated(
    entry: Profile,
    other: Profile,
    others: Iterable[Profile],
    comparison: Comparison,
    frequencies: Frequencies,
) -> bool:
    """Whether a list may have entered a party again under a name that no third one bears, and
    states nothing beside the names that speaks against it.

    The other is known by the name of the entry; or the entry claims the other's name, or one of the
    `others`, which stand on other lists, bears the names of both. In that case a word that the
    entry adds may be that of a branch, unless something beside the names ties it to the name that
    it claims.
    """
    if any(each.weight < 0 for each in comparison.evidence if each.feature not in LISTED):
        return False
    if any(_abroad(end, each) for each in others for end in (entry, other)):
        return False
    population = frequencies.population(entry)

    def known(listed: Profile, as_one_of: Profile) -> bool:
        names = known_as(listed, as_one_of)
        return any(population.bearers(frozenset(name)) == 1 for name in names)

    if known(entry, other):
        return True
    claimed = known(other, entry)
    if names_more(entry, other, population):
        return claimed and (
            any(each.weight > 0 for each in comparison.evidence if each.feature in TIES)
            or facts.addresses(entry, other).level in NEIGHBOURS
        )
    return claimed or any(
        each.official_list != entry.official_list and known(entry, each) and known(other, each)
        for each in others
    )


def _abroad(left: Profile, right: Profile) -> bool:
    return WEIGHTS[facts.country].get(facts.country(left, right).level, 0.0) < 0


def probability(score: float) -> float:
    """How often pairs of this score are the same party, as measured: docs/matching.md."""
    return 1 / (1 + exp(-max(min(STEEPNESS * score + PRIOR, 500.0), -500.0)))


def comparable(left: Profile, right: Profile) -> bool:
    """A person is never a ship; what a list leaves open may be anything."""
    kinds = {left.kind, right.kind}
    return Kind.UNKNOWN in kinds or len(kinds) == 1 or kinds <= {Kind.ENTITY, Kind.VESSEL}


def score(left: Profile, right: Profile, frequencies: Frequencies, names_at_most: float) -> float:
    """What `compare` finds; IMPOSSIBLE for those who can not come near, as their names are worth no
    more than is told."""
    others = _others(left, right)
    if _sum(others) + names_at_most < NEAR - DOUBT:
        return IMPOSSIBLE
    return _sum(_found(left, right, frequencies, others))


def compare(left: Profile, right: Profile, frequencies: Frequencies) -> Comparison:
    """Compare two listings; the order of the two makes no difference to the score."""
    found = _found(left, right, frequencies, _others(left, right))
    shown = tuple(sorted(found, key=lambda each: (-abs(each.weight), each.feature)))
    return Comparison(_sum(found), shown)


def _sum(evidence: Iterable[Evidence]) -> float:
    return sum(each.weight for each in evidence)


def _found(
    left: Profile, right: Profile, frequencies: Frequencies, others: list[Evidence]
) -> list[Evidence]:
    """All evidence, that beside the names being given."""
    names = _names(left, right, frequencies.population(left if left.is_person else right))
    if names[0].level is not Level.SAME and not _says_what_it_is(names[0]):
        others = [
            each._replace(weight=min(each.weight, ANY_ADDRESS))
            if each.feature == facts.address.__name__
            else each
            for each in others
        ]
    return [*names, *others]


def _says_what_it_is(name: Evidence) -> bool:
    """Whether one name has no more than the abbreviation of a sort of body besides the other's:
    TsKB Lazurit is a design bureau named Lazurit."""
    if name.level is not Level.PARTIAL:
        return False
    ours, theirs = (
        set(text.without_legal_forms(text.words(each))[0]) for each in (name.left, name.right)
    )
    return ours ^ theirs <= BUREAUS


def _others(left: Profile, right: Profile) -> list[Evidence]:
    """What speaks beside the names, if these agree word by word."""
    evidence = []
    for feature, weights in WEIGHTS.items():
        fact = feature(left, right)
        weight = weights.get(fact.level)
        if weight:
            evidence.append(
                Evidence(
                    feature.__name__, fact.level, fact.left, fact.right,
                    weight * min(fact.amount, MOST_TIMES), fact.sentence,
                )
            )  # fmt: skip
    return evidence


def name_worth(alignment: Alignment, weights: NameWeights, population: Population) -> float:
    """What two names laid side by side are worth."""
    known = min(alignment.information, weights.most)
    if alignment.bearers > 1:
        known = min(known, log(population.size / alignment.bearers))
    worth = weights.base + weights.slope * known
    if len(alignment.shared) == 1:
        worth += weights.one_word
    if alignment.left.weak or alignment.right.weak:
        worth = min(worth, WEAK)
    worth += weights.inexact * sum(each.left != each.right for each in alignment.shared)
    if weights is not PERSON and heard_alone(alignment.left, alignment.right):
        worth += weights.opposed * unlike(spelling(alignment.left, alignment.right))
    for pair in alignment.opposed:
        worth += weights.opposed * unlike(pair.likeness)
    added = 0.0
    for word, information in alignment.extra:
        if word.isdigit():
            worth += weights.opposed / 2
        else:
            added += weights.extra + weights.rarity * information
    worth += added if alignment.opposed else max(added, weights.longer)
    if alignment.left.syllabic and alignment.right.syllabic:
        worth += weights.syllable * abs(len(alignment.left.tokens) - len(alignment.right.tokens))
    worth += weights.short * alignment.short
    worth += weights.alias * (2 - alignment.left.primary - alignment.right.primary)
    return worth + weights.leading * alignment.leading


def unlike(likeness: float) -> float:
    """1 for words that have nothing in common, falling to 0.25 for almost the same word."""
    return min(1.0, max(0.25, (0.9 - likeness) / 0.45))


def best_names(
    left: Profile, right: Profile, weights: NameWeights, population: Population
) -> tuple[float, Alignment] | None:
    """The two names, one of each listing, that speak most for the same party."""
    ceiling = weights.base + weights.slope * weights.most
    best: tuple[float, str, str, Alignment] | None = None
    equal = tuple(_equal(left, right))
    others = (each for each in _promising(left, right, population) if each not in equal)
    for first, second, a, b in chain(equal, others):
        found = align(a, b, population, stems=weights is not PERSON)
        worth = name_worth(found, weights, population)
        if best is None or (worth, first, second) > best[:3]:
            best = (worth, first, second, found)
        if worth >= ceiling:
            break
    return None if best is None else (best[0], best[3])


Named = tuple[str, str, NameForm, NameForm]


def _equal(left: Profile, right: Profile) -> Iterator[Named]:
    """The names that are one another, those under which both are listed first."""
    theirs = {form.tokens: form for form in right.names}
    theirs.update((form.tokens, form) for form in right.names if form.primary)
    equal = [form for form in left.names if form.tokens in theirs]
    for form in sorted(equal, key=lambda form: not (form.primary and theirs[form.tokens].primary)):
        yield _named(form, theirs[form.tokens])


def _named(a: NameForm, b: NameForm) -> Named:
    return (a.text, b.text, a, b) if a.text < b.text else (b.text, a.text, a, b)


def _promising(left: Profile, right: Profile, population: Population) -> Iterator[Named]:
    """The pairs of names that share most, after a rough look at their consonant skeletons."""
    holders: dict[str, list[int]] = {}
    for place, form in enumerate(right.names):
        for bone in dict.fromkeys(form.bones):
            holders.setdefault(bone, []).append(place)
    information = population.bone_information
    promising: list[tuple[float, NameForm, NameForm]] = []
    for a in left.names:
        shared: dict[int, float] = {}
        for bone in dict.fromkeys(a.bones):
            if bone in holders:
                worth = information(bone) + RARE_ENOUGH
                for place in holders[bone]:
                    shared[place] = shared.get(place, 0.0) + worth
        for place, worth in shared.items():
            b = right.names[place]
            over = max(len(a.bones), len(b.bones)) + 4 * (a.weak or b.weak)
            promising.append((RARE_ENOUGH * over - worth, a, b))
    if len(promising) > CLOSELY:
        least = sorted(lack for lack, _, _ in promising)[CLOSELY - 1]
        promising = [each for each in promising if each[0] <= least]
    named = sorted(((lack, _named(a, b)) for lack, a, b in promising), key=_rank)
    yield from (each for _, each in named[:CLOSELY])


def _rank(each: tuple[float, Named]) -> tuple[float, str, str]:
    return each[0], each[1][0], each[1][1]


def name_weights(left: Profile, right: Profile) -> NameWeights:
    if left.is_person or right.is_person:
        return PERSON
    if left.kind is right.kind is Kind.VESSEL:
        return SHIP
    return CRAFT if Kind.AIRCRAFT in (left.kind, right.kind) else OTHER


def _names(left: Profile, right: Profile, population: Population) -> list[Evidence]:
    weights = name_weights(left, right)
    best = best_names(left, right, weights, population)
    if best is None:
        return [
            Evidence(
                "name", Level.DIFFERENT, left.names[0].text, right.names[0].text,
                weights.least, "No name is shared",
            )
        ]  # fmt: skip
    worth, found = best
    level = (
        Level.SAME if not found.opposed and not found.extra
        else Level.PARTIAL if not found.opposed
        else Level.DIFFERENT
    )  # fmt: skip
    evidence = [
        Evidence(
            "name", level, found.left.text, found.right.text, max(worth, weights.least),
            _compared(found.left.text, found.right.text),
        )
    ]  # fmt: skip
    if not found.opposed:
        evidence += _listed_names(left, right, weights, population)
    return evidence


def _compared(left: str, right: str) -> str:
    if left == right:
        return f"Names compared: both have {left}"
    return f"Names compared: {left} and {right}"


def _listed_names(
    left: Profile, right: Profile, weights: NameWeights, population: Population
) -> list[Evidence]:
    """Whether the names under which both are listed are one or at odds: companies of a network bear
    each other's names as aliases, and one list tells them apart by a word or a legal form."""
    ours, theirs = listed_under(left), listed_under(right)
    listed = align(ours, theirs, population, stems=weights is not PERSON)
    if left.official_list == right.official_list:
        at_odds = (
            bool(listed.opposed)
            or any(each.left != each.right for each in listed.shared)
            or (weights is not PERSON and (listed.extra != () or ours.forms != theirs.forms))
        )
        worth = weights.twice
    else:
        at_odds = any(pair.likeness < UNLIKE for pair in listed.opposed)
        worth = weights.listed
    shown = ours.text, theirs.text
    same = ours.tokens == theirs.tokens
    across = left.official_list != right.official_list
    if weights.each and across and not same and bears(left, theirs) and bears(right, ours):
        return [
            Evidence(
                "listed_name", Level.CLOSE, *shown, weights.each,
                f"Each is known as the other is listed: {ours.text} and {theirs.text}",
            )
        ]  # fmt: skip
    if at_odds and worth:
        return [
            Evidence(
                "listed_name", Level.DIFFERENT, *shown, worth,
                f"They are listed under different names: {ours.text} and {theirs.text}",
            )
        ]  # fmt: skip
    if weights.one and same and not _other_form(ours, theirs) and not heard_alone(ours, theirs):
        return [
            Evidence(
                "listed_name", Level.SAME, *shown, weights.one, "Both are listed under this name"
            )
        ]
    return []


def _other_form(left: NameForm, right: NameForm) -> bool:
    """Whether each name ends in another legal form, or word for the sort of business."""
    ours, theirs = left.forms - {"company"}, right.forms - {"company"}
    if not ours or not theirs or ours & theirs:
        return False
    return not ours | theirs <= facts.SUCCEEDING
