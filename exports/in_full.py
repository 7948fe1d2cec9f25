"""A subject with every fact of every listing, each beside the listing and edition that state it."""

from datetime import date

from registry.domain import minors
from registry.domain.cell import Cell
from registry.domain.designation import Designation
from registry.domain.publication import ConsolidatedRow, PublishedListing


def subject(row: ConsolidatedRow) -> dict[str, object]:
    """The subject, its coverage cell by cell, and its listings; nothing merged, nothing left out
    but the entry's own markup, which the edition's sha256 and the line lead to."""
    return {
        "subject_id": row.subject_id,
        "name": row.name,
        "kind": row.kind,
        "programmes": row.programmes,
        "first_listed_on": row.first_listed_on,
        "situations": row.situations,
        "nexus": row.nexus,
        "as_of": row.as_of,
        "coverage": [_cell(cell) for cell in row.cells],
        "listings": [_listing(listing, row.as_of) for listing in row.listings],
    }


def _cell(cell: Cell) -> dict[str, object]:
    return {
        "partner": cell.partner,
        "measure": cell.measure,
        "state": cell.state,
        "basis": cell.basis,
        "confidence": cell.confidence,
        "edition_of": cell.edition_of,
        "edition_dated": cell.dated,
        "note": cell.note,
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


def _listing(listing: PublishedListing, on: date) -> dict[str, object]:
    return {
        "list": listing.official_list,
        "reference": listing.reference,
        "partner": listing.partner,
        "line": listing.line,
        "edition": {
            "dated": listing.edition.dated,
            "published_on": listing.edition.published_on,
            "received_at": listing.edition.received_at,
            "sha256": listing.edition.sha256,
        },
        "party": minors.shown(listing.party, on),
        "designations": [_designation(each) for each in listing.designations],
    }


def _designation(designation: Designation) -> dict[str, object]:
    return {
        "code": designation.code,
        "act": designation.act,
        "authority": designation.authority,
        "stated_measures": {str(measure): imposed for measure, imposed in designation.stated},
        "other_measures": designation.other_measures,
        "listed_on": designation.listed_on,
        "date_basis": designation.date_basis,
        "amended_on": designation.amended_on,
        "reason": designation.reason,
        "reason_language": designation.reason_language,
        "source_url": designation.source_url,
    }
