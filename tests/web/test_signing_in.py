"""Signing in and out: what a cookie is worth, for how long, and what strangers can not do."""

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.app import create_app
from registry.config import Config
from registry.domain.signing_in import TooManyAttempts
from registry.services import accounts, signing_in
from registry.store import accounts as stored
from registry.store.database import writing
from registry.store.tables import AccountRow, SignInRow
from tests.web.conftest import NOW, PASSWORD, Door, Visitor, add_account
from tests.web.signing import cookie, from_, is_signed_in, with_cookie


def test_who_signs_in_is_named_with_their_affiliation_on_every_page(anna):
    page = anna.get("/method/")
    assert "Anna Example" in page
    assert "United Kingdom" in page


def test_the_name_to_sign_in_with_may_be_typed_in_capitals_and_with_blanks(door):
    visitor = door.visitor()
    visitor.sign_in("  ANNA ")
    assert is_signed_in(visitor)


@pytest.mark.parametrize(
    ("name", "password"),
    [
        pytest.param("anna", "wrong horse battery", id="wrong password"),
        pytest.param("anna", "", id="no password"),
        pytest.param("nobody", PASSWORD, id="unknown name"),
        pytest.param("an\x00na", PASSWORD, id="a name that no text can have"),
        pytest.param("x" * 10_000, PASSWORD, id="a long name"),
        pytest.param("", PASSWORD, id="no name"),
        pytest.param("anna", "x" * 100_000, id="a long password"),
        pytest.param("gone", PASSWORD, id="disabled account"),
    ],
)
def test_whoever_can_not_sign_in_reads_the_same_words(door, name, password):
    gone = add_account(door.engine, "reader", name="gone")
    with writing(door.engine) as session:
        stored.set_disabled(session, stored.find(session, gone).id, NOW)
    visitor = door.visitor()
    page = visitor.sign_in(name, password, 401).text
    assert "The name or the password is not right, or the account is disabled." in page
    usual = visitor.sign_in("somebody", "somebody else's", 401).text

    def without_name_and_token(text):
        return re.sub(r'value="[^"]*"', "", text)

    assert without_name_and_token(page) == without_name_and_token(usual)
    assert not is_signed_in(visitor)


def test_an_unknown_name_costs_as_much_computing_as_a_known_one(door, monkeypatch):
    compared = []
    verify = accounts.passwords._HASHER.__class__.verify
    monkeypatch.setattr(
        "argon2.PasswordHasher.verify",
        lambda self, kept, given: compared.append(kept) or verify(self, kept, given),
    )
    for name in ("anna", "nobody", "\x00"):
        door.visitor().sign_in(name, "not the password", 401)
    parameters = {kept.rpartition("$")[0].rpartition("$")[0] for kept in compared}
    assert len(compared) == 3
    assert len(parameters) == 1


def test_passwords_and_tokens_are_not_kept_as_they_are(door, anna):
    with Session(door.engine) as session:
        kept = session.scalars(select(AccountRow.password)).one()
        digest = session.scalars(select(SignInRow.token_sha256)).one()
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept
    with anna.client.session_transaction() as inside:
        assert len(inside["token"]) >= 40
        assert inside["token"] != digest


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(door):
    answer = door.visitor().sign_in("anna")
    set_cookie = answer.headers["Set-Cookie"]
    assert set_cookie.startswith("registry=")
    assert "HttpOnly" in set_cookie
    assert "SameSite=Lax" in set_cookie
    assert "Domain" not in set_cookie


@pytest.mark.parametrize(
    "where",
    [
        pytest.param({"base_url": "https://registry.example"}, id="https"),
        pytest.param({"base_url": "http://registry.example"}, id="another host, http"),
        pytest.param({"base_url": "https://127.0.0.1"}, id="https on this machine"),
    ],
)
def test_beyond_this_machine_the_cookie_is_for_https_and_for_one_host(door, where):
    client = door.app.test_client()
    answer = client.get("/sign-in", **where)
    set_cookie = answer.headers["Set-Cookie"]
    assert set_cookie.startswith("__Host-registry=")
    assert "Secure" in set_cookie
    assert "Path=/" in set_cookie
    assert "Domain" not in set_cookie


def test_whoever_comes_by_plain_http_from_elsewhere_reads_why_nobody_can_sign_in(door):
    said = "over which nobody can sign in"
    client = door.app.test_client()
    assert said in client.get("/sign-in", base_url="http://registry.example").text
    assert said not in client.get("/sign-in", base_url="https://registry.example").text
    assert said not in client.get("/sign-in").text


def test_behind_a_trusted_proxy_the_cookie_follows_what_the_browser_speaks(database, tmp_path):
    door = Door(database, tmp_path, proxies=1)
    said = {
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "registry.example",
        "X-Forwarded-For": "192.0.2.7",
    }
    answer = door.app.test_client().get("/sign-in", headers=said)
    assert "Secure" in answer.headers["Set-Cookie"]
    door.app.extensions["engine"].dispose()


def test_a_forwarded_address_is_not_believed_without_a_trusted_proxy(door):
    for number in range(5):
        visitor = door.visitor()
        token = visitor.token()
        visitor.client.post(
            "/sign-in",
            data={"csrf_token": token, "name": "anna", "password": "x"},
            headers={"X-Forwarded-For": f"192.0.2.{number}"},
        )
    door.visitor().sign_in("anna", status=429)


def test_pages_that_need_no_form_set_no_cookie_and_tell_nobody_apart(door):
    answer = door.app.test_client().get("/method/")
    assert "Set-Cookie" not in answer.headers


def test_what_was_read_while_signed_in_is_not_kept_by_the_browser(anna):
    assert anna.client.get("/").headers["Cache-Control"] == "no-store"


def test_signing_out_ends_the_sign_in_and_an_old_cookie_is_worth_nothing(door, anna):
    kept = cookie(anna)
    anna.post("/sign-out")
    assert not is_signed_in(anna)
    assert not is_signed_in(with_cookie(door, kept))


def test_signing_in_gives_a_new_token_whatever_the_browser_brought_along(door, anna):
    planted = cookie(anna)
    victim = with_cookie(door, planted)
    victim.token()
    with victim.client.session_transaction() as inside:
        before = dict(inside)
    add_account(door.engine, "officer", name="victim", shown_name="Victim Example")
    victim.sign_in("victim")
    victim.token()
    with victim.client.session_transaction() as inside:
        after = dict(inside)
    assert before["token"] != after["token"]
    assert before["csrf_token"] != after["csrf_token"]
    assert "Victim Example" in victim.get("/method/")
    assert "Victim Example" not in with_cookie(door, planted).get("/method/")


def test_an_hour_without_a_page_ends_the_sign_in(door, anna):
    kept = cookie(anna)
    for _ in range(3):
        door.wait(minutes=50)
        assert is_signed_in(anna)
    assert not is_signed_in(with_cookie(door, kept)), "the cookie of 150 minutes ago"
    door.wait(minutes=61)
    assert not is_signed_in(anna)


def test_after_twelve_hours_one_signs_in_again_however_busy_one_was(door, anna):
    for _ in range(23):
        door.wait(minutes=30)
        assert is_signed_in(anna)
    door.wait(minutes=31)
    assert not is_signed_in(anna)


def test_a_disabled_account_is_signed_out_at_once(door, anna):
    with writing(door.engine) as session:
        stored.set_disabled(session, stored.find(session, "anna").id, NOW)
    assert not is_signed_in(anna)


@pytest.mark.parametrize("value", ["", "x", "e30.aaaa.bbbb", "\u00e4"])
def test_a_cookie_that_the_registry_did_not_sign_is_none(door, value):
    assert not is_signed_in(with_cookie(door, value))


def test_a_cookie_signed_with_another_secret_is_none(door, anna, database, tmp_path):
    url = database.url.render_as_string(hide_password=False)
    other = create_app(Config(url, tmp_path, "desk", secret="y" * 32))
    visitor = Visitor(other)
    visitor.client.set_cookie("registry", cookie(anna), domain="localhost")
    assert not is_signed_in(visitor)
    other.extensions["engine"].dispose()


def test_all_processes_over_one_database_believe_each_others_cookies(
    door, anna, database, tmp_path
):
    url = database.url.render_as_string(hide_password=False)
    other = create_app(Config(url, tmp_path, "desk"), now=lambda: NOW)
    visitor = Visitor(other)
    visitor.client.set_cookie("registry", cookie(anna), domain="localhost")
    assert is_signed_in(visitor)
    other.extensions["engine"].dispose()


@pytest.mark.parametrize("address", ["/sign-in", "/sign-out"])
@pytest.mark.parametrize("token", [None, "", "x", "another's"])
def test_a_form_without_its_token_or_with_a_strangers_does_nothing(door, anna, address, token):
    sent = {"name": "anna", "password": PASSWORD}
    if token is not None:
        sent["csrf_token"] = door.visitor().token() if token == "another's" else token
    answer = anna.client.post(address, data=sent)
    assert answer.status_code == 400
    assert "Nothing was changed" in re.sub(r"\s+", " ", answer.text)
    assert is_signed_in(anna)


def test_a_token_from_before_the_sign_in_is_worth_nothing_after_it(door):
    visitor = door.visitor()
    before = visitor.token()
    visitor.sign_in("anna")
    answer = visitor.client.post("/sign-out", data={"csrf_token": before})
    assert answer.status_code == 400


@pytest.mark.parametrize("field", ["roles", "is_demo", "account_id", "affiliation"])
def test_a_form_takes_no_field_that_it_does_not_have(door, field):
    answer = door.visitor().sign_in("anna", status=422, **{field: "administrator"})
    assert field in answer.text


def test_guesses_at_one_name_are_slowed_down(door):
    visitor = door.visitor()
    for _ in range(5):
        visitor.sign_in("anna", "a guess at it", 401)
    answer = visitor.sign_in("anna", "a guess at it", 429)
    assert answer.headers["Retry-After"] == "5"
    visitor.sign_in("anna", status=429)
    door.wait(seconds=6)
    visitor.sign_in("anna")
    assert is_signed_in(visitor)


def test_each_further_failure_doubles_the_wait_up_to_a_quarter_of_an_hour(door):
    visitor, waits = door.visitor(), []
    for _ in range(5):
        visitor.sign_in("anna", "a guess at it", 401)
    for _ in range(9):
        wait = int(visitor.sign_in("anna", "a guess", 429).headers["Retry-After"])
        waits.append(wait)
        door.wait(seconds=wait)
        visitor.sign_in("anna", "a guess at it", 401)
    assert waits == [5, 10, 20, 40, 80, 160, 320, 640, 900]


def test_guesses_that_are_sent_at_once_do_not_escape_notice(door):
    for _ in range(5):  # none of their passwords has been looked at yet
        with writing(door.engine) as session:
            signing_in.attempt(session, "anna", "192.0.2.1", door.now)
    with writing(door.engine) as session, pytest.raises(TooManyAttempts):
        signing_in.attempt(session, "anna", "192.0.2.1", door.now)


def test_whoever_guesses_at_a_name_locks_nobody_else_out(door):
    attacker = from_(door, "198.51.100.9")
    for _ in range(5):
        attacker.sign_in("anna", "a guess at it", 401)
    attacker.sign_in("anna", "a guess at it", 429)
    anna = from_(door, "192.0.2.1")
    anna.sign_in("anna")
    assert is_signed_in(anna)


def known_to(door, visitor, address):
    """A browser at the address that has nothing left of a sign-in but that there was one."""
    browser = from_(door, address)
    kept = cookie(visitor, "registry-browser")
    browser.client.set_cookie("registry-browser", kept, domain="localhost")
    return browser


def test_whoever_guesses_from_the_same_office_locks_nobody_out_of_their_own_browser(door, anna):
    anna.post("/sign-out")
    office = "198.51.100.9"
    attacker = from_(door, office)
    for _ in range(5):
        attacker.sign_in("anna", "a guess at it", 401)
    attacker.sign_in("anna", "a guess at it", 429)
    from_(door, office).sign_in("anna", status=429)
    known = known_to(door, anna, office)
    known.sign_in("anna")
    assert is_signed_in(known)


def test_an_office_in_which_many_names_are_guessed_at_lets_in_who_was_there_before(door, anna):
    office = "198.51.100.9"
    for number in range(40):
        from_(door, office).sign_in(f"name{number}", "a guess at it", 401)
    from_(door, office).sign_in("anna", status=429)
    known_to(door, anna, office).sign_in("anna")


def test_a_browser_that_is_known_is_no_way_to_guess_more_often(door, anna):
    for _ in range(5):
        known_to(door, anna, "192.0.2.1").sign_in("anna", "a guess at it", 401)
    known_to(door, anna, "192.0.2.2").sign_in("anna", "a guess at it", 429)
    add_account(door.engine, "reader", name="eve")
    for _ in range(5):
        known_to(door, anna, "192.0.2.1").sign_in("eve", "a guess at it", 401)
    known_to(door, anna, "192.0.2.1").sign_in("eve", status=429)


@pytest.mark.parametrize("forged", ["x", "e30.aaaa", "IngiOiAieSI.aaaa", "the session's own"])
def test_a_browser_is_known_only_if_the_registry_said_so(door, anna, forged):
    for _ in range(5):
        from_(door, "192.0.2.1").sign_in("anna", "a guess at it", 401)
    browser = from_(door, "192.0.2.1")
    value = cookie(anna) if "session" in forged else forged
    browser.client.set_cookie("registry-browser", value, domain="localhost")
    browser.sign_in("anna", status=429)


def test_the_cookie_of_a_known_browser_opens_nothing_and_is_kept_as_the_other(door, anna):
    browser = known_to(door, anna, "192.0.2.1")
    assert not is_signed_in(browser)
    kept = cookie(anna, "registry-browser")
    assert not is_signed_in(with_cookie(door, kept))
    answer = door.visitor().sign_in("anna")
    (said,) = [each for each in answer.headers.getlist("Set-Cookie") if "-browser=" in each]
    for attribute in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=34560000"):
        assert attribute in said
    assert "Domain" not in said


def test_beyond_this_machine_a_known_browser_is_told_so_over_https_alone(door):
    client, where = door.app.test_client(), {"base_url": "https://registry.example"}
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in", **where).text)[1]
    answer = client.post(
        "/sign-in",
        data={"csrf_token": token, "name": "anna", "password": PASSWORD},
        headers={"Referer": "https://registry.example/sign-in"},
        **where,
    )
    (said,) = [each for each in answer.headers.getlist("Set-Cookie") if "-browser=" in each]
    assert said.startswith("__Host-registry-browser=")
    for attribute in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert attribute in said
    assert "Domain" not in said


def test_a_browser_knows_the_last_names_that_signed_in_there(door, anna):
    for number in range(12):
        add_account(door.engine, "reader", name=f"guest{number}")
        anna.sign_in(f"guest{number}")
    for name, status in (("anna", 429), ("guest1", 429), ("guest2", 303), ("guest11", 303)):
        for _ in range(5):
            from_(door, "192.0.2.1").sign_in(name, "a guess at it", 401)
        known_to(door, anna, "192.0.2.1").sign_in(name, status=status)


def test_guesses_at_many_names_from_one_client_are_slowed_down(door):
    for number in range(40):
        from_(door, f"2001:db8:1:2::{number}").sign_in(f"name{number}", "a guess at it", 401)
    from_(door, "2001:db8:1:2::ffff").sign_in("another", "a guess at it", 429)
    from_(door, "2001:db8:1:3::1").sign_in("another", "a guess at it", 401)


def test_a_sign_in_forgives_the_failures_before_it_and_only_with_its_own_name(door):
    add_account(door.engine, "reader", name="attacker")
    visitor = door.visitor()
    for _ in range(4):
        visitor.sign_in("anna", "a guess at it", 401)
    visitor.sign_in("attacker")
    visitor.sign_in("anna", "a guess at it", 401)
    visitor.sign_in("anna", "a guess at it", 429)


def test_after_a_day_failures_are_forgotten(door):
    visitor = door.visitor()
    for _ in range(5):
        visitor.sign_in("anna", "a guess at it", 401)
    door.wait(hours=25)
    for _ in range(5):
        visitor.sign_in("anna", "a guess at it", 401)


def test_names_of_accounts_are_text_and_never_markup(door):
    add_account(door.engine, "reader", name="eve", shown_name="<b>Eve</b><script>alert(1)</script>")
    visitor = door.visitor()
    visitor.sign_in("eve")
    page = visitor.get("/method/")
    assert "&lt;b&gt;Eve&lt;/b&gt;" in page
    assert "<script>alert" not in page


def test_a_browser_that_came_by_https_is_told_to_come_so_again(door):
    client = door.app.test_client()
    secure = client.get("/method/", base_url="https://registry.example").headers
    assert secure["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in client.get("/method/").headers


@pytest.mark.parametrize(
    ("address", "status"),
    [("/sign-in", 200), ("/sign-out", 405), ("/static/registry.css", 200), ("/nowhere", 404)],
)
def test_every_answer_has_the_headers(door, address, status):
    answer = door.app.test_client().get(address)
    assert answer.status_code == status
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cache-Control"]
    answer.close()


def test_a_form_may_not_be_too_big(door):
    visitor = door.visitor()
    visitor.sign_in("anna", "x" * 2_000_000, 413)
