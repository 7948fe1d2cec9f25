"""European Union: consolidated travel bans of the Sanctions Map, one file or several."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from importers import eu_xml
from importers.base import ParsedEntry, Reading, Refused, ReportedEntry, entries
from importers.eu_entity import Block, Entity, parsed
from importers.source import Source

MEASURE = "travel ban"
LISTS = (
    "designations",
    "birth_dates",
    "birth_places",
    "citizenships",
    "genders",
    "titles",
    "functions",
    "identifiers",
    "addresses",
    "details",
    "remarks",
)
FEWEST = 5  # the smallest list ever published has thousands; a handful is an excerpt


def read(source: Source) -> Reading:
    """Read every XML file of an edition. Refused for another list or a piece of this one."""
    dates: list[date] = []
    number = coded = decisions = 0
    for part in source.parts:
        seen = eu_xml.signs(part)
        if seen is None:
            raise Refused(f"{part.name}: not EU XML 1.1, the format of the travel-ban files")
        coded, decisions = coded + seen.coded, decisions + seen.decisions
        number += seen.entities
        if seen.generated_on:
            dates.append(seen.generated_on)
    if coded >= decisions:
        raise Refused(
            f"{source.name}: its entries do not stand on Council decisions: not the travel bans. "
            "The list of asset freezes is imported as eu-fsf."
        )
    if number < FEWEST:
        raise Refused(
            f"{source.name}: {number} entities: a piece of the list. Import the whole file."
        )
    records = (
        (entity.reference, entity.line, entity)
        for part in source.parts
        for entity in eu_xml.entities(part)
    )
    return Reading(eu_xml.FORMAT, max(dates, default=None), _together(entries(records, _parse)))


def _parse(entity: Entity) -> ParsedEntry:
    """Read an entity; a few are two remarks only, a person's name and the particulars."""
    if entity.subjects or entity.names or len(entity.own.remarks) != 2:
        return parsed(entity, MEASURE)
    named, particulars = entity.own.remarks
    name = named.split("(")[0].strip() or named
    entity.names = [Block({"wholeName": name})]
    entity.subjects = [Block({"code": "person"})]
    entity.own.remarks = [particulars] if name == named else [named, particulars]
    entry = parsed(entity, MEASURE)
    return entry if entry.reference else replace(entry, identity=f"name {name.casefold()}")


def _together(
    found: Iterator[ParsedEntry | ReportedEntry],
) -> Iterator[ParsedEntry | ReportedEntry]:
    """Make one entry of those that share a reference: banned under several decisions.

    Each file of an edition holds other decisions, so one person may stand in two of them.
    """
    whole: dict[str, ParsedEntry | ReportedEntry] = {}
    for number, entry in enumerate(found):
        if isinstance(entry, ReportedEntry):
            whole[f"reported {number}"] = entry
            continue
        key = entry.identity or entry.reference or f"line {number}"
        earlier = whole.get(key)
        whole[key] = _merged(earlier, entry) if isinstance(earlier, ParsedEntry) else entry
    yield from whole.values()


def _merged(one: ParsedEntry, other: ParsedEntry) -> ParsedEntry:
    names = [
        each if place or each in one.names else replace(each, role="alias")
        for place, each in enumerate(other.names)
    ]
    together: dict[str, Any] = {
        name: tuple(dict.fromkeys((*getattr(one, name), *getattr(other, name)))) for name in LISTS
    }
    return replace(
        one,
        kind=one.kind or other.kind,
        raw=f"{one.raw}\n{other.raw}",
        names=tuple(dict.fromkeys((*one.names, *names))),
        **together,
    )
