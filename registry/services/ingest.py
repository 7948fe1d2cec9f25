"""An edition comes in: read, examined, archived, stored, compared with its neighbours."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version

from sqlalchemy.orm import Session

from importers import catalogue, gates, vocabulary
from importers.base import FormatProblem, ReportedEntry
from importers.source import Source
from registry.domain.designation import Listing
from registry.domain.official_list import EditionState
from registry.store import editions
from registry.store.archive import Archive
from registry.store.database import touch
from registry.store.tables import EditionRow

IMPORTER_VERSION = version("atrocity-sanctions-registry")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an edition, in words for the user; `quarantined` means that it is not used."""

    edition_id: int
    official_list: str
    message: str
    quarantined: bool = False
    unchanged: bool = False
    findings: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """How an edition reached us. `accepted_because` overrides its gates and is recorded."""

    received_at: datetime
    url: str = ""
    published_on: date | None = None
    accepted_because: str = ""


def import_edition(
    session: Session,
    archive: Archive,
    key: str,
    source: Source,
    receipt: Receipt,
    progress: Callable[[str], None] = lambda _step: None,
) -> Outcome:
    """Import one edition of the list `key` within the caller's transaction.

    Raises importers.base.Refused if the bytes are no edition of that list. A broken format or a
    failed gate quarantines the edition: it is archived with its reasons and nothing else changes.
    """
    known = editions.find_by_hash(session, key, source.sha256)
    if known and known.state == EditionState.ACCEPTED:
        return _already_known(session, known, receipt)
    progress("reading")
    row = known or EditionRow(official_list=key, sha256=source.sha256)
    row.file_name, row.url = source.name, receipt.url
    row.received_at, row.importer_version = receipt.received_at, IMPORTER_VERSION
    row.format, row.findings, row.entries, row.listings = "unread", [], 0, 0
    row.published_on, row.dated = receipt.published_on, _day(receipt, None)
    try:
        reading = catalogue.read(key, source)
        row.format, row.silent = reading.format, sorted(reading.silent)
        row.published_on = receipt.published_on or reading.published_on
        row.dated = _day(receipt, reading.published_on)
        found = catalogue.listings(key, reading)
    except FormatProblem as problem:
        return _quarantine(session, archive, source, row, [str(problem)], acceptable=False)
    listings = [each for each in found if isinstance(each, Listing)]
    row.entries, row.listings = len(found), len(listings)
    progress("examining")
    findings = gates.examine(
        vocabulary.load(key).gates,
        found,
        dated=row.dated,
        stated_count=reading.stated_count,
        earlier=_earlier(session, row),
    )
    if findings.failures and not receipt.accepted_because:
        return _quarantine(session, archive, source, row, list(findings.failures), acceptable=True)
    row.state = EditionState.ACCEPTED
    warnings = (*reading.warnings, *findings.warnings)
    row.findings = [*findings.failures, *warnings]
    row.accepted_because = receipt.accepted_because if findings.failures else ""
    archive.keep(source.sha256, source.archived)
    row.encoding_of = _edition_in_another_format(session, row)
    session.add(row)
    session.flush()
    progress("storing")
    reports = [each for each in found if isinstance(each, ReportedEntry)]
    editions.add_reports(session, row, [(r.line, r.reference, r.reason) for r in reports])
    if row.encoding_of is None:
        editions.add_listings(session, row, listings)
        progress("comparing")
        editions.recount_changes(session, key)
    touch(session)
    return Outcome(
        row.id,
        key,
        _imported(row, len(reports)),
        findings=findings.failures,
        warnings=warnings,
    )


def withdraw_edition(session: Session, edition_id: int, reason: str) -> None:
    """Take an edition out of use, as if it had never come; its bytes and record stay."""
    row = session.get_one(EditionRow, edition_id)
    row.state = EditionState.WITHDRAWN
    row.findings = [*row.findings, f"withdrawn: {reason}"]
    session.flush()
    editions.recount_changes(session, row.official_list)
    touch(session)


def _already_known(session: Session, row: EditionRow, receipt: Receipt) -> Outcome:
    if receipt.published_on and row.published_on != receipt.published_on:
        row.published_on = row.dated = receipt.published_on
        session.flush()
        editions.recount_changes(session, row.official_list)
        touch(session)
        text = f"these bytes are known; the publisher's date is now {receipt.published_on}"
        return Outcome(row.id, row.official_list, text)
    text = f"nothing new: these bytes were imported {row.received_at:%d %B %Y}"
    return Outcome(row.id, row.official_list, text, unchanged=True)


def _quarantine(
    session: Session,
    archive: Archive,
    source: Source,
    row: EditionRow,
    findings: list[str],
    *,
    acceptable: bool,
) -> Outcome:
    row.state = EditionState.QUARANTINED
    row.findings = findings
    archive.keep(source.sha256, source.archived)
    session.add(row)
    session.flush()
    touch(session)
    remedy = (
        'check the file; to use it all the same, import it with --accept "reason"'
        if acceptable
        else "nothing of it was used; the last good edition stays in force"
    )
    text = f"quarantined: {'; '.join(findings)} ({remedy})"
    return Outcome(row.id, row.official_list, text, quarantined=True, findings=tuple(findings))


def _day(receipt: Receipt, stated: date | None) -> date:
    return receipt.published_on or stated or receipt.received_at.date()


def _earlier(session: Session, row: EditionRow) -> gates.Earlier | None:
    older = [
        each
        for each in editions.history(session, row.official_list)
        if each.dated <= row.dated and each.id != row.id
    ]
    return gates.Earlier(older[-1].entries, older[-1].dated) if older else None


def _edition_in_another_format(session: Session, row: EditionRow) -> int | None:
    """Two encodings of one list and date are one edition; the first that came is the one read."""
    if row.published_on is None:
        return None
    for each in editions.history(session, row.official_list):
        same_day = each.published_on == row.published_on
        if same_day and each.id != row.id and each.format != row.format:
            return each.id
    return None


def _imported(row: EditionRow, reported: int) -> str:
    if row.encoding_of is not None:
        return f"another encoding ({row.format}) of edition {row.encoding_of}: archived"
    text = f"{row.listings:,} listings"
    return f"{text}, {reported:,} entries reported" if reported else text
