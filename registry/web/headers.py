"""What every answer tells the browser: nothing from elsewhere, nothing inline, no frames."""

from typing import cast

from flask import Flask, Response, g, redirect, request

from registry.web import access

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # Bootstrap's form marks are data: pictures in its style sheet
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

KEPT = frozenset({"static", "bootstrap.static"})  # by browsers and proxies, for an hour


def register(app: Flask) -> None:
    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.is_secure:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if request.endpoint not in KEPT or "Cache-Control" not in response.headers:
            # After a sign-out the way back must not show what was read before, and no proxy keeps
            # what somebody was handed. What Flask says of files is of those that are the same
            # for everybody.
            signed_in = g.get("signed_in") is not None
            response.headers["Cache-Control"] = "no-store" if signed_in else "private, no-cache"
            response.headers.pop("Expires", None)
        return response

    @app.after_request
    def stay_here(response: Response) -> Response:
        """A redirect that routing makes repeats the host that was asked for, which may be a lie.
        Registered last, it comes first."""
        here = request.host_url.rstrip("/")
        if response.location and response.location.startswith(f"{here}/"):
            there = access.local(response.location.removeprefix(here))
            return cast(Response, redirect(there or "/", response.status_code))
        return response
