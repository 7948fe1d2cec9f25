"""What each pair in the review queue would change, computed once for each state of the database."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from registry.domain.cell import SubjectFacts
from registry.domain.judgement import Pair, ordered
from registry.domain.stake import Stake, stake
from registry.services import snapshot
from registry.services.remembered import Remembered
from registry.services.snapshot import Snapshot
from registry.store import found_pairs


def of_queue(session: Session, today: date) -> Mapping[Pair, Stake]:
    """The stake of every pair that awaits review and whose listings are of two subjects."""
    return _stakes.get(session, today, lambda: _of_queue(session, today))


def of_pair(session: Session, pair: Pair, today: date) -> Stake | None:
    """The stake of any two listings; None if they are one subject, or one of them is of none."""
    return _of_queue(session, today, [pair]).get(ordered(*pair))


def _of_queue(
    session: Session, today: date, asked: Iterable[Pair] | None = None
) -> dict[Pair, Stake]:
    shot = snapshot.snapshot(session, today, today)
    pairs = found_pairs.candidates(session)
    subject_of = {
        each.key: traits.facts.id
        for traits in shot.by_id.values()
        for each in (*traits.facts.former, *traits.facts.listings)
    }
    beside: dict[str, set[str]] = {}
    for left, right in pairs:
        one, other = subject_of.get(left), subject_of.get(right)
        if one and other and one != other:
            beside.setdefault(one, set()).add(other)
            beside.setdefault(other, set()).add(one)
    found = {}
    for pair in pairs if asked is None else asked:
        one, other = (subject_of.get(key) for key in pair)
        if one and other and one != other:
            found[ordered(*pair)] = stake(
                _apart(shot, beside, one, other),
                _apart(shot, beside, other, one),
                shot.coverage.world,
            )
    return found


def _apart(
    shot: Snapshot, beside: Mapping[str, set[str]], subject: str, other: str
) -> SubjectFacts:
    """The subject as if `other` were known to be somebody else."""
    candidates = {
        listing.partner
        for each in beside.get(subject, ())
        if each != other
        for listing in shot.by_id[each].facts.listings
    }
    return replace(shot.by_id[subject].facts, candidates=frozenset(candidates))


_stakes: Remembered[Mapping[Pair, Stake]] = Remembered(most=1)
