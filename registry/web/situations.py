"""Situations: what partners have for each, whom they designated, and whom they could next."""

from flask import Blueprint, render_template, request
from werkzeug.exceptions import NotFound

from registry.domain.designation import Measure
from registry.domain.selection import MISSING_PARTNERS, PARTNERS
from registry.services import situation
from registry.store import subjects
from registry.web import context, matrix_cells
from registry.web.asked import without_blanks
from registry.web.subjects import DayForm

situations = Blueprint("situations", __name__, url_prefix="/situations")


@situations.get("/")
def index() -> str:
    today = context.today()
    on = DayForm().load(without_blanks(request.args))["as_of"] or today
    return render_template(
        "situations/index.html",
        outlines=situation.outlines(context.session(), on, today),
        on=on,
        partners=PARTNERS,
        coordinating=MISSING_PARTNERS,
    )


@situations.get("/<key>")
def page(key: str) -> str:
    session, today = context.session(), context.today()
    on = DayForm().load(without_blanks(request.args))["as_of"] or today
    found = situation.page(session, key, on, today)
    if found is None:
        raise NotFound
    return render_template(
        "situations/page.html",
        found=found,
        outline=found.outline,
        situation=found.outline.situation,
        names=subjects.names(
            session, {each.subject_id for each in found.changes if each.subject_id}
        ),
        on=on,
        partners=PARTNERS,
        coordinating=MISSING_PARTNERS,
        cells=matrix_cells.row(PARTNERS, tuple(Measure), on if on != today else None),
    )
