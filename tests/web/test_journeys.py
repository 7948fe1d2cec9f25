"""What reviewers, list stewards and officers do in a real browser, from start to finish."""

import re
import threading
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from registry import worker
from registry.services.audit import now_in_utc
from tests.web.conftest import CA, PASSWORD, UK, add_account, follow, served_by
from tests.web.desks import shop

pytestmark = pytest.mark.browser

SAMPLES = Path(__file__).resolve().parents[2] / "sample_lists" / "un-sc"
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 640}


@pytest.fixture
def served(desk):
    """The address of the application, beside which a worker does its jobs."""
    stop = threading.Event()
    mine = shop(desk, now_in_utc)
    queue = worker.listen(mine)
    working = threading.Thread(target=worker.work, args=(mine, queue, stop), daemon=True)
    working.start()
    with served_by(desk.app) as address:
        yield address
    stop.set()
    working.join()


@pytest.fixture
def signed_in(browser, served, desk):
    """A page in which somebody with these roles is signed in."""
    contexts = []

    def open_(*roles, viewport=DESK, **options):
        context = browser.new_context(viewport=viewport, **options)
        contexts.append(context)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(served + "/sign-in")
        form = page.get_by_role("main")
        form.locator("input[name=name]").fill(add_account(desk.engine, *roles))
        form.locator("input[name=password]").fill(PASSWORD)
        follow(form.get_by_role("button", name="Sign in"))
        page.get_by_role("button", name="Sign out").wait_for()
        return page

    yield open_
    for context in contexts:
        context.close()


def main_of(page):
    return re.sub(r"\s+", " ", page.get_by_role("main").inner_text())


def assert_accessible(page):
    found = Axe().run(page)
    assert found.violations_count == 0, (page.url, found.generate_report())
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def wait_for_jobs(page, served):
    """Until nothing waits or runs any more: the page itself follows its jobs, and loads anew."""
    page.goto(served + "/jobs/")
    while page.locator("[data-job]").count():
        expect(page.locator("[data-job]")).to_have_count(0, timeout=60_000)
        page.goto(served + "/jobs/")  # what was counted may have been a page half loaded


def test_a_reviewer_decides_a_match_by_keyboard_and_sees_the_gap_close(signed_in, served, desk):
    page = signed_in("reviewer")
    address = f"{served}/subjects/{desk.subject[f'{CA}:Syria|1, Part 1|7']}"
    page.goto(address)
    assert "Possible match, unreviewed" in page.locator("#UK").inner_text()
    follow(page.get_by_role("link", name="1 pair with other listings awaits review"))
    assert_accessible(page)
    follow(page.get_by_role("link", name="Begin with the first"))
    assert "What the verdict changes" in main_of(page)
    assert "If the same" in main_of(page)
    assert_accessible(page)
    page.keyboard.press("s")
    assert page.get_by_role("radio", name="Same").is_checked()
    assert page.evaluate("document.activeElement.id") == "reason"
    page.keyboard.type("The birth dates agree: 12 May 1965.")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Recorded: same").wait_for()
    assert "Nothing awaits review" in main_of(page)
    assert_accessible(page)
    wait_for_jobs(page, served)
    assert_accessible(page)
    page.goto(address)
    assert "In force" in page.locator("#UK").inner_text()
    assert "The birth dates agree" in main_of(page)
    assert_accessible(page)
    assert not page.complaints


def test_single_keys_can_be_turned_off(signed_in, served):
    """WCAG 2.2, 2.1.4."""
    page = signed_in("reviewer")
    page.goto(served + "/review/")
    follow(page.get_by_role("link", name="Begin with the first"))
    page.get_by_role("checkbox", name="Single keys are on").uncheck()
    page.reload()
    page.keyboard.press("s")
    page.keyboard.press("/")
    assert not page.get_by_role("radio", name="Same").is_checked()
    assert page.evaluate("document.activeElement.id") != "find"
    assert_accessible(page)
    page.get_by_role("checkbox", name="Single keys are on").check()
    page.keyboard.press("s")
    assert page.get_by_role("radio", name="Same").is_checked()


def test_a_reviewer_decides_without_scripts_on_a_phone(signed_in, served):
    page = signed_in("reviewer", viewport=PHONE, java_script_enabled=False)
    page.goto(served + "/review/")
    follow(page.get_by_role("link", name="Begin with the first"))
    page.get_by_role("radio", name="Different").check()
    page.get_by_label("Reason").fill("Other parents.")
    follow(page.get_by_role("button", name="Record"))
    assert "Recorded: different" in main_of(page)
    assert "Nothing awaits review" in main_of(page)


def test_a_steward_imports_a_second_edition_with_preview_and_progress(signed_in, served):
    older, newer = sorted(SAMPLES.glob("????-??-??"))[-2:]
    page = signed_in("list-steward")
    for folder in (older, newer):
        (file,) = folder.iterdir()
        page.goto(served + "/lists/un-sc")
        page.get_by_label("File", exact=True).set_input_files(file)
        page.get_by_label("Publisher’s date").fill(folder.name)
        assert_accessible(page)
        follow(page.get_by_role("button", name="Upload and preview"))
        page.get_by_role("heading", name="Against the edition in force").wait_for()
        assert_accessible(page)
        assert "Failed" in main_of(page), "a sample is too small for a list"
        page.get_by_label("Why it may be used").fill("a sample: a small selection")
        follow(page.get_by_role("button", name="Use it"))
        page.locator(".upload-used").wait_for()
    assert "Only in this older file" in main_of(page), "the edition in force is newer"
    wait_for_jobs(page, served)
    page.goto(served + "/lists/un-sc")
    assert "Listings over time" in main_of(page)
    assert_accessible(page)
    follow(page.get_by_role("button", name="Show the difference"))
    assert "two editions compared" in main_of(page)
    assert_accessible(page)
    assert not page.complaints


def test_an_officer_corrects_a_wrong_date(signed_in, served, desk):
    page = signed_in("officer")
    address = f"{served}/subjects/{desk.subject[f'{UK}:MMR0002']}"
    page.goto(address)
    follow(page.get_by_role("link", name="Correct this listing MMR0002"))
    assert_accessible(page)
    form = page.get_by_role("form", name="Date of listing")
    form.get_by_label("Listed on").fill("2020-01-05")
    form.get_by_label("Why").fill("The notice gives another date.")
    form.get_by_label("Source").fill("Notice 5/2020")
    follow(form.get_by_role("button", name="Correct it"))
    page.goto(address)
    assert "5 January 2020" in page.locator("#UK").inner_text()
    assert "The notice gives another date" in page.locator("#UK").inner_text()
    page.goto(served + "/overrides/")
    assert "2020-01-05" in main_of(page)
    assert_accessible(page)
    page.locator("summary", has_text="Withdraw").click()
    page.get_by_label("Why").fill("The notice was of another company.")
    follow(page.get_by_role("button", name="Withdraw override 1"))
    page.goto(address)
    assert "5 January 2020" not in page.locator("#UK").inner_text()
    assert not page.complaints


def test_an_officer_enters_an_act_that_no_list_shows_yet(signed_in, served, desk):
    page = signed_in("officer")
    page.goto(f"{served}/subjects/{desk.subject['eu-fsf:EU.3.3']}")
    follow(page.get_by_role("link", name="Enter an act that no list shows yet"))
    assert_accessible(page)
    page.get_by_label("Asset freeze").check()
    page.get_by_label("The act, as it is cited").fill("The Example Regulations 2026")
    page.get_by_label("Made on").fill("2026-05-18")
    page.get_by_label("Where it can be read").fill("https://example.org/act")
    page.get_by_label("Why you enter it").fill("Announced today.")
    follow(page.get_by_role("button", name="Enter the act"))
    assert "Pending publication" in main_of(page)
    assert_accessible(page)
    assert not page.complaints
