"""The calendar: targets, embargoes, promises, tasks, urgent acts and renewals of programmes."""

from datetime import timedelta

from flask import Blueprint, render_template

from registry.domain import handling
from registry.domain.handling import combined
from registry.services import calendar as services
from registry.web import context, reads
from registry.web.asking import asking

calendar = Blueprint("calendar", __name__, url_prefix="/calendar")

LOOKING_BACK = timedelta(days=31)


@calendar.get("/")
def page() -> str:
    today = context.today()
    reader = handling.reader(asking())
    found = services.entries(context.session(), reader, today - LOOKING_BACK, today)
    shown = {(each.proposal, each.marking) for each in found if each.marking}
    reads.note_shown(shown, "calendar")
    marks = [each.marking for each in found if each.marking]
    return render_template(
        "calendar/page.html", entries=found, banner=combined(marks) if marks else None
    )
