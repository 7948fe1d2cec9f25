"""The columns of the trail."""

from datetime import UTC

from exports.columns import Column, Table
from registry.domain.trail import Entry

_TOLD: tuple[Column[Entry], ...] = (
    Column("at", "When, in UTC.", lambda r: r.at.astimezone(UTC).isoformat()),
    Column("actor", "Who: an account, or a user of the machine.", lambda r: r.actor.name),
    Column("address", "From where.", lambda r: r.actor.address),
    Column("action", "What was done.", lambda r: r.action),
    Column("object", "To what: a noun and an id.", lambda r: r.object),
    Column("detail", "Further words, as JSON.", lambda r: r.detail),
)

# Without numbers and hashes, which would tell an auditor that entries were left out.
TRAIL: Table[Entry] = Table("trail", _TOLD)

WHOLE_TRAIL: Table[Entry] = Table(
    "trail",
    (
        Column("number", "The entry's number, from 1 without gaps.", lambda r: r.number),
        *_TOLD,
        Column("released_to", "Whose auditors may read it; all if empty.", lambda r: r.released_to),
        Column("previous", "The hash of the entry before it.", lambda r: r.previous),
        Column("hash", "sha256 over the entry and the hash before it.", lambda r: r.hash),
    ),
)
