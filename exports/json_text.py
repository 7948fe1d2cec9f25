"""JSON: one object with the sources and the rows. JSON Lines: one object per row and line."""

from collections.abc import Iterable, Iterator

import msgspec

from exports import sources
from exports.columns import Row, Table
from registry.domain.publication import Provenance

encode = msgspec.json.encode


def document(table: Table[Row], rows: Iterable[Row], provenance: Provenance) -> Iterator[bytes]:
    """Yield `{"sources": …, "rows": […]}` piece by piece, one row a line."""
    yield b'{"sources":' + encode(sources.document(table.columns, provenance)) + b',\n"rows":['
    separator = b"\n"
    for row in rows:
        yield separator + encode(_object(table, row))
        separator = b",\n"
    yield b"\n]}\n"


def lines(table: Table[Row], rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield one line per row, with all that the table knows of it."""
    in_full = table.in_full
    for row in rows:
        yield encode(in_full(row) if in_full else _object(table, row)) + b"\n"


def _object(table: Table[Row], row: Row) -> dict[str, object]:
    return dict(zip(table.headers, table.values(row), strict=True))
