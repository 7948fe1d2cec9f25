"""Writing an export: to a stream, or to a file that is there whole or not at all."""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from secrets import token_hex
from typing import IO

import msgspec

from exports import delimited, json_text, sources, workbook
from exports.columns import Row, Table
from exports.problem import ExportProblem
from registry.domain.publication import Provenance


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    JSON_LINES = "jsonl"


MEDIA_TYPES = {
    Format.CSV: "text/csv",  # the web adds that it is UTF-8
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.JSON: "application/json",
    Format.JSON_LINES: "application/x-ndjson",
}
# These two hold rows and nothing else, so their sources stand in a file beside them.
DATA_ONLY = frozenset({Format.CSV, Format.JSON_LINES})


def format_of(path: Path) -> Format:
    """The format that a file's suffix names. Raises ExportProblem if it names none."""
    try:
        return Format(path.suffix.lower().removeprefix("."))
    except ValueError as error:
        known = ", ".join(f".{each}" for each in Format)
        raise ExportProblem(f"{path}: give the file one of the endings {known}.") from error


def write(
    table: Table[Row],
    rows: Iterable[Row],
    provenance: Provenance,
    form: Format,
    stream: IO[bytes],
) -> None:
    """Write the export row by row: the same rows and provenance give the same bytes."""
    match form:
        case Format.CSV:
            for line in delimited.lines(table, rows):
                stream.write(line.encode())
        case Format.JSON:
            stream.writelines(json_text.document(table, rows, provenance))
        case Format.JSON_LINES:
            stream.writelines(json_text.lines(table, rows))
        case Format.XLSX:
            workbook.write(table, rows, provenance, stream)


def write_file(
    table: Table[Row], rows: Iterable[Row], provenance: Provenance, form: Format, path: Path
) -> None:
    """Write the export to `path`, which stays as it was if anything fails.

    CSV and JSON Lines get `<file name>.sources.json` beside them, which names the sha256 of the
    file that it speaks of. Raises ExportProblem if the file can not be written.
    """
    try:
        with _replaced(path) as stream:
            write(table, rows, provenance, form, stream)
        if form in DATA_ONLY and path.is_file():
            with open(path, "rb") as written:
                digest = hashlib.file_digest(written, "sha256").hexdigest()
            described = sources.document(table.columns, provenance)
            described["file"] = {"name": path.name, "sha256": digest}
            with _replaced(sources_path(path)) as stream:
                stream.write(msgspec.json.format(msgspec.json.encode(described)) + b"\n")
    except OSError as error:
        raise ExportProblem(f"{path}: {error.strerror}. Choose another place.") from error


def sources_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.sources.json")


@contextmanager
def _replaced(path: Path) -> Iterator[IO[bytes]]:
    """A stream whose content takes the place of the file in one step, when all is written."""
    target = path.resolve()  # what a link points to is replaced, not the link
    if target.exists() and not stat.S_ISREG(target.stat().st_mode):
        with open(target, "wb") as stream:  # a pipe or a device is written to, never replaced
            yield stream
        return
    unfinished = target.with_name(f".{target.name}.{token_hex(4)}.unfinished")
    try:
        with open(unfinished, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            unfinished.chmod(stat.S_IMODE(target.stat().st_mode))
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
