"""United Nations: the Security Council's Consolidated List, persons and entities."""

import re
from collections.abc import Iterator

from lxml import etree

from importers.base import (
    ParsedAddress,
    ParsedDate,
    ParsedDesignation,
    ParsedEntry,
    ParsedIdentifier,
    ParsedName,
    ParsedPlace,
    ParsedRelation,
    Reading,
    Refused,
    entries,
)
from importers.deaths import death
from importers.normalise.dates import plain_date
from importers.reading.xml import Node, xml_elements, xml_root
from importers.source import Part, Source
from importers.un_documents import document
from importers.un_names import name_in_note, names_in, names_in_original_script

FORMAT = "UN XML"
FEWEST = 5  # the list has about a thousand entries; a handful is an excerpt
ENTRY = re.compile(rb"<(?:INDIVIDUAL|ENTITY)[\s>]")
KINDS = frozenset({"INDIVIDUAL", "ENTITY"})
NAME_FIELDS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
# DATAID is the publisher's number of the entry: among the party's numbers it could match another's.
DETAILS = ("DATAID", "SUBMITTED_BY", "SUBMITTED_ON")
# Keys to sort by, a version that is always 1, the list's own name, the address of one web page for
# all: nothing about the one listed.
UNUSED = frozenset(
    {
        "VERSIONNUM",
        "SORT_KEY",
        "SORT_KEY_LAST_MOD",
        "LIST_TYPE",
        "HAS_INTERPOL_LINK",
        "INTERPOL_LINK",
    }
)
ZONE = re.compile(r"(?<=\d)(?:T.*|Z|[+-]\d\d:\d\d)$")
FORMERLY = re.compile(r"\b(?:previously|formerly) listed as\b", re.IGNORECASE)
# As in: listed pursuant to paragraphs 15 and 17 of a resolution (Travel Ban, Asset Freeze).
IN_BRACKETS = re.compile(r"\(([^()]*)\)")
MEASURES = frozenset({"travel ban", "asset freeze", "assets freeze"})
REFERENCE = re.compile(r"\b[A-Z]{2}[ie]\.\d{3}\b")
GENDER = re.compile(r"\bGender\s*[:\[]\s*(male|female)\b", re.IGNORECASE)
MONTH = re.compile(r"[^\W\d]+\.?")
DATE_TYPES = ("EXACT", "APPROXIMATELY", "BETWEEN", "")


Record = tuple[Node, str]


def read(source: Source) -> Reading:
    """Read the XML. Refused for another format or a piece of the list."""
    if len(source.parts) != 1:
        raise Refused(f"{source.name}: {len(source.parts)} files, but an edition is one file")
    part = source.parts[0]
    root = xml_root(part)
    if root is None or root.name != "CONSOLIDATED_LIST":
        raise Refused(
            f"{part.name}: not the Security Council's XML. Give consolidated.xml as published."
        )
    generated_on = plain_date(root.attributes.get("dateGenerated", ""))
    if generated_on is None:
        raise Refused(f"{part.name}: states no date of generation: a piece of the list")
    number = sum(1 for _ in ENTRY.finditer(part.content))
    if number < FEWEST:
        raise Refused(f"{part.name}: {number} entries: a piece of the list. Import the whole file.")
    return Reading(FORMAT, generated_on, entries(_records(part), entry))


def _records(part: Part) -> Iterator[tuple[str, int, Record]]:
    for element in xml_elements(part, KINDS):
        node = Node(element, part.name)
        raw = etree.tostring(element, encoding="unicode", with_tail=False)
        reference = (element.findtext("REFERENCE_NUMBER") or "").strip()
        yield reference, node.line, (node, raw)


def entry(record: Record) -> ParsedEntry:
    """Read an INDIVIDUAL or an ENTITY."""
    node, raw = record
    reference = node.text("REFERENCE_NUMBER")
    if delisted_on := node.text("DELISTED_ON"):
        raise node.entry_problem(f"{reference} is stated to be delisted on {delisted_on}")
    comments = _line(node.text("COMMENTS1"))
    remarks = [comments] if comments else []
    aliases = node.all(f"{node.tag}_ALIAS")
    birth_dates = list(_birth_dates(node, remarks))
    birth_places = [
        place for each in node.all("INDIVIDUAL_PLACE_OF_BIRTH") if (place := _place(each))
    ]
    names = [*_primary(node), *_aliases(aliases, birth_dates, birth_places)]
    identifiers = [ParsedIdentifier("REFERENCE_NUMBER", reference)]
    for each in node.all("INDIVIDUAL_DOCUMENT"):
        identifier, remark = document(each)
        if identifier:
            identifiers.append(identifier)
        elif remark:
            remarks.append(remark)
    details = [(tag, text) for tag in DETAILS if (text := node.text(tag))]
    updated = _values(node, "LAST_DAY_UPDATED")
    if updated:
        details.append(("LAST_DAY_UPDATED", ", ".join(updated)))
    if died := death(comments):
        details.append(("Deceased", died))
    parsed = ParsedEntry(
        reference=reference,
        kind=node.tag,
        names=tuple(names),
        designations=(
            ParsedDesignation(
                code=node.text("UN_LIST_TYPE"),
                stated=_measures(comments),
                listed_on=ZONE.sub("", node.text("LISTED_ON")),
                amended_on=max((ZONE.sub("", each) for each in updated), default=""),
            ),
        ),
        line=node.line,
        raw=raw,
        birth_dates=tuple(birth_dates),
        birth_places=tuple(birth_places),
        nationalities=(*_values(node, "NATIONALITY"), *filter(None, [node.text("NATIONALITY2")])),
        genders=_genders(node.text("GENDER"), comments),
        titles=_values(node, "TITLE"),
        functions=_values(node, "DESIGNATION"),
        identifiers=tuple(identifiers),
        addresses=tuple(
            address for each in node.all(f"{node.tag}_ADDRESS") if (address := _address(each))
        ),
        relations=tuple(
            ParsedRelation("named in comments", other, other)
            for other in dict.fromkeys(REFERENCE.findall(comments))
            if other != reference
        ),
        details=tuple(details),
        remarks=tuple(remarks),
    )
    node.finish(unused=UNUSED)
    return parsed


def _primary(node: Node) -> Iterator[ParsedName]:
    """The name in Latin letters and in its original script.

    What the four fields hold differs: a Korean's first is the family name, an Arab's a chain.
    """
    fields = [_line(node.text(tag)) for tag in NAME_FIELDS]
    if node.tag == "INDIVIDUAL":
        parts = tuple(("unspecified", part) for part in fields if part)
        yield ParsedName(" ".join(part for _kind, part in parts), "primary", parts)
    else:
        found = list(names_in(" ".join(filter(None, fields))))
        for place, (name, note) in enumerate(found):
            yield ParsedName(name, "alias" if place else "primary", note=note)
    for name, note in names_in_original_script(node.text("NAME_ORIGINAL_SCRIPT")):
        yield ParsedName(name, "original script", note=note)


def _aliases(
    nodes: list[Node], birth_dates: list[ParsedDate], birth_places: list[ParsedPlace]
) -> Iterator[ParsedName]:
    """The aliases; the birth that some state belongs to the entry, too, and stays in their note."""
    for node in nodes:
        quality = node.text("QUALITY")
        stated_note = _line(node.text("NOTE"))
        born, city, country = (
            node.text(tag) for tag in ("DATE_OF_BIRTH", "CITY_OF_BIRTH", "COUNTRY_OF_BIRTH")
        )
        birth = _list(ZONE.sub("", born), city, country)
        if born:
            birth_dates.append(ParsedDate(ZONE.sub("", born)))
        if city or country:
            birth_places.append(ParsedPlace(_list(city, country), city, "", country))
        found = [
            *names_in(_line(node.text("ALIAS_NAME"))),
            *names_in_original_script(node.text("NAME_ORIGINAL_SCRIPT")),
        ]
        if original := name_in_note(stated_note):
            found.append((original, ""))
        for name, note in found:
            notes = "; ".join(filter(None, (note, stated_note, birth and f"born {birth}")))
            former = quality in ("", "Good") and FORMERLY.search(notes)
            role = "formerly listed as" if former else quality or "alias"
            yield ParsedName(name, role, quality="" if "k.a." in quality else quality, note=notes)


def _birth_dates(node: Node, remarks: list[str]) -> Iterator[ParsedDate]:
    for each in node.all("INDIVIDUAL_DATE_OF_BIRTH"):
        kind, note = each.text("TYPE_OF_DATE"), _line(each.text("NOTE"))
        if kind not in DATE_TYPES:
            raise each.entry_problem(f"type of date {kind!r} is not known")
        first, last = each.text("FROM_YEAR"), each.text("TO_YEAR")
        year, text = each.text("YEAR"), ZONE.sub("", each.text("DATE"))
        text = text or year or " to ".join(filter(None, (first, last)))
        circa = kind == "APPROXIMATELY"
        if note.casefold() in ("approximately", "circa"):
            circa, note = True, ""
        calendar = "islamic" if "hijri" in note.casefold() else ""
        if not text:
            text, note = note, ""  # "Nov. 1973", "24/06/1402 (Hijri Calendar)", "30-35 years old"
        elif text == year and MONTH.fullmatch(note) and not circa:
            text, note = f"{note} {year}", ""
        if note:
            remarks.append(f"Date of birth {text}: {note}")
        if text:
            yield ParsedDate(text, circa, calendar)


def _place(node: Node) -> ParsedPlace | None:
    street, city, region, country, note = (
        _line(node.text(tag)) for tag in ("STREET", "CITY", "STATE_PROVINCE", "COUNTRY", "NOTE")
    )
    raw = _noted(_list(street, city, region, country), note)
    return ParsedPlace(raw, city, region, country) if raw else None


def _address(node: Node) -> ParsedAddress | None:
    street, city, region, postcode, country, note = (
        _line(node.text(tag))
        for tag in ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY", "NOTE")
    )
    raw = _noted(_list(street, city, region, postcode, country), note)
    return ParsedAddress(raw, city, region, postcode, country) if raw else None


def _measures(comments: str) -> tuple[tuple[str, bool], ...]:
    """The measures named in brackets; what the comments do not name is not stated, either way."""
    stated: dict[str, bool] = {}
    for words in IN_BRACKETS.findall(comments):
        named = [word.strip().casefold() for word in re.split(r"[,;/&]|\band\b", words)]
        if all(word in MEASURES for word in named):
            stated.update(dict.fromkeys(named, True))
    return tuple(stated.items())


def _genders(stated: str, comments: str) -> tuple[str, ...]:
    if stated.casefold() == "unknown":
        stated = ""
    told = GENDER.search(comments)
    return tuple(filter(None, [stated or (told[1] if told else "")]))


def _values(node: Node, tag: str) -> tuple[str, ...]:
    return tuple(_line(text) for each in node.all(tag) for text in each.texts("VALUE"))


def _list(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _noted(text: str, note: str) -> str:
    return f"{text} ({note})" if text and note else text or note


def _line(text: str) -> str:
    """Ends of lines follow the width of the printed list."""
    return " ".join(text.split())
