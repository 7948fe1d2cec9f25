"""From OFAC's labelled values to the fields of a parsed entry, the same for every format."""

import re
from functools import lru_cache

from importers.base import (
    EntryProblem,
    ParsedAddress,
    ParsedDate,
    ParsedDesignation,
    ParsedEntry,
    ParsedIdentifier,
    ParsedName,
    ParsedPlace,
    ParsedRelation,
)
from importers.normalise.countries import country
from importers.normalise.dates import plain_date
from importers.ofac_words import WALLET, Field, words
from importers.vocabulary import fold

AUTHORITY = "OFAC"
IMO = re.compile(r"(?:IMO\s*)?(\d{7})")
LEI = re.compile(r"[0-9A-Z]{18}\d\d")  # ISO 17442
# `# PMA-910805`, `18740 (Jalisco)`, `D000000483, Diplomatic`: words around the number itself
WORDED = re.compile(
    r"(?:#|No\.:)?\s*(?P<value>.*?\d\S*?)"
    r"(?:\s*\((?P<register>[A-Z][A-Za-z ]{2,})\)|(?:,\s+| (?=issued |and ))(?P<note>[A-Za-z].*))?",
    re.DOTALL,
)
INVERTED = frozenset(
    {"North", "South", "The", "British", "Democratic Republic of the", "Republic of the", "Isle of"}
)
# `Listing Date (EO 14014 Directive 1)`, `Listing Date (CMIC)`: of which programme's tag it is.
LISTED = re.compile(r"Listing Date \((?:EO (?P<order>\d+)|(?P<tag>\w+))[^)]*\)")
SECTION = re.compile(r"\.?\s+Sec\b.*", re.DOTALL)


class Facts:
    """What is stated of one entry, collected value by value."""

    __slots__ = (
        "birth_dates",
        "birth_places",
        "citizenships",
        "details",
        "functions",
        "genders",
        "identifiers",
        "kind",
        "menus",
        "names",
        "nationalities",
        "relations",
        "remarks",
        "titles",
    )

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.names: list[ParsedName] = []
        self.birth_dates: list[ParsedDate] = []
        self.birth_places: list[ParsedPlace] = []
        self.nationalities: list[str] = []
        self.citizenships: list[str] = []
        self.genders: list[str] = []
        self.titles: list[str] = []
        self.functions: list[str] = []
        self.identifiers: list[ParsedIdentifier] = []
        self.relations: list[ParsedRelation] = []
        self.details: list[tuple[str, str]] = []
        self.menus: list[tuple[str, str]] = []
        self.remarks: list[str] = []

    def add(self, field: Field, label: str, value: str) -> None:
        """Put a value that is not an identifier into its field; `label` is canonical."""
        match field:
            case Field.BIRTH_DATE:
                self.birth_dates.append(ParsedDate(value))
            case Field.BIRTH_PLACE:
                self.birth_places.append(place(value))
            case Field.NATIONALITY:
                self.nationalities.append(value)
            case Field.CITIZENSHIP:
                self.citizenships.append(value)
            case Field.GENDER:
                self.genders.append(value)
            case Field.FUNCTION:
                self.add_title(value)
            case Field.ALIAS:
                self.names.append(self.alias(label, value))
            case Field.RELATION:
                self.relations.append(ParsedRelation(label, value))
            case Field.MENU:
                self.menus.append((label, value))
            case _:
                self.details.append((label, value))

    def add_identifier(
        self,
        label: str,
        value: str,
        country: str = "",
        issued: str = "",
        expires: str = "",
        note: str = "",
    ) -> None:
        """Add a number under the label that tells what it is.

        OFAC files a ship's IMO number with any other registration of a ship, and the LEI with
        other numbers of legal entities: their form tells them apart.
        """
        worded = WORDED.fullmatch(value)
        if worded and not label.startswith(WALLET):
            value = worded["value"]
            note = "; ".join(filter(None, (worded["register"], worded["note"], note)))
        if label.startswith(WALLET):
            currency = label.rpartition(" - ")[2] if " - " in label else ""
            if not currency:
                currency, _, value = value.partition(" ")
            label, note = WALLET, currency
        elif label in ("Vessel Registration Identification", "Identification Number"):
            found = IMO.fullmatch(value)
            if found and fold(self.kind) == "vessel":
                label, value = "Vessel Registration Identification IMO", found[1]
            elif value.startswith("IMO"):
                label, value = f"{label} IMO", value.removeprefix("IMO").strip()
        elif label == "Company Number" and value.startswith("IMO"):
            label, value = "Company Number IMO", value.removeprefix("IMO").strip()
        elif label == "Legal Entity Number" and LEI.fullmatch(value):
            label = "Legal Entity Number LEI"
        self.identifiers.append(ParsedIdentifier(label, value, country, issued, expires, note))

    def add_title(self, text: str) -> None:
        """OFAC's titles are positions, ranks and honorifics in one, parted by semicolons."""
        for title in filter(None, (each.strip() for each in text.split(";"))):
            honorific = fold(title) in words().honorifics
            (self.titles if honorific else self.functions).append(title)

    def alias(self, label: str, value: str) -> ParsedName:
        """Names in single quotes are weak aliases: remarks hold no others (OFAC's file notes)."""
        weak = len(value) > 2 and value[0] == value[-1] == "'"
        if weak:
            value = value[1:-1]
            if len(value) > 2 and value[0] == value[-1] == "'":
                value = value[1:-1]
        role, quality = (f"weak {label}", "weak") if weak else (label, "")
        return name(value, self.kind, role, quality)

    def designations(
        self,
        programmes: list[str],
        *,
        listed_on: str = "",
        act: str = "",
        stated: tuple[tuple[str, bool], ...] = (),
        other_measures: tuple[str, ...] = (),
        on_sdn_list: bool = True,
    ) -> tuple[ParsedDesignation, ...]:
        """One designation per programme, each with the menu items that belong to it.

        Menu items that belong to none of the programmes become details. Without `listed_on` an
        entry of the non-SDN lists has the dates that its details state by directive; on the SDN
        list these are no dates of the blocking. EntryProblem if there is no programme.
        """
        if not programmes:
            raise EntryProblem(f"{self.names[0].full} states no programme")
        found = []
        placed: set[tuple[str, str]] = set()
        for programme in sorted(programmes):  # their order means nothing and changes
            here = [item for item in self.menus if words().menu_tag(item[0]) in programme]
            placed.update(here)
            blocked = tuple(
                (measure, True)
                for _, value in here
                if fold(measure := SECTION.sub("", value)) in words().measures
            )
            found.append(
                ParsedDesignation(
                    code=programme,
                    act=act,
                    stated=stated or blocked[:1],
                    other_measures=(
                        *other_measures,
                        *(f"{label}: {value}" for label, value in here),
                    ),
                    authority=AUTHORITY,
                    listed_on=listed_on or ("" if on_sdn_list else self._dated(programme)),
                )
            )
        self.details.extend(item for item in self.menus if item not in placed)
        return tuple(found)

    def _dated(self, programme: str) -> str:
        """The earliest listing date that is stated for a directive of the programme."""
        found = []
        for label, value in self.details:
            stated = LISTED.fullmatch(label)
            if stated is None or (on := plain_date(value)) is None:
                continue
            if (f"EO{stated['order']}" if stated["order"] else stated["tag"]) in programme:
                found.append((on, value))
        return min(found)[1] if found else ""


def entry(
    facts: Facts,
    reference: str,
    designations: tuple[ParsedDesignation, ...],
    addresses: tuple[ParsedAddress, ...],
    line: int,
    raw: str,
) -> ParsedEntry:
    return ParsedEntry(
        reference=reference,
        kind=facts.kind,
        names=tuple(facts.names),
        designations=designations,
        line=line,
        raw=raw,
        birth_dates=tuple(facts.birth_dates),
        birth_places=tuple(facts.birth_places),
        nationalities=tuple(facts.nationalities),
        citizenships=tuple(facts.citizenships),
        genders=tuple(facts.genders),
        titles=tuple(facts.titles),
        functions=tuple(facts.functions),
        identifiers=tuple(facts.identifiers),
        addresses=addresses,
        relations=tuple(facts.relations),
        details=tuple(facts.details),
        remarks=tuple(facts.remarks),
    )


def name(text: str, kind: str, role: str = "", quality: str = "") -> ParsedName:
    """A name written `FAMILY, Given` for persons, whole for all others."""
    family, comma, given = text.partition(", ")
    if comma and fold(kind) == "individual":
        return person_name(family, given, role, quality)
    return ParsedName(text, role, (("whole", text),), quality=quality, note=weak_note(role))


def person_name(family: str, given: str, role: str = "", quality: str = "") -> ParsedName:
    """The name in the order in which it is spoken; a person's only name is no family name."""
    if family and given:
        full, parts = f"{given} {family}", (("given", given), ("family", family))
        return ParsedName(full, role, parts, quality=quality, note=weak_note(role))
    return name(family or given, "", role, quality)


def weak_note(role: str) -> str:
    """A weak former name is kept as a weak alias: what it was besides stays as its note."""
    kind = role.removeprefix("weak ")
    return "" if kind == role or fold(kind) == "a.k.a." else kind


@lru_cache(maxsize=16384)
def place(text: str) -> ParsedPlace:
    """`City, Region, Country`; the last part is taken for a country only if it is one."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > 1 and parts[-1] in INVERTED:
        parts[-2:] = [f"{parts[-2]}, {parts[-1]}"]
    stated = parts.pop() if country(parts[-1]).code else ""
    return ParsedPlace(text, parts[0] if parts else "", ", ".join(parts[1:]), stated)
