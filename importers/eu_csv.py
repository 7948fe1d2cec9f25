"""EU CSV 1.1: one row for each name, address, birth date, document or citizenship of an entity."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import compress
from operator import itemgetter

import msgspec

from importers.base import FormatProblem, Refused
from importers.eu_entity import Block, Entity, plain
from importers.normalise.dates import plain_date
from importers.reading.text import decode, require_lines
from importers.source import Part

FORMAT = "EU CSV 1.1"
FIRST_COLUMNS = ("fileGenerationDate", "Entity_LogicalId")
OWN = {
    "Entity_LogicalId": "logicalId",
    "Entity_EU_ReferenceNumber": "euReferenceNumber",
    "Entity_UnitedNationId": "unitedNationId",
    "Entity_DesignationDate": "designationDate",
    "Entity_DesignationDetails": "designationDetails",
}
KINDS = ("Entity_SubjectType", "Entity_SubjectType_ClassificationCode")
ACT_COLUMNS = {
    "Type": "regulationType",
    "OrganisationType": "organisationType",
    "PublicationDate": "publicationDate",
    "EntryIntoForceDate": "entryIntoForceDate",
    "NumberTitle": "numberTitle",
    "Programme": "programme",
    "PublicationUrl": "publicationUrl",
}
ACT = {f"Entity_Regulation_{column}": name for column, name in ACT_COLUMNS.items()}
# The columns named otherwise than the attributes of the XML; the rest differ by their first letter.
RENAMED = {
    "BirthDate": "birthdate",
    "Day": "dayOfMonth",
    "Month": "monthOfYear",
    "TypeCode": "identificationTypeCode",
    "TypeDescription": "identificationTypeDescription",
}
PLACE = "City ZipCode Region Place CountryIso2Code CountryDescription"
COMMON = "LogicalId RegulationLanguage Remark"
SECTIONS = {
    section: (kind, tuple(f"{columns} {COMMON}".split()))
    for section, kind, columns in (
        (
            "NameAlias",
            "names",
            "LastName FirstName MiddleName WholeName NameLanguage Gender Title Function",
        ),
        ("Address", "addresses", f"{PLACE} Street PoBox AsAtListingTime ContactInfo"),
        (
            "BirthDate",
            "births",
            f"{PLACE} BirthDate Day Month Year YearRangeFrom YearRangeTo Circa CalendarType",
        ),
        (
            "Identification",
            "identifications",
            "Number LatinNumber TypeCode TypeDescription Region CountryIso2Code CountryDescription "
            "Diplomatic KnownExpired KnownFalse ReportedLost RevokedByIssuer IssuedBy IssuedDate "
            "ValidFrom ValidTo NameOnDocument",
        ),
        ("Citizenship", "citizenships", "Region CountryIso2Code CountryDescription"),
    )
}
CONTACT = re.compile(r"\b(PHONE|FAX|EMAIL|WEB)\b")


Take = Callable[[list[str]], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    fields: list[str]


def is_csv(part: Part) -> bool:
    """Whether a file begins as EU CSV 1.1 does."""
    start = part.content[:200].decode("utf-8-sig", "replace")
    return tuple(start.split(";")[:2]) == FIRST_COLUMNS


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds: `entities` in file order, put together one by one."""

    generated_on: date | None
    number: int
    entities: Iterator[Entity]


def contents(part: Part) -> Contents:
    """Read the rows of a file.

    Raises Refused if columns are missing, FormatProblem if one is new or a row does not fit.
    """
    rows = _rows(decode(part, "utf-8-sig"), part.name)
    header = next(rows).fields
    _check(header, part.name)
    place = {column: number for number, column in enumerate(header)}
    by_id: dict[str, list[Row]] = {}
    identity = place["Entity_LogicalId"]
    for row in rows:
        by_id.setdefault(row.fields[identity], []).append(row)
    layout = Layout(header)
    first = next(iter(by_id.values()), [])
    generated = first[0].fields[place["fileGenerationDate"]] if first else ""
    return Contents(
        plain_date(generated, order="dmy"),
        len(by_id),
        (layout.entity(together, part.name) for together in by_id.values()),
    )


class Layout:
    """Where the columns of one file stand."""

    def __init__(self, header: list[str]) -> None:
        place = {column: number for number, column in enumerate(header)}

        def columns(names: Iterable[str]) -> Take:
            return itemgetter(*(place[name] for name in names))

        self._header = header
        self._head = columns((*OWN, *KINDS, "Entity_Remark", *ACT))
        self._sections = [
            (
                kind,
                columns(f"{section}_{name}" for name in names),
                tuple(map(_attribute, names)),
            )
            for section, (kind, names) in SECTIONS.items()
        ]

    def entity(self, rows: list[Row], where: str) -> Entity:
        """Put the rows of one entity together; what they repeat is taken once."""
        line = rows[0].line
        entity = Entity(where, line, self._raw(rows), Block({}))
        heads = tuple(dict.fromkeys(self._head(row.fields) for row in rows))
        if len({head[: len(OWN)] for head in heads}) > 1:
            raise FormatProblem(
                f"{where}, line {line}: its logical id stands for another entity further down"
            )
        owns, kinds, remarks, acts = zip(*map(_parted, heads), strict=True)
        entity.own = Block(_stated(OWN.values(), owns[0]), _unwrapped_all(remarks))
        entity.subjects = [Block({"code": kind}) for kind in dict.fromkeys(kinds) if kind]
        entity.regulations = [
            Block(_stated(ACT.values(), act)) for act in dict.fromkeys(acts) if any(act)
        ]
        seen = set()
        for row in rows:
            for kind, take, names in self._sections:
                values = take(row.fields)
                if any(values) and (kind, values) not in seen:
                    seen.add((kind, values))
                    getattr(entity, kind).append(_block(names, values))
        return entity

    def _raw(self, rows: list[Row]) -> str:
        stated = [
            dict(compress(zip(self._header, row.fields, strict=True), row.fields)) for row in rows
        ]
        return msgspec.json.encode(stated).decode()


def _parted(head: tuple[str, ...]) -> tuple[tuple[str, ...], str, str, tuple[str, ...]]:
    """The entity's own fields, its kind, its remark and its act."""
    own, letter, word, remark = head[: len(OWN)], *head[len(OWN) : len(OWN) + 3]
    # The letter stands under "SubjectType" and the word under "ClassificationCode".
    return own, max(letter, word, key=len), remark, head[len(OWN) + 3 :]


def _unwrapped_all(remarks: Iterable[str]) -> list[str]:
    return [
        text
        for remark in dict.fromkeys(remarks)
        for text in unwrapped(remark.replace("\\n", " ").strip())
    ]


def unwrapped(remark: str) -> list[str]:
    """Take remarks out of the brackets that the CSV puts around each: "(one) (two)"."""
    depth, begins, texts = 0, 0, []
    for place, character in enumerate(remark):
        if character == "(":
            depth += 1
            begins = place + 1 if depth == 1 else begins
        elif character == ")":
            depth -= 1
            if depth == 0:
                texts.append(remark[begins:place])
        elif depth < 1 and not character.isspace():
            break
    else:
        if depth == 0:
            return [text for text in map(plain, texts) if text]
    # The remark's own brackets do not match: "(a) one. b) two.)"
    bracketed = remark.startswith("(") and remark.endswith(")")
    return [plain(remark[1:-1] if bracketed else remark)]


def _block(names: tuple[str, ...], values: tuple[str, ...]) -> Block:
    fields = _stated(names, values)
    remarks = unwrapped(fields.pop("remark", ""))
    contact = fields.pop("contactInfo", "")
    return Block(fields, remarks, _contacts(contact) if contact else ())


def _contacts(text: str) -> list[tuple[str, str]]:
    before, *pairs = CONTACT.split(text)
    found = list(zip(pairs[::2], pairs[1::2], strict=True)) or [("contactInfo", before)]
    return [(key, value.strip(" :=,;[]()")) for key, value in found]


def _stated(names: Iterable[str], values: tuple[str, ...]) -> dict[str, str]:
    """The fields that are given. The file writes the end of a line as two characters."""
    return {
        name: text
        for name, value in zip(names, values, strict=True)
        if value and (text := plain(value.replace("\\n", " ")))
    }


def _attribute(column: str) -> str:
    return RENAMED.get(column) or column[0].lower() + column[1:]


def _check(header: list[str], where: str) -> None:
    known = {*FIRST_COLUMNS, *OWN, *KINDS, "Entity_Remark", *ACT}
    for section, (_kind, names) in SECTIONS.items():
        known |= {f"{section}_{name}" for name in names}
        # Which act last touched one part of an entry is kept in the raw entry only.
        known |= {f"{section}_Regulation_{column}" for column in ACT_COLUMNS}
    if missing := known - set(header):
        raise Refused(
            f"{where}: {len(missing)} of the {len(known)} columns are missing: a piece of the "
            "list. Import the whole file."
        )
    if new := set(header) - known:
        raise FormatProblem(f"{where}, line 1: unknown columns {sorted(new)}")
    if len(header) > len(known):
        raise FormatProblem(f"{where}, line 1: a column name stands twice")


def _rows(text: str, where: str) -> Iterator[Row]:
    """Split into rows of equal length.

    Quotes are used both around fields and inside bare ones, so each line is split as is fitting: by
    the delimiter alone, by the quotes, or together with the lines that follow.
    """
    width, pending, begins = 0, "", 0
    for number, line in enumerate(text.split("\n"), start=1):
        require_lines(where, number)
        line = line.removesuffix("\r")
        if pending:
            line = f"{pending}\n{line}"
        elif not line:
            continue
        else:
            begins = number
        fields = _split(line, width)
        width = width or len(fields)
        if len(fields) == width:
            pending = ""
            yield Row(begins, fields)
        elif len(fields) > width:
            raise FormatProblem(
                f"{where}, line {begins}: {len(fields)} fields under {width} columns"
            )
        elif len(line) > csv.field_size_limit():  # each further line would split it all again
            raise FormatProblem(f"{where}, line {begins}: a row that does not end")
        else:
            pending = line
    if pending:
        raise FormatProblem(
            f"{where}, line {begins}: fewer fields than the {width} columns. The file is damaged "
            "or cut off: fetch it again."
        )


def _split(line: str, width: int) -> list[str]:
    plain = line.split(";")
    if '"' not in line:
        return plain
    quoted = next(csv.reader([line], delimiter=";"))
    bare = any(part.startswith('"') and not part.endswith('"') for part in plain)
    if len(plain) == width and (bare or len(quoted) != width):
        return plain
    return quoted
