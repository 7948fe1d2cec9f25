"""Commands that keep the lists: create the database, copy it, import, fetch, list."""

from argparse import Namespace
from datetime import UTC, datetime

from tqdm import tqdm

from importers import catalogue
from importers import fetch as downloads
from importers.base import ImportProblem
from importers.source import Source, open_source
from registry.cli import match, opened, printing
from registry.cli.failure import Failure
from registry.services import ingest, obtain, relocate, samples


def init(options: Namespace) -> int:
    opened.create(options)
    print(f"registry ready at {opened.shown(options)}")
    return 0


def copy(options: Namespace) -> int:
    new = Namespace(database=options.to)
    with opened.reading(options) as source:
        opened.make(new)
        printing.say("registry: copying, which takes about half a minute for all lists")
        with opened.writing(new) as target:
            rows, head = relocate.copy(source, target)
    print(f"{rows:,} rows copied to {opened.shown(new)}")
    print(f"head {head}")
    folder = opened.archive(options).folder
    printing.say(
        f"registry: note: the files stay in {folder} and beside it: REGISTRY_ARCHIVE={folder}"
    )
    return 0


def import_(options: Namespace) -> int:
    source = open_source(options.path)
    key = catalogue.list_key(options.list, source)
    _warn_of_samples(options)
    receipt = ingest.Receipt(
        datetime.now(UTC), published_on=options.published, accepted_because=options.accept or ""
    )
    with printing.steps(key, ("reading", "examining", "storing", "comparing")) as step:
        step("reading")
        edition = _read(options, key, source)
        with opened.writing(options) as session:
            outcome = ingest.import_edition(
                session, opened.archive(options), key, source, receipt, step, edition=edition
            )
    for warning in outcome.warnings:
        printing.say(f"registry: note: {warning}")
    if outcome.quarantined:
        raise Failure(f"{key}: {outcome.message}")
    print(f"{outcome.official_list}: {outcome.message}")
    if not outcome.unchanged:
        match.run(options)
    return 0


def _warn_of_samples(options: Namespace) -> None:
    with opened.reading(options) as session:
        if samples.are_held(session):
            printing.say(
                "registry: warning: this registry holds sample lists, on which nearly everybody is "
                "missing: make another for the real ones, named by REGISTRY_DATABASE_URL"
            )


def _read(options: Namespace, key: str, source: Source) -> ingest.ReadEdition | None:
    """Read an edition before others are made to wait; None if its bytes are known."""
    with opened.reading(options) as session:
        known = ingest.is_known(session, key, source)
    return None if known else ingest.read(key, source)


def fetch(options: Namespace) -> int:
    """Download and import each list; one that fails is named and does not stop the others."""
    if unknown := [key for key in options.lists if key not in catalogue.KEYS]:
        raise Failure(f"no list {unknown[0]!r}: one of {', '.join(catalogue.KEYS)}")
    _warn_of_samples(options)
    keys = options.lists or obtain.fetchable()
    with opened.reading(options) as session:
        wanted = obtain.wanted(session, keys)
    failures, new = 0, False
    with tqdm(desc="fetching", unit="B", unit_scale=True, leave=False, disable=None) as bar:

        def count(size: int) -> None:
            bar.update(size)

        for key, fetched in downloads.fetch_all(
            wanted,
            clock=lambda: datetime.now(UTC),
            settings=downloads.settings_from_environment(),
            progress=count,
        ):
            try:
                new = _take_in(options, key, fetched) or new
            except ImportProblem as problem:
                failures += 1
                printing.say(f"registry: {problem}")
    if new:
        match.run(options)
    return 1 if failures else 0


def _take_in(options: Namespace, key: str, fetched: downloads.Fetched | ImportProblem) -> bool:
    """Import what came and say so. Returns whether the list has a new edition."""
    if isinstance(fetched, ImportProblem):
        raise fetched
    edition = _read(options, key, fetched.source) if fetched.source else None
    with opened.writing(options) as session:
        outcome = obtain.take_in(session, opened.archive(options), key, fetched, edition=edition)
    if outcome is None:
        print(f"{key}: not modified since the last fetch")
        return False
    if outcome.quarantined:
        raise ImportProblem(f"{key}: {outcome.message}")
    print(f"{key}: {outcome.message}")
    return not outcome.unchanged
