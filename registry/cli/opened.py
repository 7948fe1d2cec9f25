"""The database and the archive that a command works on."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, inspect, make_url
from sqlalchemy.orm import Session

from registry.cli.failure import Failure
from registry.config import Config, from_environment
from registry.store.archive import Archive
from registry.store.database import connect, create_tables


def config(options: Namespace) -> Config:
    return from_environment(options.database)


def engine(options: Namespace) -> Engine:
    """Return the database. Failure if it was never made."""
    made = connect(config(options).database_url)
    if not inspect(made).has_table("edition"):
        raise Failure(f"no registry at {shown(options)}: run `registry init` first")
    return made


def new_engine(options: Namespace) -> Engine:
    made = connect(config(options).database_url)
    create_tables(made)
    return made


def shown(options: Namespace) -> str:
    """The database's URL without a password."""
    return make_url(config(options).database_url).render_as_string(hide_password=True)


def archive(options: Namespace) -> Archive:
    return Archive(config(options).archive)


@contextmanager
def reading(options: Namespace) -> Iterator[Session]:
    with Session(engine(options)) as session:
        yield session


@contextmanager
def writing(options: Namespace) -> Iterator[Session]:
    """One transaction: all of what happens within, or nothing of it."""
    with Session(engine(options)) as session, session.begin():
        yield session
