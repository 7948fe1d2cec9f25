"""Messages tell workers of jobs: a lost one loses no job, a doubled one does none twice."""

import json
import logging
import os
import pickle
import shutil
import signal
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from huey import RedisHuey, signals
from sqlalchemy.orm import Session

from registry import cli, config, worker
from registry.domain.job import LIFELESS, JobKind, JobRefused, JobState, Order
from registry.services import jobs
from registry.store import jobs as stored
from registry.store import queue as queues
from registry.store import schema
from registry.store.archive import Archive
from registry.store.database import connect, revision, touch, writing
from registry.store.incoming import Incoming
from registry.store.tables import JobRow
from tests.queues import work_off
from tests.waiting import PATIENCE, until

NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)
UK = "uk-sanctions-list"


@pytest.fixture(scope="session")
def redis_url():
    """The URL of a Redis of one's own; where it is required, its absence is a failure."""
    pytest.importorskip("redis")
    if not shutil.which("redis-server"):
        if os.environ.get("REGISTRY_REQUIRE") == "1":
            pytest.fail("a redis-server is required, but is not there")
        pytest.skip("no redis-server")
    with TemporaryDirectory(prefix="redis.", dir="/tmp") as folder:  # a socket's path is short
        socket = Path(folder) / "socket"
        command = ["redis-server", "--port", "0", "--unixsocket", socket, "--save", ""]
        with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL) as process:
            until(socket.exists)
            yield f"unix://{socket}?db=0"
            process.terminate()


@pytest.fixture(params=["", "redis_url"], ids=["with the database", "in Redis"])
def address(request):
    """Where the queue is; it is empty."""
    if not request.param:
        return ""
    url = request.getfixturevalue(request.param)
    RedisHuey(queues.NAME, url=url).flush()
    return url


def shop_of(engine, folder):
    return worker.Workshop(
        engine, Archive(folder / "archive"), Incoming(folder / "incoming"), lambda: NOON
    )


@pytest.fixture
def shop(database, tmp_path):
    return shop_of(database, tmp_path)


@pytest.fixture
def queue(shop, address):
    return worker.listen(shop, address)


@pytest.fixture
def done(monkeypatch):
    """The jobs that were done, in their order: none does anything but to be noted here."""
    noted = []

    def note(_shop, job, _sign):
        noted.append(job.id)
        return "done"

    for kind in (JobKind.FETCH, JobKind.RECONCILE):
        monkeypatch.setitem(worker.DOING, kind, note)
    return noted


def fetch(engine, official_list=UK):
    with writing(engine) as session:
        return jobs.ask(session, Order(JobKind.FETCH, official_list), "ada", NOON).id


def job(engine, job_id):
    with writing(engine) as session:
        return stored.find(session, job_id)


def test_a_job_is_sent_when_everybody_can_find_it_and_not_before(database, queue):
    found = []

    @queue.signal(signals.SIGNAL_ENQUEUED)
    def look(_signal, message):
        with Session(database) as session:
            found.append(stored.find(session, *message.args))

    asked = fetch(database)
    assert [each and each.id for each in found] == [asked]
    assert queue.pending_count() == 1


def test_a_job_whose_transaction_failed_is_never_sent(database, queue):
    def ask_and_fail():
        with writing(database) as session:
            jobs.ask(session, Order(JobKind.FETCH, UK), "ada", NOON)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask_and_fail()
    fetch(database)
    assert queue.pending_count() == 1


def test_a_message_says_in_plain_text_which_job_and_nothing_more(database, queue):
    job_id = fetch(database)
    (sent,) = queue.storage.enqueued_items()
    said = json.loads(bytes(sent))
    assert said.pop("id")
    assert said == {"task": "registry.store.queue.job", "arguments": [job_id]}


class Trap:
    """Makes a folder when it is unpickled."""

    def __init__(self, folder):
        self.folder = folder

    def __reduce__(self):
        return os.mkdir, (str(self.folder),)


def test_nobody_who_can_write_to_the_queue_runs_code(database, shop, queue, done, tmp_path):
    trap = pickle.dumps(Trap(tmp_path / "trap"))
    queue.storage.enqueue(trap)
    with pytest.raises(UnicodeDecodeError):
        queue.dequeue()
    job_id = fetch(database)
    message = queue.dequeue()
    queue.storage.put_data(message.revoke_id, trap)
    with pytest.raises(UnicodeDecodeError):
        queue.execute(message)
    assert not (tmp_path / "trap").exists()
    worker.look_after(shop, queue)
    assert [each.id for each in work_off(queue)] == [job_id]


def test_a_doubled_message_does_its_job_once(database, queue, done):
    job_id = fetch(database)
    with writing(database) as session:
        jobs.send_waiting(session)
    assert queue.pending_count() == 2
    work_off(queue)
    assert done == [job_id]


def test_a_message_without_a_job_does_nothing(database, queue, done):
    with writing(database) as session:
        stored.send(session, 12345)
    assert queue.pending_count() == 1
    assert work_off(queue) == []
    assert done == []


def test_jobs_are_done_in_the_order_in_which_they_were_asked_for(database, queue, done):
    asked = [fetch(database, f"list-{n}") for n in range(4)]
    work_off(queue)
    asked += [fetch(database, f"list-{n}") for n in range(4)]
    work_off(queue)
    assert done == asked


def test_a_job_whose_message_was_lost_is_sent_again(database, shop, queue, done):
    job_id = fetch(database)
    queue.storage.flush_queue()
    worker.look_after(shop, queue)
    assert [each.id for each in work_off(queue)] == [job_id]


def test_nothing_is_sent_again_while_messages_are_left(database, shop, queue):
    fetch(database)
    for _ in range(3):
        worker.look_after(shop, queue)
    assert queue.pending_count() == 1


def test_a_job_whose_worker_is_gone_fails_at_the_next_look(database, shop, queue):
    job_id = fetch(database)
    with writing(database) as session:
        jobs.take(session, job_id, NOON - LIFELESS)
    worker.look_after(shop, queue)
    assert job(database, job_id).state is JobState.RUNNING
    with writing(database) as session:
        session.get(JobRow, job_id).beat_at = NOON - 2 * LIFELESS
    worker.look_after(shop, queue)
    assert job(database, job_id).state is JobState.FAILED


def test_a_job_that_was_given_up_while_it_ran_keeps_nothing(database, shop, queue, monkeypatch):
    """It was said to have kept nothing, and may be tried again."""

    def sleep_too_long(shop, job, _sign):
        with writing(database) as session:
            jobs.fail_lost(session, NOON + 2 * LIFELESS)
        with shop.writing(job) as session:
            touch(session)
        return "done"

    monkeypatch.setitem(worker.DOING, JobKind.FETCH, sleep_too_long)
    job_id = fetch(database)
    [ended] = work_off(queue)
    assert (ended.id, ended.state, ended.message) == (job_id, JobState.FAILED, jobs.LOST)
    with Session(database) as session:
        assert revision(session) == 0


def test_a_queue_out_of_reach_refuses_nobody_and_loses_no_job(
    database, shop, done, caplog, monkeypatch
):
    monkeypatch.setattr(queues.log, "disabled", False)  # as import-linter leaves what it finds
    queues.attach(database, "unix:///nowhere/at/all")
    with caplog.at_level(logging.ERROR):
        job_id = fetch(database)
    assert f"jobs wait ([{job_id}])" in caplog.text
    queue = worker.listen(shop)
    worker.look_after(shop, queue)
    assert [each.id for each in work_off(queue)] == [job_id]


@pytest.fixture
def in_a_file(tmp_path):
    """Opens a registry in SQLite, and its queue with it."""
    opened = []

    def open_():
        opened.append(connect(f"sqlite:///{tmp_path}/registry.db"))
        schema.upgrade(opened[-1])
        shop = shop_of(opened[-1], tmp_path)
        return shop, worker.listen(shop)

    yield open_
    for each in opened:
        each.dispose()


def delete_queue(folder):
    found = list(folder.glob("registry.db-queue*"))
    assert found
    for each in found:
        each.unlink()


def test_a_deleted_queue_loses_no_job(in_a_file, done, tmp_path):
    shop, queue = in_a_file()
    asked = [fetch(shop.engine), fetch(shop.engine, "eu-fsf")]
    shop.engine.dispose()
    delete_queue(tmp_path)
    shop, queue = in_a_file()
    assert queue.pending_count() == 0
    worker.look_after(shop, queue)
    work_off(queue)
    assert done == asked


def test_a_queue_deleted_under_those_who_use_it_loses_no_job(in_a_file, done, tmp_path):
    shop, queue = in_a_file()
    worker.look_after(shop, queue)
    web, _ = in_a_file()
    delete_queue(tmp_path)
    job_id = fetch(web.engine)
    worker.look_after(shop, queue)
    assert [each.id for each in work_off(queue)] == [job_id]


def test_nobody_waits_to_write_while_the_queue_is_asked(shop, queue, monkeypatch):
    count = queue.pending_count

    def slowly():
        with ThreadPoolExecutor(1) as elsewhere:
            elsewhere.submit(fetch, shop.engine).result(timeout=PATIENCE)
        return count()

    monkeypatch.setattr(queue, "pending_count", slowly)
    worker.look_after(shop, queue)


def test_a_queue_out_of_reach_is_tried_once_for_all_jobs_of_a_transaction(
    shop, queue, monkeypatch, caplog
):
    tried = []

    def refuse(message, priority=None):
        tried.append(message)
        raise OSError("no answer")

    monkeypatch.setattr(queues.log, "disabled", False)  # as import-linter leaves what it finds
    monkeypatch.setattr(queue.storage, "enqueue", refuse)
    with writing(shop.engine) as session:
        for each in (UK, "eu-fsf"):
            jobs.ask(session, Order(JobKind.FETCH, each), "ada", NOON)
    assert len(tried) == 1
    assert "jobs wait ([1, 2])" in caplog.text


def test_a_queue_that_is_none_is_refused_with_the_remedy(tmp_path, capsys):
    database = f"sqlite:///{tmp_path}/registry.db"
    assert cli.main(["init", "--database", database]) == 0
    (tmp_path / "registry.db-queue").write_text("no database at all\n" * 100)
    assert cli.main(["work", "--database", database]) == 1
    assert "delete it, no job is lost with it" in capsys.readouterr().err


@pytest.mark.parametrize("url", ["http://x/", "redis://:secret@host:port/0", "secret", "redis:/x"])
def test_the_address_of_a_queue_is_that_of_a_redis(url, monkeypatch):
    monkeypatch.setenv("REGISTRY_QUEUE", url)
    with pytest.raises(config.InvalidConfig, match="REGISTRY_QUEUE") as told:
        config.from_environment()
    assert "secret" not in str(told.value)


def test_many_may_open_one_queue_at_once(database_url):
    schema.upgrade(engine := connect(database_url))
    engine.dispose()

    together = threading.Barrier(4, timeout=PATIENCE)

    def open_(_):
        engine = connect(database_url)
        together.wait()
        count = queues.attach(engine).pending_count()
        engine.dispose()
        return count

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(open_, range(4))) == [0] * 4


@contextmanager
def working(url, address, folder):
    """A worker with connections of its own."""
    engine, stop = connect(url), threading.Event()
    shop = shop_of(engine, folder)
    queue = worker.listen(shop, address)
    thread = threading.Thread(target=worker.work, args=(shop, queue, stop))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        engine.dispose()


@pytest.fixture
def two_workers(database, address, tmp_path, queue):
    url = database.url.render_as_string(hide_password=False)
    with ExitStack() as stack:
        yield lambda: [stack.enter_context(working(url, address, tmp_path)) for _ in range(2)]


def is_over(engine, job_id):
    return not job(engine, job_id).is_active


def test_two_workers_work_at_once(database, two_workers, monkeypatch):
    both = threading.Barrier(2, timeout=PATIENCE)

    def meet(_shop, _job, _sign):
        both.wait()
        return "met"

    monkeypatch.setitem(worker.DOING, JobKind.FETCH, meet)
    two_workers()
    asked = [fetch(database), fetch(database, "eu-fsf")]
    until(lambda: all(is_over(database, each) for each in asked))
    assert {job(database, each).message for each in asked} == {"met"}


def test_two_workers_never_change_one_list_at_once_and_do_each_job_once(
    database, two_workers, monkeypatch
):
    lists, begun, broken = (UK, "eu-fsf"), [], []
    held = {each: threading.Lock() for each in lists}

    def change(_shop, mine, _sign):
        begun.append(mine.id)
        if not held[mine.order.official_list].acquire(blocking=False):
            broken.append(mine.id)
            return ""
        time.sleep(0.01)
        held[mine.order.official_list].release()
        return "changed"

    monkeypatch.setitem(worker.DOING, JobKind.FETCH, change)
    two_workers()

    def ask(official_list):
        try:
            return fetch(database, official_list)
        except JobRefused:
            return None

    asked = []
    for n in range(12):
        asked.append(until(lambda official_list=lists[n % 2]: ask(official_list)))
        with writing(database) as session:
            stored.send(session, asked[-1])
            stored.send(session, asked[-1])
    until(lambda: all(is_over(database, each) for each in asked))
    assert sorted(begun) == asked
    assert broken == []


def test_a_reconcile_follows_an_import_also_where_one_ran_beside_it(
    database, two_workers, monkeypatch
):
    order = []

    def import_(shop, mine, _sign):
        with shop.writing(mine) as session:
            beside = jobs.ask_to_reconcile(session, "ben", NOON)
        until(lambda: is_over(shop.engine, beside.id))
        with shop.writing(mine) as session:
            order.append("import")
            jobs.ask_to_reconcile(session, "ada", NOON)
        return "imported"

    def reconcile(_shop, _job, _sign):
        order.append("reconcile")
        return "reconciled"

    monkeypatch.setitem(worker.DOING, JobKind.FETCH, import_)
    monkeypatch.setitem(worker.DOING, JobKind.RECONCILE, reconcile)
    two_workers()
    fetch(database)
    until(lambda: len(order) == 3)
    assert order == ["reconcile", "import", "reconcile"]


@pytest.fixture
def signals_restored():
    kept = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)}
    yield
    for each, handler in kept.items():
        signal.signal(each, handler)


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl+C"])
@pytest.mark.usefixtures("signals_restored")
def test_a_signal_ends_a_job_in_its_midst_and_then_the_worker(
    sent, database, monkeypatch, tmp_path, capsys
):
    def stopped_within(shop, mine, _sign):
        with shop.writing(mine) as session:
            jobs.ask_to_reconcile(session, "nobody", NOON)
            os.kill(os.getpid(), sent)
            threading.Event().wait(PATIENCE)
        return "never"

    def end_and_be_told_again(*arguments, really=stored.end):
        os.kill(os.getpid(), signal.SIGTERM)
        really(*arguments)

    monkeypatch.setattr(stored, "end", end_and_be_told_again)
    monkeypatch.setitem(worker.DOING, JobKind.FETCH, stopped_within)
    monkeypatch.setenv("REGISTRY_ARCHIVE", str(tmp_path / "archive"))
    job_id = fetch(database)
    url = database.url.render_as_string(hide_password=False)
    again = threading.Timer(PATIENCE, os.kill, (os.getpid(), sent))
    again.start()
    assert cli.main(["work", "--database", url]) == 130
    assert again.is_alive(), "it had to be told twice"
    again.cancel()
    assert "nothing half-done was kept" in capsys.readouterr().err
    ended = job(database, job_id)
    assert (ended.state, ended.message) == (JobState.FAILED, worker.STOPPED)
    with writing(database) as session:
        assert stored.active(session) == []
