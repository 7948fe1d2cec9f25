"""Every page, found by the access table: without a fault, at every width, and with forms that come
back as they were sent."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from registry.web import access
from registry.web.sent import NOT_KEPT
from tests.web.conftest import PASSWORD, follow, served_by
from tests.web.crawl import ADDRESSES, FILES, Filled, pages
from tests.web.test_access import VALUES


@pytest.fixture(scope="module")
def filled(lasting_databases, tmp_path_factory):
    made = Filled(lasting_databases.open(), tmp_path_factory.mktemp("filled"))
    yield made
    made.app.extensions["engine"].dispose()


def test_every_page_has_an_address_in_the_crawl(filled):
    read = {each.endpoint for each in filled.app.url_map.iter_rules() if "GET" in each.methods}
    assert read - set(ADDRESSES) - FILES == set(), "give an address of these in tests/web/crawl.py"
    assert (set(ADDRESSES) | FILES) - read == set(), "these are not read"
    for who, address in pages(filled):
        visitor = filled.visitors.get(who, filled)
        answer = visitor.client.get(address)
        assert answer.status_code == (404 if address == "/nowhere" else 200), (who, address)
        assert answer.mimetype == "text/html", address


def test_every_page_says_first_that_nothing_classified_belongs_there(filled):
    for who, address in pages(filled):
        page = filled.visitors.get(who, filled).client.get(address).text
        before = page[: page.index("<h1")]
        assert (
            "not for classified material" in before or "For unclassified information only" in before
        ), (who, address)


@pytest.fixture(scope="module")
def served(filled):
    """The address of the filled registry behind a real socket."""
    with served_by(filled.app) as address:
        yield address


@pytest.fixture(scope="module")
def states(browser, served, filled):
    """By account, the cookies of its sign-in."""
    found = {"nobody": None}
    for name in filled.names:
        context = browser.new_context(base_url=served)
        page = context.new_page()
        page.goto("/sign-in")
        page.get_by_label("Name to sign in with").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        follow(page.get_by_role("main").get_by_role("button", name="Sign in"))
        found[name] = context.storage_state()
        context.close()
    return found


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_has_a_fault_that_axe_knows_or_loses_anything(
    browser, served, states, filled, width
):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    options = {"viewport": {"width": width, "height": 800}, "base_url": served}
    opened = {}
    for who, state in states.items():
        context = browser.new_context(storage_state=state, **options)
        context.set_default_timeout(20_000)
        opened[who] = context.new_page()
    faults, asked, said = {}, set(), []
    for page in opened.values():
        page.on("request", lambda request: asked.add(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
    for who, address in pages(filled):
        page = opened[who]
        page.goto(address)
        found = [
            (each["id"], node["target"])
            for each in axe.run(page, options=RULES).response["violations"]
            for node in each["nodes"]
            if each["id"] != "target-size" or "checkbox" not in node["html"]  # its label is, too
        ]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(("wider than its window", page.evaluate(WIDE)))
        if hidden := page.evaluate(HIDDEN):
            found.append(("not shown", hidden[:3]))
        if squeezed := page.evaluate(SQUEEZED):
            found.append(("a letter or two a line", squeezed))
        if found:
            faults[who, address] = found
    for page in opened.values():
        page.context.close()
    assert not faults
    assert {each for each in asked if not each.startswith(served)} == set()
    assert [text for text in said if "404" not in text] == []


@pytest.mark.browser
def test_a_form_that_is_refused_puts_the_focus_on_what_is_wrong(browser, served, states):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = browser.new_context(base_url=served, storage_state=states["crawl.desk"])
    page = context.new_page()
    page.goto("/acts/new")
    page.get_by_label("Where it can be read").fill("https://example.org/si")
    page.locator("form.entry").evaluate("form => { form.noValidate = true; }")
    page.get_by_label("Why you enter it").fill("so far")
    follow(page.get_by_role("button", name="Enter the act"))
    page.get_by_text("Nothing was changed").wait_for()
    assert page.evaluate("document.activeElement.className") == "problems"
    assert page.get_by_label("Why you enter it").input_value() == "so far"
    page.get_by_role("link", name="Made on: This is needed.").click()
    assert page.evaluate("document.activeElement.id") == "made-on"
    assert axe.run(page, options=RULES).violations_count == 0
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_what_is_found_of_pasted_names_has_no_fault_either(browser, served, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = browser.new_context(base_url=served, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto("/")
    follow(page.get_by_role("link", name="Many names"))
    page.get_by_role("textbox", name="Names, one a line").fill("Samir Exampel\nNobody Whatsoever")
    page.get_by_role("button", name="Look up").click()
    page.locator("#pasted").wait_for()
    assert axe.run(page, options=RULES).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    context.close()


@pytest.mark.browser
def test_a_printed_page_leaves_out_what_is_for_the_screen_and_hides_no_fact(
    browser, served, states, filled
):
    context = browser.new_context(base_url=served, storage_state=states["crawl.desk"])
    page = context.new_page()
    page.emulate_media(media="print")
    for address in ("/subjects/{samir}", "/review/pair?left={left}&right={right}", "/conference/"):
        page.goto(address.format(**filled.values))
        assert not page.get_by_role("navigation", name="Main").is_visible()
        assert page.locator("form:visible").count() == 0, address
        assert page.locator("details.licences li").first.is_visible()
        assert page.locator("h1").is_visible()
    context.close()


# WCAG 2.2, 2.5.8, which axe leaves out unless it is asked.
RULES = {"rules": {"target-size": {"enabled": True}}}
HIDDEN = """() => [...document.querySelectorAll("main td, main tbody th")]
  .filter((cell) => cell.textContent.trim() && !cell.closest("details:not([open])"))
  .filter((cell) => !cell.closest("[aria-hidden]"))
  .filter((cell) => {
    const box = cell.getBoundingClientRect();
    return box.width < 2 || box.height < 2;
  })
  .map((cell) => cell.outerHTML.slice(0, 200))"""
SQUEEZED = """() => [...document.querySelectorAll("main td, main th, main p, main li, main dd")]
  .filter((each) => each.innerText.trim().length > 12 && !each.closest("svg, .visually-hidden"))
  .filter((each) => each.checkVisibility() && !each.closest("thead"))
  .filter((each) => {
    const box = each.getBoundingClientRect();
    return box.width > 1 && box.height > 24 * Math.max(4, each.innerText.length / 3);
  })
  .map((each) => each.outerHTML.slice(0, 200)).slice(0, 3)"""
WIDE = """() => [...document.querySelectorAll("main *")]
  .filter((each) => each.getBoundingClientRect().right > window.innerWidth + 1)
  .filter((each) => !each.closest(".scroll"))
  .map((each) => each.outerHTML.slice(0, 120)).slice(0, 3)"""


class Forms(HTMLParser):
    """The forms of a page: the address that each is sent to, its fields and what they hold."""

    def __init__(self, page):
        super().__init__()
        self.forms, self._area = [], None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "form":
            self.forms.append((found.get("method", "get"), found.get("action", ""), []))
        elif tag in ("input", "textarea", "select") and self.forms and found.get("name"):
            found["tag"] = tag
            if tag == "textarea":
                found["value"], self._area = "", found
            self.forms[-1][2].append(found)

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._area = None

    def handle_data(self, data):
        if self._area is not None:
            self._area["value"] += data


TYPED = ("text", "search", "url", None)
WORDS = 'told by "Jo" & <others>, သန်း'


def is_typed(each):
    return each["tag"] == "textarea" or (each["tag"] == "input" and each.get("type") in TYPED)


def test_every_form_that_is_refused_comes_back_as_it_was_sent(filled):
    """Each form of each page is sent with a character that nothing of what is kept may hold."""
    adapter, tried = filled.app.url_map.bind("localhost"), set()
    for who, address in pages(filled):
        if who == "nobody":
            continue
        visitor = filled.visitors[who]
        for method, action, fields in Forms(visitor.get(address)).forms:
            typed = [each for each in fields if is_typed(each)]
            if method != "post" or not typed:
                continue
            endpoint, _ = adapter.match(urlsplit(action).path, "POST")
            if endpoint in NOT_KEPT or endpoint in tried:
                continue
            tried.add(endpoint)
            sent = {}
            for each in fields:
                value = f"{WORDS}\x1b" if is_typed(each) else each.get("value") or ""
                sent.setdefault(each["name"], []).append(value)
            answer = visitor.client.post(action, data=sent)
            assert answer.status_code == 422, endpoint
            page = answer.text
            assert "control characters" in page, endpoint
            assert 'id="refused"' in page, endpoint
            assert 'aria-invalid="true"' in page, endpoint
            (back,) = (
                form
                for form in Forms(page).forms
                if form[1] == action
                and any(
                    is_typed(each) and each.get("value", "").strip() == WORDS for each in form[2]
                )
            )
            for each in filter(is_typed, back[2]):
                assert each["value"].strip() == WORDS, (endpoint, each["name"])
    assert len(tried) > 20, tried


def test_no_form_takes_a_text_that_no_document_could_hold(filled):
    """By the access table: every endpoint that is sent a form, whatever it does with its fields."""
    adapter = filled.app.url_map.bind("localhost")
    for rule in filled.app.url_map.iter_rules():
        if "POST" not in rule.methods or rule.endpoint in NOT_KEPT:
            continue
        values = {name: VALUES.get(name, "1") for name in rule.arguments}
        address = adapter.build(rule.endpoint, values, "POST")
        who = next(
            visitor
            for visitor in filled.visitors.values()
            if visitor.client.post(address).status_code == 400  # allowed, but without its token
        )
        for hostile in ("\0", "\x0b", "\x1b", "\ufffe"):
            answer = who.post(address, {"reason": f"a{hostile}b"}, 422)
            assert "control characters" in answer.text, rule.endpoint


def test_what_is_not_kept_may_hold_anything(filled):
    assert set(access.RULES) >= NOT_KEPT
    page = filled.desk.post("/search/paste", {"names": "Aung\x0bEXAMPLE"}, 200).text
    assert "pasted" in page
