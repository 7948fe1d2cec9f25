"""Writing a proposal: its fields, its sections, its marks, its stage."""

from flask import Blueprint, redirect, render_template, url_for
from marshmallow import Schema, fields
from werkzeug.wrappers import Response

from registry.domain import handling, naming, reference
from registry.domain.handling import combined, in_order
from registry.domain.position import Ask
from registry.domain.proposal import Stage, require_originator
from registry.domain.selection import MISSING_PARTNERS
from registry.services import children, propose
from registry.store import portions
from registry.web import context, marks, reads
from registry.web.asking import asking
from registry.web.asks import AskField
from registry.web.proposals import FieldsForm, written
from registry.web.sent import filled

drafting = Blueprint("drafting", __name__, url_prefix="/proposals/<proposal_id>")

MarkForm = Schema.from_dict(dict(marks.FIELDS))


class EditForm(FieldsForm):
    revision = fields.Integer(required=True)


class SeekForm(Schema):
    """What is sought: behind the measure of each `ask` stands the partner."""

    revision = fields.Integer(required=True)
    ask = fields.List(AskField(), load_default=list)


class SectionForm(Schema):
    revision = fields.Integer(required=True)
    text = fields.String(load_default="")


class StageForm(Schema):
    to = fields.Enum(Stage, by_value=True, required=True)


class WaiverForm(Schema):
    subject = fields.String(required=True)
    reason = fields.String(load_default="")


class FollowForm(Schema):
    pass


@drafting.get("/edit")
def page(proposal_id: str) -> str:
    session, account = context.session(), asking()
    proposal = propose.get(session, account, proposal_id)
    require_originator(account, proposal)
    sections = portions.sections(session, handling.reader(account), proposal_id)
    named = children.names(session, proposal, context.today())
    reads.note([proposal])
    return render_template(
        "proposals/edit.html",
        proposal=proposal,
        sections=sections,
        banner=combined([proposal.marking, *(each.marking for each in sections)]),
        situations=reference.situations(),
        heading=propose.heading,
        minors_named=children.naming_one(sections, named),
        names_minor=any(
            naming.names_one_of(each, named) for each in (proposal.title, proposal.summary)
        ),
        possible=propose.possible_asks(session, proposal, context.today()),
        usual=in_order({*MISSING_PARTNERS, *proposal.partners}),
        missing=propose.missing(session, account, proposal)
        if proposal.stage is Stage.DRAFT
        else None,
    )


@drafting.post("/fields")
def edit(proposal_id: str) -> Response:
    form = EditForm().load(filled())
    with context.writing() as session:
        propose.edit(session, asking(), proposal_id, form["revision"], written(form), context.now())
    return _back(proposal_id)


@drafting.post("/asks")
def seek(proposal_id: str) -> Response:
    form = SeekForm().load(filled(several=("ask",)))
    with context.writing() as session:
        propose.seek(
            session,
            asking(),
            proposal_id,
            form["revision"],
            [Ask(subject, measure, partner) for subject, measure, partner in form["ask"]],
            context.today(),
            context.now(),
        )
    return _back(proposal_id, "sought")


@drafting.post("/sections/<portion_id>")
def write(proposal_id: str, portion_id: str) -> Response:
    form = SectionForm().load(filled())
    with context.writing() as session:
        propose.write(
            session,
            asking(),
            proposal_id,
            portion_id,
            form["revision"],
            form["text"],
            context.now(),
        )
    return _back(proposal_id, portion_id)


@drafting.post("/sections/<portion_id>/mark")
def mark_section(proposal_id: str, portion_id: str) -> Response:
    form = MarkForm().load(filled(marks.SEVERAL))
    with context.writing() as session:
        marking = marks.marking(session, asking(), form)
        propose.mark_section(session, asking(), proposal_id, portion_id, marking, context.now())
    return _back(proposal_id, portion_id)


@drafting.post("/sections/<portion_id>/follow")
def follow(proposal_id: str, portion_id: str) -> Response:
    """Let a section have the proposal's mark again, whatever that becomes."""
    FollowForm().load(filled())
    with context.writing() as session:
        propose.mark_section(session, asking(), proposal_id, portion_id, None, context.now())
    return _back(proposal_id, portion_id)


@drafting.post("/mark")
def mark(proposal_id: str) -> Response:
    form = MarkForm().load(filled(marks.SEVERAL))
    with context.writing() as session:
        marking = marks.marking(session, asking(), form)
        propose.mark_proposal(session, asking(), proposal_id, marking, context.now())
    return _back(proposal_id)


@drafting.post("/stage")
def move(proposal_id: str) -> Response:
    form = StageForm().load(filled())
    with context.writing() as session:
        propose.move(session, asking(), proposal_id, form["to"], context.today(), context.now())
    return redirect(url_for("proposals.page", proposal_id=proposal_id), 303)


@drafting.post("/waivers")
def waive(proposal_id: str) -> Response:
    form = WaiverForm().load(filled())
    with context.writing() as session:
        propose.waive(
            session, asking(), proposal_id, form["subject"], form["reason"], context.now()
        )
    return redirect(url_for("proposals.page", proposal_id=proposal_id, _anchor="risk"), 303)


def _back(proposal_id: str, portion_id: str = "") -> Response:
    there = url_for(".page", proposal_id=proposal_id, _anchor=portion_id or None)
    return redirect(there, 303)
