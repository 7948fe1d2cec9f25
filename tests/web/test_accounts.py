"""One's own account, and the administrator's pages."""

import csv
import io
import re
from html import unescape

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.domain.account import Role
from registry.services import accounts, audit, demo_accounts
from registry.store import accounts as stored
from registry.store import trail
from registry.store.database import writing
from registry.store.tables import AccountRow
from registry.store.trail import Sought
from tests.web.conftest import NOW, PASSWORD, add_account
from tests.web.signing import cookie, from_, is_signed_in, with_cookie

NEW = "a sentence that is new"


@pytest.fixture
def ada(door):
    add_account(door.engine, "administrator", affiliation="secretariat", name="ada")
    visitor = door.visitor()
    visitor.sign_in("ada")
    return visitor


def told(door, **sought):
    """What the trail tells, the first first."""
    with Session(door.engine) as session:
        found = reversed(list(trail.page(session, Sought(**sought))))
        return [(each.actor.name, each.action, each.object) for each in found]


def account(door, name):
    with Session(door.engine) as session:
        return stored.find(session, name)


def new_account(**more):
    return {
        "name": "carl",
        "shown_name": "Carl Example",
        "affiliation": "CA",
        "roles": ["officer", "reviewer"],
        **more,
    }


def shown_password(answer):
    return re.search(r'class="once">([^<]+)<', answer.text)[1]


def test_another_password_ends_every_other_sign_in(door, anna):
    elsewhere, before = door.visitor(), cookie(anna)
    elsewhere.sign_in("anna")
    anna.post("/account/password", {"present": PASSWORD, "new": NEW, "again": NEW})
    assert is_signed_in(anna)
    assert not is_signed_in(elsewhere)
    assert not is_signed_in(with_cookie(door, before))
    door.visitor().sign_in("anna", PASSWORD, 401)
    door.visitor().sign_in("anna", NEW)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"present": "wrong"}, "The present password is not right."),
        ({"again": "something else"}, "not the same"),
        ({"new": "short", "again": "short"}, "at least 12 characters"),
        ({"new": "aaaaaaaaaaaaaaa", "again": "aaaaaaaaaaaaaaa"}, "first that somebody would try"),
        ({"new": "x" * 1_001, "again": "x" * 1_001}, "at most 1,000 characters"),
        ({"name": "ada"}, "name"),
    ],
)
def test_a_password_is_not_changed_for_anything_less(door, anna, sent, said):
    values = {"present": PASSWORD, "new": NEW, "again": NEW, **sent}
    assert said in anna.post("/account/password", values, 422).text
    door.visitor().sign_in("anna", PASSWORD)


def test_whoever_holds_a_sign_in_can_not_guess_the_password_without_end(anna):
    wrong = {"present": "wrong", "new": NEW, "again": NEW}
    for _ in range(5):
        anna.post("/account/password", wrong, 422)
    anna.post("/account/password", wrong, 429)


def test_sign_ins_are_shown_and_ended_one_by_one(door, anna):
    elsewhere = from_(door, "192.0.2.77")
    elsewhere.sign_in("anna")
    page = anna.get("/account")
    assert "192.0.2.77" in page
    (ending,) = re.findall(r'action="(/account/sign-ins/[0-9a-f]{20}/end)"', page)
    anna.post(ending)
    assert not is_signed_in(elsewhere)
    assert is_signed_in(anna)


def test_nobody_ends_anothers_sign_in(door, anna, ada):
    elsewhere = door.visitor()
    elsewhere.sign_in("anna")
    (ending,) = re.findall(r'action="(/account/sign-ins/[0-9a-f]{20}/end)"', anna.get("/account"))
    ada.post(ending, status=404)
    assert is_signed_in(elsewhere)


def test_one_signs_out_everywhere_at_once(door, anna):
    elsewhere = door.visitor()
    elsewhere.sign_in("anna")
    anna.post("/account/sign-out-everywhere")
    assert not is_signed_in(anna)
    assert not is_signed_in(elsewhere)


def test_an_administrator_adds_an_account_whose_password_is_shown_once(door, ada):
    answer = ada.post("/accounts/", new_account(), 200)
    password = shown_password(answer)
    carl = door.visitor()
    carl.sign_in("carl", password)
    made = account(door, "carl")
    assert made.affiliation == "CA"
    assert made.roles == {Role.OFFICER, Role.REVIEWER}
    assert password not in ada.get("/accounts/carl")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_password_that_an_administrator_knows_opens_nothing_but_its_own_change(door, ada):
    password = shown_password(ada.post("/accounts/", new_account(roles=["auditor"]), 200))
    carl = door.visitor()
    assert carl.sign_in("carl", password).headers["Location"] == "/"
    for address in ("/", "/coverage/", "/trail/"):
        answer = carl.client.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/account"), address
    carl.post("/account/sign-out-everywhere", status=403)
    assert "administrator knows your password" in carl.get("/account")
    carl.post("/account/password", {"present": password, "new": NEW, "again": NEW})
    assert "administrator knows" not in carl.get("/account")
    carl.get("/trail/")
    again = shown_password(ada.post("/accounts/carl/password", status=200))
    carl.sign_in("carl", again)
    assert carl.client.get("/trail/").status_code == 302


def test_an_organisation_has_an_account_of_its_own(door, ada):
    organisation = {"affiliation": "ngo:", "organisation": "Example Centre", "roles": ["ngo"]}
    ada.post("/accounts/", new_account(**organisation), 200)
    assert account(door, "carl").organisation == "Example Centre"
    assert account(door, "carl").partner is None


@pytest.mark.parametrize(
    ("more", "said"),
    [
        pytest.param({"name": "ANNA "}, "already", id="the name is taken"),
        pytest.param({"name": "a b"}, "can not be signed in with", id="a blank in the name"),
        pytest.param({"name": "аnna"}, "can not be signed in with", id="a letter that looks alike"),
        pytest.param({"name": "x" * 65}, "can not be signed in with", id="too long"),
        pytest.param({"shown_name": " "}, "A name of 1 to 100", id="no name to show"),
        pytest.param({"shown_name": "A\u202eb"}, "can not be shown", id="a turned name"),
        pytest.param({"roles": []}, "needs a role", id="no role"),
        pytest.param({"roles": ["emperor"]}, "roles", id="no such role"),
        pytest.param({"roles": ["ngo"]}, "needs the affiliation", id="a partner's NGO role"),
        pytest.param({"affiliation": "XX"}, "affiliation", id="no such partner"),
        pytest.param({"affiliation": "secretariat"}, "An officer answers", id="officer of nobody"),
        pytest.param({"affiliation": "ngo:"}, "organisation", id="no organisation"),
        pytest.param({"organisation": "Example"}, "Leave it empty", id="a partner and an NGO"),
        pytest.param(
            {"affiliation": "ngo:", "organisation": "X"}, "no other", id="an NGO's officer"
        ),
        pytest.param({"is_demo": "1"}, "is_demo", id="a field that there is not"),
        pytest.param({"password": "x" * 20}, "password", id="a password of one's choice"),
        pytest.param({"id": "1"}, "id", id="another's number"),
    ],
)
def test_an_account_that_can_not_be_is_refused_with_the_reason(door, ada, more, said):
    assert said in unescape(ada.post("/accounts/", new_account(**more), 422).text)
    with Session(door.engine) as session:
        assert len(session.scalars(select(AccountRow)).all()) == 2


def test_roles_count_from_the_next_page_on(door, ada, anna):
    anna.get("/trail/", 403)
    ada.post("/accounts/anna/roles", {"roles": ["auditor"]})
    anna.get("/trail/")
    ada.post("/accounts/anna/roles", {"roles": ["reader"]})
    anna.get("/trail/", 403)


def test_who_keeps_accounts_takes_no_role_for_themselves(door, ada):
    said = "Nobody takes a role for themselves"
    add_account(door.engine, "administrator", affiliation="secretariat", name="third")
    for roles in (["administrator", "policy"], ["administrator", "auditor"], ["reader"]):
        assert said in ada.post("/accounts/ada/roles", {"roles": roles}, 422).text
    assert account(door, "ada").roles == {Role.ADMINISTRATOR}
    add_account(door.engine, "administrator", "auditor", affiliation="secretariat", name="second")
    second = door.visitor()
    second.sign_in("second")
    second.post("/accounts/second/roles", {"roles": ["auditor"]})
    assert account(door, "second").roles == {Role.AUDITOR}, "one may give a role up"


def test_a_disabled_account_is_out_at_once_and_in_again_when_enabled(door, ada, anna):
    ada.post("/accounts/anna/disable")
    assert not is_signed_in(anna)
    door.visitor().sign_in("anna", PASSWORD, 401)
    ada.post("/accounts/anna/enable")
    assert not is_signed_in(anna)
    door.visitor().sign_in("anna")


def test_an_administrator_makes_another_password_and_the_old_one_is_worth_nothing(door, ada, anna):
    password = shown_password(ada.post("/accounts/anna/password", status=200))
    assert not is_signed_in(anna)
    door.visitor().sign_in("anna", PASSWORD, 401)
    door.visitor().sign_in("anna", password)


def test_the_only_administrator_stays_one(door, ada):
    said = "only administrator"
    assert said in ada.post("/accounts/ada/disable", status=422).text
    assert said in ada.post("/accounts/ada/roles", {"roles": ["reader"]}, 422).text
    add_account(door.engine, "administrator", affiliation="secretariat", name="second")
    ada.post("/accounts/ada/disable")
    assert not is_signed_in(ada)


@pytest.mark.parametrize("address", ["roles", "password", "disable", "enable"])
def test_an_account_that_is_not_there_is_not_found(ada, address):
    ada.post(
        f"/accounts/nobody/{address}", {"roles": ["reader"]} if address == "roles" else {}, 404
    )
    ada.get("/accounts/nobody", 404)


def test_what_becomes_of_accounts_stands_in_the_trail_and_passwords_do_not(door, ada, anna):
    password = shown_password(ada.post("/accounts/", new_account(), 200))
    ada.post("/accounts/carl/roles", {"roles": ["officer"]})
    ada.post("/accounts/carl/disable")
    ada.post("/accounts/carl/enable")
    ada.post("/accounts/carl/password", status=200)
    anna.post("/sign-out")
    door.visitor().sign_in("anna", "a wrong password", 401)
    door.visitor().sign_in("sesame-open-yourself", "anna", 401)
    assert told(door)[4:] == [
        ("ada", "account-added", "account:carl"),
        ("ada", "roles-set", "account:carl"),
        ("ada", "account-disabled", "account:carl"),
        ("ada", "account-enabled", "account:carl"),
        ("ada", "password-set", "account:carl"),
        ("anna", "signed-out", "account:anna"),
        ("", "sign-in-failed", "account:anna"),
        ("", "sign-in-failed", "account"),
    ]
    with Session(door.engine) as session:
        kept = [str(each) for each in trail.every(session)]
        assert list(audit.faults(session)) == []
    for secret in (password, PASSWORD, "a wrong password", "sesame"):
        assert not any(secret in each for each in kept)


def test_an_auditor_reads_the_trail_and_takes_it_along_without_formulas(door, anna):
    add_account(door.engine, "auditor", name="otto")
    with writing(door.engine) as session:
        audit.act_as(session, audit.Actor("=cmd|' /C calc'!A0", "192.0.2.1"))
        audit.record(session, audit.Action.JUDGED, "judgement:1", text="<script>alert(1)</script>")
        audit.record(session, audit.Action.MARKED_READ, "proposal:1", released_to=["US"])
    otto = door.visitor()
    otto.sign_in("otto")
    page = otto.get("/trail/")
    assert "192.0.2.1" in page
    assert "<script>alert" not in page
    assert "proposal:1" not in page
    assert "account:anna" in page
    assert "For unclassified information only · for auditors of United Kingdom" in page
    assert "account:anna" not in otto.get("/trail/?action=judged")
    assert "No entry fits" in otto.get("/trail/?object=edition")
    rows = list(csv.DictReader(io.StringIO(otto.get("/trail/trail.csv"))))
    assert not any(row["actor"].startswith("=") for row in rows)
    assert not any("proposal" in row["object"] for row in rows)
    assert "number" not in rows[0]
    assert told(door)[-1] == ("otto", "exported", "trail")
    otto.get("/trail/?action=dreamt", 422)


def test_how_an_organisation_comes_and_goes_is_for_auditors_of_the_secretariat_alone(door, ada):
    organisation = {"affiliation": "ngo:", "organisation": "Example Centre", "roles": ["ngo"]}
    password = shown_password(ada.post("/accounts/", new_account(**organisation), 200))
    carl = door.visitor()
    carl.sign_in("carl", password)
    carl.post("/account/password", {"present": password, "new": NEW, "again": NEW})
    carl.get("/coverage/gaps.csv?kind=person")
    carl.post("/account/sign-out-everywhere")
    door.visitor().sign_in("carl", "a wrong password", 401)
    ada.post("/accounts/carl/disable")
    ada.post("/accounts/carl/enable")
    for name, affiliation, is_told in (("otto", "UK", False), ("sec", "secretariat", True)):
        add_account(door.engine, "auditor", affiliation=affiliation, name=name)
        visitor = door.visitor()
        visitor.sign_in(name)
        rows = list(csv.DictReader(io.StringIO(visitor.get("/trail/trail.csv"))))
        assert any(row["object"] == "account:ada" for row in rows)
        theirs = {row["action"] for row in rows if "carl" in (row["actor"], row["object"][8:])}
        told = {
            "account-added", "signed-in", "password-set", "exported", "signed-out",
            "sign-in-failed", "account-disabled", "account-enabled",
        }  # fmt: skip
        assert theirs == (told if is_told else set()), name


def test_exports_of_accounts_are_noted_and_those_of_nobody_are_not(door, anna):
    for visitor in (door.visitor(), anna):
        answer = visitor.client.get("/coverage/gaps.csv?kind=person")
        assert answer.status_code == 200
        answer.close()
    door.visitor().post("/search/paste.csv", {"names": "Somebody"}, 200)
    anna.post("/search/paste.csv", {"names": "Somebody"}, 200)
    assert told(door, action="exported") == [
        ("anna", "exported", "page:coverage.download"),
        ("anna", "exported", "page:search.pasted_file"),
    ]


def test_what_somebody_exports_is_for_auditors_of_their_own_and_of_the_secretariat(door, anna):
    anna.get("/coverage/gaps.csv?q=somebody+whom+the+UK+looks+at")
    for affiliation, is_told in (("UK", True), ("US", False), ("secretariat", True)):
        name = add_account(door.engine, "auditor", affiliation=affiliation)
        visitor = door.visitor()
        visitor.sign_in(name)
        for address in ("/trail/", "/trail/trail.csv", "/trail/?action=exported"):
            assert ("looks" in visitor.get(address)) is is_told, (affiliation, address)


def test_accounts_of_the_demonstration_work_on_this_machine_only_and_are_shown_loudly(door):
    with writing(door.engine) as session:
        session.delete(session.scalars(select(AccountRow)).one())
    with writing(door.engine) as session:
        assert demo_accounts.make(session, NOW)
        assert not demo_accounts.make(session, NOW)
    visitor = door.visitor()
    assert "Demonstration: sample lists" in visitor.get("/")
    assert demo_accounts.PASSWORD in visitor.get("/sign-in")
    visitor.sign_in("officer.uk", demo_accounts.PASSWORD)
    assert is_signed_in(visitor)
    elsewhere = door.app.test_client()
    page = elsewhere.get("/sign-in", base_url="https://registry.example").text
    assert demo_accounts.PASSWORD not in page
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    sent = {"csrf_token": token, "name": "officer.uk", "password": demo_accounts.PASSWORD}
    answer = elsewhere.post("/sign-in", data=sent, base_url="https://registry.example")
    assert answer.status_code == 401


def test_accounts_of_the_demonstration_cover_every_partner_and_role(door):
    with writing(door.engine) as session:
        session.delete(session.scalars(select(AccountRow)).one())
    with writing(door.engine) as session:
        demo_accounts.make(session, NOW)
        made = demo_accounts.enabled(session)
    assert {role for each in made for role in each.roles} == set(Role)
    for partner in ("US", "EU", "UK", "CA"):
        roles = {role for each in made if each.partner == partner for role in each.roles}
        assert {Role.OFFICER, Role.POLICY} <= roles


def test_a_demonstrations_account_is_never_enabled_again(door):
    with writing(door.engine) as session:
        session.delete(session.scalars(select(AccountRow)).one())
    with writing(door.engine) as session:
        demo_accounts.make(session, NOW)
    add_account(door.engine, "administrator", affiliation="secretariat", name="ada")
    with writing(door.engine) as session:
        assert demo_accounts.disable(session, NOW) == 14
    ada = door.visitor()
    ada.sign_in("ada")
    assert "Demonstration: sample" not in ada.get("/")
    assert "Everybody knows" in ada.post("/accounts/officer.uk/enable", status=422).text
    with writing(door.engine) as session, pytest.raises(accounts.InvalidAccount):
        accounts.enable(session, "officer.uk")
