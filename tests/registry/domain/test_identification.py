"""How well listings tell whom they mean."""

from itertools import permutations

import pytest

from registry.domain.identification import Identification, of_party, of_subject
from registry.domain.party import IdentifierKind, Kind

FIRM, THIN, BARE = Identification
PASSPORT, OTHER = IdentifierKind.PASSPORT, IdentifierKind.OTHER


@pytest.mark.parametrize(
    ("kind", "names", "more", "expected"),
    [
        pytest.param(Kind.PERSON, ["Ali"], {"identifiers": [PASSPORT]}, FIRM, id="a passport"),
        pytest.param(Kind.PERSON, ["Ali"], {"dated": True}, FIRM, id="a birth date"),
        pytest.param(Kind.PERSON, ["Ali Hassan"], {"identifiers": [OTHER]}, THIN, id="some number"),
        pytest.param(Kind.PERSON, ["Ali Hassan"], {}, THIN, id="two words"),
        pytest.param(Kind.PERSON, ["Ali"], {}, BARE, id="one word"),
        pytest.param(Kind.PERSON, ["Min Aung Hlaing"], {}, FIRM, id="three words"),
        pytest.param(Kind.PERSON, ["Ivan I. Petrov"], {}, THIN, id="an initial fits many names"),
        pytest.param(Kind.PERSON, ["Ali", "Ali Hassan Omar"], {}, FIRM, id="the fullest name"),
        pytest.param(Kind.PERSON, ["Ali Hassan"], {"placed": True}, THIN, id="a person's address"),
        pytest.param(Kind.ENTITY, ["OOO Almaz"], {}, THIN, id="a legal form and one word"),
        pytest.param(Kind.ENTITY, ["Almaz"], {"placed": True}, FIRM, id="an entity's address"),
        pytest.param(Kind.ENTITY, ["Myanma Economic Holdings"], {}, FIRM, id="a telling name"),
        pytest.param(Kind.VESSEL, ["Ocean Grand Lady"], {}, THIN, id="ships share names"),
        pytest.param(Kind.VESSEL, ["X"], {"identifiers": [IdentifierKind.IMO]}, FIRM, id="an IMO"),
        pytest.param(Kind.UNKNOWN, ["Ali"], {}, BARE, id="what is of no kind may be a person"),
        pytest.param(Kind.PERSON, [], {}, BARE, id="weak names only"),
    ],
)
def test_a_number_a_date_or_several_words_tell_namesakes_apart(kind, names, more, expected):
    assert of_party(kind, names, **more) is expected


def test_the_best_told_listing_counts():
    for order in permutations([BARE, FIRM, THIN]):
        assert of_subject(order, partners=1, namesakes=False) is FIRM


def test_a_short_name_that_another_subject_bears_tells_nobody_apart():
    assert of_subject([THIN], partners=1, namesakes=True) is BARE
    assert of_subject([FIRM], partners=1, namesakes=True) is FIRM, "a date parts namesakes"


def test_lists_of_two_partners_that_agree_are_one_step_firmer():
    assert of_subject([THIN], partners=2, namesakes=False) is FIRM
    assert of_subject([BARE], partners=3, namesakes=False) is THIN
    assert of_subject([THIN, THIN], partners=1, namesakes=False) is THIN


def test_nothing_stated_is_bare():
    assert of_subject([], partners=1, namesakes=False) is BARE
