"""What was listed, amended and delisted between the editions of each list."""

from dataclasses import replace
from datetime import date

from flask import Blueprint, render_template, request
from marshmallow import Schema, fields, validate

from importers.catalogue import KEYS
from registry.domain import minors
from registry.domain.changes import ChangeKind
from registry.store import queries, subjects
from registry.store.queries import Change
from registry.web import context, footer, paging
from registry.web.asked import without_blanks

changes = Blueprint("changes", __name__, url_prefix="/changes")

SIZE = 100


class ChangesForm(Schema):
    official_list = fields.String(data_key="list", load_default=None, validate=validate.OneOf(KEYS))
    since = fields.Date(load_default=None)
    until = fields.Date(load_default=None)
    kind = fields.Enum(ChangeKind, by_value=True, data_key="change", load_default=None)
    page = fields.Integer(validate=validate.Range(min=1), load_default=1)


@changes.get("/")
def page() -> str:
    query = without_blanks(request.args)
    form = ChangesForm().load(query)
    number = form.pop("page")
    total = queries.count_changes(context.session(), **form)
    number = min(number, paging.last_page(total, SIZE))
    rows = queries.changes_page(context.session(), **form, offset=(number - 1) * SIZE, limit=SIZE)
    return render_template(
        "changes/page.html",
        page=paging.Page([shown(each, context.today()) for each in rows], number, SIZE, total),
        subject_names=subjects.names(
            context.session(), {each.subject_id for each in rows if each.subject_id}
        ),
        editions=queries.latest_changes(context.session(), form["official_list"]),
        asked={key: value for key, value in query.items() if key != "page"},
        lists=[each.official_list for each in footer.lists()],
        kinds=ChangeKind,
    )


def shown(change: Change, on: date) -> Change:
    """The change without the day of birth of a minor."""
    return replace(
        change,
        before=minors.shown_text(change.before, on),
        after=minors.shown_text(change.after, on),
    )
