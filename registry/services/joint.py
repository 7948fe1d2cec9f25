"""The strongest joint candidates of a day, in one situation or in all."""

from datetime import date

from sqlalchemy.orm import Session

from registry.domain import joint
from registry.domain.joint import Candidate
from registry.services import snapshot
from registry.services.remembered import Remembered

MOST = 100  # kept; whoever asks for more has them made


def candidates(
    session: Session, situation: str, on: date, today: date, most: int = joint.STRONGEST
) -> tuple[Candidate, ...]:
    """The `most` strongest candidates as of `on`; of all situations if `situation` is ""."""
    kept = max(most, MOST)
    found = _candidates.get(
        session,
        (situation, on, today, kept),
        lambda: joint.candidates(
            snapshot.snapshot(session, on, today).coverage.subjects, situation, on, kept
        ),
    )
    return found[:most]


_candidates: Remembered[tuple[Candidate, ...]] = Remembered(most=32)
