"""Files of text: decoded, and split into rows of fields."""

import csv
import io
from collections.abc import Iterator

from importers.base import FormatProblem
from importers.source import Part

LARGEST_TEXT = 128 * 1024 * 1024  # bytes; the largest official CSV file has about 43 MB
MOST_LINES = 500_000  # of a CSV file; the longest official one has about 45,000


def decode(part: Part, *encodings: str) -> str:
    """Decode with the first encoding that fits. FormatProblem, with the line, if none does, or if
    there is a zero byte: the file is damaged, and PostgreSQL keeps no such text. FormatProblem also
    if the file is beyond all bounds."""
    if len(part.content) > LARGEST_TEXT:
        raise FormatProblem(
            f"{part.name}: more than {LARGEST_TEXT:,} bytes, which no official list has as text."
        )
    zero = part.content.find(0)
    if zero >= 0:
        line = part.content.count(b"\n", 0, zero) + 1
        raise FormatProblem(
            f"{part.name}, line {line}: a zero byte. Save the file again as the publisher gives it."
        )
    for encoding in encodings:
        try:
            return part.content.decode(encoding)
        except UnicodeDecodeError as error:
            line = part.content.count(b"\n", 0, error.start) + 1
            last = f"{part.name}, line {line}: not {' or '.join(encodings)}"
    raise FormatProblem(f"{last}. Save the file again as the publisher gives it.")


def csv_rows(
    part: Part, text: str, *, delimiter: str = ",", skip_lines: int = 0
) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, fields); `line` is where the row begins, counted from 1, blank rows left out.

    FormatProblem if the text is not readable as CSV or beyond all bounds."""
    stream = io.StringIO(text, newline="")
    for _ in range(skip_lines):
        stream.readline()
    reader = csv.reader(stream, delimiter=delimiter)
    begins = 1
    try:
        for fields in reader:
            if any(fields):
                yield skip_lines + begins, fields
            begins = reader.line_num + 1
            require_lines(part.name, begins)
    except csv.Error as error:
        raise FormatProblem(
            f"{part.name}, line {skip_lines + begins}: not readable as CSV ({error})."
        ) from error


def require_lines(where: str, number: int) -> None:
    """FormatProblem if a file of text has more lines than any official list."""
    if number > MOST_LINES:
        raise FormatProblem(f"{where}: more than {MOST_LINES:,} lines, which no official list has.")
