"""Jobs in and out of the database. They change no page but their own: no revision grows."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry.domain.job import ACTIVE, Job, JobKind, JobState, Order
from registry.store.tables import JobRow

TO_SEND = "jobs to send"  # in a session: by number, once it has committed


def add(session: Session, order: Order, started_by: str, at: datetime) -> Job:
    row = JobRow(
        kind=order.kind,
        official_list=order.official_list,
        about=order.about,
        reason=order.reason,
        claim=order.claim,
        state=JobState.WAITING,
        share=0.0,
        step="",
        started_by=started_by,
        asked_at=at,
        message="",
    )
    session.add(row)
    session.flush()
    send(session, row.id)
    return _job(row)


def send(session: Session, job_id: int) -> None:
    """Have a worker told of a job that waits, when this transaction has committed."""
    session.info.setdefault(TO_SEND, []).append(job_id)


def find(session: Session, job_id: int) -> Job | None:
    row = session.get(JobRow, job_id)
    return _job(row) if row else None


def find_by_claim(session: Session, claim: str) -> Job | None:
    """The active job that has this claim."""
    row = session.scalars(select(JobRow).where(JobRow.claim == claim)).one_or_none()
    return _job(row) if row else None


def active(session: Session, official_list: str | None = None) -> list[Job]:
    """The jobs that wait or run, the oldest first."""
    query = select(JobRow).where(JobRow.state.in_(ACTIVE)).order_by(JobRow.id)
    if official_list is not None:
        query = query.where(JobRow.official_list == official_list)
    return [_job(row) for row in session.scalars(query)]


def is_active(session: Session, kind: JobKind, about: int) -> bool:
    """Whether a job of this kind about this waits or runs."""
    query = select(JobRow.id).where(
        JobRow.kind == kind, JobRow.about == about, JobRow.state.in_(ACTIVE)
    )
    return session.scalars(query).first() is not None


def latest(session: Session, most: int) -> list[Job]:
    """The newest first."""
    query = select(JobRow).order_by(JobRow.id.desc()).limit(most)
    return [_job(row) for row in session.scalars(query)]


def latest_about(session: Session, kinds: Collection[JobKind], about: int) -> Job | None:
    """The newest job of one of these kinds about this."""
    query = select(JobRow).where(JobRow.kind.in_(kinds), JobRow.about == about)
    row = session.scalars(query.order_by(JobRow.id.desc())).first()
    return _job(row) if row else None


def begin(session: Session, job_id: int, at: datetime) -> Job | None:
    """Let a job that waits run. None if there is none, so that nobody begins it twice."""
    row = session.scalars(
        update(JobRow)
        .where(JobRow.id == job_id, JobRow.state == JobState.WAITING)
        .values(state=JobState.RUNNING, began_at=at, beat_at=at)
        .returning(JobRow)
    ).one_or_none()
    return _job(row) if row else None


def beat(session: Session, job_id: int, at: datetime, share: float, step: str) -> bool:
    """Say that the job is alive, and how far. Returns whether it still runs."""
    done = session.execute(
        update(JobRow)
        .where(JobRow.id == job_id, JobRow.state == JobState.RUNNING)
        .values(beat_at=at, share=share, step=step)
        .returning(JobRow.id)
    )
    return done.first() is not None


def end(session: Session, job_id: int, state: JobState, message: str, at: datetime) -> None:
    """Let an active job end; what has ended stays as it is."""
    session.execute(
        update(JobRow)
        .where(JobRow.id == job_id, JobRow.state.in_(ACTIVE))
        .values(state=state, message=message, ended_at=at, claim=None)
    )


def release(session: Session, job_id: int) -> None:
    """Let another job with the same claim be asked for."""
    session.execute(update(JobRow).where(JobRow.id == job_id).values(claim=None))


def _job(row: JobRow) -> Job:
    return Job(
        id=row.id,
        order=Order(JobKind(row.kind), row.official_list, row.about, row.reason),
        state=JobState(row.state),
        share=row.share,
        step=row.step,
        started_by=row.started_by,
        asked_at=row.asked_at,
        began_at=row.began_at,
        beat_at=row.beat_at,
        ended_at=row.ended_at,
        message=row.message,
    )
