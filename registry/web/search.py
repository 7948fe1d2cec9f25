"""Finding a subject by name in any script, by alias, by reference or identifier; many at once."""

from typing import Any

from flask import Blueprint, render_template, request
from marshmallow import Schema, fields, validate
from werkzeug.wrappers import Response

from exports import columns
from exports.writing import Format
from registry.domain import pasted as reading
from registry.domain.designation import Measure
from registry.domain.party import Kind
from registry.domain.pasted import Outcome, PastedRow
from registry.domain.selection import PARTNERS
from registry.services import pasted as looking_up
from registry.services import publish, review, snapshot
from registry.services import search as searching
from registry.web import context, handing_out, matrix_cells
from registry.web.asked import without_blanks
from registry.web.sent import sent

search = Blueprint("search", __name__, url_prefix="/search")

MOST = 50  # subjects shown
OF_ALL_KINDS = 500  # subjects among which those of one kind are looked for
LONGEST = 300  # characters of a query
LONGEST_PASTE = 400_000  # characters


class SearchForm(Schema):
    q = fields.String(load_default="", validate=validate.Length(max=LONGEST))
    kind = fields.Enum(Kind, by_value=True, load_default=None)


class PasteForm(Schema):
    names = fields.String(required=True, validate=validate.Length(max=LONGEST_PASTE))


@search.get("/")
def page() -> str:
    form = SearchForm().load(without_blanks(request.args))
    text, kind = form["q"], form["kind"]
    session, today = context.session(), context.today()
    hits = searching.search(session, text, OF_ALL_KINDS if kind else MOST) if text else []
    known = snapshot.snapshot(session, today, today).by_id if hits else {}
    found = [(hit, known[hit.id]) for hit in hits if hit.id in known]
    found = [each for each in found if kind in (None, each[1].facts.kind)][:MOST]
    return render_template(
        "search/page.html",
        text=text,
        kind=kind,
        found=found,
        near=sum(hit.score >= searching.NEAR for hit, _ in found),
        waiting=review.foremost(session, [subject for _, subject in found], today),
        most=MOST,
        partners=PARTNERS,
        cells=matrix_cells.row(PARTNERS, tuple(Measure)),
    )


@search.get("/paste")
def paste() -> str:
    return render_template("search/paste.html", rows=None, names="", most=reading.MOST)


@search.post("/paste")
def pasted() -> str:
    names, rows = _looked_up()
    outcomes = [each.outcome for each in rows]
    return render_template(
        "search/paste.html",
        rows=rows,
        names=names,
        most=reading.MOST,
        counts={outcome: outcomes.count(outcome) for outcome in Outcome},
        partners=PARTNERS,
        cells=matrix_cells.row(PARTNERS, tuple(Measure)),
    )


@search.post("/paste.<any(xlsx, csv, json):format>")
def pasted_file(format: str) -> Response:
    _, rows = _looked_up()
    session, today = context.session(), context.today()
    said = publish.provenance(
        session,
        snapshot.snapshot(session, today, today).coverage,
        "Pasted names",
        context.config().contact,
        [("No match", "Nothing like it was found on the lists in use. That clears nobody.")],
    )
    table = columns.pasted(PARTNERS)
    flat = [(row, each) for row in rows for each in row.candidates or (None,)]
    return handing_out.file(table, flat, said, Format(format), f"pasted-names-{today}")


def _looked_up() -> tuple[str, list[PastedRow]]:
    form: dict[str, Any] = PasteForm().load(sent())
    names = form["names"]
    session, today = context.session(), context.today()
    return names, looking_up.look_up(session, reading.read(names), today)
