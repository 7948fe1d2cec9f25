"""Puts the registry together: configuration, sessions, doors, errors."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import TypeVar

from flask import Flask, g
from flask_bootstrap import Bootstrap5
from flask_wtf.csrf import CSRFProtect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from werkzeug.middleware.proxy_fix import ProxyFix

from registry.config import Config
from registry.services import glance, judge, relations, search, secret, situation, snapshot
from registry.services import review as review_queue
from registry.services import why as reasons
from registry.store import queue, release
from registry.store.database import State, UnusableDatabase, connect, state
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

PAUSE = 1.0  # seconds between two looks at the database
Look = TypeVar("Look")


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
    for door in (
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
    ):
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


def warm(app: Flask) -> threading.Thread:
    """Begin to compute what the first page would otherwise wait for."""

    def compute() -> None:
        for each in app.jinja_env.list_templates():
            app.jinja_env.get_template(each)  # compiles it
        _prepare(app)

    return _begun(compute, "warm")


def keep_warm(app: Flask) -> threading.Thread:
    """Begin to compute it anew whenever the database or the day has become another one and stands
    still for a moment, so that hardly anybody waits for it after an import or a judgement either.

    Nobody is shown what an earlier state came to: who asks meanwhile waits.
    """
    engine, log = app.extensions["engine"], app.logger

    def seen() -> State:
        with Session(engine) as session:
            return state(session)

    def looks() -> Iterator[tuple[date, State]]:
        while True:
            time.sleep(PAUSE)
            with suppress(DBAPIError):  # pages say so themselves
                yield app.config[context.TODAY](), seen()

    def watch() -> None:
        for _state in settled(looks()):
            try:
                _prepare(app)
            except DBAPIError as error:
                log.info("not computed before it is asked for: %s", error)

    return _begun(watch, "keep warm")


def settled(looks: Iterable[Look]) -> Iterator[Look]:
    """Yield what is seen twice running, once; while it changes with every look, nothing."""
    last = told = None
    for now in looks:
        if now == last and now != told:
            told = now
            yield now
        last = now


def _begun(work: Callable[[], None], name: str) -> threading.Thread:
    thread = threading.Thread(target=work, name=name, daemon=True)
    thread.start()
    return thread


def _prepare(app: Flask) -> None:
    today = app.config[context.TODAY]()
    with app.app_context(), Session(app.extensions["engine"]) as session:
        snapshot.with_roles(session, today, today)
        coverage.prepare(session, today)
        search.index(session)
        review_queue.queue(session, review_queue.Asked(), today)
        judge.weighed(session)
        review_queue.word_frequencies(session)
        relations.prepare(session, today)
        reasons.prepare(session, today)
        glance.glance(session, today, today)
        situation.prepare(session, today)
        footer.prepare(session, today)


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
