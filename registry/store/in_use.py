"""What the editions in use hold, without a word of whose subjects they are."""

from collections.abc import Collection, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.domain.designation import Designation
from registry.domain.official_list import EditionState
from registry.store import codec
from registry.store.tables import EditionRow, EntryRow, VersionRow


def accepted(session: Session) -> tuple[tuple[int, str], ...]:
    """The number and the hash of every accepted edition: what all listings rest on."""
    rows = session.execute(
        select(EditionRow.id, EditionRow.sha256)
        .where(EditionRow.state == EditionState.ACCEPTED)
        .order_by(EditionRow.id)
    )
    return tuple((id_, sha256) for id_, sha256 in rows)


def designations(
    session: Session, editions: Collection[int]
) -> Iterator[tuple[str, tuple[Designation, ...]]]:
    """Yield (list, designations) of every listing in these editions."""
    rows = session.execute(
        select(EditionRow.official_list, VersionRow.designations)
        .join(EntryRow, EntryRow.edition_id == EditionRow.id)
        .join(VersionRow, VersionRow.id == EntryRow.version_id)
        .where(EditionRow.id.in_(list(editions)))
        .execution_options(yield_per=5_000)
    )
    for official_list, encoded in rows:
        yield official_list, codec.designations(encoded)
