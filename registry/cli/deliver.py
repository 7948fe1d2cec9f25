"""Commands that hand out rows: gaps, exports, changes, lists."""

import sys
from argparse import Namespace
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from exports import columns
from exports.columns import Row, Table
from exports.writing import Format, format_of, write, write_file
from importers.catalogue import KEYS
from registry.cli import opened, printing, selecting
from registry.cli.failure import Failure
from registry.domain.designation import Measure
from registry.domain.gap import MISSING_PARTNERS, SURE
from registry.domain.publication import Provenance
from registry.domain.selection import PARTNERS, Selection, gap_rows, matches
from registry.domain.trail import Action
from registry.services import assess, audit, changed, health, listed_roles, publish
from registry.services.assess import Coverage
from registry.store.changes import ChangesAsked


def gaps(options: Namespace) -> int:
    asked = selecting.selection(options)
    if options.output:
        note_file(options, "gaps")
    with opened.reading(options) as session:
        coverage = _coverage(session, asked)
        rows = list(gap_rows(matches(asked, coverage.subjects)))
        _hand_out(session, options, columns.GAPS, rows, coverage, "Gaps")
        if weak := sum(row.confidence not in SURE for row in rows):
            printing.say(
                f"registry: note: {weak:,} of these {len(rows):,} gaps are of low confidence; "
                "`--confidence high,medium` leaves them out, as the pages do at first"
            )
        if silent := _silent(asked, coverage):
            printing.say(
                f"registry: note: no list of that day answers for {', '.join(silent)}: that is "
                "unknown, never no; see `registry lists`"
            )
        if unseen := sum(coverage.unreconciled.values()):
            printing.say(
                f"registry: note: {unseen:,} listings are not yet reconciled and count as unknown; "
                "run `registry reconcile`"
            )
    return 0


def export(options: Namespace) -> int:
    asked = selecting.selection(options)
    note_file(options, options.what)
    with opened.reading(options) as session:
        coverage = _coverage(session, asked)
        chosen = [
            each.subject
            for each in matches(asked, coverage.subjects)
            if each.missing or not asked.asks_for_gaps
        ]
        match options.what:
            case "links":
                if replace(asked, as_of=None) != Selection():
                    raise Failure("links are exported whole: give no filter")
                table, rows = columns.LINKS, publish.link_rows(session)
                _write_file(session, options, table, rows, coverage, "Links")
            case "coverage":
                _write_file(
                    session,
                    options,
                    columns.COVERAGE,
                    publish.coverage_rows(chosen),
                    coverage,
                    "Coverage",
                )
            case _:
                _write_file(
                    session,
                    options,
                    columns.consolidated(PARTNERS),
                    publish.consolidated_rows(session, chosen, coverage.world.on),
                    coverage,
                    "Consolidated list",
                )
    print(f"written to {options.output}")
    return 0


def note_file(options: Namespace, what: str) -> None:
    """Note on the trail that a file is about to be handed out, and by whom."""
    with opened.writing(options) as session:
        audit.record(session, Action.EXPORTED, f"export:{what}", file=options.output.name)


def changes(options: Namespace) -> int:
    if options.list not in KEYS:
        raise Failure(f"no list {options.list!r}: one of {', '.join(KEYS)}")
    asked = ChangesAsked([options.list], options.since)
    with opened.reading(options) as session:
        found = changed.all_of(session, asked, _today())
        rows = publish.change_rows(sorted(found, key=lambda each: each.seen_on))
        print_rows(session, options, columns.CHANGES, rows, f"Changes of {options.list}")
    return 0


def lists(options: Namespace) -> int:
    with opened.reading(options) as session:
        rows = publish.list_rows(health.lists(session, _today()))
        print_rows(session, options, columns.LISTS, rows, "Official lists")
    return 0


def _today() -> date:
    return datetime.now(UTC).date()


def _coverage(session: Session, asked: Selection) -> Coverage:
    coverage = assess.assess(session, asked.as_of or _today(), _today())
    return listed_roles.filled(session, coverage) if asked.roles else coverage


def _silent(asked: Selection, coverage: Coverage) -> list[str]:
    """What nothing is known of, among the partners asked for: `EU asset-freeze`."""
    partners = dict.fromkeys((*asked.listed_by, *asked.missing_from)) or MISSING_PARTNERS
    return [
        f"{partner} {measure}"
        for partner in partners
        for measure in ([asked.measure] if asked.measure else Measure)
        if not coverage.world.can_answer(partner, measure)
    ]


def _provenance(session: Session, options: Namespace, coverage: Coverage, title: str) -> Provenance:
    return publish.provenance(session, coverage, title, opened.config(options).contact)


def _hand_out(
    session: Session,
    options: Namespace,
    table: Table[Row],
    rows: Iterable[Row],
    coverage: Coverage,
    title: str,
) -> None:
    path: Path | None = options.output
    if path is None and options.format == "xlsx":
        raise Failure("a workbook goes to a file: give one with -o FILE.xlsx")
    if path is None:
        print_rows(session, options, table, rows, title, coverage)
        return
    form = format_of(path) if options.format == "table" else Format(options.format)
    write_file(table, rows, _provenance(session, options, coverage, title), form, path)
    printing.say(f"written to {path}")


def _write_file(
    session: Session,
    options: Namespace,
    table: Table[Row],
    rows: Iterable[Row],
    coverage: Coverage,
    title: str,
) -> None:
    said = _provenance(session, options, coverage, title)
    write_file(table, rows, said, format_of(options.output), options.output)


def print_rows(
    session: Session,
    options: Namespace,
    table: Table[Row],
    rows: Iterable[Row],
    title: str,
    coverage: Coverage | None = None,
) -> None:
    if options.format == "table":
        shown = [[columns.text(value) for value in table.values(row)] for row in rows]
        print(printing.table(table.headers, shown))
        print(f"\n{len(shown):,} rows")
        return
    said = _provenance(session, options, coverage or assess.nothing(_today()), title)
    write(table, rows, said, Format(options.format), sys.stdout.buffer)
