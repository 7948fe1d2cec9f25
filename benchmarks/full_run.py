"""Import the newest edition of every list into an empty database, reconcile, read pages.

    python benchmarks/full_run.py                   a temporary SQLite database
    python benchmarks/full_run.py FOLDER            SQLite in FOLDER, kept
    python benchmarks/full_run.py postgresql://...  a PostgreSQL database without tables, kept

It needs ../shared/lists or REGISTRY_REAL_LISTS.

Prints wall time and peak memory of importing and reconciling, then the server time of the pages.
Times depend on the machine; compare runs of one machine only.
"""

import os
import resource
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from importers.source import open_source
from matching import workers
from registry.app import create_app
from registry.config import Config
from registry.services import assess, ingest, resolve
from registry.store.archive import Archive
from registry.store.database import connect
from registry.store.schema import upgrade

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "lists"
NEWEST = (
    ("us-ofac-sdn", "us-ofac-sdn/2024-05-03", date(2024, 5, 3)),
    ("us-ofac-consolidated", "us-ofac-consolidated/2025-06-30/consolidated.xml", None),
    ("eu-fsf", "eu-fsf/2026-03-20-rebuilt/xmlFullSanctionsList_1_1.xml", None),
    ("uk-sanctions-list", "uk-sanctions-list/2026-05-12-rebuilt/UK-Sanctions-List.xml", None),
    ("ca-sema", "ca-sema/2025-05-25/sema-lmes.xml", date(2025, 5, 25)),
    ("un-sc", "un-sc/2026-04-17/consolidated.xml", None),
    ("au-dfat", "au-dfat/2026-08-02/regulation8_consolidated.xlsx", date(2026, 8, 2)),
)
PAGES = ("/", "/coverage/", "/coverage/?missing-from=CA&listed-by=EU", "/search/?q=lukashenko")


def main() -> None:
    lists = Path(os.environ.get("REGISTRY_REAL_LISTS") or BESIDE)
    given = sys.argv[1] if len(sys.argv) > 1 else ""
    with tempfile.TemporaryDirectory() as temporary:
        if given.startswith("postgresql"):
            url, folder = given, Path(temporary)
        else:
            folder = Path(given or temporary)
            url = f"sqlite:///{folder}/registry.db"
        measure(lists, Config(url, folder / "archive", "benchmark"))


def measure(lists: Path, settings: Config) -> None:
    engine = connect(settings.database_url)
    upgrade(engine)
    began = time.perf_counter()
    for key, path, published in NEWEST:
        started = time.perf_counter()
        receipt = ingest.Receipt(datetime.now(UTC), published_on=published)
        with Session(engine) as session, session.begin():
            outcome = ingest.import_edition(
                session, Archive(settings.archive), key, open_source(lists / path), receipt
            )
        report(f"import {key}: {outcome.message}", started)
    started = time.perf_counter()
    with Session(engine) as session, session.begin():
        found = resolve.reconcile(session, workers=workers.available())
    report(f"reconcile: {found}", started)
    report("import and reconcile all", began)
    started = time.perf_counter()
    today = datetime.now(UTC).date()
    with Session(engine) as session:
        assess.assess(session, today, today)
    report("coverage of every subject", started)
    client = create_app(settings).test_client()
    for page in PAGES:
        times = []
        for _ in range(40):
            started = time.perf_counter()
            answer = client.get(page)
            times.append(time.perf_counter() - started)
            assert answer.status_code == 200, (page, answer.status_code)
        p95 = statistics.quantiles(times[1:], n=20)[-1]
        print(f"{p95 * 1000:8.0f} ms   p95 of {page} ({len(answer.data):,} bytes)")


def report(what: str, started: float) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{time.perf_counter() - started:8.1f} s   peak {peak:5.0f} MB   {what}", flush=True)


if __name__ == "__main__":
    main()
