"""Overrides of what a listing says: entering and withdrawing them, and all of them."""

from dataclasses import replace

from sqlalchemy.orm import Session

from registry.domain import override as rules
from registry.domain.cell import Cell
from registry.domain.override import Override, RecordedOverride
from registry.domain.publication import OverrideRow
from registry.domain.record import InvalidRecord, Withdrawal
from registry.domain.trail import Action
from registry.services import audit
from registry.store import overrides, queries, withdrawals
from registry.store.database import touch


def enter(session: Session, override: Override) -> int:
    """Keep an override; one of the same field of the same listing gives way to it.

    Raises InvalidRecord if the listing is not known. Returns its id.
    """
    if not queries.listings_by_key(session, [override.listing]):
        raise InvalidRecord(f"There is no listing {override.listing}; find it with search or show.")
    override_id = overrides.add(session, override)
    touch(session)
    audit.record(
        session, Action.OVERRIDE_ENTERED, f"override:{override_id}", officer=override.officer
    )
    return override_id


def withdraw(session: Session, override_id: int, withdrawal: Withdrawal) -> RecordedOverride:
    """Take an override back: what it replaced holds again.

    Raises InvalidRecord if there is none, or it was taken back before.
    """
    found = next((each for each in overrides.recorded(session) if each.id == override_id), None)
    if found is None:
        raise InvalidRecord(f"There is no override {override_id}; see `registry override list`.")
    if found.withdrawn:
        raise InvalidRecord(
            f"Override {override_id} was withdrawn by {found.withdrawn.officer} before."
        )
    withdrawals.add(session, overrides.RECORD, override_id, withdrawal)
    touch(session)
    audit.record(
        session, Action.OVERRIDE_WITHDRAWN, f"override:{override_id}", officer=withdrawal.officer
    )
    return found


def unsigned(session: Session, text: str) -> str:
    """A sentence about a cell without who overrode what, and why: as it may leave those who work
    inside."""
    if "overridden" not in text:
        return text
    for each in overrides.recorded(session):
        text = text.replace(each.override.sentence, each.override.unsigned_sentence)
    return text


def cell_unsigned(session: Session, cell: Cell) -> Cell:
    """The cell with such sentences only."""
    return replace(cell, basis=unsigned(session, cell.basis), note=unsigned(session, cell.note))


def rows(session: Session) -> list[OverrideRow]:
    """Every override, also the withdrawn ones, beside what the newest edition says."""
    recorded = overrides.recorded(session)
    listings = queries.listings_by_key(session, [each.override.listing for each in recorded])
    found = []
    for each in recorded:
        listing = listings.get(each.override.listing)
        found.append(
            OverrideRow(
                each,
                listing.official_list if listing else each.override.listing.partition(":")[0],
                listing.reference if listing else "",
                rules.stated(each.override.field, listing.party.kind, listing.designations)
                if listing
                else "",
            )
        )
    return found
