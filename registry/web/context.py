"""What a view may ask of the request it answers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import cast

from flask import current_app, g, request
from sqlalchemy.orm import Session
from werkzeug.exceptions import Forbidden

from registry.config import Config
from registry.domain.account import Account
from registry.domain.signing_in import network
from registry.domain.trail import Actor
from registry.services import audit, signing_in
from registry.store import database
from registry.store.sign_ins import SignIn
from registry.web import cookies

CONFIG = "REGISTRY"
TODAY = "REGISTRY_TODAY"
NOW = "REGISTRY_NOW"


def session() -> Session:
    """The session of this request; app opens and closes it."""
    return cast(Session, g.session)


@contextmanager
def writing() -> Iterator[Session]:
    """A transaction that writes: all of it or nothing. `session` does not see what it wrote."""
    asking = account()
    actor = Actor(asking.name if asking else "", network(address()))
    with database.writing(current_app.extensions["engine"]) as writing_session:
        audit.act_as(writing_session, actor, now)
        yield writing_session


def today() -> date:
    return cast(Callable[[], date], current_app.config[TODAY])()


def now() -> datetime:
    return cast(Callable[[], datetime], current_app.config[NOW])()


def config() -> Config:
    return cast(Config, current_app.config[CONFIG])


def account() -> Account | None:
    """Who asks; None if nobody is signed in."""
    found = _signed_in()
    return found[0] if found else None


def signature() -> str:
    """Who asks, as what they record is signed: the name they sign in with, and for whom they speak.

    Raises Forbidden if nobody is signed in.
    """
    found = account()
    if found is None:
        raise Forbidden
    return f"{found.name} ({found.affiliation})"


def sign_in() -> SignIn | None:
    """The sign-in through which they ask."""
    found = _signed_in()
    return found[1] if found else None


def address() -> str:
    """From where they ask."""
    return request.remote_addr or ""


def is_believed(account: Account) -> bool:
    """The demonstration's accounts, whose password everybody knows, work on this machine only."""
    return not account.is_demo or cookies.is_this_machine(request.host)


def _signed_in() -> tuple[Account, SignIn] | None:
    """Read once for each request."""
    if "signed_in" not in g:
        token = cookies.token(now())
        found = signing_in.present(session(), token, now()) if token else None
        g.signed_in = found if found and is_believed(found[0]) else None
    return cast(tuple[Account, SignIn] | None, g.signed_in)
