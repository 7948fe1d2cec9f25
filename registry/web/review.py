"""The review queue: pairs of listings that may be one subject, with what speaks for and against."""

from dataclasses import replace

from flask import Blueprint, render_template, request
from marshmallow import Schema, fields, validate
from werkzeug.exceptions import NotFound

from registry.services import review as reviewing
from registry.store import subjects
from registry.web import context, paging, side_by_side
from registry.web.asked import without_blanks

review = Blueprint("review", __name__, url_prefix="/review")

SIZE = 20


class QueueForm(Schema):
    subject = fields.String(load_default=None)
    page = fields.Integer(validate=validate.Range(min=1), load_default=1)


@review.get("/")
def queue() -> str:
    session, today = context.session(), context.today()
    form = QueueForm().load(without_blanks(request.args))
    of = subjects.find(session, form["subject"]) if form["subject"] else None
    if form["subject"] and of is None:
        raise NotFound
    pairs = reviewing.pairs(session, of.id if of else None)
    page = paging.page(pairs, form["page"], SIZE)
    return render_template(
        "review/queue.html",
        of=of,
        page=page,
        compared=[
            replace(
                each,
                left=side_by_side.as_shown(each.left, today),
                right=side_by_side.as_shown(each.right, today),
            )
            for each in reviewing.compared(session, page.rows, today)
        ],
        facts=lambda pair: side_by_side.rows([pair.left, pair.right]),
    )
