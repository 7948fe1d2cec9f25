"""Who may ask for what: every route, every role, and those who are not signed in."""

import pytest
from werkzeug.routing import BuildError

from registry.app import create_app
from registry.config import Config, Reading
from registry.domain.account import Role
from registry.store.tables import OverrideRow
from registry.web import access
from registry.web.access import Who
from tests.web.conftest import EU, NOW, TODAY, UK, Visitor, add_account

NOBODY = "nobody"
ASKING = [NOBODY, *(each.value for each in Role)]
VALUES = {
    "proposal_id": "NOTHERE2345678",
    "dossier_id": "NOTHERE2345678",
    "portion_id": "NOTHERE2345678",
    "partner": "UK",
    "subject_id": "SNOTHERE2",
    "official_list": UK,
    "reference_": "MMR0001",
    "key": UK,
    "edition_id": 1,
    "filename": "registry.css",
    "format": "json",
}


@pytest.fixture(scope="session")
def guarded(site):
    """The same registry, where reading needs an account."""
    config = Config(site.url, site.archive.folder, "desk@registry.example", Reading.ACCOUNTS)
    app = create_app(config, today=lambda: TODAY)
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture(scope="session")
def asking(site, guarded):
    """By (where reading needs an account, role), a client."""
    found = {}
    for app in (site.app, guarded):
        needs = app is guarded
        found[needs, NOBODY] = Visitor(app).client
        for role in Role:
            visitor = Visitor(app)
            affiliation = "ngo:Example" if role is Role.NGO else "UK"
            visitor.sign_in(
                add_account(site.engine, role, affiliation=affiliation, name=f"{role}-{int(needs)}")
            )
            found[needs, role.value] = visitor.client
    return found


def routes(app):
    """(endpoint, method, address) of everything that can be asked for."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        values = {name: VALUES.get(name, "1") for name in rule.arguments}
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            try:
                yield rule.endpoint, method, adapter.build(rule.endpoint, values, method)
            except BuildError:
                pytest.fail(f"give values for {rule.endpoint} in VALUES: {rule.arguments}")


def test_every_endpoint_has_a_rule_and_every_rule_an_endpoint(site):
    endpoints = {rule.endpoint for rule in site.app.url_map.iter_rules()}
    assert endpoints - set(access.RULES) == set(), "these have no rule in web/access.py"
    assert set(access.RULES) - endpoints == set(), "these rules are for nothing"
    assert set(access.MOST_SENT) <= endpoints


def test_an_endpoint_without_a_rule_is_refused_to_everybody(site, monkeypatch):
    visitor = site.visitor("administrator", "officer", "auditor")
    visitor.get("/changes/")
    monkeypatch.delitem(access.RULES, "changes.page")
    visitor.get("/changes/", 403)
    site.get("/changes/", 302)


@pytest.mark.parametrize("role", ASKING)
@pytest.mark.parametrize("needs_account", [False, True], ids=["open", "reading needs an account"])
def test_every_route_answers_exactly_those_whom_its_rule_allows(site, asking, role, needs_account):
    client = asking[needs_account, role]
    content = role not in (NOBODY, Role.ADMINISTRATOR)
    for endpoint, method, address in routes(site.app):
        match access.RULES[endpoint]:
            case Who.ALWAYS:
                expected = True
            case Who.ANYONE:
                expected = content or not needs_account
            case Who.SIGNED_IN:
                expected = role != NOBODY
            case roles:
                expected = role in roles
        # Forms are sent without their token: who is allowed comes as far as 400.
        answer = client.open(address, method=method)
        got = answer.status_code
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"], endpoint
        assert answer.headers["X-Content-Type-Options"] == "nosniff", endpoint
        assert answer.headers["X-Frame-Options"] == "DENY", endpoint
        answer.close()
        asked = (endpoint, method, got)
        if expected:
            assert got not in (401, 403), asked
            assert method == "GET" or got == 400, asked
            assert got != 302 or "/sign-in" not in answer.headers["Location"], asked
        elif role == NOBODY and method == "GET":
            assert got == 302, asked
            assert answer.headers["Location"].startswith("/sign-in?next="), asked
        else:
            assert got == 403, asked


def test_the_menu_shows_only_what_may_be_asked_for(asking):
    page = asking[True, NOBODY].get("/method/").text
    menu = page[page.index('aria-label="Main"') : page.index("<main")]
    assert "Method" in menu
    assert "Coverage" not in menu
    assert "UK Sanctions List" not in page[page.index("<footer") :]
    page = asking[True, "reader"].get("/method/").text
    assert "Coverage" in page[page.index('aria-label="Main"') : page.index("<main")]


def test_an_administrators_account_alone_reads_nothing_where_reading_needs_an_account(asking):
    answer = asking[True, "administrator"].get("/coverage/")
    assert answer.status_code == 403
    assert "ask an administrator for the role" in answer.text
    assert asking[True, "reader"].get("/coverage/").status_code == 200


def test_after_signing_in_one_comes_to_the_page_that_was_asked_for(guarded, site):
    name = add_account(site.engine, "reader", name="sent-on")
    visitor = Visitor(guarded)
    there = visitor.client.get("/coverage/?listed-by=EU&q=a%26b").headers["Location"]
    assert there == "/sign-in?next=/coverage/?listed-by%3DEU%26q%3Da%2526b"
    page = visitor.get(there)
    assert 'name="next" value="/coverage/?listed-by=EU&amp;q=a%26b"' in page
    answer = visitor.sign_in(name, next="/coverage/?listed-by=EU&q=a%26b")
    assert answer.headers["Location"] == "/coverage/?listed-by=EU&q=a%26b"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "\n//evil.example",
        "evil.example",
        "//[",
        "",
    ],
)
def test_signing_in_leads_to_no_other_site(site, elsewhere):
    answer = site.visitor("reader").sign_in("uk.reader", next=elsewhere)
    assert answer.headers["Location"] == "/"


def test_who_corrected_an_entry_and_why_is_read_by_accounts_only(site):
    with site.engine.begin() as connection:
        connection.execute(
            OverrideRow.__table__.insert().values(
                listing=f"{EU}:EU.3.3",
                field="asset-freeze",
                value="no",
                reason="Officer Confidential said so",
                source="Notice of 1 May",
                officer="Petra Secret",
                entered_at=NOW,
            )
        )
        # What was computed before is out of date.
        connection.exec_driver_sql("UPDATE fact SET value = '1000000' WHERE key = 'revision'")
    subject = site.subject[f"{EU}:EU.3.3"]
    addresses = (f"/subjects/{subject}", "/coverage/gaps.json?q=EU.3.3")
    for address in addresses:
        text = site.get(address)
        assert "Petra Secret" not in text, address
        assert "Confidential" not in text, address
    assert "overridden by an officer (Notice of 1 May)" in site.get(addresses[0])
    assert "Petra Secret" in site.visitor("reader").get(addresses[0])
    with site.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM override")
        connection.exec_driver_sql("UPDATE fact SET value = '1000001' WHERE key = 'revision'")
