"""Jobs: what the worker does and has done, and trying again what failed."""

from flask import Blueprint, jsonify, redirect, render_template, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from registry.domain.job import Job
from registry.services import jobs as asking
from registry.store import jobs as stored
from registry.web import context, wording

jobs = Blueprint("jobs", __name__, url_prefix="/jobs")

SHOWN = 100


@jobs.get("/")
def board() -> str:
    return render_template(
        "jobs/board.html", jobs=stored.latest(context.session(), SHOWN), now=context.now()
    )


@jobs.get("/<int:job_id>")
def one(job_id: int) -> str:
    return render_template("jobs/one.html", job=_job(job_id), now=context.now())


@jobs.get("/<int:job_id>/state")
def state(job_id: int) -> Response:
    """What a page that shows the job asks for again and again."""
    job = _job(job_id)
    is_lost = job.is_lost(context.now())
    return jsonify(
        is_active=job.is_active and not is_lost,
        share=round(job.share, 3),
        text=wording.job_state(job, is_lost=is_lost),
    )


@jobs.post("/reconcile")
def reconcile() -> Response:
    with context.writing() as session:
        job = asking.ask_to_reconcile(session, context.signature(), context.now())
    return redirect(url_for(".one", job_id=job.id), 303)


@jobs.post("/<int:job_id>/retry")
def retry(job_id: int) -> Response:
    _job(job_id)
    with context.writing() as session:
        job = asking.retry(session, job_id, context.signature(), context.now())
    return redirect(url_for(".one", job_id=job.id), 303)


def _job(job_id: int) -> Job:
    found = stored.find(context.session(), job_id)
    if found is None:
        raise NotFound
    return found
