"""Pages about the law: programmes, situations, and why a partner's lists do not show somebody."""

import json
import re
from html import unescape

import pytest

from registry import cli
from registry.domain import reference
from registry.domain.cell import State
from registry.services import why
from registry.web import wording
from registry.web.formatting import signed
from tests.web.conftest import CA, EU, UK, US


def text_of(page):
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def test_the_page_of_programmes_has_every_row_of_the_table(site):
    page = site.get("/programmes/")
    assert f"{len(reference.programmes())} programmes fit" in text_of(page)
    for key in reference.programmes():
        assert f'href="/programmes/{key}"' in page


def test_programmes_can_be_narrowed(site):
    page = text_of(site.get("/programmes/?partner=CA&situation=myanmar&q=individuals"))
    assert "CA-MMR-2" in page
    assert "CA-MMR-1" not in page
    assert "GB-MMR" not in page
    used = site.get("/programmes/?partner=EU&used=yes")
    assert 'href="/programmes/EU-MMR"' in used
    assert 'href="/programmes/EU-BLR"' not in used, "no listing names it"


def test_a_code_that_no_programme_knows_is_shown_with_its_list_and_number(site):
    page = text_of(site.get("/programmes/"))
    assert "of the lists are in no row" in page or "of the lists is in no row" in page
    assert "us-ofac-sdn NOT-IN-THE-TABLE" in page


@pytest.mark.parametrize("query", ["partner=XX", "situation=moon", "used=maybe", "p=1"])
def test_a_filter_of_programmes_that_is_not_known_is_refused(site, query):
    site.get(f"/programmes/?{query}", 422)


def test_a_programme_tells_its_instrument_its_measures_and_whether_its_text_was_read(site):
    page = text_of(site.get("/programmes/GB-MMR"))
    assert "The Myanmar (Sanctions) Regulations 2021" in page
    for told in (
        "Text read",
        "In force since",
        "Confidence",
        "Atrocity nexus",
        "For those designated",
    ):
        assert told in page, told
    assert "depends on the entry" in page, "flags of the file decide"


def test_a_programme_names_what_other_partners_would_use(site):
    page = site.get("/programmes/GB-MMR")
    assert 'href="/programmes/US-BURMA-EO14014"' in page
    assert 'href="/programmes/EU-MMR"' in page
    assert "no counterpart in the table" in page, "the Security Council has no regime on Myanmar"


def test_a_programme_shows_whom_it_was_used_for_page_by_page(site):
    page = site.get("/programmes/EU-SYR")
    assert "1 to 50 of" in page
    assert "Filler Bureau" in page
    further = site.get("/programmes/EU-SYR?page=2")
    assert "51 to" in further
    subjects = re.compile(r'href="/subjects/(\w+)"')
    assert not set(subjects.findall(page)) & set(subjects.findall(further))


def test_a_programme_is_shown_as_of_a_day(site):
    gone = site.subject[f"{UK}:MMR0003"]
    assert gone in site.get("/programmes/GB-MMR?as-of=2026-04-15")
    assert gone not in site.get("/programmes/GB-MMR")
    site.get("/programmes/GB-MMR?as-of=2026-05-21", 422)


def test_an_adverse_programme_is_said_to_make_no_gap(site):
    page = text_of(site.get("/programmes/US-ICC-EO14203"))
    assert "people who work on accountability" in page
    assert "makes no other partner’s silence a gap" in page


def test_an_ended_programme_says_so(site):
    ended = next(each.key for each in reference.programmes().values() if each.status == "ended")
    assert "An act has ended this programme" in text_of(site.get(f"/programmes/{ended}"))


@pytest.mark.parametrize("address", ["/programmes/GB-NOTHING", "/situations/moon"])
def test_what_is_not_in_the_tables_is_not_found(site, address):
    site.get(address, 404)


def test_every_programme_has_a_page(site):
    for key in reference.programmes():
        site.get(f"/programmes/{key}")


def test_every_situation_has_a_page_and_a_row(site):
    index = site.get("/situations/")
    for key in reference.situations():
        assert f'href="/situations/{key}"' in index
        site.get(f"/situations/{key}")


def test_a_situation_names_each_partners_programmes_or_their_absence(site):
    page = text_of(site.get("/situations/xinjiang"))
    assert "No dedicated authority" in page
    assert "No dedicated framework; EU-HR reaches it." in page
    assert "US-UHRPA" in page


def test_shares_of_a_situation_add_up_to_those_under_the_measure(site):
    page = site.get("/situations/myanmar")
    table = page[page.index("shares-table") : page.index("</table>", page.index("shares-table"))]
    numbers = [int(each) for each in re.findall(r"<td>(?:<a [^>]*>)?(\d+)(?:</a>)?</td>", table)]
    assert sum(numbers) == 3, "three subjects are under an asset freeze"


def test_numbers_of_a_situation_open_as_many_rows(site):
    page = site.get("/situations/myanmar")
    numbers = re.findall(r'<td[^>]*><a href="(/coverage/[^"]*)">([\d,]+)</a></td>', page)
    assert len(numbers) > 12
    for address, shown in numbers:
        text = site.get(unescape(address))
        totals = text[text.index('id="totals"') :][:700]
        counts = {int(each.replace(",", "")) for each in re.findall(r"<b>([\d,]+)</b>", totals)}
        assert int(shown.replace(",", "")) in counts, (address, shown)


def test_a_situation_says_who_changed_and_who_could_be_designated_together(site):
    page = site.get("/situations/myanmar")
    assert "Strongest joint candidates" in page
    assert f'href="/subjects/{site.subject[f"{UK}:MMR0003"]}"' in page
    assert "Delisted" in text_of(page)
    candidates = page[
        page.index('id="candidates"') : page.index("</section>", page.index('id="candidates"'))
    ]
    assert f'href="/subjects/{site.subject[f"{UK}:MMR0002"]}"' in candidates
    assert 'href="/programmes/EU-MMR"' in candidates


def test_a_situation_without_subjects_still_shows_its_instruments(site):
    page = text_of(site.get("/situations/nicaragua"))
    assert "Nobody is designated here" in page
    assert "GB-NIC" in page


def test_no_listing_at_a_partner_links_to_the_reason(site):
    subject = site.subject[f"{UK}:MMR0001"]
    page = site.get(f"/subjects/{subject}")
    assert f'href="/subjects/{subject}/why/US"' in page
    assert f'href="/subjects/{subject}/why/UK"' not in page, "it is listed there"


def test_the_reason_names_the_edition_searched_with_its_hash(site):
    page = site.get(f"/subjects/{site.subject[f'{EU}:EU.3.3']}/why/UK")
    assert "edition of" in page
    assert "12 May 2026" in page
    assert re.search(r"sha256 <code>[0-9a-f]{64}</code>", page)
    assert re.search(rf'href="/lists/{UK}/editions/\d+"', page)


def test_the_reason_shows_who_comes_nearest_and_one_step_to_a_verdict(site):
    page = site.get(f"/subjects/{site.subject[f'{UK}:SYR0010']}/why/CA")
    assert f'href="/listings/{CA}/Syria%7C1,%20Part%201%7C7"' in page or "Sameer EXAMPLE" in page
    said = text_of(page)
    assert "the pair awaits a reviewer" in said
    assert "What speaks for it" in said
    assert "What speaks against it" in said
    assert 'href="/review/' in page


def test_the_reason_for_who_is_listed_there_speaks_of_others(site):
    page = text_of(site.get(f"/subjects/{site.subject[f'{UK}:SYR0010']}/why/US"))
    assert "Who else on the lists of the United States" in page
    assert f"{US}:102" in page


def test_the_reason_says_that_nothing_could_be_searched(site):
    subject = site.subject[f"{UK}:SYR0010"]
    page = text_of(site.get(f"/subjects/{subject}/why/EU?as-of=2026-04-15"))
    assert "nothing could be searched" in page
    assert "Not held, and so not searched" in page


def test_the_reason_follows_a_subject_and_refuses_what_is_none(site):
    site.get("/subjects/SNOTHERE2/why/UK", 404)
    site.get(f"/subjects/{site.subject[f'{UK}:SYR0010']}/why/XX", 404)
    site.get(f"/subjects/{site.subject[f'{UK}:SYR0010']}/why/UK?as-of=never", 422)


def test_programmes_are_linked_wherever_they_are_named(site):
    subject = site.subject[f"{UK}:MMR0001"]
    for address in (f"/subjects/{subject}", f"/listings/{UK}/MMR0001"):
        assert 'href="/programmes/GB-MMR"' in site.get(address), address
    assert 'href="/situations/myanmar"' in site.get(f"/subjects/{subject}")


def test_a_cell_links_the_edition_that_it_rests_on(site):
    page = site.get(f"/subjects/{site.subject[f'{EU}:EU.3.3']}")
    assert re.search(
        rf'href="/lists/{UK}/editions/\d+">Edition of <time datetime="2026-05-12"', page
    )
    assert re.search(
        rf'href="/lists/{EU}/editions/\d+">Edition of <time datetime="2026-05-10"', page
    )


def test_the_reason_for_a_possible_match_leads_to_the_pairs_that_await_review(site):
    subject = site.subject[f"{UK}:SYR0010"]
    page = site.get(f"/subjects/{subject}/why/CA")
    assert f'href="/review/?subject={subject}"' in page


def test_statistics_count_stated_and_programme_based_and_say_how_many_they_leave_out(site):
    counted, possible, everybody = (
        text_of(site.get(f"/situations/?counting={each}"))
        for each in ("counted", "possible", "all")
    )
    left = re.search(r"Left out: ([\d,]+) possible, ([\d,]+) without a nexus", counted)
    assert left
    assert f"Left out: {left[2]} without a nexus" in possible
    assert f"Nobody is left out; {left[1]} are possible, {left[2]} without a nexus" in everybody
    site.get("/situations/?counting=some", 422)


@pytest.mark.parametrize("counting", ["counted", "possible", "all"])
def test_numbers_of_each_way_of_counting_open_as_many_rows(site, counting):
    page = site.get(f"/situations/syria?counting={counting}")
    numbers = re.findall(r'<td[^>]*><a href="(/coverage/[^"]*)">([\d,]+)</a></td>', page)
    assert len(numbers) > 12
    for address, shown in numbers:
        text = site.get(unescape(address))
        totals = text[text.index('id="totals"') :][:700]
        counts = {int(each.replace(",", "")) for each in re.findall(r"<b>([\d,]+)</b>", totals)}
        assert int(shown.replace(",", "")) in counts, (address, shown)


def test_the_method_defines_every_state_measure_and_type_of_gap_with_its_thresholds(site):
    page = site.get("/method/")
    for state in State:
        assert f'id="state-{state.value}"' in page
    said = text_of(page)
    for label in (*wording.GAP_TYPES.values(), *(each.label for each in wording.MEASURES.values())):
        assert label in said, label
    for threshold in (why.THRESHOLDS.link, why.THRESHOLDS.review, why.THRESHOLDS.near):
        assert signed(threshold) in said
    for anchor in ("confidence", "nexus", "joint", "lag", "quality", "gap-types", "measures"):
        assert f'id="{anchor}"' in page


def test_the_method_shows_the_measured_match_quality(site):
    quality = reference.match_quality()
    said = text_of(site.get("/method/"))
    for row in quality.rows:
        assert 0 < row.recall <= 1
        assert 0 < row.precision <= 1
        assert f"{row.by} {row.recall * 100:.1f} % {row.precision * 100:.1f} %" in said


def test_the_words_of_a_page_lead_to_their_meaning(site):
    defined = set(re.findall(r'id="([^"]+)"', site.get("/method/")))
    subject = site.subject[f"{UK}:SYR0010"]
    for address in (
        "/coverage/",
        f"/subjects/{subject}",
        f"/subjects/{subject}/why/CA",
        "/situations/syria",
        "/programmes/EU-SYR",
    ):
        asked = set(re.findall(r'href="/method/#([^"]+)"', site.get(address)))
        assert asked, address
        assert asked <= defined, (address, asked - defined)


@pytest.mark.parametrize("situation", ["", "syria"])
def test_whom_the_uk_could_designate_urgently_are_as_many_as_the_command_says(
    site, situation, capsys, monkeypatch
):
    page = site.visitor("officer").get(f"/acts/urgent?situation={situation}")
    shown = int(re.search(r"<b>([\d,]+)</b> measures?", page)[1].replace(",", ""))
    monkeypatch.setattr("registry.cli.law.now", site.app.config["REGISTRY_NOW"])
    asked = ["urgent", "--format", "json", "--database", site.url]
    assert cli.main([*asked, *(["--situation", situation] if situation else [])]) == 0
    rows = json.loads(capsys.readouterr().out)
    rows = rows if isinstance(rows, list) else rows["rows"]
    assert shown == len(rows) > 0
    assert f"/subjects/{rows[0]['subject_id']}" in page
    assert "condition B" in page
    assert "56 days" in page


def test_an_act_and_a_proposal_begin_from_the_urgent_procedure_for_those_who_may(site):
    for role, may_enter, may_propose in (
        ("officer", True, True),
        ("policy", True, True),
        ("reader", False, False),
    ):
        page = site.visitor(role).get("/acts/urgent")
        assert ("partner=UK" in page) is may_enter, role
        assert ("/proposals/new?subject=" in page) is may_propose, role
    site.visitor("reader").get("/acts/urgent?situation=moon", 422)
    assert site.client.get("/acts/urgent").status_code == 302
