"""Judging pairs: nothing is lost, nothing is forged, and what hangs on it is said."""

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from sqlalchemy.orm import Session

from registry.domain.job import JobState
from registry.services import judge, snapshot, stakes, weighing
from registry.store import subjects
from registry.store.database import writing
from tests.web.conftest import CA, EU, NOW, TODAY, UK, US
from tests.web.desks import work

SAMIR, SAMEER = f"{UK}:SYR0010", f"{CA}:Syria|1, Part 1|7"
PAIR = {"left": SAMEER, "right": SAMIR}
ADDRESS = "/review/pair?" + urlencode(PAIR)


@pytest.fixture
def reviewer(desk):
    return desk.visitor("reviewer")


def say(visitor, verdict, reason="the same passport", pair=PAIR, query="", status=303, seen=0):
    form = {**pair, "verdict": verdict, "reason": reason, "seen": seen}
    return visitor.post(f"/review/pair{query}", form, status)


def recorded(desk):
    with Session(desk.engine) as session:
        return [each.judgement for each in weighing.weigh(session).recorded]


def main_of(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text[text.index("<main") :]))


def test_the_queue_says_how_many_gaps_hang_on_a_pair(desk):
    page = main_of(desk.get("/review/"))
    assert "1 pair awaits review" in page
    with Session(desk.engine) as session:
        stake = stakes.of_queue(session, TODAY)[(SAMEER, SAMIR)]
    # The United Kingdom and the United States list one, Canada the other.
    assert "CA" not in {gap.missing_from for gap in stake.if_same}
    assert "CA" in {gap.missing_from for gap in stake.if_different}
    assert stake.weight == len(stake.if_different) - len(stake.if_same) > 0
    assert f" {stake.weight} " in page
    pair = main_of(desk.get(ADDRESS))
    assert "If the same" in pair
    assert f"({stake.weight} fewer)" in pair


def test_a_verdict_closes_the_gaps_that_hung_on_it(desk, reviewer):
    say(reviewer, "same")
    assert [(each.verdict, each.reviewer) for each in recorded(desk)] == [
        ("same", "uk.reviewer (UK)")
    ]
    assert "Nothing awaits review" in desk.get("/review/")
    assert {job.state for job in work(desk)} == {JobState.DONE}
    with Session(desk.engine) as session:
        members = subjects.members(session)
        traits = snapshot.subject(session, members[SAMIR][0], TODAY, TODAY)
    assert "CA" not in {gap.missing_from for gap in traits.gaps}
    assert {each.key for each in traits.facts.listings} >= {SAMIR, SAMEER}


def test_what_was_recorded_is_said_on_the_page_that_follows_and_can_be_taken_back(desk, reviewer):
    there = say(reviewer, "same").headers["Location"]
    page = reviewer.get(there)
    assert "Recorded: same" in page
    said = page[page.index("Recorded: same") :]
    assert "<bdi>Samir EXAMPLE</bdi> <small>(uk-sanctions-list SYR0010)</small>" in said
    assert "It stands." in page
    pair = reviewer.get(ADDRESS)
    (number,) = re.findall(r"/review/judgements/(\d+)/undo", pair)
    reviewer.post(f"/review/judgements/{number}/undo", {"reason": "misread"})
    assert "1 pair awaits" in main_of(desk.get("/review/"))
    assert "Taken back." in reviewer.get(ADDRESS)
    reviewer.post(f"/review/judgements/{number}/undo", {"reason": "again"}, 422)


def test_two_who_decide_at_once_lose_nothing_and_the_second_is_told(desk, reviewer):
    other = desk.visitor("reviewer", affiliation="CA")
    assert 'name="seen" value="0"' in other.get(ADDRESS)
    say(reviewer, "same")
    there = say(other, "different", reason="other birth places").headers["Location"]
    page = main_of(other.get(there))
    assert "Meanwhile uk.reviewer (UK) said same" in page
    assert "In conflict" in page
    assert [each.verdict for each in recorded(desk)] == ["same", "different"]


def test_a_conflict_is_foreseen_before_it_is_recorded(desk, reviewer):
    third = f"{US}:102"
    say(reviewer, "same", pair={"left": SAMIR, "right": third})
    say(reviewer, "different", pair={"left": SAMEER, "right": third})
    page = main_of(reviewer.get(ADDRESS))
    assert "“Same” would be in conflict" in page
    assert "“Different” would be in conflict" not in page
    there = say(reviewer, "same").headers["Location"]
    assert "In conflict" in main_of(reviewer.get(there))


def test_where_policy_asks_for_two_one_verdict_leaves_the_pair_open(desk, reviewer):
    with writing(desk.engine) as session:
        judge.require_reviewers(session, 2, "coordinators", "decided on 3 March", NOW)
    there = say(reviewer, "same").headers["Location"]
    assert "until a second reviewer agrees" in reviewer.get(there)
    assert "Begun" in desk.get("/review/")
    assert "1 pair awaits" in main_of(desk.get("/review/?progress=begun"))
    assert "No pair fits" in desk.get("/review/?progress=untouched")
    say(desk.visitor("reviewer", affiliation="CA"), "same")
    assert "Nothing awaits review" in desk.get("/review/")


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("partner=CA", True),
        ("partner=EU", False),
        (f"list={UK}", True),
        (f"list={EU}", False),
        ("situation=syria", True),
        ("situation=myanmar", False),
        ("kind=person", True),
        ("kind=entity", False),
        ("order=evidence", True),
    ],
)
def test_the_queue_is_filtered(desk, query, fits):
    assert ("No pair fits" not in desk.get(f"/review/?{query}")) is fits


def test_filters_go_along_from_pair_to_pair(desk, reviewer):
    page = reviewer.get(ADDRESS + "&partner=CA")
    assert "/review/pair?partner=CA" in page
    there = say(reviewer, "unsure", query="?partner=CA").headers["Location"]
    assert parse_qs(urlsplit(there).query)["partner"] == ["CA"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (SAMIR, SAMIR),
        (SAMIR, "uk-sanctions-list:NOTHERE"),
        ("", SAMIR),
        ("' OR 1=1 --", SAMIR),
        ("../../etc/passwd", SAMIR),
    ],
)
def test_a_forged_pair_is_refused(desk, reviewer, left, right):
    pair = {"left": left, "right": right}
    answer = reviewer.client.get("/review/pair?" + urlencode(pair))
    assert answer.status_code in (404, 422)
    form = {"csrf_token": reviewer.token(), **pair, "verdict": "same", "reason": "x"}
    assert reviewer.client.post("/review/pair", data=form).status_code in (404, 422)
    assert recorded(desk) == []


@pytest.mark.parametrize(
    "form",
    [
        {"verdict": "maybe", "reason": "x"},
        {"verdict": "same", "reason": ""},
        {"verdict": "same", "reason": "  "},
        {"verdict": "same", "reason": "x" * 3000},
        {"reason": "x"},
        {"verdict": "same", "reason": "x", "reviewer": "somebody else"},
    ],
)
def test_a_verdict_that_says_too_little_or_too_much_is_refused(desk, reviewer, form):
    reviewer.post("/review/pair", {**PAIR, **form}, 422)
    assert recorded(desk) == []


def test_a_verdict_without_the_forms_token_is_refused(desk, reviewer):
    form = {**PAIR, "verdict": "same", "reason": "x"}
    assert reviewer.client.post("/review/pair", data=form).status_code == 400
    assert recorded(desk) == []


def test_who_judged_and_why_is_read_by_accounts_only(desk, reviewer):
    say(reviewer, "unsure", reason="A private doubt")
    for address in (ADDRESS, ADDRESS + "&recorded=1", "/review/?recorded=1"):
        assert "private doubt" not in desk.get(address), address
        assert "uk.reviewer" not in desk.get(address), address
    assert "private doubt" in reviewer.get(ADDRESS)


def test_a_subject_is_parted_with_a_reason(desk, reviewer):
    subject = desk.subject[SAMIR]
    address = f"/subjects/{subject}/split"
    reviewer.post(address, {"listing": f"{US}:102", "reason": " "}, 422)
    reviewer.post(address, {"listing": f"{EU}:EU.1.1", "reason": "a stranger"}, 422)
    reviewer.post(address, {"listing": f"{US}:102", "reason": "another birth year"})
    assert [each.verdict for each in recorded(desk)] == ["different"]
    assert {job.state for job in work(desk)} == {JobState.DONE}
    with Session(desk.engine) as session:
        members = subjects.members(session)
    assert members[SAMIR][0] != members[f"{US}:102"][0]
    assert "another birth year" in reviewer.get(f"/subjects/{subject}")


def test_to_join_two_subjects_leads_to_the_pair_to_judge(desk):
    client = desk.client
    address = f"/subjects/{desk.subject[SAMIR]}/join"
    for other in (desk.subject[SAMEER], SAMEER):
        answer = client.get(address, query_string={"other": other})
        query = parse_qs(urlsplit(answer.headers["Location"]).query)
        assert SAMEER in (query["left"] + query["right"])
    for other in ("SNOTHERE22", desk.subject[SAMIR], "nolist:1"):
        assert client.get(address, query_string={"other": other}).status_code == 422


def test_all_judgements_are_read_by_those_inside_and_filtered(desk, reviewer):
    say(reviewer, "same")
    say(desk.visitor("reviewer", affiliation="CA"), "different", reason="other parents")
    for query, fits in (
        ("", 2),
        ("?show=conflicts", 2),
        ("?show=reopened", 0),
        ("?by=ca.reviewer+(CA)", 1),
    ):
        page = main_of(reviewer.get(f"/review/judgements{query}"))
        assert (f"{fits} judgement" in page) is bool(fits), query
    assert "other parents" in page
    desk.get("/review/judgements", 302)
    desk.visitor("ngo", affiliation="ngo:Example").get("/review/judgements", 403)


def test_the_names_and_numbers_that_evidence_rests_on_stand_side_by_side(desk):
    page = main_of(desk.get(ADDRESS))
    rows = page[: page.index("Evidence")]
    assert "Other names" in rows
    assert "Abu Mithal" in rows
    assert "N 0123" in rows


def test_what_keeps_the_two_from_being_linked_stands_below_the_evidence(desk):
    address = "/review/pair?" + urlencode({"left": SAMEER, "right": f"{UK}:SYR0009"})
    page = main_of(desk.get(address))
    assert "By itself a pair is linked from" in page[page.index("What keeps them from") :]


def test_a_pair_with_a_minor_tells_the_year_of_birth_alone(desk):
    page = desk.get("/review/pair?" + urlencode({"left": SAMEER, "right": f"{UK}:SYR0009"}))
    assert "Sami CHILD" in page
    assert "2012" in page
    assert "2012-03-12" not in page
    assert "12 March 2012" not in page
    assert "12 Mar 2012" not in page


def test_a_search_leads_to_the_pair_that_may_show_more_of_a_subject(desk):
    page = desk.get("/search/?q=samir+example")
    assert "may be on another list too" in page
    link = re.search(r'href="(/review/pair\?[^"]+)"', page)[1].replace("&amp;", "&")
    assert "Are these one subject?" in desk.get(link)
    assert "another list too" not in desk.get("/search/?q=EU.1.1")
