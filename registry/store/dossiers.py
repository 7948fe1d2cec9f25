"""Dossiers in and out of the database.

What is not there for an insider is left out by the query itself.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, false, func, select
from sqlalchemy.orm import Session

from registry.domain.account import NGO_PREFIX
from registry.domain.attachment import Attachment
from registry.domain.dossier import (
    Alleged,
    Answer,
    Content,
    Disposition,
    Dossier,
    Insider,
    Link,
    Sharing,
)
from registry.store.tables import (
    AccountRow,
    DossierAnswerRow,
    DossierAttachmentRow,
    DossierRecipientRow,
    DossierRow,
)


def add(
    session: Session, dossier_id: str, account_id: int, affiliation: str, content: Content,
    at: datetime,
) -> None:  # fmt: skip
    session.add(
        DossierRow(
            id=dossier_id,
            affiliation=affiliation,
            account_id=account_id,
            title=content.title,
            subjects=[[each.name, each.details] for each in content.subjects],
            conduct=content.conduct,
            links=[[each.url, each.archived_on.isoformat()] for each in content.links],
            sharing=content.sharing,
            protected=content.protected,
            sha256=content.sha256,
            handed_in_at=at,
        )
    )
    session.flush()
    session.add_all(
        DossierRecipientRow(partner=each, dossier_id=dossier_id)
        for each in sorted(content.recipients)
    )
    session.add_all(
        DossierAttachmentRow(
            dossier_id=dossier_id, place=place, name=each.name, sha256=each.sha256, size=each.size
        )
        for place, each in enumerate(content.attachments)
    )
    session.flush()


def add_answer(session: Session, dossier_id: str, account_id: int, answer: Answer) -> None:
    session.add(
        DossierAnswerRow(
            dossier_id=dossier_id,
            partner=answer.partner,
            disposition=answer.disposition,
            feedback=answer.feedback,
            account_id=account_id,
            given_on=answer.given_on,
        )
    )
    session.flush()


def find(session: Session, insider: Insider, dossier_id: str) -> Dossier | None:
    row = session.scalars(
        select(DossierRow).where(DossierRow.id == dossier_id, there_for(insider))
    ).first()
    return _loaded(session, insider, [row])[0] if row else None


def readable(session: Session, insider: Insider) -> tuple[Dossier, ...]:
    """The dossiers that are there for the insider, the newest first."""
    rows = session.scalars(
        select(DossierRow)
        .where(there_for(insider))
        .order_by(DossierRow.handed_in_at.desc(), DossierRow.id)
    )
    return _loaded(session, insider, rows.all())


def count_since(session: Session, affiliation: str, moment: datetime) -> int:
    """How many dossiers the organisation handed in since."""
    counted = select(func.count()).where(
        DossierRow.affiliation == affiliation, DossierRow.handed_in_at > moment
    )
    return session.scalar(counted) or 0


def names_behind(session: Session, dossier_id: str) -> tuple[str, ...]:
    """By what the source of a dossier could be told: the organisation, and who handed it in."""
    row, account = session.execute(
        select(DossierRow, AccountRow)
        .join(AccountRow, AccountRow.id == DossierRow.account_id)
        .where(DossierRow.id == dossier_id)
    ).one()
    return (row.affiliation.removeprefix(NGO_PREFIX), account.shown_name, account.name)


def there_for(insider: Insider) -> ColumnElement[bool]:
    """The condition that leaves the dossiers that are there for the insider."""
    if insider.organisation:
        return DossierRow.affiliation == insider.organisation
    if insider.partner:
        return DossierRow.id.in_(
            select(DossierRecipientRow.dossier_id).where(
                DossierRecipientRow.partner == insider.partner
            )
        )
    return false()


def _loaded(session: Session, insider: Insider, rows: Sequence[DossierRow]) -> tuple[Dossier, ...]:
    ids = [each.id for each in rows]
    recipients: dict[str, set[str]] = {}
    for recipient in session.scalars(
        select(DossierRecipientRow).where(DossierRecipientRow.dossier_id.in_(ids))
    ):
        recipients.setdefault(recipient.dossier_id, set()).add(recipient.partner)
    attachments: dict[str, list[Attachment]] = {}
    for each in session.scalars(
        select(DossierAttachmentRow)
        .where(DossierAttachmentRow.dossier_id.in_(ids))
        .order_by(DossierAttachmentRow.place)
    ):
        attachments.setdefault(each.dossier_id, []).append(
            Attachment(each.name, each.sha256, each.size)
        )
    answers = _answers(session, insider, ids)
    return tuple(
        Dossier(
            id=row.id,
            affiliation=row.affiliation,
            content=Content(
                title=row.title,
                subjects=tuple(Alleged(name, details) for name, details in row.subjects),
                conduct=row.conduct,
                links=tuple(Link(url, date.fromisoformat(day)) for url, day in row.links),
                attachments=tuple(attachments.get(row.id, ())),
                recipients=frozenset(recipients.get(row.id, ())),
                sharing=Sharing(row.sharing),
                protected=row.protected,
            ),
            handed_in_at=row.handed_in_at,
            answers=tuple(answers.get(row.id, ())),
        )
        for row in rows
    )


def _answers(session: Session, insider: Insider, ids: Sequence[str]) -> dict[str, list[Answer]]:
    query = select(DossierAnswerRow).where(DossierAnswerRow.dossier_id.in_(ids))
    if insider.partner:
        query = query.where(DossierAnswerRow.partner == insider.partner)
    found: dict[str, list[Answer]] = {}
    for row in session.scalars(query.order_by(DossierAnswerRow.id)):
        found.setdefault(row.dossier_id, []).append(
            Answer(row.partner, Disposition(row.disposition), row.feedback, row.given_on)
        )
    return found
