"""Noting on the trail what of the marked somebody reads: on every page that names it."""

from collections.abc import Collection, Iterable

from registry.domain.handling import Marking
from registry.domain.proposal import Proposal
from registry.services import dossiers, propose
from registry.web import context
from registry.web.asking import asking


def note(proposals: Iterable[Proposal], page: str = "") -> None:
    """Note that whoever asks reads proposals: on their own page, or on another one that names
    them."""
    note_shown({(each.id, each.marking) for each in proposals}, page)


def note_shown(shown: Collection[tuple[str, Marking]], page: str) -> None:
    """Note, in a transaction of its own, that whoever asks reads these (proposal, mark of what
    stands there) on a page that names no proposal but for what stands there."""
    if shown:
        with context.writing() as session:
            propose.note_read(session, shown, page)


def note_dossiers(ids: Collection[str], page: str) -> None:
    """The same of dossiers."""
    if ids:
        with context.writing() as session:
            dossiers.note_read(session, asking(), ids, page)
