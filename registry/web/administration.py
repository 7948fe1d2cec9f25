"""Keeping accounts: an administrator adds, changes and disables them."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from marshmallow import Schema, ValidationError, fields, validate, validates_schema
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from registry.domain.account import NGO_PREFIX, SECRETARIAT, Account, Role, folded
from registry.domain.cell import PARTNERS
from registry.services import accounts
from registry.store import accounts as stored
from registry.web import context
from registry.web.asking import asking
from registry.web.sent import sent

administration = Blueprint("administration", __name__, url_prefix="/accounts")

AFFILIATIONS = (*PARTNERS, SECRETARIAT)


class RolesForm(Schema):
    roles = fields.List(fields.Enum(Role, by_value=True), required=True)


class AddForm(RolesForm):
    name = fields.String(required=True)
    shown_name = fields.String(required=True)
    affiliation = fields.String(required=True, validate=validate.OneOf((*AFFILIATIONS, NGO_PREFIX)))
    organisation = fields.String(load_default="")

    @validates_schema
    def is_named_once(self, data: dict[str, Any], **_: object) -> None:
        if data["affiliation"] != NGO_PREFIX and data["organisation"].strip():
            raise ValidationError("Leave it empty for a partner.", "organisation")


@administration.get("/")
def page() -> str:
    return render_template(
        "administration/accounts.html",
        everybody=stored.everybody(context.session()),
        affiliations=AFFILIATIONS,
        organisation=NGO_PREFIX,
    )


@administration.post("/")
def add() -> str:
    form = AddForm().load(sent(("roles",)))
    affiliation = form["affiliation"]
    if affiliation == NGO_PREFIX:
        affiliation += form["organisation"].strip()
    password = accounts.new_password()
    with context.writing() as session:
        added = accounts.add(
            session,
            form["name"],
            form["shown_name"],
            affiliation,
            form["roles"],
            password,
            context.now(),
            must_change=True,
        )
    return _page(added, password)


@administration.get("/<name>")
def one(name: str) -> str:
    return _page(_known(name))


@administration.post("/<name>/roles")
def set_roles(name: str) -> Response:
    form = RolesForm().load(sent(("roles",)))
    with context.writing() as session:
        accounts.set_roles(session, _known(name).name, form["roles"], asking())
    return redirect(url_for(".one", name=name), 303)


@administration.post("/<name>/password")
def reset_password(name: str) -> str:
    password = accounts.new_password()
    with context.writing() as session:
        account = accounts.set_password(session, _known(name).name, password, must_change=True)
    return _page(account, password)


@administration.post("/<name>/disable")
def disable(name: str) -> Response:
    with context.writing() as session:
        accounts.disable(session, _known(name).name, context.now())
    return redirect(url_for(".one", name=name), 303)


@administration.post("/<name>/enable")
def enable(name: str) -> Response:
    with context.writing() as session:
        accounts.enable(session, _known(name).name)
    return redirect(url_for(".one", name=name), 303)


def _known(name: str) -> Account:
    found = stored.find(context.session(), folded(name))
    if found is None:
        raise NotFound
    return found


def _page(of: Account, password: str = "") -> str:
    return render_template("administration/one.html", of=of, password=password)
