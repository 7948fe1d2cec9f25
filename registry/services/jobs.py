"""Jobs: asking for them, taking the next one, and what becomes of it."""

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


def take(session: Session, now: datetime) -> Job | None:
    """Begin the job that has waited longest, if any; jobs whose worker is gone fail first."""
    waiting = []
    for each in jobs.active(session):
        if each.is_lost(now):
            jobs.end(session, each.id, JobState.FAILED, LOST, now)
        elif each.state is JobState.WAITING:
            waiting.append(each)
    if not waiting:
        return None
    jobs.begin(session, waiting[0].id, now)
    if waiting[0].order.kind is JobKind.RECONCILE:
        # What is judged from now on needs another one.
        jobs.release(session, waiting[0].id)
    return waiting[0]


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
