"""What an export says of itself: sources, method, columns, and what a designation is not."""

from collections.abc import Sequence

from exports.columns import Column, Row
from registry.domain.publication import ADMINISTRATIVE_ACT, Provenance, SourceEdition

EDITION_HEADERS = (
    "list",
    "title",
    "partner",
    "authority",
    "edition",
    "stale",
    "listings",
    "received_at",
    "sha256",
    "origin",
    "licence",
    "attribution",
    "accepted_despite_failed_check",
)


def document(columns: Sequence[Column[Row]], provenance: Provenance) -> dict[str, object]:
    """The same for JSON, with `editions` as a list of objects and `columns` as header: meaning."""
    return {
        "title": provenance.title,
        "as_of": provenance.as_of,
        "statement": ADMINISTRATIVE_ACT,
        "corrections": provenance.contact,
        "listings_not_yet_reconciled": provenance.unreconciled,
        "pairs_awaiting_review": provenance.awaiting_review,
        "method": dict(provenance.method),
        "columns": {column.header: column.meaning for column in columns},
        "editions": [
            dict(zip(EDITION_HEADERS, edition_values(each), strict=True))
            for each in provenance.editions
        ],
    }


def statements(provenance: Provenance) -> list[tuple[str, str]]:
    """(label, text) of all that is said of the export as a whole."""
    return [
        ("Export", provenance.title),
        ("As of", provenance.as_of.isoformat()),
        ("Please note", ADMINISTRATIVE_ACT),
        ("Corrections", provenance.contact),
        ("Listings not yet reconciled", f"{provenance.unreconciled:,}"),
        ("Pairs awaiting review", f"{provenance.awaiting_review:,}"),
        *provenance.method,
    ]


def edition_values(source: SourceEdition) -> tuple[str | int, ...]:
    official_list, edition = source.official_list, source.edition
    return (
        official_list.key,
        official_list.title,
        official_list.partner,
        official_list.authority,
        edition.date_text,
        "yes" if source.stale else "no",
        edition.listings,
        edition.received_at.isoformat(timespec="seconds"),
        edition.sha256,
        source.origin,
        official_list.licence,
        official_list.attribution,
        source.accepted_because,
    )
