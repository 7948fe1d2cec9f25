"""Opening the database: SQLite by default, PostgreSQL by its URL."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.orm import Session

from registry.store.tables import Base, FactRow

REVISION = "revision"


def connect(url: str) -> Engine:
    """Return an engine. SQLite gets a write-ahead log, foreign keys, and waits for writers."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, connect_args={"timeout": 60})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_at_once)
        return engine
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    return create_engine(parsed, pool_pre_ping=True)


def create_tables(engine: Engine) -> None:
    Base.metadata.create_all(engine)


def revision(session: Session) -> int:
    """A number that grows with every change to what the registry holds."""
    row = session.get(FactRow, REVISION)
    return int(row.value) if row else 0


def touch(session: Session) -> None:
    """Say that the registry holds something new: what was computed before is out of date."""
    row = session.get(FactRow, REVISION)
    if row is None:
        session.add(FactRow(key=REVISION, value=1))
    else:
        row.value = int(row.value) + 1


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transactions begin too late for a consistent read; we begin them ourselves.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA cache_size=-65536")
    cursor.close()


def _begin_at_once(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN")
