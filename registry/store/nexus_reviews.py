"""Reviews of what authorities' own words name, in and out of the database; only ever added."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.domain.conduct import Family
from registry.domain.finding import DesignationKey, Origin, Review, Verdict
from registry.domain.rekeying import current_keys
from registry.store import judgements
from registry.store.tables import NexusReviewRow


def add(session: Session, review: Review) -> None:
    session.add(
        NexusReviewRow(
            listing=review.of.listing,
            code=review.of.code,
            act=review.of.act,
            origin=review.origin,
            finding=review.finding,
            families=list(review.families),
            quote=review.quote,
            whole=review.whole,
            verdict=review.verdict,
            reviewer=review.reviewer,
            reason=review.reason,
            reviewed_at=review.reviewed_at,
        )
    )
    session.flush()


def recorded(session: Session) -> tuple[Review, ...]:
    """Every review in the order of recording, by the keys that the listings have now."""
    rows = session.scalars(select(NexusReviewRow).order_by(NexusReviewRow.id)).all()
    if not rows:
        return ()
    now = current_keys(judgements.rekeyings(session))
    return tuple(
        Review(
            DesignationKey(now.get(row.listing, row.listing), row.code, row.act),
            Origin(row.origin),
            row.finding,
            tuple(map(Family, row.families)),
            row.quote,
            row.whole,
            Verdict(row.verdict),
            row.reviewer,
            row.reason,
            row.reviewed_at,
        )
        for row in rows
    )
