"""From profiles to clusters: which listings describe one subject, and what to ask a reviewer."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from matching import blocking, clusters, model
from matching import workers as workers_
from matching.clusters import Pair, ordered
from matching.frequencies import Frequencies, frequencies
from matching.profile import Profile
from matching.sieve import survivors
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


@dataclass(frozen=True, slots=True)
class Link:
    """Two listings that are linked; `left` sorts first. The score is in nats."""

    left: str
    right: str
    score: float
    probability: float


@dataclass(frozen=True, slots=True)
class Candidate:
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
    profiles: Sequence[Profile],
    judgements: Iterable[Judged] = (),
    *,
    changed: Collection[str] | None = None,
    previous: Matching | None = None,
    progress: Callable[[float], None] | None = None,
    workers: int = 1,
) -> Matching:
    """Cluster all listings.

    With `changed` and `previous`, only pairs that touch a changed listing are compared again; the
    others keep the scores of the earlier run, although the frequencies of words may have moved a
    little since. A run without `previous` brings all scores up to date. New judgements need no
    `changed`: they are applied to the same scores. `workers` is the number of processes that
    compare; see `matching.workers`.
    """
    profiles = sorted(profiles, key=lambda each: each.key)
    by_key = {each.key: each for each in profiles}
    counted = frequencies(profiles)
    report = progress or (lambda _share: None)
    report(0.0)
    if changed is None or previous is None:
        scores: dict[Pair, float] = {}
        touched = None
    else:
        fresh = frozenset(changed)
        scores = _kept(previous, fresh, by_key)
        touched = frozenset(place for place, each in enumerate(profiles) if each.key in fresh)
    pairs = survivors(profiles, blocking.pairs(profiles, touched), counted)
    report(0.2)
    compared = workers_.scores(
        profiles, pairs, counted, workers, lambda share: report(0.2 + 0.7 * share)
    )
    near = compared >= model.NEAR
    for (left, right), score in zip(pairs[near].tolist(), compared[near].tolist(), strict=True):
        scores[profiles[left].key, profiles[right].key] = score
    found = _resolve(scores, by_key, counted, list(judgements))
    report(1.0)
    return found


def _kept(
    previous: Matching, fresh: frozenset[str], by_key: Mapping[str, Profile]
) -> dict[Pair, float]:
    return {
        (left, right): score
        for (left, right), score in previous.scores.items()
        if left not in fresh and right not in fresh and left in by_key and right in by_key
    }


def _resolve(
    scores: Mapping[Pair, float],
    by_key: Mapping[str, Profile],
    counted: Frequencies,
    judgements: Sequence[Judged],
) -> Matching:
    known = dict(scores)

    def score(left: str, right: str) -> float:
        pair = ordered(left, right)
        if pair not in known:
            a, b = by_key[pair[0]], by_key[pair[1]]
            known[pair] = (
                model.compare(a, b, counted).score if model.comparable(a, b) else model.IMPOSSIBLE
            )
        return known[pair]

    judged: dict[str, set[Pair]] = {verdict: set() for verdict in Verdict}
    for each in judgements:
        if each.left in by_key and each.right in by_key:
            judged[each.verdict].add(ordered(each.left, each.right))
    same, different = judged[Verdict.SAME], judged[Verdict.DIFFERENT]
    unsure = judged[Verdict.UNSURE] - same - different
    outcome = clusters.resolve(
        scores, lambda key: by_key[key].official_list, score, model.RULES, same, different, unsure
    )
    links = tuple(
        Link(*pair, score(*pair), model.probability(score(*pair)))
        for pair in sorted(outcome.linked)
    )
    asked = {**scores, **{pair: score(*pair) for pair in unsure}}
    candidates = _candidates(asked, outcome, same | different, unsure)
    return Matching(outcome.clusters, links, candidates, scores)


def _candidates(
    scores: Mapping[Pair, float],
    outcome: clusters.Outcome,
    judged: Collection[Pair],
    unsure: Collection[Pair],
) -> tuple[Candidate, ...]:
    """One pair for any two clusters that may be the same subject: one that reviewers have begun
    on if there is any, else the strongest."""
    group = {key: min(members) for members in outcome.clusters for key in members}
    settled = {ordered(group.get(a, a), group.get(b, b)) for a, b in judged}
    best: dict[Pair, tuple[bool, float, Pair]] = {}
    for pair, score in scores.items():
        ends = ordered(group.get(pair[0], pair[0]), group.get(pair[1], pair[1]))
        begun = pair in unsure
        if ends[0] == ends[1] or ends in settled or (score < model.REVIEW and not begun):
            continue
        if ends not in best or (begun, score, pair) > best[ends]:
            best[ends] = (begun, score, pair)
    return tuple(
        Candidate(*pair, score, model.probability(score))
        for _begun, score, pair in sorted(best.values(), key=lambda each: (-each[1], each[2]))
    )
