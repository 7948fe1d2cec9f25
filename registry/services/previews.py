"""What an edition would change if it were used, and how any two editions differ."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from sqlalchemy.orm import Session

from registry.domain import minors, reference
from registry.domain.changes import ChangeKind, Difference
from registry.domain.party import Party
from registry.domain.upload import Preview, Report
from registry.services import ingest
from registry.services.ingest import ReadEdition, Receipt
from registry.store import differences, editions, queries
from registry.store.tables import EditionRow

BIRTH_DATES = "birth_dates"  # the field of a party, as changes name it
MOST = 100  # rows of each kind that are shown; the counts are of all


def preview(session: Session, edition: ReadEdition, receipt: Receipt) -> Preview:
    """Compare a read edition with the one in force. Nothing is written."""
    key = edition.official_list
    findings = ingest.examine(session, edition, receipt)
    history = editions.history(session, key)
    in_force = history[-1] if history else None
    dated = edition.dated(receipt)
    found: list[Difference] = []
    if not edition.broken:
        found = differences.of_unstored(session, key, in_force, edition.coded, edition.silent)
    parties = {each.key: each.party for each in edition.listings}
    return Preview(
        dated=dated,
        is_dated=bool(receipt.published_on or edition.published_on),
        format=edition.format,
        sha256=edition.source.sha256,
        entries=edition.entries,
        listings=len(edition.listings),
        reported=len(edition.reports),
        broken=bool(edition.broken),
        is_known=ingest.is_known(session, key, edition.source),
        failures=findings.failures,
        warnings=(*edition.warnings, *findings.warnings),
        compared_with=in_force.dated if in_force else None,
        is_older=in_force is not None and dated < in_force.dated,
        counts=counts(found),
        differences=tuple(_shown(session, _first(found), parties, receipt.received_at.date())),
        reports=tuple(Report(e.line, e.reference, e.reason) for e in edition.reports[:MOST]),
        unmapped=_unmapped(edition),
    )


def between(
    session: Session, before_id: int, after_id: int, on: date
) -> tuple[tuple[tuple[ChangeKind, int], ...], list[Difference]]:
    """How two stored editions of one list differ: counts of all, and the first differences."""
    before, after = (session.get_one(EditionRow, each) for each in (before_id, after_id))
    found = [each for _id, each in differences.between(session, before, after)]
    return counts(found), _shown(session, _first(found), {}, on)


def _first(found: Sequence[Difference]) -> list[Difference]:
    """Some of every kind: what is delisted must not stand behind a thousand new listings."""
    return [
        each
        for kind in ChangeKind
        for each in islice((one for one in found if one.change is kind), MOST)
    ]


def _shown(
    session: Session, found: Sequence[Difference], parties: Mapping[str, Party], on: date
) -> list[Difference]:
    """Each with its listing's name, and without the days on which minors were born."""
    stored = queries.listings_by_key(session, sorted({each.key for each in found} - parties.keys()))
    known = {**{key: each.party for key, each in stored.items()}, **parties}

    def told(text: str, each: Difference) -> str:
        if each.field == BIRTH_DATES:
            return minors.shown_birth_dates(text, on)
        return minors.shown_text(text, known[each.key], on) if each.key in known else text

    return [
        replace(
            each,
            name=known[each.key].name if each.key in known else "",
            before=told(each.before, each),
            after=told(each.after, each),
        )
        for each in found
    ]


def counts(found: Sequence[Difference]) -> tuple[tuple[ChangeKind, int], ...]:
    """Listings per kind of change, every kind in its order."""
    keys = {(each.change, each.key) for each in found}
    counted = Counter(change for change, _key in keys)
    return tuple((kind, counted[kind]) for kind in ChangeKind)


def _unmapped(edition: ReadEdition) -> tuple[str, ...]:
    """The codes that no programme of the table knows."""
    codes = {
        act.code
        for listing in edition.listings
        for act in listing.designations
        if act.code and reference.programme_for(edition.official_list, act.code, act.act) is None
    }
    return tuple(sorted(codes))
