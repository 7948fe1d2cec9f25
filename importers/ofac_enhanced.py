"""OFAC's ENHANCED XML (`sanctionsData`): names in their own scripts, typed relations, the date of
listing and the type of each sanction."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lxml import etree

from importers import ofac_remarks
from importers.base import (
    FormatProblem,
    ParsedAddress,
    ParsedDesignation,
    ParsedEntry,
    ParsedName,
    ParsedRelation,
    ReportedEntry,
    entries,
)
from importers.normalise.dates import plain_date
from importers.ofac_facts import Facts, entry, name, weak_note
from importers.ofac_words import Field, canonical, words
from importers.reading.xml import Element, Node, xml_elements
from importers.source import Part

ROOT = "sanctionsData"
HEAD = frozenset({"publicationInfo"})
ENTRIES = frozenset({"entity"})
SDN_LIST = "SDN List"
BLOCK = "Block"
PARTS = {
    "First Name": "given",
    "Middle Name": "middle",
    "Patronymic": "patronymic",
    "Last Name": "family",
    "Matronymic": "family",
    "Maiden Name": "maiden",
}
# Numbers that OFAC gives to things of its own; nothing is stated by them.
UNUSED = frozenset(
    {
        "id",
        "refId",
        "identityId",
        "featureTypeId",
        "versionId",
        "featureVersionId",
        "valueRefId",
        "nameId",
        "nameTranslationId",
        "isPrimary",
        "script",
    }
)
BIDI = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


@dataclass(frozen=True, slots=True)
class Head:
    """`programmes` are those to which the file was filtered when it was asked for."""

    published_on: date | None
    lists: tuple[str, ...]
    programmes: tuple[str, ...]


def read_head(part: Part) -> Head:
    """The day of the data and the filters. FormatProblem if there is no head."""
    for element in xml_elements(part, HEAD | ENTRIES):
        node = Node(element, part.name)
        if node.tag not in HEAD:
            break
        published_on = plain_date(node.text("dataAsOf"))
        filters = node.one("filters")
        if filters is None:
            return Head(published_on, (), ())
        lists = tuple(
            each.value
            for group in filters.all("sanctionsLists")
            for each in group.all("sanctionsList")
        )
        left = [
            child for child in element.iterfind("{*}filters/*") if _tag(child) != "sanctionsLists"
        ]
        others = tuple(
            str(text).strip() for child in left for text in child.itertext() if text.strip()
        )
        return Head(published_on, lists, others)
    raise FormatProblem(f"{part.name}: the file has no <publicationInfo> before its entries.")


def read(part: Part, *, on_sdn_list: bool) -> Iterator[ParsedEntry | ReportedEntry]:
    """Yield the entries in file order; the date is that of the SDN list or of the other lists."""

    def records() -> Iterator[tuple[str, int, Element]]:
        for element in xml_elements(part, ENTRIES):
            yield str(element.get("id") or ""), element.sourceline or 0, element  # type: ignore[misc]

    return entries(records(), lambda element: _entry(element, part.name, on_sdn_list))


def _tag(element: Element) -> str:
    return str(etree.QName(element).localname)


def _entry(element: Element, where: str, on_sdn_list: bool) -> ParsedEntry:
    node = Node(element, where)
    reference, line = node.attribute("id"), node.line
    general = node.one("generalInfo")
    if general is None:
        raise node.problem("an entity without <generalInfo>")
    facts = Facts(_value(general.one("entityType")))
    title, remarks = general.text("title"), general.text("remarks")
    for each in _items(node, "names", "name"):
        _read_name(each, facts)
    if title:
        facts.add_title(title)
    for each in _items(node, "features", "feature"):
        _read_feature(each, facts)
    for each in _items(node, "identityDocuments", "identityDocument"):
        _read_document(each, facts)
    for each in _items(node, "relationships", "relationship"):
        _read_relation(each, facts)
    ofac_remarks.read(remarks, facts)
    designations = _designations(node, facts, on_sdn_list)
    addresses = tuple(
        address for each in _items(node, "addresses", "address") for address in _addresses(each)
    )
    node.finish(unused=UNUSED)
    raw = etree.tostring(element, encoding="unicode", with_tail=False)
    return entry(facts, reference, designations, addresses, line, raw)


def _items(node: Node, tag: str, item: str) -> list[Node]:
    return [each for group in node.all(tag) for each in group.all(item)]


def _value(node: Node | None) -> str:
    return node.value if node else ""


def _read_name(node: Node, facts: Facts) -> None:
    low = node.text("isLowQuality") == "true"
    role, quality = _value(node.one("aliasType")), "low" if low else ""
    if role and low:
        role = f"weak {role}"
    for each in _items(node, "translations", "translation"):
        first, last, whole = (
            each.text(tag).translate(BIDI)
            for tag in ("formattedFirstName", "formattedLastName", "formattedFullName")
        )
        parts = tuple(
            (PARTS.get(_value(part.one("type")), "whole"), part.text("value"))
            for part in _items(each, "nameParts", "namePart")
        )
        full = f"{first} {last}" if first and last else whole
        facts.names.append(ParsedName(full, role, parts, quality=quality, note=weak_note(role)))


def _read_feature(node: Node, facts: Facts) -> None:
    label, value = canonical(_value(node.one("type"))), node.text("value")
    period = node.one("valueDate")
    if period is not None:
        stated = _period(period)
        value = value or stated
    reliability = _value(node.one("reliability"))
    field = words().field(label) or Field.DETAIL
    if not value:
        return
    if reliability == "False":
        facts.remarks.append(f"{label} {value}: false")
    elif field is Field.IDENTIFIER:
        facts.add_identifier(label, value)
    else:
        facts.add(field, label, value)


def _read_document(node: Node, facts: Facts) -> None:
    label, value = canonical(_value(node.one("type"))), node.text("documentNumber")
    country = _value(node.one("issuingCountry"))
    issued, expires = (
        _period(period) if (period := node.one(tag)) else ""
        for tag in ("issueDate", "expirationDate")
    )
    holder = _value(node.one("name"))
    primary = {each.full for each in facts.names if not each.role}
    notes = [
        f"issued to {holder}" if name(holder, facts.kind).full not in {"", *primary} else "",
        "" if node.text("isValid") in ("true", "") else "not valid",
        f"issued at {node.text('issuingLocation')}" if node.has("issuingLocation") else "",
        *(each.value for each in _items(node, "idFeatures", "idFeature")),
    ]
    facts.add_identifier(label, value, country, issued, expires, "; ".join(filter(None, notes)))


def _read_relation(node: Node, facts: Facts) -> None:
    related = node.one("relatedEntity")
    if related is None:
        raise node.problem("a relationship without <relatedEntity>")
    facts.relations.append(
        ParsedRelation(_value(node.one("type")), related.value, related.attribute("entityId"))
    )
    node.one("quality")


def _addresses(node: Node) -> Iterator[ParsedAddress]:
    country = _value(node.one("country"))
    translations = _items(node, "translations", "translation")
    for each in translations:
        parts = {
            _value(part.one("type")): part.text("value")
            for part in _items(each, "addressParts", "addressPart")
        }
        stated = [part for part in (*parts.values(), country) if part]
        if stated:
            yield ParsedAddress(
                ", ".join(stated),
                parts.get("CITY", ""),
                parts.get("STATE/PROVINCE", "") or parts.get("REGION", ""),
                parts.get("POSTAL CODE", ""),
                country,
            )
    if not translations and country:
        yield ParsedAddress(country, country=country)


def _designations(node: Node, facts: Facts, on_sdn_list: bool) -> tuple[ParsedDesignation, ...]:
    """The file ties no programme to a date, an authority or a type: all hold for each."""
    lists = [
        (each.value, each.attribute("datePublished"))
        for each in _items(node, "sanctionsLists", "sanctionsList")
    ]
    dates = [day for title, day in lists if (title == SDN_LIST) is on_sdn_list]
    if not dates:
        raise node.entry_problem("is not on this list")
    types = [each.value for each in _items(node, "sanctionsTypes", "sanctionsType")]
    acts = [each.value for each in _items(node, "legalAuthorities", "legalAuthority")]
    return facts.designations(
        [each.value for each in _items(node, "sanctionsPrograms", "sanctionsProgram")],
        listed_on=min(dates),
        act="; ".join(acts),
        stated=((BLOCK, True),) if BLOCK in types else (),
        other_measures=tuple(each for each in types if each != BLOCK),
    )


def _period(node: Node) -> str:
    """A stated period in the words of `importers.normalise.dates`: a day, a year or two ends."""
    first, _, _, last = (
        node.text(tag) for tag in ("fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd")
    )
    circa = "circa " if node.text("isApproximate") == "true" else ""
    node.text("isDateRange")
    if first == last:
        return f"{circa}{first}"
    if first[:4] == last[:4] and (first[4:], last[4:]) == ("-01-01", "-12-31"):
        return f"{circa}{first[:4]}"
    return f"{circa}{first} to {last}"
