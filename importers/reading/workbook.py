"""Workbooks: the rows of the first worksheet, formulas never run."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from importers.base import FormatProblem
from importers.reading.xml import refuse_doctype
from importers.source import Part

LARGEST_WORKBOOK = 256 * 1024 * 1024  # bytes, unpacked; the largest official one has about 30 MB
MOST_MEMBERS = 256
MOST_ROWS, MOST_COLUMNS = 1_048_576, 1_024
UNREADABLE_WORKBOOK = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,  # what both XML parsers raise derives from it
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The first worksheet of a workbook: its name, and its rows as `xlsx_rows` gives them."""

    name: str
    rows: Iterator[tuple[int, list[Any]]]


def xlsx_rows(part: Part) -> Iterator[tuple[int, list[Any]]]:
    """Yield (row number, cell values) of the first worksheet, blank rows left out.

    Values are as openpyxl gives them (str, int, float, datetime, None): formulas are never run.
    Each row is at least as long as the first. Raises FormatProblem if the workbook is damaged,
    hostile or beyond all bounds.
    """
    return xlsx_sheet(part).rows


def xlsx_sheet(part: Part) -> Sheet:
    """Open a workbook and begin to read its first worksheet, as `xlsx_rows` does."""
    try:
        _refuse_hostile_workbook(part)
        with warnings.catch_warnings(action="ignore", category=UserWarning):
            book = openpyxl.load_workbook(io.BytesIO(part.content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
    except UNREADABLE_WORKBOOK as error:
        raise _damaged_workbook(part, error) from error
    # The size that a sheet states of itself is padding or worse: the rows tell their own.
    sheet.reset_dimensions()
    return Sheet(str(sheet.title), _sheet_rows(part, book, sheet))


def _sheet_rows(part: Part, book: Any, sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    rows = enumerate(sheet.iter_rows(values_only=True), start=1)
    width = 0
    try:
        while True:
            with warnings.catch_warnings(action="ignore", category=UserWarning):
                number, values = next(rows, (0, ()))
            if not number:
                return
            if number > MOST_ROWS or len(values) > MOST_COLUMNS:
                raise FormatProblem(
                    f"{part.name}, row {number}: more than {MOST_ROWS:,} rows or {MOST_COLUMNS:,} "
                    "columns, which no official list has."
                )
            if any(value not in (None, "") for value in values):
                width = width or len(values)
                yield number, [*values, *[None] * (width - len(values))]
    except UNREADABLE_WORKBOOK as error:
        raise _damaged_workbook(part, error) from error
    finally:
        book.close()


def _refuse_hostile_workbook(part: Part) -> None:
    """A workbook is a zip of XML: bound what it unpacks to, and let no part bring entities."""
    with zipfile.ZipFile(io.BytesIO(part.content)) as archive:
        members = archive.infolist()
        size = sum(member.file_size for member in members)
        if len(members) > MOST_MEMBERS or size > LARGEST_WORKBOOK:
            raise FormatProblem(
                f"{part.name}: the workbook unpacks to {size:,} bytes in {len(members):,} parts, "
                "more than any official list needs."
            )
        for member in members:
            refuse_doctype(Part(f"{part.name}, {member.filename}", archive.read(member)))


def _damaged_workbook(part: Part, error: Exception) -> FormatProblem:
    return FormatProblem(f"{part.name}: not a readable workbook ({error}). Fetch it again.")
