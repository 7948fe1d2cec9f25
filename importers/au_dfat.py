"""Australia's Consolidated List (DFAT), XLSX: one row per name, the rows of one entry together.

Rows belong to one entry by the numeric part of their reference: 2, 2a, 2b. Until November 2025
there were 12 columns and no word on measures; since then each row states them.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from importers import au_dfat_texts as texts
from importers.base import (
    EntryProblem,
    FormatProblem,
    ParsedDesignation,
    ParsedEntry,
    ParsedIdentifier,
    ParsedName,
    Reading,
    Refused,
    ReportedEntry,
)
from importers.normalise.dates import plain_date
from importers.reading.workbook import xlsx_sheet
from importers.source import Source

REFERENCE, NAME = "Reference", "Name of Individual or Entity"
KIND, NAME_TYPE, STRENGTH = "Type", "Name Type", "Alias Strength"
BORN, BIRTHPLACE, CITIZENSHIP = "Date of Birth", "Place of Birth", "Citizenship"
ADDRESS, INFORMATION, LISTING = "Address", "Additional Information", "Listing Information"
IMO, COMMITTEES, CONTROL_DATE = "IMO Number", "Committees", "Control Date"
INSTRUMENT = "Instrument of Designation"
MEASURES = ("Targeted Financial Sanction", "Travel Ban")
OTHER_MEASURES = ("Arms Embargo", "Maritime Restriction")
ALWAYS = frozenset(
    {REFERENCE, NAME, KIND, NAME_TYPE, BORN, BIRTHPLACE, CITIZENSHIP, ADDRESS, INFORMATION}
    | {LISTING, COMMITTEES, CONTROL_DATE}
)
SINCE_2025 = frozenset({STRENGTH, IMO, INSTRUMENT, *MEASURES, *OTHER_MEASURES})

ANSWERS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
TWO_COMMITTEES = re.compile(r"(?<=\))\s+(?=\d{3,4}\b|Autonomous\b)")
UN_REFERENCE = re.compile(
    r"^\W*(?:(?:UN|permanent)\s+(?:permanent\s+)?ref(?:erence)?(?:\s*(?:no|number))?[.:\s]*)?"
    r"([A-Z]{2}[ie]\.\d{3})\b",
    re.IGNORECASE,
)
FORMER = re.compile(
    r"\s*\((?:formerly|previously)\s+listed\s+as\b[\s.,]*(?:in\s+\w+:\s*)?([^)]*)\)\s*$",
    re.IGNORECASE,
)
ACT = re.compile(r"\b(?:Instrument|Regulations?|Autonomous Sanctions|Charter|Designation|Act)\b")
DATE_IN_SHEET_NAME = re.compile(rf"{texts.DAY}|(?<!\d)20\d{{6}}(?!\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its columns: texts as cleaned for reading, values as in the cells, none blank."""

    number: int
    texts: dict[str, str]
    values: dict[str, Any]

    def get(self, column: str) -> str:
        return self.texts.get(column, "")

    @property
    def entry(self) -> str:
        """The numeric part of the reference; the whole text where there is none."""
        match = re.match(r"\d+", self.get(REFERENCE))
        return match[0] if match else self.get(REFERENCE)

    @property
    def is_primary(self) -> bool:
        return self.get(NAME_TYPE).casefold() == "primary name"


Block = tuple[Row, ...]


def read(source: Source) -> Reading:
    """Read an edition. Raises Refused for anything but a workbook with the list's header."""
    if len(source.parts) != 1:
        raise Refused(f"{source.name}: holds {len(source.parts)} files; this list is one workbook.")
    part = source.parts[0]
    if not part.content.startswith(b"PK\x03\x04"):
        raise Refused(f"{part.name}: not the DFAT list, which is an XLSX workbook.")
    sheet = xlsx_sheet(part)
    columns = [
        texts.clean(value) if isinstance(value, str) else value
        for value in next(sheet.rows, (0, []))[1]
    ]
    if not {REFERENCE, NAME} <= set(columns):
        raise Refused(
            f"{part.name}: not the DFAT list: its first row has no columns {REFERENCE!r} and "
            f"{NAME!r}."
        )
    named = [column for column in columns if column not in (None, "")]
    gone, new = ALWAYS - set(named), set(named) - ALWAYS - SINCE_2025
    if gone or new or len(set(named)) < len(named):
        raise FormatProblem(
            f"{part.name}, line 1: the columns are not those of the DFAT list: gone "
            f"{sorted(gone)}, new {sorted(map(str, new))}, {len(named)} in all."
        )
    rows = [_row(part.name, columns, number, values) for number, values in sheet.rows]
    return Reading(
        format=f"dfat-xlsx-{len(named)}",
        published_on=published_on(sheet.name),
        entries=_entries([row for row in rows if any(row.texts.values())]),
    )


def published_on(sheet_name: str) -> date | None:
    """The date in the worksheet's name, which only later editions have."""
    match = DATE_IN_SHEET_NAME.search(sheet_name)
    if not match:
        return None
    text = match[0]
    return plain_date(
        f"{text[:4]}-{text[4:6]}-{text[6:]}" if text.isdecimal() else text, order="dmy"
    )


def parse(block: Block) -> ParsedEntry:
    """One entry from its rows; what rows say differently is all kept, the primary row's first."""
    reference = block[0].entry
    primaries = [row for row in block if row.is_primary]
    if not reference.isdecimal():
        raise _problem(block, f"the reference {reference!r} has no number")
    if len(primaries) != 1:
        raise _problem(block, f"{len(primaries)} primary names under one reference")
    rows = (primaries[0], *(row for row in block if not row.is_primary))
    kinds = {row.get(KIND).casefold() for row in rows}
    if len(kinds) != 1:
        raise _problem(block, f"more than one type: {', '.join(sorted(kinds))}")
    committees = [
        committee for text in _stated(rows, COMMITTEES) for committee in TWO_COMMITTEES.split(text)
    ]
    numbers = [ParsedIdentifier(IMO, text) for text in _stated(rows, IMO)]
    return ParsedEntry(
        reference=reference,
        kind=rows[0].get(KIND),
        names=tuple(name for row in rows for name in _names(row)),
        designations=tuple(_designation(committee, rows) for committee in committees),
        line=block[0].number,
        raw=json.dumps([row.values for row in block], ensure_ascii=False, default=str),
        birth_dates=tuple(each for text in _stated(rows, BORN) for each in texts.birth_dates(text)),
        birth_places=tuple(
            each for text in _stated(rows, BIRTHPLACE) for each in texts.places(text)
        ),
        citizenships=tuple(
            each for text in _stated(rows, CITIZENSHIP) for each in texts.citizenships(text)
        ),
        identifiers=(*numbers, *_un_references(rows, committees)),
        addresses=tuple(each for text in _stated(rows, ADDRESS) for each in texts.addresses(text)),
        remarks=(*_stated(rows, INFORMATION), *_stated(rows, LISTING)),
    )


def _entries(rows: list[Row]) -> Iterator[ParsedEntry | ReportedEntry]:
    """Parse the blocks of rows that stand together.

    A block without a primary name whose entry stands elsewhere is a name gone astray: it is
    read with its entry, and reported.
    """
    blocks = [tuple(group) for _, group in groupby(rows, key=lambda row: row.entry)]
    home_of = {
        place: home for place in range(len(blocks)) if (home := _home(blocks, place)) != place
    }
    for place, block in enumerate(blocks):
        if place in home_of:
            home_row, row = blocks[home_of[place]][0], block[0]
            yield ReportedEntry(
                row.get(REFERENCE),
                row.number,
                f"row {row.number}: {row.get(REFERENCE)} stands apart from its entry "
                f"{home_row.entry} (row {home_row.number}), to which its names were added",
            )
            continue
        guests = (row for guest, home in home_of.items() if home == place for row in blocks[guest])
        try:
            yield parse((*block, *guests))
        except EntryProblem as problem:
            yield ReportedEntry(block[0].entry, block[0].number, str(problem))


def _home(blocks: list[Block], place: int) -> int:
    """Where the entry of a block stands: elsewhere if it has no primary name and one other
    block of the same number, type and committee has."""
    block = blocks[place]
    if any(row.is_primary for row in block):
        return place
    homes = [
        other
        for other, rows in enumerate(blocks)
        if rows[0].entry == block[0].entry
        and any(row.is_primary for row in rows)
        and all(
            {row.get(column).casefold() for row in rows}
            == {row.get(column).casefold() for row in block}
            for column in (KIND, COMMITTEES)
        )
    ]
    return homes[0] if len(homes) == 1 else place


def _names(row: Row) -> Iterator[ParsedName]:
    text, strength = row.get(NAME), row.get(STRENGTH)
    role = f"{strength} alias" if strength.casefold() == "weak" else row.get(NAME_TYPE)
    match = FORMER.search(text)
    if match:
        text, role = text[: match.start()], "formerly listed as"
        if match[1].strip():
            yield ParsedName(match[1].strip(), role)
    yield ParsedName(text.strip(" ,;"), role, quality=strength)


def _designation(committee: str, rows: Block) -> ParsedDesignation:
    acts = [text for text in _stated(rows, INSTRUMENT) if not plain_date(text)]
    listings = _stated(rows, LISTING)
    days = [text for text in (*listings, *_stated(rows, INSTRUMENT)) if plain_date(text)]
    told = [texts.first_listed_on(text) for text in (*listings, *acts)]
    return ParsedDesignation(
        code=committee,
        act=next(iter(acts), next(filter(ACT.search, listings), "")),
        stated=tuple(
            (column, answer) for column in MEASURES if (answer := _answer(column, rows)) is not None
        ),
        other_measures=tuple(column for column in OTHER_MEASURES if _answer(column, rows)),
        listed_on=next(filter(None, (*told, *days)), ""),
        amended_on=max((row.get(CONTROL_DATE) for row in rows), default=""),
    )


def _answer(column: str, rows: Block) -> bool | None:
    """What the entry states of a measure: None where it says nothing."""
    answers = {row.get(column).casefold() for row in rows} - {""}
    if len(answers) > 1 or not answers <= ANSWERS.keys():
        raise _problem(rows, f"{column!r} is answered with {', '.join(sorted(answers))}")
    return ANSWERS[answers.pop()] if answers else None


def _un_references(rows: Block, committees: list[str]) -> Iterator[ParsedIdentifier]:
    """The party's own UN reference begins the information; those within it are of others."""
    if not any(committee[:1].isdigit() for committee in committees):
        return
    letter = {"individual": "i", "entity": "e"}.get(rows[0].get(KIND).casefold(), "")
    for text in _stated(rows, INFORMATION):
        match = UN_REFERENCE.match(text)
        if match and match[1][2].casefold() == letter:
            number = match[1]
            yield ParsedIdentifier("UN reference", f"{number[:2].upper()}{number[2:].lower()}")


def _stated(rows: Iterable[Row], column: str) -> list[str]:
    """What the rows say in a column, each once."""
    return list(dict.fromkeys(filter(None, (texts.stated(row.get(column)) for row in rows))))


def _row(where: str, columns: list[Any], number: int, values: list[Any]) -> Row:
    stated: dict[str, str] = {}
    kept: dict[str, Any] = {}
    for place, value in enumerate(values):
        column = columns[place] if place < len(columns) else None
        text = _text(value)
        if column in (None, ""):
            if text:
                raise FormatProblem(
                    f"{where}, line {number}: {text[:40]!r} stands in a column without a name"
                )
            continue
        stated[column] = text
        if value is not None:
            kept[column] = value
    return Row(number, stated, kept)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return texts.clean(str(value))


def _problem(block: Block, what: str) -> EntryProblem:
    return EntryProblem(f"row {block[0].number}, reference {block[0].entry}: {what}")
