"""The first page: coverage at a glance, how the lists stand, what changed."""

from flask import Blueprint, render_template

from registry.domain.selection import MISSING_PARTNERS, PARTNERS
from registry.services import glance
from registry.store import queries
from registry.web import context, footer

overview = Blueprint("overview", __name__)


@overview.get("/")
def page() -> str:
    today = context.today()
    return render_template(
        "overview/page.html",
        glance=glance.glance(context.session(), today, today),
        partners=PARTNERS,
        coordinating=MISSING_PARTNERS,
        lists=footer.lists(),
        changes=queries.latest_changes(context.session()),
    )
