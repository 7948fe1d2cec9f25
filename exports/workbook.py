"""XLSX: the rows on one sheet, the sources and the method on a second one named Methods."""

import os
import re
import shutil
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from exports import sources, steady_zip
from exports.columns import Row, Table, Value, text
from exports.problem import ExportProblem
from registry.domain.publication import Provenance

MOST_ROWS = 1_048_576  # of a sheet, the header among them: Excel's specification
LONGEST = 32_767  # characters of a cell: Excel's specification
CUT = " … [cut: longer than a cell can be; CSV and JSON Lines have it whole]"
FIRST_YEAR = 1901  # earlier days are wrong or impossible in Excel's calendar
# Control characters and what XML 1.0 can not hold.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
WIDE = {"name": 40, "aliases": 60, "basis": 60, "before": 40, "after": 40, "reference": 24}
USUAL = 18  # characters


def write(
    table: Table[Row],
    rows: Iterable[Row],
    provenance: Provenance,
    stream: IO[bytes],
    banner: str = "",
) -> None:
    """Write the workbook, row by row; the `banner`, if any, is printed on every page.

    Raises ExportProblem if there are more rows than fit.
    """
    book = Workbook(write_only=True)
    book.properties.creator = "Atrocity sanctions registry"
    book.properties.created = datetime.combine(provenance.as_of, time())
    book.properties.modified = book.properties.created
    try:
        _data(book, table, rows)
        _methods(book, table, provenance)
        _mark(book, banner)
        with _SteadyArchive(stream, "w", ZIP_DEFLATED) as archive:
            ExcelWriter(book, archive).save()
    finally:
        _remove_temporary_files(book)


def _data(book: Workbook, table: Table[Row], rows: Iterable[Row]) -> None:
    sheet: Any = book.create_sheet(table.name.capitalize())
    sheet.freeze_panes = "A2"
    for number, header in enumerate(table.headers, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDE.get(header, USUAL)
    sheet.append([_styled(sheet, header, bold=True) for header in table.headers])
    written = 1
    for row in rows:
        if written == MOST_ROWS:
            raise ExportProblem(
                f"{table.name}: more than {MOST_ROWS - 1:,} rows, the most that a worksheet holds. "
                "Narrow the filter or export as CSV."
            )
        sheet.append([_cell(sheet, value) for value in table.values(row)])
        written += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.headers))}{written}"


def _methods(book: Workbook, table: Table[Row], provenance: Provenance) -> None:
    sheet: Any = book.create_sheet("Methods")
    for number in range(1, len(sources.EDITION_HEADERS) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 60 if number == 2 else 28

    def heading(*headers: str) -> None:
        sheet.append([])
        sheet.append([_styled(sheet, header, bold=True) for header in headers])

    for label, statement in sources.statements(provenance):
        sheet.append([_styled(sheet, label, bold=True), _styled(sheet, statement)])
    heading("Sources")
    sheet.append([_styled(sheet, header, bold=True) for header in sources.EDITION_HEADERS])
    for edition in provenance.editions:
        sheet.append([_cell(sheet, value) for value in sources.edition_values(edition)])
    heading("Column", "Meaning")
    for column in table.columns:
        sheet.append([column.header, _styled(sheet, column.meaning)])


def _mark(book: Workbook, banner: str) -> None:
    """At the top and the bottom of each printed page; & begins a code there and is doubled."""
    for sheet in book.worksheets:
        furniture: Any = sheet
        for part in (furniture.oddHeader, furniture.oddFooter) if banner else ():
            part.center.text = _printable(banner).replace("&", "&&")


def _styled(sheet: Any, value: str, *, bold: bool = False) -> Cell:
    cell = _string(sheet, _printable(value))
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(wrap_text=not bold, vertical="top")
    return cell


def _cell(sheet: Any, value: Value) -> Cell | str | int | date | None:
    """What openpyxl is to write: text stays text, whatever it looks like."""
    if isinstance(value, int) or (isinstance(value, date) and value.year >= FIRST_YEAR):
        return value
    printable = _printable(text(value))
    if printable.startswith("=") or printable in ERROR_CODES:
        return _string(sheet, printable)
    return printable or None


def _string(sheet: Any, value: str) -> Cell:
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    return cell


def _printable(value: str) -> str:
    clean = UNPRINTABLE.sub("", value)
    return clean if len(clean) <= LONGEST else clean[: LONGEST - len(CUT)] + CUT


def _remove_temporary_files(book: Workbook) -> None:
    """openpyxl keeps each sheet in a temporary file until it is saved or the process ends."""
    for sheet in book.worksheets:
        unsaved: Any = sheet
        if not unsaved.closed:
            unsaved.close()
        if os.path.exists(unsaved._writer.out):
            unsaved._writer.cleanup()


class _SteadyArchive(ZipFile):
    """A zip without the clock: the same content gives the same bytes."""

    def write(
        self,
        filename: str | os.PathLike[str],
        arcname: str | os.PathLike[str] | None = None,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        member = steady_zip.member(str(arcname or filename))
        member.file_size = Path(filename).stat().st_size
        with open(filename, "rb") as source, self.open(member, "w") as into:
            shutil.copyfileobj(source, into)

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        super().writestr(steady_zip.member(str(zinfo_or_arcname)), data)
