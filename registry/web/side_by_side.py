"""The facts of a subject as its lists state them, side by side, with what disagrees."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from markupsafe import Markup, escape

from registry.domain import agreement, minors
from registry.domain.agreement import Agreement
from registry.domain.party import Identifier, Name, NameRole, Party, Place, Relation
from registry.domain.selection import PARTNERS, fold
from registry.store.queries import ListingDetail
from registry.web import formatting, wording

Values = Sequence[str | Markup]


@dataclass(frozen=True, slots=True)
class Row:
    """One fact. `values` holds per listing what it states, nothing where it is silent."""

    label: str
    values: tuple[Values, ...]
    agreement: Agreement

    @property
    def is_stated(self) -> bool:
        return any(self.values)


@dataclass(frozen=True, slots=True)
class Stated:
    """A value with the listings that state it."""

    value: str | Markup
    note: str
    listings: tuple[ListingDetail, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """The names that are written in one script, the ones that most listings state first."""

    label: str
    names: tuple[Stated, ...]


def as_shown(listing: ListingDetail, on: date) -> ListingDetail:
    """The listing as a page may show it: without the day of birth of a minor, also in its texts."""
    if not minors.is_minor(listing.party, on):
        return listing
    party = minors.shown(listing.party, on)

    def told(text: str) -> str:
        return minors.shown_text(text, listing.party, on)

    return replace(
        listing,
        party=replace(party, remarks=tuple(told(each) for each in party.remarks)),
        designations=tuple(replace(act, reason=told(act.reason)) for act in listing.designations),
    )


def in_order(listings: Iterable[ListingDetail]) -> list[ListingDetail]:
    """The coordinating partners first, in their order."""

    def place(each: ListingDetail) -> tuple[int, str, str]:
        known = each.partner in PARTNERS
        rank = PARTNERS.index(each.partner) if known else len(PARTNERS)
        return rank, each.official_list, each.reference

    return sorted(listings, key=place)


def rows(listings: Sequence[ListingDetail]) -> list[Row]:
    """Every fact that some listing states."""
    parties = [each.party for each in listings]
    dates = agreement.of_dates([each.birth_dates for each in parties])
    countries = agreement.of_sets(
        [agreement.codes((*each.nationalities, *each.citizenships)) for each in parties]
    )
    genders = agreement.of_sets([frozenset(map(str, each.genders)) for each in parties])
    kinds = agreement.of_sets([frozenset({each.kind.value} - {"unknown"}) for each in parties])
    names = agreement.of_wordings([fold(each.name) for each in parties])
    places = agreement.of_sets(
        [agreement.codes([p.country for p in each.birth_places if p.country]) for each in parties]
    )
    silent = Agreement.SILENT
    found = [
        _row("Name", parties, names, lambda p: [formatting.name(_shown_name(p))]),
        _row("Kind", parties, kinds, lambda p: [wording.KINDS[p.kind]]),
        _row("Born", parties, dates, lambda p: _once(str(each) for each in p.birth_dates)),
        _row("Place of birth", parties, places, lambda p: _once(map(place, p.birth_places))),
        _row(
            "Nationality",
            parties,
            countries,
            lambda p: _once(map(formatting.country, p.nationalities)),
        ),
        _row(
            "Citizenship",
            parties,
            countries,
            lambda p: _once(map(formatting.country, p.citizenships)),
        ),
        _row("Gender", parties, genders, lambda p: [wording.plain(each) for each in p.genders]),
        _row("Title", parties, silent, lambda p: _once(p.titles)),
        _row("Function", parties, silent, lambda p: _once(p.functions)),
    ]
    return [each for each in found if each.is_stated]


def rows_of_pair(listings: Sequence[ListingDetail]) -> list[Row]:
    """`rows`, with the other names and the identifiers on which evidence may rest."""
    parties = [each.party for each in listings]
    name, *others = rows(listings)

    def other_names(party: Party) -> Values:
        return _once(formatting.name(each) for each in party.names if each.full != party.name)

    def identifiers_of(party: Party) -> Values:
        return _once(map(_identifier, party.identifiers))

    found = [
        name,
        _row("Other names", parties, Agreement.SILENT, other_names),
        *others,
        _row("Identifiers", parties, Agreement.SILENT, identifiers_of),
    ]
    return [each for each in found if each.is_stated]


def notes(party: Party) -> list[str]:
    """What the entry says besides, each as its list words it."""
    stated = (f"{each.label or wording.plain(each.kind)}: {each.value}" for each in party.details)
    return _once((*stated, *party.remarks))


def scripts(listings: Sequence[ListingDetail]) -> list[Script]:
    """All names by script, Latin first, each spelling once with the listings that state it."""
    found: dict[str, dict[str, list[tuple[Name, ListingDetail]]]] = {}
    for listing in listings:
        for name in listing.party.names:
            script = name.script or "Latn"
            spelt = " ".join(name.full.split()).casefold()
            found.setdefault(script, {}).setdefault(spelt, []).append((name, listing))
    ordered = sorted(found, key=lambda code: (code != "Latn", code))
    return [
        Script(wording.SCRIPTS.get(code, "Other scripts"), tuple(_names(found[code].values())))
        for code in ordered
    ]


def identifiers(listings: Sequence[ListingDetail]) -> list[Stated]:
    return _stated(listings, lambda party: party.identifiers, _identifier, _identifier_note)


def addresses(listings: Sequence[ListingDetail]) -> list[Stated]:
    return _stated(listings, lambda party: party.addresses, lambda each: each.raw, lambda _: "")


def relations(listings: Sequence[ListingDetail]) -> list[Stated]:
    return _stated(listings, lambda party: party.relations, _relation, lambda each: each.reference)


def place(value: Place) -> str:
    parts = (value.city, value.region, formatting.country(value.country))
    return value.raw or ", ".join(filter(None, parts))


def _row(
    label: str,
    parties: Sequence[Party],
    agreed: Agreement,
    values: Callable[[Party], Values],
) -> Row:
    return Row(label, tuple(values(each) for each in parties), agreed)


def _shown_name(party: Party) -> Name:
    return next(
        (each for each in party.names if each.full == party.name),
        Name(party.name, NameRole.PRIMARY),
    )


def _names(spelt: Iterable[list[tuple[Name, ListingDetail]]]) -> list[Stated]:
    found = []
    for stated in spelt:
        roles = dict.fromkeys(wording.NAME_ROLES[name.role] for name, _ in stated)
        found.append(
            Stated(
                formatting.name(stated[0][0]),
                ", ".join(roles),
                tuple(dict.fromkeys(listing for _, listing in stated)),
            )
        )
    return sorted(found, key=lambda each: (-len(each.listings), each.value.casefold()))


def _identifier(each: Identifier) -> Markup:
    where = formatting.country(each.country)
    return Markup("{} <b>{}</b>{}").format(
        wording.identifier_kind(each.kind), each.value, f" ({where})" if where else ""
    )


def _identifier_note(each: Identifier) -> str:
    known = wording.identifier_kind(each.kind)
    label = each.label if each.label.casefold() != known.casefold() else ""
    expires = f"expires {each.expires}" if each.expires else ""
    issued = f"issued {each.issued}" if each.issued else ""
    return "; ".join(filter(None, (label, issued, expires, each.note)))


def _relation(each: Relation) -> Markup:
    return Markup("{}: {}").format(
        each.label or wording.relation(each.kind), formatting.name(each.other)
    )


def _stated(
    listings: Sequence[ListingDetail],
    values: Callable[[Party], Iterable[Any]],
    shown: Callable[[Any], str | Markup],
    note: Callable[[Any], str],
) -> list[Stated]:
    """Each value once, the ones that most listings state first."""
    found: dict[str | Markup, tuple[str, list[ListingDetail]]] = {}
    for listing in listings:
        for each in values(listing.party):
            _, theirs = found.setdefault(escape(shown(each)), (note(each), []))
            if listing not in theirs:
                theirs.append(listing)
    return sorted(
        (Stated(value, said, tuple(theirs)) for value, (said, theirs) in found.items()),
        key=lambda each: -len(each.listings),
    )


def _once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, values)))
