"""How good a matching is, measured on judged pairs. Pure functions of links and pairs.

A pair that is not among the judged ones is unjudged, not different.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Listing = tuple[str, str]  # official list, reference

HARD = 90  # names less alike than this make a pair hard
NAMESAKE = 95  # names at least so alike make a different pair namesakes


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """`name_similarity` is the best 0-100 score between any names of the two; `basis` says on
    what the judgement rests."""

    left: Listing
    right: Listing
    same: bool
    kind: str = ""
    name_similarity: float = 0.0
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of judged pairs and what they come to.

    `false_gaps`: a listing whose true partner stands on a list of which its subject holds
    nothing, one for each such list; out of `directed`. `hidden_gaps`: a listing joined to one
    judged different on a list, and to no true partner there. `hard`: same pairs, vessels aside,
    with unlike names. `namesakes`: different pairs with like names.
    """

    same: int
    different: int
    found: int
    mistaken: int
    false_gaps: int
    directed: int
    hidden_gaps: int
    hard: int
    hard_found: int
    namesakes: int
    namesakes_joined: int
    largest: int
    absent: int

    @property
    def recall(self) -> float:
        return self.found / self.same if self.same else 0.0

    @property
    def precision(self) -> float:
        joined = self.found + self.mistaken
        return self.found / joined if joined else 0.0


@dataclass(frozen=True, slots=True)
class Errors:
    missed: tuple[JudgedPair, ...]
    mistaken: tuple[JudgedPair, ...]


def measure(subject_of: Mapping[Listing, str], pairs: Iterable[JudgedPair]) -> Figures:
    """Measure links, given as the subject of every listing; an absent listing stands alone."""
    pairs = list(pairs)
    members: dict[str, set[Listing]] = defaultdict(set)
    for listing, subject in subject_of.items():
        members[subject].add(listing)
    partners: dict[Listing, set[Listing]] = defaultdict(set)
    strangers: dict[Listing, set[Listing]] = defaultdict(set)
    count: Counter[str] = Counter()
    for pair in pairs:
        joined = _joined(subject_of, pair)
        hard = pair.name_similarity < HARD and pair.kind != "vessel"
        count["absent"] += (pair.left not in subject_of) + (pair.right not in subject_of)
        if pair.same:
            partners[pair.left].add(pair.right)
            partners[pair.right].add(pair.left)
            count["same"] += 1
            count["found"] += joined
            count["hard"] += hard
            count["hard_found"] += hard and joined
            continue
        if pair.left[0] != pair.right[0]:
            strangers[pair.left].add(pair.right)
            strangers[pair.right].add(pair.left)
        count["different"] += 1
        count["mistaken"] += joined
        count["namesakes"] += pair.name_similarity >= NAMESAKE
        count["namesakes_joined"] += pair.name_similarity >= NAMESAKE and joined

    def held(listing: Listing, official_list: str) -> set[Listing]:
        own = members.get(subject_of.get(listing, ""), set())
        return {each for each in own if each[0] == official_list and each != listing}

    for listing, true in partners.items():
        for official_list in {each[0] for each in true}:
            count["directed"] += 1
            count["false_gaps"] += not held(listing, official_list)
    for listing, wrong in strangers.items():
        for official_list in {each[0] for each in wrong}:
            found = held(listing, official_list)
            count["hidden_gaps"] += bool(found & wrong) and not found & partners.get(listing, set())
    return Figures(
        same=count["same"],
        different=count["different"],
        found=count["found"],
        mistaken=count["mistaken"],
        false_gaps=count["false_gaps"],
        directed=count["directed"],
        hidden_gaps=count["hidden_gaps"],
        hard=count["hard"],
        hard_found=count["hard_found"],
        namesakes=count["namesakes"],
        namesakes_joined=count["namesakes_joined"],
        largest=max(map(len, members.values()), default=0),
        absent=count["absent"],
    )


def errors(subject_of: Mapping[Listing, str], pairs: Iterable[JudgedPair]) -> Errors:
    """The judged pairs that the links get wrong, in the order given."""
    pairs = list(pairs)
    return Errors(
        tuple(each for each in pairs if each.same and not _joined(subject_of, each)),
        tuple(each for each in pairs if not each.same and _joined(subject_of, each)),
    )


def by_kind(pair: JudgedPair) -> str:
    return pair.kind


def by_lists(pair: JudgedPair) -> str:
    return " + ".join(sorted((pair.left[0], pair.right[0])))


def by_similarity(pair: JudgedPair) -> str:
    """Bands of ten of how alike the names are; 100 stands alone."""
    low = int(pair.name_similarity // 10 * 10)
    return "100" if low >= 100 else f"{low}-{low + 9}"


def broken_down(
    subject_of: Mapping[Listing, str],
    pairs: Sequence[JudgedPair],
    part: Callable[[JudgedPair], str],
) -> Iterator[tuple[str, Figures]]:
    """Measure each part of the pairs by itself, in the order of the parts' names."""
    for name in sorted({part(pair) for pair in pairs}):
        yield name, measure(subject_of, [pair for pair in pairs if part(pair) == name])


@dataclass(frozen=True, slots=True)
class Threshold:
    """What linking every pair from `score` on, by itself, would have come to."""

    score: float
    recall: float
    precision: float


def sweep(scored: Iterable[tuple[float, bool]], thresholds: Iterable[float]) -> list[Threshold]:
    """Recall and precision by threshold, for (score, same) of judged pairs, without clustering."""
    scored = list(scored)
    same = sum(each for _, each in scored)
    rows = []
    for threshold in thresholds:
        linked = [each for score, each in scored if score >= threshold]
        right = sum(linked)
        rows.append(
            Threshold(
                threshold,
                right / same if same else 0.0,
                right / len(linked) if linked else 1.0,
            )
        )
    return rows


@dataclass(frozen=True, slots=True)
class Bin:
    """Pairs whose probability lies in [low, high): how many, what was promised, what held."""

    low: float
    high: float
    pairs: int
    promised: float
    held: float


EDGES = (0.0, 0.01, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 0.99, 1.0)


def calibration(scored: Iterable[tuple[float, bool]], edges: Sequence[float] = EDGES) -> list[Bin]:
    """The reliability table of (probability, same) of judged pairs; empty bins are left out."""
    scored = list(scored)
    bins = []
    for low, high in pairwise(edges):
        last = high == edges[-1]
        inside = [
            (value, same)
            for value, same in scored
            if low <= value < high or (last and value == high)
        ]
        if inside:
            bins.append(
                Bin(
                    low,
                    high,
                    len(inside),
                    sum(value for value, _ in inside) / len(inside),
                    sum(same for _, same in inside) / len(inside),
                )
            )
    return bins


def _joined(subject_of: Mapping[Listing, str], pair: JudgedPair) -> bool:
    subject = subject_of.get(pair.left)
    return subject is not None and subject == subject_of.get(pair.right)
