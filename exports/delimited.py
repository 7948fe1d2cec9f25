"""CSV: data only, the header in line 1, UTF-8, commas, one line feed after each row.

`docs/decisions/exports.md` gives the reasons.
"""

import csv
import re
from collections.abc import Iterable, Iterator

from exports.columns import Row, Table, Value, text

# What a spreadsheet program may run when it opens the file, also after blanks, and such a text
# that was marked already: else marking could not be undone.
RUNS = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")


def lines(table: Table[Row], rows: Iterable[Row]) -> Iterator[str]:
    line = csv.writer(_Line(), lineterminator="\r\n")  # so that a lone CR is quoted, too
    yield _with_line_feed(line.writerow(table.headers))
    for row in rows:
        yield _with_line_feed(line.writerow([_cell(value) for value in table.values(row)]))


def unmarked(cell: str) -> str:
    """Undo the mark of a cell that could have been run: the value as it was."""
    return cell[1:] if cell.startswith("'") and RUNS.match(cell) else cell


class _Line:
    """A file that hands back what is written, which csv.writer returns."""

    def write(self, line: str) -> str:
        return line


def _with_line_feed(line: object) -> str:
    return str(line).removesuffix("\r\n") + "\n"


def _cell(value: Value) -> str:
    cell = text(value)
    return f"'{cell}" if isinstance(value, str | tuple) and RUNS.match(cell) else cell
