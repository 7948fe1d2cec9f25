"""Dossiers: handing them in, answering them, adopting what they say."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from registry.domain.account import Account, Role, has_role
from registry.domain.days import require_archived
from registry.domain.dossier import (
    GIVEN,
    MOST_A_DAY,
    Answer,
    Content,
    Disposition,
    Dossier,
    Insider,
    Notice,
    insider,
    insiders,
    require_adoptable,
    require_unnamed,
)
from registry.domain.evidence import Evidence
from registry.domain.handling import Marking, NotAllowed, NotThere
from registry.domain.record import InvalidRecord
from registry.domain.trail import Action
from registry.services import audit, lot, substantiate
from registry.store import accounts, dossier_notices, dossiers


def get(session: Session, account: Account, dossier_id: str) -> Dossier:
    """Raises NotThere for a dossier of somebody else, just as for one that there is not."""
    found = dossiers.find(session, insider(account), dossier_id)
    if found is None:
        raise NotThere
    return found


def read(session: Session, account: Account, dossier_id: str) -> Dossier:
    """As `get`, and the trail tells that an officer read it."""
    dossier = get(session, account, dossier_id)
    note_read(session, account, [dossier_id])
    return dossier


def note_read(session: Session, account: Account, ids: Collection[str], page: str = "") -> None:
    """Record that an officer read dossiers: on their own page, or on another one that names them.
    What an organisation reads of its own is not recorded."""
    partner = insider(account).partner
    if partner and ids:
        audit.record_reads(session, "dossier", ids, {insiders(partner)}, page)


def readable(session: Session, account: Account) -> tuple[Dossier, ...]:
    """What is there for the account, the newest first."""
    return dossiers.readable(session, insider(account))


def hand_in(session: Session, account: Account, content: Content, at: datetime) -> Dossier:
    """Keep what an organisation hands in. The dossier's id is the number of the receipt."""
    if not has_role(account, {Role.NGO}):
        raise NotAllowed("Dossiers are handed in by organisations.")
    if dossiers.count_since(session, account.affiliation, at - timedelta(days=1)) >= MOST_A_DAY:
        raise InvalidRecord(
            f"An organisation hands in at most {MOST_A_DAY} dossiers a day. Write to the officers."
        )
    require_archived(at.date(), *(each.archived_on for each in content.links))
    dossier = Dossier(lot.drawn(), account.affiliation, content, at)
    dossiers.add(session, dossier.id, account.id, account.affiliation, content, at)
    audit.record(
        session,
        Action.DOSSIER_HANDED_IN,
        f"dossier:{dossier.id}",
        released_to={account.affiliation, *map(insiders, content.recipients)},
        sha256=content.sha256,
    )
    theirs = accounts.belonging(session, content.recipients)
    for partner in sorted(content.recipients):
        officers = {each.id for each in theirs if insider(each).partner == partner}
        dossier_notices.tell(
            session, officers, dossier.id, partner, Disposition.RECEIVED, at.date()
        )
    return dossier


def answer(
    session: Session,
    account: Account,
    dossier_id: str,
    disposition: Disposition,
    feedback: str,
    today: date,
) -> None:
    """Let the organisation know, in the name of the officer's partner, what becomes of it."""
    dossier, partner = _as_officer(session, account, dossier_id)
    if disposition not in GIVEN or disposition is Disposition.ADOPTED:
        raise InvalidRecord("Choose what becomes of the dossier.")
    _let_know(session, account, dossier, Answer(partner, disposition, feedback.strip(), today))
    audit.record(
        session,
        Action.DOSSIER_ANSWERED,
        f"dossier:{dossier.id}",
        released_to={insiders(partner)},
        disposition=disposition.value,
    )


def adopt(
    session: Session,
    account: Account,
    dossier_id: str,
    proposal_id: str,
    evidence: Evidence,
    marking: Marking,
    today: date,
    at: datetime,
) -> None:
    """Take what a dossier says into a proposal, in the officer's own name and words.

    Nothing of the dossier itself travels along: not whose it is, no file, no moment. The
    organisation learns that it was adopted, not where to. The trail tells of the evidence those who
    may read that, and of the adoption only those who may read the dossier: an entry on it at the
    same moment would tell other auditors whose it is. Neither entry names the other.
    """
    dossier, partner = _as_officer(session, account, dossier_id)
    require_adoptable(dossier)
    texts = (evidence.title, evidence.text, evidence.url, evidence.source)
    require_unnamed(texts, dossiers.names_behind(session, dossier_id))
    substantiate.add(session, account, proposal_id, evidence, marking, at)
    _let_know(session, account, dossier, Answer(partner, Disposition.ADOPTED, "", today))
    audit.record(
        session,
        Action.DOSSIER_ADOPTED,
        f"dossier:{dossier.id}",
        released_to={insiders(partner)},
    )


def notices(session: Session, account: Account) -> list[Notice]:
    """What the account was told of dossiers, the newest first."""
    return dossier_notices.notices(session, insider(account), account.id)


def unread(session: Session, account: Account) -> int:
    """How many notices the account has not read; the database is not asked for those who have
    nothing to do with dossiers."""
    inside = insider(account)
    return dossier_notices.unread(session, inside, account.id) if inside != Insider() else 0


def read_notices(session: Session, account: Account) -> None:
    """Mark the account's notices of dossiers as read."""
    dossier_notices.read(session, account.id)


def _let_know(session: Session, account: Account, dossier: Dossier, given: Answer) -> None:
    dossiers.add_answer(session, dossier.id, account.id, given)
    theirs = {
        each.id
        for each in accounts.belonging(session, [dossier.affiliation])
        if insider(each).organisation
    }
    dossier_notices.tell(
        session, theirs, dossier.id, given.partner, given.disposition, given.given_on
    )


def _as_officer(session: Session, account: Account, dossier_id: str) -> tuple[Dossier, str]:
    dossier = get(session, account, dossier_id)
    partner = insider(account).partner
    if not partner:
        raise NotAllowed("Dossiers are answered by officers of the partners they were handed to.")
    return dossier, partner
