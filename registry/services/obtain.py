"""Fetching: what is asked of publishers, and an edition that comes from one."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy.orm import Session

from importers import vocabulary
from importers.catalogue import KEYS
from importers.fetch import Fetched, Validator, Validators
from importers.vocabulary import Vocabulary
from registry.services import ingest
from registry.store.archive import Archive
from registry.store.tables import FactRow


def fetchable() -> tuple[str, ...]:
    """The lists that have an address to download from."""
    return tuple(key for key in KEYS if vocabulary.load(key).downloads)


def wanted(session: Session, keys: Sequence[str]) -> list[tuple[Vocabulary, Validators]]:
    """What to ask the publishers for, with what they gave along with the last good edition."""
    return [(vocabulary.load(key), _validators(session, key)) for key in keys]


def take_in(
    session: Session,
    archive: Archive,
    key: str,
    fetched: Fetched,
    *,
    edition: ingest.ReadEdition | None = None,
) -> ingest.Outcome | None:
    """Import what was fetched; None if the publisher says that nothing changed.

    `edition` is as in `ingest.import_edition`. The publisher's validators are kept only with a
    good edition, so that a bad one is asked again.
    """
    if fetched.source is None:
        return None
    receipt = ingest.Receipt(fetched.fetched_at, url=fetched.url)
    outcome = ingest.import_edition(session, archive, key, fetched.source, receipt, edition=edition)
    if not outcome.quarantined:
        given = {url: asdict(each) for url, each in fetched.validators.items()}
        session.merge(FactRow(key=_fact(key), value=given))
    return outcome


def _validators(session: Session, key: str) -> Validators:
    row = session.get(FactRow, _fact(key))
    return {url: Validator(**given) for url, given in row.value.items()} if row else {}


def _fact(key: str) -> str:
    return f"validators {key}"
