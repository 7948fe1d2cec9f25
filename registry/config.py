"""Where the registry keeps its data, and whom to write to: from the environment, with defaults."""

import os
from dataclasses import dataclass
from pathlib import Path

VAR = Path("var")


@dataclass(frozen=True, slots=True)
class Config:
    """`archive` holds the editions' bytes; `contact` is shown where corrections are asked for."""

    database_url: str
    archive: Path
    contact: str

    @property
    def incoming(self) -> Path:
        """Where uploaded files wait beside the archive; the worker needs the same folder."""
        return self.archive.parent / "incoming"


def from_environment(database_url: str | None = None) -> Config:
    """REGISTRY_DATABASE_URL, REGISTRY_ARCHIVE and REGISTRY_CONTACT, each with a default."""
    url = database_url or os.environ.get("REGISTRY_DATABASE_URL") or f"sqlite:///{VAR}/registry.db"
    archive = os.environ.get("REGISTRY_ARCHIVE")
    return Config(
        database_url=url,
        archive=Path(archive) if archive else _beside(url),
        contact=os.environ.get("REGISTRY_CONTACT", "the registry desk of your authority"),
    )


def _beside(database_url: str) -> Path:
    """SQLite keeps its archive beside the database file, so that both are moved together."""
    scheme, _, path = database_url.partition(":///")
    if scheme == "sqlite" and path and path != ":memory:":
        return Path(path).parent / "archive"
    return VAR / "archive"
