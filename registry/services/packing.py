"""Packages: what an account hands to one recipient of a proposal."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from registry.domain import handling
from registry.domain import package as packages
from registry.domain.account import Account, Role, has_role
from registry.domain.handling import NotAllowed
from registry.domain.package import Package, Portions
from registry.domain.proposal import Proposal
from registry.domain.publication import ConsolidatedRow
from registry.domain.trail import Action
from registry.services import audit, children, overrides, propose, publish, snapshot
from registry.services.snapshot import Snapshot
from registry.store import portions, subjects

PACKERS = frozenset({Role.OFFICER, Role.POLICY})


def recipients(session: Session, account: Account, proposal_id: str) -> tuple[str, ...]:
    """To whom the account may hand a package of the proposal.

    Raises NotThere if the account may not read the proposal, NotAllowed if it hands out nothing.
    """
    return packages.recipients(_own(session, account, proposal_id), handling.reader(account))


def pack(
    session: Session,
    account: Account,
    proposal_id: str,
    recipient: str,
    cover_note: str,
    today: date,
    contact: str,
) -> Package:
    """The package for the recipient: read as both the account and the recipient may read it.

    Raises NotThere, NotAllowed, or InvalidRecord where the recipient is to be handed nothing.
    """
    proposal = _own(session, account, proposal_id)
    reader = handling.reader(account)
    both = reader.towards(recipient)
    day = snapshot.snapshot(session, today, today)
    return packages.assemble(
        reader,
        account.affiliation,
        recipient,
        today,
        cover_note.strip(),
        proposal,
        Portions(
            sections=tuple(portions.sections(session, both, proposal_id)),
            positions=tuple(portions.positions(session, both, proposal_id)),
            evidence=tuple(portions.evidence(session, both, proposal_id)),
            waivers=tuple(portions.waivers(session, both, proposal_id)),
        ),
        _rows(session, proposal, day),
        publish.provenance(session, day.coverage, "Subjects of a proposal", contact),
        children.known(session, today).names,
    )


def note(session: Session, package: Package, sha256: str) -> None:
    """Put on the trail that the package was handed out. Auditors of its sender and of everybody
    whose parts are in it may know: their consent was used."""
    audit.record(
        session,
        Action.EXPORTED,
        f"proposal:{package.proposal.id}",
        released_to={package.sender, *package.marking.originators},
        export="package",
        recipient=package.recipient,
        sha256=sha256,
    )


def _own(session: Session, account: Account, proposal_id: str) -> Proposal:
    proposal = propose.get(session, account, proposal_id)
    if not has_role(account, PACKERS):
        raise NotAllowed("Packages are handed out by officers and policy staff.")
    return proposal


def _rows(session: Session, proposal: Proposal, day: Snapshot) -> Iterator[ConsolidatedRow]:
    """What the registry publishes of each subject; of a merged one that of its successor, under
    the id that the proposal has."""
    for proposed in proposal.subjects:
        subject = subjects.find(session, proposed.id)
        known = day.by_id.get(subject.id) if subject else None
        if known is None:
            continue
        cells = tuple(overrides.cell_unsigned(session, each) for each in known.cells)
        for row in publish.consolidated_rows(session, [replace(known, cells=cells)], day.on):
            yield replace(row, subject_id=proposed.id)
