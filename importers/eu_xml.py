"""EU XML 1.1: the format of the Financial Sanctions Files and of the travel-ban files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from lxml import etree

from importers.base import FormatProblem
from importers.eu_entity import Block, Entity, plain
from importers.normalise.dates import plain_date
from importers.reading.xml import Element, local, xml_elements, xml_root
from importers.source import Part

FORMAT = "EU XML 1.1"
NAMESPACE = "http://eu.europa.ec/fpi/fsd/export"
BLOCKS = {
    "regulation": "regulations",
    "subjectType": "subjects",
    "nameAlias": "names",
    "birthdate": "births",
    "citizenship": "citizenships",
    "address": "addresses",
    "identification": "identifications",
}
# Which act last touched one part of an entry is kept in the raw entry only.
OTHER_ACTS = frozenset({"regulationSummary", "corrigendum"})
REGULATION = re.compile(rb"<(?:\w+:)?regulation\s[^>]*>")
ENTITY = re.compile(rb"<(?:\w+:)?sanctionEntity[\s>]")
ATTRIBUTE = re.compile(rb"""\b(programme|numberTitle)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# The Council's acts on entry bans are decisions; what freezes funds is a regulation with a code.
DECISION = re.compile(r"\b(?:decision|common position|joint action)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells the lists of this format apart, and a whole list from a piece of one.

    `coded` counts the regulations with a programme code, `decisions` those that stand on a Council
    decision or have no code.
    """

    generated_on: date | None
    entities: int
    coded: int
    decisions: int
    enterprises: bool


def signs(part: Part) -> Signs | None:
    """Look over a file without reading it; None if it is no EU XML."""
    root = xml_root(part)
    if root is None or root.name != "export" or root.namespace not in (NAMESPACE, ""):
        return None
    coded = decisions = 0
    for tag in REGULATION.findall(part.content):
        stated = {
            name.decode(): (double or single).decode("utf-8", "replace").strip()
            for name, double, single in ATTRIBUTE.findall(tag)
        }
        code = stated.get("programme", "").casefold()
        if not code or code.startswith("other") or DECISION.search(stated.get("numberTitle", "")):
            decisions += 1
        else:
            coded += 1
    return Signs(
        plain_date(root.attributes.get("generationDate", "")),
        sum(1 for _ in ENTITY.finditer(part.content)),
        coded,
        decisions,
        b'"enterprise"' in part.content,
    )


def entities(part: Part) -> Iterator[Entity]:
    """Read the entities one by one. FormatProblem for an element that is not known."""
    for element in xml_elements(part, frozenset({"sanctionEntity"})):
        yield _entity(element, part.name)


def _entity(element: Element, where: str) -> Entity:
    entity = Entity(
        where,
        element.sourceline or 0,  # type: ignore[arg-type]
        etree.tostring(element, encoding="unicode", with_tail=False),
        Block(_fields(element)),
    )
    remarks: list[str] = []
    extras: list[tuple[str, str]] = []
    for child in element:
        tag = local(child.tag) if isinstance(child.tag, str) else ""
        if tag in BLOCKS:
            getattr(entity, BLOCKS[tag]).append(_block(child, where))
        elif tag:
            _text(child, tag, remarks, extras, where)
    entity.own.remarks, entity.own.extras = remarks, extras
    return entity


def _block(element: Element, where: str) -> Block:
    fields = _fields(element)
    if not len(element):
        return Block(fields)
    remarks: list[str] = []
    extras: list[tuple[str, str]] = []
    for child in element:
        tag = local(child.tag) if isinstance(child.tag, str) else ""
        if tag in OTHER_ACTS or not tag:
            continue
        if tag == "publicationUrl":
            fields[tag] = (child.text or "").strip()
        else:
            _text(child, tag, remarks, extras, where)
    return Block(fields, remarks, extras)


def _text(
    element: Element,
    tag: str,
    remarks: list[str],
    extras: list[tuple[str, str]],
    where: str,
) -> None:
    text = plain(element.text or "")
    fields = _fields(element)
    if tag == "remark" and not fields and not len(element):
        if text:
            remarks.append(text)
        return
    key, value = fields.pop("key", ""), fields.pop("value", "")
    if tag in ("contactInfo", "additionalInformation") and not fields and not len(element):
        if value or text:
            extras.append((key or tag, value or text))
        return
    raise FormatProblem(f"{where}, line {element.sourceline}: <{tag}> is not known here")


def _fields(element: Element) -> dict[str, str]:
    """The attributes that are given, as `plain` text: written out, since it is done so often."""
    attributes: Any = element.items()
    return {name: " ".join(value.split()) for name, value in attributes if value}
