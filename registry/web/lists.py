"""The official lists: how each stands, its editions, what was left out, the bytes themselves."""

import re

from flask import Blueprint, render_template, send_file
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from registry.services.health import ListHealth
from registry.store import queries
from registry.store.archive import Archive
from registry.store.queries import EditionSummary
from registry.web import context, footer

lists = Blueprint("lists", __name__, url_prefix="/lists")


@lists.get("/")
def board() -> str:
    return render_template("lists/board.html", lists=footer.lists())


@lists.get("/<key>")
def one(key: str) -> str:
    return render_template("lists/one.html", each=_health(key))


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
