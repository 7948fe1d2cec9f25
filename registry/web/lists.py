"""The official lists: how each stands, its editions, what was left out, the bytes themselves;
and for list stewards fetching, uploading, accepting and withdrawing editions."""

import re
from datetime import date

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from marshmallow import Schema, ValidationError, fields, validate, validates
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from registry.domain.job import Job, JobKind, Order
from registry.domain.upload import Upload
from registry.services import jobs, obtain, previews, uploads
from registry.services.health import ListHealth
from registry.store import editions, queries
from registry.store import jobs as stored_jobs
from registry.store import uploads as stored_uploads
from registry.store.archive import Archive
from registry.store.incoming import Incoming
from registry.store.queries import EditionSummary
from registry.web import charts, context, footer, paging
from registry.web.asked import without_blanks
from registry.web.sent import sent
from registry.web.words import Words

lists = Blueprint("lists", __name__, url_prefix="/lists")

RECENT = 10  # uploads that a list's page shows
SIZE = 100


class UploadForm(Schema):
    published_on = fields.Date(data_key="published", load_default=None)

    @validates("published_on")
    def has_come(self, value: date | None, **_: object) -> None:
        if value and value > context.today():
            raise ValidationError("This day has not come yet.")


class ReasonForm(Schema):
    reason = Words(required=True)


class UseForm(Schema):
    reason = Words(load_default="")


class DifferenceForm(Schema):
    """Two editions by their numbers; the newest in use and the one before it if not given."""

    before = fields.Integer(load_default=None)
    after = fields.Integer(load_default=None)


class PageForm(Schema):
    page = fields.Integer(validate=validate.Range(min=1), load_default=1)


@lists.get("/")
def board() -> str:
    return render_template("lists/board.html", lists=footer.lists())


@lists.get("/reported")
def reported() -> str:
    """Every entry of an edition in use that could not be imported."""
    form = PageForm().load(without_blanks(request.args))
    found = [
        (health, report)
        for health in footer.lists()
        if health.edition
        for report in queries.reports(context.session(), health.edition.id)
    ]
    return render_template("lists/reported.html", page=paging.page(found, form["page"], SIZE))


@lists.get("/<key>")
def one(key: str) -> str:
    health, session = _health(key), context.session()
    return render_template(
        "lists/one.html",
        each=health,
        chart=charts.counts(health.editions),
        can_fetch=key in obtain.fetchable(),
        jobs=stored_jobs.active(session, key),
        uploads=stored_uploads.of_list(session, key, RECENT),
        now=context.now(),
    )


@lists.post("/<key>/fetch")
def fetch(key: str) -> Response:
    _health(key)
    if key not in obtain.fetchable():
        raise NotFound
    return _asked(Order(JobKind.FETCH, key))


@lists.post("/<key>/uploads")
def send(key: str) -> Response:
    """Take a file in: it is written to a place of its own, and read by the worker only."""
    _health(key)
    form = UploadForm().load({k: v for k, v in sent().items() if v})
    file = request.files.get("file")
    if file is None or not file.filename:
        raise ValidationError({"file": ["Choose a file."]})
    incoming = _incoming()
    token, size = incoming.receive(file.stream)
    try:
        with context.writing() as session:
            upload, _job = uploads.receive(
                session,
                key,
                token,
                file.filename,
                size,
                form["published_on"],
                context.signature(),
                context.now(),
            )
    except BaseException:
        incoming.discard(token)
        raise
    return redirect(url_for(".upload", key=key, upload_id=upload.id), 303)


@lists.get("/<key>/uploads/<int:upload_id>")
def upload(key: str, upload_id: int) -> str:
    health, found = _health(key), _upload(key, upload_id)
    return render_template(
        "lists/upload.html",
        each=health,
        upload=found,
        job=_job_of(found),
        most=previews.MOST,
        now=context.now(),
    )


@lists.post("/<key>/uploads/<int:upload_id>/use")
def use(key: str, upload_id: int) -> Response:
    _upload(key, upload_id)
    form = UseForm().load(sent())
    with context.writing() as session:
        uploads.use(session, upload_id, form["reason"], context.signature(), context.now())
    return redirect(url_for(".upload", key=key, upload_id=upload_id), 303)


@lists.post("/<key>/uploads/<int:upload_id>/discard")
def discard(key: str, upload_id: int) -> Response:
    _upload(key, upload_id)
    with context.writing() as session:
        found = uploads.discard(session, upload_id, context.signature())
    _incoming().discard(found.token)
    return redirect(url_for(".one", key=key), 303)


@lists.get("/<key>/difference")
def difference(key: str) -> str:
    """How any two editions of the list differ."""
    health = _health(key)
    form = DifferenceForm().load(without_blanks(request.args))
    session = context.session()
    used = [row.id for row in editions.history(session, key)]
    if len(used) < 2 and None in form.values():
        raise NotFound
    before = _edition(key, form["before"] if form["before"] is not None else used[-2])
    after = _edition(key, form["after"] if form["after"] is not None else used[-1])
    counts, found = previews.between(session, before.edition.id, after.edition.id, context.today())
    return render_template(
        "lists/difference.html",
        each=health,
        before=before,
        after=after,
        counts=counts,
        differences=found,
        most=previews.MOST,
    )


@lists.post("/<key>/editions/<int:edition_id>/accept")
def accept(key: str, edition_id: int) -> Response:
    _edition(key, edition_id)
    reason = ReasonForm().load(sent())["reason"]
    return _asked(Order(JobKind.ACCEPT, key, edition_id, reason))


@lists.post("/<key>/editions/<int:edition_id>/withdraw")
def withdraw(key: str, edition_id: int) -> Response:
    _edition(key, edition_id)
    reason = ReasonForm().load(sent())["reason"]
    return _asked(Order(JobKind.WITHDRAW, key, edition_id, reason))


@lists.get("/<key>/editions/<int:edition_id>")
def edition(key: str, edition_id: int) -> str:
    health, summary = _health(key), _edition(key, edition_id)
    return render_template(
        "lists/edition.html",
        each=health,
        summary=summary,
        reports=queries.reports(context.session(), edition_id),
    )


@lists.get("/<key>/editions/<int:edition_id>/file")
def file(key: str, edition_id: int) -> Response:
    """The bytes as they were archived, whatever they are: never opened by the browser."""
    summary = _edition(key, edition_id)
    path = Archive(context.config().archive).path(summary.edition.sha256)
    if not path.is_file():
        raise NotFound
    return send_file(
        path.resolve(),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=_file_name(key, summary),
        max_age=0,
    )


def _asked(order: Order) -> Response:
    with context.writing() as session:
        job = jobs.ask(session, order, context.signature(), context.now())
    return redirect(url_for("jobs.one", job_id=job.id), 303)


def _incoming() -> Incoming:
    return Incoming(context.config().incoming)


def _upload(key: str, upload_id: int) -> Upload:
    found = stored_uploads.find(context.session(), upload_id)
    if found is None or found.official_list != key:
        raise NotFound
    return found


def _job_of(found: Upload) -> Job | None:
    """The latest job that examines or imports it."""
    return stored_jobs.latest_about(context.session(), (JobKind.EXAMINE, JobKind.IMPORT), found.id)


def _health(key: str) -> ListHealth:
    for each in footer.lists():
        if each.official_list.key == key:
            return each
    raise NotFound


def _edition(key: str, edition_id: int) -> EditionSummary:
    for each in _health(key).editions:
        if each.edition.id == edition_id:
            return each
    raise NotFound


def _file_name(key: str, summary: EditionSummary) -> str:
    """The list, the date and the publisher's own name; of the latter no more than is harmless."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", summary.file_name.rsplit("/", 1)[-1]).strip("-.")
    return f"{key}-{summary.edition.dated.isoformat()}-{plain or summary.edition.sha256[:12]}"
