"""Computes what pages are made of before somebody waits for it."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from typing import TypeVar

from flask import Flask
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from registry.services import (
    glance,
    relations,
    review,
    search,
    situation,
    snapshot,
    weighing,
    why,
)
from registry.store.database import State, state
from registry.web import context, coverage, footer

PAUSE = 1.0  # seconds between two looks at the database
Look = TypeVar("Look")


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
        review.queue(session, review.Asked(), today)
        weighing.weighed(session)
        review.word_frequencies(session)
        relations.prepare(session, today)
        why.prepare(session, today)
        glance.glance(session, today, today)
        situation.prepare(session, today)
        footer.prepare(session, today)
