"""Listings made by hand, and a small registry that holds them."""

import hashlib
from datetime import UTC, date, datetime

from registry.domain import identity
from registry.domain.designation import DateBasis, Designation, Listing, Measure
from registry.domain.official_list import EditionState
from registry.domain.party import Kind, Name, NameRole, Party
from registry.store import differences, editions, entries, found_pairs, subjects
from registry.store.database import touch
from registry.store.found_pairs import Pair
from registry.store.tables import EditionRow

PARTNER_OF = {
    "us-ofac-sdn": "US",
    "eu-fsf": "EU",
    "uk-sanctions-list": "UK",
    "ca-sema": "CA",
    "un-sc": "UN",
    "au-dfat": "AU",
}
STATED = {"uk-sanctions-list", "au-dfat"}  # lists whose entries carry flags for both measures


def name(full, role=NameRole.PRIMARY, **more):
    return Name(full, role, **more)


def designation(code, *, listed_on=None, measures=None, **more):
    stated = () if measures is None else tuple((each, each in measures) for each in Measure)
    basis = DateBasis.STATED if listed_on else DateBasis.UNKNOWN
    return Designation(code=code, stated=stated, listed_on=listed_on, date_basis=basis, **more)


def listing(official_list, reference, full, code, *, kind=Kind.PERSON, line=1, raw="", **more):
    """A listing with one name and one designation, unless `names` or `designations` are given."""
    measures = set(Measure) if kind is Kind.PERSON else {Measure.ASSET_FREEZE}
    acts = more.pop("designations", None) or (
        designation(
            code,
            listed_on=more.pop("listed_on", date(2021, 3, 22)),
            measures=measures if official_list in STATED else None,
            reason=more.pop("reason", ""),
        ),
    )
    names = more.pop("names", ()) or (name(full),)
    return Listing(
        official_list,
        reference,
        f"{official_list}:{reference}",
        PARTNER_OF[official_list],
        Party(kind, names, **more),
        acts,
        line,
        raw or f"{reference};{full}",
    )


def keep_edition(session, archive, official_list, dated, listings, reports=(), **more):
    """Store an edition as an import would; its bytes are the raw entries."""
    content = "\n".join(each.raw for each in listings).encode() + dated.isoformat().encode()
    row = EditionRow(
        official_list=official_list,
        sha256=hashlib.sha256(content).hexdigest(),
        format="by hand",
        file_name=f"{official_list}.txt",
        url="",
        published_on=dated,
        dated=dated,
        received_at=datetime(dated.year, dated.month, dated.day, 9, 30, tzinfo=UTC),
        importer_version="0",
        state=EditionState.ACCEPTED,
        findings=[],
        accepted_because="",
        silent=[],
        entries=len(listings) + len(reports),
        listings=len(listings),
    )
    for field, value in more.items():
        setattr(row, field, value)
    archive.keep(row.sha256, content)
    session.add(row)
    session.flush()
    editions.add_reports(session, row, reports)
    if row.state == EditionState.ACCEPTED:
        entries.add(session, row, entries.code(listings))
        differences.recount_changes(session, official_list)
    touch(session)
    session.flush()
    return row


def reconcile(session, *clusters, candidates=()):
    """Make subjects of these sets of listing keys, and one of every other listing by itself."""
    found = list(subjects.latest_listings(session))
    keys = {each.key for each in found}
    joined = {key for cluster in clusters for key in cluster}
    assert joined <= keys, joined - keys
    alone = [frozenset({key}) for key in sorted(keys - joined)]
    before = {key: subject for key, (subject, _version) in subjects.members(session).items()}
    assignment = identity.assign(
        [*map(frozenset, clusters), *alone], before, subjects.ages(session)
    )
    shown = {}
    for each in found:
        shown.setdefault(assignment.subject_of[each.key], (each.name, each.kind))
    subjects.store(session, assignment, found, before.keys() - keys, shown)
    found_pairs.replace(
        session,
        found_pairs.every(session),
        [Pair(min(pair), max(pair), False, 1.5, 0.6) for pair in candidates],
    )
    touch(session)
    return assignment.subject_of
