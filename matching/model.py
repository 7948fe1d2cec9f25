"""The scoring model: every feature and what each level of agreement is worth, in nats.

A weight is the logarithm of how much more often a level is seen in pairs that are the same party
than in pairs that are not. The score is their sum; `probability` is what scores have meant.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import exp, log

from matching.clusters import Rules
from matching.evidence import Evidence, Fact, Level
from matching.features import dates, facts, identifiers
from matching.features.names import Alignment, align
from matching.frequencies import Frequencies, Population
from matching.profile import NameForm, Profile
from registry.domain.party import Kind

Feature = Callable[[Profile, Profile], Fact]

WEIGHTS: Mapping[Feature, Mapping[Level, float]] = {
    dates.birth_date: {
        Level.SAME: 6.5, Level.CLOSE: 3.5, Level.PARTIAL: 3.0, Level.COMPATIBLE: 1.0,
        Level.APART: -2.0, Level.DIFFERENT: -7.0,
    },
    facts.country: {
        Level.SAME: 1.2, Level.COMPATIBLE: 0.8, Level.APART: -1.5, Level.DIFFERENT: -2.5,
    },
    facts.gender: {Level.SAME: 0.2, Level.DIFFERENT: -4.0},
    facts.birth_place: {Level.SAME: 2.5, Level.DIFFERENT: -0.7},
    facts.city: {Level.SAME: 1.0, Level.DIFFERENT: -0.3},
    identifiers.identifier: {
        Level.SAME: 11.0, Level.CLOSE: 9.0, Level.PARTIAL: 5.0,
        Level.APART: -2.0, Level.DIFFERENT: -9.0,
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NameWeights:
    """What the words of two names are worth beside the information that they share."""

    opposed: float  # a word against another word, where the words are nothing alike
    opposed_rarity: float  # more for each nat of information in the more common of the two
    figure: float  # a number against another number, or against none
    extra: float  # a word that faces nothing
    extra_rarity: float
    forms: float  # legal forms that differ
    one_word: float  # the most that a name of one word can be worth


PERSON = NameWeights(6.0, 0.0, 8.0, 0.8, 0.0, 0.0, 4.0)
OTHER = NameWeights(2.5, 0.5, 8.0, 0.4, 0.4, 0.8, 8.5)
WEAK = 2.0  # the most that a weak alias can be worth
SHORT = 4  # letters; a one-word name as short as this is an acronym and worth half
OTHER_NAMES = 0.4  # share of the information in words that further names have in common
OTHER_NAMES_MOST = 4.0
CLOSELY = 4  # pairs of names that are laid side by side, after a rough look at all
STEEPNESS = 0.8  # from score to probability: evidence is less independent than it looks
LINK = 3.0  # from this score on, listings are linked without a reviewer
REVIEW = -1.0  # from this score on, a reviewer is asked
RULES = Rules(link=LINK, conflict=-4.0, margin=2.0)
IMPOSSIBLE = -100.0  # the score of a person and a ship


@dataclass(frozen=True, slots=True)
class Comparison:
    """The score of one pair in nats, what scores like it have meant (0-1), and its evidence,
    strongest first, whose weights add up to the score."""

    score: float
    probability: float
    evidence: tuple[Evidence, ...]


def probability(score: float) -> float:
    """How often pairs of this score are the same party."""
    return 1 / (1 + exp(-max(min(STEEPNESS * score, 500.0), -500.0)))


def comparable(left: Profile, right: Profile) -> bool:
    """A person is never a ship; what a list leaves open may be anything."""
    kinds = {left.kind, right.kind}
    return Kind.UNKNOWN in kinds or len(kinds) == 1 or kinds <= {Kind.ENTITY, Kind.VESSEL}


def compare(left: Profile, right: Profile, frequencies: Frequencies) -> Comparison:
    """Compare two listings; the order of the two makes no difference to the score."""
    population = frequencies.population(left if left.is_person else right)
    found = [_names(left, right, population), *_others(left, right)]
    score = sum(each.weight for each in found)
    shown = tuple(sorted(found, key=lambda each: (-abs(each.weight), each.feature)))
    return Comparison(score, probability(score), shown)


def _others(left: Profile, right: Profile) -> list[Evidence]:
    evidence = []
    for feature, weights in WEIGHTS.items():
        fact = feature(left, right)
        if fact.level is not Level.MISSING:
            evidence.append(
                Evidence(
                    feature.__name__, fact.level, fact.left, fact.right, weights[fact.level],
                    fact.sentence,
                )
            )  # fmt: skip
    return evidence


def name_worth(alignment: Alignment, weights: NameWeights, population: Population) -> float:
    """What two names laid side by side are worth, before the chance to meet is paid for."""
    known = alignment.information
    if len(alignment.shared) == 1 and not alignment.opposed and not alignment.extra:
        most = weights.one_word
        if len(alignment.left.tokens[0]) <= SHORT:
            most /= 2
        known = min(known, most)
    if alignment.bearers > 1:
        known = min(known, log(population.size / alignment.bearers))
    if alignment.left.weak or alignment.right.weak:
        known = min(known, WEAK)
    loss = 0.0
    for word in alignment.opposed:
        if word.left.isdigit() or word.right.isdigit():
            loss += weights.figure
        else:
            distance = min(1.0, (1 - word.likeness) / 0.5)
            loss += (weights.opposed + weights.opposed_rarity * word.information) * distance
    for token, information in alignment.extra:
        loss += (
            weights.figure
            if token.isdigit()
            else weights.extra + weights.extra_rarity * information
        )
    forms = (alignment.left.forms - {"company"}, alignment.right.forms - {"company"})
    if forms[0] and forms[1] and not forms[0] & forms[1]:
        loss += weights.forms
    return known - loss


def best_names(
    left: Profile, right: Profile, weights: NameWeights, population: Population
) -> tuple[float, Alignment] | None:
    """The two names, one of each listing, that speak most for the same party."""
    estimates: list[tuple[float, str, str, NameForm, NameForm]] = []
    for a in left.names:
        ours = set(a.bones)
        for b in right.names:
            common = [bone for bone in b.bones if bone in ours]
            if common or a.tokens == b.tokens:
                over = len(a.bones) + len(b.bones) - 2 * len(common)
                worth = sum(population.bone_information(bone) for bone in common) - 3 * over
                first, second = sorted((a.text, b.text))
                estimates.append((-worth, first, second, a, b))
    estimates.sort(key=lambda each: each[:3])
    best: tuple[float, str, str, Alignment] | None = None
    for _, first, second, a, b in estimates[:CLOSELY]:
        found = align(a, b, population)
        worth = name_worth(found, weights, population)
        if best is None or (worth, first, second) > best[:3]:
            best = (worth, first, second, found)
    return None if best is None else (best[0], best[3])


def _names(left: Profile, right: Profile, population: Population) -> Evidence:
    weights = PERSON if left.is_person or right.is_person else OTHER
    best = best_names(left, right, weights, population)
    if best is None:
        return Evidence(
            "name", Level.DIFFERENT, left.names[0].text, right.names[0].text,
            -population.surprise, "No name is shared",
        )  # fmt: skip
    worth, found = best
    used = {each.left for each in found.shared} | {each.right for each in found.shared}
    further = (_words(left) & _words(right)) - used
    more = min(OTHER_NAMES * sum(map(population.information, further)), OTHER_NAMES_MOST)
    level = (
        Level.SAME if not found.opposed and not found.extra
        else Level.PARTIAL if not found.opposed
        else Level.DIFFERENT
    )  # fmt: skip
    return Evidence(
        "name", level, found.left.text, found.right.text, worth + more - population.surprise,
        f"Names compared: {found.left.text} and {found.right.text}",
    )  # fmt: skip


def _words(profile: Profile) -> set[str]:
    return {word for form in profile.names if not form.weak for word in form.tokens}
