from dataclasses import replace

import pytest

from registry.domain import roles
from registry.domain.party import Kind, Relation, RelationKind
from registry.domain.roles import Role, Side
from tests.registry.domain.test_conduct import entity, person

PETROV = person("Ivan PETROV")


def shown(party, *statements):
    return [each.role for each in roles.stated(party, statements)]


@pytest.mark.parametrize(
    ("function", "role"),
    [
        ("Commander of the Fourth Rifle Brigade", Role.COMMANDER),
        ("Deputy Minister of Internal Affairs", Role.COMMANDER),
        ("Chief of the General Staff", Role.COMMANDER),
        ("Judge at the City Court", Role.OFFICIAL),
        ("Director of the Old Prison", Role.OFFICIAL),
        ("Member of the State Duma", Role.OFFICIAL),
        ("Businessman", Role.FINANCIER),
    ],
)
def test_a_function_shows_a_role(function, role):
    assert role in shown(replace(PETROV, functions=(function,)))


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Petrov personally took part in the killings.", Role.PARTICIPANT),
        ("Petrov is a prosecutor.", Role.OFFICIAL),
        ("Petrov gave financial support to the army.", Role.FINANCIER),
        ("Petrov supplied ammunition to the army.", Role.ARMS_SUPPLIER),
        ("Petrov exports gold from the region.", Role.RESOURCE_TRADER),
        ("Petrov helps the government evade sanctions.", Role.EVASION_NETWORK),
        ("Petrov recruits fighters abroad.", Role.RECRUITER),
        ("Petrov spreads propaganda for the war.", Role.PROPAGANDIST),
        ("Petrov sold surveillance equipment to the police.", Role.TECHNOLOGY_SUPPLIER),
        ("Petrov is the brother of a general.", Role.FAMILY_OR_ASSOCIATE),
    ],
)
def test_a_verb_or_a_noun_of_the_reasons_shows_a_role(text, role):
    assert shown(PETROV, text) == [role]


def test_a_role_is_not_stated_where_no_word_shows_one():
    assert shown(PETROV, "Petrov threatens the peace.") == []
    assert roles.sides(()) == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "Petrov was Minister of Finance.",
        "Petrov chaired the Finance Committee.",
        "Petrov was Governor of the Central Bank.",
    ],
)
def test_an_office_of_finance_is_no_financing(text):
    assert shown(PETROV, text) == []
    assert Role.FINANCIER not in shown(replace(PETROV, functions=(text,)))


def test_what_a_relative_does_is_not_the_role_of_the_family():
    text = "She is the wife of Boris Sidorov, a businessman who financed the militia."
    found = roles.stated(person("Olga SIDOROVA"), [text])
    assert [each.role for each in found] == [Role.FAMILY_OR_ASSOCIATE]
    assert roles.sides(found) == {Side.LINKED}


def test_linked_roles_are_no_enabling_and_a_stated_role_takes_them_out_of_linked_only():
    owned = replace(
        entity("Alfa LLC"), relations=(Relation(RelationKind.OWNED_BY, "Boris Sidorov"),)
    )
    assert roles.sides(roles.stated(owned, ())) == {Side.LINKED}
    assert roles.sides(roles.stated(owned, ["Alfa LLC supplied weapons to the army."])) == {
        Side.ENABLER
    }


def test_a_person_who_works_for_a_body_is_not_the_body():
    assert shown(PETROV, "Petrov directs a plant owned by the state.") == []
    assert shown(PETROV, "Petrov was a doctor of the city prison.") == []


def test_what_another_does_is_no_role_of_the_designee():
    assert shown(PETROV, "Boris Sidorov financed the militia.") == []


def test_an_armed_body_is_an_institution_and_a_company_named_like_one_is_not():
    assert shown(entity("Fourth Rifle Brigade")) == [Role.INSTITUTION]
    assert shown(entity("Brigade Trading Company Ltd")) == []


def test_a_ship_is_transport():
    assert shown(replace(entity("Alfa"), kind=Kind.VESSEL)) == [Role.TRANSPORT]


def test_several_roles_are_kept_in_their_order_with_the_words_that_show_them():
    text = "Petrov is a businessman. He also recruited fighters and took part in the attacks."
    found = roles.stated(PETROV, [text])
    assert [each.role for each in found] == [Role.PARTICIPANT, Role.FINANCIER, Role.RECRUITER]
    assert all(each.words in text for each in found)
    assert roles.sides(found) == {Side.PERPETRATOR, Side.ENABLER}
