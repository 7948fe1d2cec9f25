"""Kinds of columns that hold the same on SQLite and on PostgreSQL."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator

# Sorted by code point everywhere, as Python and SQLite do: never by the server's language.
TEXT = String().with_variant(String(collation="C"), "postgresql")


class Moment(TypeDecorator[datetime]):
    """A moment, read in UTC with its zone; SQLite itself keeps none. A moment without a zone is a
    ValueError: nobody could tell which one was meant."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
