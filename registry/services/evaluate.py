"""How good the matching is on judged pairs, and why two listings are one subject or not."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from matching import evaluate, model
from matching.evaluate import Bin, Errors, Figures, JudgedPair, Listing, Threshold
from matching.frequencies import frequencies
from matching.model import Comparison
from registry.domain.record import InvalidRecord
from registry.services import prepare, resolve
from registry.services.review import word_frequencies
from registry.services.undisturbed import undisturbed
from registry.services.why_apart import why_apart
from registry.store import found_pairs, subjects
from registry.store.found_pairs import Pair


class InvalidPairs(InvalidRecord):
    """The file of judged pairs can not be used; the message says why."""


THRESHOLDS = tuple(float(score) for score in range(-4, 17, 2))
COLUMNS = ("list_a", "reference_a", "list_b", "reference_b", "same")


def judged_pairs(path: Path) -> list[JudgedPair]:
    """Read judged pairs from a CSV file with the columns `COLUMNS`.

    `kind`, `name_similarity` and `basis` are used where they are given.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(_read(csv.DictReader(file), path))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidPairs(f"{path}: {error}. Give a CSV file in UTF-8.") from error


def _read(rows: "csv.DictReader[str]", path: Path) -> Iterator[JudgedPair]:
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise InvalidPairs(f"{path}: no column {', '.join(missing)}")
    for row in rows:
        if row["same"] not in ("0", "1"):
            raise InvalidPairs(f"{path}, line {rows.line_num}: `same` is 0 or 1")
        yield JudgedPair(
            (row["list_a"], row["reference_a"]),
            (row["list_b"], row["reference_b"]),
            row["same"] == "1",
            row.get("kind") or "",
            float(row.get("name_similarity") or 0),
            row.get("basis") or "",
        )


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a matching from scratch comes to on judged pairs.

    `queued` counts the review queue's pairs, `queued_judged` and `queued_same` those of them that
    are judged; `false_gaps_queued` the false gaps left when a queued pair counts as possible.
    """

    links: tuple[tuple[str, str, str], ...]
    overall: Figures
    by_kind: tuple[tuple[str, Figures], ...]
    by_lists: tuple[tuple[str, Figures], ...]
    by_similarity: tuple[tuple[str, Figures], ...]
    thresholds: tuple[Threshold, ...]
    calibration: tuple[Bin, ...]
    errors: Errors
    queued: int
    queued_judged: int
    queued_same: int
    false_gaps_queued: int


@undisturbed()
def run(
    session: Session, pairs: list[JudgedPair], *, hide_identifiers: bool, workers: int = 1
) -> Evaluation:
    """Match every listing from scratch, without storing anything, and measure it."""
    listings = subjects.latest_listings(session)
    profiles = prepare.prepare(
        session, listings, hide_identifiers=hide_identifiers, processes=workers
    ).profiles
    matched = resolve.match_from_scratch(session, profiles, workers)
    links = resolve.links(listings, matched)
    subject_of = {
        (official_list, reference): subject for official_list, reference, subject in links
    }
    place = {(each.official_list, each.reference): each.key for each in listings}
    listing_of = {each.key: (each.official_list, each.reference) for each in listings}
    place_of = {each.key: place for place, each in enumerate(listings)}
    counted = frequencies(profiles)
    scored = []
    for pair in pairs:
        if pair.left in place and pair.right in place:
            left, right = (profiles[place_of[place[each]]] for each in (pair.left, pair.right))
            if model.comparable(left, right):
                found = model.compare(left, right, counted)
                scored.append((found.score, found.probability, pair.same))
    queue = {
        frozenset((listing_of[each.left], listing_of[each.right])) for each in matched.candidates
    }
    judged = {frozenset((pair.left, pair.right)): pair.same for pair in pairs}
    return Evaluation(
        links=tuple(links),
        overall=evaluate.measure(subject_of, pairs),
        by_kind=tuple(evaluate.broken_down(subject_of, pairs, evaluate.by_kind)),
        by_lists=tuple(evaluate.broken_down(subject_of, pairs, evaluate.by_lists)),
        by_similarity=tuple(evaluate.broken_down(subject_of, pairs, evaluate.by_similarity)),
        thresholds=tuple(evaluate.sweep([(s, same) for s, _p, same in scored], THRESHOLDS)),
        calibration=tuple(evaluate.calibration([(p, same) for _s, p, same in scored])),
        errors=evaluate.errors(subject_of, pairs),
        queued=len(queue),
        queued_judged=len(queue & judged.keys()),
        queued_same=sum(judged[pair] for pair in queue & judged.keys()),
        false_gaps_queued=evaluate.measure(_with_queue(subject_of, queue), pairs).false_gaps,
    )


def _with_queue(
    subject_of: dict[Listing, str], queue: set[frozenset[Listing]]
) -> dict[Listing, str]:
    """The links as they would be if every queued pair were confirmed."""
    heir: dict[str, str] = {}

    def root(subject: str) -> str:
        while subject in heir:
            subject = heir[subject]
        return subject

    for left, right in sorted(map(sorted, queue)):
        one, other = root(subject_of[left]), root(subject_of[right])
        if one != other:
            heir[max(one, other)] = min(one, other)
    return {listing: root(subject) for listing, subject in subject_of.items()}


@dataclass(frozen=True, slots=True)
class Explanation:
    """Two listings compared, and how the database has them now.

    `chain` are the links that lead from one to the other where they are one subject, each as two
    names; without one, reviewers joined them. `awaits_review`: the two themselves are in the queue.
    `reasons`: what keeps them from being linked, in sentences.
    """

    left: subjects.LatestListing
    right: subjects.LatestListing
    comparable: bool
    comparison: Comparison
    subject_left: str
    subject_right: str
    chain: tuple[tuple[str, str, float], ...]
    awaits_review: bool
    reasons: tuple[str, ...]

    @property
    def conclusion(self) -> str:
        """What became of the two, and why, in a sentence."""
        if self.subject_left and self.subject_left == self.subject_right:
            return "They are one subject."
        if not self.comparable:
            return "They are two subjects: parties of these two kinds are never compared."
        if self.awaits_review:
            return "They are two subjects for now: the pair awaits a reviewer."
        if self.comparison.score < model.REVIEW:
            return "They are two subjects: what speaks against it outweighs what speaks for it."
        if not self.reasons:
            return "They are two subjects: reviewers parted them."
        return "They are two subjects."


class UnknownListing(InvalidRecord):
    """No listing stands under that reference; the message names it."""


def explain(session: Session, left: Listing, right: Listing, today: date) -> Explanation:
    """Compare two listings, given as (list, reference). Raises UnknownListing."""
    listings = subjects.latest_listings(session)
    place = {(each.official_list, each.reference): number for number, each in enumerate(listings)}
    for wanted in (left, right):
        if wanted not in place:
            raise UnknownListing(f"no listing {wanted[0]}:{wanted[1]}; find it with search or show")
    a, b = place[left], place[right]
    one, other = prepare.prepare(session, [listings[a], listings[b]]).profiles
    members = subjects.members(session)
    pairs = list(found_pairs.every(session))
    keys = listings[a].key, listings[b].key
    name = {each.key: f"{each.name} ({each.official_list}:{each.reference})" for each in listings}
    comparable = model.comparable(one, other)
    comparison = model.compare(one, other, word_frequencies(session))
    near = comparable and comparison.score >= model.NEAR
    return Explanation(
        listings[a],
        listings[b],
        comparable,
        comparison,
        members.get(keys[0], ("", 0))[0],
        members.get(keys[1], ("", 0))[0],
        tuple(
            (name[each.left], name[each.right], each.score)
            for each in _chain(keys, [pair for pair in pairs if pair.linked])
        ),
        any(not each.linked and {each.left, each.right} == set(keys) for each in pairs),
        why_apart(session, *keys, today) if near else (),
    )


def _chain(ends: tuple[str, str], linked: list[Pair]) -> list[Pair]:
    """The fewest links that lead from one listing to the other, none if there is no way."""
    beside: dict[str, list[Pair]] = {}
    for pair in linked:
        beside.setdefault(pair.left, []).append(pair)
        beside.setdefault(pair.right, []).append(pair)
    ways: dict[str, list[Pair]] = {ends[0]: []}
    for here in (waiting := [ends[0]]):
        for pair in sorted(beside.get(here, ()), key=lambda pair: -pair.score):
            there = pair.right if pair.left == here else pair.left
            if there not in ways:
                ways[there] = [*ways[here], pair]
                waiting.append(there)
    return ways.get(ends[1], [])
