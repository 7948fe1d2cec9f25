"""A partner's submission: public acts that no machine-readable list carries, CSV or XLSX.

An officer copies the template and hands in press statements and gazette notices, one act a row;
`docs/partner-submission.md` explains the columns. One file speaks for one partner and replaces
that partner's last one. A file with any error is refused whole and kept nowhere, since it may
hold what must not be kept; for the same reason no message repeats what stands in a cell.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from importers.base import (
    FormatProblem,
    ParsedDate,
    ParsedDesignation,
    ParsedEntry,
    ParsedIdentifier,
    ParsedName,
    ParsedPlace,
    Reading,
    Refused,
)
from importers.normalise.countries import country
from importers.normalise.dates import birth_date
from importers.reading.text import csv_rows, decode
from importers.reading.workbook import xlsx_rows
from importers.source import Part, Source
from registry.domain.partial_date import Precision

PARTNERS = ("US", "EU", "UK", "CA")
KINDS = ("person", "entity", "vessel", "aircraft")
ANSWERS = {"yes": True, "no": False, "unknown": None}
PUBLIC = ("public", "tlp:clear")
IDENTIFIERS = ("passport", "national_id", "tax_number", "registration_number", "imo_number")
MEASURES = ("asset_freeze", "travel_ban")
MOST_ROWS, LONGEST_CELL, MOST_ERRORS = 5_000, 4_000, 50


class Several(fields.List[str]):
    """Values in one cell, separated by semicolons."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> list[Any]:
        parts = [part.strip() for part in str(value).split(";")]
        return super()._deserialize([part for part in parts if part], *args, **kwargs)


def is_public(marking: str) -> None:
    if marking.casefold() not in PUBLIC:
        raise ValidationError("only public and TLP:CLEAR rows can be handed in")


def is_day(text: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise ValidationError("is no day: write it as 2024-02-29") from None


def is_birth_date(text: str) -> None:
    if birth_date(text).precision is Precision.UNKNOWN:
        raise ValidationError("is no date: write 1965, 1965-04, 1965-04-16 or circa 1965")


def is_country(text: str) -> None:
    if not country(text).code:
        raise ValidationError("is no known country: write its English name or its ISO code")


def is_imo_number(text: str) -> None:
    """Seven digits, of which the last ends the sum of the others weighted 7 to 2."""
    if re.fullmatch(r"\d{7}", text):
        weighted = (
            int(digit) * weight for digit, weight in zip(text[:6], range(7, 1, -1), strict=True)
        )
        if sum(weighted) % 10 == int(text[6]):
            return
    raise ValidationError("is no IMO number: seven digits of which the last is a check")


SHORT = validate.Length(max=LONGEST_CELL, error="is too long")
GIVEN: dict[str, Any] = {"required": True, "error_messages": {"required": "is missing"}}
LEFT_OUT: dict[str, Any] = {"load_default": ""}


def _one_of(words: Iterable[str]) -> validate.OneOf:
    choices = list(words)
    return validate.OneOf(choices, error=f"is none of {', '.join(choices)}")


def _several(*checks: Any) -> Several:
    return Several(fields.String(validate=[SHORT, *checks]), load_default=list)


class Row(Schema):
    """One row; the fields are the template's columns, in its order."""

    reference = fields.String(validate=SHORT, **GIVEN)
    partner = fields.String(validate=_one_of(PARTNERS), **GIVEN)
    authority = fields.String(validate=SHORT, **GIVEN)
    kind = fields.String(validate=_one_of(KINDS), **GIVEN)
    name = fields.String(validate=SHORT, **GIVEN)
    original_name = fields.String(validate=SHORT, **LEFT_OUT)
    aliases = _several()
    weak_aliases = _several()
    birth_date = _several(is_birth_date)
    birth_place = fields.String(validate=SHORT, **LEFT_OUT)
    nationality = _several(is_country)
    gender = fields.String(validate=_one_of(("male", "female")), **LEFT_OUT)
    position = fields.String(validate=SHORT, **LEFT_OUT)
    passport = _several()
    national_id = _several()
    tax_number = _several()
    registration_number = _several()
    imo_number = _several(is_imo_number)
    programme = fields.String(validate=SHORT, **GIVEN)
    legal_act = fields.String(validate=SHORT, **GIVEN)
    asset_freeze = fields.String(validate=_one_of(ANSWERS), **GIVEN)
    travel_ban = fields.String(validate=_one_of(ANSWERS), **GIVEN)
    other_measures = _several()
    listed_on = fields.String(validate=is_day, **GIVEN)
    source_url = fields.Url(
        schemes={"http", "https"},
        required=True,
        error_messages={"required": "is missing", "invalid": "is no web address"},
    )
    reason = fields.String(validate=SHORT, **LEFT_OUT)
    marking = fields.String(validate=is_public, **GIVEN)


COLUMNS = tuple(Row().fields)
WORDS = ("partner", "kind", "gender", *MEASURES)  # in any case of letters

Record = tuple[int, dict[str, str]]


def read(source: Source) -> Reading:
    """Read a submission. Raises Refused with every error by row and column."""
    return Reading(
        format="partner-submission",
        published_on=None,
        entries=[_entry(line, row) for line, row in _checked(source)],
    )


def partner(source: Source) -> str:
    """The partner for which a submission speaks. Raises Refused as `read` does."""
    return str(_checked(source)[0][1]["partner"])


def _checked(source: Source) -> list[tuple[int, dict[str, Any]]]:
    try:
        name, records = _records(source)
    except FormatProblem as problem:  # which would keep the file
        raise Refused(str(problem)) from problem
    errors = [
        f"row {line}, {column}: {message}"
        for line, record in records
        for column, message in _errors(record)
    ]
    errors += _errors_between(records)
    if errors:
        raise _refused(name, errors)
    schema = Row()
    return [(line, schema.load(record)) for line, record in records]


def _errors(record: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for column, messages in Row().validate(record).items():
        # A cell of several values has the messages of each by its place.
        told = messages.values() if isinstance(messages, dict) else [messages]
        for message in sorted({message for each in told for message in each}):
            yield column, message


def _errors_between(records: list[Record]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for line, record in records:
        reference = record.get("reference", "")
        if reference in seen:
            yield f"row {line}, reference: stands in row {seen[reference]} already"
        elif reference:
            seen[reference] = line
    if len({record.get("partner") for _, record in records} & set(PARTNERS)) > 1:
        yield "partner: one file speaks for one partner"


def _records(source: Source) -> tuple[str, list[Record]]:
    if len(source.parts) != 1:
        raise Refused(f"{source.name}: holds {len(source.parts)} files; a submission is one file.")
    part = source.parts[0]
    rows = _rows(part)
    _, header = next(rows, (0, []))
    columns = [" ".join(column.split()).casefold() for column in header]
    while columns and not columns[-1]:
        columns.pop()
    if not {"reference", "source_url", "marking"} & set(columns):
        raise Refused(f"{part.name}: not a submission: its first row is not that of the template.")
    errors = [
        f"row 1, {column}: the column is missing" for column in COLUMNS if column not in columns
    ]
    errors += [
        f"row 1, {column or 'a blank name'}: no column of the template"
        for column in columns
        if column not in COLUMNS
    ]
    errors += [f"row 1, {column}: stands twice" for column in COLUMNS if columns.count(column) > 1]
    if errors:
        raise _refused(part.name, errors)
    records = [(line, _record(columns, cells)) for line, cells in rows]
    if not records:
        raise Refused(f"{part.name}: holds no row. Fill in the template first.")
    if len(records) > MOST_ROWS:
        raise Refused(f"{part.name}: {len(records):,} rows; at most {MOST_ROWS:,} are read.")
    return part.name, records


def _record(columns: list[str], cells: list[str]) -> dict[str, str]:
    record = {
        column: cell.casefold() if column in WORDS else cell
        for column, cell in zip(columns, cells, strict=False)
        if cell
    }
    if "partner" in record:
        record["partner"] = record["partner"].upper()
    if any(cells[len(columns) :]):
        record["a cell beyond the last column"] = ""
    return record


def _rows(part: Part) -> Iterator[tuple[int, list[str]]]:
    if part.content.startswith(b"PK\x03\x04"):
        for line, values in xlsx_rows(part):
            yield line, [_cell(value) for value in values]
        return
    text = decode(part, "utf-8-sig", "cp1252")
    header = text.partition("\n")[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    for line, cells in csv_rows(part, text, delimiter=delimiter):
        if any(cell.strip() for cell in cells):
            yield line, [_cell(cell) for cell in cells]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _entry(line: int, row: dict[str, Any]) -> ParsedEntry:
    return ParsedEntry(
        reference=row["reference"],
        kind=row["kind"],
        partner=row["partner"],
        names=(
            ParsedName(row["name"], "name"),
            *(ParsedName(text, "original_name") for text in [row["original_name"]] if text),
            *(ParsedName(alias, "aliases") for alias in row["aliases"]),
            *(ParsedName(alias, "weak_aliases") for alias in row["weak_aliases"]),
        ),
        designations=(
            ParsedDesignation(
                code=row["programme"],
                act=row["legal_act"],
                stated=tuple(
                    (measure, answer)
                    for measure in MEASURES
                    if (answer := ANSWERS[row[measure]]) is not None
                ),
                other_measures=tuple(row["other_measures"]),
                authority=row["authority"],
                listed_on=row["listed_on"],
                reason=row["reason"],
                source_url=row["source_url"],
            ),
        ),
        line=line,
        raw=json.dumps(row, ensure_ascii=False),
        birth_dates=tuple(ParsedDate(text) for text in row["birth_date"]),
        birth_places=tuple(ParsedPlace(text) for text in [row["birth_place"]] if text),
        nationalities=tuple(row["nationality"]),
        genders=tuple(text for text in [row["gender"]] if text),
        functions=tuple(text for text in [row["position"]] if text),
        identifiers=tuple(
            ParsedIdentifier(label, value) for label in IDENTIFIERS for value in row[label]
        ),
    )


def _refused(name: str, errors: list[str]) -> Refused:
    shown = errors[:MOST_ERRORS]
    if len(errors) > len(shown):
        shown.append(f"and {len(errors) - len(shown)} more")
    lines = "\n  ".join(shown)
    count = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
    return Refused(f"{name}: {count}, nothing was imported\n  {lines}")
