"""Commands that run the registry: the demo on the sample lists, and the web server."""

import os
import signal
import subprocess
import sys
import threading
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from registry import worker
from registry.app import create_app
from registry.cli import match, opened, printing, serving, users
from registry.cli.failure import Failure
from registry.config import Config
from registry.domain.account import Role, has_role
from registry.domain.signing_in import is_loopback
from registry.services import assess, demo_accounts, samples, summary
from registry.store import accounts as stored_accounts
from registry.store.database import connect
from registry.store.incoming import Incoming

SAMPLES = Path("sample_lists")


def demo(options: Namespace) -> int:
    if not SAMPLES.is_dir():
        raise Failure(f"no {SAMPLES}/ here: run this in the project's folder")
    opened.create(options)
    editions = samples.editions(SAMPLES)
    with printing.steps("sample lists", [each.name for each in editions]) as step:
        for each in editions:
            step(each.name)
            with opened.writing(options) as session:
                outcome = samples.import_sample(session, opened.archive(options), each)
            if outcome.quarantined:
                raise Failure(f"{each.name}: {outcome.message}")
    match.run(options)
    print_summary(options)
    if options.no_serve:
        return 0
    if is_loopback(options.host):
        users.warn_of_demo(options)
    return serve(options)


def print_summary(options: Namespace) -> None:
    today = datetime.now(UTC).date()
    with opened.reading(options) as session:
        found = summary.of(assess.assess(session, today, today))
    print(f"{found.subjects:,} subjects from {found.listings:,} listings\n")
    print(
        printing.table(
            ("partner", "measure", "in force", "gaps", "awaiting review"),
            [
                (row.partner, row.measure, row.in_force, row.gaps, row.awaiting_review)
                for row in found.rows
            ],
        )
    )


def serve(options: Namespace) -> int:
    opened.check(options)
    settings = opened.config(options)
    if settings.proxies or not is_loopback(options.host):
        _refuse_others(options)
    app = create_app(settings)
    listening = serving.listen(options.host, options.port)
    printing.say(f"serving on http://{options.host}:{options.port} (stop with Ctrl+C)")
    with listening, _worker(settings, options.no_worker):
        serving.run(app, listening, options.processes)
    return 0


def _refuse_others(options: Namespace) -> None:
    """Beyond this machine the registry is for those whom an administrator let in."""
    with opened.reading(options) as session:
        if demo_accounts.enabled(session):
            raise Failure(
                "everybody knows the password of the demonstration's accounts: run "
                "`registry user disable --demo` before serving beyond this machine"
            )
        everybody = stored_accounts.everybody(session)
    if not any(has_role(each, {Role.ADMINISTRATOR}) for each in everybody):
        raise Failure(
            "nobody could sign in as administrator: run `registry user add NAME --role "
            "administrator …` before serving beyond this machine"
        )


def work(options: Namespace) -> int:
    """Do jobs until told to stop: by Ctrl+C, by SIGTERM, or by the end of who started it."""
    opened.check(options)
    settings = opened.config(options)
    engine = connect(settings.database_url)
    stop = threading.Event()

    def interrupt(_signal: int, _frame: object) -> None:
        if stop.is_set():  # Ctrl+C reaches the server, too, which then tells its worker again
            return
        stop.set()
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    signal.signal(signal.SIGINT, interrupt)
    if options.beside_server:
        threading.Thread(target=_until_input_ends, daemon=True).start()
    else:
        printing.say("working (stop with Ctrl+C)")
    shop = worker.Workshop(engine, opened.archive(options), Incoming(settings.incoming))
    try:
        worker.work(shop, worker.listen(shop, settings.queue), stop)
    finally:
        engine.dispose()
    raise KeyboardInterrupt  # huey keeps the one that ended a job to itself


def _until_input_ends() -> None:
    """The server holds the other end: it closes however the server ends."""
    # Not through a buffer: its lock would be held when the interpreter ends.
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


@contextmanager
def _worker(settings: Config, unwanted: bool) -> Iterator[None]:
    """A worker in a process of its own, so that matching takes no time from those who read."""
    if unwanted:
        yield
        return
    environment = {
        **os.environ,
        "REGISTRY_DATABASE_URL": settings.database_url,  # not among the arguments: it may hold
        "REGISTRY_ARCHIVE": str(settings.archive),  # a password
    }
    command = [sys.executable, "-m", "registry.cli", "work", "--beside-server"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, env=environment) as process:
        try:
            yield
        finally:
            process.terminate()
