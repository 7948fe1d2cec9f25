"""Finding a subject by name in any script, by alias, by reference or identifier."""

from flask import Blueprint, render_template, request
from marshmallow import Schema, fields, validate

from registry.domain.designation import Measure
from registry.domain.selection import PARTNERS
from registry.services import search as searching
from registry.services import snapshot
from registry.web import context, matrix_cells

search = Blueprint("search", __name__, url_prefix="/search")

MOST = 50  # subjects shown
LONGEST = 300  # characters of a query


class SearchForm(Schema):
    q = fields.String(load_default="", validate=validate.Length(max=LONGEST))


@search.get("/")
def page() -> str:
    text = SearchForm().load(request.args)["q"].strip()
    today = context.today()
    hits = searching.search(context.session(), text, MOST) if text else []
    known = snapshot.snapshot(context.session(), today, today).by_id if hits else {}
    return render_template(
        "search/page.html",
        text=text,
        found=[(hit, known[hit.id]) for hit in hits if hit.id in known],
        most=MOST,
        partners=PARTNERS,
        cells=matrix_cells.row(PARTNERS, tuple(Measure)),
    )
