"""Puts the registry together: configuration, sessions, doors, errors."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime

from flask import Flask, g
from flask_bootstrap import Bootstrap5
from sqlalchemy.orm import Session

from registry.config import Config
from registry.services import review as review_queue
from registry.services import search, snapshot
from registry.store import schema
from registry.store.database import UnusableDatabase, connect
from registry.web import (
    changes,
    compression,
    context,
    coverage,
    errors,
    footer,
    headers,
    listings,
    lists,
    method,
    overview,
    review,
    subjects,
    templating,
)
from registry.web import search as search_pages


def today_in_utc() -> date:
    return datetime.now(UTC).date()


def create_app(config: Config, today: Callable[[], date] = today_in_utc) -> Flask:
    """The web application over the database and the archive that `config` names.

    Raises UnusableDatabase if the database can not be opened or is of another release.
    """
    app = Flask(__name__, template_folder="web/templates", static_folder="web/static")
    app.config[context.CONFIG] = config
    app.config[context.TODAY] = today
    app.config["BOOTSTRAP_SERVE_LOCAL"] = True
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 3600  # seconds; style sheets and pictures only
    Bootstrap5(app)
    _open_sessions(app, config)
    for door in (
        overview.overview,
        coverage.coverage,
        subjects.subjects,
        listings.listings,
        lists.lists,
        changes.changes,
        search_pages.search,
        review.review,
        method.method,
    ):
        app.register_blueprint(door)
    templating.register(app)
    footer.register(app)
    errors.register(app)
    headers.register(app)
    compression.register(app)
    return app


def warm(app: Flask) -> threading.Thread:
    """Begin to compute what the first page would otherwise wait for."""

    def compute() -> None:
        today = app.config[context.TODAY]()
        with Session(app.extensions["engine"]) as session:
            snapshot.snapshot(session, today, today)
            search.index(session)
            review_queue.word_frequencies(session)

    thread = threading.Thread(target=compute, name="warm", daemon=True)
    thread.start()
    return thread


def _open_sessions(app: Flask, config: Config) -> None:
    engine = connect(config.database_url)
    try:
        schema.check(engine)
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
