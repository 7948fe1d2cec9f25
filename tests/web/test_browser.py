"""Journeys in a real browser: with and without scripts, wide and narrow."""

import re
from urllib.parse import urlsplit

import pytest

from tests.web.conftest import UK

pytestmark = pytest.mark.browser

PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}


@pytest.fixture
def open_page(browser, address):
    """A page in a window of its own; every address that it asks for is noted in `page.asked`."""
    contexts = []

    def open_(path, viewport=DESK, **options):
        context = browser.new_context(viewport=viewport, **options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.asked, page.complaints = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(address + path)
        return page

    yield open_
    for context in contexts:
        context.close()


def addresses(site):
    subject = site.subject[f"{UK}:SYR0010"]
    return (
        "/",
        "/coverage/",
        "/coverage/?listed-by=EU&missing-from=US&situation=syria",
        f"/subjects/{subject}",
        f"/subjects/{subject}/why/CA",
        "/programmes/",
        "/programmes/EU-SYR",
        "/situations/",
        "/situations/myanmar",
        f"/listings/{UK}/SYR0010",
        "/lists/",
        f"/lists/{UK}",
        "/changes/",
        "/review/",
        "/search/?q=example",
        "/method/",
    )


def test_an_officer_finds_who_the_eu_lists_for_myanmar_and_the_us_does_not(open_page):
    page = open_page("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Coverage").click()
    filters = page.get_by_role("form", name="Filters")
    filters.get_by_role("group", name="Listed by").get_by_label("EU").check()
    filters.get_by_role("group", name="Missing from").get_by_label("US").check()
    filters.get_by_label("Situation").select_option("myanmar")
    filters.get_by_role("button", name="Show").click()
    page.wait_for_url("**/coverage/?listed-by=EU&missing-from=US&situation=myanmar")
    assert "2 subjects fit; 2 have" in re.sub(r"\s+", " ", page.locator("#totals").inner_text())
    page.get_by_role("rowheader", name="Aung EXAMPLE").get_by_role("link").click()
    why = page.locator("#US")
    assert "Not found on the SDN List as of 15 May 2026" in why.inner_text()
    page.locator("#UK").get_by_role("link", name="uk-sanctions-list MMR0001").first.click()
    assert "MMR0001;Aung EXAMPLE" in page.locator("pre.raw").inner_text()
    assert not page.complaints


def test_a_filter_is_taken_away_and_the_address_can_be_shared(open_page, address):
    page = open_page("/coverage/?listed-by=EU&missing-from=US")
    page.get_by_role("link", name="missing from US").click()
    assert page.url == f"{address}/coverage/?listed-by=EU"
    assert page.get_by_role("group", name="Listed by").get_by_label("EU").is_checked()


def test_a_cell_leads_to_the_reason_for_it(open_page):
    page = open_page("/coverage/?q=EU.1.1")
    cell = page.get_by_role("row", name="Aung EXAMPLE").get_by_role("cell").nth(3)
    cell.get_by_role("link").click()
    assert page.url.endswith("#CA")
    assert page.locator("#CA:target").count() == 1


def test_the_search_is_reached_by_a_key_and_finds_other_spellings(open_page):
    page = open_page("/lists/")
    page.keyboard.press("/")
    page.keyboard.type("Samer Exampel")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=Samer+Exampel")
    assert page.get_by_role("rowheader").first.inner_text().startswith(("Samir", "Sameer"))


def test_the_keyboard_skips_to_the_content(open_page):
    page = open_page("/coverage/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_every_page_reads_without_scripts(open_page, site):
    for path in addresses(site):
        page = open_page(path, java_script_enabled=False)
        assert page.locator("h1").count() == 1, path
        assert page.locator("main").inner_text().strip(), path
    page = open_page("/coverage/", viewport=PHONE, java_script_enabled=False)
    page.get_by_role("group", name="Listed by").get_by_label("EU").check()
    page.get_by_role("form", name="Filters").get_by_role("button", name="Show").click()
    assert "listed-by=EU" in page.url
    assert page.get_by_role("group", name="Listed by").get_by_label("EU").is_checked()


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_page_is_wider_than_its_window(open_page, site, width):
    for path in addresses(site):
        page = open_page(path, viewport={"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_on_a_phone_each_cell_names_its_partner(open_page):
    page = open_page("/coverage/?q=EU.1.1", viewport=PHONE)
    assert not page.locator("details.filters").evaluate("filters => filters.open")
    cells = page.get_by_role("row", name="Aung EXAMPLE").get_by_role("cell")
    shown = [
        cell.evaluate("cell => getComputedStyle(cell, '::before').content") for cell in cells.all()
    ]
    assert shown == ['"US"', '"EU"', '"UK"', '"CA"', '"UN"', '"AU"']


def test_no_page_asks_anyone_but_this_server(open_page, address, site):
    here = urlsplit(address).netloc
    for path in addresses(site):
        page = open_page(path)
        page.wait_for_load_state("networkidle")
        assert {urlsplit(each).netloc for each in page.asked} == {here}, path
        assert not page.complaints, (path, page.complaints)


def test_states_differ_by_more_than_colour(open_page):
    page = open_page("/method/")
    signs = page.locator(".legend .chip").all_inner_texts()
    assert len(signs) == len(set(signs)) == 11


def test_text_has_enough_contrast(open_page, site):
    """WCAG 2.2, 1.4.3: 4.5 to 1 for text, against the nearest painted ground."""
    for path in addresses(site):
        page = open_page(path)
        weak = page.evaluate(CONTRAST)
        assert not weak, (path, weak[:5])


CONTRAST = """() => {
  const rgb = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => {
      const s = v / 255;
      return s <= 0.03928 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const style = getComputedStyle(each);
      if (style.backgroundImage !== "none") return null;
      const colour = rgb(style.backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const weak = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    const box = element.getBoundingClientRect();
    if (!own || box.width < 2 || box.height < 2) continue;
    const behind = ground(element);
    if (!behind) continue;
    const [a, b] = [light(rgb(getComputedStyle(element).color)), light(behind)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) weak.push([element.tagName, element.className, ratio.toFixed(2)]);
  }
  return weak;
}"""
