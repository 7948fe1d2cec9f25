"""Signing in and out, and one's own account."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from marshmallow import Schema, ValidationError, fields, validates_schema
from werkzeug.exceptions import Forbidden, NotFound
from werkzeug.wrappers import Response

from registry.domain.account import (
    SHORTEST_PASSWORD,
    Account,
    InvalidAccount,
    folded,
    require_password,
)
from registry.services import demo_accounts, signing_in
from registry.services.signing_in import Attempt
from registry.store import sign_ins
from registry.store.sign_ins import SignIn
from registry.web import access, context, cookies
from registry.web.sent import sent

accounts = Blueprint("accounts", __name__)


class SignInForm(Schema):
    name = fields.String(load_default="")
    password = fields.String(load_default="")
    next = fields.String(load_default="")


class PasswordForm(Schema):
    present = fields.String(required=True)
    new = fields.String(required=True)
    again = fields.String(required=True)

    @validates_schema
    def is_typed_twice(self, data: dict[str, Any], **_: object) -> None:
        if data["new"] != data["again"]:
            raise ValidationError("This is not the same as the new password.", "again")


@accounts.get("/sign-in")
def sign_in_page() -> str:
    return _sign_in_page(next=_next(request.args.get("next", "")))


@accounts.post("/sign-in")
def sign_in() -> Response | tuple[str, int]:
    form: dict[str, Any] = SignInForm().load(sent())
    there = _next(form["next"])
    attempt, account = _recognised(form["name"], form["password"])
    if account is None:
        return _sign_in_page(next=there, name=form["name"]), 401
    with context.writing() as session:
        token = signing_in.begin(session, attempt, account)
    cookies.begin(token, account.name, context.now())
    return redirect(there, 303)


@accounts.post("/sign-out")
def sign_out() -> Response:
    account, sign_in = _signed_in()
    with context.writing() as session:
        signing_in.end(session, account, sign_in.id)
    cookies.end()
    return redirect(url_for(".sign_in_page"), 303)


@accounts.get("/account")
def own() -> str:
    account, sign_in = _signed_in()
    return render_template(
        "accounts/own.html",
        present=sign_in,
        sign_ins=sign_ins.of_account(context.session(), account, context.now()),
        shortest=SHORTEST_PASSWORD,
    )


@accounts.post("/account/password")
def change_password() -> Response:
    form = PasswordForm().load(sent())
    account, _ = _signed_in()
    require_password(form["new"], account.name)
    attempt, recognised = _recognised(account.name, form["present"])
    if recognised is None:
        raise InvalidAccount("The present password is not right.", "present")
    with context.writing() as session:
        token = signing_in.change_password(session, attempt, account, form["new"])
    cookies.begin(token, account.name, context.now())
    return redirect(url_for(".own"), 303)


@accounts.post("/account/sign-ins/<sign_in_id>/end")
def end_sign_in(sign_in_id: str) -> Response:
    account, _ = _signed_in()
    with context.writing() as session:
        if not signing_in.end(session, account, sign_in_id):
            raise NotFound
    return redirect(url_for(".own"), 303)


@accounts.post("/account/sign-out-everywhere")
def sign_out_everywhere() -> Response:
    account, _ = _signed_in()
    with context.writing() as session:
        signing_in.end_all(session, account)
    cookies.end()
    return redirect(url_for(".sign_in_page"), 303)


def _sign_in_page(**more: str) -> str:
    is_local = cookies.is_this_machine(request.host)
    return render_template(
        "accounts/sign_in.html",
        demo_accounts=demo_accounts.enabled(context.session()) if is_local else (),
        demo_password=demo_accounts.PASSWORD,
        needs_https=not is_local and not request.is_secure,
        **more,
    )


def _recognised(name: str, password: str) -> tuple[Attempt, Account | None]:
    """Whose name and password these are. Between the two transactions nobody waits for us."""
    with context.writing() as session:
        attempt = signing_in.attempt(
            session, name, context.address(), context.now(), cookies.browser(folded(name))
        )
    account = signing_in.recognise(context.session(), attempt, password)
    if account and context.is_believed(account):
        return attempt, account
    with context.writing() as session:
        signing_in.fail(session, attempt)
    return attempt, None


def _signed_in() -> tuple[Account, SignIn]:
    account, sign_in = context.account(), context.sign_in()
    if account is None or sign_in is None:
        raise Forbidden
    return account, sign_in


def _next(address: str) -> str:
    return access.local(address) or url_for("overview.page")
