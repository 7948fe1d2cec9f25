"""One subject: its coverage with the reasons, and each partner's entry side by side."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from marshmallow import Schema, ValidationError, fields, validate, validates
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from registry.domain import handling, reference
from registry.domain.cell import Listed
from registry.domain.selection import PARTNERS
from registry.services import jobs, judge, relations, review, snapshot, weighing
from registry.store import proposals, queries
from registry.store import subjects as stored
from registry.store.queries import ListingDetail
from registry.web import charts, context, reads, side_by_side, wording
from registry.web.asked import without_blanks
from registry.web.changes import shown as shown_changes
from registry.web.charts import Event
from registry.web.sent import sent
from registry.web.words import Words

subjects = Blueprint("subjects", __name__, url_prefix="/subjects")


class DayForm(Schema):
    as_of = fields.Date(data_key="as-of", load_default=None)

    @validates("as_of")
    def is_past(self, value: date | None, **_: object) -> None:
        if value and value > context.today():
            raise ValidationError("This day has not come yet.")


class JoinForm(Schema):
    """`other` is the id of a subject, or a listing as `list:reference`."""

    other = fields.String(load_default="", validate=validate.Length(max=300))


class SplitForm(Schema):
    listings = fields.List(fields.String(), data_key="listing", required=True)
    reason = Words(required=True)


@subjects.get("/<subject_id>")
def page(subject_id: str) -> str | Response:
    session, today = context.session(), context.today()
    on = DayForm().load(without_blanks(request.args))["as_of"] or today
    known = snapshot.snapshot(session, today, today).by_id.get(subject_id)
    subject = known.facts if known else stored.find(session, subject_id)
    if subject is None:
        raise NotFound
    if subject.id != subject_id:
        query: dict[str, Any] = request.args.to_dict()
        return redirect(url_for(".page", subject_id=subject.id, **query))
    traits = known if on == today else snapshot.subject(session, subject.id, on, today)
    details = queries.listings_of_subject(session, subject.id)
    listings = side_by_side.in_order(side_by_side.as_shown(each, today) for each in details)
    keys = {each.key for each in listings}
    former = {each.key: each for each in traits.facts.former} if traits else {}
    events = _events(listings, former)
    proposals_on = proposals.readable(
        session, handling.reader(context.account()), subject_id=subject.id
    )
    reads.note(proposals_on, f"subject:{subject.id}")
    stated = relations.stated_by(session, subject.id, listings, today)
    return render_template(
        "subjects/page.html",
        subject=subject,
        traits=traits,
        on=on,
        gaps={(gap.missing_from, gap.measure): gap for gap in traits.gaps} if traits else {},
        listings=listings,
        standing={each.key for each in traits.facts.listings} if traits else set(),
        former=former,
        rows=side_by_side.rows(listings),
        scripts=side_by_side.scripts(listings),
        identifiers=side_by_side.identifiers(listings),
        addresses=side_by_side.addresses(listings),
        relations=stated,
        related=relations.stated_by_others(session, subject.id, stated, today),
        situations=[reference.situations()[key] for key in sorted(traits.situations)]
        if traits
        else [],
        partners=PARTNERS,
        candidates=review.waiting(session, subject.id, today),
        proposals_on=proposals_on,
        banner=handling.combined(each.marking for each in proposals_on) if proposals_on else None,
        changes=shown_changes(
            queries.changes_of_subject(session, subject.id),
            lambda _keys: {each.key: each.party for each in details},
            today,
        ),
        events=events,
        timeline=charts.timeline(events, today),
        **_judged(keys),
    )


@subjects.get("/<subject_id>/join")
def join(subject_id: str) -> str | Response:
    """Lead to the pair that would have to be judged for this subject and another one to be one."""
    session = context.session()
    other = JoinForm().load(without_blanks(request.args))["other"]
    if not other:
        subject = stored.find(session, subject_id)
        if subject is None:
            raise NotFound
        waiting = review.waiting(session, subject.id, context.today())
        return render_template("subjects/join.html", subject=subject, waiting=waiting)
    pair = judge.pair_to_join(session, subject_id, other)
    return redirect(url_for("review.pair", left=pair[0], right=pair[1]))


@subjects.post("/<subject_id>/split")
def split(subject_id: str) -> Response:
    form = SplitForm().load(sent(several=("listing",)))
    with context.writing() as session:
        judge.split(
            session,
            subject_id,
            form["listings"],
            context.signature(),
            form["reason"],
            context.now(),
        )
        job = jobs.ask_to_reconcile(session, context.signature(), context.now())
    return redirect(url_for("jobs.one", job_id=job.id), 303)


def _judged(keys: set[str]) -> dict[str, Any]:
    """Every judgement on these listings, also those taken back, with what each counts for."""
    weighed = weighing.weighed(context.session())
    return {
        "judgements": weighed.on(keys),
        "statuses": weighed.decisions.statuses,
        "reopened": weighed.reopened,
        "conflicts": [
            weighed.sentence(each)
            for each in weighed.decisions.conflicts
            if keys.intersection(each.chain)
        ],
    }


def _events(listings: Sequence[ListingDetail], former: Mapping[str, Listed]) -> list[Event]:
    """What is dated of the listings, the oldest first."""
    found = []
    for each in listings:
        where = each.partner, each.key
        for act in each.designations:
            programme = reference.programme_for(each.official_list, act.code, act.act)
            text = programme.title if programme else act.code or "a programme not stated"
            if act.listed_on:
                basis = wording.DATE_BASES[act.date_basis]
                found.append(Event(act.listed_on, *where, f"designated: {text}", basis))
            if act.amended_on and act.amended_on != act.listed_on:
                note = "stated in the list"
                found.append(Event(act.amended_on, *where, f"amended: {text}", note))
        gone = former[each.key].delisted_on if each.key in former else None
        if gone:
            note = "the first edition without it"
            found.append(Event(gone, *where, "no longer listed", note, ends=True))
    return sorted(dict.fromkeys(found), key=lambda event: event.on)
