"""Puts the registry together: configuration, sessions, doors, errors."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from flask import Flask, g
from flask_bootstrap import Bootstrap5
from flask_wtf.csrf import CSRFProtect
from sqlalchemy.orm import Session
from werkzeug.middleware.proxy_fix import ProxyFix

from registry.config import Config
from registry.services import secret
from registry.store import queue, release
from registry.store.database import UnusableDatabase, connect
from registry.web import (
    access,
    accounts,
    acts,
    addresses,
    administration,
    calendar,
    changes,
    composing,
    compression,
    conference,
    context,
    contributions,
    cookies,
    coverage,
    dossiers,
    drafting,
    errors,
    exported,
    footer,
    headers,
    jobs,
    listings,
    lists,
    method,
    notices,
    overrides,
    overview,
    packages,
    positions,
    programmes,
    proposals,
    releases,
    review,
    saved_views,
    sent,
    situations,
    subjects,
    templating,
    trail,
    why,
)
from registry.web import search as search_pages

DOORS = (
    accounts.accounts,
    administration.administration,
    trail.trail,
    overview.overview,
    coverage.coverage,
    saved_views.saved_views,
    subjects.subjects,
    why.why,
    programmes.programmes,
    situations.situations,
    listings.listings,
    lists.lists,
    changes.changes,
    conference.conference,
    search_pages.search,
    review.review,
    jobs.jobs,
    acts.acts,
    overrides.overrides,
    method.method,
    proposals.proposals,
    drafting.drafting,
    composing.composing,
    positions.positions,
    contributions.contributions,
    releases.releases,
    packages.packages,
    dossiers.dossiers,
    notices.notices,
    calendar.calendar,
)


def today_in_utc() -> date:
    return datetime.now(UTC).date()


def now_in_utc() -> datetime:
    return datetime.now(UTC)


def create_app(
    config: Config,
    today: Callable[[], date] = today_in_utc,
    now: Callable[[], datetime] = now_in_utc,
) -> Flask:
    """The web application over the database and the archive that `config` names.

    Raises UnusableDatabase if the database can not be opened or is of another release.
    """
    app = Flask(__name__, template_folder="web/templates", static_folder="web/static")
    app.config[context.CONFIG] = config
    app.config[context.TODAY] = today
    app.config[context.NOW] = now
    app.config["BOOTSTRAP_SERVE_LOCAL"] = True
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 3600  # seconds; style sheets and pictures only
    Bootstrap5(app)
    if config.proxies:
        trusted = config.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, trusted, trusted, trusted)  # type: ignore[method-assign]
    _open_sessions(app, config)
    cookies.register(app, config.secret or secret.kept(app.extensions["engine"]))
    access.register(app)
    _protect_forms(app)
    sent.register(app)
    addresses.register(app)
    for door in DOORS:
        app.register_blueprint(door)
    templating.register(app)
    footer.register(app)
    notices.register(app)
    errors.register(app)
    exported.register(app)
    headers.register(app)
    compression.register(app)
    return app


def _protect_forms(app: Flask) -> None:
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # as long as the sign-in
    app.config["WTF_CSRF_SSL_STRICT"] = False  # would need the referrer, which we never send
    CSRFProtect(app)


def _open_sessions(app: Flask, config: Config) -> None:
    engine = connect(config.database_url)
    try:
        release.check(engine)
        queue.attach(engine, config.queue)
    except UnusableDatabase:
        engine.dispose()
        raise
    app.extensions["engine"] = engine

    @app.before_request
    def open_session() -> None:
        g.session = Session(engine)

    @app.teardown_request
    def close_session(_error: BaseException | None) -> None:
        if "session" in g:
            g.session.close()
