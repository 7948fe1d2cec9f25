"""The whole story of a joint designation in real browsers: four partners' accounts and an NGO's."""

from datetime import date
from zipfile import ZipFile

import pytest

from registry.domain.section import Heading
from registry.services import propose
from tests.registry.services.proposing import CA, EU, NOW, UK, US, person
from tests.web.conftest import PASSWORD, follow, served_by
from tests.web.proposing import Desk

pytestmark = pytest.mark.browser

PEOPLE = ("us", "eu", "uk", "ca", "ngo")
OBJECTION = "The second source is ours and may not be shown."


@pytest.fixture
def desk(database, tmp_path):
    made = Desk(database, tmp_path)
    yield made
    made.close()


@pytest.fixture
def pages(desk, browser):
    """A browser of its own for each account, signed in."""
    contexts, found = [], {}
    with served_by(desk.app) as address:
        for who in PEOPLE:
            context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=address)
            context.set_default_timeout(20_000)
            contexts.append(context)
            page = found[who] = context.new_page()
            page.complaints = []
            page.on("console", lambda message, page=page: page.complaints.append(message.text))
            page.goto("/sign-in")
            page.get_by_label("Name to sign in with").fill(who)
            page.get_by_label("Password").fill(PASSWORD)
            follow(page.get_by_role("main").get_by_role("button", name="Sign in"))
        yield found
        for context in contexts:
            context.close()


def answer(page, proposal, status, *, reason="", quad=False):
    page.goto(proposal)
    follow(page.get_by_role("link", name="Answer for"))
    form = page.get_by_role("main").locator("form[method=post]").first
    form.get_by_label("Asset freeze").first.check()
    form.get_by_label("Position", exact=True).select_option(status)
    if reason:
        form.get_by_role("textbox", name="Reason").fill(reason)
    if quad:
        form.get_by_label("QUAD").check()
    follow(form.get_by_role("button", name="Give this position"))


def save(text):
    """Save one text of the editor, which stays where it is."""
    form = text.locator("xpath=ancestor::form")
    form.get_by_role("button").click()
    form.get_by_role("status").get_by_text("Saved.", exact=True).wait_for()


def positions(page, proposal):
    """The row of the freeze, as the account sees it."""
    page.goto(proposal)
    return page.get_by_role("table").first.locator("tbody tr").first.inner_text()


def hand_in(page):
    """The number of the receipt."""
    page.goto("/dossiers/new")
    page.get_by_label("Title").fill("A prison and its commander")
    page.get_by_label("Name of subject 1").fill("Aung EXAMPLE")
    page.get_by_label("What is alleged").fill("Detainees were beaten.")
    page.get_by_label("Documents").set_input_files(
        {"name": "account.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    page.get_by_label("United Kingdom").check()
    page.get_by_label("An officer may also use").check()
    follow(page.get_by_role("button", name="Hand in"))
    page.get_by_role("heading", name="Receipt").wait_for()
    return page.url.rsplit("/", 1)[1]


def package(page, proposal, recipient):
    """The machine-readable file of the package that the account makes for the recipient."""
    page.goto(f"{proposal}/package")
    with page.expect_download() as downloading:
        page.get_by_role("button", name=recipient).click()
    with ZipFile(downloading.value.path()) as archive:
        return archive.read("06-package.json").decode()


def test_from_a_gap_to_positions_that_close_and_reopen_by_the_lists(desk, pages):
    us, uk = pages["us"], pages["uk"]

    # A gap that the officer sees becomes a draft, for the United States alone.
    us.goto("/coverage/?listed-by=EU&missing-from=UK&measure=asset-freeze")
    us.get_by_label("Choose Aung EXAMPLE").check()
    follow(us.get_by_role("button", name="Propose jointly"))
    us.get_by_label("Title").fill("Myanmar, second round")
    us.get_by_role("group", name="Measures").get_by_label("Travel ban").uncheck()
    follow(us.get_by_role("button", name="Make the draft"))
    us.wait_for_url("**/edit")
    proposal = us.url.removesuffix("/edit")
    assert "Name: Aung EXAMPLE [eu-fsf EU.1, edition of 10 May 2026]" in us.content()
    for who in PEOPLE[1:]:
        assert pages[who].goto(proposal).status == 404

    # It is circulated once it is released, says what speaks for him, and the risk is waived.
    us.locator("#proposal-level").locator("xpath=ancestor::form").get_by_label("QUAD").check()
    follow(us.get_by_role("button", name="Mark the proposal"))
    told = us.get_by_label("Exculpatory, Aung EXAMPLE")
    told.fill("None found: court records and the press were searched.")
    save(told)
    us.goto(proposal)
    us.get_by_label("Why it is accepted").fill("His function tells him apart.")
    follow(us.get_by_role("button", name="Record the waiver"))
    us.locator("summary", has_text="Circulate").click()
    follow(us.get_by_role("button", name="Circulate it"))
    us.wait_for_url(proposal)
    assert "Circulated" in us.content()

    # Partners answer for themselves; an objection stays with the one who objects.
    answer(pages["ca"], proposal, "supports", quad=True)
    answer(uk, proposal, "reviewing", quad=True)
    answer(uk, proposal, "objects", reason=OBJECTION)
    assert "Objects" in positions(uk, proposal)
    for who in ("us", "eu", "ca"):
        seen = positions(pages[who], proposal)
        assert "Supports" in seen
        assert "Reviewing" in seen
        assert "Objects" not in pages[who].content()
        assert OBJECTION not in pages[who].content()
    assert pages["ngo"].goto(proposal).status == 404
    pages["ngo"].goto("/proposals/")
    assert "second round" not in pages["ngo"].content()

    # An organisation hands in a dossier; an officer adopts what it says, whose nobody learns.
    number = hand_in(pages["ngo"])
    assert pages["ca"].goto(f"/dossiers/{number}").status == 404
    uk.goto(f"/dossiers/{number}")
    follow(uk.get_by_role("link", name="Adopt into a proposal"))
    uk.get_by_label("Into which proposal?").select_option(proposal.rsplit("/", 1)[1])
    follow(uk.get_by_role("button", name="Write the item"))
    uk.get_by_label("Kind").select_option("document")
    uk.get_by_label("Title, in your words").fill("A former detainee's account")
    uk.get_by_label("QUAD").check()
    follow(uk.get_by_role("button", name="Adopt", exact=True))
    uk.wait_for_url("**#evidence")
    us.goto(proposal)
    assert "A former detainee's account" in us.content()
    assert number not in us.content()
    assert "Watch" not in us.locator("#evidence").locator("xpath=..").inner_text()
    pages["ngo"].goto(f"/dossiers/{number}")
    assert pages["ngo"].get_by_role("cell", name="Adopted").is_visible()

    # Each recipient gets its package; what the UK keeps to itself is in its own alone.
    for recipient in ("United States", "European Union", "United Kingdom", "Canada"):
        assert OBJECTION not in package(us, proposal, recipient)
    assert OBJECTION in package(uk, proposal, "United Kingdom")
    assert OBJECTION not in package(uk, proposal, "Canada")

    # A new edition of the UK's list closes the UK's position, with the listing and the edition.
    world = desk.world
    him = person(UK, "MMR1")
    world.keep(UK, date(2026, 5, 18), person(UK, "MMR9", "Other NAME"), him)
    world.reconcile({f"{EU}:EU.1", f"{UK}:MMR1"})
    world.close()
    for who in ("us", "eu", "uk", "ca"):
        seen = positions(pages[who], proposal)
        assert "uk-sanctions-list MMR1" in seen
        assert "edition of 18 May 2026" in seen
    assert "Objects" not in positions(uk, proposal)
    us.goto("/notices/")
    assert "UK, asset freeze on Aung EXAMPLE: designated" in us.content()

    # The others follow, and the proposal closes itself.
    world.keep(US, date(2026, 5, 18), person(US, "909", "Third NAME"), person(US, "101"))
    world.keep(CA, date(2026, 5, 18), person(CA, "Burma|1|9", "Fourth NAME"), person(CA, "B|1|1"))
    everywhere = {f"{EU}:EU.1", f"{UK}:MMR1", f"{US}:101", f"{CA}:B|1|1"}
    world.reconcile(everywhere)
    world.close()
    us.goto(proposal)
    assert us.locator(".stage-closed").is_visible()

    # A delisting reopens it, with a banner for everybody who reads it.
    world.keep(UK, date(2026, 5, 19), person(UK, "MMR9", "Other NAME"))
    world.reconcile(everywhere)
    world.close()
    for who in ("us", "eu", "uk", "ca"):
        seen = positions(pages[who], proposal)
        assert "Reopened. UK, asset freeze on Aung EXAMPLE: Formerly on" in pages[who].content()
        assert "Not assessed" in seen
        assert pages[who].locator(".stage-closing").is_visible()
    assert pages["ngo"].goto(proposal).status == 404
    # A browser complains of nothing but the pages that are not there for an account.
    said = [text for page in pages.values() for text in page.complaints if "404" not in text]
    assert said == []


def test_one_text_is_saved_and_what_is_typed_in_the_others_stays(desk, pages):
    us = pages["us"]
    made = desk.world.start()
    us.goto(f"/proposals/{made.id}/edit")
    told = us.get_by_label("Exculpatory, Aung EXAMPLE")
    role, conduct = (us.get_by_label(f"{each}, Aung EXAMPLE") for each in ("Role", "Conduct"))
    title = us.get_by_role("textbox", name="Title")
    told.fill("None found; the press was searched.")
    title.fill("Round three")
    role.fill("Half a sentence")
    save(told)
    save(title)
    assert role.input_value() == "Half a sentence"
    assert us.get_by_role("heading", level=1).inner_text() == "Round three"
    assert "speaks for" not in us.locator("#lacking").inner_text()
    follow(us.get_by_role("button", name="Save what is sought"))
    assert "Somebody else" not in us.content(), "one's own change is no conflict"
    assert told.input_value() == "None found; the press was searched."

    # Whoever is second is shown both, on the spot, and loses none of what is typed elsewhere.
    section = next(
        each for each in desk.world.sections("us2", made.id) if each.value.heading == Heading.ROLE
    )
    desk.world.do(propose.write, "us2", made.id, section.id, 1, "A colonel.", NOW)
    conduct.fill("To be written")
    role.fill("A general.")
    form = role.locator("xpath=ancestor::form")
    form.get_by_role("button").click()
    form.get_by_role("heading", name="Somebody else saved a change").wait_for()
    assert "A colonel." in form.inner_text()
    assert role.input_value() == "A general."
    assert conduct.input_value() == "To be written"
    save(role)
    assert form.get_by_role("heading", name="Somebody else").count() == 0
    asked = []
    us.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    follow(us.get_by_role("link", name="Take subjects in or out"))
    assert asked == ["beforeunload"], "what is not saved yet is not left in silence"
    said = {each.value.heading: each.value.text for each in desk.world.sections("us2", made.id)}
    assert said[Heading.ROLE] == "A general."
    assert said[Heading.CONDUCT] != "To be written"


def test_the_candidates_of_a_situation_fit_a_narrow_screen(pages):
    page = pages["us"]
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/proposals/new?situation=myanmar")
    assert page.get_by_text("points").count()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
