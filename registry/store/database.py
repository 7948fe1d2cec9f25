"""Opening the database: SQLite by default, PostgreSQL by its URL."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

from registry.store.tables import AccountRow, FactRow, JudgementRow, RekeyingRow, UndoingRow

REVISION = "revision"
PATIENCE = 60  # seconds that a writer waits for the one before it
_WRITES = "registry_writes"
_STATE = "state"
_NAME = "name"
_SECRETS = ("password", "sslpassword")  # settings of PostgreSQL's client
_MIGRATION = 7_269_014  # any number that no other program locks in the same database


class UnusableDatabase(Exception):
    """The URL names no database that can be opened here; the message says what to do."""


def connect(url: str) -> Engine:
    """Return an engine whose transactions each see one state of the database.

    SQLite gets a write-ahead log, foreign keys, and waits for writers. Raises UnusableDatabase.
    """
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, ValueError) as error:  # a port that is no number
        raise UnusableDatabase(
            "the database's URL can not be read; it looks like sqlite:///FILE or "
            "postgresql://USER@HOST/NAME"
        ) from error
    if backend == "sqlite":
        return _sqlite(parsed)
    if backend == "postgresql":
        return _postgresql(parsed)
    raise UnusableDatabase(f"{backend} is not supported: use SQLite or PostgreSQL")


def shown(url: URL) -> str:
    """A database's URL without its passwords, which may stand among its settings, too."""
    return url.difference_update_query(_SECRETS).render_as_string(hide_password=True)


@contextmanager
def migrating(engine: Engine) -> Iterator[Connection]:
    """A transaction that may change the tables themselves; one at a time."""
    if engine.dialect.name == "sqlite":
        with engine.execution_options(**{_WRITES: True}).connect() as connection:
            # A table that SQLite can not alter is copied and dropped, whoever refers to it.
            _pragma(connection, "foreign_keys=OFF")
            try:
                with connection.begin():
                    yield connection
                    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                        raise UnusableDatabase(f"rows of {broken[0]} refer to what is not there")
            finally:
                _pragma(connection, "foreign_keys=ON")
    else:
        # Another transaction's level would not see what a process did for which this one waited.
        with engine.execution_options(isolation_level="READ COMMITTED").begin() as connection:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION})")
            yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A transaction that writes: all of what happens within, or nothing of it.

    One at a time: another one waits, and then sees what this one wrote. Readers wait for nobody.
    """
    with Session(engine.execution_options(**{_WRITES: True})) as session, session.begin():
        yield session


class State(NamedTuple):
    """What tells whether something computed from the database is still true of it.

    `judgements` are other numbers after every judgement, every undoing and every change of a key.
    They are not part of the revision: what pages compute changes when they are applied, by the
    next reconcile.
    """

    revision: int
    judgements: tuple[int, ...]
    has_demo_accounts: bool


_ASKED = select(
    select(FactRow.value).where(FactRow.key == REVISION).scalar_subquery(),
    select(AccountRow.id)
    .where(AccountRow.is_demo, AccountRow.disabled_at.is_(None))
    .limit(1)
    .scalar_subquery(),
    # Rows are only ever added, and those who add take turns: the largest number tells.
    select(func.max(JudgementRow.id)).scalar_subquery(),
    select(func.max(RekeyingRow.id)).scalar_subquery(),
    select(func.count()).select_from(UndoingRow).scalar_subquery(),
)


def state(session: Session) -> State:
    """The state that the session's transaction sees: every page needs it, in several places, and
    asks for it once. A transaction that writes asks again each time."""
    transaction, known = session.info.get(_STATE, (None, None))
    if known is None or transaction is not session.get_transaction():
        known = _ask(session)
        if not _writes(session.connection()):
            session.info[_STATE] = session.get_transaction(), known
    found: State = known
    return found


def _ask(session: Session) -> State:
    session.flush()
    revision, demo, *judgements = session.connection().execute(_ASKED).one()
    return State(int(revision or 0), tuple(each or 0 for each in judgements), demo is not None)


def revision(session: Session) -> int:
    """A number that grows with every change to what the registry holds."""
    return state(session).revision


def name(session: Session) -> str:
    """The same for all sessions on one database, and no other's."""
    if _NAME not in session.info:
        session.info[_NAME] = str(session.get_bind().engine.url)
    return str(session.info[_NAME])


def touch(session: Session) -> None:
    """Say that the registry holds something new: what was computed before is out of date."""
    session.info.pop(_STATE, None)
    row = session.get(FactRow, REVISION)
    if row is None:
        session.add(FactRow(key=REVISION, value=1))
    else:
        row.value = int(row.value) + 1


def _sqlite(url: URL) -> Engine:
    if url.database and url.database != ":memory:":
        folder = Path(url.database).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UnusableDatabase(
                f"there is no folder {folder}, and none can be made: {error.strerror}"
            ) from error
    engine = create_engine(url, connect_args={"timeout": PATIENCE})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transactions begin too late for a consistent read; we begin them ourselves.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA cache_size=-65536")
    cursor.close()


def _pragma(connection: Connection, setting: str) -> None:
    """Outside of a transaction, within which SQLite would ignore it."""
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that has read can not wait for a writer any more: it would fail at once.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes(connection) else "BEGIN")


def _postgresql(url: URL) -> Engine:
    try:
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_pre_ping=True,
            isolation_level="REPEATABLE READ",
        )
    except ImportError as error:
        raise UnusableDatabase(
            "PostgreSQL needs a driver that is not installed: pip install 'psycopg[binary]'"
        ) from error
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _begin_postgresql(connection: Connection) -> None:
    if _writes(connection):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
        # Locked before anything is read: a transaction sees the state at its first query.
        connection.exec_driver_sql(f"LOCK TABLE {FactRow.__tablename__} IN EXCLUSIVE MODE")


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get(_WRITES))
