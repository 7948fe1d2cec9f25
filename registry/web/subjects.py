"""One subject: its coverage with the reasons, and each partner's entry side by side."""

from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from marshmallow import Schema, ValidationError, fields, validates
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from registry.domain import reference
from registry.domain.selection import PARTNERS
from registry.services import review, snapshot
from registry.store import judgements, queries
from registry.store import subjects as stored
from registry.web import context, side_by_side
from registry.web.asked import without_blanks
from registry.web.changes import shown as shown_changes

subjects = Blueprint("subjects", __name__, url_prefix="/subjects")


class DayForm(Schema):
    as_of = fields.Date(data_key="as-of", load_default=None)

    @validates("as_of")
    def is_past(self, value: date | None, **_: object) -> None:
        if value and value > context.today():
            raise ValidationError("This day has not come yet.")


@subjects.get("/<subject_id>")
def page(subject_id: str) -> str | Response:
    session, today = context.session(), context.today()
    on = DayForm().load(without_blanks(request.args))["as_of"] or today
    subject = stored.find(session, subject_id)
    if subject is None:
        raise NotFound
    if subject.id != subject_id:
        query: dict[str, Any] = request.args.to_dict()
        return redirect(url_for(".page", subject_id=subject.id, **query))
    traits = snapshot.subject(session, subject.id, on, today)
    details = queries.listings_of_subject(session, subject.id)
    listings = side_by_side.in_order(side_by_side.as_shown(each, today) for each in details)
    keys = {each.key for each in listings}
    return render_template(
        "subjects/page.html",
        subject=subject,
        traits=traits,
        on=on,
        gaps={(gap.missing_from, gap.measure): gap for gap in traits.gaps} if traits else {},
        listings=listings,
        standing={each.key for each in traits.facts.listings} if traits else set(),
        former={each.key: each for each in traits.facts.former} if traits else {},
        rows=side_by_side.rows(listings),
        scripts=side_by_side.scripts(listings),
        identifiers=side_by_side.identifiers(listings),
        addresses=side_by_side.addresses(listings),
        relations=side_by_side.relations(listings),
        situations=[reference.situations()[key] for key in sorted(traits.situations)]
        if traits
        else [],
        partners=PARTNERS,
        candidates=review.pairs(session, subject.id),
        changes=shown_changes(
            queries.changes_of_subject(session, subject.id),
            lambda _keys: {each.key: each.party for each in details},
            today,
        ),
        judgements=judgements.about(session, keys),
    )
