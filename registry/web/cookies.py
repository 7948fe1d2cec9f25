"""The one cookie: signed by the registry, it holds the token of a sign-in and that of the forms."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import Flask, request
from flask import session as cookie
from flask.sessions import SecureCookieSessionInterface

from registry.domain.signing_in import IDLE, is_loopback

_TOKEN = "token"
_SEEN = "seen"  # seconds since 1970
_GRAIN = timedelta(minutes=1)  # a cookie is not renewed with every page


class _Cookies(SecureCookieSessionInterface):
    """Everywhere but on this machine the cookie is for HTTPS only, and for no other host."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure or not is_this_machine(request.host)

    def get_cookie_name(self, app: Flask) -> str:
        return "__Host-registry" if self.get_cookie_secure(app) else "registry"


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


def begin(token: str, now: datetime) -> None:
    """What an earlier cookie held does not outlast a sign-in, least of all a token of its forms."""
    cookie.clear()
    cookie[_TOKEN] = token
    cookie[_SEEN] = int(now.timestamp())


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
