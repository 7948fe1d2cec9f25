"""Jobs: asking for them, taking one, and what becomes of it."""

from datetime import datetime

from sqlalchemy.orm import Session

from registry.domain.job import Job, JobKind, JobRefused, JobState, Order
from registry.domain.trail import Action
from registry.services import audit
from registry.store import jobs

LOST = "the worker gave no sign of life any more; nothing half-done was kept, so try again"
NAMED = {
    JobKind.EXAMINE: "This file is being examined",
    JobKind.RECONCILE: "A reconcile waits",
}


def ask(session: Session, order: Order, started_by: str, at: datetime) -> Job:
    """Ask for a job. Raises JobRefused if one that must not run beside it waits or runs."""
    known = jobs.find_by_claim(session, order.claim)
    if known:
        what = NAMED.get(order.kind, f"A job on {order.official_list} waits or runs")
        raise JobRefused(f"{what} already: see job {known.id}, then try again.")
    job = jobs.add(session, order, started_by, at)
    audit.record(
        session,
        Action.JOB_ASKED,
        f"job:{job.id}",
        kind=order.kind.value,
        official_list=order.official_list,
    )
    return job


def ask_to_reconcile(session: Session, started_by: str, at: datetime) -> Job:
    """The reconcile that waits, or a new one: it will see all that is recorded by then."""
    order = Order(JobKind.RECONCILE)
    return jobs.find_by_claim(session, order.claim) or jobs.add(session, order, started_by, at)


def take(session: Session, job_id: int, now: datetime) -> Job | None:
    """Begin a job. None if it does not wait: it was taken already, or there is none."""
    job = jobs.begin(session, job_id, now)
    if job and job.order.kind is JobKind.RECONCILE:
        # What is judged from now on needs another one.
        jobs.release(session, job.id)
    return job


def require_running(session: Session, job_id: int) -> None:
    """Raise JobRefused for a job that was given up: it is said to have kept nothing."""
    known = jobs.find(session, job_id)
    if known is None or known.state is not JobState.RUNNING:
        raise JobRefused(f"Job {job_id} was given up while it ran, so nothing of it is kept.")


def fail_lost(session: Session, now: datetime) -> None:
    """Let fail the jobs whose worker is gone."""
    for each in jobs.active(session):
        if each.is_lost(now):
            jobs.end(session, each.id, JobState.FAILED, LOST, now)


def send_waiting(session: Session) -> None:
    """Have workers told again of every job that waits."""
    for each in jobs.active(session):
        if each.state is JobState.WAITING:
            jobs.send(session, each.id)


def retry(session: Session, job_id: int, started_by: str, at: datetime) -> Job:
    """Ask once more for what failed. Raises JobRefused if it did not fail, or as `ask` does."""
    known = jobs.find(session, job_id)
    if known is None:
        raise JobRefused(f"There is no job {job_id}.")
    if known.is_lost(at):
        jobs.end(session, job_id, JobState.FAILED, LOST, at)
    elif known.state is not JobState.FAILED:
        raise JobRefused(f"Job {job_id} did not fail, so it can not be tried again.")
    return ask(session, known.order, started_by, at)
