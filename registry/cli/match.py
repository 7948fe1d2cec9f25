"""Commands about matching: reconcile, evaluate, explain."""

import csv
from argparse import Namespace
from pathlib import Path

from registry.cli import opened, printing
from registry.cli.failure import Failure
from registry.services import resolve

LINK_COLUMNS = ("list", "reference", "subject_id")


def reconcile(options: Namespace) -> int:
    if (options.hide or options.links_out) and not options.dry_run:
        raise Failure("--hide and --links-out go with --dry-run: the database stays as it is")
    if options.dry_run:
        write_links(options, options.links_out)
        return 0
    found = run(options, full=options.full)
    print(
        f"{found.listings:,} listings ({found.changed:,} new or amended) are "
        f"{found.subjects:,} subjects; {found.links:,} automatic links, "
        f"{found.candidates:,} pairs await review"
    )
    return 0


def run(options: Namespace, *, full: bool = False) -> resolve.Reconciled:
    """Reconcile in a transaction of its own, with a bar."""
    with opened.writing(options) as session, printing.share("reconciling") as done:
        return resolve.reconcile(session, full=full, progress=done)


def write_links(options: Namespace, path: Path | None) -> list[tuple[str, str, str]]:
    """Match from scratch without storing, and write the links if a path is given."""
    with opened.reading(options) as session:
        links = resolve.links_without_storing(
            session, hide_identifiers=options.hide == "identifiers"
        )
    if path is not None:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(LINK_COLUMNS)
            writer.writerows(sorted(links))
        print(f"{len(links):,} listings written to {path}")
    return links
