"""What the lists state of a subject, each fact once with all the listings that state it."""

from collections.abc import Iterator
from dataclasses import dataclass

from registry.domain import minors
from registry.domain.party import Country, Kind, NameRole, Party
from registry.domain.publication import ConsolidatedRow, Provenance, PublishedListing

WEAK = "Weak alias"


@dataclass(frozen=True, slots=True)
class Fact:
    """`sources` are listings, each as the list's title and the reference on it."""

    label: str
    value: str
    sources: tuple[str, ...]


def stated(row: ConsolidatedRow | None, provenance: Provenance) -> tuple[Fact, ...]:
    """Every identifying fact in the order of `_of`; none where the subject is on no list."""
    if row is None:
        return ()
    titles = {each.official_list.key: each.official_list.title for each in provenance.editions}
    found: dict[tuple[str, str], list[str]] = {}
    for listing in row.listings:
        for label, value in _of(minors.shown(listing.party, row.as_of)):
            if value.strip():
                sources = found.setdefault((label, value.strip()), [])
                source = _source(listing, titles)
                if source not in sources:
                    sources.append(source)
    order = {label: place for place, label in enumerate(_LABELS)}
    return tuple(
        Fact(label, value, tuple(sources))
        for (label, value), sources in sorted(
            found.items(), key=lambda each: order.get(each[0][0], len(order))
        )
    )


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
        kind = each.kind.value.replace("-", " ")
        where = f" ({_country(each.country)})" if each.country else ""
        yield kind[:1].upper() + kind[1:], f"{each.value}{where}"
    for address in party.addresses:
        yield "Address", address.raw


def _country(country: Country) -> str:
    return country.raw or country.code


def _source(listing: PublishedListing, titles: dict[str, str]) -> str:
    title = titles.get(listing.official_list, listing.official_list)
    return f"{title} {listing.reference}".strip()
