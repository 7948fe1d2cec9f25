"""Reviewers' verdicts on whether two listings describe the same subject, and what comes of them."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from registry.domain.changes import is_another_party, same_identity
from registry.domain.party import Party

Pair = tuple[str, str]  # two listing keys, the smaller first


class Verdict(StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class InvalidJudgement(Exception):
    """The judgement can not be recorded; the message says why, for the reviewer."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """`left` and `right` are listing keys, in either order. The fingerprints are the content
    hashes of what the two said when they were judged, "" where that is not known."""

    left: str
    right: str
    verdict: Verdict
    reviewer: str
    reason: str
    judged_at: datetime
    left_fingerprint: str = ""
    right_fingerprint: str = ""

    def __post_init__(self) -> None:
        if self.left == self.right:
            raise InvalidJudgement(f"{self.left} can not be judged against itself.")
        if not self.reason.strip():
            raise InvalidJudgement("A judgement needs a reason: partners will read it.")
        if not self.reviewer.strip():
            raise InvalidJudgement("A judgement needs a reviewer.")

    @property
    def pair(self) -> Pair:
        return ordered(self.left, self.right)


def ordered(left: str, right: str) -> Pair:
    return (left, right) if left < right else (right, left)


@dataclass(frozen=True, slots=True)
class Undoing:
    """A judgement was taken back: by whom, why, when."""

    reviewer: str
    reason: str
    undone_at: datetime

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise InvalidJudgement("Taking a judgement back needs a reason: partners will read it.")
        if not self.reviewer.strip():
            raise InvalidJudgement("Taking a judgement back needs a reviewer.")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A judgement as it is kept. `id` grows with each; `undone` says that it was taken back."""

    id: int
    judgement: Judgement
    undone: Undoing | None = None


class Reopening(StrEnum):
    """What has become of a listing since it was judged, the weightiest last."""

    NOT_HELD = "not-held"  # what was judged is not in this registry, so it can not be compared
    AMENDED = "amended"  # names, birth dates, identifiers or kind are not what was judged
    REFERENCE_REUSED = "reference-reused"  # the reference stands for another listing now
    ANOTHER_PARTY = "another-party"  # the listing describes somebody else now


def reopening(judged: Party, now: Party) -> Reopening | None:
    """Whether a listing that said `judged` when it was judged must be looked at again."""
    if is_another_party(judged, now) or _is_a_namesake(judged, now):
        return Reopening.ANOTHER_PARTY
    return None if same_identity(judged, now) else Reopening.AMENDED


def _is_a_namesake(judged: Party, now: Party) -> bool:
    """No name is the same and the birth dates contradict each other: a brother shares the family
    name. A listing goes on through this, a judgement does not: in doubt it is asked again."""
    if {name.full.casefold() for name in judged.names} & {
        name.full.casefold() for name in now.names
    }:
        return False
    born, born_now = judged.birth_dates, now.birth_dates
    return bool(born and born_now) and not any(a.agrees_with(b) for a in born for b in born_now)


class Status(StrEnum):
    """What a recorded judgement counts for."""

    STANDS = "stands"
    UNSURE = "unsure"
    AWAITS_SECOND = "awaits-second-reviewer"
    OVERRULED = "overruled"
    IN_CONFLICT = "in-conflict"
    LAPSED = "lapsed"
    REPLACED = "replaced"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Each listing of `chain` is judged the same as the next, and its two ends are judged
    different. A chain of two: reviewers disagree about one pair."""

    chain: tuple[str, ...]

    @property
    def steps(self) -> frozenset[Pair]:
        """The pairs that are judged the same."""
        return frozenset(ordered(*step) for step in pairwise(self.chain))

    @property
    def apart(self) -> Pair:
        """The pair that is judged different."""
        return ordered(self.chain[0], self.chain[-1])

    def sentence(self, shown: Mapping[str, str]) -> str:
        """The conflict in words; `shown` gives the text for a listing key."""
        names = [shown.get(key, key) for key in self.chain]
        return f"{' = '.join(names)}, yet {names[0]} ≠ {names[-1]}"


@dataclass(frozen=True, slots=True)
class Decisions:
    """What all judgements come to.

    `verdicts` has every judged pair. UNSURE is a pair that is open: matching does not link it and
    it stays with the reviewers, because none of them is sure, a second one has to agree, judgements
    are in conflict, or a listing describes somebody else now. `statuses` is by judgement id.
    """

    verdicts: Mapping[Pair, Verdict]
    statuses: Mapping[int, Status]
    conflicts: tuple[Conflict, ...]


def decide(
    recorded: Iterable[Recorded],
    reopened: Mapping[int, Reopening],
    reviewers_needed: int = 1,
) -> Decisions:
    """Say what stands. It depends on what was recorded, not on when it is asked.

    1. A judgement that was taken back does not count: it is as if it had never been given.
    2. Of several judgements by one reviewer on one pair, the one with the latest time counts.
    3. A judgement on a listing that describes somebody else now has lapsed.
    4. `different` stands where `reviewers_needed` reviewers say so, whoever says `same`.
       `same` stands where as many say so and nobody says `different`. Else the pair is open.
       `unsure` speaks neither for nor against.
    5. Where a chain of pairs that are the same joins two listings that are different, the negative
       stands and every pair of the chain is open, until one of them is judged anew.
    """
    statuses: dict[int, Status] = {}
    votes: dict[Pair, list[Recorded]] = {}
    for each in _latest(recorded, statuses):
        if reopened.get(each.id) is Reopening.ANOTHER_PARTY:
            statuses[each.id] = Status.LAPSED
            votes.setdefault(each.judgement.pair, [])
        else:
            votes.setdefault(each.judgement.pair, []).append(each)
    verdicts = {pair: _verdict(of, reviewers_needed) for pair, of in votes.items()}
    chains = _chains(verdicts)
    in_conflict = frozenset[Pair]().union(*(conflict.steps for conflict in chains))
    disputed = []
    for pair, of in votes.items():
        said = {each.judgement.verdict for each in of}
        if {Verdict.SAME, Verdict.DIFFERENT} <= said:
            disputed.append(Conflict(pair))
        for each in of:
            statuses[each.id] = _status(each.judgement.verdict, verdicts[pair], pair in in_conflict)
    return Decisions(
        verdicts | dict.fromkeys(in_conflict, Verdict.UNSURE),
        statuses,
        tuple(sorted([*disputed, *chains], key=lambda conflict: conflict.chain)),
    )


def _latest(recorded: Iterable[Recorded], statuses: dict[int, Status]) -> list[Recorded]:
    """The latest judgement of each reviewer on each pair; notes the others' status."""
    latest: dict[tuple[Pair, str], Recorded] = {}
    for each in sorted(recorded, key=lambda each: (each.judgement.judged_at, each.id)):
        if each.undone:
            statuses[each.id] = Status.UNDONE
            continue
        vote = each.judgement.pair, same_name(each.judgement.reviewer)
        if vote in latest:
            statuses[latest[vote].id] = Status.REPLACED
        latest[vote] = each
    return list(latest.values())


def same_name(reviewer: str) -> str:
    """Nobody becomes a second reviewer by a capital letter or a blank."""
    return " ".join(reviewer.split()).casefold()


def _verdict(votes: Iterable[Recorded], needed: int) -> Verdict:
    said = [each.judgement.verdict for each in votes]
    if said.count(Verdict.DIFFERENT) >= needed:
        return Verdict.DIFFERENT
    if said.count(Verdict.SAME) >= needed and Verdict.DIFFERENT not in said:
        return Verdict.SAME
    return Verdict.UNSURE


def _status(said: Verdict, outcome: Verdict, in_conflict: bool) -> Status:
    if said is Verdict.UNSURE:
        return Status.UNSURE
    if outcome is Verdict.UNSURE:
        return Status.AWAITS_SECOND
    if said is not outcome:
        return Status.OVERRULED
    return Status.IN_CONFLICT if in_conflict else Status.STANDS


def _chains(verdicts: Mapping[Pair, Verdict]) -> list[Conflict]:
    """For each pair that is different the chains that make it the same, the shortest first, until
    what is left of them joins it no more."""
    beside: dict[str, set[str]] = {}
    for (left, right), verdict in verdicts.items():
        if verdict is Verdict.SAME:
            beside.setdefault(left, set()).add(right)
            beside.setdefault(right, set()).add(left)
    found = []
    for (left, right), verdict in verdicts.items():
        if verdict is not Verdict.DIFFERENT or left not in beside or right not in beside:
            continue
        used: set[Pair] = set()
        while chain := _chain(left, right, beside, used):
            found.append(Conflict(chain))
            used |= found[-1].steps
    return found


def _chain(
    start: str, end: str, beside: Mapping[str, set[str]], used: set[Pair]
) -> tuple[str, ...]:
    """The shortest way from one listing to the other that uses none of these pairs, () if none."""
    came_from: dict[str, str] = {start: start}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for there in sorted(beside.get(here, ())):
            if there in came_from or ordered(here, there) in used:
                continue
            came_from[there] = here
            if there == end:
                return _walk(came_from, end)
            waiting.append(there)
    return ()


def _walk(came_from: Mapping[str, str], end: str) -> tuple[str, ...]:
    chain = [end]
    while came_from[chain[-1]] != chain[-1]:
        chain.append(came_from[chain[-1]])
    return tuple(reversed(chain))
