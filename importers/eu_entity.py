"""One entity of the European Union's lists, whichever encoding it was read from.

XML 1.1 and CSV 1.1 state the same fields under other names; both are brought to the XML's names
here and given their meaning once. Fields are read by being taken out, so that a new one is noticed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from importers.base import (
    EntryProblem,
    FormatProblem,
    ParsedAddress,
    ParsedDate,
    ParsedDesignation,
    ParsedEntry,
    ParsedIdentifier,
    ParsedName,
    ParsedPlace,
)
from importers.deaths import death
from importers.normalise.scripts import script
from importers.reading.records import whole

AUTHORITIES = {
    "council": "Council of the EU",
    "commission": "European Commission",
    "un": "United Nations Security Council",
}
# Listed by the UN, no act of the EU yet: shown in the file, but nothing of the EU binds anyone.
NOT_YET_IN_FORCE = frozenset({"UNLI"})
# The file's "ISLAMIC" means the lunar calendar, but in these countries the solar one.
SOLAR_CALENDAR = frozenset({"IR", "AF"})
TECHNICAL = frozenset({"logicalId", "regulationLanguage"})
PARTS = (("firstName", "given"), ("middleName", "middle"), ("lastName", "family"))
FLAGS = (
    ("diplomatic", "diplomatic"),
    ("knownExpired", "known to be expired"),
    ("knownFalse", "known to be false"),
    ("reportedLost", "reported lost"),
    ("revokedByIssuer", "revoked by issuer"),
)
# The remarks misspell both words: "lo quality", "god quality".
LOW_QUALITY = re.compile(r"\blow?[\s-]*quality\b", re.IGNORECASE)
GOOD_QUALITY = re.compile(r"\b(?:goo?d|high)[\s-]*quality\b", re.IGNORECASE)
FORMER = re.compile(
    r"\bf\.?k\.?a\b|\b(?:former|formerly|previously) (?:name|known|listed|called)|^\W*formerly\W*$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Block:
    """A repeated part of an entity: its non-empty fields by their XML names, and its free texts."""

    fields: dict[str, str]
    remarks: Sequence[str] = ()
    extras: Sequence[tuple[str, str]] = ()

    def take(self, name: str) -> str:
        """Return the field, or "" if it is absent."""
        return self.fields.pop(name, "")

    @property
    def note(self) -> str:
        return "; ".join(self.remarks)


@dataclass(slots=True)
class Entity:
    """A `sanctionEntity`, or the rows of the CSV file that share an `Entity_LogicalId`."""

    where: str
    line: int
    raw: str
    own: Block
    regulations: list[Block] = field(default_factory=list)
    subjects: list[Block] = field(default_factory=list)
    names: list[Block] = field(default_factory=list)
    births: list[Block] = field(default_factory=list)
    citizenships: list[Block] = field(default_factory=list)
    addresses: list[Block] = field(default_factory=list)
    identifications: list[Block] = field(default_factory=list)

    @property
    def reference(self) -> str:
        """The EU reference number; some new entities have only a logical id."""
        fields = self.own.fields
        return fields.get("euReferenceNumber") or fields.get("logicalId", "")


def plain(text: str) -> str:
    """Ends of lines and runs of blanks mean nothing in these files."""
    return " ".join(text.split())


def parsed(entity: Entity, measure: str) -> ParsedEntry:
    """Give an entity its meaning; `measure` is what presence on this list states.

    Raises FormatProblem if a field was overlooked, EntryProblem if the entity says that it was
    delisted.
    """
    reference = entity.reference
    own = entity.own
    delisted_on = own.take("delistingDate")
    if delisted_on:
        raise EntryProblem(
            f"{entity.where}, line {entity.line}: {reference} is stated to be delisted on "
            f"{delisted_on}: not in force"
        )
    own.take("euReferenceNumber")
    logical_id = own.take("logicalId")
    designated_on = own.take("designationDate")
    reported: list[str] = list(own.remarks)
    details: list[tuple[str, str]] = list(own.extras)
    if designation_details := own.take("designationDetails"):
        details.append(("designation details", designation_details))
    if logical_id not in ("", reference):
        details.append(("logicalId", logical_id))
    identifiers: list[ParsedIdentifier] = []
    if un_reference := own.take("unitedNationId"):
        identifiers.append(ParsedIdentifier("unitedNationId", un_reference))
    kind = _kind(entity)
    designations = _designations(entity, designated_on, measure, details, reported)
    blocks = sorted(entity.names, key=_order)
    functions, titles, genders = (_stated(blocks, name) for name in ("function", "title", "gender"))
    names = _names(blocks)
    births = sorted(entity.births, key=_order)
    birth_dates = tuple(date for block in births for date in _birth_dates(block))
    birth_places = tuple(place for block in births if (place := _birth_place(block)))
    addresses = tuple(
        address
        for block in sorted(entity.addresses, key=_order)
        if (address := _address(block, details, reported))
    )
    identifiers.extend(
        identifier
        for block in sorted(entity.identifications, key=_order)
        if (identifier := _identifier(block, reported))
    )
    citizenships = tuple(
        country
        for block in sorted(entity.citizenships, key=_order)
        if (country := _citizenship(block))
    )
    for block in (*entity.births, *entity.citizenships):
        reported.extend(block.remarks)
    for block in (*blocks, *entity.births, *entity.citizenships, *entity.identifications):
        details.extend(block.extras)
    details.extend(("Deceased", died) for remark in own.remarks if (died := death(remark)))
    _finish(entity)
    return ParsedEntry(
        reference=reference,
        kind=kind,
        names=names,
        designations=designations,
        line=entity.line,
        raw=entity.raw,
        birth_dates=birth_dates,
        birth_places=birth_places,
        citizenships=citizenships,
        genders=genders,
        titles=titles,
        functions=functions,
        identifiers=tuple(identifiers),
        addresses=addresses,
        details=tuple(details),
        remarks=tuple(reported),
    )


def _kind(entity: Entity) -> str:
    if len(entity.subjects) > 1:
        raise FormatProblem(f"{entity.where}, line {entity.line}: several subject types")
    for subject in entity.subjects:
        subject.take("classificationCode")
        return subject.take("code")
    return ""


def _designations(
    entity: Entity,
    designated_on: str,
    measure: str,
    details: list[tuple[str, str]],
    reported: list[str],
) -> tuple[ParsedDesignation, ...]:
    """One designation per regulation; a poor copy without regulations still states its measure.

    The publication date of an amending act is not the date of designation: lists that took it for
    one moved designations by years.
    """
    designations = []
    for block in entity.regulations:
        code = block.take("programme")
        kind = block.take("regulationType")
        published_on = block.take("publicationDate")
        in_force_on = block.take("entryIntoForceDate")
        organisation = block.take("organisationType")
        reported.extend(block.remarks)
        details.extend(block.extras)
        designations.append(
            ParsedDesignation(
                code=code,
                act=block.take("numberTitle"),
                stated=() if code in NOT_YET_IN_FORCE else ((measure, True),),
                authority=AUTHORITIES.get(organisation.casefold(), organisation),
                listed_on=designated_on or in_force_on,
                date_basis="stated" if designated_on else "entry-into-force",
                amended_on="" if kind == "regulation" else published_on,
                source_url=block.take("publicationUrl"),
            )
        )
    if not designations:
        designations.append(
            ParsedDesignation(
                code="",
                stated=((measure, True),),
                listed_on=designated_on,
                date_basis="stated",
            )
        )
    return tuple(designations)


def _names(blocks: Sequence[Block]) -> tuple[ParsedName, ...]:
    """The primary name comes first; versions in other languages are variations of a name.

    The file marks no name as the main one and its order is arbitrary. The smallest logical id is
    the name entered first, that of the annex; it is looked for among Latin names in English or in
    no language, since the other languages are translations or transcriptions.
    """
    names = []
    for block in blocks:
        strong = block.take("strong")
        language = block.take("nameLanguage")
        parts = tuple((kind, value) for column, kind in PARTS if (value := block.take(column)))
        full = block.take("wholeName") or " ".join(value for _kind, value in parts)
        if not full:
            continue
        note = block.note
        low = LOW_QUALITY.search(note) if note else None
        good = GOOD_QUALITY.search(note) if note and not low else None
        quality = low or good
        if low or strong == "false":
            role = "weak alias"
        elif note and FORMER.search(note):
            role = "former"
        elif language and language != "EN":
            role = "variation"
        else:
            role = "alias"
        stated = quality[0] if quality else "not strong" if strong == "false" else ""
        names.append(ParsedName(full, role, parts, "", language, stated, note))
    if not names:
        return ()
    first = names.pop(_likeliest(names))
    return (replace(first, role="primary"), *names)


def _likeliest(names: Sequence[ParsedName]) -> int:
    """The place of the first of the names that look most like the entity's main one."""
    best, least = 0, (True, True, True, True)
    for place, name in enumerate(names):
        unlikeness = (
            name.role in ("weak alias", "former"),
            script(name.full) != "Latn",
            name.role == "variation",
            not name.parts,
        )
        if unlikeness < least:
            best, least = place, unlikeness
        if not any(unlikeness):
            break
    return best


def _birth_dates(block: Block) -> Iterator[ParsedDate]:
    day, month, year = (block.take(name) for name in ("dayOfMonth", "monthOfYear", "year"))
    first, last = block.take("yearRangeFrom"), block.take("yearRangeTo")
    whole = block.take("birthdate")
    circa = block.take("circa") == "true"
    calendar = "islamic" if block.take("calendarType").casefold() == "islamic" else ""
    if calendar and block.fields.get("countryIso2Code") in SOLAR_CALENDAR:
        calendar = "solar hijri"
    if whole:
        yield ParsedDate(whole, circa)
    if year and (calendar or not whole):
        # An Islamic date is stated in its parts; `birthdate` beside them is the list's conversion.
        text = "-".join((year, *(part.zfill(2) for part in (month, month and day) if part)))
        yield ParsedDate(text, circa, calendar)
    elif not whole and (month or day):
        yield ParsedDate(f"--{month.zfill(2)}-{day.zfill(2)}", circa)
    if first or last:
        text = f"{first} to {last}" if first and last and first != last else first or last
        yield ParsedDate(text, circa, calendar)


def _birth_place(block: Block) -> ParsedPlace | None:
    place, city, region, postcode = (
        block.take(name) for name in ("place", "city", "region", "zipCode")
    )
    country = _country(block)
    raw = _line(place, city, region, postcode, country)
    return ParsedPlace(raw, city, region, country) if raw else None


def _address(
    block: Block, details: list[tuple[str, str]], reported: list[str]
) -> ParsedAddress | None:
    """An address; its contact details go to `details`, remarks without an address to `reported`."""
    details.extend(block.extras)
    street, box, postcode, place, city, region = (
        block.take(name) for name in ("street", "poBox", "zipCode", "place", "city", "region")
    )
    country = _country(block)
    at_listing = block.take("asAtListingTime") == "true"
    raw = _line(street, box, postcode, place, city, region, country)
    if not raw:
        reported.extend(block.remarks)
        return None
    notes = [*block.remarks, *(["as at the time of listing"] if at_listing else [])]
    if notes:
        raw = f"{raw} ({'; '.join(notes)})"
    return ParsedAddress(raw, city, region, postcode, country)


def _identifier(block: Block, reported: list[str]) -> ParsedIdentifier | None:
    code = block.take("identificationTypeCode")
    description = block.take("identificationTypeDescription")
    number, latin = block.take("number"), block.take("latinNumber")
    country = _country(block)
    region, issuer, holder, valid_from = (
        block.take(name) for name in ("region", "issuedBy", "nameOnDocument", "validFrom")
    )
    issued = max(block.take("issueDate"), block.take("issuedDate"))  # the schema's name, the CSV's
    notes = [text for name, text in FLAGS if block.take(name) == "true"]
    for label, text in (
        ("issued by", issuer),
        ("region", region),
        ("name on document", holder),
        ("valid from", valid_from),
        ("also written", latin if number else ""),
    ):
        if text:
            notes.append(f"{label}: {text}")
    note = "; ".join((*notes, *block.remarks))
    value = number or latin
    if not any(map(str.isalnum, value)):
        # "-" stands for a number that is not known; taken as one, it would match every other.
        expires = block.take("validTo")
        told = [
            value,
            country,
            note,
            issued and f"issued {issued}",
            expires and f"valid to {expires}",
        ]
        if text := "; ".join(filter(None, told)):
            reported.append(f"{description or code}: {text}")
        return None
    return ParsedIdentifier(
        code or description, value, country, issued, block.take("validTo"), note
    )


def _citizenship(block: Block) -> str:
    country, region = _country(block), block.take("region")
    since, until = block.take("acquisitionDate"), block.take("disenfranchisementDate")
    notes = [region, since and f"since {since}", until and f"until {until}"]
    note = "; ".join(filter(None, notes))
    return f"{country} ({note})" if country and note else country or note


def _country(block: Block) -> str:
    code, description = block.take("countryIso2Code"), block.take("countryDescription")
    if code == "00" or description == "UNKNOWN":
        return ""
    return description or code


def _line(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _stated(blocks: Iterable[Block], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for block in blocks if (value := block.take(name))))


def _order(block: Block) -> int:
    """The file's order of repeated parts is arbitrary and changes; their logical ids do not."""
    return whole(block.fields.get("logicalId", "")) or 0


def _finish(entity: Entity) -> None:
    for block in (
        entity.own,
        *entity.regulations,
        *entity.subjects,
        *entity.names,
        *entity.births,
        *entity.citizenships,
        *entity.addresses,
        *entity.identifications,
    ):
        if block.fields.keys() - TECHNICAL:
            left = ", ".join(sorted(block.fields.keys() - TECHNICAL))
            raise FormatProblem(f"{entity.where}, line {entity.line}: unread fields: {left}")
