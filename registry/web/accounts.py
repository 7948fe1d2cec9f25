"""Signing in and out."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from marshmallow import Schema, fields
from werkzeug.wrappers import Response

from registry.services import signing_in
from registry.web import access, context, cookies
from registry.web.sent import sent

accounts = Blueprint("accounts", __name__)


class SignInForm(Schema):
    name = fields.String(load_default="")
    password = fields.String(load_default="")
    next = fields.String(load_default="")


@accounts.get("/sign-in")
def sign_in_page() -> str:
    return render_template("accounts/sign_in.html", next=_next(request.args.get("next", "")))


@accounts.post("/sign-in")
def sign_in() -> Response | tuple[str, int]:
    form: dict[str, Any] = SignInForm().load(sent())
    there = _next(form["next"])
    with context.writing() as session:
        attempt = signing_in.attempt(session, form["name"], context.address(), context.now())
    account = signing_in.recognise(context.session(), attempt, form["password"])
    if account is None:
        with context.writing() as session:
            signing_in.fail(session, attempt)
        return render_template("accounts/sign_in.html", next=there, name=form["name"]), 401
    with context.writing() as session:
        token = signing_in.begin(session, attempt, account)
    cookies.begin(token, context.now())
    return redirect(there, 303)


@accounts.post("/sign-out")
def sign_out() -> Response:
    account, sign_in = context.account(), context.sign_in()
    assert account
    assert sign_in
    with context.writing() as session:
        signing_in.end(session, account, sign_in.id)
    cookies.end()
    return redirect(url_for(".sign_in_page"), 303)


def _next(address: str) -> str:
    return access.local(address) or url_for("overview.page")
