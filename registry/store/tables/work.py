"""Jobs, uploads, and what the registry remembers of itself."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from registry.store.tables.base import Base


class JobRow(Base):
    """Work for a worker. `claim` is unique among the active ones and empty once a job has ended."""

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    official_list: Mapped[str]
    about: Mapped[int | None]
    reason: Mapped[str]
    claim: Mapped[str | None] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(index=True)
    share: Mapped[float]
    step: Mapped[str]
    started_by: Mapped[str]
    asked_at: Mapped[datetime]
    began_at: Mapped[datetime | None]
    beat_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    message: Mapped[str]


class UploadRow(Base):
    """A file that was sent to be an edition: kept under `token` until it is used or discarded.

    `preview` is what the edition would change, found before it is used.
    """

    __tablename__ = "upload"

    id: Mapped[int] = mapped_column(primary_key=True)
    official_list: Mapped[str]
    token: Mapped[str] = mapped_column(unique=True)
    file_name: Mapped[str]
    size: Mapped[int]
    published_on: Mapped[date | None]
    uploaded_by: Mapped[str]
    received_at: Mapped[datetime]
    state: Mapped[str]
    message: Mapped[str]
    preview: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class FactRow(Base):
    """What the registry remembers of itself: its revision, and a publisher's fetch validators."""

    __tablename__ = "fact"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
