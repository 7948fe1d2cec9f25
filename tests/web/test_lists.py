"""Keeping the lists in the browser: seen before it is used, used by one at a time, undone with a
reason."""

import io
import re
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from registry.domain.job import JobKind, JobState
from registry.store import acts as stored_acts
from registry.store import editions, jobs, overrides, uploads
from registry.store.queue import attach
from registry.web import access
from tests.web.conftest import CA, EU, UK, US
from tests.web.desks import work

SAMPLES = Path(__file__).resolve().parents[2] / "sample_lists" / "un-sc"
UN = "un-sc"
SAMPLE = next(iter(sorted(SAMPLES.glob("????-??-??"))[-1].iterdir()))
WHY = "a sample: a small selection of the list"


@pytest.fixture
def steward(desk):
    return desk.visitor("list-steward")


def send(visitor, content=None, name="list.xml", key=UN, status=303, **more):
    content = SAMPLE.read_bytes() if content is None else content
    answer = visitor.client.post(
        f"/lists/{key}/uploads",
        data={"csrf_token": visitor.token(), "file": (io.BytesIO(content), name), **more},
        content_type="multipart/form-data",
    )
    assert answer.status_code == status, answer.text
    return answer.headers.get("Location", "")


def in_force(desk, key=UN):
    with Session(desk.engine) as session:
        return [row.sha256 for row in editions.history(session, key)]


def incoming(desk):
    folder = desk.config.incoming
    return sorted(folder.iterdir()) if folder.is_dir() else []


def test_an_upload_shows_what_it_would_change_and_is_used_only_then(desk, steward):
    before = in_force(desk)
    there = send(steward)
    page = steward.get(there)
    assert "To be examined" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert [job.state for job in work(desk)] == [JobState.DONE]
    page = steward.get(there)
    assert "Failed" in page, "a sample is too small for a list"
    assert "Against the edition in force" in page
    assert "CDi.999" in page, "the listing that the file no longer holds"
    assert in_force(desk) == before
    steward.post(f"{there}/use", {}, 422)
    steward.post(f"{there}/use", {"reason": WHY})
    assert [job.order.kind for job in work(desk)] == [JobKind.IMPORT, JobKind.RECONCILE]
    assert len(in_force(desk)) == len(before) + 1
    assert "Used" in steward.get(there)
    assert incoming(desk) == []
    with Session(desk.engine) as session:
        assert WHY in [row.accepted_because for row in editions.history(session, UN)]


def test_an_older_file_lists_and_delists_nobody(desk, steward):
    older = re.sub(rb'dateGenerated="\d{4}', b'dateGenerated="2001', SAMPLE.read_bytes())
    there = send(steward, older)
    work(desk)
    page = steward.get(there)
    assert "The file is older than the edition in force" in page
    compared = page[page.index("Against the edition in force") :]
    assert "Only in the edition in force" in compared
    assert not re.search(r">(Listed|Delisted)<|</b> (listed|delisted)", compared)


def test_a_discarded_upload_leaves_no_file(desk, steward):
    there = send(steward)
    work(desk)
    steward.post(f"{there}/discard")
    assert incoming(desk) == []
    steward.post(f"{there}/use", {"reason": WHY}, 422)
    assert "Discarded" in steward.get(f"/lists/{UN}")


@pytest.mark.parametrize(
    "name", ["../../../../tmp/evil.xml", "..\\..\\evil.xml", "/etc/passwd", "<script>x.xml", "a\0b"]
)
def test_a_hostile_file_name_is_harmless(desk, steward, name):
    there = send(steward, name=name)
    page = steward.get(there)
    assert "<script>x" not in page
    assert "../" not in page
    (kept,) = incoming(desk)
    assert kept.parent == desk.config.incoming
    assert len(kept.name) == 32
    assert not Path("/tmp/evil.xml").exists()


def test_what_is_no_edition_of_the_list_is_refused_with_the_reason(desk, steward):
    there = send(steward, b"<html>Access denied</html>")
    (job,) = work(desk)
    assert job.state is JobState.FAILED
    page = steward.get(there)
    assert "Refused" in page
    assert incoming(desk) == []


@pytest.mark.parametrize("sent", [{}, {"file": ""}, {"published": "2026-01-01"}])
def test_an_upload_without_a_file_is_refused(desk, steward, sent):
    steward.post(f"/lists/{UN}/uploads", sent, 422)
    with Session(desk.engine) as session:
        assert uploads.of_list(session, UN, 5) == []


def test_a_publishers_date_to_come_is_refused(desk, steward):
    send(steward, status=422, published="2027-01-01")
    assert incoming(desk) == []


def test_more_than_a_list_can_be_is_refused_before_it_is_kept(desk, steward, monkeypatch):
    monkeypatch.setitem(access.MOST_SENT, "lists.send", 10_000)
    send(steward, b"x" * 20_000, status=413)
    assert incoming(desk) == []


def test_many_parts_are_refused(desk, steward):
    data = {"csrf_token": steward.token()} | {f"field{n}": "x" for n in range(2_000)}
    answer = steward.client.post(
        f"/lists/{UN}/uploads", data=data, content_type="multipart/form-data"
    )
    assert answer.status_code == 413


def test_an_upload_of_another_list_is_not_found_here(desk, steward):
    there = send(steward)
    number = there.rpartition("/")[2]
    steward.get(f"/lists/{EU}/uploads/{number}", 404)
    steward.post(f"/lists/{EU}/uploads/{number}/use", {"reason": WHY}, 404)
    steward.get(f"/lists/{UN}/uploads/99999", 404)
    steward.get("/lists/nolist/uploads/1", 404)


def test_two_jobs_on_one_list_are_refused_and_a_fetch_is_asked_once(desk, steward):
    there = steward.post(f"/lists/{UN}/fetch").headers["Location"]
    answer = steward.post(f"/lists/{UN}/fetch", status=409)
    assert "waits or runs" in answer.text
    assert "Waiting for the worker" in steward.get(there)
    state = steward.client.get(f"{there}/state").get_json()
    assert (state["is_active"], state["share"]) == (True, 0.0)
    assert "waiting" in steward.get(f"/lists/{UN}").lower()


def test_what_is_asked_for_in_the_browser_is_sent_to_the_workers(desk, steward):
    queue = attach(desk.engine, desk.config.queue)
    steward.post(f"/lists/{UN}/fetch")
    steward.post("/jobs/reconcile")
    steward.post(f"/lists/{UN}/fetch", status=409)
    assert queue.pending_count() == 2


def test_a_failed_job_is_shown_with_its_reason_and_tried_again(desk, steward):
    send(steward, b"<html>Access denied</html>")
    (job,) = work(desk)
    page = steward.get("/jobs/")
    assert "Failed" in page
    assert "Try again" in page
    there = steward.post(f"/jobs/{job.id}/retry").headers["Location"]
    assert there != f"/jobs/{job.id}"
    steward.post("/jobs/99999/retry", status=404)
    steward.post(there.replace("/jobs/", "/jobs/") + "/retry", status=409)


def test_an_edition_in_quarantine_is_accepted_and_another_withdrawn_with_a_reason(desk, steward):
    there = send(steward)
    work(desk)
    steward.post(f"{there}/use", {"reason": WHY})
    work(desk)
    with Session(desk.engine) as session:
        row = editions.history(session, UN)[-1]
    page = f"/lists/{UN}/editions/{row.id}"
    assert "Withdraw this edition" in steward.get(page)
    steward.post(f"{page}/withdraw", {"reason": " "}, 422)
    steward.post(f"{page}/withdraw", {"reason": "a draft"})
    assert {job.state for job in work(desk)} == {JobState.DONE}
    assert "withdrawn: a draft" in steward.get(page)
    steward.post(f"{page}/accept", {"reason": "no quarantine"})
    assert work(desk)[0].state is JobState.FAILED


def test_any_two_editions_are_compared(desk):
    with Session(desk.engine) as session:
        one, other = (row.id for row in editions.history(session, UK))
    forwards = desk.get(f"/lists/{UK}/difference?before={one}&after={other}")
    assert "Former EXAMPLE" in forwards
    assert "Delisted" in forwards
    backwards = desk.get(f"/lists/{UK}/difference?before={other}&after={one}")
    assert "Former EXAMPLE" in backwards
    assert "Delisted" not in backwards
    # Of a minor's birth date the year alone is shown.
    for page in (forwards, backwards):
        assert "2012" in page
        assert "2012-03" not in page
        assert "March 2012" not in page
    desk.get(f"/lists/{UK}/difference?before={one}&after=99999", 404)
    desk.get(f"/lists/{EU}/difference?before={one}&after={other}", 404)


def test_reported_entries_of_all_lists_stand_on_one_page(desk):
    assert "MMR0099" in desk.get("/lists/reported")


# What officers enter.

ACT = {
    "partner": "UK",
    "measure": ["asset-freeze", "travel-ban"],
    "citation": "The Example Regulations 2026",
    "made-on": "2026-05-18",
    "source": "https://example.org/act",
    "reason": "announced today",
}


def test_an_act_is_entered_and_withdrawn_by_those_who_speak_for_the_partner(desk):
    officer = desk.visitor("officer")
    subject = desk.subject[f"{EU}:EU.3.3"]
    officer.post("/acts/", ACT | {"subject": subject, "measure": "asset-freeze"})
    assert "Pending publication" in officer.get(f"/subjects/{subject}")
    assert "The Example Regulations 2026" in officer.get("/acts/?state=pending")
    other = desk.visitor("officer", affiliation="CA")
    other.post("/acts/1/withdraw", {"reason": "not ours"}, 403)
    other.post("/acts/", ACT | {"subject": subject}, 403)
    officer.post("/acts/1/withdraw", {"reason": "misread"})
    assert "Pending publication" not in officer.get(f"/subjects/{subject}").split("</section>")[0]
    with Session(desk.engine) as session:
        (act,) = stored_acts.recorded(session)
    assert act.act.officer == "uk.officer (UK)"
    assert act.withdrawn.reason == "misread"


@pytest.mark.parametrize(
    "wrong",
    [
        {"measure": []},
        {"made-on": "2026-06-01"},
        {"made-on": "yesterday"},
        {"made-on": "0001-01-01"},
        {"source": "javascript:alert(1)"},
        {"reason": ""},
        {"name": "Somebody Else"},
        {"listing": "nolist:1", "subject": ""},
        {"partner": "XX"},
        {"procedure": "swift"},
    ],
)
def test_an_act_that_can_not_be_is_refused(desk, wrong):
    officer = desk.visitor("officer")
    form = {**ACT, "subject": desk.subject[f"{EU}:EU.3.3"], **wrong}
    officer.post("/acts/", form, 422)
    with Session(desk.engine) as session:
        assert not stored_acts.recorded(session)


def override(visitor, listing, status=303, **form):
    return visitor.post("/overrides/", {"listing": listing, **form}, status)


def test_a_wrong_date_is_corrected_by_those_who_speak_for_the_partner_or_keep_the_lists(desk):
    listing = f"{UK}:MMR0002"
    form = {
        "field": "listed-on",
        "value": "2020-01-05",
        "reason": "the notice says so",
        "source": "Notice 5/2020",
    }
    override(desk.visitor("officer", affiliation="CA"), listing, 403, **form)
    override(desk.visitor("policy"), listing, **form)
    steward = desk.visitor("list-steward", affiliation="secretariat")
    override(steward, f"{CA}:Syria|1, Part 1|7", **form)
    page = steward.get("/overrides/")
    assert "2020-01-05" in page
    assert "the notice says so" in page
    subject = steward.get(f"/subjects/{desk.subject[listing]}")
    assert "5 January 2020" in subject
    with Session(desk.engine) as session:
        first, second = overrides.recorded(session)
    assert first.override.officer == "uk.policy (UK)"
    desk.visitor("officer", affiliation="CA").post(
        f"/overrides/{first.id}/withdraw", {"reason": "x"}, 403
    )
    steward.post(f"/overrides/{second.id}/withdraw", {"reason": "the other page"})
    steward.post(f"/overrides/{second.id}/withdraw", {"reason": "twice"}, 422)
    steward.post("/overrides/999/withdraw", {"reason": "none"}, 422)


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": "5 January"},
        {"field": "name"},
        {"field": "kind", "value": "unknown"},
        {"field": "travel-ban", "value": "perhaps"},
        {"reason": ""},
        {"source": ""},
    ],
)
def test_an_override_that_can_not_be_is_refused(desk, wrong):
    form = {"field": "listed-on", "value": "2020-01-05", "reason": "r", "source": "s"}
    override(desk.visitor("officer"), f"{UK}:MMR0002", 422, **(form | wrong))
    override(desk.visitor("officer"), f"{UK}:NOTHERE", 404, **form)
    with Session(desk.engine) as session:
        assert not overrides.recorded(session)


def test_forms_are_offered_to_those_only_who_may_send_them(desk):
    subject = desk.subject[f"{US}:102"]
    for address, offered in (
        (f"/lists/{UK}", "Upload and preview"),
        (f"/subjects/{subject}", "Part them"),
        ("/review/", "Begin with the first"),
    ):
        assert offered not in desk.get(address), address
        assert offered not in desk.visitor("reader").get(address), address
        everything = desk.visitor("reviewer", "list-steward", "officer")
        assert offered in everything.get(address), address


def test_a_list_shows_its_counts_over_time_as_a_picture_and_a_table(desk):
    page = desk.get(f"/lists/{UK}")
    assert "<svg" in page
    assert "5 listings" in page
    assert date(2026, 4, 1).strftime("%B") in page
    with Session(desk.engine) as session:
        assert jobs.latest(session, 5) == []
