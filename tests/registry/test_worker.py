"""Jobs: one at a time on one list, seen while they run, and never half done."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from importers.source import open_source
from registry import cli, worker
from registry.domain.changes import ChangeKind, Difference
from registry.domain.job import LIFELESS, JobKind, JobRefused, JobState, Order
from registry.domain.judgement import Verdict
from registry.domain.official_list import EditionState
from registry.domain.record import InvalidRecord
from registry.domain.upload import UploadState
from registry.services import ingest, jobs, judge, previews, resolve, uploads
from registry.store import editions, queries, standing, subjects, trail
from registry.store import jobs as stored
from registry.store import uploads as stored_uploads
from registry.store.archive import Archive
from registry.store.database import writing
from registry.store.incoming import Gone, Incoming
from registry.store.tables import ListingRow
from tests.queues import work_off

UK = "uk-sanctions-list"
SAMPLES = Path(__file__).resolve().parents[2] / "sample_lists" / UK
NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)
OLDER, NEWER = sorted(SAMPLES.glob("????-??-??"))[:2]
WHY = "a sample: a small selection of the list"


@pytest.fixture
def shop(database, tmp_path):
    return worker.Workshop(
        database, Archive(tmp_path / "archive"), Incoming(tmp_path / "incoming"), lambda: NOON
    )


@pytest.fixture
def writer(database):
    def write(service, *arguments):
        with writing(database) as session:
            return service(session, *arguments)

    return write


@pytest.fixture
def run_all(shop):
    """Does what the queue says. Gives the jobs as they ended."""
    queue = worker.listen(shop)
    return lambda: work_off(queue)


def file_of(folder):
    (found,) = [each for each in folder.iterdir() if each.is_file()]
    return found


def send(shop, writer, file, name=None):
    with file.open("rb") as stream:
        token, size = shop.incoming.receive(stream)
    published = date.fromisoformat(file.parent.name)
    upload, _job = writer(
        uploads.receive, UK, token, name or file.name, size, published, "ada", NOON
    )
    return upload.id


def upload_of(shop, upload_id):
    with shop.reading() as session:
        return uploads.get(session, upload_id)


def import_(shop, folder):
    with shop.writing() as session:
        return ingest.import_edition(
            session,
            shop.archive,
            UK,
            open_source(folder),
            ingest.Receipt(NOON, "", date.fromisoformat(folder.name), WHY),
        )


def test_two_jobs_never_change_one_list_at_once(writer):
    first = writer(jobs.ask, Order(JobKind.FETCH, UK), "ada", NOON)
    with pytest.raises(JobRefused, match=f"see job {first.id}"):
        writer(jobs.ask, Order(JobKind.WITHDRAW, UK, 3), "ben", NOON)
    writer(jobs.ask, Order(JobKind.FETCH, "eu-fsf"), "ben", NOON)
    writer(jobs.take, first.id, NOON)
    with pytest.raises(JobRefused, match="waits or runs"):
        writer(jobs.ask, Order(JobKind.IMPORT, UK, 1), "ben", NOON)
    writer(stored.end, first.id, JobState.DONE, "", NOON)
    writer(jobs.ask, Order(JobKind.IMPORT, UK, 1), "ben", NOON)


def test_a_reconcile_that_waits_serves_all_who_ask_and_one_that_runs_does_not(writer):
    first = writer(jobs.ask_to_reconcile, "ada", NOON)
    assert writer(jobs.ask_to_reconcile, "ben", NOON).id == first.id
    assert writer(jobs.take, first.id, NOON).id == first.id
    assert writer(jobs.ask_to_reconcile, "ben", NOON).id != first.id


def test_a_job_whose_worker_is_gone_fails_and_can_be_tried_again(writer):
    first = writer(jobs.ask, Order(JobKind.FETCH, UK), "ada", NOON)
    writer(jobs.take, first.id, NOON)
    writer(jobs.fail_lost, NOON + LIFELESS)
    with pytest.raises(JobRefused, match="did not fail"):
        writer(jobs.retry, first.id, "ada", NOON + LIFELESS)
    later = NOON + LIFELESS + timedelta(seconds=1)
    again = writer(jobs.retry, first.id, "ben", later)
    assert again.order == first.order
    with pytest.raises(JobRefused, match="waits or runs"):
        writer(jobs.retry, first.id, "ben", later)
    assert writer(stored.find, first.id).state is JobState.FAILED
    assert writer(jobs.take, again.id, later).id == again.id


def test_what_has_ended_stays_as_it_is(writer):
    job = writer(jobs.ask, Order(JobKind.FETCH, UK), "ada", NOON)
    writer(jobs.take, job.id, NOON)
    writer(stored.end, job.id, JobState.FAILED, "lost", NOON)
    writer(stored.end, job.id, JobState.DONE, "late", NOON)
    assert not writer(stored.beat, job.id, NOON, 0.5, "late")
    assert writer(stored.find, job.id).message == "lost"


def test_an_upload_is_examined_first_and_changes_nothing_until_it_is_used(shop, writer, run_all):
    import_(shop, OLDER)
    upload_id = send(shop, writer, file_of(NEWER))
    (examined,) = run_all()
    assert examined.state is JobState.DONE
    with shop.reading() as session:
        assert len(editions.history(session, UK)) == 1
    preview = upload_of(shop, upload_id).preview
    assert preview.failures, "a sample is smaller than a list can be"
    with pytest.raises(InvalidRecord, match="give a reason"):
        writer(uploads.use, upload_id, " ", "ada", NOON)
    writer(uploads.use, upload_id, WHY, "ada", NOON)
    assert [each.state for each in run_all()] == [JobState.DONE, JobState.DONE]
    assert upload_of(shop, upload_id).state is UploadState.USED
    with shop.reading() as session:
        in_force = editions.history(session, UK)[-1]
        assert in_force.accepted_because == WHY
        (counted,) = queries.latest_changes(session, UK)
        assert {kind: n for kind, n in preview.counts if n} == counted.counts
        assert preview.listings == in_force.listings
    with pytest.raises(Gone):
        shop.incoming.read(upload_of(shop, upload_id).token)


def test_a_preview_names_what_the_edition_would_change(shop, writer, run_all):
    import_(shop, OLDER)
    upload_id = send(shop, writer, file_of(NEWER))
    run_all()
    preview = upload_of(shop, upload_id).preview
    assert preview.compared_with == date.fromisoformat(OLDER.name)
    assert not preview.is_older
    kinds = {each.change.value for each in preview.differences}
    assert {"amended", "delisted"} <= kinds
    assert all(each.name for each in preview.differences)
    backwards = send(shop, writer, file_of(OLDER))
    run_all()
    assert upload_of(shop, backwards).preview.is_known


def test_a_file_that_is_no_edition_is_refused_and_not_kept(shop, writer, tmp_path, run_all):
    folder = tmp_path / "2026-05-01"
    folder.mkdir()
    (folder / "page.xml").write_text("<html>Access denied</html>")
    upload_id = send(shop, writer, folder / "page.xml")
    (job,) = run_all()
    assert job.state is JobState.FAILED
    upload = upload_of(shop, upload_id)
    assert upload.state is UploadState.REFUSED
    assert upload.message == job.message
    assert not list(shop.incoming.folder.iterdir())


def test_a_discarded_upload_can_not_be_used(shop, writer, run_all):
    upload_id = send(shop, writer, file_of(NEWER))
    run_all()
    writer(uploads.discard, upload_id, "ada")
    with pytest.raises(InvalidRecord, match="discarded"):
        writer(uploads.use, upload_id, WHY, "ada", NOON)
    with pytest.raises(InvalidRecord, match="any more"):
        writer(uploads.discard, upload_id, "ada")


def test_an_upload_on_its_way_into_the_registry_can_not_be_discarded(shop, writer, run_all):
    upload_id = send(shop, writer, file_of(NEWER))
    run_all()
    writer(uploads.use, upload_id, WHY, "ada", NOON)
    with pytest.raises(InvalidRecord, match="any more"):
        writer(uploads.discard, upload_id, "ada")


def test_an_edition_in_quarantine_is_accepted_for_a_reason(shop, writer, run_all):
    with shop.writing() as session:
        source = open_source(NEWER)
        outcome = ingest.import_edition(session, shop.archive, UK, source, ingest.Receipt(NOON))
    assert outcome.quarantined
    order = Order(JobKind.ACCEPT, UK, outcome.edition_id, WHY)
    writer(jobs.ask, order, "ada", NOON)
    assert run_all()[0].state is JobState.DONE
    with shop.reading() as session:
        (row,) = editions.history(session, UK)
        assert (row.id, row.accepted_because) == (outcome.edition_id, WHY)
    writer(jobs.ask, order, "ada", NOON)
    (again,) = run_all()
    assert (again.state, again.message) == (
        JobState.FAILED,
        "There is no such edition in quarantine.",
    )


def test_a_withdrawn_edition_can_be_imported_again(shop, writer, run_all):
    import_(shop, OLDER)
    known = import_(shop, NEWER)
    writer(jobs.ask, Order(JobKind.WITHDRAW, UK, known.edition_id, "a draft"), "ada", NOON)
    assert [each.order.kind for each in run_all()] == [JobKind.WITHDRAW, JobKind.RECONCILE]
    with shop.reading() as session:
        assert [each.dated.isoformat() for each in editions.history(session, UK)] == [OLDER.name]
        assert queries.edition_summaries(session)[0].findings[-1] == "withdrawn: a draft (ada)"
    import_(shop, NEWER)
    with shop.reading() as session:
        row = editions.history(session, UK)[-1]
        assert (row.id, row.state) == (known.edition_id, EditionState.ACCEPTED)
        assert len(queries.latest_changes(session, UK)) == 1


def test_a_job_that_fails_says_so_and_leaves_nothing(shop, writer, monkeypatch):
    def break_(*_arguments, **_more):
        raise RuntimeError("secret inside")

    monkeypatch.setitem(worker.DOING, JobKind.RECONCILE, break_)
    asked = writer(jobs.ask_to_reconcile, "ada", NOON)
    job = worker.do(shop, asked.id)
    assert job.state is JobState.FAILED
    assert "secret" not in job.message


def test_a_worker_that_is_stopped_gives_its_job_back_as_failed(shop, writer, monkeypatch):
    def stop(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setitem(worker.DOING, JobKind.RECONCILE, stop)
    job = writer(jobs.ask_to_reconcile, "ada", NOON)
    with pytest.raises(KeyboardInterrupt):
        worker.do(shop, job.id)
    with Session(shop.engine) as session:
        assert stored.find(session, job.id).message == worker.STOPPED


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ada\\List.xml", "List.xml"),
        ("..", ".."),
        ("", "unnamed"),
        ("a\x00b\r\nSet-Cookie: x.xml", "abSet-Cookie: x.xml"),
        ("\u202egpj.xml", "gpj.xml"),
        ("x" * 5000, "x" * 200),
    ],
)
def test_a_file_name_is_a_label_and_never_a_path(sent, kept):
    assert uploads.plain_name(sent) == kept


def test_a_forged_token_reads_no_file(tmp_path):
    (tmp_path / "secret").write_text("s")
    incoming = Incoming(tmp_path / "incoming")
    for token in ("../secret", "/etc/passwd", "", "0" * 31):
        with pytest.raises(ValueError, match="no token"):
            incoming.read(token)


def test_uploads_are_listed_newest_first(shop, writer):
    made = [send(shop, writer, file_of(OLDER)) for _ in range(3)]
    with shop.reading() as session:
        assert [each.id for each in stored_uploads.of_list(session, UK, 2)] == made[:0:-1]


def test_what_is_judged_while_matching_runs_is_applied_by_the_next_one(
    shop, writer, monkeypatch, run_all
):
    import_(shop, OLDER)
    with shop.reading() as session:
        one, other = sorted(session.scalars(select(ListingRow.key)))[:2]
    find = resolve.find

    def judged_meanwhile(session, **more):
        found = find(session, **more)
        monkeypatch.setattr(resolve, "find", find)
        writer(judge.record, one, other, Verdict.SAME, "ada", "one and the same", NOON)
        return found

    monkeypatch.setattr(resolve, "find", judged_meanwhile)
    writer(jobs.ask_to_reconcile, "ada", NOON)
    assert [each.state for each in run_all()] == [JobState.DONE, JobState.DONE]
    with shop.reading() as session:
        members = subjects.members(session)
    assert members[one][0] == members[other][0]


def test_an_edition_that_comes_while_matching_runs_is_matched_at_once(
    shop, writer, monkeypatch, run_all
):
    import_(shop, OLDER)
    find = resolve.find

    def imported_meanwhile(session, **more):
        found = find(session, **more)
        monkeypatch.setattr(resolve, "find", find)
        import_(shop, NEWER)
        return found

    monkeypatch.setattr(resolve, "find", imported_meanwhile)
    writer(jobs.ask_to_reconcile, "ada", NOON)
    assert [each.state for each in run_all()] == [JobState.DONE]
    with shop.reading() as session:
        assert standing.outdated_members(session) == {}


def test_what_is_done_for_a_job_is_done_by_who_asked_for_it(shop, writer, run_all):
    upload_id = send(shop, writer, file_of(NEWER))
    run_all()
    writer(uploads.use, upload_id, WHY, "ada (UK)", NOON)
    job = run_all()[0]
    with shop.reading() as session:
        imported = [each for each in trail.every(session) if each.action == "edition-imported"]
    assert [(each.actor.name, each.actor.address) for each in imported] == [
        ("ada", f"job {job.id}")
    ]


def test_a_worker_beside_a_server_ends_with_it(database_url, monkeypatch):
    monkeypatch.setenv("REGISTRY_DATABASE_URL", database_url)
    assert cli.main(["init"]) == 0
    command = [sys.executable, "-m", "registry.cli", "work", "--beside-server"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        # However the server ends, its end of the pipe closes.
        _, said = process.communicate(timeout=120)
    assert process.returncode == 130
    assert b"nothing half-done was kept" in said


def test_a_preview_keeps_some_of_every_kind():
    many = [Difference(ChangeKind.LISTED, f"x:{n}", str(n)) for n in range(previews.MOST + 50)]
    gone = Difference(ChangeKind.DELISTED, "x:gone", "gone")
    kept = previews._first([*many, gone])
    assert gone in kept
    assert len(kept) == previews.MOST + 1
    assert dict(previews.counts([*many, gone]))[ChangeKind.LISTED] == len(many)


def test_an_upload_that_nobody_used_for_a_month_is_let_go(shop, writer, run_all):
    upload_id = send(shop, writer, file_of(NEWER))
    run_all()
    worker.tidy(shop)
    assert upload_of(shop, upload_id).state is UploadState.EXAMINED
    worker.tidy(replace(shop, clock=lambda: NOON + uploads.KEPT + timedelta(seconds=1)))
    assert upload_of(shop, upload_id).state is UploadState.DISCARDED
    assert not list(shop.incoming.folder.iterdir())
