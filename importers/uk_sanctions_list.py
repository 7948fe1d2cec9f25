"""UK Sanctions List, published by the FCDO as XML and as CSV with a row for every combination.

The only partner list that states both measures for each designation: what is not among the
sanctions imposed is not imposed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Protocol

from importers.base import (
    EntryProblem,
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
from importers.reading.xml import xml_root
from importers.source import Part, Source
from importers.uk_identifiers import national, passport, registered
from importers.uk_rows import Table
from importers.uk_wording import address, birth_place, each_of, name, others_of, paired
from importers.uk_xml import EACH, ONCE, TOGETHER, designations

NAMES, SCRIPTS, ADDRESSES, BIRTHS, PASSPORTS, NATIONAL = (
    tuple(columns.values()) for _tag, columns in TOGETHER.values()
)
COLUMNS = (
    *ONCE.values(),
    *(column for _tag, column in EACH.values()),
    *(column for _tag, columns in TOGETHER.values() for column in columns.values()),
)
SINCE_2025 = frozenset({"OFSI Group ID"})
RENAMED = {"Individual, Entity, Ship": "Designation Type"}

MEASURES = {"assetfreeze": "Asset freeze", "travelban": "Travel Ban"}
NEARLY = {"assetfreeze": "freez", "travelban": "travel"}
SEE = re.compile(r"\W*\bsee\W+other information\W*$", re.IGNORECASE)
RELATIONS = {
    "Parent company": "Parent company",
    "Subsidiaries": "Subsidiary",
    "Current owner/operator (s)": "Current owner/operator",
    "Previous owner/operator (s)": "Previous owner/operator",
}
DETAILS = (
    "Type of entity",
    "Phone number",
    "Website",
    "Type of ship",
    "Current believed flag of ship",
    "Previous flags",
    "Tonnage of ship",
    "Length of ship",
    "Year Built",
)


class Record(Protocol):
    """A designation in either encoding, read by the column names of the CSV."""

    @property
    def reference(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def raw(self) -> str: ...
    def once(self, column: str) -> str: ...
    def each(self, column: str) -> Sequence[str]: ...
    def together(self, columns: tuple[str, ...]) -> Sequence[tuple[str, ...]]: ...


def read(source: Source) -> Reading:
    """Tell XML from CSV by content and begin to read; anything else is refused.

    XML and CSV of one day, given together, are one edition: both say the same.
    """
    readings = {reading.format: reading for reading in map(_read, source.parts)}
    dates = {reading.published_on for reading in readings.values()}
    if len(readings) < len(source.parts) or len(dates) > 1:
        raise Refused(
            f"{source.name}: several files of this list, of different days or of one format. Give "
            "one edition at a time."
        )
    return readings.get("XML") or readings["CSV"]


def _read(part: Part) -> Reading:
    root = xml_root(part)
    if root is None:
        return _read_csv(part)
    if root.name != "Designations":
        raise Refused(
            f"{part.name}: its root is <{root.name}>, not the <Designations> of the UK Sanctions "
            "List. Give UK-Sanctions-List.xml or .csv."
        )
    dated, records = designations(part)
    return Reading(
        "XML",
        _published_on(part, dated),
        entries(records, lambda record: entry(record, record.indicators)),
    )


def _read_csv(part: Part) -> Reading:
    if part.content[:1] == b"<" or b"\x00" in part.content[:512]:
        raise Refused(f"{part.name}: neither XML nor CSV. Give UK-Sanctions-List.xml or .csv.")
    rows = csv_rows(part, decode(part, "utf-8-sig", "cp1252", "latin-1"))
    _line, first = next(rows, (0, [""]))
    if first[0].startswith("Last Updated") and "Unique ID" not in first:
        raise Refused(
            f"{part.name}: this is OFSI's consolidated list. Import it as uk-ofsi-conlist."
        )
    if not first[0].startswith("Report Date:"):
        raise Refused(
            f'{part.name}: begins with "{first[0][:60]}", where the UK Sanctions List states its '
            "Report Date. Give the file as the publisher gives it."
        )
    line, header = next(rows, (0, [""]))
    table = Table.of(
        f"{part.name}, line {line}",
        header,
        columns=COLUMNS,
        optional=SINCE_2025,
        renamed=RENAMED,
    )
    return Reading(
        "CSV",
        _published_on(part, first[0].removeprefix("Report Date:")),
        entries(table.entries(rows, "Unique ID"), entry),
    )


def _published_on(part: Part, stated: str) -> date:
    published_on = plain_date(stated, order="dmy")
    if published_on is None:
        raise FormatProblem(f"{part.name}: the list's date {stated.strip()!r} can not be read")
    return published_on


def entry(record: Record, indicators: Mapping[str, str] | None = None) -> ParsedEntry:
    """Put one designation together. `indicators` are the XML's flags, true or false per measure."""
    kind = record.once("Designation Type")
    remark = record.once("Other Information")
    return ParsedEntry(
        reference=record.reference,
        kind=kind,
        names=tuple(_names(record, person=kind == "Individual")),
        designations=(_designation(record, indicators or {}),),
        line=record.line,
        raw=record.raw,
        birth_dates=tuple(map(ParsedDate, record.each("D.O.B"))),
        birth_places=tuple(
            birth_place(*pair) for places in record.together(BIRTHS) for pair in paired(*places)
        ),
        nationalities=tuple(item.strip(" .") for item in each_of(record.each("Nationality(/ies)"))),
        genders=tuple(record.each("Gender")),
        titles=each_of(record.each("Title")),
        functions=each_of(record.each("Position")),
        identifiers=tuple(_identifiers(record)),
        addresses=tuple(
            address(lines, postcode, country)
            for *lines, postcode, country in record.together(ADDRESSES)
        ),
        relations=tuple(
            ParsedRelation(label, other)
            for column, label in RELATIONS.items()
            for other in others_of(record.each(column))
        ),
        details=tuple(_details(record, remark if kind == "Individual" else "")),
        remarks=(remark,) if remark else (),
    )


def _names(record: Record, *, person: bool) -> Iterator[ParsedName]:
    for *parts, role, strength in record.together(NAMES):
        yield name(parts, role, strength, person=person)
    for full, script, language in record.together(SCRIPTS):
        yield ParsedName(
            full, "Name non-latin script", (("whole", full),), script=script, language=language
        )


def _identifiers(record: Record) -> Iterator[ParsedIdentifier]:
    for label, column in (
        ("UN reference number", "UN Reference Number"),
        ("OFSI Group ID", "OFSI Group ID"),
    ):
        if stated := record.once(column):
            yield ParsedIdentifier(label, stated)
    for pair in record.together(PASSPORTS):
        for number, note in paired(*pair):
            yield passport(number, note)
    for pair in record.together(NATIONAL):
        for number, note in paired(*pair):
            yield from national(number, note)
    for text in each_of(record.each("Business registration number (s)")):
        yield from registered(text)
    for number in each_of(record.each("IMO number")):
        yield ParsedIdentifier("IMO number", number.removeprefix("IMO").strip(" :"))
    for number in each_of(record.each("Hull identification number (HIN)")):
        yield ParsedIdentifier("Hull identification number", number)


def _details(record: Record, remark: str) -> Iterator[tuple[str, str]]:
    for column in DETAILS:
        for value in each_of(record.each(column)):
            yield column, value
    for value in each_of(record.each("Email address")):
        parts = re.split(r"[;,\s]+", value.strip(" ;,"))
        for part in parts if all("@" in part for part in parts) else (value,):
            yield "Email address", part
    if died := death(remark):
        yield "Deceased", died


def _designation(record: Record, indicators: Mapping[str, str]) -> ParsedDesignation:
    try:
        stated, other_measures = _measures(
            record.once("Sanctions Imposed"), tuple(indicators.items())
        )
    except ValueError as problem:
        raise EntryProblem(f"line {record.line}: {record.reference}: {problem}") from None
    reason = record.once("UK Statement of Reasons")
    return ParsedDesignation(
        code=record.once("Regime Name"),
        stated=stated,
        other_measures=other_measures,
        authority=" and ".join(record.once("Designation source").split("|")),
        listed_on=record.once("Date Designated"),
        amended_on=record.once("Last Updated"),
        reason=reason,
        reason_language="en" if reason else "",
    )


@lru_cache(maxsize=1024)
def _measures(
    text: str, indicators: tuple[tuple[str, str], ...]
) -> tuple[tuple[tuple[str, bool], ...], tuple[str, ...]]:
    """The two measures with yes or no, and the names of all others.

    A measure is left out where the file does not settle it: neither named nor flagged, named in
    words that are only nearly its own, or named one way and flagged the other. Raises ValueError
    for a flag that is neither true nor false.
    """
    imposed = dict.fromkeys(filter(None, (SEE.sub("", each).strip() for each in text.split("|"))))
    words = {_squeezed(each): each for each in imposed}
    flags = {_squeezed(flag): _truth(flag, value) for flag, value in indicators if value}
    stated = []
    for measure, label in MEASURES.items():
        answers = {flags[measure]} if measure in flags else set()
        if measure in words:
            answers.add(True)
        elif words and not any(NEARLY[measure] in word for word in words):
            answers.add(False)
        if len(answers) == 1:
            stated.append((label, answers.pop()))
    others = [each for word, each in words.items() if word not in MEASURES]
    for flag, _value in indicators:
        if flags.get(_squeezed(flag)) and _squeezed(flag) not in words.keys() | MEASURES.keys():
            others.append(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", flag))
    return tuple(stated), tuple(others)


def _truth(flag: str, value: str) -> bool:
    match value.casefold():
        case "true":
            return True
        case "false":
            return False
    raise ValueError(f"{flag} is {value!r}, neither true nor false")


def _squeezed(words: str) -> str:
    return re.sub(r"\W+", "", words).casefold()
