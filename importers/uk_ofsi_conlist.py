"""OFSI's consolidated list of asset freeze targets: history, closed on 28 January 2026.

CSV of 29 columns (until 2022) and 36, and the same 36 as a workbook. Rows of one Group ID are one
entry and lie apart. Whoever is on the list is subject to an asset freeze: that is what it lists.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from importers import vocabulary
from importers.base import (
    FormatProblem,
    ParsedDate,
    ParsedDesignation,
    ParsedEntry,
    ParsedIdentifier,
    ParsedName,
    ParsedRelation,
    Reading,
    Refused,
    entries,
)
from importers.deaths import death
from importers.normalise.dates import plain_date
from importers.reading.text import csv_rows, decode
from importers.reading.workbook import xlsx_rows
from importers.reading.xml import xml_root
from importers.source import Part, Source
from importers.uk_identifiers import national, national_in, passport, passport_in, registered
from importers.uk_rows import Rows, Table
from importers.uk_wording import (
    address,
    birth_place,
    each_of,
    name,
    numbered,
    others_of,
    paired,
)

NAMES = (*(f"Name {number}" for number in range(1, 7)), "Alias Type", "Alias Quality")
SCRIPTS = ("Name Non-Latin Script", "Non-Latin Script Type", "Non-Latin Script Language")
ADDRESSES = (*(f"Address {number}" for number in range(1, 7)), "Post/Zip Code", "Country")
ACTS = ("Regime", "Listed On", "UK Sanctions List Date Designated")
COLUMNS = (
    *NAMES,
    *SCRIPTS,
    *ADDRESSES,
    *ACTS,
    *("Title", "DOB", "Town of Birth", "Country of Birth", "Nationality", "Position"),
    *("Passport Number", "Passport Details"),
    *("National Identification Number", "National Identification Details", "NI Number"),
    *("Other Information", "Group Type", "Group ID", "Last Updated"),
)
UNTIL_2022 = frozenset({"NI Number"})
SINCE_2022 = frozenset(
    {
        *SCRIPTS,
        "Passport Number",
        "National Identification Number",
        "National Identification Details",
        "Alias Quality",
        "UK Sanctions List Date Designated",
    }
)

SECTION = re.compile(
    r"\((UK Sanctions List Ref|UN Ref|UK Statement of Reasons|Gender|Phone number|Website"
    r"|Type of entity|Email address|Business Reg No|Parent company|Subsidiaries|IMO number"
    r"|Current owners|Previous owners|Flag of ship|Previous flags|Type of ship|Tonnage of ship"
    r"|Length of ship|Year built)\):"
)
RELATIONS = {
    "Parent company": "Parent company",
    "Subsidiaries": "Subsidiary",
    "Current owners": "Current owner/operator",
    "Previous owners": "Previous owner/operator",
}
DETAILS = {
    "Phone number": "Phone number",
    "Website": "Website",
    "Email address": "Email address",
    "Type of entity": "Type of entity",
    "Flag of ship": "Current believed flag of ship",
    "Previous flags": "Previous flags",
    "Type of ship": "Type of ship",
    "Tonnage of ship": "Tonnage of ship",
    "Length of ship": "Length of ship",
    "Year built": "Year built",
}
REFERENCE = r"[A-Z]{2,3}[ei]\.\d+|[A-Z]{1,3}\.[A-Z0-9]+(?:\.[A-Z0-9]+)+|[A-Z]{2,3}\.\d+"
SECTION_REFERENCE = re.compile(rf"({REFERENCE})\.?\s*")
UN_REFERENCE = re.compile(rf"(?<!\()\bUN Ref(?:erence)?\b[\s.:]*({REFERENCE})", re.IGNORECASE)
UK_REFERENCE = re.compile(r"([A-Z]{3}\d{4})\.?\s*")
SHIP_NUMBERS = re.compile(
    r"\(?(?:IMO(?: number)?: ?(?P<imo>\d{7}))\)?\.?(?: MMSI: ?(?P<mmsi>\d{9}))?"
)
CITIZENSHIP = re.compile(r"\s+citizenship$", re.IGNORECASE)
FURTHER = re.compile(r"Financial sanctions imposed in addition to an asset freeze: ([^.]+)\.")


def read(source: Source) -> Reading:
    """Tell CSV from workbook by content and begin to read.

    Raises Refused for anything else and for a file dated after the list was closed: its address
    went on serving one.
    """
    if len(source.parts) != 1:
        raise Refused(f"{source.name}: several files. Give the list's CSV or its workbook.")
    (part,) = source.parts
    if part.content.startswith(b"PK"):
        format_, rows = "XLSX", _workbook_rows(part)
    elif (root := xml_root(part)) is not None:
        raise Refused(f"{part.name}: XML with the root <{root.name}>. {_advice(root.name)}")
    else:
        format_ = "CSV"
        rows = csv_rows(part, decode(part, "utf-8-sig", "cp1252", "latin-1"))
    return _reading(part, format_, rows)


def _advice(root: str) -> str:
    if root == "Designations":
        return "This is the UK Sanctions List: import it as uk-sanctions-list."
    return "Give OFSI's ConList.csv or ConList.xlsx."


def _reading(part: Part, format_: str, rows: Iterator[tuple[int, Sequence[str]]]) -> Reading:
    _line, first = next(rows, (0, ("", "")))
    if first[0].startswith("Report Date:"):
        raise Refused(
            f"{part.name}: this is the UK Sanctions List. Import it as uk-sanctions-list."
        )
    if first[0].strip() != "Last Updated" or len(first) < 2:
        raise Refused(
            f'{part.name}: begins with "{first[0][:60]}", where OFSI\'s list states when it was '
            "Last Updated. Give OFSI's ConList.csv or ConList.xlsx."
        )
    published_on = plain_date(first[1], order="dmy")
    if published_on is None:
        raise FormatProblem(f"{part.name}: the list's date {first[1]!r} can not be read")
    retired_on = vocabulary.load("uk-ofsi-conlist").official_list.retired_on
    if retired_on and published_on > retired_on:
        raise Refused(
            f"{part.name}: dated {published_on:%d %B %Y}, but OFSI closed this list on "
            f"{retired_on:%d %B %Y}. What is in force stands on the UK Sanctions List: import "
            "that as uk-sanctions-list."
        )
    line, header = next(rows, (0, ("",)))
    table = _table(f"{part.name}, line {line}", header)
    return Reading(format_, published_on, entries(table.entries(rows, "Group ID"), entry))


def _table(where: str, header: Sequence[str]) -> Table:
    older = "NI Number" in header
    return Table.of(where, header, columns=COLUMNS, optional=SINCE_2022 if older else UNTIL_2022)


def _workbook_rows(part: Part) -> Iterator[tuple[int, Sequence[str]]]:
    for number, values in xlsx_rows(part):
        yield number, [_text(value) for value in values]


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case datetime() | date():
            return f"{value:%d/%m/%Y}"
        case float() if value.is_integer():
            return str(int(value))
    return str(value)


def entry(rows: Rows) -> ParsedEntry:
    """Put the rows of one Group ID together."""
    kind = rows.once("Group Type")
    remark, sections = _sections(rows.once("Other Information"))
    nations = [item.strip(" .,") for item in each_of(rows.each("Nationality"))]
    return ParsedEntry(
        reference=rows.reference,
        kind=kind,
        names=tuple(_names(rows, person=kind == "Individual")),
        designations=tuple(_designations(rows, remark, sections)),
        line=rows.line,
        raw=rows.raw,
        birth_dates=tuple(map(ParsedDate, rows.each("DOB"))),
        birth_places=tuple(
            birth_place(town, country.strip(" ."))
            for places in rows.together(("Town of Birth", "Country of Birth"))
            for town, country in paired(*places)
        ),
        nationalities=tuple(each for each in nations if not CITIZENSHIP.search(each)),
        citizenships=tuple(
            CITIZENSHIP.sub("", each) for each in nations if CITIZENSHIP.search(each)
        ),
        genders=tuple(filter(None, (sections.get("Gender", ""),))),
        titles=each_of(rows.each("Title")),
        functions=each_of(rows.each("Position")),
        identifiers=tuple(_identifiers(rows, remark, sections)),
        addresses=tuple(
            address(lines, postcode, country)
            for *lines, postcode, country in rows.together(ADDRESSES)
        ),
        relations=tuple(
            ParsedRelation(label, other)
            for section, label in RELATIONS.items()
            for other in others_of([sections.get(section, "")])
        ),
        details=tuple(_details(rows, sections, remark if kind == "Individual" else "")),
        remarks=(remark,) if remark else (),
    )


def _sections(text: str) -> tuple[str, dict[str, str]]:
    """Other Information as free text and sections: "… (Gender):Male (Website):…".

    The two references are followed by a full stop and then by free text.
    """
    found = list(SECTION.finditer(text))
    if not found:
        return text, {}
    free = [text[: found[0].start()]]
    sections: dict[str, str] = {}
    ends = [mark.start() for mark in found[1:]] + [len(text)]
    for mark, end in zip(found, ends, strict=True):
        label, content = mark[1], text[mark.end() : end].strip()
        pattern = {"UN Ref": SECTION_REFERENCE, "UK Sanctions List Ref": UK_REFERENCE}.get(label)
        if pattern and (reference := pattern.match(content)):
            free.append(content[reference.end() :])
            content = reference[1]
        if label in sections:  # said twice: neither takes the other's place
            content = f"{sections[label]} {content}"
        sections[label] = content
    return " ".join(filter(None, (part.strip() for part in free))), sections


def _names(rows: Rows, *, person: bool) -> Iterator[ParsedName]:
    for *parts, role, quality in rows.together(NAMES):
        yield name(parts, role, quality, person=person)
    for full, script, language in rows.together(SCRIPTS):
        yield ParsedName(
            full, "Name non-latin script", (("whole", full),), script=script, language=language
        )


def _designations(rows: Rows, remark: str, sections: dict[str, str]) -> Iterator[ParsedDesignation]:
    reason = sections.get("UK Statement of Reasons", "")
    further = FURTHER.search(remark)
    for regime, listed_on, _since in rows.together(ACTS):
        yield ParsedDesignation(
            code=regime,
            stated=(("Asset freeze", True),),
            other_measures=(further[1],) if further else (),
            authority="UK",
            listed_on=listed_on,
            amended_on=rows.once("Last Updated"),
            reason=reason,
            reason_language="en" if reason else "",
        )


def _identifiers(rows: Rows, remark: str, sections: dict[str, str]) -> Iterator[ParsedIdentifier]:
    yield ParsedIdentifier("OFSI Group ID", rows.reference)
    if reference := sections.get("UK Sanctions List Ref"):
        yield ParsedIdentifier("UK Sanctions List reference", reference)
    if reference := sections.get("UN Ref"):
        yield ParsedIdentifier("UN reference number", reference)
    elif not sections and (found := UN_REFERENCE.search(remark)):
        yield ParsedIdentifier("UN reference number", found[1])
    if "Passport Number" in rows.table.places:
        yield from _numbered_documents(rows)
    else:
        yield from map(passport_in, each_of(rows.each("Passport Details")))
        for text in each_of(rows.each("NI Number")):
            yield from national_in(text)
    for text in numbered(sections.get("Business Reg No", "")):
        yield from registered(text)
    for number in numbered(sections.get("IMO number", "")):
        if number:
            yield ParsedIdentifier("IMO number", number)
    if ship := SHIP_NUMBERS.match(remark):
        yield ParsedIdentifier("IMO number", ship["imo"])
        if ship["mmsi"]:
            yield ParsedIdentifier("MMSI", ship["mmsi"])


def _numbered_documents(rows: Rows) -> Iterator[ParsedIdentifier]:
    for stated in rows.together(("Passport Number", "Passport Details")):
        for number, note in paired(*stated):
            yield passport(number.rstrip("."), note)
    for stated in rows.together(
        ("National Identification Number", "National Identification Details")
    ):
        for number, note in paired(*stated):
            yield from national(number.rstrip("."), note)


def _details(rows: Rows, sections: dict[str, str], remark: str) -> Iterator[tuple[str, str]]:
    for section, label in DETAILS.items():
        for value in numbered(sections.get(section, "")):
            yield label, value
    for designated_on in rows.each("UK Sanctions List Date Designated"):
        yield "UK Sanctions List Date Designated", designated_on
    if died := death(remark):
        yield "Deceased", died
