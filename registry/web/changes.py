"""What was listed, amended and delisted between the editions of each list."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from flask import Blueprint, render_template, request
from marshmallow import Schema, fields, validate

from importers.catalogue import KEYS
from registry.domain import minors
from registry.domain.changes import ChangeKind
from registry.domain.party import Party
from registry.store import queries, subjects
from registry.store.queries import Change
from registry.web import context, footer, paging
from registry.web.asked import without_blanks

changes = Blueprint("changes", __name__, url_prefix="/changes")

SIZE = 100
BIRTH_DATES = "birth_dates"  # the field of a party, as changes name it


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
    rows = shown(rows, _parties, context.today())
    return render_template(
        "changes/page.html",
        page=paging.Page(rows, number, SIZE, total),
        subject_names=subjects.names(
            context.session(), {each.subject_id for each in rows if each.subject_id}
        ),
        editions=queries.latest_changes(context.session(), form["official_list"]),
        asked={key: value for key, value in query.items() if key != "page"},
        lists=[each.official_list for each in footer.lists()],
        kinds=ChangeKind,
    )


def _parties(keys: list[str]) -> dict[str, Party]:
    found = queries.listings_by_key(context.session(), keys)
    return {key: each.party for key, each in found.items()}


def shown(
    changes_: Sequence[Change], parties: Callable[[list[str]], Mapping[str, Party]], on: date
) -> list[Change]:
    """The changes without the days on which minors were born; `parties` finds by listing keys.

    Only texts in which a recent date stands are looked at, so few parties are asked for.
    """
    recent = [each.key for each in changes_ if each.field != BIRTH_DATES and _tells_of(each, on)]
    known = parties(recent) if recent else {}

    def told(change: Change, text: str) -> str:
        if change.field == BIRTH_DATES:
            return minors.shown_birth_dates(text, on)
        return minors.shown_text(text, known[change.key], on) if change.key in known else text

    return [
        replace(each, before=told(each, each.before), after=told(each, each.after))
        for each in changes_
    ]


def _tells_of(change: Change, on: date) -> bool:
    return any(minors.shown_birth_dates(each, on) != each for each in (change.before, change.after))
