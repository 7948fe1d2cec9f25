"""Making the tables, upgrading those of an earlier release, refusing those of another one."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, inspect

from registry.store.database import UnusableDatabase, migrating
from registry.store.tables import EditionRow

MIGRATIONS = Path(__file__).parent / "migrations"
STAMP = "alembic_version"  # the table in which Alembic notes the last step that was made
FIRST = "0001"  # what the release before the first migration made


def upgrade(engine: Engine) -> None:
    """Make the tables, or bring an earlier release's up to date: all of it, or nothing.

    Raises UnusableDatabase if they are not of an earlier release.
    """
    with migrating(engine) as connection:
        if _stamp(connection) is None and _is_made(connection):
            _refuse_other_tables(connection)
            command.stamp(_config(connection), FIRST)
        _refuse_later_release(connection)
        command.upgrade(_config(connection), "head")


def check(engine: Engine) -> None:
    """Raises UnusableDatabase, with the remedy, unless the tables are those of this release."""
    with engine.connect() as connection:
        if _stamp(connection) == head():
            return
        _refuse_later_release(connection)
        shown = engine.url.render_as_string(hide_password=True)
        if not _is_made(connection):
            raise UnusableDatabase(f"no registry at {shown}: run `registry init` first")
        raise UnusableDatabase(
            f"the registry at {shown} was made by an earlier release: stop what uses it, back it "
            "up, and run `registry init`, which upgrades it"
        )


def head() -> str:
    """The name of the last step."""
    return str(_steps().get_current_head())


def _steps() -> ScriptDirectory:
    return ScriptDirectory(str(MIGRATIONS))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _stamp(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _is_made(connection: Connection) -> bool:
    return inspect(connection).has_table(EditionRow.__tablename__)


def _refuse_later_release(connection: Connection) -> None:
    stamp = _stamp(connection)
    if stamp is not None and stamp not in {each.revision for each in _steps().walk_revisions()}:
        raise UnusableDatabase(
            f"the registry's database was made by a later release (its step {stamp} is not known "
            "here): install that release"
        )


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
