"""The trail, for auditors: who did what, when and from where."""

from io import BytesIO
from typing import Any

from flask import Blueprint, render_template, request, send_file
from marshmallow import Schema, fields, validate
from werkzeug.wrappers import Response

from exports import trail_columns
from exports.writing import MEDIA_TYPES, Format, write
from registry.domain.dossier import auditing
from registry.domain.trail import Action
from registry.services import assess, audit, publish
from registry.store import trail as stored
from registry.store.trail import Sought
from registry.web import context, paging
from registry.web.asked import without_blanks

trail = Blueprint("trail", __name__, url_prefix="/trail")

SIZE = 100
_LONGEST = 200  # characters


class TrailForm(Schema):
    actor = fields.String(load_default="", validate=validate.Length(max=_LONGEST))
    action = fields.Enum(Action, by_value=True, load_default=None)
    object = fields.String(load_default="", validate=validate.Length(max=_LONGEST))
    since = fields.Date(load_default=None)
    until = fields.Date(load_default=None)
    page = fields.Integer(validate=validate.Range(min=1), load_default=1)


@trail.get("/")
def page() -> str:
    query = without_blanks(request.args)
    form = TrailForm().load(query)
    sought = _sought(form)
    session = context.session()
    total = stored.count(session, sought)
    number = min(form["page"], paging.last_page(total, SIZE))
    rows = tuple(stored.page(session, sought, (number - 1) * SIZE, SIZE))
    return render_template(
        "trail/page.html",
        page=paging.Page(rows, number, SIZE, total),
        asked={key: value for key, value in query.items() if key != "page"},
        actions=Action,
    )


@trail.get("/trail.csv")
def download() -> Response:
    sought = _sought(TrailForm().load(without_blanks(request.args)))
    session = context.session()
    said = publish.provenance(
        session, assess.nothing(context.today()), "Trail", context.config().contact
    )
    content = BytesIO()
    write(trail_columns.TRAIL, stored.page(session, sought), said, Format.CSV, content)
    content.seek(0)
    with context.writing() as writing:
        audit.record(writing, Action.EXPORTED, "trail")
    return send_file(
        content,
        mimetype=MEDIA_TYPES[Format.CSV],
        as_attachment=True,
        download_name=f"trail-{context.today().isoformat()}.csv",
    )


def _sought(form: dict[str, Any]) -> Sought:
    return Sought(
        readers=auditing(context.account()),
        actor=form["actor"],
        action=form["action"] or "",
        object=form["object"],
        since=stored.beginning(form["since"]) if form["since"] else None,
        until=stored.end(form["until"]) if form["until"] else None,
    )
