"""Overrides: officers correct what a listing says of its kind, its measures or its date."""

from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from marshmallow import Schema, fields
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from registry.domain import override as rules
from registry.domain.account import Role
from registry.domain.override import Field, Override
from registry.domain.party import Kind
from registry.domain.record import InvalidRecord, Withdrawal
from registry.services import overrides as entering
from registry.store import overrides as stored
from registry.store import queries
from registry.store.queries import ListingDetail
from registry.web import access, context, formatting
from registry.web.asked import without_blanks
from registry.web.sent import sent
from registry.web.words import Words

overrides = Blueprint("overrides", __name__, url_prefix="/overrides")


class NewForm(Schema):
    listing = fields.String(required=True)


class OverrideForm(Schema):
    """`value` is what the field asks for: a kind, yes or no, or a date."""

    listing = fields.String(required=True)
    field = fields.Enum(Field, by_value=True, required=True)
    value = fields.String(required=True)
    reason = Words(required=True)
    source = Words(required=True, longest=500)


class ReasonForm(Schema):
    reason = Words(required=True)


@overrides.get("/")
def board() -> str:
    return render_template("overrides/board.html", rows=entering.rows(context.session()))


@overrides.get("/new")
def new() -> str:
    listing = _listing(NewForm().load(without_blanks(request.args))["listing"])
    return render_template(
        "overrides/new.html",
        listing=listing,
        fields=Field,
        kinds=[each for each in Kind if each is not Kind.UNKNOWN],
        stated={field: _stated(field, listing) for field in Field},
        known=[
            each
            for each in stored.recorded(context.session())
            if each.override.listing == listing.key and each.withdrawn is None
        ],
        is_mine=access.may_write_for(listing.partner, Role.LIST_STEWARD),
    )


@overrides.post("/")
def enter() -> Response:
    form: dict[str, Any] = OverrideForm().load(sent())
    listing = _listing(form["listing"])
    access.require_partner(listing.partner, Role.LIST_STEWARD)
    with context.writing() as session:
        entering.enter(
            session,
            Override(officer=context.signature(), entered_at=context.now(), **form),
        )
    return redirect(
        url_for("listings.page", official_list=listing.official_list, reference_=listing.reference),
        303,
    )


@overrides.post("/<int:override_id>/withdraw")
def withdraw(override_id: int) -> Response:
    reason = ReasonForm().load(sent())["reason"]
    known = {each.id: each.override.listing for each in stored.recorded(context.session())}
    if override_id not in known:
        raise InvalidRecord(f"There is no override {override_id}.")
    access.require_partner(_listing(known[override_id]).partner, Role.LIST_STEWARD)
    with context.writing() as session:
        entering.withdraw(
            session, override_id, Withdrawal(context.signature(), reason, context.now())
        )
    return redirect(url_for(".board"), 303)


def _stated(field: Field, listing: ListingDetail) -> str:
    """What the list itself says, as pages word it."""
    said = rules.stated(field, listing.party.kind, listing.designations)
    if field is not Field.LISTED_ON or not said:
        return said
    return ", ".join(formatting.day_text(date.fromisoformat(each)) for each in said.split(", "))


def _listing(key: str) -> ListingDetail:
    found = queries.listings_by_key(context.session(), [key])
    if key not in found:
        raise NotFound
    return found[key]
