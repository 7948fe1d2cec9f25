"""What readers of a proposal add to it: evidence, comments, tasks; and whether they watch it."""

from flask import Blueprint, redirect, url_for
from marshmallow import Schema, fields
from werkzeug.wrappers import Response

from registry.services import discuss, substantiate
from registry.web import attachments, context, marks
from registry.web.asking import asking
from registry.web.item_form import ItemForm, item
from registry.web.sent import filled

contributions = Blueprint("contributions", __name__, url_prefix="/proposals/<proposal_id>")

MarkForm = Schema.from_dict(dict(marks.FIELDS))


class SourcedForm(ItemForm):
    source = fields.String(load_default="")
    protected = fields.Boolean(load_default=False)


class TextForm(Schema):
    text = fields.String(load_default="")


class GivenForm(TextForm):
    assignee = fields.String(required=True)
    due_on = fields.Date(data_key="due-on", load_default=None)


class ReasonForm(Schema):
    reason = fields.String(load_default="")


class WatchForm(Schema):
    on = fields.Boolean(load_default=False)


class DoneForm(Schema):
    pass


EvidenceForm = SourcedForm.from_dict(dict(marks.FIELDS))
CommentForm = TextForm.from_dict(dict(marks.FIELDS))
TaskForm = GivenForm.from_dict(dict(marks.FIELDS))


@contributions.post("/evidence")
def add_evidence(proposal_id: str) -> Response:
    form = EvidenceForm().load(filled(marks.SEVERAL))
    files = attachments.received()
    added = item(form, tuple(kept for kept, _content in files))
    with context.writing() as session:
        marking = marks.marking(session, asking(), form)
        substantiate.add(session, asking(), proposal_id, added, marking, context.now())
        attachments.keep(files)
    return _back(proposal_id, "evidence")


@contributions.get("/evidence/<portion_id>/attachments/<int:place>")
def attachment(proposal_id: str, portion_id: str, place: int) -> Response:
    with context.writing() as session:
        kept, at = substantiate.attachment(session, asking(), proposal_id, portion_id, place)
    return attachments.download(kept, at)


@contributions.post("/evidence/<portion_id>/withdraw")
def withdraw_evidence(proposal_id: str, portion_id: str) -> Response:
    form = ReasonForm().load(filled())
    with context.writing() as session:
        substantiate.withdraw(
            session, asking(), proposal_id, portion_id, form["reason"], context.now()
        )
    return _back(proposal_id, "evidence")


@contributions.post("/evidence/<portion_id>/mark")
def mark_evidence(proposal_id: str, portion_id: str) -> Response:
    form = MarkForm().load(filled(marks.SEVERAL))
    with context.writing() as session:
        marking = marks.marking(session, asking(), form)
        substantiate.mark(session, asking(), proposal_id, portion_id, marking, context.now())
    return _back(proposal_id, "evidence")


@contributions.post("/comments")
def comment(proposal_id: str) -> Response:
    form = CommentForm().load(filled(marks.SEVERAL))
    with context.writing() as session:
        marking = marks.marking(session, asking(), form)
        discuss.comment(session, asking(), proposal_id, form["text"], marking, context.now())
    return _back(proposal_id, "comments")


@contributions.post("/tasks")
def assign(proposal_id: str) -> Response:
    form = TaskForm().load(filled(marks.SEVERAL))
    with context.writing() as session:
        discuss.assign(
            session,
            asking(),
            proposal_id,
            form["text"],
            form["assignee"],
            form["due_on"],
            marks.marking(session, asking(), form),
            context.now(),
        )
    return _back(proposal_id, "tasks")


@contributions.post("/tasks/<portion_id>/done")
def finish(proposal_id: str, portion_id: str) -> Response:
    DoneForm().load(filled())
    with context.writing() as session:
        discuss.finish(session, asking(), proposal_id, portion_id, context.now())
    return _back(proposal_id, "tasks")


@contributions.post("/watch")
def watch(proposal_id: str) -> Response:
    form = WatchForm().load(filled())
    with context.writing() as session:
        discuss.watch(session, asking(), proposal_id, on=form["on"])
    return _back(proposal_id)


def _back(proposal_id: str, anchor: str | None = None) -> Response:
    return redirect(url_for("proposals.page", proposal_id=proposal_id, _anchor=anchor), 303)
