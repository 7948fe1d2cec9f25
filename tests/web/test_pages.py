"""What every page keeps to, whatever it shows."""

import csv
import io
import json
import re
import shlex
from datetime import date
from html import unescape
from urllib.parse import urljoin, urlsplit
from uuid import UUID
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from registry import cli
from registry.app import create_app
from registry.config import Config
from registry.store.archive import Archive
from registry.store.tables import SubjectRow
from tests.factories import keep_edition
from tests.web.conftest import CA, EU, HOSTILE, UK, Visitor, add_account

ATOM = "{http://www.w3.org/2005/Atom}"
LINK = re.compile(r'(?:href|src|action)="([^"]*)"')
FIRST = (
    "/",
    "/coverage/",
    "/coverage/?page=2",
    "/coverage/?listed-by=EU&missing-from=CA&measure=asset-freeze",
    "/coverage/?as-of=2026-04-15",
    "/changes/",
    "/review/",
    "/lists/",
    f"/lists/{UK}",
    "/method/",
    "/programmes/",
    "/situations/",
    "/search/",
    "/search/?q=samir+example",
    "/search/?q=qqqqqq",
)


@pytest.fixture(scope="module")
def pages(site):
    """Every page that can be reached by links from the first ones, by its address."""
    found, waiting = {}, list(FIRST)
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        answer = site.client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        is_page = answer.mimetype == "text/html"
        found[address] = answer.text if is_page else ""
        answer.close()
        for link in LINK.findall(found[address]):
            there = urljoin(address, unescape(link)).partition("#")[0]
            if there.startswith("/coverage/chosen."):
                continue  # asks for the rows that a reader marks
            if not urlsplit(there).netloc and len(found) + len(waiting) < 600:
                waiting.append(there)
    return {address: text for address, text in found.items() if text}


def test_every_link_leads_to_a_page(pages):
    assert len(pages) > 60
    kinds = {urlsplit(address).path.split("/")[1] for address in pages}
    assert kinds == {
        "", "changes", "coverage", "listings", "lists", "method", "programmes", "review",
        "search", "sign-in", "situations", "subjects",
    }  # fmt: skip


def test_every_page_names_its_sources_their_dates_and_what_a_designation_is(pages):
    for address, text in pages.items():
        foot = text[text.index("<footer") :]
        assert "UK Sanctions List" in foot, address
        assert "12 May 2026" in foot, address
        assert "Open Government Licence v3.0" in foot, address
        assert "2011/833/EU" in foot, address
        assert "Open Government Licence – Canada" in foot, address
        assert "administrative act" in foot, address
        assert "not a criminal finding" in foot, address
        assert "desk@registry.example" in foot, address


def test_no_page_tells_the_day_on_which_a_minor_was_born(pages):
    day = re.compile(r"1[12](th)? mar(ch)?\b|mar(ch)? 1[12]\b|2012-03-1|1[12]/0?3/2012", re.I)
    for address, text in pages.items():
        # Instruments have dates of their own.
        of_persons = text.partition('id="counterparts"')[2] or text
        assert not day.search(of_persons), (address, day.search(of_persons))
    assert any("2012" in text for text in pages.values())


def test_names_are_text_and_never_markup(pages):
    shown = [address for address, text in pages.items() if "Söhne" in text]
    assert shown
    for address, text in pages.items():
        assert "<script>alert" not in text, address
        assert "<b>GmbH" not in text, address


def test_nothing_is_inline_and_nothing_comes_from_elsewhere(pages):
    for address, text in pages.items():
        assert not re.search(r"<[^>]+\sstyle=", text), address
        assert not re.search(r"<[^>]+\son[a-z]+=", text), address
        assert "<style" not in text, address
        assert not re.search(r"<script(?![^>]*\ssrc=)", text), address
        for resource in re.findall(r'<(?:script|img|link)[^>]*(?:src|href)="([^"]*)"', text):
            assert not urlsplit(resource).netloc, (address, resource)


def test_every_page_has_one_heading_a_title_and_a_main_part(pages):
    for address, text in pages.items():
        assert text.count("<h1") == 1, address
        assert len(re.findall(r"<title>[^<]+ · Atrocity Sanctions Registry</title>", text)) == 1
        assert text.count("<main") == 1, address
        ids = re.findall(r'\sid="([^"]+)"', text)
        assert len(ids) == len(set(ids)), (address, [each for each in ids if ids.count(each) > 1])
        for label in re.findall(r'aria-labelledby="([^"]+)"', text):
            assert label in ids, (address, label)


def test_answers_forbid_scripts_from_elsewhere_frames_and_guessing(site):
    for address, status in (("/", 200), ("/nowhere", 404), ("/static/registry.css", 200)):
        answer = site.client.get(address)
        assert answer.status_code == status
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        answer.close()


def test_answers_are_compressed_where_the_browser_takes_it(site):
    plain = site.client.get("/coverage/")
    small = site.client.get("/coverage/", headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert len(small.data) < len(plain.data) / 4
    assert "Accept-Encoding" in small.headers["Vary"]


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere",
        "/subjects/SNOTHERE2",
        f"/listings/{UK}/MMR9999",
        "/listings/no-such-list/1",
        "/lists/no-such-list",
        f"/lists/{UK}/editions/4711",
        f"/lists/{EU}/editions/1",
        "/review/?subject=SNOTHERE2",
    ],
)
def test_what_is_not_there_is_said_with_a_way_on(site, address):
    text = site.get(address, 404)
    assert "no such page, subject or listing" in text
    assert "Search" in text


@pytest.mark.parametrize(
    ("query", "field"),
    [
        pytest.param("listed-by=XX", "listed-by", id="a partner that is not one"),
        pytest.param("missing-from=UN", "missing-from", id="a partner never missing"),
        pytest.param("measure=arms-embargo", "measure", id="a measure not compared"),
        pytest.param("situation=moon", "situation", id="no such situation"),
        pytest.param("kind=planet", "kind", id="no such kind"),
        pytest.param("nexus=maybe", "nexus", id="no such nexus"),
        pytest.param("state=fine", "state", id="no such state"),
        pytest.param("as-of=12/05/2026", "as-of", id="a date that can be misread"),
        pytest.param("as-of=2026-05-21", "as-of", id="a day to come"),
        pytest.param("page=0", "page", id="no page"),
        pytest.param("page=x", "page", id="no number"),
        pytest.param("listedby=EU", "listedby", id="a filter misspelt"),
        pytest.param("measure=asset-freeze&measure=travel-ban", "measure", id="given twice"),
        pytest.param("q=" + "x" * 201, "q", id="a text too long"),
    ],
)
def test_a_filter_that_is_not_known_is_refused_and_named(site, query, field):
    text = site.get(f"/coverage/?{query}", 422)
    assert f"<code>{field}</code>" in text
    assert "wrong totals" in text


@pytest.mark.parametrize(
    "address",
    ["/changes/?list=x", "/changes/?since=soon", "/review/?page=-1", "/search/?q=" + "x" * 301],
)
def test_other_pages_refuse_what_they_do_not_know(site, address):
    site.get(address, 422)


SELECTIONS = [
    pytest.param({}, id="all"),
    pytest.param({"listed-by": ["EU"], "missing-from": ["CA"]}, id="one by one"),
    pytest.param({"listed-by": ["UK", "EU"]}, id="several that list it mean all of them"),
    pytest.param({"missing-from": ["US", "CA"]}, id="several that lack it give a row each"),
    pytest.param({"measure": ["travel-ban"]}, id="one measure"),
    pytest.param({"situation": ["syria"], "kind": ["entity"]}, id="situation and kind"),
    pytest.param({"nexus": ["programme", "possible"]}, id="nexus"),
    pytest.param({"as-of": ["2026-04-15"], "missing-from": ["CA"]}, id="a past day"),
    pytest.param({"confidence": ["low"]}, id="weak gaps only"),
    pytest.param({"confidence": ["all"], "missing-from": ["EU"]}, id="weak gaps, too"),
    pytest.param({"q": ["filler bureau"], "gap-type": ["never-listed"]}, id="text and gap type"),
    pytest.param({"programme": ["EU-SYR", "GB-SYR"]}, id="several programmes mean any of them"),
    pytest.param({"role": ["commander", "transport"]}, id="roles that the lists state"),
    pytest.param({"nationality": ["SY"]}, id="nationality"),
    pytest.param({"shared-by": ["2", "3"]}, id="several partners together"),
    pytest.param({"extent": ["unilateral"], "measure": ["asset-freeze"]}, id="one alone"),
    pytest.param({"listed-from": ["2021-03-22"], "listed-until": ["2021-03-22"]}, id="dates"),
    pytest.param({"state": ["possible-match", "unknown"], "at": ["CA"]}, id="state at a partner"),
]


@pytest.mark.parametrize("selection", SELECTIONS)
def test_totals_equal_those_of_the_command_line(site, capsys, monkeypatch, selection):
    query = "&".join(f"{key}={value}" for key, values in selection.items() for value in values)
    page = site.get(f"/coverage/?{query}")
    total = re.search(r"<b>([\d,]+)</b>\s*gaps?", page)
    command = re.search(r"<code>(registry gaps[^<]*)</code>", page)[1]
    arguments = shlex.split(unescape(command))[1:]
    monkeypatch.setattr("registry.cli.deliver._today", lambda: site.app.config["REGISTRY_TODAY"]())
    assert cli.main([*arguments, "--format", "json", "--database", site.url]) == 0
    rows = json.loads(capsys.readouterr().out)
    rows = rows if isinstance(rows, list) else rows["rows"]
    assert int(total[1].replace(",", "")) == len(rows)


def test_weak_gaps_stay_out_of_the_first_view_which_says_how_many(site, capsys, monkeypatch):
    total = re.compile(r"<b>([\d,]+)</b>\s*gaps?")
    first, every = (site.get(f"/coverage/{query}") for query in ("", "?confidence=all"))
    aside = int(re.search(r"<b>(\d+)</b> more gaps? (?:is|are) of low confidence", first)[1])
    assert aside > 0
    assert int(total.search(first)[1]) + aside == int(total.search(every)[1])
    assert "confidence=all" in first
    assert "of low confidence and not counted" not in every
    only = site.get("/coverage/?confidence=low&show=gaps")
    assert int(total.search(only)[1]) == aside
    assert "is-gap is-weak" in only
    monkeypatch.setattr("registry.cli.deliver._today", lambda: site.app.config["REGISTRY_TODAY"]())
    assert cli.main(["gaps", "--database", site.url]) == 0
    assert f"{aside} of these" in capsys.readouterr().err


def test_every_number_of_the_overview_opens_as_many_rows(site):
    page = site.get("/")
    numbers = re.findall(r'<a href="(/coverage/[^"]*)">(?:<b>)?([\d,]+)(?:</b>)?</a>', page)
    assert len(numbers) > 60
    assert any("shared-by=2" in address and "situation=" in address for address, _ in numbers)
    for address, shown in numbers:
        query = unescape(address)
        text = site.get(query)
        totals = text[text.index('id="totals"') :][:600]
        counts = {int(each.replace(",", "")) for each in re.findall(r"<b>([\d,]+)</b>", totals)}
        assert int(shown.replace(",", "")) in counts, (query, shown, counts)


def test_every_number_of_changes_on_the_overview_opens_as_many(site):
    page = site.get("/?since=2026-05-01")
    section = page[page.index('id="changes"') :]
    numbers = re.findall(r'<a href="(/changes/[^"]*change=[^"]*)">([\d,]+)</a>', section)
    assert len(numbers) == 3
    for address, shown in numbers:
        text = site.get(unescape(address))
        found = re.search(r"<b>([\d,]+)</b>\s*changes?,", text)
        assert (found[1] if found else "0") == shown, address
    assert "No edition came since then" in site.get("/?since=2026-05-20")


def test_whoever_signs_in_again_is_told_what_came_since_the_visit_before(site):
    name = add_account(site.engine, "reader", name="returning.reader")
    first, again = Visitor(site.app), Visitor(site.app)
    first.sign_in(name)
    assert "since your visit" not in first.get("/")
    again.sign_in(name)
    page = again.get("/")
    assert "since your visit of" in page
    assert "since your visit" not in again.get("/?since=2026-05-01")


def test_a_view_is_saved_under_a_name_and_nobody_else_sees_it(site):
    owner, other = Visitor(site.app), Visitor(site.app)
    owner.sign_in(add_account(site.engine, "officer", name="saving.officer"))
    other.sign_in(add_account(site.engine, "officer", name="other.officer"))
    asked = {"name": "Syria, not at the US", "query": "missing-from=US&situation=syria&page=3"}
    answer = owner.post("/coverage/views/", asked)
    assert answer.headers["Location"] == "/coverage/?missing-from=US&situation=syria"
    for address in ("/", "/coverage/"):
        assert "Syria, not at the US" in owner.get(address), address
        assert "Syria, not at the US" not in other.get(address), address
        assert "Syria, not at the US" not in site.get(address), address
    assert 'name="name" value="Syria, not at the US"' in owner.get("/coverage/")
    other.post("/coverage/views/remove", {"name": asked["name"]}, status=404)
    owner.post("/coverage/views/remove", {"name": asked["name"]})
    assert "Syria, not at the US" not in owner.get("/coverage/")


@pytest.mark.parametrize(
    ("name", "query"),
    [
        pytest.param(" ", "", id="no name"),
        pytest.param("x" * 81, "", id="a name too long"),
        pytest.param("a view", "listed-by=XX", id="a filter that is not one"),
        pytest.param("a view", "situation=syria&situation=syria", id="given twice"),
    ],
)
def test_a_view_that_can_not_be_asked_for_is_not_saved(site, name, query):
    visitor = Visitor(site.app)
    visitor.sign_in(add_account(site.engine, "reader", name=f"careless.{abs(hash((name, query)))}"))
    visitor.post("/coverage/views/", {"name": name, "query": query}, 422)
    assert "Saved views" not in visitor.get("/coverage/").split("hidden>")[0]


def test_pages_of_the_matrix_hold_every_subject_once(site):
    found = []
    for number in (1, 2):
        page = site.get(f"/coverage/?page={number}")
        found += re.findall(r'<th scope="row" role="rowheader">.*?<a href="/subjects/(\w+)"', page)
    assert len(found) == len(set(found)) == len(set(site.subject.values()))
    assert "51 to" in site.get("/coverage/?page=99"), "a page beyond the last is the last"


def test_an_absence_is_red_only_where_another_partner_imposes_the_measure(site):
    page = site.get("/coverage/?q=EU.3.3")
    cells = dict(re.findall(r'data-label="(\w\w)">(.*?)</td>', page, re.S))
    assert "chip-not-found is-gap" in cells["UK"]
    assert "Travel ban: not applicable" in cells["UK"]
    assert "is-gap" not in cells["UN"]
    assert "is-gap" not in cells["EU"]


def test_an_absence_names_the_date_of_the_edition(site):
    page = site.get("/coverage/?q=EU.3.3")
    assert "Asset freeze: not found as of 12 May 2026 (a gap)" in page


def test_a_possible_match_is_no_gap_and_leads_to_its_review(site):
    subject = site.subject[f"{UK}:SYR0010"]
    page = site.get(f"/subjects/{subject}")
    canada = page[page.index('id="CA"') : page.index('id="UN"')]
    assert "Possible match" in canada
    assert "Gap:" not in canada
    europe = page[page.index('id="EU"') : page.index('id="UK"')]
    assert "Gap: never seen listed" in europe
    assert f"/review/?subject={subject}" in page
    queue = site.get(f"/review/?subject={subject}")
    assert "Sameer EXAMPLE" in queue
    assert "1</b> pair awaits review" in queue


def test_a_subject_shows_each_entry_with_its_edition_and_marks_what_disagrees(site):
    page = site.get(f"/subjects/{site.subject[f'{UK}:SYR0010']}")
    beside = page[page.index('class="beside"') : page.index('id="names"')]
    born = beside[beside.index("Born") :]
    assert "Disagree" in born[: born.index("</th>")]
    assert "12 May 1965" in born
    assert "1967" in born
    for part in ("SYR0010", "102", "12 May 2026", "15 May 2026"):
        assert part in beside
    assert 'lang="und-Arab" dir="rtl"' in page
    assert "Not in the table of programmes" in page


def test_reasons_are_quoted_with_who_stated_them(site):
    page = site.get(f"/subjects/{site.subject[f'{UK}:MMR0001']}")
    quote = page[page.index("<blockquote") : page.index("</figcaption>")]
    assert "He led a battalion." in quote
    assert "United Kingdom stated this" in quote


def test_a_former_listing_is_shown_as_such_and_apart(site):
    page = site.get(f"/subjects/{site.subject[f'{UK}:MMR0003']}")
    assert "no longer listed" in page
    assert "Formerly designated" in page


def test_a_listing_shows_reference_edition_hash_line_and_the_entry_itself(site):
    page = site.get(f"/listings/{UK}/MMR0001")
    for part in ("MMR0001", "12 May 2026", "MMR0001;Aung EXAMPLE"):
        assert part in page
    assert re.search(r"<dt>Line</dt>\s*<dd>11</dd>", page)
    assert re.search(r"<code>[0-9a-f]{64}</code>", page)


def test_a_reference_with_bars_commas_and_blanks_is_found(site):
    page = site.get(f"/subjects/{site.subject[f'{CA}:Syria|1, Part 1|7']}")
    link = next(each for each in LINK.findall(page) if each.startswith("/listings/ca-sema"))
    assert "Syria|1, Part 1|7" in site.get(link)


def test_the_entry_of_a_minor_is_not_shown_as_it_stands(site):
    page = site.get(f"/listings/{UK}/SYR0009")
    assert "person under 18" in page
    assert "SYR0009;Sami" not in page


def test_the_archived_file_is_handed_out_byte_for_byte_and_never_opened(site):
    page = site.get(f"/lists/{EU}")
    link = next(each for each in LINK.findall(page) if each.endswith("/file"))
    answer = site.client.get(link)
    sha256 = re.search(r"[0-9a-f]{64}", site.get(link.removesuffix("/file")))[0]
    assert answer.data == site.archive.read(sha256)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.mimetype == "application/octet-stream"
    answer.close()


def test_the_lists_page_tells_age_state_reported_entries_and_quarantine(site):
    page = site.get("/lists/")
    uk = page[page.index("UK Sanctions List</a>") :][:3000]
    assert "8 days" in uk
    assert "quarantine" in uk
    assert "-40%" in uk
    edition = next(each for each in LINK.findall(page) if "/uk-sanctions-list/editions/2" in each)
    assert "no name" in site.get(edition.removesuffix("/file"))


def test_changes_are_filtered_by_list_kind_and_date(site):
    page = site.get(f"/changes/?list={UK}&change=delisted")
    assert "MMR0003" in page
    assert "<b>1</b> change" in page
    assert "No edition shows a change that fits" in site.get(
        f"/changes/?list={UK}&since=2026-05-13"
    )


def test_the_changes_add_up_to_those_of_the_editions(site):
    page = site.get(f"/changes/?list={UK}&since=2026-05-12&until=2026-05-12")
    total = int(re.search(r"<b>(\d+)</b>\s*changes", page)[1])
    of_edition = re.findall(r'change=[a-z-]+">(\d+)</a>', page[: page.index("</details>")])
    assert total == sum(map(int, of_edition))
    assert "MMR0003" in site.get("/changes/?partner=UK&change=delisted&situation=myanmar")
    assert "No edition shows" in site.get("/changes/?partner=EU&change=delisted")


def test_the_feed_is_atom_with_ids_that_stay(site):
    address = f"/changes/feed.atom?list={UK}&change=delisted"
    answer = site.client.get(address)
    assert answer.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(answer.data)
    ids = [each.text for each in feed.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids)) == 2, "the feed's own and the entry's"
    assert all(UUID(each.removeprefix("urn:uuid:")) for each in ids)
    again = ElementTree.fromstring(site.client.get(address).data)
    assert [each.text for each in again.iter(f"{ATOM}id")] == ids
    for required in ("title", "updated", "author", "link", "entry"):
        assert feed.find(f"{ATOM}{required}") is not None, required
    entry = feed.find(f"{ATOM}entry")
    assert "Former EXAMPLE" in entry.find(f"{ATOM}title").text
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", entry.find(f"{ATOM}updated").text)
    page = site.get(f"/changes/?list={UK}&change=delisted")
    found = re.search(
        r'<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]+)"', page
    )
    assert unescape(found[1]) == address


def test_changes_are_handed_out_without_the_days_on_which_minors_were_born(site):
    answer = site.client.get(f"/changes/changes.csv?list={UK}")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert {row["change"] for row in rows} >= {"amended", "delisted"}
    born = [row for row in rows if row["field"] == "birth_dates"]
    assert born
    assert "2012-03" not in answer.text


def test_a_delisting_that_others_do_not_share_names_who_keeps_the_measure(site):
    page = site.get("/changes/divergence")
    row = page[page.index("Former EXAMPLE") :][:1500]
    assert "United Kingdom" in row
    assert '#EU">EU</a>' in row
    assert "12 May 2026" in row
    assert "No such delisting" in site.get("/changes/divergence?since=2026-05-13")


def test_search_finds_other_scripts_and_exact_references_and_identifiers(site):
    subject = site.subject[f"{UK}:SYR0010"]
    for query in ("سمير المثال", "EXAMPLE Samir", "samir exampel", "syr0010", "N-0123"):
        page = site.client.get("/search/", query_string={"q": query}).text
        first = re.search(r'rowheader"><a href="/subjects/(\w+)"', page)
        assert first, query
        assert first[1] == subject, query


def test_a_search_can_be_of_one_kind(site):
    assert "Example Trading Company" in site.get("/search/?q=example&kind=entity")
    assert "Aung EXAMPLE" not in site.get("/search/?q=example&kind=entity")


PASTED = """name\tbirth date\tcountry
Samir Exampel\t1965-05-12\tSY
MMR0002
Nobody Whatsoever

سمير المثال
"""


def paste(site, names, address="/search/paste"):
    visitor = Visitor(site.app)
    token = re.search(r'name="csrf_token" value="([^"]+)"', visitor.get("/search/paste"))[1]
    return visitor.client.post(address, data={"csrf_token": token, "names": names})


def test_pasted_names_are_looked_up_with_what_speaks_for_it(site):
    text = paste(site, PASTED).text
    rows = text[text.index('id="pasted"') :].split('<tr role="row"')[1:]
    said = {
        re.search(r"rowheader\">\s*(?:<bdi[^>]*>)?([^<]*)", row)[1].strip(): row for row in rows
    }
    samir = said["Samir Exampel"]
    assert site.subject[f"{UK}:SYR0010"] in samir
    assert "12 May 1965" in samir
    assert "reference or an identifier" in said["MMR0002"]
    assert "That clears nobody" in said["Nobody Whatsoever"]
    assert "outcome-no-match" in said["Nobody Whatsoever"]
    assert "<b>4</b> names" in text


def test_pasted_names_are_handed_out_as_a_workbook_that_clears_nobody(site):
    answer = paste(site, PASTED, "/search/paste.xlsx")
    book = load_workbook(io.BytesIO(answer.data))
    headers, *rows = book.worksheets[0].iter_rows(values_only=True)
    outcome = {row[1]: row[headers.index("outcome")] for row in rows}
    assert outcome["Nobody Whatsoever"] == "no-match"
    assert outcome["MMR0002"] == "match"
    methods = "\n".join(str(cell) for row in book["Methods"].values for cell in row if cell)
    assert "That clears nobody" in methods


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        pytest.param("\n \n", "at least one name", id="nothing"),
        pytest.param("name\n", "at least one name", id="a header and nothing else"),
        pytest.param("Somebody\n" * 2001, "2,001 names", id="too many"),
        pytest.param("x" * 301, "is it one name", id="no name"),
    ],
)
def test_what_can_not_be_looked_up_is_refused_with_the_reason(site, names, reason):
    answer = paste(site, names)
    assert answer.status_code == 422
    assert reason in answer.text


def test_a_search_that_finds_nothing_clears_nobody(site):
    page = site.get("/search/?q=qqqqqq")
    assert "no finding about anyone" in page


def test_the_address_of_a_merged_subject_leads_to_its_heir(site):
    heir = site.subject[f"{UK}:MMR0001"]
    with Session(site.engine) as session, session.begin():
        session.add(
            SubjectRow(id="SMERGED22", number=9999, name="old", kind="person", merged_into=heir)
        )
    answer = site.client.get("/subjects/SMERGED22?as-of=2026-05-13")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/subjects/{heir}?as-of=2026-05-13"


def test_a_day_before_the_first_edition_is_unknown_and_no_gap(site):
    page = site.get("/coverage/?as-of=2020-01-01")
    assert "have <b>0</b> gaps" in re.sub(r"\s+", " ", page)


def test_nothing_can_be_sent_to_a_page(site):
    for address in ("/", "/coverage/", "/review/", f"/lists/{UK}"):
        assert site.client.post(address).status_code == 405


def test_an_empty_registry_says_how_to_begin(database, tmp_path):
    url = database.url.render_as_string(hide_password=False)
    app = create_app(Config(url, tmp_path, "the desk"))
    client = app.test_client()
    assert "registry import" in client.get("/").text
    for address in ("/coverage/", "/changes/", "/review/", "/lists/", "/search/?q=x", "/method/"):
        assert client.get(address).status_code == 200
    app.extensions["engine"].dispose()


@pytest.mark.parametrize(
    "address", ["/subjects/%00", f"/listings/{UK}/%00", "/listings/%00/1", "/lists/%00"]
)
def test_an_address_that_no_text_can_have_is_not_found(site, address):
    site.get(address, 404)


def test_a_failure_is_told_without_its_inside(site, monkeypatch):
    def fail(*_):
        raise RuntimeError("the inside")

    monkeypatch.setattr("registry.web.overview.glance.glance", fail)
    text = site.get("/", 500)
    assert "Nothing was changed" in text
    assert "the inside" not in text


def test_the_hostile_name_is_shown_as_it_is_written(site):
    page = site.get(f"/subjects/{site.subject[f'{EU}:EU.3.3']}")
    assert HOSTILE in unescape(page)


def test_a_measure_that_can_not_apply_is_not_said_to_be_in_force_nowhere(site):
    page = site.get(f"/subjects/{site.subject[f'{UK}:MMR0002']}")
    short = page[page.index('class="in-short"') : page.index('id="coverage"')]
    assert "not applicable" in short
    assert "nowhere" not in short


def test_a_number_of_changes_opens_those_changes(site):
    page = site.get("/changes/")
    query = f"/changes/?list={UK}&amp;since=2026-05-12&amp;until=2026-05-12&amp;change=delisted"
    assert f'<a href="{query}">1</a>' in page
    assert "MMR0003" in site.get(unescape(query))


def test_every_page_says_that_an_edition_in_use_failed_a_check(database, tmp_path):
    archive = Archive(tmp_path)
    app = create_app(Config(database.url.render_as_string(hide_password=False), tmp_path, "desk"))
    with Session(database) as session, session.begin():
        keep_edition(session, archive, UK, date(2026, 5, 1), [], accepted_because="a small sample")
    add_account(database, "reader", name="reader")
    visitor = Visitor(app)
    before = visitor.get("/")
    visitor.sign_in("reader")
    after = visitor.get("/")
    app.extensions["engine"].dispose()
    assert "failed a check" in before
    assert "a small sample" not in before
    assert "a small sample" in after


def test_no_page_speaks_of_a_failed_check_where_none_failed(site):
    assert "failed a check" not in site.get("/")
