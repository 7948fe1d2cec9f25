"""OFAC's CSV files: the entries, and beside them their aliases, addresses and spilt remarks.

The files have no header: which is which is told by their columns. Null is `-0-`; the last line is
a lone 0x1A. Layout: "SDN data formats" of OFAC, `dat_spec.txt`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from importers import ofac_remarks
from importers.base import (
    FormatProblem,
    ParsedAddress,
    ParsedEntry,
    Refused,
    ReportedEntry,
    entries,
)
from importers.ofac_facts import Facts, entry, name
from importers.ofac_words import Field
from importers.reading.text import csv_rows, decode
from importers.source import Part, Source

Rows = list[tuple[int, list[str]]]
LONGEST_REMARK = 1000  # characters in the entry's own row; what is longer goes to the comments file
END = "\x1a"
NO_VESSEL = ["-0- "] * 6
LOCALITY = re.compile(
    r"(?P<city>[^,]*?)(?:, (?P<region>.*?))?"
    r"(?: (?P<postcode>(?=\S*\d)[A-Z0-9-]+(?: (?=\S*\d)[A-Z0-9-]+)*))?",
    re.DOTALL,
)


class Role(StrEnum):
    """The part that a file plays, by the number of its columns."""

    ENTRIES = "sdn.csv"
    ALIASES = "alt.csv"
    ADDRESSES = "add.csv"
    COMMENTS = "sdn_comments.csv"


COLUMNS = {12: Role.ENTRIES, 5: Role.ALIASES, 6: Role.ADDRESSES, 2: Role.COMMENTS}


@dataclass(frozen=True, slots=True)
class Files:
    """The rows of one edition by the part they play."""

    name: str
    rows: Mapping[Role, Rows]

    @property
    def programmes(self) -> Iterator[tuple[str, ...]]:
        for _, fields in self.rows[Role.ENTRIES]:
            yield tuple(_programmes(fields[3]))


def looks_like(part: Part) -> bool:
    """Whether a file begins with a row of one of the four shapes, keyed by a number."""
    if not part.content[:1].isdigit():
        return part.content.strip() == END.encode()
    first = next(csv_rows(part, part.content[:8192].decode("cp1252", "replace")), None)
    return first is not None and len(first[1]) in COLUMNS and first[1][0].isdigit()


def open_files(source: Source) -> Files:
    """Read the rows of every part. Refused if the entries' own file is missing or stands twice."""
    rows: dict[Role, Rows] = {}
    names: dict[Role, str] = {}
    for part in source.parts:
        found = [row for row in csv_rows(part, decode(part, "utf-8", "cp1252")) if row[1] != [END]]
        if not found:
            continue
        role = COLUMNS[len(found[0][1])]
        if role in rows:
            raise Refused(
                f"{part.name} and {names[role]} both have the columns of {role}. "
                "Give the files of one edition only."
            )
        rows[role], names[role] = found, part.name
        _check(part, role, found)
    if Role.ENTRIES not in rows:
        given = ", ".join(names.values()) or source.name
        raise Refused(
            f"{given}: aliases and addresses without the entries they belong to. "
            "Give sdn.csv of the same day in the same folder."
        )
    return Files(source.name, rows)


def strays(files: Files) -> tuple[str, ...]:
    """A warning where rows of the other files belong to no entry: they can not be kept."""
    known = {fields[0] for _, fields in files.rows[Role.ENTRIES]}
    found = [
        f"{role} line {line} (entry {fields[0]})"
        for role, rows in files.rows.items()
        for line, fields in rows
        if fields[0] not in known
    ]
    if not found:
        return ()
    return (f"{len(found)} rows belong to no entry and are left out: {', '.join(found[:5])}",)


def silent(files: Files) -> frozenset[str]:
    """The fields of a party that stand, wholly or for the most part, in a file not given."""
    held = {Role.ALIASES: "names", Role.ADDRESSES: "addresses"}
    return frozenset(field for role, field in held.items() if role not in files.rows)


def read(files: Files, *, on_sdn_list: bool) -> Iterator[ParsedEntry | ReportedEntry]:
    """Yield the entries in file order, each with its aliases, addresses and whole remark;
    `on_sdn_list` tells that the files are of the SDN list."""
    aliases, addresses, comments = (
        _by_entry(files.rows.get(role, []))
        for role in (Role.ALIASES, Role.ADDRESSES, Role.COMMENTS)
    )

    def parse(record: tuple[int, list[str]]) -> ParsedEntry:
        line, fields = record
        number = fields[0].strip()
        return _entry(
            line,
            fields,
            aliases.get(number, ()),
            addresses.get(number, ()),
            comments.get(number, ()),
            on_sdn_list,
        )

    rows = files.rows[Role.ENTRIES]
    return entries(((fields[0], line, (line, fields)) for line, fields in rows), parse)


def _check(part: Part, role: Role, rows: Rows) -> None:
    width = len(rows[0][1])
    for line, fields in rows:
        if len(fields) != width or not fields[0].strip().isdigit():
            raise FormatProblem(
                f"{part.name}, line {line}: {len(fields)} columns and {fields[0][:20]!r} as the "
                f"entry's number, where {role} has {width} columns and a number. "
                "The file is damaged or cut off: fetch it again."
            )


def _by_entry(rows: Rows) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for _, fields in rows:
        found.setdefault(fields[0].strip(), []).append(fields)
    return found


def _entry(
    line: int,
    fields: list[str],
    aliases: Sequence[list[str]],
    addresses: Sequence[list[str]],
    comments: Sequence[list[str]],
    on_sdn_list: bool,
) -> ParsedEntry:
    number, full, kind, programmes, title, *vessel, remarks = fields
    facts = Facts(kind.strip() or "-0-")
    facts.names.append(name(_said(full), facts.kind))
    for _, _, role, alias, note in aliases:
        facts.names.append(name(_said(alias), facts.kind, f"{role[:1]}.k.a."))
        if said := _said(note):
            facts.remarks.append(f"{_said(alias)}: {said}")
    if said := _said(title):
        facts.add_title(said)
    if vessel != NO_VESSEL:
        _read_vessel(facts, *map(_said, vessel))
    if _said(remarks):
        # Joined as they stand: the break may be in the middle of a word.
        whole = remarks + "".join(fields[1] for fields in comments)
        cut_off = not comments and len(remarks) >= LONGEST_REMARK and not remarks.endswith(".")
        ofac_remarks.read(whole, facts, cut_off=cut_off)
    return entry(
        facts,
        number.strip(),
        facts.designations(_programmes(programmes), on_sdn_list=on_sdn_list),
        tuple(filter(None, map(_address, addresses))),
        line,
        msgspec.json.encode([fields, *aliases, *addresses, *comments]).decode(),
    )


def _read_vessel(
    facts: Facts, call_sign: str, kind: str, tonnage: str, gross_tonnage: str, flag: str, owner: str
) -> None:
    if call_sign:
        facts.add_identifier("Vessel Call Sign", call_sign)
    if owner:
        facts.add(Field.RELATION, "Vessel Owner", owner)
    for label, value in (
        ("Vessel Type", kind),
        ("Vessel Flag", flag),
        ("Vessel Tonnage", tonnage),
        ("Vessel Gross Registered Tonnage", gross_tonnage),
    ):
        if value:
            facts.add(Field.DETAIL, label, value)


def _programmes(cell: str) -> list[str]:
    """The tags of one cell: `SDGT] [IFSR`."""
    return [tag for each in cell.split("]") if (tag := _said(each.strip(" [")))]


def _address(fields: list[str]) -> ParsedAddress | None:
    _, _, street, locality, country, note = map(_said, fields)
    if not (street or locality or country or note):
        return None
    found = LOCALITY.fullmatch(locality)
    return ParsedAddress(
        ", ".join(filter(None, (street, locality, country, note))),
        found["city"] if found else locality,
        (found["region"] if found else "") or "",
        (found["postcode"] if found else "") or "",
        country,
    )


def _said(field: str) -> str:
    field = field.strip()
    return "" if field == "-0-" else field
