"""Situations: what partners have for each, whom they designated, and whom they could next."""

from flask import Blueprint, render_template, request
from marshmallow import fields
from werkzeug.exceptions import NotFound

from registry.domain.designation import Measure
from registry.domain.nexus import Counting, Nexus
from registry.domain.selection import MISSING_PARTNERS, PARTNERS
from registry.services import situation
from registry.store import subjects
from registry.web import context, matrix_cells
from registry.web.asked import without_blanks
from registry.web.subjects import DayForm

situations = Blueprint("situations", __name__, url_prefix="/situations")


class CountingForm(DayForm):
    counting = fields.Enum(
        Counting, by_value=True, data_key="counting", load_default=Counting.COUNTED
    )


def nexus_counted(counting: Counting) -> list[str]:
    """The nexus filter of the matrix that finds the same subjects; none for all."""
    return [] if counting is Counting.ALL else [each for each in Nexus if each in counting.counts]


@situations.get("/")
def index() -> str:
    today = context.today()
    form = CountingForm().load(without_blanks(request.args))
    on, counting = form["as_of"] or today, form["counting"]
    return render_template(
        "situations/index.html",
        outlines=situation.outlines(context.session(), on, today, counting),
        anywhere=situation.nexus_anywhere(context.session(), on, today),
        counting=counting,
        nexus=nexus_counted(counting),
        on=on,
        partners=PARTNERS,
        coordinating=MISSING_PARTNERS,
    )


@situations.get("/<key>")
def page(key: str) -> str:
    session, today = context.session(), context.today()
    form = CountingForm().load(without_blanks(request.args))
    on, counting = form["as_of"] or today, form["counting"]
    found = situation.page(session, key, on, today, counting)
    if found is None:
        raise NotFound
    return render_template(
        "situations/page.html",
        found=found,
        outline=found.outline,
        situation=found.outline.situation,
        counting=counting,
        nexus=nexus_counted(counting),
        names=subjects.names(
            session, {each.subject_id for each in found.changes if each.subject_id}
        ),
        on=on,
        partners=PARTNERS,
        coordinating=MISSING_PARTNERS,
        cells=matrix_cells.row(PARTNERS, tuple(Measure), on if on != today else None),
    )
