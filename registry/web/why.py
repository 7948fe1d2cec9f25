"""Why a partner's lists do not show a subject: who comes nearest, and one step to a verdict."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from registry.domain.selection import PARTNERS
from registry.services import snapshot
from registry.services import why as reasons
from registry.store import found_pairs, subjects
from registry.web import context
from registry.web.asked import without_blanks
from registry.web.subjects import DayForm

why = Blueprint("why", __name__, url_prefix="/subjects/<subject_id>/why")


@why.get("/<any(US, EU, UK, CA, UN, AU):partner>")
def page(subject_id: str, partner: str) -> str | Response:
    session, today = context.session(), context.today()
    on = DayForm().load(without_blanks(request.args))["as_of"] or today
    subject = subjects.find(session, subject_id)
    if subject is None:
        raise NotFound
    if subject.id != subject_id:
        query: dict[str, Any] = request.args.to_dict()
        return redirect(url_for(".page", subject_id=subject.id, partner=partner, **query))
    found = reasons.nearest(session, subject.id, partner, on)
    traits = snapshot.subject(session, subject.id, on, today)
    return render_template(
        "why/page.html",
        subject=subject,
        partner=partner,
        partners=PARTNERS,
        on=on,
        found=found,
        cells=[each for each in traits.cells if each.partner == partner] if traits else [],
        gaps={each.measure: each for each in traits.gaps if each.missing_from == partner}
        if traits
        else {},
        thresholds=reasons.THRESHOLDS,
        waiting=len(found_pairs.candidates(session, subject.id)),
    )
