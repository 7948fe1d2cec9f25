"""What accounts were told of dossiers, in and out of the database."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from registry.domain.dossier import Disposition, Insider, Notice
from registry.store.dossiers import there_for
from registry.store.tables import DossierNoticeRow, DossierRow


def tell(
    session: Session,
    accounts: Iterable[int],
    dossier_id: str,
    partner: str,
    disposition: Disposition,
    on: date,
) -> None:
    """Tell the accounts what became of a dossier with the partner. Whoever may not read it, or not
    any more, is told nothing: the queries leave it out for them."""
    session.add_all(
        DossierNoticeRow(
            account_id=each,
            dossier_id=dossier_id,
            partner=partner,
            disposition=disposition,
            told_on=on,
            is_read=False,
        )
        for each in sorted(accounts)
    )
    session.flush()


def notices(session: Session, insider: Insider, account: int) -> list[Notice]:
    """What the account was told and may still read, the newest first."""
    rows = session.execute(_told(insider, account).order_by(DossierNoticeRow.id.desc()))
    return [
        Notice(
            dossier.id,
            dossier.title,
            told.partner,
            Disposition(told.disposition),
            told.told_on,
            told.is_read,
        )
        for told, dossier in rows
    ]


def unread(session: Session, insider: Insider, account: int) -> int:
    told = _told(insider, account).where(DossierNoticeRow.is_read.is_(False))
    return session.scalar(select(func.count()).select_from(told.subquery())) or 0


def read(session: Session, account: int) -> None:
    """Mark all notices of the account as read."""
    session.execute(
        update(DossierNoticeRow).where(DossierNoticeRow.account_id == account).values(is_read=True)
    )


def _told(insider: Insider, account: int) -> Select[DossierNoticeRow, DossierRow]:
    found = (
        select(DossierNoticeRow, DossierRow)
        .join(DossierRow, DossierRow.id == DossierNoticeRow.dossier_id)
        .where(DossierNoticeRow.account_id == account, there_for(insider))
    )
    if insider.partner:
        found = found.where(DossierNoticeRow.partner == insider.partner)
    return found
