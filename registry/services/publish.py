"""What is handed out: rows of exports, and what every export says of where they are from."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlalchemy.orm import Session

from registry.domain import reference
from registry.domain.cell import IN_FORCE
from registry.domain.changes import FieldChange
from registry.domain.publication import (
    ChangeRow,
    ConsolidatedRow,
    CoverageRow,
    LinkRow,
    ListRow,
    Provenance,
    PublishedListing,
    SourceEdition,
)
from registry.domain.selection import Traits
from registry.services.assess import Coverage
from registry.services.health import ListHealth
from registry.store import queries, subjects
from registry.store.changes import ChangedListing
from registry.store.queries import ListingDetail

BATCH = 500  # subjects whose listings are read at once


def provenance(
    session: Session,
    coverage: Coverage,
    title: str,
    contact: str,
    method: Sequence[tuple[str, str]] = (),
) -> Provenance:
    """Name every edition that the coverage rests on, and what it leaves open."""
    return Provenance(
        title=title,
        as_of=coverage.world.on,
        editions=tuple(
            SourceEdition(
                status.official_list,
                summary.edition,
                origin(summary),
                status.stale,
                summary.accepted_because,
            )
            for status in coverage.world.lists.values()
            if (summary := _edition_in_use(session, status.official_list.key, status.dated))
        ),
        unreconciled=sum(coverage.unreconciled.values()),
        awaiting_review=coverage.awaiting_review,
        contact=contact,
        method=tuple(method),
    )


def origin(summary: queries.EditionSummary) -> str:
    return summary.url or summary.file_name


def _edition_in_use(
    session: Session, official_list: str, dated: date | None
) -> queries.EditionSummary | None:
    if dated is None:
        return None
    for summary in queries.edition_summaries(session, official_list):
        used = summary.edition.state == "accepted" and summary.encoding_of is None
        if used and summary.edition.dated == dated:
            return summary
    return None


def list_rows(health: Iterable[ListHealth]) -> Iterator[ListRow]:
    for each in health:
        yield ListRow(
            official_list=each.official_list.key,
            partner=each.official_list.partner,
            edition=each.edition.date_text if each.edition else "",
            listings=each.edition.listings if each.edition else None,
            age=each.age,
            state=each.state,
        )


def coverage_rows(subjects_: Iterable[Traits]) -> Iterator[CoverageRow]:
    """One row per subject, partner, measure and supporting listing; one without where none."""
    for subject in subjects_:
        for cell in subject.cells:
            for support in cell.supports or (None,):
                yield CoverageRow(
                    subject_id=subject.facts.id,
                    name=subject.facts.name,
                    kind=subject.facts.kind,
                    partner=cell.partner,
                    measure=cell.measure,
                    state=cell.state,
                    basis=cell.basis,
                    official_list=support.official_list if support else "",
                    reference=support.reference if support else "",
                    listed_on=support.listed_on if support else None,
                    programme=support.programme if support else "",
                    confidence=cell.confidence,
                    note=cell.note,
                    edition_of=cell.edition_of,
                    edition_dated=cell.dated,
                )


def link_rows(session: Session) -> Iterator[LinkRow]:
    """The subject of every reconciled listing: automatic links and confirmed judgements."""
    for official_list, reference_, subject_id in subjects.links(session):
        yield LinkRow(official_list, reference_, subject_id)


def change_rows(changes: Iterable[ChangedListing]) -> Iterator[ChangeRow]:
    """One row for each field that was amended; one for each other change."""
    for each in changes:
        for field in each.fields or (FieldChange("", "", ""),):
            yield ChangeRow(
                each.official_list,
                each.reference,
                each.change,
                field.field,
                field.before,
                field.after,
                each.edition,
                each.seen_on,
                each.subject_id or "",
            )


def consolidated_rows(
    session: Session, subjects_: Iterable[Traits], on: date
) -> Iterator[ConsolidatedRow]:
    """Those of the subjects that stand on a list on the day, with all that their listings say."""
    standing_now = [each for each in subjects_ if each.facts.listings]
    for start in range(0, len(standing_now), BATCH):
        batch = standing_now[start : start + BATCH]
        keys = [listed.key for each in batch for listed in each.facts.listings]
        details = queries.listings_by_key(session, keys, on)
        for each in batch:
            yield _consolidated(each, details, on)


def _consolidated(
    subject: Traits, details: dict[str, ListingDetail], as_of: date
) -> ConsolidatedRow:
    listed = subject.facts.listings
    programmes = {
        found.key
        for each in listed
        for act in each.designations
        if (found := reference.programme_for(each.official_list, act.code, act.act))
    }
    dates = [
        support.listed_on
        for cell in subject.cells
        if cell.state in IN_FORCE
        for support in cell.supports
        if support.listed_on
    ]
    return ConsolidatedRow(
        subject_id=subject.facts.id,
        name=subject.facts.name,
        kind=subject.facts.kind,
        listings=tuple(_published(details[each.key]) for each in listed if each.key in details),
        programmes=tuple(sorted(programmes)),
        cells=subject.cells,
        first_listed_on=min(dates, default=None),
        situations=tuple(sorted(subject.situations)),
        nexus=subject.nexus,
        as_of=as_of,
    )


def _published(detail: ListingDetail) -> PublishedListing:
    return PublishedListing(
        official_list=detail.official_list,
        reference=detail.reference,
        partner=detail.partner,
        line=detail.line,
        party=detail.party,
        designations=detail.designations,
        edition=detail.edition,
    )
