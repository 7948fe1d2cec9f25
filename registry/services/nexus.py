"""Atrocity nexus from the authorities' own words: what is found, and what reviewers say of it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from importers import catalogue
from registry.domain import finding, minors, nexus, reference, roles
from registry.domain.cell import Listed
from registry.domain.conduct import Family
from registry.domain.finding import (
    DesignationKey,
    Finding,
    Review,
    State,
    Statement,
    Verdict,
)
from registry.domain.nexus import FindingRow, Nexus
from registry.domain.record import InvalidRecord
from registry.domain.roles import Side, StatedRole
from registry.domain.trail import Action
from registry.services import audit
from registry.store import nexus_reviews, queries, standing
from registry.store.database import touch
from registry.store.queries import ListingDetail


@dataclass(frozen=True, slots=True)
class Reading:
    """What one listing's own words show. What one partner states is context for the others'."""

    official_list: str
    reference: str
    partner: str
    level: Nexus
    findings: tuple[FindingRow, ...]
    roles: tuple[StatedRole, ...]
    sides: frozenset[Side]


def stated(session: Session, on: date, listings: Collection[str]) -> frozenset[DesignationKey]:
    """The designations of these listings, by key, whose own words a reviewer confirmed, as their
    editions of the day have them."""
    reviews = [each for each in nexus_reviews.recorded(session) if each.of.listing in listings]
    keys = sorted({each.of.listing for each in reviews if each.verdict is Verdict.CONFIRMED})
    if not keys:
        return frozenset()
    details = queries.listings_by_key(session, keys, on)
    # Before a list's first edition its entries are known from a later one only.
    if later := [key for key in keys if key not in details]:
        details |= queries.listings_by_key(session, later)
    texts = [text for each in details.values() for text in _statements(each)]
    return finding.standing(reviews, texts)


def rows(
    session: Session,
    states: Collection[State],
    today: date,
    official_list: str = "",
    subject_id: str = "",
) -> Iterator[FindingRow]:
    """Everything found or reviewed that is in one of these states, listing by listing, as the
    editions in use have it; of one list or one subject if they are given."""
    entries: Iterable[ListingDetail]
    if subject_id:
        entries = queries.listings_of_subject(session, subject_id)
    else:
        in_use = standing.editions_in_use(session, catalogue.official_lists(), today)
        entries = queries.listings_of_editions(
            session, [id_ for key, id_ in in_use.items() if official_list in ("", key)]
        )
    reviews = _by_listing(nexus_reviews.recorded(session))
    for entry in entries:
        if official_list in ("", entry.official_list):
            yield from _rows(entry, reviews.get(entry.key, ()), states, today)


def of_subject(session: Session, subject_id: str, today: date) -> tuple[Reading, ...]:
    """What the own words of each listing of a subject show, as their newest editions have them."""
    reviews = _by_listing(nexus_reviews.recorded(session))
    found = []
    for entry in queries.listings_of_subject(session, subject_id):
        own = reviews.get(entry.key, ())
        shown = _roles(entry)
        found.append(
            Reading(
                entry.official_list,
                entry.reference,
                entry.partner,
                _level(entry, own),
                tuple(_rows(entry, own, frozenset(State), today)),
                shown,
                roles.sides(shown),
            )
        )
    return tuple(found)


def review(
    session: Session,
    listing: str,
    finding_id: str,
    verdict: Verdict,
    reviewer: str,
    reason: str,
    at: datetime,
) -> Finding:
    """Record what a reviewer says of a finding of the listing with this key.

    Raises InvalidRecord if the listing's newest edition has no such finding.
    """
    entry = _held(session, listing)
    own = _by_listing(nexus_reviews.recorded(session)).get(listing, ())
    known = {
        each.finding.id: each.finding
        for each in finding.reviewed(
            finding.proposed(_statements(entry), entry.party), _statements(entry), own
        )
        if each.state is not State.REOPENED
    }
    if finding_id not in known:
        raise InvalidRecord(
            f"{entry.official_list}:{entry.reference} has no finding {finding_id}; see "
            "`registry nexus list`."
        )
    _record(session, known[finding_id], verdict, reviewer, reason, at)
    return known[finding_id]


def confirm_quote(
    session: Session,
    listing: str,
    quote: str,
    families: Sequence[Family],
    reviewer: str,
    reason: str,
    at: datetime,
) -> Finding:
    """Record a quote that a reviewer chose and confirms. Raises InvalidRecord if it is none."""
    made = finding.quoted(_statements(_held(session, listing)), quote, families)
    _record(session, made, Verdict.CONFIRMED, reviewer, reason, at)
    return made


def _record(
    session: Session, found: Finding, verdict: Verdict, reviewer: str, reason: str, at: datetime
) -> None:
    nexus_reviews.add(
        session,
        Review(
            found.of,
            found.origin,
            found.id,
            found.families,
            found.quote,
            found.whole,
            verdict,
            reviewer.strip(),
            reason.strip(),
            at,
        ),
    )
    touch(session)
    audit.record(
        session,
        Action.FINDING_REVIEWED,
        f"listing:{found.of.listing}",
        finding=found.id,
        verdict=verdict.value,
        reviewer=reviewer.strip(),
    )


def _statements(of: ListingDetail) -> tuple[Statement, ...]:
    return finding.statements(of.key, of.official_list, of.party, of.designations)


def _held(session: Session, listing: str) -> ListingDetail:
    found = queries.listings_by_key(session, [listing])
    if listing not in found:
        raise InvalidRecord(f"There is no listing {listing}; find it with search or show.")
    return found[listing]


def _rows(
    entry: ListingDetail, reviews: Sequence[Review], states: Collection[State], today: date
) -> Iterator[FindingRow]:
    texts = _statements(entry)
    found = [
        each
        for each in finding.reviewed(finding.proposed(texts, entry.party), texts, reviews)
        if each.state in states
    ]
    if not found:
        return
    level, shown = _level(entry, reviews), _roles(entry)
    for each in found:
        yield FindingRow(
            each,
            entry.official_list,
            entry.reference,
            entry.party.name,
            entry.partner,
            _programmes(entry, each.finding.of),
            level,
            minors.shown_text(each.finding.quote, entry.party, today),
            shown,
        )


def _roles(entry: ListingDetail) -> tuple[StatedRole, ...]:
    """The roles that a listing shows; none where all its programmes are adverse."""
    if not finding.not_adverse(entry.official_list, entry.designations):
        return ()
    return roles.stated(entry.party, (each.text for each in _statements(entry)))


def _level(entry: ListingDetail, reviews: Sequence[Review]) -> Nexus:
    listed = Listed(
        entry.key,
        entry.official_list,
        entry.reference,
        entry.partner,
        entry.party.kind,
        entry.party.name,
        entry.designations,
    )
    return nexus.of_listings([listed], finding.standing(reviews, _statements(entry)))


def _programmes(entry: ListingDetail, of: DesignationKey) -> tuple[str, ...]:
    """The programme of a designation; of remarks, those of the listing."""
    found = []
    for each in entry.designations:
        if (of.code, of.act) in ((each.code, each.act), ("", "")):
            programme = reference.programme_for(entry.official_list, each.code, each.act)
            found.append(programme.key if programme else each.code)
    return tuple(dict.fromkeys(found))


def _by_listing(reviews: Iterable[Review]) -> dict[str, list[Review]]:
    found: dict[str, list[Review]] = {}
    for each in reviews:
        found.setdefault(each.of.listing, []).append(each)
    return found
