"""Programmes: what each allows a partner to impose, on what text, and whom it was used for."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request
from marshmallow import Schema, ValidationError, fields, validate, validates
from werkzeug.exceptions import NotFound

from registry.domain import reference
from registry.domain.designation import Measure
from registry.domain.publication import ProgrammeRow
from registry.domain.selection import PARTNERS, fold
from registry.services import programmes as table
from registry.web import context, matrix_cells, paging
from registry.web.asked import MOST_TEXT, without_blanks
from registry.web.subjects import DayForm

programmes = Blueprint("programmes", __name__, url_prefix="/programmes")

SIZE = 50  # subjects on a page


class IndexForm(Schema):
    partner = fields.String(validate=validate.OneOf(PARTNERS), load_default="")
    situation = fields.String(load_default="")
    text = fields.String(data_key="q", load_default="", validate=validate.Length(max=MOST_TEXT))
    used = fields.String(validate=validate.OneOf(("yes",)), load_default="")

    @validates("situation")
    def is_known(self, value: str, **_: object) -> None:
        if value and value not in reference.situations():
            raise ValidationError("No such situation.")


class PageForm(DayForm):
    page = fields.Integer(validate=validate.Range(min=1), load_default=1)


@dataclass(frozen=True, slots=True)
class Asked:
    partner: str
    situation: str
    text: str
    used: str

    def fits(self, row: ProgrammeRow) -> bool:
        each = row.programme
        said = fold(f"{each.key} {each.title} {each.instrument} {each.authority}")
        return (
            self.partner in ("", each.partner)
            and (not self.situation or self.situation in row.situations)
            and (not self.used or row.listings > 0)
            and all(word in said for word in fold(self.text).split())
        )


@programmes.get("/")
def index() -> str:
    session, today = context.session(), context.today()
    asked = Asked(**IndexForm().load(without_blanks(request.args)))
    rows = [each for each in table.rows(session, today) if asked.fits(each)]
    return render_template(
        "programmes/index.html",
        asked=asked,
        rows={partner: [e for e in rows if e.programme.partner == partner] for partner in PARTNERS},
        total=len(reference.programmes()),
        found=len(rows),
        partners=PARTNERS,
        situations=reference.situations(),
        unmapped=list(table.unmapped(session, today, asked.partner or None)),
    )


@programmes.get("/<key>")
def page(key: str) -> str:
    session, today = context.session(), context.today()
    form: dict[str, Any] = PageForm().load(without_blanks(request.args))
    on = form["as_of"] or today
    found = table.page(session, key, on, today)
    if found is None:
        raise NotFound
    return render_template(
        "programmes/page.html",
        found=found,
        programme=found.programme,
        on=on,
        page=paging.page(found.designated, form["page"], SIZE),
        partners=PARTNERS,
        cells=matrix_cells.row(PARTNERS, tuple(Measure), on if on != today else None),
    )
