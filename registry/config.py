"""Where the registry keeps its data, and whom to write to: from the environment, with defaults."""

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

VAR = Path("var")
SHORTEST_SECRET = 32  # characters
REDIS = ("redis://", "rediss://", "unix://")


class InvalidConfig(Exception):
    """A setting can not be used; the message names it and says which values can."""


class Reading(StrEnum):
    """Who may read the pages that rest on published lists only."""

    ANYONE = "anyone"
    ACCOUNTS = "accounts"


@dataclass(frozen=True, slots=True)
class Config:
    """`archive` holds the editions' bytes; `contact` is shown where corrections are asked for.

    `secret` signs cookies; if empty, the database keeps one. `proxies` is how many proxies stand
    before the web server and tell it who asks and how. `queue` is the URL of the Redis in which
    messages to workers wait; if empty, they wait beside or in the database.
    """

    database_url: str
    archive: Path
    contact: str
    reading: Reading = Reading.ANYONE
    secret: str = ""
    proxies: int = 0
    queue: str = ""

    @property
    def incoming(self) -> Path:
        """Where uploaded files wait beside the archive; the worker needs the same folder."""
        return self.archive.parent / "incoming"

    @property
    def attachments(self) -> Path:
        """Where the files of dossiers and evidence lie beside the archive; none is shown there."""
        return self.archive.parent / "attachments"


def from_environment(database_url: str | None = None) -> Config:
    """What the REGISTRY_ variables say, each with a default. Raises InvalidConfig."""
    url = database_url or os.environ.get("REGISTRY_DATABASE_URL") or f"sqlite:///{VAR}/registry.db"
    archive = os.environ.get("REGISTRY_ARCHIVE")
    return Config(
        database_url=url,
        archive=Path(archive) if archive else _beside(url),
        contact=os.environ.get("REGISTRY_CONTACT", "the registry desk of your authority"),
        reading=_reading(os.environ.get("REGISTRY_READING") or Reading.ANYONE),
        secret=_secret(os.environ.get("REGISTRY_SECRET", "")),
        proxies=_proxies(os.environ.get("REGISTRY_PROXIES") or "0"),
        queue=_queue(os.environ.get("REGISTRY_QUEUE", "")),
    )


def _reading(text: str) -> Reading:
    if text not in set(Reading):
        raise InvalidConfig(f"REGISTRY_READING is {text!r}: one of {', '.join(Reading)}")
    return Reading(text)


def _secret(text: str) -> str:
    if text and len(text) < SHORTEST_SECRET:
        raise InvalidConfig(f"REGISTRY_SECRET has at least {SHORTEST_SECRET} characters, or none")
    return text


def _proxies(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise InvalidConfig(f"REGISTRY_PROXIES is {text!r}: the number of proxies, as 1")
    return int(text)


def _queue(url: str) -> str:
    if url and not _is_redis(url):
        # Not shown: it may hold a password.
        raise InvalidConfig("REGISTRY_QUEUE is the URL of a Redis, as redis://HOST:6379/0, or none")
    return url


def _is_redis(url: str) -> bool:
    try:
        return url.startswith(REDIS) and urlsplit(url).port != 0
    except ValueError:
        return False


def _beside(database_url: str) -> Path:
    """SQLite keeps its archive beside the database file, so that both are moved together."""
    scheme, _, path = database_url.partition(":///")
    if scheme == "sqlite" and path and path != ":memory:":
        return Path(path).parent / "archive"
    return VAR / "archive"
