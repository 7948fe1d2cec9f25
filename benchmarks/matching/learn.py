"""Learn the weights of matching from examples, and say what they come to on clusters not seen.

    python benchmarks/matching/learn.py DATABASE PAIRS.csv [--older LIST FOLDER]...

DATABASE is a SQLite file with imported lists; it is only read. PAIRS.csv are judged pairs as
`registry evaluate` takes them. Three sorts of examples, each with identifiers and without:

- judged pairs of persons and organisations, but those judged different by their birth dates alone:
  they would teach what they were judged by. For the same reason the weights of identifiers are not
  learned, nor those of two entries of one list, of which all judged ones are different;
- two listings that one list keeps apart under one programme, as if they stood on two lists: they
  are different, all but a few, and nobody had to judge them;
- with `--older`, an older edition of a list against the one in the database, where the publisher's
  own references tell which are the same.

The score stays the sum that `matching.model` makes. Learning maximises the likelihood of the
examples beside a Gaussian prior around the weights set by hand, each of which may move by a share
of itself. A closer level never weighs less than a farther one, and no weight changes its sign. The
share is chosen by the folds that are learned from. An example that the weights set by hand decide
clearly counts little, one that tells a listing from many others counts once for all of them, and
the same and the different count alike: a false gap does as much harm as a hidden one.

Clusters are split into five folds. Weights learned on four are put into the whole engine, and its
links are measured on the fifth, beside those that the weights set by hand make of it. What is known
of the fifth all the same: the weights set by hand were read on all five, and so was the scale on
which their scores are chances, three numbers.
"""

import argparse
import contextlib
import csv
import importlib
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from math import sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from importers import catalogue
from importers.source import open_source
from matching import blocking, engine, evaluate, model
from matching.evaluate import JudgedPair, Listing
from matching.evidence import Level
from matching.features.names import Alignment
from matching.frequencies import Frequencies, Population, frequencies
from matching.model import NameWeights
from matching.packed import Packed, pack
from matching.profile import Profile, profile
from matching.sieve import Sieve
from matching.sifting import facts as sifting_facts
from matching.sifting import names as sifting_names
from registry.domain import designation
from registry.domain.party import Kind
from registry.services import prepare, resolve
from registry.services.evaluate import judged_pairs
from registry.store import subjects
from registry.store.database import connect
from registry.store.subjects import LatestListing

FOLDS = 5
# Lists that keep two entries apart because they are two parties. Of what comes near on the EU's and
# Canada's, most are one party that is entered again.
PARTING = frozenset({"us-ofac-sdn", "uk-sanctions-list"})
FAR = 10_000  # pairs of one list that come nowhere near, of those that share a key
SHARES = (0.05, 0.1, 0.2, 0.4, 0.8)  # of itself, by which a weight moves: one standard deviation
BORDER = 3.0  # nats from the score of a link, by the weights set by hand; beyond, all is clear
CLEAR = 0.1  # what a clear example counts
FEWEST = 20  # examples; a weight that fewer speak of is left alone
ONE_LIST = "one list"  # a source of examples
BY_BIRTH_DATE = "dob_disjoint"  # the basis of a judgement
NOT_LEARNED = frozenset({"identifier", "official_list"})  # features
SORTS = {"PERSON": model.PERSON, "OTHER": model.OTHER}
# Limits, and what is said of two entries of one list.
NOT_LEARNED_OF_NAMES = frozenset({"most", "longer", "least", "twice"})
# The weights of what is said of the names under which both are listed.
LISTED_NAME = {Level.SAME: "one", Level.CLOSE: "each", Level.DIFFERENT: "listed"}
# Of names, what may weigh no more than the next.
ORDERED = (("inexact", "opposed"),)
NAMED = tuple(each.name for each in fields(NameWeights) if each.name not in NOT_LEARNED_OF_NAMES)
LITTLE = 1e-3  # nats

Parameter = tuple[str, str]  # feature and level, or sort of party and field of `NameWeights`
Weights = Mapping[Parameter, float]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """Two listings that are the same or different.

    `sort` tells whose names they bear, a key of SORTS; `ends` are their keys; `counts` tells how
    often each weight is part of the score, `rest` what else is in it; `folds` are those of their
    clusters, the first one that to which the pair itself counts.
    """

    source: str
    sort: str
    ends: tuple[str, str]
    counts: Mapping[Parameter, float]
    rest: float
    same: bool
    folds: tuple[int, int]

    def score(self, weights: Weights) -> float:
        return self.rest + sum(weights[each] * times for each, times in self.counts.items())


def by_hand() -> dict[Parameter, float]:
    """The weights of the model that may be learned: those that are not nought."""
    of_facts = {
        (feature.__name__, level.value): weight
        for feature, levels in model.WEIGHTS.items()
        for level, weight in levels.items()
        if feature.__name__ not in NOT_LEARNED
    }
    of_names = {
        (sort, each): getattr(weights, each) for sort, weights in SORTS.items() for each in NAMED
    }
    return {each: weight for each, weight in {**of_facts, **of_names}.items() if weight}


@contextlib.contextmanager
def weighed(weights: Weights) -> Iterator[None]:
    """With these weights in the model, and in the sieve, which counts them out when it is read."""
    before = model.WEIGHTS, model.PERSON, model.OTHER, model.CRAFT, model.ANY_ADDRESS

    def put(levels: object, person: object, other: object, craft: object, address: object) -> None:
        vars(model).update(
            WEIGHTS=levels, PERSON=person, OTHER=other, CRAFT=craft, ANY_ADDRESS=address
        )
        importlib.reload(sifting_facts)
        importlib.reload(sifting_names)

    def of(sort: str) -> NameWeights:
        changed = {name: weight for (of_, name), weight in weights.items() if of_ == sort}
        return replace(SORTS[sort], **changed)

    put(
        {
            feature: {
                level: weights.get((feature.__name__, level.value), weight)
                for level, weight in levels.items()
            }
            for feature, levels in model.WEIGHTS.items()
        },
        of("PERSON"),
        of("OTHER"),
        replace(of("OTHER"), inexact=model.CRAFT.inexact),
        weights["address", "partial"],
    )
    try:
        yield
    finally:
        put(*before)


def example(
    source: str, left: Profile, right: Profile, counted: Frequencies, hand: Weights
) -> Example:
    """Two listings, by default different, and how often each weight is part of their score."""
    found: dict[Parameter, float] = defaultdict(float)
    comparison = model.compare(left, right, counted)
    weights = model.name_weights(left, right)
    sort = next((each for each, those in SORTS.items() if those is weights), "")
    levels = {each.__name__: those for each, those in model.WEIGHTS.items()}
    for each in comparison.evidence:
        if each.feature == "listed_name":
            found[sort, LISTED_NAME[each.level]] += 1
        elif each.feature in levels:
            weight = levels[each.feature][each.level]
            if each.feature == "address" and each.weight < weight:
                found["address", "partial"] += 1  # as much as any address where names differ
            else:
                found[each.feature, each.level.value] += each.weight / weight
    population = counted.population(left if left.is_person else right)
    best = model.best_names(left, right, weights, population)
    if best and best[0] > weights.least:
        for field in NAMED:
            found[sort, field] += times_counted(field, best[1], weights, population)
    kept = {each: times for each, times in found.items() if each in hand and abs(times) > LITTLE}
    rest = comparison.score - sum(hand[each] * times for each, times in kept.items())
    return Example(source, sort, (left.key, right.key), kept, rest, same=False, folds=(0, 0))


def times_counted(
    field: str, alignment: Alignment, weights: NameWeights, population: Population
) -> float:
    """How often a weight is part of what two names are worth: by how much they are worth more if it
    is. A weight that a limit makes idle counts for nothing."""
    worth = [
        model.name_worth(
            alignment, replace(weights, **{field: getattr(weights, field) + more}), population
        )
        for more in (0.0, LITTLE)
    ]
    return (worth[1] - worth[0]) / LITTLE


class Clusters:
    """Which listings are judged the same, over however many others, and the fold of each."""

    def __init__(self, pairs: Iterable[JudgedPair]) -> None:
        self._above: dict[Listing, Listing] = {}
        for pair in pairs:
            if pair.same:
                ends = sorted((self._top(pair.left), self._top(pair.right)))
                self._above[ends[1]] = ends[0]

    def _top(self, listing: Listing) -> Listing:
        while (above := self._above.get(listing, listing)) != listing:
            listing = above
        return listing

    def fold(self, listing: Listing) -> int:
        return zlib.crc32(":".join(self._top(listing)).encode()) % FOLDS


@dataclass(frozen=True, slots=True)
class Lists:
    """All listings, their profiles in the same order, and how common words are."""

    listings: Sequence[LatestListing]
    profiles: Packed
    counted: Frequencies

    def places(self) -> dict[Listing, int]:
        return {
            (each.official_list, each.reference): place for place, each in enumerate(self.listings)
        }


def read(database: Path, *, hide: bool) -> Lists:
    connected = connect(f"sqlite:///{database}")
    with Session(connected) as session:
        listings = subjects.latest_listings(session)
        profiles = prepare.prepare(session, listings, hide_identifiers=hide, processes=2).profiles
    connected.dispose()
    return Lists(listings, profiles, frequencies(profiles))


def of_judged(
    lists: Lists, pairs: Iterable[JudgedPair], clusters: Clusters, hand: Weights
) -> Iterator[Example]:
    place = lists.places()
    for pair in pairs:
        if pair.basis == BY_BIRTH_DATE or pair.left[0] == pair.right[0]:
            continue
        if pair.left not in place or pair.right not in place:
            continue
        left, right = (lists.profiles[place[each]] for each in (pair.left, pair.right))
        if Kind.VESSEL in (left.kind, right.kind) or not model.comparable(left, right):
            continue
        yield replace(
            example("judged", left, right, lists.counted, hand),
            same=pair.same,
            folds=(clusters.fold(pair.left), clusters.fold(pair.right)),
        )


def of_one_list(lists: Lists, clusters: Clusters, hand: Weights) -> Iterator[Example]:
    """Pairs of one list and programme, taken for two lists': all that may come near by their names
    and countries, and some of those that share a key and no more."""
    official_list = np.array([each.official_list for each in lists.listings])
    pairs = blocking.pairs([each.keys for each in lists.profiles])
    pairs = pairs[official_list[pairs[:, 0]] == official_list[pairs[:, 1]]]
    pairs = pairs[np.isin(official_list[pairs[:, 0]], sorted(PARTING))]
    apart = [
        (left, right)
        for left, right in pairs.tolist()
        if lists.profiles[left].programmes & lists.profiles[right].programmes
    ]
    elsewhere = Packed(
        pack(replace(each, official_list=str(place))) for place, each in enumerate(lists.profiles)
    )
    near = Sieve(elsewhere, np.array(apart), lists.counted).survivors(np.array(apart))
    far = [pair for pair in apart if zlib.crc32(repr(pair).encode()) % len(apart) < FAR]
    for left, right in sorted({*map(tuple, near.tolist()), *far}):
        one, other = elsewhere[left], elsewhere[right]
        if one.kind is other.kind and one.kind in (Kind.PERSON, Kind.ENTITY):
            made = example(ONE_LIST, one, other, lists.counted, hand)
            ends = (lists.listings[place] for place in (left, right))
            folds = [clusters.fold((each.official_list, each.reference)) for each in ends]
            yield replace(made, folds=(folds[0], folds[1]))


def of_older(
    lists: Lists, key: str, folder: Path, clusters: Clusters, hand: Weights, *, hide: bool
) -> Iterator[Example]:
    """An older edition against the one in the database, by the keys of the list's importer."""
    now = {each.key: place for place, each in enumerate(lists.listings)}
    for each in catalogue.listings(key, catalogue.read(key, open_source(folder))):
        if not isinstance(each, designation.Listing) or (place := now.get(each.key)) is None:
            continue
        codes = tuple(stated.code for stated in each.designations)
        older = profile(f"older:{each.key}", "older", each.party, codes, hide_identifiers=hide)
        newer = lists.profiles[place]
        if Kind.VESSEL in (older.kind, newer.kind) or not model.comparable(older, newer):
            continue
        listing = lists.listings[place]
        fold = clusters.fold((listing.official_list, listing.reference))
        made = example(f"older {key}", older, newer, lists.counted, hand)
        yield replace(made, same=True, folds=(fold, fold))


class Learning:
    """The examples as arrays, and what is learned from some of them."""

    def __init__(self, examples: Sequence[Example], hand: Weights) -> None:
        examples = [each for each in examples if each.sort]
        spoken = Counter(each for made in examples for each in made.counts)
        self.hand = hand
        self.names = [each for each in hand if spoken[each] >= FEWEST]
        self._first = np.array([hand[each] for each in self.names])
        column = {each: place for place, each in enumerate(self.names)}
        self.counts = np.zeros((len(examples), len(column)))
        for row, made in enumerate(examples):
            for each, times in made.counts.items():
                if each in column:
                    self.counts[row, column[each]] = times
        scores = np.array([each.score(hand) for each in examples])
        self.rest = scores - self.counts @ self._first
        self.same = np.array([each.same for each in examples], float)
        self.folds = np.array([each.folds for each in examples])
        self.source = np.array([each.source for each in examples])
        often = Counter((made.source, made.same, each) for made in examples for each in made.ends)
        self.weight = np.array(
            [
                1 / sqrt(np.prod([often[made.source, made.same, each] for each in made.ends]))
                for made in examples
            ]
        )
        # What nobody judged and clearly looks the same is most often one party entered twice.
        doubtful = (self.source != "judged") | ((scores > model.LINK) == (self.same > 0))
        self.weight[(np.abs(scores - model.LINK) > BORDER) & doubtful] *= CLEAR
        sorts = np.array([each.sort for each in examples])
        self._of_sort = {sort: sorts == sort for sort in SORTS}
        for those in self._of_sort.values():
            self._balance(those)
        told = np.column_stack((scores, *self._of_sort.values()))
        self.slope, *starts = self._chances(told)
        self.start = told[:, 1:] @ np.array(starts)
        self._steps = steps(self.names, self._first)

    def _balance(self, of: NDArray[np.bool_]) -> None:
        """Let the same and the different of a sort of party count alike."""
        sides = [of & (self.same == each) for each in (0.0, 1.0)]
        half = min(self.weight[each].sum() for each in sides)
        for each in sides:
            self.weight[each] *= half / self.weight[each].sum()

    def _chances(self, told: Floats) -> list[float]:
        """The slope, and the start for each sort of party, with which scores by hand promise what
        the examples hold."""
        found = np.zeros(told.shape[1])
        for _ in range(50):
            held = logistic(told @ found)
            slope = told.T @ (self.weight * (held - self.same))
            bend = (told * (self.weight * held * (1 - held))[:, None]).T @ told
            found -= np.linalg.solve(bend, slope)
        return [float(each) for each in found]

    def loss(self, weights: Weights, among: NDArray[np.bool_]) -> float:
        """The mean surprise over some examples, in nats."""
        logit = self.slope * self._scores(weights) + self.start
        surprise = np.logaddexp(0.0, np.where(self.same > 0, -logit, logit))
        return float((self.weight * surprise)[among].sum() / self.weight[among].sum())

    def linked(self, weights: Weights, among: NDArray[np.bool_]) -> int:
        """How many of those of one list would be linked by themselves."""
        linked = (self._scores(weights) >= model.LINK) & (self.source == ONE_LIST)
        return int((linked & among).sum())

    def learn(self, among: NDArray[np.bool_], share: float) -> Weights:
        """By Newton's method over the steps between levels, none of which is below nought."""
        told = self.slope * self.counts[among] @ self._steps
        rest = self.slope * self.rest[among] + self.start[among]
        same, weight = self.same[among], self.weight[among]
        stiff = self._steps / (share * np.abs(self._first))[:, None]
        about = np.sign(self._first) / share
        bound = stiff.T @ stiff

        def cost(found: Floats) -> float:
            logit = rest + told @ found
            surprise = np.logaddexp(0.0, np.where(same > 0, -logit, logit))
            return float(weight @ surprise + ((stiff @ found - about) ** 2).sum() / 2)

        found = np.linalg.solve(self._steps, self._first)
        for _ in range(200):
            held = logistic(rest + told @ found)
            slope = told.T @ (weight * (held - same)) + stiff.T @ (stiff @ found - about)
            bend = (told * (weight * held * (1 - held))[:, None]).T @ told + bound
            free = (found > 1e-12) | (slope < 0)
            change = np.zeros(len(found))
            change[free] = np.linalg.solve(bend[np.ix_(free, free)], slope[free])
            length, before = 1.0, cost(found)
            while length > 1e-6 and cost(np.maximum(found - length * change, 0.0)) > before:
                length /= 2
            after = np.maximum(found - length * change, 0.0)
            if np.abs(after - found).max() < 1e-7:
                break
            found = after
        learned = dict(zip(self.names, (self._steps @ found).tolist(), strict=True))
        return self._anchored({**self.hand, **learned}, among)

    def _anchored(self, weights: dict[Parameter, float], among: NDArray[np.bool_]) -> Weights:
        """With names of each sort worth so much more or less that as many of the same are linked as
        by hand: all of them from twice the score of a link on, none below `alone`, else in part."""

        def linked(scores: Floats, of: NDArray[np.bool_]) -> float:
            part = (scores[of] - model.RULES.alone) / (2 * model.LINK - model.RULES.alone)
            return float(self.weight[of] @ np.clip(part, 0.0, 1.0))

        before, after = self._scores(self.hand), self._scores(weights)
        for sort, those in self._of_sort.items():
            of = among & those & (self.same > 0)
            wanted, low, high = linked(before, of), -5.0, 5.0
            while high - low > 1e-4:
                middle = (low + high) / 2
                low, high = (middle, high) if linked(after + middle, of) < wanted else (low, middle)
            weights[sort, "base"] += low
        return weights

    def _scores(self, weights: Weights) -> Floats:
        return self.rest + self.counts @ np.array([weights[each] for each in self.names])

    def outside(self, *folds: int) -> NDArray[np.bool_]:
        """The examples of which no end is in these folds."""
        return np.asarray(~np.isin(self.folds, folds).any(axis=1))

    def share(self, without: Sequence[int] = ()) -> float:
        """The share of itself by which a weight may move, by the folds that are learned from."""
        inner = [each for each in range(FOLDS) if each not in without]

        def surprise(share: float) -> float:
            return sum(
                self.loss(
                    self.learn(self.outside(*without, each), share),
                    self.outside(*without) & (self.folds[:, 0] == each),
                )
                for each in inner
            )

        return min(SHARES, key=surprise)


def steps(names: Sequence[Parameter], first: Floats) -> Floats:
    """How weights are made of steps that are never below nought: each by itself, or, where levels
    of a feature are in order, on top of the level that weighs less."""
    made = np.diag(np.sign(first))
    chains: dict[object, list[int]] = defaultdict(list)
    for place, (feature, _level) in enumerate(names):
        if feature not in SORTS:
            chains[feature, first[place] > 0].append(place)
    for sort in SORTS:
        for those in ORDERED:
            chains[sort, those] = [names.index((sort, each)) for each in those]
    for chain in chains.values():
        chain.sort(key=lambda place: abs(first[place]))
        for number, place in enumerate(chain):
            made[place, chain[:number]] = np.sign(first[place])
    return made


def logistic(values: Floats) -> Floats:
    chances: Floats = np.asarray(1 / (1 + np.exp(-np.clip(values, -500, 500))))
    return chances


def links(lists: Lists, weights: Weights) -> dict[Listing, str]:
    """The subject of every listing, as the whole engine finds them with these weights."""
    with weighed(weights):
        matched = engine.match(lists.profiles, workers=2)
    return {
        (official_list, reference): subject
        for official_list, reference, subject in resolve.links(lists.listings, matched)
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("database", type=Path)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--older", nargs=2, action="append", default=[], metavar=("LIST", "FOLDER"))
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    pairs = judged_pairs(options.pairs)
    clusters, hand = Clusters(pairs), by_hand()
    read_both = {hide: read(options.database, hide=hide) for hide in (True, False)}
    examples: list[Example] = []
    for hide, lists in read_both.items():
        examples += of_judged(lists, pairs, clusters, hand)
        examples += of_one_list(lists, clusters, hand)
        for key, folder in options.older:
            examples += of_older(lists, key, Path(folder), clusters, hand, hide=hide)
    learning = Learning(examples, hand)
    of_fold = {}
    for fold in range(FOLDS):
        share = learning.share([fold])
        of_fold[fold] = learning.learn(learning.outside(fold), share)
        print(f"fold {fold}: weights move by {share:.0%} of themselves")
    share = learning.share()
    learned = learning.learn(learning.outside(), share)
    print(f"all folds: by {share:.0%}\n")
    show_examples(examples)
    show_weights(learning, learned, of_fold)
    show_surprise(learning, of_fold)
    show_links(read_both, pairs, clusters, hand, of_fold)
    if options.out:
        with options.out.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("feature", "level", "by_hand", "learned"))
            writer.writerows((*each, hand[each], f"{learned[each]:.3f}") for each in hand)


def show_examples(examples: Iterable[Example]) -> None:
    for (source, same), number in sorted(Counter((e.source, e.same) for e in examples).items()):
        print(f"{number:7,} {'same' if same else 'different':9} {source}")


def show_weights(learning: Learning, learned: Weights, of_fold: Mapping[int, Weights]) -> None:
    print(f"\n{len(learning.names)} weights learned, of {len(learning.hand)}")
    heads = ("by hand", "learned", "least", "most", "same", "different")
    print(f"{'':24}" + "".join(f"{each:>10}" for each in heads))
    for each, weight in learning.hand.items():
        if each not in learning.names:
            print(f"{' '.join(each):24}{weight:10.2f}  left alone")
            continue
        found = sorted(weights[each] for weights in of_fold.values())
        speak = learning.counts[:, learning.names.index(each)] != 0
        same = learning.same > 0
        cells = "".join(f"{of:10.2f}" for of in (weight, learned[each], found[0], found[-1]))
        numbers = f"{(speak & same).sum():10,}{(speak & ~same).sum():10,}"
        print(f"{' '.join(each):24}{cells}{numbers}")


def show_surprise(learning: Learning, of_fold: Mapping[int, Weights]) -> None:
    """Of single pairs of the fold not learned from: how far they surprise, in nats, and how many of
    one list would be linked by themselves."""
    print(f"\n{'':4}{'surprise':>20}{'of one list linked':>20}")
    print("fold" + f"{'by hand':>10}{'learned':>10}" * 2)
    for fold, weights in of_fold.items():
        held = learning.folds[:, 0] == fold
        both = learning.hand, weights
        cells = "".join(f"{learning.loss(each, held):10.4f}" for each in both)
        print(f"{fold:4}{cells}" + "".join(f"{learning.linked(each, held):10}" for each in both))


def show_links(
    read_both: Mapping[bool, Lists],
    pairs: Sequence[JudgedPair],
    clusters: Clusters,
    hand: Weights,
    of_fold: Mapping[int, Weights],
) -> None:
    """False and hidden gaps of the links, each fold's with weights learned on the others."""
    for hide, lists in read_both.items():
        kept = [each for each in pairs if not (hide and each.kind == "vessel")]
        by_fold = {
            fold: [each for each in kept if clusters.fold(each.left) == fold] for fold in of_fold
        }
        before = links(lists, hand)
        print(f"\nidentifiers {'hidden, vessels aside' if hide else 'shown'}")
        heads = ("false", "hidden", "missed", "mistaken", "hard")
        print("fold " + "".join(f"{each:>10}" for each in (*heads, *heads)))
        rows = []
        for fold, weights in of_fold.items():
            after = links(lists, weights)
            row = [
                each
                for found in (before, after)
                for each in counted_errors(evaluate.measure(found, by_fold[fold]))
            ]
            rows.append(row)
            print(f"{fold:4} " + "".join(f"{each:10}" for each in row))
        print(" all " + "".join(f"{sum(each):10}" for each in zip(*rows, strict=True)))


def counted_errors(of: evaluate.Figures) -> tuple[int, ...]:
    missed = of.same - of.found
    return of.false_gaps, of.hidden_gaps, missed, of.mistaken, of.hard_found


if __name__ == "__main__":
    main()
