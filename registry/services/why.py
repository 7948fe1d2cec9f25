"""Why a partner's lists do not show a subject: who comes nearest there, and what speaks against."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from importers import catalogue
from matching import model
from matching.evidence import Evidence
from matching.nearest import Neighbour, Neighbourhood
from registry.domain import reference
from registry.domain.judgement import Pair, Verdict, ordered
from registry.services import review, weighing
from registry.services.prepare import shown
from registry.services.remembered import Remembered
from registry.store import editions, found_pairs, in_use, judgements, queries, standing, subjects
from registry.store.queries import ListingDetail
from registry.store.tables import EditionRow

MOST = 3  # listings shown
INDEXES = 8  # partners' indexes kept: one for each, and two for days of the past


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Scores in nats: from `link` on listings are linked, from `review` on a reviewer is asked,
    from `near` on a gap is less sure."""

    link: float
    review: float
    near: float


THRESHOLDS = Thresholds(model.LINK, model.REVIEW, model.NEAR)


class Outcome(StrEnum):
    """Why a near listing is not the subject's."""

    JUDGED_DIFFERENT = "judged-different"
    AWAITS_REVIEW = "awaits-review"
    TOO_UNLIKE = "too-unlike"
    OUTWEIGHED = "outweighed"


SENTENCES = {
    Outcome.JUDGED_DIFFERENT: "Reviewers judged the two different.",
    Outcome.AWAITS_REVIEW: "The two may be the same; the pair awaits a reviewer.",
    Outcome.TOO_UNLIKE: "What speaks against it outweighs what speaks for it.",
    Outcome.OUTWEIGHED: "The two are alike, but other listings of the two subjects speak against.",
}


@dataclass(frozen=True, slots=True)
class Searched:
    """An edition that was searched, and how many listings it holds."""

    official_list: str
    edition_id: int
    title: str
    dated: date
    sha256: str
    listings: int


@dataclass(frozen=True, slots=True)
class Near:
    """A listing of the partner, with the subject's own listing that it comes nearest to.

    `score` is in nats, `probability` what such scores have meant. Evidence is strongest first; of
    a minor's birth date it knows the year only.
    """

    listing: ListingDetail
    beside: ListingDetail
    score: float
    probability: float
    speaks_for: tuple[Evidence, ...]
    speaks_against: tuple[Evidence, ...]
    outcome: Outcome

    @property
    def sentence(self) -> str:
        return SENTENCES[self.outcome]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Who comes nearest to a subject on a partner's lists on a day.

    `listed` are the subject's own listings there (list:reference), also former ones; none where it
    was never found. `missing` are the partner's lists without an edition for the day: they could
    not be searched.
    """

    subject_id: str
    name: str
    kind: str
    partner: str
    on: date
    searched: tuple[Searched, ...]
    missing: tuple[str, ...]
    listed: tuple[str, ...]
    nearest: tuple[Near, ...]


def nearest(session: Session, subject_id: str, partner: str, on: date) -> WhyNot | None:
    """Search the partner's lists as of a day for who comes nearest to a subject.

    None if there is no such subject. Slow once for each partner and set of editions.
    """
    subject = subjects.find(session, subject_id)
    if subject is None:
        return None
    own = {each.key: each for each in queries.listings_of_subject(session, subject.id)}
    searched, missing = _editions(session, partner, on)
    index = _index(session, searched, on)
    found = [
        each
        for each in index.nearest([shown(each, on) for each in own.values()], MOST + len(own))
        if each.key not in own
    ][:MOST]
    listings = queries.listings_by_key(session, [each.key for each in found], on)
    outcomes = _outcomes(session, subject.id, own.keys(), found, listings)
    return WhyNot(
        subject.id,
        subject.name,
        subject.kind,
        partner,
        on,
        tuple(map(_searched, searched)),
        missing,
        tuple(
            f"{each.official_list}:{each.reference}"
            for each in own.values()
            if each.partner == partner
        ),
        tuple(
            _near(each, own[each.beside], listings[each.key], outcomes[each.key]) for each in found
        ),
    )


def prepare(session: Session, on: date) -> None:
    """Make what every search of the day needs, so that the first one is as fast as the others."""
    for partner in sorted({each.partner for each in catalogue.official_lists()}):
        searched, _missing = _editions(session, partner, on)
        if searched:
            _index(session, searched, on)


def _editions(
    session: Session, partner: str, on: date
) -> tuple[tuple[EditionRow, ...], tuple[str, ...]]:
    """The partner's editions in use, and the titles of lists that could show the subject and have
    none."""
    lists = [each for each in catalogue.official_lists() if each.partner == partner]
    ids = standing.editions_in_use(session, lists, on)
    rows = tuple(
        row
        for each in lists
        if each.key in ids
        for row in editions.history(session, each.key)
        if row.id == ids[each.key]
    )
    law = reference.partners()[partner]
    wanted = {key for asked in (law.needed, law.helpful) for keys in asked.values() for key in keys}
    missing = tuple(
        each.title
        for each in lists
        if each.key in wanted - ids.keys() and (each.retired_on is None or each.retired_on > on)
    )
    return rows, missing


def _index(session: Session, searched: Sequence[EditionRow], on: date) -> Neighbourhood:
    ids = [row.id for row in searched]
    # What is shown of minors changes with the day: it may be late by some months, never early.
    key = (tuple(ids), in_use.accepted(session), on.year)
    return _indexes.get(
        session,
        key,
        lambda: Neighbourhood(
            (shown(each, on) for each in queries.listings_of_editions(session, ids)),
            review.word_frequencies(session),
        ),
    )


def _outcomes(
    session: Session,
    subject_id: str,
    own: Collection[str],
    found: Iterable[Neighbour],
    listings: Mapping[str, ListingDetail],
) -> dict[str, Outcome]:
    verdicts = _verdicts.get(session, judgements.mark(session), lambda: weighing.verdicts(session))
    candidates = found_pairs.candidates(session, subject_id)
    waiting = {key for pair in candidates for key in pair}.difference(own)
    subjects_waiting = {
        each.subject_id for each in queries.listings_by_key(session, sorted(waiting)).values()
    }
    outcomes = {}
    for each in found:
        pairs = {ordered(key, each.key) for key in own}
        if any(verdicts.get(pair) is Verdict.DIFFERENT for pair in pairs):
            outcomes[each.key] = Outcome.JUDGED_DIFFERENT
        elif listings[each.key].subject_id in subjects_waiting:
            outcomes[each.key] = Outcome.AWAITS_REVIEW
        elif each.comparison.score < model.REVIEW:
            outcomes[each.key] = Outcome.TOO_UNLIKE
        else:
            outcomes[each.key] = Outcome.OUTWEIGHED
    return outcomes


def _near(found: Neighbour, own: ListingDetail, other: ListingDetail, outcome: Outcome) -> Near:
    evidence = found.comparison.evidence
    return Near(
        other,
        own,
        found.comparison.score,
        found.comparison.probability,
        tuple(each for each in evidence if each.weight > 0),
        tuple(each for each in evidence if each.weight < 0),
        outcome,
    )


def _searched(row: EditionRow) -> Searched:
    title = next(e.title for e in catalogue.official_lists() if e.key == row.official_list)
    return Searched(row.official_list, row.id, title, row.dated, row.sha256, row.listings)


_indexes: Remembered[Neighbourhood] = Remembered(most=INDEXES, by_key=True)
_verdicts: Remembered[dict[Pair, Verdict]] = Remembered(most=1)
