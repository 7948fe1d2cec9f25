"""The worker: does the jobs that the queue names, one at a time, each in transactions of its own.
What takes long is computed before anything is locked, so that nobody waits for it."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic

from huey import Huey, crontab
from huey.consumer import Scheduler, Worker
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from importers import fetch as downloads
from importers.base import ImportProblem
from importers.source import Source, from_bytes
from registry.domain.job import Job, JobKind, JobState
from registry.domain.record import InvalidRecord
from registry.domain.trail import Actor
from registry.services import audit, closing, ingest, jobs, obtain, previews, resolve, uploads
from registry.store import jobs as stored
from registry.store import queue as queues
from registry.store.archive import Archive
from registry.store.database import writing
from registry.store.incoming import Gone, Incoming

PAUSE = 1.0  # seconds, at most, until a message is seen, and at least between two signs of progress
BEAT = 20.0  # seconds between signs of life
NOT_MODIFIED = "The publisher says that nothing has changed since the last fetch."
STOPPED = "the worker was stopped; nothing half-done was kept, so try again"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Workshop:
    """What a worker works with."""

    engine: Engine
    archive: Archive
    incoming: Incoming
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with Session(self.engine) as session:
            yield session

    @contextmanager
    def writing(self, job: Job | None = None) -> Iterator[Session]:
        """A transaction; what it records was done for whoever asked for the job. Raises JobRefused
        if the job was given up meanwhile, as when this machine slept."""
        with writing(self.engine) as session:
            if job:
                jobs.require_running(session, job.id)
                name = job.started_by.partition(" ")[0]  # without for whom they speak
                audit.act_as(session, Actor(name, f"job {job.id}"), self.clock)
            yield session


def listen(shop: Workshop, address: str = "") -> Huey:
    """The queue whose messages are done in this shop; `address` is that of a Redis, if any."""
    queue = queues.attach(shop.engine, address, lambda job_id: do(shop, job_id))
    queue.periodic_task(crontab(), name="look_after")(lambda: look_after(shop, queue))
    return queue


def work(shop: Workshop, queue: Huey, stop: threading.Event) -> None:
    """Do what the queue says until `stop` is set; let go of uploads that nobody used before.

    A job is done in the thread that calls, so that a signal ends it at once. Huey's own consumer
    gives it to a thread, which no signal reaches, or to processes, which may outlive a killed one.
    """
    tidy(shop)
    scheduler = Scheduler(queue, stop, interval=10, periodic=True)
    worker = Worker(queue, stop, default_delay=0.1, max_delay=PAUSE, backoff=1.15)

    def schedule() -> None:
        while not stop.is_set():
            scheduler.loop()

    thread = threading.Thread(target=schedule, name="scheduler", daemon=True)
    thread.start()
    try:
        while not stop.is_set():
            worker.loop()
    finally:
        stop.set()
        thread.join()
        queue.storage.close()


def tidy(shop: Workshop) -> None:
    with shop.writing() as session:
        tokens = uploads.expire(session, shop.clock())
    for each in tokens:
        shop.incoming.discard(each)


def look_after(shop: Workshop, queue: Huey) -> None:
    """Let fail what a worker left behind; send again what waits though no message is left."""
    with shop.writing() as session:
        jobs.fail_lost(session, shop.clock())
    if not queue.pending_count():  # asked while nobody has to wait: a Redis may be slow to answer
        with shop.writing() as session:
            jobs.send_waiting(session)


def do(shop: Workshop, job_id: int) -> Job | None:
    """Do a job. Returns it as it ended, None if it does not wait."""
    with shop.writing() as session:
        job = jobs.take(session, job_id, shop.clock())
    if job is None:
        return None
    state, message = JobState.FAILED, STOPPED
    try:
        with _alive(shop, job) as sign:
            message = DOING[job.order.kind](shop, job, sign)
        state = JobState.DONE
    except (ImportProblem, InvalidRecord, Gone) as problem:
        message = str(problem)
    except Exception:
        log.exception("job %s (%s) failed", job.id, job.order.kind)
        message = "it could not be done, and nothing was changed; the reason is in the worker's log"
    finally:
        with shop.writing() as session:
            stored.end(session, job.id, state, message, shop.clock())
    with shop.reading() as session:
        return stored.find(session, job.id)


@dataclass
class Sign:
    """What a job tells of itself: kept at most once a second, and again while it is silent."""

    shop: Workshop
    job_id: int
    share: float = 0.0
    step: str = ""
    _kept: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def tell(self, share: float, step: str = "") -> None:
        """Never within a transaction that writes: it would wait for itself."""
        is_news = step not in ("", self.step)
        self.share, self.step = share, step or self.step
        if is_news or monotonic() - self._kept >= PAUSE:
            self.keep()

    def keep(self) -> None:
        with self._lock, self.shop.writing() as session:
            stored.beat(session, self.job_id, self.shop.clock(), self.share, self.step)
            self._kept = monotonic()


@contextmanager
def _alive(shop: Workshop, job: Job) -> Iterator[Sign]:
    sign, over = Sign(shop, job.id), threading.Event()

    def beat() -> None:
        while not over.wait(BEAT):
            try:
                sign.keep()
            except SQLAlchemyError:  # a long write is under way; the next beat tells
                log.info("job %s: no sign of life could be kept", job.id)

    thread = threading.Thread(target=beat, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield sign
    finally:
        over.set()
        thread.join()


def _fetch(shop: Workshop, job: Job, sign: Sign) -> str:
    key = job.order.official_list
    sign.tell(0.05, "asking the publisher")
    with shop.reading() as session:
        wanted = obtain.wanted(session, [key])
    ((_key, fetched),) = downloads.fetch_all(
        wanted, clock=shop.clock, settings=downloads.settings_from_environment()
    )
    if isinstance(fetched, ImportProblem):
        raise fetched
    if fetched.source is None:
        return NOT_MODIFIED
    edition = _read(shop, key, fetched.source, sign)
    with shop.writing(job) as session:
        outcome = obtain.take_in(session, shop.archive, key, fetched, edition=edition)
        _go_on(session, job, outcome, shop)
    return _told(outcome)


def _examine(shop: Workshop, job: Job, sign: Sign) -> str:
    with shop.reading() as session:
        upload = uploads.get(session, job.order.about)
    try:
        source = from_bytes(upload.file_name, shop.incoming.read(upload.token))
        sign.tell(0.1, "reading the file")
        edition = ingest.read(upload.official_list, source)
        sign.tell(0.6, "comparing with the edition in force")
        with shop.reading() as session:
            preview = previews.preview(session, edition, uploads.receipt(upload))
    except ImportProblem as problem:
        with shop.writing(job) as session:
            uploads.refuse(session, upload.id, str(problem))
        shop.incoming.discard(upload.token)
        raise
    with shop.writing(job) as session:
        uploads.examined(session, upload.id, preview)
    return "Examined: see what it would change, then use it or discard it."


def _import(shop: Workshop, job: Job, sign: Sign) -> str:
    with shop.reading() as session:
        upload = uploads.get(session, job.order.about)
    source = from_bytes(upload.file_name, shop.incoming.read(upload.token))
    edition = _read(shop, upload.official_list, source, sign)
    receipt = uploads.receipt(upload, job.order.reason)
    with shop.writing(job) as session:
        outcome = ingest.import_edition(
            session, shop.archive, upload.official_list, source, receipt, edition=edition
        )
        uploads.used(session, upload.id, outcome.message)
        _go_on(session, job, outcome, shop)
    shop.incoming.discard(upload.token)
    return _told(outcome)


def _accept(shop: Workshop, job: Job, sign: Sign) -> str:
    with shop.reading() as session:
        known = ingest.quarantined(session, job.order.about)
    source = from_bytes(known.file_name, shop.archive.read(known.sha256))
    edition = _read(shop, known.official_list, source, sign)
    with shop.writing(job) as session:
        outcome = ingest.import_edition(
            session,
            shop.archive,
            known.official_list,
            source,
            ingest.Receipt(known.received_at, known.url, known.published_on, job.order.reason),
            edition=edition,
        )
        _go_on(session, job, outcome, shop)
    return _told(outcome)


def _withdraw(shop: Workshop, job: Job, sign: Sign) -> str:
    sign.tell(0.2, "comparing the editions beside it")
    with shop.writing(job) as session:
        ingest.withdraw_edition(
            session, job.order.about or 0, f"{job.order.reason} ({job.started_by})"
        )
        jobs.ask_to_reconcile(session, job.started_by, shop.clock())
    return "Withdrawn: it counts as if it had never come; its file and record stay."


def _reconcile(shop: Workshop, job: Job, sign: Sign) -> str:
    with shop.reading() as session:
        found = resolve.find(session, progress=lambda share: sign.tell(0.9 * share, "matching"))
    sign.tell(0.9, "storing")
    with shop.writing(job) as session:
        if resolve.is_outdated(session, found):  # by somebody at the command line
            found = resolve.find(session)
        elif resolve.is_judged_since(session, found):
            jobs.ask_to_reconcile(session, job.started_by, shop.clock())
        done = resolve.keep(session, found)
        # How many positions it changes is not for all who read of jobs.
        closing.close(session, shop.clock().date(), shop.clock())
    return (
        f"{done.listings:,} listings ({done.changed:,} new or amended) are {done.subjects:,} "
        f"subjects; {done.candidates:,} pairs await review."
    )


def _read(shop: Workshop, key: str, source: Source, sign: Sign) -> ingest.ReadEdition | None:
    """Read an edition before the transaction that stores it; None if it is in use already."""
    with shop.reading() as session:
        if ingest.is_known(session, key, source):
            return None
    sign.tell(0.2, "reading the file")
    edition = ingest.read(key, source)
    sign.tell(0.6, "storing and comparing")
    return edition


def _go_on(session: Session, job: Job, outcome: ingest.Outcome | None, shop: Workshop) -> None:
    """Let what is new be reconciled."""
    if outcome and not outcome.quarantined and not outcome.unchanged:
        jobs.ask_to_reconcile(session, job.started_by, shop.clock())


def _told(outcome: ingest.Outcome | None) -> str:
    """The outcome in a sentence. Raises ImportProblem if the edition is not used."""
    if outcome is None:
        return NOT_MODIFIED
    if outcome.quarantined:
        raise ImportProblem(outcome.message)
    return outcome.message[:1].upper() + outcome.message[1:]


DOING: dict[JobKind, Callable[[Workshop, Job, Sign], str]] = {
    JobKind.FETCH: _fetch,
    JobKind.EXAMINE: _examine,
    JobKind.IMPORT: _import,
    JobKind.ACCEPT: _accept,
    JobKind.WITHDRAW: _withdraw,
    JobKind.RECONCILE: _reconcile,
}
