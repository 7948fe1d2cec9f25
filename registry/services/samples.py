"""The small editions that the project ships, imported as if they were the lists."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from importers.catalogue import KEYS
from importers.source import open_source
from registry.domain.official_list import EditionState
from registry.services import ingest
from registry.store.archive import Archive
from registry.store.tables import EditionRow

ACCEPTED = "a sample: a small selection of the list"


@dataclass(frozen=True, slots=True)
class Sample:
    """One edition: `sample_lists/<list>/<date>`, a folder with the edition's files."""

    official_list: str
    dated: date
    folder: Path

    @property
    def name(self) -> str:
        return f"{self.official_list} {self.dated}"


def editions(folder: Path) -> list[Sample]:
    """Every sample edition of the lists that can be imported, the oldest of each list first."""
    return [
        Sample(key, date.fromisoformat(edition.name), edition)
        for key in KEYS
        for edition in sorted((folder / key).glob("????-??-??"))
    ]


def are_held(session: Session) -> bool:
    """Whether an edition in use is a sample: whoever is missing on it may well be designated."""
    held = select(EditionRow.id).where(
        EditionRow.state == EditionState.ACCEPTED, EditionRow.accepted_because == ACCEPTED
    )
    return session.scalars(held.limit(1)).first() is not None


def import_sample(session: Session, archive: Archive, sample: Sample) -> ingest.Outcome:
    receipt = ingest.Receipt(
        received_at=datetime.now(UTC),
        published_on=sample.dated,
        accepted_because=ACCEPTED,
    )
    source = open_source(sample.folder)
    return ingest.import_edition(session, archive, sample.official_list, source, receipt)
