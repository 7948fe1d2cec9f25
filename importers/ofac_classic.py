"""OFAC's classic XML (`sdnList`), the same under the namespaces before and since 2024.

Schema: OFAC's `sdn.xsd`; `publshInformation` is spelt so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lxml import etree

from importers import ofac_remarks
from importers.base import FormatProblem, ParsedAddress, ParsedEntry, ReportedEntry, entries
from importers.normalise.dates import plain_date
from importers.ofac_facts import Facts, entry, person_name
from importers.ofac_words import Field, canonical, words
from importers.reading.records import whole
from importers.reading.xml import Element, Node, xml_elements
from importers.source import Part

ROOT = "sdnList"
HEAD = frozenset({"publshInformation"})
ENTRIES = frozenset({"sdnEntry"})


@dataclass(frozen=True, slots=True)
class Head:
    published_on: date | None
    count: int | None


def read_head(part: Part) -> Head:
    """The publisher's date and its count of entries. FormatProblem if there is no head."""
    for element in xml_elements(part, HEAD | ENTRIES):
        node = Node(element, part.name)
        if node.tag not in HEAD:
            break
        published_on = plain_date(node.text("Publish_Date"), order="mdy")
        count = whole(node.text("Record_Count"))
        node.finish()
        return Head(published_on, count)
    raise FormatProblem(f"{part.name}: the file has no <publshInformation> before its entries.")


def read(part: Part, *, on_sdn_list: bool) -> Iterator[ParsedEntry | ReportedEntry]:
    """Yield the entries in file order; `on_sdn_list` tells that the file is of the SDN list."""

    def records() -> Iterator[tuple[str, int, Element]]:
        for element in xml_elements(part, ENTRIES):
            yield element.findtext("{*}uid") or "", element.sourceline or 0, element  # type: ignore[misc]

    return entries(records(), lambda element: _entry(element, part.name, on_sdn_list))


def _entry(element: Element, where: str, on_sdn_list: bool) -> ParsedEntry:
    node = Node(element, where)
    kind = node.text("sdnType")
    facts = Facts(kind)
    family, given = node.text("lastName"), node.text("firstName")
    facts.names.append(person_name(family, given))
    if title := node.text("title"):
        facts.add_title(title)
    _read_aliases(node, facts)
    for tag, item, value, field in (
        ("dateOfBirthList", "dateOfBirthItem", "dateOfBirth", Field.BIRTH_DATE),
        ("placeOfBirthList", "placeOfBirthItem", "placeOfBirth", Field.BIRTH_PLACE),
        ("nationalityList", "nationality", "country", Field.NATIONALITY),
        ("citizenshipList", "citizenship", "country", Field.CITIZENSHIP),
    ):
        for each in _items(node, tag, item):
            if said := each.text(value):
                facts.add(field, value, said)
    for each in _items(node, "idList", "id"):
        _read_number(each, facts)
    _read_vessel(node, facts)
    ofac_remarks.read(node.text("remarks"), facts)
    programmes = [tag for each in node.all("programList") for tag in each.texts("program")]
    addresses = tuple(
        address
        for each in _items(node, "addressList", "address")
        if (address := _address(each)) is not None
    )
    uid, line = node.text("uid"), node.line
    node.finish(unused=frozenset({"uid", "mainEntry"}))
    raw = etree.tostring(element, encoding="unicode", with_tail=False)
    designations = facts.designations(programmes, on_sdn_list=on_sdn_list)
    return entry(facts, uid, designations, addresses, line, raw)


def _items(node: Node, tag: str, item: str) -> list[Node]:
    return [each for group in node.all(tag) for each in group.all(item)]


def _read_aliases(node: Node, facts: Facts) -> None:
    for each in _items(node, "akaList", "aka"):
        role, quality = each.text("type"), each.text("category")
        facts.names.append(
            person_name(
                each.text("lastName"),
                each.text("firstName"),
                f"weak {role}" if quality == "weak" else role,
                quality,
            )
        )


def _read_number(node: Node, facts: Facts) -> None:
    """OFAC files features (gender, websites, sanctions information) among the documents."""
    stated = node.text("idType")
    label, value = canonical(stated), node.text("idNumber")
    country = node.text("idCountry")
    issued, expires = node.text("issueDate"), node.text("expirationDate")
    if not value:
        if country or issued or expires:
            facts.remarks.append(" ".join(filter(None, (stated, country, issued, expires))))
        return
    field = words().field(label)
    if field is None:
        field = Field.DETAIL if stated.endswith((":", "-")) else Field.IDENTIFIER
    if field is Field.IDENTIFIER:
        facts.add_identifier(label, value, country, issued, expires)
    else:
        facts.add(field, label, value)


def _read_vessel(node: Node, facts: Facts) -> None:
    vessel = node.one("vesselInfo")
    if vessel is None:
        return
    if said := vessel.text("callSign"):
        facts.add_identifier("Vessel Call Sign", said)
    for tag, label in (
        ("vesselType", "Vessel Type"),
        ("vesselFlag", "Vessel Flag"),
        ("tonnage", "Vessel Tonnage"),
        ("grossRegisteredTonnage", "Vessel Gross Registered Tonnage"),
    ):
        if said := vessel.text(tag):
            facts.add(Field.DETAIL, label, said)
    if said := vessel.text("vesselOwner"):
        facts.add(Field.RELATION, "Vessel Owner", said)


def _address(node: Node) -> ParsedAddress | None:
    lines = [node.text(f"address{number}") for number in (1, 2, 3)]
    city, region = node.text("city"), node.text("stateOrProvince")
    postcode, country = node.text("postalCode"), node.text("country")
    stated = [part for part in (*lines, city, region, postcode, country) if part]
    if not stated:
        return None
    return ParsedAddress(", ".join(stated), city, region, postcode, country)
