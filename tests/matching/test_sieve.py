"""The cheap look must not drop what the full comparison would find near."""

from datetime import date, timedelta

import numpy as np
import pytest

from matching import model
from matching.frequencies import frequencies
from matching.profile import profile
from matching.sieve import Sieve
from registry.domain.partial_date import day
from registry.domain.party import (
    Country,
    Identifier,
    IdentifierKind,
    Kind,
    Name,
    NameRole,
    Party,
)

IRAN = (Country("Iran", "IR"),)
BORN = date(1960, 2, 1)


def party(name, kind=Kind.PERSON, **more):
    return Party(kind, (Name(name, NameRole.PRIMARY),), **more)


def kept(left, right):
    """Whether the look keeps the pair, and the full score, which must say the same or less."""
    profiles = [profile("eu:1", "eu", left), profile("uk:1", "uk", right)]
    counted = frequencies(profiles)
    pairs = np.array([[0, 1]])
    score = model.compare(*profiles, counted).score
    return bool(len(Sieve(profiles, pairs, counted).survivors(pairs))), score


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("Alireza Tangsiri", "Ali Reza Tangsiri", id="one name joins two words"),
        pytest.param("Ayatollah Ibrahimi", "Ayatollah Ebrahimi", id="another first vowel"),
        pytest.param("Oleksandr Karaman", "Alexandru Caraman", id="another language's spelling"),
        pytest.param("Lyudmila Rukavishnikova", "Lyudmila Rukavishikova", id="a letter is missing"),
        pytest.param("Kyaw Zaw Thant", "Thant, Kyaw Zaw", id="another order"),
    ],
)
def test_names_that_are_nearly_the_same_are_compared_in_full(left, right):
    keeps, score = kept(party(left, nationalities=IRAN), party(right, nationalities=IRAN))
    assert score >= model.NEAR
    assert keeps
    assert kept(party(right, nationalities=IRAN), party(left, nationalities=IRAN)) == (True, score)


def test_a_listing_of_unknown_kind_is_compared_with_persons_and_others():
    for kind in (Kind.PERSON, Kind.ENTITY, Kind.VESSEL):
        keeps, score = kept(party("Mayflower Thant", Kind.UNKNOWN), party("Mayflower Thant", kind))
        assert score >= model.NEAR
        assert keeps


def test_persons_and_ships_are_never_compared():
    assert not kept(party("Mayflower"), party("Mayflower", Kind.VESSEL))[0]


def test_a_number_shared_by_listings_of_many_numbers_is_seen():
    shared = [f"P{number}" for number in range(30)]
    numbers = tuple(Identifier(IdentifierKind.PASSPORT, f"{each}00042", IRAN[0]) for each in shared)
    keeps, score = kept(
        party("Kyaw Zaw Thant", identifiers=numbers, birth_dates=(day(BORN),)),
        party("Someone Else", identifiers=numbers, birth_dates=(day(BORN),)),
    )
    assert score >= model.NEAR
    assert keeps


def test_strangers_of_one_word_and_other_birth_dates_are_dropped():
    keeps, score = kept(
        party("Kyaw Zaw Thant", birth_dates=(day(BORN),)),
        party("Kyaw Sein", birth_dates=(day(BORN + timedelta(days=4100)),)),
    )
    assert score < model.NEAR
    assert not keeps
