"""Whether a database's tables are those of this release, told without what upgrades them."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from registry.store.database import UnusableDatabase, shown
from registry.store.tables import EditionRow

MIGRATIONS = Path(__file__).parent / "migrations"
STAMP = "alembic_version"  # the table in which Alembic notes the last step that was made


def check(engine: Engine) -> None:
    """Raises UnusableDatabase, with the remedy, unless the tables are those of this release."""
    with engine.connect() as connection:
        if stamp(connection) == steps()[-1]:
            return
        refuse_later_release(connection)
        there = shown(engine.url)
        if not is_made(connection):
            raise UnusableDatabase(f"no registry at {there}: run `registry init` first")
        raise UnusableDatabase(
            f"the registry at {there} was made by an earlier release: stop what uses it, back it "
            "up, and run `registry init`, which upgrades it"
        )


def steps() -> list[str]:
    """The names of the steps of this release, the last one last: their files are numbered."""
    files = (MIGRATIONS / "versions").glob("r[0-9]*_*.py")
    return sorted(each.stem.partition("_")[0].removeprefix("r") for each in files)


def stamp(connection: Connection) -> str | None:
    """The last step that was made; None if none is noted."""
    if not inspect(connection).has_table(STAMP):
        return None
    found: str | None = connection.scalar(text(f"SELECT version_num FROM {STAMP}"))
    return found


def is_made(connection: Connection) -> bool:
    return inspect(connection).has_table(EditionRow.__tablename__)


def refuse_later_release(connection: Connection) -> None:
    found = stamp(connection)
    if found is not None and found not in steps():
        raise UnusableDatabase(
            f"the registry's database was made by a later release (its step {found} is not known "
            "here): install that release"
        )
