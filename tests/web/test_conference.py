"""The state of coordination, as it is put on the table."""

import re
from html import unescape

import pytest


def test_the_page_tells_shares_candidates_and_movement(site):
    page = site.visitor("reader").get("/conference/?nexus=all&since=2026-04-15")
    assert "Movement since" in page
    assert "strongest joint candidates" in page
    assert "One partner alone" in page
    assert "One alone, 15 April 2026" not in page
    assert "no edition of that day is held of US, EU, CA" in page, "unknown then is not none"
    page = site.visitor("reader").get("/conference/?nexus=all&since=2026-05-19")
    assert "One alone, 19 May 2026" in page
    assert "is held of" not in page


@pytest.mark.parametrize("nexus", ["near", "all"])
def test_every_number_opens_what_it_counts(site, nexus):
    reader = site.visitor("reader")
    page = reader.get(f"/conference/?nexus={nexus}&since=2026-05-19")
    numbers = re.findall(r'<a href="(/(?:coverage|conference)/[^"]*)">([\d,]+)</a>', page)
    for kind in ("extent=unilateral", "situation=", "as-of=2026-05-19", "/movement?", "partner=UK"):
        assert any(kind in unescape(address) for address, _ in numbers), kind
    for address, shown in numbers:
        text = reader.get(unescape(address))
        found = re.search(r"<b>([\d,]+)</b> (?:subjects? fits?|changes?)", text)
        assert (found[1] if found else "0") == shown, address


def test_a_move_is_found_under_its_partner_and_measure_and_under_no_other(site):
    reader = site.visitor("reader")
    page = reader.get("/conference/?nexus=all&since=2026-04-15")
    counts = re.findall(r'href="(/conference/movement[^"]*measure[^"]*)">([\d,]+)</a>', page)
    began = [unescape(address) for address, shown in counts if shown != "0"]
    assert began, "the sample lists move"
    every = "/conference/movement?nexus=all&since=2026-04-15"
    rows = [reader.get(each).count('<th scope="row">') for each in began]
    assert sum(rows) == reader.get(every).count('<th scope="row">')
    reader.get("/conference/movement", 422)
    reader.get(f"{every}&partner=AU", 422)


def test_a_day_that_is_not_past_is_refused(site):
    page = site.visitor("reader").get("/conference/?since=2026-05-20", 422)
    assert "Give the day of an earlier meeting." in page


def test_a_word_that_is_no_choice_is_refused(site):
    site.visitor("reader").get("/conference/?nexus=everything", 422)
    site.visitor("reader").get("/conference/?since=yesterday", 422)


def test_hostile_names_stay_text(site):
    assert "<script>alert" not in site.visitor("reader").get(
        "/conference/?nexus=all&since=2026-04-15"
    )


def test_who_keeps_accounts_is_not_led_to_the_conference_page_and_reads_nothing_there(site):
    administrator = site.visitor("administrator")
    administrator.get("/conference/", 403)
    assert "/conference/" not in administrator.get("/")
    assert "/conference/" in site.visitor("reader").get("/")
    assert site.client.get("/conference/").headers["Location"].startswith("/sign-in?next=")
