"""The review queue: pairs of listings that matching leaves to a person, with their evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from matching import model
from matching.frequencies import Frequencies, frequencies
from matching.model import Comparison
from matching.profile import Profile, profile
from registry.domain import minors
from registry.services import prepare
from registry.services.remembered import Remembered
from registry.store import in_use, queries, subjects
from registry.store.queries import ListingDetail


@dataclass(frozen=True, slots=True)
class Waiting:
    """Two listings that may be one subject. The comparison speaks of them as they are shown: of a
    minor's birth date it knows the year only."""

    left: ListingDetail
    right: ListingDetail
    comparison: Comparison


def pairs(session: Session, subject_id: str | None = None) -> list[tuple[str, str]]:
    """The pairs of listing keys that await a judgement, of one subject or of all, the strongest
    evidence first."""
    return subjects.candidates(session, subject_id)


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
    return Waiting(left, right, model.compare(_profile(left, on), _profile(right, on), counted))


def _profile(each: ListingDetail, on: date) -> Profile:
    return profile(
        each.key,
        each.official_list,
        minors.shown(each.party, on),
        tuple(act.code for act in each.designations),
    )


_frequencies: Remembered[Frequencies] = Remembered(most=1, by_key=True)
