from datetime import date

import pytest

from matching.frequencies import frequencies
from matching.nearest import Neighbourhood
from matching.profile import profile
from registry.domain.partial_date import PartialDate, Precision
from registry.domain.party import Identifier, IdentifierKind, Kind, Name, NameRole, Party


def made(key, name, *, born=None, passport="", kind=Kind.PERSON):
    birth_dates = (PartialDate(born, born, Precision.DAY),) if born else ()
    identifiers = (Identifier(IdentifierKind.PASSPORT, passport),) if passport else ()
    party = Party(kind, (Name(name, NameRole.PRIMARY),), birth_dates, identifiers=identifiers)
    return profile(key, key.partition(":")[0], party)


THEIRS = [
    made("eu:1", "Ivan PETROV", born=date(1970, 1, 2)),
    made("eu:2", "Ivan SIDOROV", born=date(1970, 1, 2)),
    made("eu:3", "Boris PETROVICH"),
    made("eu:4", "Zhang WEI", passport="AB1234567"),
    made("eu:5", "PETROV", kind=Kind.VESSEL),
    made("eu:6", "Ahmad KHALIL"),
]
ASKED = made("uk:1", "Iwan PETROW", born=date(1970, 1, 2))


@pytest.fixture(scope="module")
def index():
    return Neighbourhood(THEIRS, frequencies([*THEIRS, ASKED]))


def keys(found):
    return [each.key for each in found]


def test_the_nearest_comes_first_with_what_speaks_for_it_and_against(index):
    found = index.nearest([ASKED])
    assert keys(found)[:2] == ["eu:1", "eu:2"]
    assert {each.feature for each in found[0].comparison.evidence if each.weight > 0} >= {
        "name", "birth_date",
    }  # fmt: skip
    assert any(each.weight < 0 for each in found[1].comparison.evidence)


def test_whoever_shares_nothing_is_not_near(index):
    assert "eu:6" not in keys(index.nearest([ASKED], most=10))
    assert index.nearest([made("uk:2", "Qwrtz XYLOPHONE")]) == ()


def test_a_person_is_never_near_a_ship(index):
    assert "eu:5" not in keys(index.nearest([ASKED], most=10))


@pytest.mark.parametrize(
    ("other", "nearest"),
    [
        pytest.param(made("uk:3", "Li MING", passport="AB 1234567"), "eu:4", id="a passport"),
        pytest.param(
            made("uk:3", "Someone ELSE", born=date(1970, 1, 2)), "eu:2", id="a birth date"
        ),
    ],
)
def test_without_a_name_in_common_a_number_or_a_birth_date_finds_somebody(index, other, nearest):
    assert nearest in keys(index.nearest([other]))


def test_several_listings_of_a_subject_ask_together_and_each_answer_names_the_nearer(index):
    second = made("ca:1", "Zhang WEI", passport="AB1234567")
    found = {each.key: each.beside for each in index.nearest([ASKED, second])}
    assert (found["eu:1"], found["eu:4"]) == ("uk:1", "ca:1")


def test_those_asked_for_are_left_out(index):
    assert "eu:1" not in keys(index.nearest([THEIRS[0]]))
    assert len(index) == len(THEIRS)
