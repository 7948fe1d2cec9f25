"""Signing in and out."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from registry.domain.account import LONGEST_PASSWORD, Account, audience, folded, is_name
from registry.domain.signing_in import LONGEST, REMEMBERED, network, require_patience
from registry.domain.trail import Action, Actor
from registry.services import accounts as keeping
from registry.services import audit, passwords
from registry.store import accounts, sign_ins, trail
from registry.store.sign_ins import SignIn
from registry.store.trail import Sought


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody at this address tries to sign in with this name ("" if nobody can have it).

    `client` is what their failures are counted of: a browser in which the name signed in before,
    else the address. So others at the address, who guess at the name, do not keep its owner out.
    """

    name: str
    address: str
    client: str
    at: datetime


def attempt(session: Session, name: str, address: str, now: datetime, browser: str = "") -> Attempt:
    """Note an attempt before its password is looked at, so that many at once do not escape notice.
    `browser` is the id of one in which this name signed in before, "" if it is none.

    Raises TooManyAttempts.
    """
    known = folded(name) if is_name(folded(name)) else ""
    client = f"browser {browser}" if browser else network(address)
    made = Attempt(known, network(address), client, now)
    sign_ins.forget_attempts_before(session, now - REMEMBERED)
    require_patience(
        sign_ins.attempts(session, made.client, made.name),
        sign_ins.attempts(session, made.client),
        now,
    )
    sign_ins.add_attempt(session, made.name, made.client, now)
    return made


def recognise(session: Session, made: Attempt, password: str) -> Account | None:
    """Whose name and password these are. It takes as long for a name that nobody has."""
    known = accounts.find_with_password(session, made.name)
    account, kept = known or (None, None)
    if not passwords.matches(kept, password[: LONGEST_PASSWORD + 1]):
        return None
    return account if account and not account.is_disabled else None


def begin(session: Session, made: Attempt, account: Account) -> str:
    """Sign in. Returns the token that the browser keeps."""
    sign_ins.forget_attempts(session, made.client, made.name)
    sign_ins.remove_expired(session, made.at)
    token = secrets.token_urlsafe(32)
    sign_ins.add(session, account, token, made.address, made.at, made.at + LONGEST)
    audit.act_as(session, Actor(account.name, made.address))
    _record(session, Action.SIGNED_IN, account)
    return token


def fail(session: Session, made: Attempt) -> None:
    """Record that an attempt failed. What was typed in place of a name may be a password, so that
    no other name than an account's is kept for good."""
    known = accounts.find(session, made.name)
    if known:
        _record(session, Action.SIGN_IN_FAILED, known)
    else:
        audit.record(session, Action.SIGN_IN_FAILED, "account")


def change_password(session: Session, made: Attempt, account: Account, password: str) -> str:
    """Give the account another password; all its sign-ins end, and a new one begins here.

    Returns the new sign-in's token. Raises InvalidAccount.
    """
    keeping.set_password(session, account.name, password)
    return begin(session, made, account)


def end_all(session: Session, account: Account) -> None:
    """Sign out everywhere."""
    sign_ins.remove_all(session, account)
    _record(session, Action.SIGNED_OUT, account, everywhere=True)


def present(session: Session, token: str, now: datetime) -> tuple[Account, SignIn] | None:
    """Whose token this is, if their sign-in has not ended."""
    return sign_ins.find(session, token, now)


def visit_before(session: Session, account: Account, sign_in: SignIn) -> datetime | None:
    """When the account last signed in before it did so here; None if it never had."""
    sought = Sought(
        action=Action.SIGNED_IN, object=f"account:{account.name}", until=sign_in.opened_at
    )
    found = next(trail.page(session, sought, limit=1), None)
    return found.at if found else None


def end(session: Session, account: Account, sign_in_id: str) -> bool:
    """Sign out. Returns whether the account had such a sign-in."""
    if not sign_ins.remove(session, account, sign_in_id):
        return False
    _record(session, Action.SIGNED_OUT, account)
    return True


def _record(session: Session, action: Action, account: Account, **detail: bool) -> None:
    audit.record(
        session, action, f"account:{account.name}", released_to=audience(account), **detail
    )
