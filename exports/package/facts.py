"""What the lists state of a subject, each fact once with all the listings that state it."""

from collections.abc import Iterator
from dataclasses import dataclass

from exports.package import wording
from registry.domain import minors
from registry.domain.party import Country, IdentifierKind, Kind, NameRole, Party
from registry.domain.publication import ConsolidatedRow

WEAK = "Weak alias"


@dataclass(frozen=True, slots=True)
class Fact:
    """`sources` are listings, each as the list and the reference on it."""

    label: str
    value: str
    sources: tuple[str, ...]


def stated(row: ConsolidatedRow | None) -> tuple[Fact, ...]:
    """Every identifying fact in the order of `_LABELS`; none where the subject is on no list."""
    if row is None:
        return ()
    found: dict[tuple[str, str], list[str]] = {}
    spelt: dict[tuple[str, str], str] = {}  # capitals are a matter of each list's style
    for listing in row.listings:
        for label, value in _of(minors.shown(listing.party, row.as_of)):
            if value.strip():
                shown = spelt.setdefault((label, value.strip().casefold()), value.strip())
                sources = found.setdefault((label, shown), [])
                source = wording.entry(listing.official_list, listing.reference)
                if source not in sources:
                    sources.append(source)
    order = {label: place for place, label in enumerate(_LABELS)}
    return tuple(
        Fact(label, value, tuple(sources))
        for (label, value), sources in sorted(
            found.items(), key=lambda each: order.get(each[0][0], len(order))
        )
    )


_NUMBERS = {
    IdentifierKind.UN_REFERENCE: "UN reference",
    IdentifierKind.OFSI_GROUP_ID: "OFSI Group ID",
    IdentifierKind.EU_REFERENCE: "EU reference",
    IdentifierKind.NATIONAL_ID: "National identity number",
    IdentifierKind.TAX: "Tax number",
    IdentifierKind.REGISTRATION: "Registration number",
    IdentifierKind.IMO: "IMO number",
    IdentifierKind.LEI: "LEI",
    IdentifierKind.MMSI: "MMSI",
    IdentifierKind.DUNS: "D-U-N-S number",
    IdentifierKind.SWIFT_BIC: "SWIFT/BIC",
    IdentifierKind.OTHER: "Other identifier",
}
_LABELS = (
    "Name",
    "Also known as",
    "Former name",
    WEAK,
    "Born",
    "Place of birth",
    "Nationality",
    "Citizenship",
    "Gender",
    "Title",
    "Function",
)


def _of(party: Party) -> Iterator[tuple[str, str]]:
    labels = {
        NameRole.PRIMARY: "Name",
        NameRole.FORMER: "Former name",
        NameRole.WEAK_ALIAS: WEAK,
    }
    for name in party.names:
        yield labels.get(name.role, "Also known as"), name.full
    for born in party.birth_dates:
        yield "Born" if party.kind is Kind.PERSON else "Date", str(born)
    for place in party.birth_places:
        yield "Place of birth", place.raw
    for label, countries in (
        ("Nationality", party.nationalities),
        ("Citizenship", party.citizenships),
    ):
        for country in countries:
            yield label, _country(country)
    for gender in party.genders:
        yield "Gender", gender.value
    for title in party.titles:
        yield "Title", title
    for function in party.functions:
        yield "Function", function
    for each in party.identifiers:
        kind = _NUMBERS.get(each.kind, each.kind.value.replace("-", " "))
        where = f" ({_country(each.country)})" if each.country else ""
        yield kind[:1].upper() + kind[1:], f"{each.value}{where}"
    for address in party.addresses:
        yield "Address", address.raw


def _country(country: Country) -> str:
    return country.raw or country.code
