"""The database and the archive that a command works on."""

import getpass
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, make_url
from sqlalchemy.orm import Session

from registry.config import Config, from_environment
from registry.domain.trail import Actor
from registry.services import audit
from registry.store import database, release
from registry.store.archive import Archive


def config(options: Namespace) -> Config:
    return from_environment(options.database)


def create(options: Namespace) -> None:
    """Make the tables, or upgrade those of an earlier release."""
    # Here and not above: no other command has to wait for Alembic.
    from registry.store import schema

    with _connected(options) as engine:
        schema.upgrade(engine)


def make(options: Namespace) -> None:
    """Make the tables where there are none; an earlier release's stay as they are."""
    from registry.store import schema

    with _connected(options) as engine:
        schema.make(engine)


def shown(options: Namespace) -> str:
    """The database's URL without a password."""
    return database.shown(make_url(config(options).database_url))


def archive(options: Namespace) -> Archive:
    return Archive(config(options).archive)


@contextmanager
def reading(options: Namespace) -> Iterator[Session]:
    with _existing(options) as engine, Session(engine) as session:
        yield session


@contextmanager
def writing(options: Namespace) -> Iterator[Session]:
    """One transaction, after all others that write: everything within, or nothing of it."""
    with _existing(options) as engine, database.writing(engine) as session:
        audit.act_as(session, Actor(getpass.getuser(), audit.COMMAND_LINE))
        yield session


def check(options: Namespace) -> None:
    """Raises UnusableDatabase if the database was never made, or by another release."""
    with _existing(options):
        pass


@contextmanager
def _existing(options: Namespace) -> Iterator[Engine]:
    with _connected(options) as engine:
        release.check(engine)
        yield engine


@contextmanager
def _connected(options: Namespace) -> Iterator[Engine]:
    engine = database.connect(config(options).database_url)
    try:
        yield engine
    finally:
        engine.dispose()
