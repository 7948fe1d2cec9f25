"""The views of the coverage page that an account has saved: its own and nobody else's."""

from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, redirect, url_for
from marshmallow import Schema, fields
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from registry.services import saved_views as saving
from registry.store import saved_views as kept
from registry.store.saved_views import SavedView
from registry.web import context
from registry.web.asked import asked
from registry.web.sent import sent

saved_views = Blueprint("saved_views", __name__, url_prefix="/coverage/views")


class SaveForm(Schema):
    name = fields.String(required=True)
    query = fields.String(load_default="")


class RemoveForm(Schema):
    name = fields.String(required=True)


@saved_views.post("/")
def save() -> Response:
    form = SaveForm().load(sent())
    account = context.account()
    assert account
    question = asked(MultiDict(parse_qsl(form["query"])))  # what is not known is refused
    query = urlencode(question.address(page=1), doseq=True)
    with context.writing() as session:
        saving.keep(session, account, form["name"], query, context.now())
    return redirect(f"{url_for('coverage.matrix')}?{query}", 303)


@saved_views.post("/remove")
def remove() -> Response:
    """By its name: a number would tell how many others had saved."""
    form = RemoveForm().load(sent())
    account = context.account()
    assert account
    with context.writing() as session:
        if not kept.remove(session, account, form["name"]):
            raise NotFound
    return redirect(url_for("coverage.matrix"), 303)


def own() -> list[SavedView]:
    """Those of who asks."""
    account = context.account()
    return kept.of(context.session(), account) if account else []
