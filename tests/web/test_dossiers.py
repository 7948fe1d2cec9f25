"""The walled intake of dossiers, in the browser's words and in hostile ones."""

import io
import re
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.domain import attachment as domain
from registry.domain.account import Account, Role
from registry.domain.handling import mark
from registry.services import passwords
from registry.store import accounts, portions
from registry.store.tables import DossierRow, TrailRow
from registry.web import access
from tests.registry.services.proposing import NOW, QUAD
from tests.web.conftest import HOSTILE, PASSWORD
from tests.web.proposing import TOKEN, Desk

PDF = b"%PDF-1.7\n% Author: Jo of the organisation\n"
FORM = {
    "title": "Commanders at a prison",
    "subject-name": ["Aung EXAMPLE", "", "Third NAME"],
    "subject-details": ["Born in 1965", "", ""],
    "conduct": "Detainees were beaten.",
    "link-url": ["https://example.org/report", ""],
    "link-archived-on": ["2026-04-01", ""],
    "recipient": ["UK", "EU"],
    "sharing": "may-adopt",
    "protected": "true",
}
OUTSIDE = ["us", "ca", "uk2", "uk-auditor", "secretariat", "admin", "other"]


@pytest.fixture
def desk(database, tmp_path):
    made = Desk(database, tmp_path)
    with Session(database) as session, session.begin():
        made.world.who["other"] = accounts.add(
            session,
            Account(0, "other", "Other", "ngo:Another", frozenset({Role.NGO})),
            passwords.hashed(PASSWORD),
            NOW,
        )
    yield made
    made.close()


def send(desk, who="ngo", status=303, files=(), **changes):
    visitor = desk.of(who)
    sent = {"csrf_token": visitor.token(), **FORM, **changes}
    sent["attachment"] = [(io.BytesIO(content), name) for name, content in files]
    answer = visitor.client.post("/dossiers/new", data=sent)
    assert answer.status_code == status, answer.text[:3000]
    return answer


def handed_in(desk, **more):
    return send(desk, **more).headers["Location"].rsplit("/", 1)[1]


def attachments(desk):
    folder = Path(desk.app.config["REGISTRY"].attachments)
    return [each for each in folder.rglob("*") if each.is_file()]


def test_an_organisation_gets_a_receipt_and_sees_what_becomes_of_it(desk):
    number = handed_in(desk, files=[("Übersicht.pdf", PDF)])
    page = desk.get("ngo", f"/dossiers/{number}")
    assert number in page
    assert re.search(r"<code class=\"break\">[0-9a-f]{64}</code>", page)
    assert "creates no obligation" in page
    assert "Aung EXAMPLE" in page
    assert "Received" in page
    desk.post("uk", f"/dossiers/{number}/answers", disposition="not-pursued", feedback="No power.")
    page = desk.get("ngo", f"/dossiers/{number}")
    assert "Not pursued" in page
    assert "No power." in page
    assert "UK</" not in page  # nor the officer's name
    assert "No power." not in desk.get("eu", f"/dossiers/{number}")
    assert number in desk.get("ngo", "/dossiers/")


@pytest.mark.parametrize("who", OUTSIDE)
def test_outside_of_the_wall_there_is_nothing(desk, who):
    """Neither a page nor a different answer than for a dossier that never was."""
    addresses = ["/dossiers/{}", "/dossiers/{}/attachments/0", "/dossiers/{}/adopt"]
    board = desk.of(who).client.get("/dossiers/").text
    absent = [desk.of(who).client.get(each.format("QQQQQQQQQQQQQQ")) for each in addresses]
    number = handed_in(desk, files=[("report.pdf", PDF)])
    for address, nothing in zip(addresses, absent, strict=True):
        answer = desk.of(who).client.get(address.format(number))
        assert answer.status_code == nothing.status_code in (403, 404)
        assert TOKEN.sub("", answer.text) == TOKEN.sub("", nothing.text)
    assert TOKEN.sub("", desk.of(who).client.get("/dossiers/").text) == TOKEN.sub("", board)
    for address in ("answers", "adopt"):
        values = {"disposition": "not-pursued", "proposal": "X", "kind": "document"}
        token = desk.of(who).token()
        answer = desk.of(who).client.post(
            f"/dossiers/{number}/{address}", data={"csrf_token": token, **values}
        )
        assert answer.status_code in (403, 404, 422)


def test_auditors_who_are_no_officers_find_nothing_of_a_dossier_nor_of_its_organisation(desk):
    """The page promises the organisation that nobody else sees that there is anything."""
    with Session(desk.world.engine) as session, session.begin():
        for name, roles in (("auditor", {Role.AUDITOR}), ("both", {Role.AUDITOR, Role.OFFICER})):
            account = Account(0, name, name, "UK", frozenset(roles))
            accounts.add(session, account, passwords.hashed(PASSWORD), NOW)
    before = desk.get("auditor", "/trail/trail.csv")
    number = handed_in(desk, files=[("a.pdf", PDF)])
    desk.of("ngo").get("/coverage/gaps.csv?kind=person")
    for address in ("", "/attachments/0", "/adopt"):
        desk.of("uk").client.get(f"/dossiers/{number}{address}").close()
    desk.post("uk", f"/dossiers/{number}/answers", disposition="under-review")
    desk.of("ngo").post("/sign-out")
    desk.of("ngo").sign_in("ngo", "not the password", 401)
    told = desk.get("auditor", "/trail/trail.csv").removeprefix(before.partition("\n")[0])
    assert "signed-in,account:uk" in told
    for trace in (number, "ngo", "dossier", "Watch"):
        assert trace not in told, trace
    insider = desk.get("both", "/trail/trail.csv")
    for action in ("dossier-handed-in", "marked-read", "dossier-answered"):
        assert f"{action},dossier:{number}" in insider, "officers of the partner may know"


def test_what_was_handed_in_changes_no_page_of_others(desk):
    pages = ["/", "/search/?q=Third+NAME", "/proposals/", "/notices/", "/coverage/"]

    def seen():
        return [
            TOKEN.sub("", desk.of(who).client.get(page).text) for who in OUTSIDE for page in pages
        ]

    before = seen()
    handed_in(desk)
    assert seen() == before


def test_notices_lead_those_who_may_read_a_dossier_to_it(desk):
    number = handed_in(desk, title=HOSTILE)
    assert "Notices <b>1</b>" in desk.get("uk", "/")
    page = desk.get("uk", "/notices/")
    assert f"/dossiers/{number}" in page
    assert "<script>alert" not in page
    assert "Mark all as read" in page
    desk.post("uk", "/notices/read")
    assert "Notices <b>" not in desk.get("uk", "/")
    desk.post("uk", f"/dossiers/{number}/answers", disposition="under-review")
    assert "United Kingdom, under review" in desk.get("ngo", "/notices/")
    assert "uk" not in re.findall(r"<small>(.*?)</small>", desk.get("ngo", "/notices/"))


def test_a_file_comes_back_as_it_was_and_is_never_shown(desk):
    number = handed_in(desk, files=[("Übersicht <1>.pdf".replace("<1>", "(1)"), PDF)])
    answer = desk.of("uk").client.get(f"/dossiers/{number}/attachments/0")
    assert answer.data == PDF
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    answer.close()
    desk.get("uk", f"/dossiers/{number}/attachments/1", 404)
    desk.get("uk", f"/dossiers/{number}/attachments/-1", 404)
    [kept] = attachments(desk)
    assert re.fullmatch(r"[0-9a-f]{64}", kept.name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("../../../tmp/evil.txt", b"text"),
        ("..\\evil.txt", b"text"),
        ("/etc/cron.d/evil.txt", b"text"),
        ("bomb.zip", b"PK\x03\x04"),
        ("page.html", b"<script>alert(1)</script>"),
        ("picture.svg", b"<svg onload=alert(1)>"),
        ("a.pdf", b"<script>alert(1)</script>"),
        (".htaccess", b"text"),
        ("a.txt\x00.pdf", b"%PDF-"),
    ],
)
def test_a_file_that_is_not_taken_leaves_nothing_behind(desk, name, content):
    send(desk, status=422, files=[("good.pdf", PDF), (name, content)])
    assert attachments(desk) == []
    with Session(desk.world.engine) as session:
        assert session.scalar(select(func.count()).select_from(DossierRow)) == 0


def test_too_much_at_once_is_refused_before_it_is_read(desk, monkeypatch):
    monkeypatch.setitem(access.MOST_SENT, "dossiers.hand_in", 20_000)
    answer = send(desk, status=413, files=[("a.txt", b"a" * 30_000)])
    assert "Nothing was changed" in answer.text
    monkeypatch.setattr(domain, "MOST_BYTES", 1_000)
    send(desk, status=422, files=[("a.txt", b"a" * 1_001)])
    send(desk, status=422, files=[(f"{n}.txt", b"a") for n in range(11)])
    assert attachments(desk) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"affiliation": "UK"},
        {"account_id": "1"},
        {"id": "AAAA"},
        {"handed_in_at": "2020-01-01"},
        {"sharing": "everybody"},
        {"recipient": ["UK", "ngo:Another"]},
        {"recipient": []},
        {"subject-name": ["", ""], "subject-details": ["", ""]},
        {"subject-name": ["A", "B"], "subject-details": [""]},
        {"link-url": ["javascript:alert(1)"], "link-archived-on": ["2026-01-01"]},
        {"link-url": ["https://example.org"], "link-archived-on": [""]},
        {"link-url": ["https://example.org"], "link-archived-on": ["yesterday"]},
        {"title": ["a", "b"]},
        {"title": ""},
        {"conduct": " "},
    ],
)
def test_a_form_that_holds_more_or_less_than_asked_is_refused(desk, changes):
    send(desk, status=422, **changes)
    with Session(desk.world.engine) as session:
        assert session.scalar(select(func.count()).select_from(DossierRow)) == 0


def test_a_form_without_its_token_is_refused(desk):
    assert desk.of("ngo").client.post("/dossiers/new", data=FORM).status_code == 400


def test_hostile_text_stays_text(desk):
    number = handed_in(
        desk,
        title=HOSTILE,
        conduct=f"{HOSTILE} {{{{ 7*7 }}}}",
        **{"subject-name": [HOSTILE], "subject-details": [HOSTILE]},
    )
    desk.post("uk", f"/dossiers/{number}/answers", disposition="under-review", feedback=HOSTILE)
    for who in ("ngo", "uk"):
        for address in ("/dossiers/", f"/dossiers/{number}"):
            page = desk.get(who, address)
            assert "<script>alert" not in page
            assert "&lt;script&gt;" in page
    assert "<script>alert" not in desk.get("uk", f"/dossiers/{number}/adopt")


def test_an_officer_adopts_in_the_officers_own_name(desk):
    number, proposal = handed_in(desk), desk.world.circulated()
    assert proposal.title in desk.get("uk", f"/dossiers/{number}/adopt")
    form = desk.get("uk", f"/dossiers/{number}/adopt?proposal={proposal.id}")
    assert "Watch" not in form[form.index("<main") :].replace("Stop watching", "")
    desk.post(
        "uk",
        f"/dossiers/{number}/adopt",
        proposal=proposal.id,
        kind="open-source",
        title="A report on a prison",
        text="Detainees were beaten, a report says.",
        url="https://example.org/report",
        archived_on="2026-05-19",
        level="amber",
        releases=["QUAD"],
    )
    page = desk.get("us", f"/proposals/{proposal.id}")
    assert "A report on a prison" in page
    assert "from UK" in page
    for trace in (number, "Watch &amp; Report", "ngo:", FORM["title"], "2026-04-01"):
        assert trace not in page
    assert "Adopted" in desk.get("ngo", f"/dossiers/{number}")
    [item] = desk.world.read(portions.evidence, "us", proposal.id)
    assert item.account == desk.world.who["uk"].id


def test_adopting_leads_only_to_proposals_that_are_there_for_the_officer(desk):
    number = handed_in(desk)
    hidden = desk.world.circulated(releases=["EU"], partners=("EU", "US"))
    assert hidden.id not in desk.get("uk", f"/dossiers/{number}/adopt")
    desk.get("uk", f"/dossiers/{number}/adopt?proposal={hidden.id}", 404)
    desk.post(
        "uk", f"/dossiers/{number}/adopt", 404, proposal=hidden.id, kind="document", title="x"
    )
    assert "Received" in desk.get("ngo", f"/dossiers/{number}")
    assert "Adopted" not in desk.get("ngo", f"/dossiers/{number}")


def test_a_mark_from_elsewhere_can_not_be_given_on_adopting(desk):
    number, proposal = handed_in(desk), desk.world.circulated()
    desk.post(
        "uk",
        f"/dossiers/{number}/adopt",
        422,
        proposal=proposal.id,
        kind="document",
        title="x",
        originator="US",
    )
    assert mark("UK", releases=QUAD).originators == {"UK"}


def test_officers_reading_is_on_the_trail_and_the_organisations_is_not(desk):
    number = handed_in(desk)
    desk.get("ngo", f"/dossiers/{number}")
    desk.get("uk", f"/dossiers/{number}")
    desk.get("ca", f"/dossiers/{number}", 404)
    with Session(desk.world.engine) as session:
        read = session.scalars(select(TrailRow).where(TrailRow.action == "marked-read")).all()
    assert [(each.actor, each.object) for each in read] == [("uk", f"dossier:{number}")]
