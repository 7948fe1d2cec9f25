"""Saved views in and out of the database. They change no page but their owner's."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from registry.domain.account import Account
from registry.store.tables import SavedViewRow


@dataclass(frozen=True, slots=True)
class SavedView:
    """`query` is the part of the coverage page's address behind the question mark."""

    name: str
    query: str


def of(session: Session, account: Account) -> list[SavedView]:
    """The account's own, by name."""
    rows = session.scalars(
        select(SavedViewRow)
        .where(SavedViewRow.account_id == account.id)
        .order_by(SavedViewRow.name, SavedViewRow.id)
    )
    return [SavedView(row.name, row.query) for row in rows]


def count(session: Session, account: Account) -> int:
    return session.scalars(select(func.count()).where(SavedViewRow.account_id == account.id)).one()


def keep(session: Session, account: Account, name: str, query: str, at: datetime) -> None:
    """Keep it; what the account had under the name is replaced."""
    session.execute(
        delete(SavedViewRow).where(SavedViewRow.account_id == account.id, SavedViewRow.name == name)
    )
    session.add(SavedViewRow(account_id=account.id, name=name, query=query, saved_at=at))


def remove(session: Session, account: Account, name: str) -> bool:
    """Returns whether the account had a view under this name."""
    found = session.scalar(
        select(SavedViewRow).where(SavedViewRow.name == name, SavedViewRow.account_id == account.id)
    )
    if found is None:
        return False
    session.delete(found)
    return True
