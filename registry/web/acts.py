"""Legal acts that no list shows yet: what became of each, entering one, taking one back."""

from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from marshmallow import Schema, ValidationError, fields, validate, validates
from werkzeug.wrappers import Response

from registry.domain import reference
from registry.domain.act import Act, ActState, Procedure
from registry.domain.designation import Measure
from registry.domain.record import Withdrawal
from registry.domain.selection import PARTNERS
from registry.services import acts as entering
from registry.services import judge, snapshot, urgent
from registry.store import acts as stored
from registry.store import queries, subjects
from registry.web import access, context, paging
from registry.web.asked import without_blanks
from registry.web.sent import filled, sent
from registry.web.words import Words

acts = Blueprint("acts", __name__, url_prefix="/acts")

SIZE = 100  # rows on a page


class StateForm(Schema):
    state = fields.Enum(ActState, by_value=True, load_default=None)


class NewForm(Schema):
    """What is filled in before an officer begins: on whom the act is."""

    subject = fields.String(load_default="")
    listing = fields.String(load_default="")
    name = fields.String(load_default="")
    partner = fields.String(load_default="", validate=validate.OneOf(("", *PARTNERS)))


class ActForm(Schema):
    partner = fields.String(required=True, validate=validate.OneOf(PARTNERS))
    measures = fields.List(
        fields.Enum(Measure, by_value=True),
        data_key="measure",
        required=True,
        validate=validate.Length(1, error="Choose at least one."),
    )
    citation = Words(required=True)
    made_on = fields.Date(data_key="made-on", required=True)
    source_url = Words(data_key="source", required=True, longest=500)
    reason = Words(required=True)
    subject = fields.String(load_default="")
    listing = fields.String(load_default="", validate=validate.Length(max=300))
    name = fields.String(load_default="", validate=validate.Length(max=300))
    procedure = fields.Enum(Procedure, by_value=True, load_default=Procedure.STANDARD)

    @validates("made_on")
    def has_come(self, value: date, **_: object) -> None:
        if value > context.today():
            raise ValidationError("This day has not come yet: enter an act once it is made.")


class UrgentForm(Schema):
    situation = fields.String(
        validate=validate.OneOf(["", *reference.situations()]), load_default=""
    )
    page = fields.Integer(load_default=1, validate=validate.Range(min=1))


class ReasonForm(Schema):
    reason = Words(required=True)


@acts.get("/")
def board() -> str:
    session, today = context.session(), context.today()
    state = StateForm().load(without_blanks(request.args))["state"]
    coverage = snapshot.snapshot(session, today, today)
    found = entering.statuses(session, coverage.by_id, today)
    return render_template(
        "acts/board.html",
        acts=[each for each in found if state in (None, each.state)],
        total=len(found),
        state=state,
        states=ActState,
        subjects=coverage.by_id,
        listings=queries.listings_by_key(
            session, [each.recorded.act.listing for each in found if each.recorded.act.listing]
        ),
    )


@acts.get("/urgent")
def urgent_procedure() -> str:
    """Whom the UK could designate under its urgent procedure, and the clocks that run."""
    session, today = context.session(), context.today()
    form = UrgentForm().load(without_blanks(request.args))
    coverage = snapshot.snapshot(session, today, today).coverage
    found = tuple(urgent.eligible(coverage, form["situation"]))
    return render_template(
        "acts/urgent.html",
        form=form,
        page=paging.page(found, form["page"], SIZE),
        clocks=entering.clocks(session, coverage),
        situations=reference.situations(),
    )


@acts.get("/new")
def new() -> str:
    form = NewForm().load(without_blanks(request.args))
    subject = subjects.find(context.session(), form["subject"]) if form["subject"] else None
    return render_template(
        "acts/new.html", form=form, subject=subject, measures=Measure, procedures=Procedure
    )


@acts.post("/")
def enter() -> Response:
    form: dict[str, Any] = ActForm().load(filled(several=("measure",)))
    access.require_partner(form["partner"])
    key = form.pop("listing")
    with context.writing() as session:
        listing = judge.listing_key(session, *_named(key)) if key else ""
        entering.enter(
            session,
            Act(
                officer=context.signature(),
                entered_at=context.now(),
                subject_id=form.pop("subject"),
                listing=listing,
                **(form | {"measures": tuple(dict.fromkeys(form["measures"]))}),
            ),
        )
    return redirect(url_for(".board"), 303)


@acts.post("/<int:act_id>/withdraw")
def withdraw(act_id: int) -> Response:
    reason = ReasonForm().load(sent())["reason"]
    known = {each.id: each.act.partner for each in stored.recorded(context.session())}
    if act_id in known:
        access.require_partner(known[act_id])
    with context.writing() as session:
        entering.withdraw(session, act_id, Withdrawal(context.signature(), reason, context.now()))
    return redirect(url_for(".board"), 303)


def _named(text: str) -> tuple[str, str]:
    """The list and the reference of `list:reference`."""
    official_list, _, reference = text.partition(":")
    return official_list.strip(), reference.strip()
