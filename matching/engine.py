"""From profiles to clusters: which listings describe one subject, and what to ask a reviewer."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from matching import blocking, clusters, model, scoring
from matching.compared import Compared
from matching.frequencies import Frequencies, frequencies
from matching.packed import Profiles, heads
from matching.profile import Profile
from matching.rivals import Pair, ordered
from registry.domain.judgement import Verdict


@dataclass(frozen=True, slots=True)
class Judged:
    """What stands of reviewers' verdicts on two listings; the verdict as a value of `Verdict`.

    UNSURE says that somebody looked and did not settle it: the pair is neither linked on evidence
    nor dropped, it stays with the reviewers.
    """

    left: str
    right: str
    verdict: str


class Link(NamedTuple):
    """Two listings that are linked; `left` sorts first. The score is in nats."""

    left: str
    right: str
    score: float
    probability: float


class Candidate(NamedTuple):
    """Two listings that a reviewer should look at."""

    left: str
    right: str
    score: float
    probability: float


@dataclass(frozen=True, slots=True)
class Matching:
    """`clusters` have two listings or more; `candidates` come strongest evidence first.

    `scores` holds every pair at all likely, the smaller key first, also those that come near
    without being candidates, and those that judgements or stronger pairs made pointless: they
    count again when a judgement is taken back.
    """

    clusters: tuple[frozenset[str], ...]
    links: tuple[Link, ...]
    candidates: tuple[Candidate, ...]
    scores: Mapping[Pair, float]


def match(
    profiles: Profiles,
    judgements: Iterable[Judged] = (),
    *,
    changed: Collection[str] | None = None,
    previous: Matching | None = None,
    rejudged: bool = True,
    progress: Callable[[float], None] | None = None,
    workers: int = 1,
) -> Matching:
    """Cluster all listings.

    With `changed` and `previous`, only pairs that touch a changed listing are compared again; the
    others keep the scores of the earlier run, although the frequencies of words may have moved a
    little since. A run without `previous` brings all scores up to date. New judgements need no
    `changed`: they are applied to the same scores; where nobody was `rejudged`, what the earlier
    run found stands wherever no changed listing comes near. `workers` is the number of processes
    that compare; see `matching.workers`.
    """
    listings = _listings(profiles)
    profiles = listings.profiles
    counted = frequencies(profiles)
    report = progress or (lambda _share: None)
    report(0.0)
    if changed is None or previous is None:
        scores: dict[Pair, float] = {}
        touched = None
    else:
        fresh = frozenset(changed)
        scores = _kept(previous, fresh, listings.place)
        touched = frozenset(place for place, key in enumerate(listings.keys) if key in fresh)
    pairs = blocking.pairs(listings.blocks, touched)
    report(0.2)
    pairs, compared = scoring.scores(
        profiles, pairs, counted, workers, lambda share: report(0.2 + 0.7 * share)
    )
    near = compared >= model.NEAR
    for (left, right), score in zip(pairs[near].tolist(), compared[near].tolist(), strict=True):
        scores[listings.keys[left], listings.keys[right]] = score
    judged = list(judgements)
    if previous is None or changed is None or rejudged:
        found = _resolve(scores, listings, counted, judged)
    else:
        reached = _reached(fresh, previous.scores, scores, judged, listings.place)
        found = _resolve(
            {pair: score for pair, score in scores.items() if pair[0] in reached},
            listings,
            counted,
            [each for each in judged if each.left in reached],
        )
        found = _beside(reached, previous, found, scores)
    report(1.0)
    return found


@dataclass(frozen=True, slots=True)
class _Listings:
    """The profiles in the order of their keys, and what is needed of every one of them."""

    profiles: Profiles
    keys: tuple[str, ...]
    lists: tuple[str, ...]
    blocks: tuple[bytes, ...]
    place: Mapping[str, int]

    def profile(self, key: str) -> Profile:
        return self.profiles[self.place[key]]

    def list_of(self, key: str) -> str:
        return self.lists[self.place[key]]


def _listings(profiles: Profiles) -> _Listings:
    seen = [(each.key, each.official_list, each.keys) for each in heads(profiles)]
    if any(after < before for before, after in pairwise(seen)):
        return _listings(sorted(profiles, key=lambda each: each.key))
    place = {key: place for place, (key, _list, _blocks) in enumerate(seen)}
    keys, lists, blocks = tuple(zip(*seen, strict=True)) or ((), (), ())
    return _Listings(profiles, keys, lists, blocks, place)


def _kept(previous: Matching, fresh: frozenset[str], place: Mapping[str, int]) -> dict[Pair, float]:
    return {
        (left, right): score
        for (left, right), score in previous.scores.items()
        if left not in fresh and right not in fresh and left in place and right in place
    }


def _reached(
    fresh: frozenset[str],
    before: Mapping[Pair, float],
    now: Mapping[Pair, float],
    judged: Iterable[Judged],
    place: Mapping[str, int],
) -> frozenset[str]:
    """Every listing that a changed one, or one that is gone, may have to do with, over however
    many others: clusters and candidates are made of likely and judged pairs alone."""
    beside: dict[str, list[str]] = {}
    pairs = [*now, *((each.left, each.right) for each in judged)]
    for left, right in pairs:
        beside.setdefault(left, []).append(right)
        beside.setdefault(right, []).append(left)
    reached = {*fresh, *(key for pair in [*before, *pairs] for key in pair if key not in place)}
    for left, right in before:
        if left in reached or right in reached:
            beside.setdefault(left, []).append(right)
            beside.setdefault(right, []).append(left)
    waiting = list(reached)
    while waiting:
        for key in beside.get(waiting.pop(), ()):
            if key not in reached:
                reached.add(key)
                waiting.append(key)
    return frozenset(reached)


def _beside(
    reached: frozenset[str], before: Matching, found: Matching, scores: Mapping[Pair, float]
) -> Matching:
    """What was found of the listings reached, beside what stands of all others."""
    clusters = [each for each in before.clusters if each.isdisjoint(reached)]
    links = [each for each in before.links if each.left not in reached]
    candidates = [each for each in before.candidates if each.left not in reached]
    return Matching(
        (*clusters, *found.clusters),
        (*links, *found.links),
        tuple(sorted([*candidates, *found.candidates], key=_strongest_first)),
        scores,
    )


def _strongest_first(each: Candidate) -> tuple[float, str, str]:
    return -each.score, each.left, each.right


def _resolve(
    scores: Mapping[Pair, float],
    listings: _Listings,
    counted: Frequencies,
    judgements: Sequence[Judged],
) -> Matching:
    pairs = Compared(listings.profile, listings.list_of, counted, scores)
    judged: dict[str, set[Pair]] = {verdict: set() for verdict in Verdict}
    for each in judgements:
        if each.left in listings.place and each.right in listings.place:
            judged[each.verdict].add(ordered(each.left, each.right))
    same, different = judged[Verdict.SAME], judged[Verdict.DIFFERENT]
    unsure = judged[Verdict.UNSURE] - same - different
    outcome = clusters.resolve(scores, pairs, model.RULES, same, different, unsure)
    links = tuple(
        Link(*pair, pairs.score(*pair), model.probability(pairs.score(*pair)))
        for pair in sorted(outcome.linked)
    )
    asked = {**scores, **{pair: pairs.score(*pair) for pair in unsure}}
    candidates = _candidates(asked, outcome, same | different, unsure, listings.list_of)
    return Matching(outcome.clusters, links, candidates, scores)


def _candidates(
    scores: Mapping[Pair, float],
    outcome: clusters.Outcome,
    judged: Collection[Pair],
    unsure: Collection[Pair],
    list_of: Callable[[str], str],
) -> tuple[Candidate, ...]:
    """One pair for any two clusters that may be the same subject: one that reviewers have begun
    on if there is any, else the strongest. Two that are both linked to somebody on the other's
    list who fits clearly better are nothing to ask about."""
    members = {key: cluster for cluster in outcome.clusters for key in cluster}

    def spoken_for(key: str, official_list: str, score: float) -> bool:
        return any(
            scores.get(ordered(key, other), model.IMPOSSIBLE) > score + model.RULES.lead
            for other in members.get(key, ())
            if list_of(other) == official_list
        )

    group = {key: min(members) for members in outcome.clusters for key in members}
    settled = {ordered(group.get(a, a), group.get(b, b)) for a, b in judged}
    best: dict[Pair, tuple[bool, float, Pair]] = {}
    for pair, score in scores.items():
        ends = ordered(group.get(pair[0], pair[0]), group.get(pair[1], pair[1]))
        begun = pair in unsure
        if ends[0] == ends[1] or ends in settled or (score < model.REVIEW and not begun):
            continue
        lists = list_of(pair[0]), list_of(pair[1])
        both = spoken_for(pair[0], lists[1], score) and spoken_for(pair[1], lists[0], score)
        if both and not begun and lists[0] != lists[1]:
            continue
        if ends not in best or (begun, score, pair) > best[ends]:
            best[ends] = (begun, score, pair)
    return tuple(
        Candidate(*pair, score, model.probability(score))
        for _begun, score, pair in sorted(best.values(), key=lambda each: (-each[1], each[2]))
    )
