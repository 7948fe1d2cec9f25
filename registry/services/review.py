"""The review queue: pairs of listings that matching leaves to a person, with their evidence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from importers import vocabulary
from matching import model
from matching.frequencies import Frequencies, frequencies
from matching.model import Comparison
from registry.domain.cell import State
from registry.domain.judgement import Verdict, ordered
from registry.domain.party import Kind
from registry.domain.selection import Traits
from registry.domain.stake import Stake
from registry.services import prepare, snapshot, stakes, weighing
from registry.services.prepare import shown
from registry.services.remembered import Remembered
from registry.store import found_pairs, in_use, judgements, queries, subjects
from registry.store.queries import ListingDetail


@dataclass(frozen=True, slots=True)
class Waiting:
    """Two listings that may be one subject. The comparison speaks of them as they are shown: of a
    minor's birth date it knows the year only."""

    left: ListingDetail
    right: ListingDetail
    comparison: Comparison


class Progress(StrEnum):
    """How far reviewers have come with a pair."""

    UNTOUCHED = "untouched"
    BEGUN = "begun"  # somebody is unsure, or a second reviewer has to agree
    IN_CONFLICT = "in-conflict"  # judgements are at odds, on this pair or along a chain


class Order(StrEnum):
    GAPS = "gaps"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which pairs are asked for; an empty field asks for nothing in particular.

    `partner` and `official_list` are of one of the two listings, `situation` and `kind` of one of
    the subjects.
    """

    subject_id: str = ""
    partner: str = ""
    official_list: str = ""
    situation: str = ""
    kind: Kind | None = None
    progress: Progress | None = None
    order: Order = Order.GAPS


@dataclass(frozen=True, slots=True)
class Entry:
    """A pair that awaits review. `score` is in nats; `stake` is None if it can not be said."""

    pair: tuple[str, str]
    subjects: tuple[Traits | None, Traits | None]
    score: float
    probability: float
    progress: Progress
    stake: Stake | None

    @property
    def weight(self) -> int:
        return self.stake.weight if self.stake else 0


def queue(session: Session, asked: Asked, today: date) -> list[Entry]:
    """The pairs that nobody has settled and that fit, those that decide most first.

    What was judged since the last reconcile is no longer among them.
    """
    found = [each for each in _queue(session, today).entries if _fits(each, asked)]
    if asked.order is Order.EVIDENCE:
        return found
    return sorted(found, key=lambda each: -each.weight)  # stable: evidence decides among equals


def waiting(session: Session, subject_id: str, today: date) -> list[Entry]:
    """The pairs of one subject that await review."""
    found = _queue(session, today).of_subject.get(subject_id, ())
    return sorted(found, key=lambda each: -each.weight)


def foremost(session: Session, found: Iterable[Traits], today: date) -> dict[str, Entry]:
    """By subject, the pair of it that decides most; those without one are left out."""
    open_ = [
        each.facts.id
        for each in found
        if any(cell.state is State.POSSIBLE_MATCH for cell in each.cells)
    ]
    if not open_:
        return {}
    of_subject = _queue(session, today).of_subject
    return {
        each: max(of_subject[each], key=lambda entry: entry.weight)
        for each in open_
        if each in of_subject
    }


@dataclass(frozen=True, slots=True)
class _Queue:
    """Every pair that awaits review, the strongest evidence first, and the same by subject."""

    entries: tuple[Entry, ...]
    of_subject: Mapping[str, Sequence[Entry]]


def _queue(session: Session, today: date) -> _Queue:
    known = today, judgements.mark(session)
    return _queues.get(session, known, lambda: _gather(session, today))


def _gather(session: Session, today: date) -> _Queue:
    entries = tuple(_all(session, today))
    of_subject: dict[str, list[Entry]] = {}
    for each in entries:
        for subject_id in {one.facts.id for one in each.subjects if one}:
            of_subject.setdefault(subject_id, []).append(each)
    return _Queue(entries, of_subject)


def _all(session: Session, today: date) -> Iterator[Entry]:
    """The strongest evidence first."""
    weighed = weighing.weigh(session)
    stakes_ = stakes.of_queue(session, today)
    traits = snapshot.snapshot(session, today, today).by_id
    members = subjects.members(session)
    disputed = {
        pair
        for conflict in weighed.decisions.conflicts
        for pair in (*conflict.steps, conflict.apart)
    }
    for each in found_pairs.every(session):
        pair = ordered(each.left, each.right)
        verdict = weighed.decisions.verdicts.get(pair)
        if each.linked or verdict in (Verdict.SAME, Verdict.DIFFERENT):
            continue
        one, other = (traits.get(members[key][0]) if key in members else None for key in pair)
        progress = Progress.BEGUN if verdict else Progress.UNTOUCHED
        yield Entry(
            pair,
            (one, other),
            each.score,
            each.probability,
            Progress.IN_CONFLICT if pair in disputed else progress,
            stakes_.get(pair),
        )


def _fits(entry: Entry, asked: Asked) -> bool:
    subjects_ = [each for each in entry.subjects if each]
    lists = [key.partition(":")[0] for key in entry.pair]
    return (
        (not asked.subject_id or any(each.facts.id == asked.subject_id for each in subjects_))
        and (
            not asked.partner
            or any(vocabulary.load(each).official_list.partner == asked.partner for each in lists)
        )
        and (not asked.official_list or asked.official_list in lists)
        and (not asked.situation or any(asked.situation in each.situations for each in subjects_))
        and (asked.kind is None or any(each.facts.kind is asked.kind for each in subjects_))
        and (asked.progress is None or entry.progress is asked.progress)
    )


def compared(session: Session, waiting: Sequence[tuple[str, str]], on: date) -> list[Waiting]:
    details = queries.listings_by_key(session, [key for pair in waiting for key in pair])
    counted = word_frequencies(session)
    return [
        _waiting(details[left], details[right], counted, on)
        for left, right in waiting
        if left in details and right in details
    ]


def word_frequencies(session: Session) -> Frequencies:
    """How common each word is in all lists; counted once for the editions that they rest on."""
    return _frequencies.get(
        session,
        in_use.accepted(session),
        lambda: frequencies(prepare.prepare(session, subjects.latest_listings(session)).profiles),
    )


def _waiting(left: ListingDetail, right: ListingDetail, counted: Frequencies, on: date) -> Waiting:
    return Waiting(left, right, model.compare(shown(left, on), shown(right, on), counted))


_queues: Remembered[_Queue] = Remembered(most=1)
_frequencies: Remembered[Frequencies] = Remembered(most=1, by_key=True)
