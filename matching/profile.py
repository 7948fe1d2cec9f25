"""A listing's party, prepared once so that it can be compared many times."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from matching import text
from matching.keys import keys
from matching.naming import NameForm, name_forms
from matching.numbers import Number, numbers
from matching.told import NOTHING, Told, told
from registry.domain.partial_date import PartialDate
from registry.domain.party import Country, Gender, Kind, Party


@dataclass(frozen=True, slots=True)
class Profile:
    """`countries` are stated nationalities and citizenships, ISO codes; `stated` these
    and the countries of birth and of addresses, `ties` these and the countries that programmes
    speak of; `addresses` are the words and numbers of each address, of
    what is no person, `birth_cities` the words of places of birth; `programmes` as the file words
    them; `spellings` the words of each
    name that is not weak, in ASCII, sorted; `keys` what the listing can be found by; `told` what
    is counted over all listings."""

    key: str
    official_list: str
    kind: Kind
    names: tuple[NameForm, ...]
    birth_dates: tuple[PartialDate, ...] = ()
    genders: frozenset[Gender] = frozenset()
    countries: frozenset[str] = frozenset()
    stated: frozenset[str] = frozenset()
    ties: frozenset[str] = frozenset()
    birth_cities: frozenset[str] = frozenset()
    addresses: tuple[frozenset[str], ...] = ()
    programmes: frozenset[str] = frozenset()
    numbers: frozenset[Number] = frozenset()
    spellings: frozenset[str] = frozenset()
    keys: bytes = b""
    told: Told = NOTHING

    @property
    def is_person(self) -> bool:
        return self.kind is Kind.PERSON


def profile(
    key: str,
    official_list: str,
    party: Party,
    codes: tuple[str, ...] = (),
    *,
    hide_identifiers: bool = False,
) -> Profile:
    """Prepare a party for comparison: a pure function of what is given.

    `codes` are the programmes as the file words them; they tie a listing to countries where it
    states no nationality. `hide_identifiers` leaves out every typed identifier, IMO numbers and
    the references of other lists, to measure what the rest can do.
    """
    countries = _codes((*party.nationalities, *party.citizenships))
    stated = countries | _codes(
        (
            *(place.country for place in party.birth_places),
            *(address.country for address in party.addresses),
        )
    )
    ties = stated.union(*map(_regime_countries, codes))
    names, spellings = name_forms(party)
    birth_dates = tuple(each for each in party.birth_dates if each.first is not None)
    held = frozenset() if hide_identifiers else numbers(party.identifiers, party.kind)
    return Profile(
        key=key,
        official_list=official_list,
        kind=party.kind,
        names=names,
        birth_dates=birth_dates,
        genders=frozenset(party.genders),
        countries=countries,
        stated=stated,
        ties=ties,
        birth_cities=_place_words(place.city or place.raw for place in party.birth_places),
        addresses=() if party.kind is Kind.PERSON else _addresses(party),
        programmes=frozenset(codes),
        numbers=held,
        spellings=spellings,
        keys=keys(party.kind, names, birth_dates, held),
        told=told(names),
    )


def _codes(countries: Iterable[Country | None]) -> frozenset[str]:
    return frozenset(each.code for each in countries if each is not None and each.code)


@lru_cache(maxsize=4096)
def _regime_countries(code: str) -> frozenset[str]:
    named = f" {' '.join(text.words(code))} "
    named = re.sub(r" (sanctions|eu exit|regulations|eo\d+)(?= )", "", named)
    return frozenset(
        country
        for country, words in text.words_of("regimes").items()
        if any(f" {word} " in named for word in words)
    )


ADDRESSES = 30  # of one listing; those beyond are not looked at


def _place_words(places: Iterable[str]) -> frozenset[str]:
    filler = text.filler("address")
    return frozenset(
        text.sound(word)
        for place in places
        if place
        for word in text.words(place)
        if len(word) > 3 and word not in filler
    )


def _addresses(party: Party) -> tuple[frozenset[str], ...]:
    """The telling words and all numbers of each address."""
    filler = text.filler("address")
    found = dict.fromkeys(
        frozenset(
            word if word.isdigit() else text.sound(word)
            for word in text.words(address.raw)
            if word.isdigit() or (len(word) > 3 and word not in filler)
        )
        for address in party.addresses[:ADDRESSES]
    )
    return tuple(words for words in found if words)
