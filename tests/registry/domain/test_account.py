"""Who may be whom, and who speaks for whom."""

import pytest

from registry.domain.account import (
    Account,
    InvalidAccount,
    Role,
    has_role,
    may_speak_for,
    require_password,
)
from registry.domain.cell import PARTNERS


def account(affiliation="UK", *roles, **more):
    return Account(
        1, "anna", "Anna Example", affiliation, frozenset(roles or {Role.READER}), **more
    )


@pytest.mark.parametrize("role", [Role.OFFICER, Role.POLICY])
def test_officers_and_policy_staff_speak_for_their_own_partner_and_no_other(role):
    spoken_for = {each for each in PARTNERS if may_speak_for(account("UK", role), each)}
    assert spoken_for == {"UK"}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OFFICER, Role.POLICY, Role.NGO}))
def test_no_other_role_speaks_for_a_partner(role):
    assert not any(may_speak_for(account("UK", role), each) for each in PARTNERS)


def test_neither_the_secretariat_nor_an_organisation_speaks_for_a_partner():
    for each in (account("secretariat", Role.POLICY), account("ngo:UK", Role.NGO)):
        assert each.partner is None
        assert not any(may_speak_for(each, partner) for partner in (*PARTNERS, "secretariat"))


def test_nobody_and_the_disabled_act_in_no_role():
    gone = account("UK", Role.OFFICER, is_disabled=True)
    assert not has_role(gone, Role)
    assert not may_speak_for(gone, "UK")
    assert not has_role(None, Role)
    assert not may_speak_for(None, "UK")


def test_an_administrator_sees_content_only_in_a_further_role():
    assert not account("UK", Role.ADMINISTRATOR).sees_content
    assert account("UK", Role.ADMINISTRATOR, Role.READER).sees_content


@pytest.mark.parametrize(
    ("affiliation", "roles"),
    [
        pytest.param("UK", {Role.NGO}, id="a partner's organisation"),
        pytest.param("secretariat", {Role.OFFICER}, id="an officer of the secretariat"),
        pytest.param("ngo:Example", {Role.NGO, Role.ADMINISTRATOR}, id="an NGO's administrator"),
        pytest.param("ngo:Example", {Role.READER}, id="an NGO's reader"),
        pytest.param("ngo:", {Role.NGO}, id="an NGO without a name"),
        pytest.param("uk", {Role.READER}, id="a partner in small letters"),
        pytest.param("CH", {Role.READER}, id="a partner that does not take part"),
    ],
)
def test_roles_fit_the_affiliation(affiliation, roles):
    with pytest.raises(InvalidAccount):
        account(affiliation, *roles)


@pytest.mark.parametrize("name", ["", "Anna", "a b", "а", "-a", "a.", "a\n", "x" * 65, "a/b", "é"])
def test_names_to_sign_in_with_can_be_told_apart(name):
    with pytest.raises(InvalidAccount):
        Account(1, name, "Anna", "UK", frozenset({Role.READER}))


@pytest.mark.parametrize(
    "password", ["", "short", "aaaaaaaaaaaaaaaa", "ababababababab", "anna.example.org", "x" * 1_001]
)
def test_a_password_that_is_tried_first_is_refused(password):
    with pytest.raises(InvalidAccount):
        require_password(password, "Anna.Example.org")
