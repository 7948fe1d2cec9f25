"""Journeys in a real browser: with and without scripts, wide and narrow."""

import re

import pytest

from registry.web.matrix_columns import EXTRA
from tests.web.conftest import UK, follow

pytestmark = pytest.mark.browser

PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}
FURTHER_COLUMNS = "".join(f"&column={each}" for each in EXTRA)


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
        "/changes/divergence",
        f"/changes/?list={UK}&change=amended",
        "/review/",
        "/search/",
        "/search/?q=example",
        "/search/?q=qqqqqq",
        "/search/paste",
        "/coverage/?q=nobody-of-this-name",
        "/coverage/?as-of=2026-04-15&sort=value&confidence=all" + FURTHER_COLUMNS,
        "/sign-in",
        "/nowhere",
        "/method/",
    )


def test_an_officer_finds_who_the_eu_lists_for_myanmar_and_the_us_does_not(open_page):
    page = open_page("/")
    follow(page.get_by_role("navigation", name="Main").get_by_role("link", name="Coverage"))
    filters = page.get_by_role("form", name="Filters")
    filters.get_by_role("group", name="Listed by").get_by_label("EU").check()
    filters.get_by_role("group", name="Missing from").get_by_label("US").check()
    filters.get_by_label("Situation").select_option("myanmar")
    follow(filters.get_by_role("button", name="Show"))
    page.wait_for_url("**/coverage/?listed-by=EU&missing-from=US&situation=myanmar")
    assert "2 subjects fit; 2 have" in re.sub(r"\s+", " ", page.locator("#totals").inner_text())
    follow(page.get_by_role("rowheader", name="Aung EXAMPLE").get_by_role("link"))
    why = page.locator("#US")
    assert "Not found on the SDN List as of 15 May 2026" in why.inner_text()
    follow(page.locator("#UK").get_by_role("link", name="uk-sanctions-list MMR0001").first)
    assert "MMR0001;Aung EXAMPLE" in page.locator("pre.raw").inner_text()
    assert not page.complaints


def test_a_filter_is_taken_away_and_the_address_can_be_shared(open_page, address):
    page = open_page("/coverage/?listed-by=EU&missing-from=US")
    follow(page.get_by_role("link", name="missing from US"))
    assert page.url == f"{address}/coverage/?listed-by=EU"
    assert page.get_by_role("group", name="Listed by").get_by_label("EU").is_checked()


def test_a_chip_of_an_absence_opens_who_comes_nearest_there(open_page):
    page = open_page("/coverage/?q=EU.1.1")
    row = page.get_by_role("row", name="Aung EXAMPLE")
    follow(row.get_by_role("link", name="CA, Asset freeze: not found"))
    assert page.url.endswith("/why/CA")


def test_a_chip_in_force_opens_the_entry_that_it_rests_on(open_page):
    page = open_page("/coverage/?q=EU.1.1")
    row = page.get_by_role("row", name="Aung EXAMPLE")
    follow(row.get_by_role("link", name="UK, Asset freeze: in force, stated"))
    assert page.url.endswith(f"/listings/{UK}/MMR0001")


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
    follow(page.get_by_role("form", name="Filters").get_by_role("button", name="Show"))
    assert "listed-by=EU" in page.url
    assert page.get_by_role("group", name="Listed by").get_by_label("EU").is_checked()


def test_no_page_is_wider_than_a_window_of_middle_width(open_page, site):
    for path in addresses(site):
        page = open_page(path, viewport={"width": 768, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= 768, path


def test_every_page_says_the_same_without_scripts(open_page, site):
    def said(page):
        text = re.sub(r"\s+", " ", page.locator("main").inner_text())
        return re.sub(r"(0 chosen|Chosen) rows", "", text)

    for path in addresses(site):
        assert said(open_page(path)) == said(open_page(path, java_script_enabled=False)), path


def tab_to(within, role, name, most=250):
    """Press Tab until something of this role and name has the focus; `within`: a page or a part."""
    wanted = within.get_by_role(role, name=name).first
    for _ in range(most):
        wanted.page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{role} {name!r} is not reached by Tab")


def test_by_keyboard_alone_who_the_eu_lists_for_myanmar_and_canada_does_not_and_why(open_page):
    page = open_page("/")
    tab_to(page, "link", "Coverage")
    page.keyboard.press("Enter")
    page.wait_for_url("**/coverage/")
    tab_to(page, "checkbox", "EU")
    page.keyboard.press("Space")
    tab_to(page.get_by_role("group", name="Missing from"), "checkbox", "CA")
    page.keyboard.press("Space")
    tab_to(page, "combobox", "Situation")
    page.keyboard.type("Myan")
    tab_to(page, "button", "Show")
    page.keyboard.press("Enter")
    page.wait_for_url("**/coverage/?listed-by=EU&missing-from=CA&situation=myanmar")
    tab_to(page, "link", "CA, Asset freeze: not found")
    page.keyboard.press("ArrowDown")
    assert "CA, Asset freeze" in page.evaluate("document.activeElement.ariaLabel")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/why/CA")
    assert "Canada" in page.locator("main").inner_text()
    assert not page.complaints


def test_by_keyboard_alone_names_are_pasted_and_handed_out(open_page):
    page = open_page("/search/")
    tab_to(page, "link", "Look up many names at once")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/paste")
    tab_to(page, "textbox", "Names, one a line")
    page.keyboard.insert_text("Samir Exampel\t1965-05-12\tSY\nNobody Whatsoever")
    tab_to(page, "button", "Look up")
    page.keyboard.press("Enter")
    page.locator("#pasted").wait_for()
    assert "That clears nobody" in page.locator("#pasted").inner_text()
    assert "born on 12 May 1965" in page.locator("#pasted").inner_text()
    tab_to(page, "button", "As XLSX")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "pasted-names-2026-05-20.xlsx"
    assert not page.complaints


def test_many_pasted_names_are_looked_up_part_by_part(open_page):
    page = open_page("/search/paste")
    names = ["Samir Exampel", *(f"Filler Bureau {n}" for n in range(100, 160))] * 8
    page.get_by_role("textbox", name="Names, one a line").fill("\n".join(names))
    page.get_by_role("button", name="Look up").click()
    page.get_by_text("All are looked up.").wait_for()
    assert page.locator("#totals b").first.inner_text() == str(len(names))
    assert page.locator("#pasted tr:not(.further)").count() == len(names)
    assert not page.complaints


def test_by_keyboard_alone_the_coverage_of_a_past_day(open_page):
    page = open_page("/coverage/")
    day = page.get_by_label("As of", exact=True)
    for _ in range(250):
        page.keyboard.press("Tab")
        if day.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.type("04152026")  # as Chromium's English date field takes it
    page.keyboard.press("Enter")
    page.wait_for_url("**as-of=2026-04-15*")
    assert "15 April 2026" in page.locator(".as-of").inner_text()


def test_chosen_rows_are_handed_out_and_none_is_no_choice(open_page):
    page = open_page("/coverage/?q=example")
    take = page.get_by_role("form", name="Take the rows with you")
    assert take.get_by_role("button", name="CSV").is_disabled()
    page.get_by_role("checkbox", name="Choose Aung EXAMPLE").check()
    assert "1 chosen row" in take.inner_text()
    with page.expect_download() as download:
        take.get_by_role("button", name="CSV").click()
    rows = download.value.path().read_text("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert "Aung EXAMPLE" in rows[1]


def test_on_a_phone_each_cell_names_its_partner(open_page):
    page = open_page("/coverage/?q=EU.1.1", viewport=PHONE)
    assert not page.locator("details.filters").evaluate("filters => filters.open")
    cells = page.get_by_role("row", name="Aung EXAMPLE").get_by_role("cell")
    shown = [
        cell.evaluate("cell => getComputedStyle(cell, '::before').content") for cell in cells.all()
    ]
    assert shown == ['"US"', '"EU"', '"UK"', '"CA"', '"UN"', '"AU"']


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
