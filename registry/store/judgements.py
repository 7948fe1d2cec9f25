"""Judgements in and out of the database. They are only ever added."""

from datetime import UTC

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from registry.domain.judgement import Judgement, Verdict
from registry.store.tables import JudgementRow


def add(session: Session, judgement: Judgement) -> None:
    left, right = sorted((judgement.left, judgement.right))
    session.add(
        JudgementRow(
            left=left,
            right=right,
            verdict=judgement.verdict,
            reviewer=judgement.reviewer,
            reason=judgement.reason,
            judged_at=judgement.judged_at,
        )
    )


def standing(session: Session) -> dict[tuple[str, str], Verdict]:
    """The verdict that holds now for every judged pair of listing keys, the smaller key first."""
    rows = session.execute(
        select(JudgementRow.left, JudgementRow.right, JudgementRow.verdict).order_by(
            JudgementRow.id
        )
    )
    return {(left, right): Verdict(verdict) for left, right, verdict in rows}


def about(session: Session, keys: set[str]) -> list[Judgement]:
    """Every judgement that names one of these listing keys, the newest first."""
    rows = session.scalars(
        select(JudgementRow)
        .where(or_(JudgementRow.left.in_(keys), JudgementRow.right.in_(keys)))
        .order_by(JudgementRow.id.desc())
    )
    return [
        Judgement(
            row.left,
            row.right,
            Verdict(row.verdict),
            row.reviewer,
            row.reason,
            row.judged_at.replace(tzinfo=UTC),
        )
        for row in rows
    ]
