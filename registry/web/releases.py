"""Asking the originator to release something further, and the originator's answer."""

from flask import Blueprint, redirect, url_for
from marshmallow import Schema, fields, validate
from werkzeug.wrappers import Response

from registry.domain.handling import AFFILIATIONS
from registry.domain.release import Answer
from registry.services import release
from registry.web import context
from registry.web.asking import asking
from registry.web.sent import filled

releases = Blueprint("releases", __name__, url_prefix="/proposals/<proposal_id>/releases")


class AskForm(Schema):
    about = fields.String(load_default="")
    asked_for = fields.String(
        data_key="asked-for", required=True, validate=validate.OneOf(AFFILIATIONS)
    )
    reason = fields.String(load_default="")


class AnswerForm(Schema):
    answer = fields.Enum(Answer, by_value=True, required=True)
    reason = fields.String(load_default="")


@releases.post("")
def ask(proposal_id: str) -> Response:
    form = AskForm().load(filled())
    with context.writing() as session:
        release.ask(
            session,
            asking(),
            proposal_id,
            form["about"],
            form["asked_for"],
            form["reason"],
            context.now(),
        )
    return _back(proposal_id)


@releases.post("/<portion_id>")
def answer(proposal_id: str, portion_id: str) -> Response:
    form = AnswerForm().load(filled())
    with context.writing() as session:
        release.answer(
            session,
            asking(),
            proposal_id,
            portion_id,
            form["answer"],
            form["reason"],
            context.now(),
        )
    return _back(proposal_id)


def _back(proposal_id: str) -> Response:
    return redirect(url_for("proposals.page", proposal_id=proposal_id, _anchor="releases"), 303)
