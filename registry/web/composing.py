"""Who is in a proposal: the page on which subjects are taken in and taken out."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from marshmallow import Schema, fields, validate
from werkzeug.wrappers import Response

from registry.domain import reference
from registry.domain.handling import NotThere
from registry.domain.proposal import OPEN_TO_SUBJECTS, Proposal, require_originator
from registry.services import composing as services
from registry.services import propose, search, snapshot
from registry.store import subjects
from registry.web import context, reads
from registry.web.asked import without_blanks
from registry.web.asking import asking
from registry.web.sent import filled

composing = Blueprint("composing", __name__, url_prefix="/proposals/<proposal_id>/subjects")

MOST_FOUND = 20


class SoughtForm(Schema):
    q = fields.String(load_default="", validate=validate.Length(max=300))
    subject = fields.String(load_default="")


class OutForm(Schema):
    revision = fields.Integer(required=True)
    subject = fields.String(required=True)
    reason = fields.String(load_default="")


class InForm(OutForm):
    exculpatory = fields.String(load_default="")
    waiver = fields.String(load_default="")


@composing.get("")
def page(proposal_id: str) -> str:
    """The subjects, a search for others, and the form for the one that was found."""
    session, account = context.session(), asking()
    proposal = propose.get(session, account, proposal_id)
    require_originator(account, proposal)
    form = SoughtForm().load(without_blanks(request.args))
    chosen = subjects.find(session, form["subject"]) if form["subject"] else None
    if form["subject"] and chosen is None:
        raise NotThere
    reads.note([proposal])
    return render_template(
        "proposals/subjects.html",
        proposal=proposal,
        banner=proposal.marking,
        open=proposal.stage in OPEN_TO_SUBJECTS,
        form=form,
        found=search.search(session, form["q"], MOST_FOUND) if form["q"] else (),
        chosen=chosen,
        known=snapshot.snapshot(session, context.today(), context.today()).by_id,
        situations=reference.situations(),
        risks=services.risks(session, chosen.id) if chosen else (),
    )


@composing.post("/in")
def take_in(proposal_id: str) -> Response:
    form = InForm().load(filled())
    exculpatory = form["exculpatory"].replace("\r\n", "\n")
    return _change(services.take_in, proposal_id, form, exculpatory, form["waiver"])


@composing.post("/out")
def take_out(proposal_id: str) -> Response:
    return _change(services.take_out, proposal_id, OutForm().load(filled()))


def _change(
    change: Callable[..., Proposal], proposal_id: str, form: Mapping[str, Any], *more: str
) -> Response:
    """Take the subject of the form in or out; `more` is what one of the two asks for besides."""
    with context.writing() as session:
        change(
            session,
            asking(),
            proposal_id,
            form["revision"],
            form["subject"],
            form["reason"],
            *more,
            context.today(),
            context.now(),
        )
    return redirect(url_for(".page", proposal_id=proposal_id), 303)
