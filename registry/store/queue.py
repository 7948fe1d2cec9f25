"""The queue of the jobs that wait: messages to workers, carried by huey.

A message names a job, and the table of jobs says what it is and what became of it. A message that
is lost is sent again, one that comes twice or names no job that waits does nothing.
"""

import json
import logging
import sqlite3
from collections.abc import Callable
from typing import Any

from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey
from huey.exceptions import ConfigurationError
from huey.registry import Message
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from registry.store.database import UnusableDatabase, migrating
from registry.store.jobs import TO_SEND

NAME = "registry"
_SEND = "registry_send"  # what an engine's sessions send messages with

log = logging.getLogger(__name__)


class Plain:
    """Messages as JSON. Huey's own are pickles: whoever writes one runs code in the worker."""

    def serialize(self, message: Message) -> bytes:
        return json.dumps(
            {"id": message.id, "task": message.name, "arguments": message.args}
        ).encode()

    def deserialize(self, sent: bytes) -> Message:
        read = json.loads(bytes(sent))
        return Message(read["id"], read["task"], args=read["arguments"], kwargs={})


def attach(
    engine: Engine, address: str = "", do: Callable[[int], object] = lambda job_id: None
) -> Huey:
    """The queue of this database: beside a SQLite file, within PostgreSQL, or in the Redis at
    `address`. From now on what a transaction of the engine asks for is sent when it has committed.

    `do` is called with a job's number by whoever works on the queue. Raises UnusableDatabase.
    """
    queue = _open(engine, address)

    def job(job_id: int) -> object:
        return do(job_id)

    engine.update_execution_options(**{_SEND: queue.task()(job)})
    event.listen(engine, "engine_disposed", lambda _engine: queue.storage.close())
    return queue


def _open(engine: Engine, address: str) -> Huey:
    settings: dict[str, Any] = {"name": NAME, "serializer": Plain(), "results": False}
    try:
        if address:
            return RedisHuey(url=address, **settings)
        if engine.dialect.name == "sqlite":
            return _in_file(f"{engine.url.database}-queue", settings)
        arguments, more = engine.dialect.create_connect_args(engine.url)
        with migrating(engine):  # two that make huey's tables at once would fail
            return PostgresHuey(
                connection=lambda: engine.dialect.connect(*arguments, **more), **settings
            )
    except (ConfigurationError, ValueError, engine.dialect.loaded_dbapi.Error) as error:
        raise UnusableDatabase(f"the queue can not be used: {error}") from error


def _in_file(file: str, settings: dict[str, Any]) -> Huey:
    try:
        return SqliteHuey(filename=file, **settings)
    except sqlite3.Error as error:
        raise UnusableDatabase(
            f"the queue {file} can not be used ({error}): delete it, no job is lost with it"
        ) from error


@event.listens_for(Session, "after_commit")
def _send(session: Session) -> None:
    """Whoever takes a message finds its job: it is sent when the job is there to be seen."""
    waiting = session.info.pop(TO_SEND, ())
    send = session.get_bind().get_execution_options().get(_SEND) if waiting else None
    if send is None:
        return
    try:
        for job_id in waiting:
            send(job_id)
    except Exception:  # of any driver; what was committed stays, and is sent again
        log.exception("jobs wait (%s): their messages could not all be sent", waiting)
