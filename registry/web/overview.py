"""The first page: coverage at a glance, how the lists stand, what changed since the last visit."""

from datetime import date, datetime

from flask import Blueprint, render_template, request
from marshmallow import Schema, fields

from registry.domain.selection import MISSING_PARTNERS, PARTNERS
from registry.services import glance, signing_in
from registry.store import queries
from registry.store.queries import EditionChanges
from registry.web import context, footer, saved_views
from registry.web.asked import without_blanks

overview = Blueprint("overview", __name__)

LATEST = 10  # editions, where nothing else is asked for


class SinceForm(Schema):
    since = fields.Date(load_default=None)


@overview.get("/")
def page() -> str:
    session, today = context.session(), context.today()
    since = SinceForm().load(without_blanks(request.args))["since"]
    visit = None if since else _visit_before()
    return render_template(
        "overview/page.html",
        glance=glance.glance(session, today, today),
        partners=PARTNERS,
        coordinating=MISSING_PARTNERS,
        lists=footer.lists(),
        changes=_since(queries.latest_changes(session), since, visit),
        since=since,
        visit=visit,
        saved=saved_views.own(),
    )


def _visit_before() -> datetime | None:
    account, sign_in = context.account(), context.sign_in()
    if account is None or sign_in is None:
        return None
    return signing_in.visit_before(context.session(), account, sign_in)


def _since(
    editions: list[EditionChanges], since: date | None, visit: datetime | None
) -> list[EditionChanges]:
    """The editions dated that day or later, or received since the visit; else the latest."""
    if since is not None:
        return [each for each in editions if each.dated >= since]
    if visit is not None:
        return [each for each in editions if each.received_at >= visit]
    return editions[:LATEST]
