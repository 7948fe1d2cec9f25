"""Commands that find and show subjects."""

from argparse import Namespace
from datetime import UTC, datetime

from registry.cli import opened, printing
from registry.cli.failure import Failure
from registry.domain.cell import Cell
from registry.services import assess
from registry.services import search as searching
from registry.store import queries, subjects


def search(options: Namespace) -> int:
    with opened.reading(options) as session:
        hits = searching.search(session, options.name, options.limit)
    if options.format == "json":
        printing.print_json(
            [{"subject_id": hit.id, "name": hit.name, "score": hit.score} for hit in hits]
        )
    else:
        print(
            printing.table(("subject_id", "name", "score"), [(h.id, h.name, h.score) for h in hits])
        )
    return 0


def show(options: Namespace) -> int:
    today = datetime.now(UTC).date()
    with opened.reading(options) as session:
        subject = subjects.find(session, options.subject)
        if subject is None:
            raise Failure(
                f"no subject {options.subject!r}: find its id with `registry search NAME`"
            )
        listings = queries.listings_of_subject(session, subject.id)
        assessed = assess.assess(session, today, today, subject.id).find(subject.id)
    if options.format == "json":
        printing.print_json(
            {
                "subject_id": subject.id,
                "name": subject.name,
                "kind": subject.kind,
                "listings": [
                    {
                        "list": each.official_list,
                        "reference": each.reference,
                        "edition": each.edition.date_text,
                        "sha256": each.edition.sha256,
                        "names": [name.full for name in each.party.names],
                        "programmes": [act.code for act in each.designations],
                    }
                    for each in listings
                ],
                "coverage": [_cell(cell) for cell in assessed.cells] if assessed else [],
            }
        )
        return 0
    print(f"{subject.name}  ({subject.kind}, {subject.id})\n")
    print(
        printing.table(
            ("list", "reference", "programmes", "edition"),
            [
                (
                    e.official_list,
                    e.reference,
                    ", ".join(a.code for a in e.designations),
                    e.edition.date_text,
                )
                for e in listings
            ],
        )
    )
    if assessed:
        print()
        print(
            printing.table(
                ("partner", "measure", "state", "basis"),
                [(c.partner, c.measure.value, c.state.value, c.basis) for c in assessed.cells],
            )
        )
    return 0


def _cell(cell: Cell) -> dict[str, object]:
    return {
        "partner": cell.partner,
        "measure": cell.measure.value,
        "state": cell.state.value,
        "basis": cell.basis,
        "note": cell.note,
        "confidence": cell.confidence.value,
        "edition_of": cell.edition_of,
        "edition_dated": cell.dated,
        "supports": [
            {
                "list": support.official_list,
                "reference": support.reference,
                "programme": support.programme,
                "listed_on": support.listed_on,
            }
            for support in cell.supports
        ],
    }
