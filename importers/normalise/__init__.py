"""The only interpreter of strings: from a parsed entry to a typed listing, the original kept."""

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from importers.base import (
    EntryProblem,
    ParsedDesignation,
    ParsedEntry,
    ParsedIdentifier,
    ParsedName,
)
from importers.normalise.countries import country
from importers.normalise.dates import birth_date, plain_date
from importers.normalise.scripts import script
from importers.vocabulary import Vocabulary, fold
from registry.domain.designation import DateBasis, Designation, Listing
from registry.domain.party import (
    Address,
    Country,
    Detail,
    DetailKind,
    Gender,
    Identifier,
    IdentifierKind,
    Kind,
    Name,
    NamePart,
    NameRole,
    PartKind,
    Party,
    Place,
    Relation,
    RelationKind,
)

Value = TypeVar("Value")

# The Council writes "QDi.043"; those who cite it leave out a zero or the stop.
UN_REFERENCE = re.compile(r"([A-Z]{2})([ie])[. ]*(\d{1,3})", re.IGNORECASE)
PART_KINDS = {each.value: each for each in PartKind}  # looked up far faster than PartKind(value)


def listing(entry: ParsedEntry, vocabulary: Vocabulary) -> Listing:
    """Interpret one parsed entry by its list's vocabulary.

    A word of a closed vocabulary (kind, role, gender, measure) that the data file does not know
    raises EntryProblem; the open ones (identifier, relation, detail) fall to their general kind
    and keep the list's own label.
    """
    if not any(name.full.strip() for name in entry.names):
        raise EntryProblem(f"line {entry.line}: {entry.reference or 'an entry'} has no name")
    if not entry.reference and not entry.identity:
        raise EntryProblem(f"line {entry.line}: an entry has no reference")
    official_list = vocabulary.official_list
    return Listing(
        official_list=official_list.key,
        reference=entry.reference,
        key=f"{official_list.key}:{entry.identity or entry.reference}",
        partner=entry.partner or official_list.partner,
        party=_party(entry, vocabulary),
        designations=tuple(_designation(each, vocabulary, entry) for each in entry.designations),
        line=entry.line,
        raw=entry.raw,
    )


def _party(entry: ParsedEntry, vocabulary: Vocabulary) -> Party:
    return Party(
        kind=_word(vocabulary.kinds, entry.kind, "kind", entry) if entry.kind else Kind.UNKNOWN,
        names=_distinct(
            _name(name, vocabulary, entry) for name in entry.names if name.full.strip()
        ),
        birth_dates=_distinct(
            birth_date(
                each.text, order=vocabulary.date_order, circa=each.circa, calendar=each.calendar
            )
            for each in entry.birth_dates
            if each.text.strip()
        ),
        birth_places=_distinct(
            Place(each.raw, each.city, each.region, _country(each.country, vocabulary))
            for each in entry.birth_places
        ),
        nationalities=_distinct(country(raw, vocabulary.countries) for raw in entry.nationalities),
        citizenships=_distinct(country(raw, vocabulary.countries) for raw in entry.citizenships),
        genders=_distinct(_gender(raw, vocabulary, entry) for raw in entry.genders),
        titles=_distinct(entry.titles),
        functions=_distinct(entry.functions),
        identifiers=_distinct(
            _identifier(each, vocabulary) for each in entry.identifiers if each.value.strip()
        ),
        addresses=_distinct(
            Address(
                each.raw, each.city, each.region, each.postcode, _country(each.country, vocabulary)
            )
            for each in entry.addresses
        ),
        relations=_distinct(
            Relation(
                vocabulary.relations.get(fold(each.label), RelationKind.LINKED_TO),
                each.other,
                each.reference,
                each.label,
            )
            for each in entry.relations
        ),
        details=_distinct(
            Detail(vocabulary.details.get(fold(label), DetailKind.OTHER), value, label)
            for label, value in entry.details
            if value.strip()
        ),
        remarks=_distinct(remark for remark in entry.remarks if remark.strip()),
    )


def _name(name: ParsedName, vocabulary: Vocabulary, entry: ParsedEntry) -> Name:
    full = " ".join(name.full.split())
    return Name(
        full=full,
        role=_word(vocabulary.name_roles, name.role, "name role", entry)
        if name.role
        else NameRole.PRIMARY,
        parts=tuple(
            NamePart(PART_KINDS[kind], " ".join(value.split()))
            for kind, value in name.parts
            if value.strip()
        ),
        script=script(full),
        language=name.language,
        quality=name.quality,
        note=name.note,
    )


def _identifier(stated: ParsedIdentifier, vocabulary: Vocabulary) -> Identifier:
    kind = vocabulary.identifiers.get(fold(stated.label), IdentifierKind.OTHER)
    value = stated.value.strip()
    if kind is IdentifierKind.UN_REFERENCE and (match := UN_REFERENCE.fullmatch(value)):
        value = f"{match[1].upper()}{match[2].lower()}.{match[3]:0>3}"
    return Identifier(
        kind,
        value,
        _country(stated.country, vocabulary),
        stated.label,
        stated.issued,
        stated.expires,
        stated.note,
    )


def _designation(
    stated: ParsedDesignation, vocabulary: Vocabulary, entry: ParsedEntry
) -> Designation:
    listed_on = plain_date(stated.listed_on, order=vocabulary.date_order)
    return Designation(
        code=stated.code.strip(),
        act=stated.act.strip(),
        stated=tuple(
            (_word(vocabulary.measures, label, "measure", entry), imposed)
            for label, imposed in stated.stated
        ),
        other_measures=stated.other_measures,
        authority=stated.authority,
        listed_on=listed_on,
        date_basis=DateBasis(stated.date_basis) if listed_on else DateBasis.UNKNOWN,
        amended_on=plain_date(stated.amended_on, order=vocabulary.date_order),
        reason=stated.reason,
        reason_language=stated.reason_language,
        source_url=stated.source_url,
    )


def _gender(raw: str, vocabulary: Vocabulary, entry: ParsedEntry) -> Gender:
    found: Gender = _word(vocabulary.genders, raw, "gender", entry)
    return found


def _country(raw: str, vocabulary: Vocabulary) -> Country | None:
    return country(raw, vocabulary.countries) if raw.strip() else None


def _word(words: Mapping[str, Value], stated: str, what: str, entry: ParsedEntry) -> Value:
    try:
        return words[fold(stated)]
    except KeyError:
        raise EntryProblem(
            f"line {entry.line}: {what} {stated!r} of {entry.reference} is not known; "
            "add it to the list's data file"
        ) from None


def _distinct(values: Iterable[Value]) -> tuple[Value, ...]:
    found = tuple(values)
    return tuple(dict.fromkeys(found)) if len(found) > 1 else found
