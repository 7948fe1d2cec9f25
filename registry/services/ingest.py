"""An edition comes in: read, examined, archived, stored, compared with its neighbours."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib.metadata import version

from sqlalchemy.orm import Session

from importers import catalogue, gates, vocabulary
from importers.base import FormatProblem, ReportedEntry
from importers.source import Source
from registry.domain.designation import Listing
from registry.domain.official_list import EditionState
from registry.domain.record import InvalidRecord
from registry.domain.trail import Action
from registry.services import audit
from registry.services.undisturbed import undisturbed
from registry.store import differences, editions, entries
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


@dataclass(frozen=True, slots=True)
class ReadEdition:
    """An edition that was read and is not stored: what its bytes alone tell.

    `broken` says why its format could not be read, and is empty otherwise; of a broken edition no
    entry is used. `published_on` is the date that the file itself states. `coded` are the listings
    as they are to be stored, `archived` the bytes that are to be kept.
    """

    official_list: str
    source: Source
    format: str = "unread"
    published_on: date | None = None
    listings: tuple[Listing, ...] = ()
    coded: tuple[entries.Coded, ...] = ()
    archived: bytes = b""
    reports: tuple[ReportedEntry, ...] = ()
    stated_count: int | None = None
    silent: frozenset[str] = frozenset()
    warnings: tuple[str, ...] = ()
    broken: str = ""

    @property
    def entries(self) -> int:
        return len(self.listings) + len(self.reports)

    def dated(self, receipt: Receipt) -> date:
        """The publisher's date if it is known, else the day of receipt."""
        return receipt.published_on or self.published_on or receipt.received_at.date()


@undisturbed()
def read(key: str, source: Source) -> ReadEdition:
    """Read and interpret an edition of the list `key`: a pure function of its bytes.

    It takes most of the time of an import and needs no database, so that it belongs before the
    transaction that stores the edition. Raises Refused if the bytes are no edition of that list.
    """
    edition = ReadEdition(key, source, archived=source.archived)
    try:
        reading = catalogue.read(key, source)
        edition = replace(
            edition,
            format=reading.format,
            published_on=reading.published_on,
            stated_count=reading.stated_count,
            silent=reading.silent,
            warnings=reading.warnings,
        )
        found = catalogue.listings(key, reading)
    except FormatProblem as problem:
        return replace(edition, broken=str(problem))
    listings = tuple(each for each in found if isinstance(each, Listing))
    return replace(
        edition,
        listings=listings,
        coded=entries.code(listings),
        reports=tuple(each for each in found if isinstance(each, ReportedEntry)),
    )


def is_known(session: Session, key: str, source: Source) -> bool:
    """Whether these bytes are an edition in use, which need not be read again."""
    known = editions.find_by_hash(session, key, source.sha256)
    return known is not None and known.state == EditionState.ACCEPTED


def examine(session: Session, edition: ReadEdition, receipt: Receipt) -> gates.Findings:
    """What speaks against the edition, also beside the one before it. Nothing is written."""
    if edition.broken:
        return gates.Findings((edition.broken,))
    return gates.examine(
        vocabulary.load(edition.official_list).gates,
        (*edition.listings, *edition.reports),
        dated=edition.dated(receipt),
        stated_count=edition.stated_count,
        earlier=_earlier(session, edition, receipt),
    )


@undisturbed()
def import_edition(
    session: Session,
    archive: Archive,
    key: str,
    source: Source,
    receipt: Receipt,
    progress: Callable[[str], None] = lambda _step: None,
    *,
    edition: ReadEdition | None = None,
) -> Outcome:
    """Import one edition of the list `key` within the caller's transaction.

    `edition` is what `read` made of the same bytes; without it they are read here, while other
    writers wait. Raises importers.base.Refused if the bytes are no edition of that list. A broken
    format or a failed gate quarantines the edition: it is archived with its reasons and nothing
    else changes.
    """
    known = editions.find_by_hash(session, key, source.sha256)
    if known and known.state == EditionState.ACCEPTED:
        return _already_known(session, known, receipt)
    if edition is None:
        progress("reading")
        edition = read(key, source)
    progress("examining")
    findings = examine(session, edition, receipt)
    row = known or EditionRow(official_list=key, sha256=source.sha256)
    _describe(row, edition, receipt)
    archive.keep(source.sha256, edition.archived)
    if edition.broken or (findings.failures and not receipt.accepted_because):
        return _quarantine(session, row, findings.failures, acceptable=not edition.broken)
    row.state = EditionState.ACCEPTED
    warnings = (*edition.warnings, *findings.warnings)
    row.findings = [*findings.failures, *warnings]
    row.accepted_because = receipt.accepted_because if findings.failures else ""
    row.encoding_of = _edition_in_another_format(session, row)
    session.add(row)
    session.flush()
    progress("storing")
    if known:
        editions.clear(session, row)
    editions.add_reports(session, row, [(r.line, r.reference, r.reason) for r in edition.reports])
    if row.encoding_of is None:
        entries.add(session, row, edition.coded)
        progress("comparing")
        differences.recount_changes(session, key)
    touch(session)
    _record(session, Action.EDITION_IMPORTED, row, receipt.accepted_because)
    return Outcome(
        row.id,
        key,
        _imported(row, len(edition.reports)),
        findings=findings.failures,
        warnings=warnings,
    )


def quarantined(session: Session, edition_id: int | None) -> EditionRow:
    """Raises InvalidRecord if the edition does not stand in quarantine."""
    row = editions.find(session, edition_id)
    if row is None or row.state != EditionState.QUARANTINED:
        raise InvalidRecord("There is no such edition in quarantine.")
    return row


def withdraw_edition(session: Session, edition_id: int, reason: str) -> None:
    """Take an edition out of use, as if it had never come; its bytes and record stay.

    Raises InvalidRecord if it is not in use.
    """
    row = editions.find(session, edition_id)
    if row is None or row.state != EditionState.ACCEPTED:
        raise InvalidRecord("There is no such edition in use.")
    row.state = EditionState.WITHDRAWN
    row.findings = [*row.findings, f"withdrawn: {reason}"]
    session.flush()
    differences.recount_changes(session, row.official_list)
    touch(session)
    _record(session, Action.EDITION_WITHDRAWN, row, reason)


def _record(session: Session, action: Action, row: EditionRow, reason: str) -> None:
    audit.record(
        session,
        action,
        f"edition:{row.id}",
        list=row.official_list,
        sha256=row.sha256,
        reason=reason,
    )


def _already_known(session: Session, row: EditionRow, receipt: Receipt) -> Outcome:
    if receipt.published_on and row.published_on != receipt.published_on:
        row.published_on = row.dated = receipt.published_on
        session.flush()
        differences.recount_changes(session, row.official_list)
        touch(session)
        text = f"these bytes are known; the publisher's date is now {receipt.published_on}"
        return Outcome(row.id, row.official_list, text)
    text = f"nothing new: these bytes were imported {row.received_at:%d %B %Y}"
    return Outcome(row.id, row.official_list, text, unchanged=True)


def _quarantine(
    session: Session, row: EditionRow, findings: tuple[str, ...], *, acceptable: bool
) -> Outcome:
    row.state = EditionState.QUARANTINED
    row.findings = list(findings)
    session.add(row)
    session.flush()
    touch(session)
    _record(session, Action.EDITION_QUARANTINED, row, "; ".join(findings))
    remedy = (
        'check the file; to use it all the same, import it with --accept "reason"'
        if acceptable
        else "nothing of it was used; the last good edition stays in force"
    )
    text = f"quarantined: {'; '.join(findings)} ({remedy})"
    return Outcome(row.id, row.official_list, text, quarantined=True, findings=findings)


def _describe(row: EditionRow, edition: ReadEdition, receipt: Receipt) -> None:
    row.file_name, row.url = edition.source.name, receipt.url
    row.received_at, row.importer_version = receipt.received_at, IMPORTER_VERSION
    row.format, row.silent = edition.format, sorted(edition.silent)
    row.published_on = receipt.published_on or edition.published_on
    row.dated = edition.dated(receipt)
    row.entries, row.listings = edition.entries, len(edition.listings)


def _earlier(session: Session, edition: ReadEdition, receipt: Receipt) -> gates.Earlier | None:
    older = [
        each
        for each in editions.history(session, edition.official_list)
        if each.dated <= edition.dated(receipt) and each.sha256 != edition.source.sha256
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
