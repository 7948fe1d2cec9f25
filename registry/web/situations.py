"""Situations: what partners have for each, whom they designated, and whom they could next."""

from datetime import date

from flask import Blueprint, current_app, render_template, request
from markupsafe import Markup
from marshmallow import fields
from werkzeug.exceptions import NotFound

from registry.domain.designation import Measure
from registry.domain.nexus import Counting, Nexus
from registry.domain.selection import MISSING_PARTNERS, PARTNERS
from registry.services import situation
from registry.services.remembered import Remembered
from registry.services.situation import SituationPage
from registry.web import access, context, matrix_cells
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
    may_propose = access.may("proposals.new")
    content = _written.get(
        session,
        (request.script_root, key, on, today, counting, may_propose),
        lambda: _write(found, on, today, counting, may_propose),
    )
    return render_template(
        "situations/page.html", situation=found.outline.situation, content=content
    )


def _write(
    found: SituationPage, on: date, today: date, counting: Counting, may_propose: bool
) -> Markup:
    # Kept for every reader, so it is written without what templates are told of who asks.
    template = current_app.jinja_env.get_template("situations/content.html")
    return Markup(
        template.render(
            found=found,
            outline=found.outline,
            situation=found.outline.situation,
            counting=counting,
            nexus=nexus_counted(counting),
            on=on,
            today=today,
            may_propose=may_propose,
            partners=PARTNERS,
            coordinating=MISSING_PARTNERS,
            cells=matrix_cells.row(PARTNERS, tuple(Measure), on if on != today else None),
        )
    )


_written: Remembered[Markup] = Remembered(most=64)
