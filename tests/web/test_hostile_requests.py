"""What no browser sends: every route answers it in words, with the headers, and tells no secret."""

import re
from urllib.parse import quote

import pytest
from werkzeug.routing import BuildError

from registry.web.headers import HEADERS
from tests.web.conftest import UK, Visitor, add_account

MANY = "1" + "0" * 30  # no database holds such a number
LEAVING = {"accounts.sign_out", "accounts.sign_out_everywhere", "accounts.end_sign_in"}
SIGNING_IN = {"accounts.sign_in", "accounts.change_password"}  # failures slow all others down
NO_FORM = {"jobs.reconcile", "lists.fetch", "notices.read"}  # takes nothing that is sent
QUERIES = {
    "beyond all numbers": f"page={MANY}&before={MANY}&after={MANY}&recorded={MANY}&since={MANY}",
    "below all numbers": "page=-1&before=-1&after=-1&recorded=-1&shared-by=-1",
    "the first day": "since=0001-01-01&until=0001-01-01&as-of=0001-01-01&listed-from=0001-01-01",
    "the last day": "since=9999-12-31&until=9999-12-31&as-of=9999-12-31&listed-until=9999-12-31",
    "until the last day": "until=9999-12-31",
    "zero bytes": "q=%00&object=%00&actor=%00&subject=%00&situation=%00&left=%00&right=%00&%00=1",
    "bytes that are no text": "q=%ff%fe&list=%ff&subject=%ed%a0%80&left=%ff&right=%ff&name=%ff",
    "wildcards and quotes": "q=%25_'\"%5c;--&object=%25&actor=_&subject=%25&left=%25&right=_",
    "markup": "q=%3Cscript%3E&situation=%3Cscript%3E&%3Cscript%3E=%3Cscript%3E&list=%3Cscript%3E",
    "a thousand fields": "&".join(f"x{number}=1" for number in range(1_000)),
    "a thousand values": "&".join(f"subject=S{number}&column=x" for number in range(1_000)),
    "a very long text": f"q={'a' * 100_000}&name={'a' * 100_000}&object={'a' * 100_000}",
    "a right-to-left override": f"q={quote(chr(0x202E))}exe.txt",
}
BODIES = {
    "no text": ("application/x-www-form-urlencoded", b"&name=%ff%fe&text=%ed%a0%80&reason=%00"),
    "many fields": ("application/x-www-form-urlencoded", b"&a=1" * 2_000),
    "another charset": ("application/x-www-form-urlencoded; charset=utf-7", b"&name=+ADw-x+AD4-"),
    "cut off": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nx',
    ),
    "no boundary": ("multipart/form-data", b"x"),
    "json": ("application/json", b'{"name": {"$ne": ""}}'),
    "xml": ("text/xml", b"<!DOCTYPE x><x/>"),
    "nothing": ("", b""),
}


@pytest.fixture(scope="module")
def anybody(site):
    """Somebody in every role that one account can have."""
    roles = ("administrator", "auditor", "list-steward", "officer", "policy", "reader", "reviewer")
    visitor = Visitor(site.app)
    visitor.sign_in(add_account(site.engine, *roles, name="anybody"))
    return visitor


def addresses(app, method, number="1"):
    """(endpoint, address) of every route that takes the method, with the number for each id."""
    adapter = app.url_map.bind("localhost")
    known = {"format": "csv", "partner": "UK", "filename": "registry.css", "key": UK}
    for rule in app.url_map.iter_rules():
        if method in rule.methods and rule.endpoint not in LEAVING:
            values = {name: known.get(name, number) for name in rule.arguments}
            try:
                yield rule.endpoint, adapter.build(rule.endpoint, values, method)
            except BuildError:
                yield rule.endpoint, re.sub("<[^>]*>", number, rule.rule)


def check(answer, asked):
    """An answer that is none of a broken server, with all headers, and with no word of within."""
    assert answer.status_code < 500, asked
    for name, value in HEADERS.items():
        assert answer.headers[name] == value, (asked, name)
    assert answer.headers["Cache-Control"], asked
    if answer.status_code >= 400:
        for secret in ("Traceback", "sqlalchemy", "/registry/", "site-packages", "werkzeug"):
            assert secret not in answer.text, asked
    answer.close()
    return answer.status_code


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_no_query_breaks_a_page(site, anybody, query):
    for client in (anybody.client, site.client):
        for endpoint, address in addresses(site.app, "GET"):
            status = check(client.get(f"{address}?{query}"), (endpoint, address))
            assert "<script>" not in query or status != 200


@pytest.mark.parametrize("number", [MANY, str(2**63), str(2**31), "-1", "1e3", "٣", "0x1", "1.0"])
def test_a_number_that_nothing_has_leads_nowhere(site, anybody, number):
    for method in ("GET", "POST"):
        data = {"csrf_token": anybody.token()} if method == "POST" else None
        for rule in site.app.url_map.iter_rules():
            if "<int:" in rule.rule and method in rule.methods and rule.endpoint not in LEAVING:
                address = re.sub("<int:[^>]*>", number, rule.rule)
                address = re.sub("<[^>]*>", UK, address)
                answer = anybody.client.open(address, method=method, data=data)
                assert check(answer, (method, address)) in (404, 422), (method, address)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "X"])
def test_another_method_is_refused_everywhere(site, anybody, method):
    for known in ("GET", "POST"):
        for endpoint, address in addresses(site.app, known):
            answer = anybody.client.open(address, method=method)
            assert check(answer, (endpoint, method)) == 405, (endpoint, method)
            assert known in answer.headers["Allow"].split(", ")
            assert method not in answer.headers["Allow"].split(", ")


def test_asking_for_the_head_tells_what_asking_for_the_page_does_without_it(site):
    for address in ("/", "/coverage/", "/static/registry.css", "/nowhere", "/proposals/"):
        head, page = site.client.head(address), site.client.get(address)
        assert head.status_code == page.status_code
        assert head.data == b""
        assert {*head.headers.keys()} == {*page.headers.keys()}
        head.close()
        page.close()


def test_asking_for_options_tells_the_methods_and_changes_nothing(site, anybody):
    for method in ("GET", "POST"):
        for endpoint, address in addresses(site.app, method):
            answer = anybody.client.options(address)
            assert check(answer, endpoint) in (200, 403, 404), endpoint


@pytest.mark.parametrize(("kind", "body"), BODIES.values(), ids=BODIES)
def test_no_body_breaks_a_form(site, anybody, kind, body):
    token = anybody.token()
    for endpoint, address in addresses(site.app, "POST", number="999999"):
        if endpoint in SIGNING_IN | NO_FORM:
            continue
        sent = f"csrf_token={quote(token)}".encode() + body if "urlencoded" in kind else body
        answer = anybody.client.post(
            address, data=sent, content_type=kind, headers={"X-CSRFToken": token}
        )
        taken = (303,) if endpoint == "saved_views.save" else ()
        assert check(answer, (endpoint, address)) in (400, 403, 404, 413, 422, *taken), endpoint


def test_nothing_but_what_is_the_same_for_everybody_is_kept_by_a_proxy(site, anybody):
    for client, kept in ((anybody.client, "no-store"), (site.client, "private, no-cache")):
        for endpoint, address in addresses(site.app, "GET"):
            answer = client.get(address)
            is_static = endpoint in ("static", "bootstrap.static") and answer.status_code == 200
            expected = "public, max-age=3600" if is_static else kept
            assert answer.headers["Cache-Control"] == expected, endpoint
            assert is_static or "Expires" not in answer.headers, endpoint
            answer.close()


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "localhost.evil.example"])
def test_the_host_that_a_browser_names_stands_in_no_page_and_no_redirect(site, host):
    for address in ("/", "/sign-in", "/coverage/", "/nowhere", "/account", "/coverage"):
        answer = site.client.get(address, headers={"Host": host})
        assert "evil" not in answer.text, address
        assert "evil" not in answer.headers.get("Location", ""), address


def test_a_broken_page_says_nothing_of_the_reason(site, anybody, monkeypatch):
    def fails(*_):
        raise RuntimeError("/var/secret/registry.db of ada")

    monkeypatch.setitem(site.app.view_functions, "method.page", fails)
    for client in (anybody.client, site.client):
        answer = client.get("/method/")
        assert answer.status_code == 500
        assert "secret" not in answer.text
        assert "RuntimeError" not in answer.text
        assert "the reason is in the log" in answer.text
        for name, value in HEADERS.items():
            assert answer.headers[name] == value


def test_a_very_long_address_is_only_an_address(site):
    for address in (
        f"/{'a' * 60_000}",
        f"/subjects/{'S' * 60_000}",
        f"/listings/{UK}/{'%2e%2e/' * 900}",
    ):
        check(site.client.get(address), address[:40])


@pytest.mark.parametrize(
    "path",
    ["../app.py", "%2e%2e/app.py", "..%2fapp.py", "/etc/passwd", "css/../../app.py", "x%00.css"],
)
def test_what_is_served_as_it_is_lies_in_its_folder(site, path):
    for folder in ("/static/", "/bootstrap/static/"):
        assert check(site.client.get(folder + path), path) in (404, 308)
