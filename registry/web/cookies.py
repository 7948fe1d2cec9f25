"""The two cookies, signed by the registry. One holds the token of a sign-in and that of the forms;
the other stays in a browser and says who signed in there before, so that others who guess at their
names from the same address do not keep them out of it."""

import secrets
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request
from flask import session as cookie
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadData, URLSafeSerializer

from registry.domain.signing_in import IDLE, is_loopback

_TOKEN = "token"
_SEEN = "seen"  # seconds since 1970
_KNOWN_FOR = timedelta(days=400)  # longer is kept by no browser
_MOST_KNOWN = 10  # names in one browser
_GRAIN = timedelta(minutes=1)  # a cookie is not renewed with every page


class _Cookies(SecureCookieSessionInterface):
    """Everywhere but on this machine the cookie is for HTTPS only, and for no other host."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure or not is_this_machine(request.host)

    def get_cookie_name(self, app: Flask) -> str:
        return "__Host-registry" if self.get_cookie_secure(app) else "registry"

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        super().save_session(app, session, response)
        if known := g.get("known_in_browser"):
            response.set_cookie(
                _browsers_name(),
                _signer().dumps(known),
                max_age=_KNOWN_FOR,
                secure=self.get_cookie_secure(app),
                httponly=True,
                samesite="Lax",
            )


def register(app: Flask, secret: str) -> None:
    app.secret_key = secret
    app.session_interface = _Cookies()
    app.config["SESSION_COOKIE_HTTPONLY"] = True
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"


def is_this_machine(host: str) -> bool:
    """Whether a host, with or without its port, is the machine itself."""
    try:
        return is_loopback(urlsplit(f"//{host}").hostname or "")
    except ValueError:
        return False


def begin(token: str, name: str, now: datetime) -> None:
    """What an earlier cookie held does not outlast a sign-in, least of all a token of its forms.
    From then on the browser is known to be one of this name's."""
    cookie.clear()
    cookie[_TOKEN] = token
    cookie[_SEEN] = int(now.timestamp())
    known = _known()
    own = known.pop(name, secrets.token_urlsafe(16))
    g.known_in_browser = {**dict(list(known.items())[1 - _MOST_KNOWN :]), name: own}


def browser(name: str) -> str:
    """The id of the browser that asks, if this name signed in there before; else ""."""
    return _known().get(name, "")


def _known() -> dict[str, str]:
    """By name, the id that the browser was given for it: not one for all, of which the cookie of
    another name's would be worth as much."""
    try:
        found = _signer().loads(request.cookies.get(_browsers_name(), ""))
    except BadData:
        return {}
    return {str(name): str(own) for name, own in found.items()}


def _browsers_name() -> str:
    return f"{current_app.session_interface.get_cookie_name(current_app)}-browser"


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="browsers that are known")


def end() -> None:
    cookie.clear()


def token(now: datetime) -> str | None:
    """The sign-in's token; None if there is none, or its holder was away for too long."""
    found, seen = cookie.get(_TOKEN), cookie.get(_SEEN)
    if not isinstance(found, str) or not isinstance(seen, int):
        return None
    away = now - datetime.fromtimestamp(seen, now.tzinfo)
    if away > IDLE:
        return None
    if away > _GRAIN:
        cookie[_SEEN] = int(now.timestamp())
    return found
