"""From bytes to numbered records: XML elements, CSV rows and worksheet rows, read strictly.

Everything is read by being taken out of its record, so that `finish` can name what was
overlooked. What a record holds beyond what its importer knows stops the edition.
"""

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.utils.exceptions import InvalidFileException

from importers.base import EntryProblem, FormatProblem
from importers.source import Part

Element = etree._Element

LARGEST_WORKBOOK = 256 * 1024 * 1024  # bytes, unpacked; the largest official one has about 30 MB
MOST_MEMBERS = 256
MOST_ROWS, MOST_COLUMNS = 1_048_576, 1_024
LARGEST_TEXT = 128 * 1024 * 1024  # bytes; the largest official CSV file has about 43 MB
MOST_DIGITS = 18
MOST_LINES = 500_000  # of a CSV file; the longest official one has about 45,000
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


class Row:
    """A record of named fields, read by taking fields out: what is left was overlooked."""

    __slots__ = ("_fields", "_where", "line")

    def __init__(self, fields: Mapping[str, str], where: str, line: int) -> None:
        self._fields = dict(fields)
        self._where = where
        self.line = line

    def take(self, column: str) -> str:
        """Return the field, stripped. FormatProblem if there is no such column."""
        try:
            return self._fields.pop(column).strip()
        except KeyError:
            raise self.problem(f"column {column!r} is gone") from None

    def finish(self, *, unused: frozenset[str] = frozenset()) -> None:
        """Raise FormatProblem if a field was neither taken nor declared as unused."""
        left = self._fields.keys() - unused
        if left:
            raise self.problem(f"unread columns {sorted(left)}")

    def problem(self, what: str) -> FormatProblem:
        return FormatProblem(f"{self._where}, line {self.line}: {what}")

    def entry_problem(self, what: str) -> EntryProblem:
        return EntryProblem(f"{self._where}, line {self.line}: {what}")


class Node:
    """An XML element, read by taking things out. Namespaces are ignored, text is stripped."""

    __slots__ = ("_attributes", "_children", "_element", "_taken", "_where", "tag", "value")

    def __init__(self, element: Element, where: str) -> None:
        self.tag = local(element.tag)
        self.value = (element.text or "").strip()
        self._element = element
        self._where = where
        attributes = element.items()
        self._attributes = {local(name): value for name, value in attributes} if attributes else {}
        self._children: dict[str, list[Element]] = {}
        children = self._children
        for child in element:
            tag: Any = child.tag
            if isinstance(tag, str):  # else a comment
                tag = local(tag)
                if tag in children:
                    children[tag].append(child)
                else:
                    children[tag] = [child]
        self._taken: list[Node] = []

    @property
    def line(self) -> int:
        return self._element.sourceline or 0  # type: ignore[return-value]

    def attribute(self, name: str) -> str:
        """Return the attribute, stripped, or "" if it is absent."""
        value = self._attributes.pop(name, "")
        return value.strip() if isinstance(value, str) else value.decode().strip()

    def all(self, tag: str) -> list["Node"]:
        """Take every child of this name; they are finished with their parent."""
        nodes = [Node(child, self._where) for child in self._children.pop(tag, ())]
        self._taken.extend(nodes)
        return nodes

    def one(self, tag: str) -> "Node | None":
        """Take the only child of this name. FormatProblem if there are several."""
        nodes = self.all(tag)
        if len(nodes) > 1:
            raise self.problem(f"<{tag}> stands {len(nodes)} times")
        return nodes[0] if nodes else None

    def text(self, tag: str) -> str:
        """Take the only child of this name as plain text, "" if absent or empty."""
        children = self._children.pop(tag, None)
        if children is None:
            return ""
        if len(children) > 1:
            raise self.problem(f"<{tag}> stands {len(children)} times")
        return self._plain(children[0])

    def texts(self, tag: str) -> list[str]:
        """Take every child of this name as plain text, leaving out the empty ones."""
        texts = [self._plain(child) for child in self._children.pop(tag, ())]
        return [text for text in texts if text]

    def has(self, tag: str) -> bool:
        return tag in self._children

    def finish(self, *, unused: frozenset[str] = frozenset()) -> None:
        """Raise FormatProblem if an attribute, a child or a text was overlooked, here or below.

        `unused` names attributes and children that the importer leaves out on purpose, at this
        level and below.
        """
        left = {
            f"@{name}"
            for name in self._attributes
            if name not in unused and name != "schemaLocation"
        }
        left |= {f"<{tag}>" for tag in self._children if tag not in unused}
        if left:
            raise self.problem(f"unread in <{self.tag}>: {', '.join(sorted(left))}")
        for node in self._taken:
            node.finish(unused=unused)

    def problem(self, what: str) -> FormatProblem:
        return FormatProblem(f"{self._where}, line {self.line}: {what}")

    def entry_problem(self, what: str) -> EntryProblem:
        return EntryProblem(f"{self._where}, line {self.line}: {what}")

    def _plain(self, element: Element) -> str:
        if len(element) or element.attrib:
            raise self.problem(f"<{local(element.tag)}> holds more than text")
        return (element.text or "").strip()


def whole(text: str) -> int | None:
    """A whole number as files number their parts; None for what is none, or has more digits than
    any count or id."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None


def local(tag: Any) -> str:
    text: str = tag
    return text.rpartition("}")[2] if "}" in text else text


@dataclass(frozen=True, slots=True)
class Root:
    """The first element of an XML file: local name, namespace, attributes by local name."""

    name: str
    namespace: str
    attributes: Mapping[str, str]


def xml_root(part: Part) -> Root | None:
    """Return the root of an XML file, or None if the bytes do not begin as XML."""
    start = part.content[:512].lstrip(b"\xef\xbb\xbf\x00\xff\xfe \t\r\n")
    if not start.startswith(b"<"):
        return None
    try:
        for _event, element in _iterparse(part, ("start",)):
            namespace, _, name = str(element.tag).rpartition("}")
            attributes = {local(key): str(value) for key, value in element.attrib.items()}
            return Root(name, namespace.removeprefix("{"), attributes)
    except etree.XMLSyntaxError:
        return None
    return None


def xml_elements(part: Part, tags: frozenset[str]) -> Iterator[Element]:
    """Yield each element with one of these local names when complete, and free it afterwards.

    Raises FormatProblem with the line if the file is not well-formed or has a DOCTYPE.
    """
    refuse_doctype(part)
    try:
        for _event, element in _iterparse(part, ("end",), tags):
            yield element
            element.clear()
            previous = element.getprevious()
            while previous is not None:
                parent = previous.getparent()
                if parent is None:
                    break
                parent.remove(previous)
                previous = element.getprevious()
    except etree.XMLSyntaxError as error:
        raise FormatProblem(
            f"{part.name}, line {error.lineno}: not well-formed XML ({error.msg}). "
            "The file is damaged or cut off: fetch it again."
        ) from error


def refuse_doctype(part: Part) -> None:
    """Official lists have none; hostile files use one to pull in or blow up entities."""
    content = part.content
    if b"\0" in content[:8]:  # UTF-16 or UTF-32: what is left without the zeros is searched
        content = content.replace(b"\0", b"")
    match = re.search(rb"<!\s*(DOCTYPE|ENTITY)", content, re.IGNORECASE)
    if match:
        line = content.count(b"\n", 0, match.start()) + 1
        raise FormatProblem(
            f"{part.name}, line {line}: has a DOCTYPE or an entity, which official lists do not. "
            "Fetch the file from the publisher."
        )


def _iterparse(
    part: Part, events: Sequence[str], tags: frozenset[str] | None = None
) -> Iterator[tuple[str, Element]]:
    parsed: Any = etree.iterparse(
        io.BytesIO(part.content),
        events=tuple(events),
        tag=None if tags is None else [f"{{*}}{tag}" for tag in tags],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    yield from parsed


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


def records(
    part: Part, header: Sequence[str], rows: Iterator[tuple[int, list[str]]]
) -> Iterator[Row]:
    """Give each row its column names. FormatProblem if a row is not as long as the header."""
    names = [name.strip() for name in header]
    if len(set(names)) < len(names):
        raise FormatProblem(f"{part.name}: a column name stands twice in the header")
    for line, fields in rows:
        if len(fields) != len(names):
            raise FormatProblem(
                f"{part.name}, line {line}: {len(fields)} fields under {len(names)} columns"
            )
        yield Row(dict(zip(names, fields, strict=True)), part.name, line)


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
