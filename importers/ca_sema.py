"""Canada's Consolidated Autonomous Sanctions List (Global Affairs Canada), XML.

Flat records under three sets of tags: of 2020, of March 2025 (ships came in), and bilingual since
24 August 2026. The file has neither a date nor a lasting reference: items are numbered anew when
a schedule is amended. A listing is therefore known by regulation and name, see `identities`.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii
from lxml import etree

from importers import ca_sema_names as names
from importers.base import (
    FormatProblem,
    ParsedDate,
    ParsedDesignation,
    ParsedEntry,
    ParsedIdentifier,
    ParsedName,
    Reading,
    Refused,
    entries,
)
from importers.reading.records import Row, whole
from importers.reading.xml import Element, local, xml_elements, xml_root
from importers.source import Part, Source

REGULATION, SCHEDULE, ITEM = "regulation", "schedule", "item"
LAST_NAME, GIVEN_NAME, ENTITY = "last name", "given name", "entity or ship"
TITLE, BORN, IMO = "title or ship type", "date of birth or build", "IMO number"
ALIASES, LISTED_ON = "aliases", "date of listing"
FIELDS = (
    *(REGULATION, LAST_NAME, GIVEN_NAME, ENTITY, TITLE, BORN, IMO),
    *(ALIASES, SCHEDULE, ITEM, LISTED_ON),
)

COMMON = {
    "Country": REGULATION,
    "LastName": LAST_NAME,
    "GivenName": GIVEN_NAME,
    "Aliases": ALIASES,
    "Schedule": SCHEDULE,
    "Item": ITEM,
    "DateOfListing": LISTED_ON,
}
TAG_SETS: Mapping[str, Mapping[str, str]] = {
    "sema-xml-2025": {
        **COMMON,
        "EntityOrShip": ENTITY,
        "TitleOrShip": TITLE,
        "DateOfBirthOrShipBuildDate": BORN,
        "ShipIMONumber": IMO,
    },
    "sema-xml-2020": {**COMMON, "Entity": ENTITY, "Title": TITLE, "DateOfBirth": BORN},
    "sema-xml-2026": {
        "Country-Pays": REGULATION,
        "LastName-NomDeFamille": LAST_NAME,
        "GivenName-Prenom": GIVEN_NAME,
        "EntityOrShip-EntiteOuNavire": ENTITY,
        "TitleOrShipType-TitreOuTypeDeNavire": TITLE,
        "DateOfBirthOrShipBuildDate-DateDeNaissanceOuDateDeConstructionDuNavire": BORN,
        "ShipIMONumber-NumeroOMIDuNavire": IMO,
        "Aliases-Alias": ALIASES,
        "Schedule-Annexe": SCHEDULE,
        "Item-NumeroDarticle": ITEM,
        "DateOfListing-DateDinscription": LISTED_ON,
    },
}
FIELD_OF = {tag: field for tags in TAG_SETS.values() for tag, field in tags.items()}
SETS_WITH = {tag: {name for name, tags in TAG_SETS.items() if tag in tags} for tag in FIELD_OF}

SHIP_SCHEDULES = frozenset({("russia", "1.1")})  # SOR/2014-58, schedule 1.1: ships only
RENAMED_REGULATIONS = {"burma": "myanmar (burma)"}  # SOR/2007-285, both labels were in use
BILINGUAL = re.compile(r"\s[/|]\s")
ALTERNATIVE = re.compile(r"\s+or\s+|;", re.IGNORECASE)
PLACEHOLDER = re.compile(r"(?:n/?a|nil|none|unknown|tbd|[\s./-]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its fields by our names, as they stand in the file, and its identity."""

    fields: Mapping[str, str]
    line: int
    raw: str
    where: str
    identity: str = ""

    @property
    def regulation(self) -> str:
        return english(self.fields[REGULATION])

    @property
    def schedule(self) -> str:
        return english(self.fields[SCHEDULE])

    @property
    def reference(self) -> str:
        return f"{self.regulation}|{self.schedule}|{self.fields[ITEM].strip()}"


def read(source: Source) -> Reading:
    """Read an edition. Raises Refused for anything but one XML file with the root <data-set>."""
    if len(source.parts) != 1:
        raise Refused(f"{source.name}: holds {len(source.parts)} files; this list is one XML file.")
    part = source.parts[0]
    root = xml_root(part)
    if root is None or root.name != "data-set":
        what = f"the root is <{root.name}>" if root else "it is not XML"
        raise Refused(f"{part.name}: not the Canadian list, whose root is <data-set>: {what}.")
    tags_in_use = set(TAG_SETS)
    records = identities([_record(element, part, tags_in_use) for element in _elements(part)])
    return Reading(
        format=next(name for name in TAG_SETS if name in tags_in_use),
        published_on=None,
        entries=entries(((record.reference, record.line, record) for record in records), parse),
    )


def parse(record: Record) -> ParsedEntry:
    row = Row(record.fields, record.where, record.line)
    last_name, given_name, entity = row.take(LAST_NAME), row.take(GIVEN_NAME), row.take(ENTITY)
    if bool(entity) is bool(last_name or given_name):
        raise row.entry_problem("names neither or both of a person and an entity or ship")
    if not record.regulation:
        raise row.entry_problem("names no regulation")
    title, born, imo = row.take(TITLE), row.take(BORN), row.take(IMO)
    number, displaced_name = imo_or_name(imo)
    # A blank IMO number does not make an entity of a ship: only ships have a type or are built.
    in_ship_schedule = (record.regulation.casefold(), record.schedule) in SHIP_SCHEDULES
    is_ship = bool(entity and (number or title or born or in_ship_schedule))
    aliases = names.aliases(row.take(ALIASES), person=not entity)
    stated = (
        entity_names(entity) if entity else person_names(last_name=last_name, given_name=given_name)
    )
    entry = ParsedEntry(
        reference=record.reference,
        identity=record.identity,
        kind="ship" if is_ship else "entity" if entity else "person",
        names=(
            *stated,
            *(ParsedName(displaced_name, "variation") for _ in [0] if displaced_name),
            *(_alias(called) for called in aliases),
        ),
        designations=(
            ParsedDesignation(
                code=record.regulation, act=act(record.schedule), listed_on=row.take(LISTED_ON)
            ),
        ),
        line=record.line,
        raw=record.raw,
        birth_dates=() if entity else birth_dates(born),
        titles=(english(title),) if title and not entity else (),
        identifiers=(ParsedIdentifier("IMO number", number),) if number else (),
        details=(("Ship type", ship_type(title)), ("Build date", born)) if is_ship else (),
    )
    row.finish(unused=frozenset({REGULATION, SCHEDULE, ITEM}))
    return entry


def identities(records: list[Record]) -> list[Record]:
    """Give each record what it is known by, whatever its item number.

    The identity is a hash of the English regulation (by its present label) and the name: letters
    and digits without accents and case, a person's words in any order and an entity's without
    blanks, brackets and French half. Of several records with one name under one regulation the
    first listed keeps this identity (then by schedule and item), so that a namesake listed later
    takes nothing from it; the others add birth or build date (or else IMO number) and schedule,
    and a count if even these are alike.
    """
    groups: dict[str, list[int]] = {}
    for place, record in enumerate(records):
        groups.setdefault(_identity(record), []).append(place)
    taken: set[str] = set()
    identity_of: dict[int, str] = {}
    for base, places in groups.items():
        for place in sorted(places, key=lambda place: _order(records[place])):
            identity = base
            if identity in taken:
                fields = records[place].fields
                told_apart = fields[BORN].strip() or fields[IMO].strip()
                identity = _hash(base, told_apart, records[place].schedule)
            copies = 1
            while identity in taken:
                copies += 1
                identity = _hash(base, str(copies))
            taken.add(identity)
            identity_of[place] = identity
    return [
        Record(record.fields, record.line, record.raw, record.where, identity_of[place])
        for place, record in enumerate(records)
    ]


@lru_cache(maxsize=4096)
def english(text: str) -> str:
    """The English part of `English / French` or `English | French`, trimmed outside only."""
    return BILINGUAL.split(text, maxsplit=1)[0].strip()


def ship_type(text: str) -> str:
    """The English part of `English | French`: a slash is a part of the English type."""
    return text.partition(" | ")[0].strip()


def act(schedule: str) -> str:
    """The schedule as the regulations write it: the list has `1,Part 3` and, for none, `N/A`."""
    return "" if PLACEHOLDER.fullmatch(schedule) else ", ".join(re.split(r"\s*,\s*", schedule))


def imo_or_name(text: str) -> tuple[str, str]:
    """The IMO number in its column, or the name that slipped into it from the aliases."""
    if match := re.search(r"(?<!\d)\d{7}(?!\d)", text):
        return match[0], ""
    if PLACEHOLDER.fullmatch(text):
        return "", ""
    digits = sum(map(str.isdigit, text))
    return (text, "") if digits * 2 > len(text) else ("", names.flat(text))


def person_names(*, last_name: str, given_name: str) -> tuple[ParsedName, ...]:
    """The stated name, and its variation where a part has another spelling in brackets."""
    last, other_last = names.name_in_brackets(last_name)
    given, other_given = names.name_in_brackets(given_name)
    primary = _person(given, last, "primary")
    if not other_last and not other_given:
        return (primary,)
    return primary, _person(other_given or given, other_last or last, "variation")


def entity_names(text: str) -> tuple[ParsedName, ...]:
    name, others = names.entity_name(text)
    return ParsedName(name, "primary"), *(_alias(called) for called in others)


def birth_dates(text: str) -> tuple[ParsedDate, ...]:
    """Alternatives are kept apart: between two days lies no third."""
    return tuple(ParsedDate(each) for each in ALTERNATIVE.split(text) if each)


def _person(given: str, last: str, role: str) -> ParsedName:
    return ParsedName(f"{given} {last}".strip(), role, (("given", given), ("family", last)))


def _alias(called: names.Called) -> ParsedName:
    return ParsedName(called.name, "former" if called.former else "alias", language=called.language)


def _elements(part: Part) -> Iterator[Element]:
    """Yield the records; nothing but records may stand beside or after them."""
    for element in xml_elements(part, frozenset({"record", "data-set"})):
        is_record = local(element.tag) == "record"
        for other in [element.getprevious()] if is_record else element:
            if other is not None and isinstance(other.tag, str) and local(other.tag) != "record":
                raise _problem(part, other, f"unknown tag <{local(other.tag)}>")
        if is_record:
            yield element


def _record(element: Element, part: Part, tags_in_use: set[str]) -> Record:
    """Read a record; `tags_in_use` is narrowed to the tag sets that all tags so far belong to."""
    fields = dict.fromkeys(FIELDS, "")
    seen: set[str] = set()
    for child in element:
        if not isinstance(child.tag, str):
            continue
        tag = local(child.tag)
        if tag not in FIELD_OF:
            raise _problem(part, child, f"unknown tag <{tag}>")
        if tag in seen:
            raise _problem(part, child, f"<{tag}> stands twice in one record")
        if len(child) or child.attrib:
            raise _problem(part, child, f"<{tag}> holds more than text")
        tags_in_use &= SETS_WITH[tag]
        if not tags_in_use:
            raise _problem(part, child, f"<{tag}> is of another set of tags than those before it")
        seen.add(tag)
        fields[FIELD_OF[tag]] = child.text or ""
    if element.attrib:
        raise _problem(part, element, f"unknown attributes {sorted(element.attrib)} of <record>")
    return Record(
        fields=fields,
        line=_line(element),
        raw=etree.tostring(element, encoding="unicode", with_tail=False),
        where=part.name,
    )


def _identity(record: Record) -> str:
    regulation = " ".join(record.regulation.casefold().split())
    entity = record.fields[ENTITY]
    if entity:
        name = _letters(names.entity_name(entity)[0])
    else:
        words = f"{record.fields[GIVEN_NAME]} {record.fields[LAST_NAME]}".split()
        name = "".join(sorted(filter(None, map(_letters, words))))
    return _hash(RENAMED_REGULATIONS.get(regulation, regulation), name)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, anyascii(text).casefold()))


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]


def _order(record: Record) -> tuple[str, str, int, int]:
    number = whole(record.fields[ITEM].strip()) or 0
    return record.fields[LISTED_ON].strip(), record.schedule, number, record.line


def _problem(part: Part, element: Element, what: str) -> FormatProblem:
    return FormatProblem(
        f"{part.name}, line {_line(element)}: {what}. The list has changed its format, or this is "
        "another file."
    )


def _line(element: Element) -> int:
    line: int = element.sourceline or 0  # type: ignore[assignment]
    return line
