"""Making the tables, and upgrading those of an earlier release."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, inspect

from registry.store.database import UnusableDatabase, migrating
from registry.store.release import MIGRATIONS, STAMP, is_made, refuse_later_release, stamp

FIRST = "0001"  # what the release before the first migration made


def upgrade(engine: Engine) -> None:
    """Make the tables, or bring an earlier release's up to date: all of it, or nothing.

    Raises UnusableDatabase if they are not of an earlier release.
    """
    with migrating(engine) as connection:
        if stamp(connection) is None and is_made(connection):
            _refuse_other_tables(connection)
            command.stamp(_config(connection), FIRST)
        refuse_later_release(connection)
        command.upgrade(_config(connection), "head")


def make(engine: Engine) -> None:
    """Make the tables in a new database. What is there already stays as it is."""
    with migrating(engine) as connection:
        if stamp(connection) is None and not is_made(connection):
            command.upgrade(_config(connection), "head")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _refuse_other_tables(connection: Connection) -> None:
    """Tables that no step is noted for must be those of the release before the first step."""
    engine = create_engine("sqlite://")
    with engine.begin() as scratch:
        command.upgrade(_config(scratch), FIRST)
        expected = _columns(scratch)
    engine.dispose()
    found = _columns(connection)
    if wrong := [table for table in expected if found.get(table) != expected[table]]:
        raise UnusableDatabase(
            f"the database's tables are of no release (table {wrong[0]}): export the judgements "
            "with the program that made them, and begin a new database"
        )


def _columns(connection: Connection) -> dict[str, set[str]]:
    inspector = inspect(connection)
    return {
        table: {column["name"] for column in inspector.get_columns(table)}
        for table in inspector.get_table_names()
        if table != STAMP
    }
