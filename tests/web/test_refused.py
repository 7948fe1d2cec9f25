"""Forms that are refused come back on their page; nothing that was typed is lost."""

import re

import pytest

from registry.web.sent import FORM_PAGE
from tests.web.conftest import HOSTILE, UK, Visitor

ACT = {
    FORM_PAGE: "/acts/new",
    "partner": "UK",
    "name": HOSTILE,
    "citation": "S.I. 2026/1",
    "made-on": "2026-05-18",
    "source": "https://example.org/si",
    "reason": "not on the list yet",
}


def field(page, name):
    return re.search(rf'<(?:input|select|textarea)[^>]*name="{name}"[^>]*>', page)[0]


@pytest.fixture
def officer(site):
    return site.visitor("officer")


def test_a_refused_form_comes_back_filled_with_what_is_wrong_beside_the_field(officer):
    page = officer.post("/acts/", {**ACT, "measure": "travel-ban", "made-on": "soon"}, 422).text
    assert "<h1>Enter an act</h1>" in page
    assert "Made on: This is no date" in page
    assert 'aria-invalid="true"' in field(page, "made-on")
    assert 'value="S.I. 2026/1"' in field(page, "citation")
    assert "not on the list yet</textarea>" in page
    assert 'value="travel-ban" checked' in page
    assert "<script>alert" not in page


def test_what_the_domain_refuses_comes_back_the_same_way(officer):
    page = officer.post("/acts/", {**ACT, "measure": "travel-ban", "subject": "S1"}, 422).text
    assert "Subject: An act is on one subject, or one listing, or one name." in page
    assert 'value="S1"' in field(page, "subject")


def test_a_form_that_names_no_page_is_answered_with_what_is_wrong(officer):
    for there in ("", "https://evil.example/acts/new", "//evil.example", "/nowhere", "/lists/"):
        page = officer.post("/acts/", {**ACT, FORM_PAGE: there}, 422).text
        assert "Nothing was changed" in page
        assert "Choose at least one." in page
        assert "evil.example" not in page


def test_a_form_does_not_come_back_on_a_page_that_its_sender_may_not_see(site):
    reader = site.visitor("reader")
    values = {FORM_PAGE: "/accounts/", "name": ""}
    page = reader.post("/coverage/views/", values, 422).text
    assert "Add an account" not in page
    assert "Give the view a name" in page


def test_a_verdict_that_is_refused_comes_back_on_its_pair_in_the_same_queue(site):
    left, right = f"{UK}:MMR0001", f"{UK}:SYR0010"
    there = f"/review/pair?left={left}&right={right}&partner=CA"
    reviewer = site.visitor("reviewer")
    assert 'action="/review/pair?partner=CA"' in reviewer.get(there)
    sent = {FORM_PAGE: there, "left": left, "right": right, "verdict": "different", "reason": " "}
    page = reviewer.post("/review/pair?partner=CA", sent, 422).text
    assert "Are these one subject?" in page
    assert "Reason: This is needed" in page
    assert re.search(r'value="different"[^>]*checked', page)


def test_names_that_are_too_many_to_look_up_stay_to_be_shortened(site):
    names = "\n".join(f"Name {n}" for n in range(2_001))
    sent = {FORM_PAGE: "/search/paste", "names": names}
    page = Visitor(site.app).post("/search/paste.xlsx", sent, 422).text
    assert "Paste a part." in page
    assert "Name 2000</textarea>" in page


def test_who_signs_in_too_often_keeps_the_form_and_no_password(desk):
    visitor = Visitor(desk.app)
    for _ in range(5):
        visitor.sign_in("nobody", status=401)
    sent = {FORM_PAGE: "/sign-in", "name": "nobody", "password": "hunter2"}
    page = visitor.post("/sign-in", sent, 429).text
    assert 'value="nobody"' in field(page, "name")
    assert "hunter2" not in page


def test_a_new_password_that_is_refused_is_not_given_back(site):
    sent = {FORM_PAGE: "/account", "present": "hunter2hunter2", "new": "hunter3", "again": "other"}
    page = site.visitor("reader").post("/account/password", sent, 422).text
    assert "New password once more: This is not the same" in page
    assert "hunter" not in page


def test_an_account_that_is_refused_comes_back_with_its_roles(site):
    sent = {
        FORM_PAGE: "/accounts/",
        "name": "Not A Name",
        "shown_name": "Nora Example",
        "affiliation": "CA",
        "roles": ["reviewer", "policy"],
    }
    page = site.visitor("administrator").post("/accounts/", sent, 422).text
    assert 'aria-invalid="true"' in field(page, "name")
    assert re.search(r'<option value="CA" selected', page)
    for role in ("reviewer", "policy"):
        assert re.search(rf'value="{role}"[^>]*checked', page)


def test_a_split_that_is_refused_comes_back_on_the_subject(site):
    there = f"/subjects/{site.subject[f'{UK}:MMR0001']}"
    sent = {FORM_PAGE: there, "listing": f"{UK}:MMR0001", "reason": ""}
    page = site.visitor("reviewer").post(f"{there}/split", sent, 422).text
    assert "This is needed" in page
    assert re.search(rf'value="{UK}:MMR0001"[^>]*checked', page)


LONG = "A text that somebody wrote for half an hour, & that <nobody> wants to write again."


def test_who_was_signed_out_while_writing_is_given_the_text_back(desk):
    """A sign-in ends after an hour; what was written in it does not get lost."""
    officer = desk.visitor("officer")
    token = officer.token()
    officer.client.delete_cookie("registry")
    officer.token()  # a cookie that is nobody's
    answer = officer.post("/acts/", {**ACT, "reason": LONG}, 403)
    assert "You are not signed in" in answer.text
    assert "write again.</textarea>" in answer.text
    assert "&lt;nobody&gt;" in answer.text
    answer = officer.client.post("/acts/", data={**ACT, "csrf_token": token, "reason": LONG})
    assert answer.status_code in (400, 403)
    assert "write again.</textarea>" in answer.text


def test_what_is_not_kept_is_not_shown_again_either(desk):
    visitor = Visitor(desk.app)
    answer = visitor.client.post("/sign-in", data={"name": "anna", "password": LONG})
    assert answer.status_code == 400
    assert "write again" not in answer.text


def test_more_than_is_taken_is_refused_as_such_by_whomever_it_is_sent(desk):
    much = {"reason": "x" * 1_100_000}
    assert Visitor(desk.app).client.post("/acts/", data=much).status_code == 403
    assert desk.visitor("officer").client.post("/acts/", data=much).status_code == 413


def test_an_upload_without_its_file_keeps_the_date_and_asks_for_the_file(site):
    there = "/lists/un-sc"
    sent = {FORM_PAGE: there, "published": "2026-05-12"}
    page = site.visitor("list-steward").post(f"{there}/uploads", sent, 422).text
    assert "File: Choose a file." in page
    assert 'value="2026-05-12"' in field(page, "published")


def test_of_the_corrections_that_a_page_offers_the_one_that_was_sent_comes_back(site):
    there = f"/overrides/new?listing={UK}:MMR0001"
    sent = {
        FORM_PAGE: there,
        "listing": f"{UK}:MMR0001",
        "field": "kind",
        "value": "ghost",
        "reason": "a slip",
        "source": "S.I. 2021/496",
    }
    page = site.visitor("list-steward").post("/overrides/", sent, 422).text
    assert page.count("a slip</textarea>") == 1
    assert page.index("a slip</textarea>") > page.index('value="kind"')
    assert "Kind: 'ghost' is no kind" in page


def test_a_comment_that_is_refused_comes_back_with_its_mark(desk):
    officer = desk.visitor("officer")
    made = officer.post(
        "/proposals/",
        {
            "title": "Round two",
            "subject": desk.subject[f"{UK}:MMR0001"],
            "partner": ["UK", "CA"],
            "measure": ["asset-freeze", "travel-ban"],
            FORM_PAGE: "/proposals/new",
        },
    )
    there = made.headers["Location"].removesuffix("/edit")
    page = officer.post(
        f"{there}/comments", {FORM_PAGE: there, "text": " ", "releases": ["EU", "CA"]}, 422
    ).text
    comment = page[page.index('id="comments"') :]
    assert "A comment has 1 to" in comment
    for each in ("EU", "CA"):
        assert re.search(rf'name="releases" value="{each}" checked', comment)
