"""Accounts in and out of the database."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from registry.domain.account import Account, Role
from registry.store.database import state
from registry.store.tables import AccountRow


def add(session: Session, account: Account, password: str, now: datetime) -> Account:
    """Keep a new account; `password` is hashed. Returns it with its id."""
    row = AccountRow(
        name=account.name,
        shown_name=account.shown_name,
        affiliation=account.affiliation,
        roles=_kept(account.roles),
        password=password,
        is_demo=account.is_demo,
        must_change_password=account.must_change_password,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return of(row)


def find(session: Session, name: str) -> Account | None:
    row = _row(session, name)
    return of(row) if row else None


def find_with_password(session: Session, name: str) -> tuple[Account, str] | None:
    """The account and its hashed password."""
    row = _row(session, name)
    return (of(row), row.password) if row else None


def everybody(session: Session) -> tuple[Account, ...]:
    return tuple(map(of, session.scalars(select(AccountRow).order_by(AccountRow.name))))


def belonging(session: Session, affiliations: Collection[str]) -> tuple[Account, ...]:
    """The accounts of these affiliations."""
    return _those(session, AccountRow.affiliation.in_(affiliations))


def with_ids(session: Session, ids: Collection[int]) -> tuple[Account, ...]:
    return _those(session, AccountRow.id.in_(ids))


def with_names(session: Session, names: Collection[str]) -> tuple[Account, ...]:
    return _those(session, AccountRow.name.in_(names))


def are_demo(session: Session) -> bool:
    """Whether somebody could sign in with a password that everybody knows."""
    return state(session).has_demo_accounts


def set_roles(session: Session, account_id: int, roles: Iterable[Role]) -> None:
    _get(session, account_id).roles = _kept(roles)


def set_password(session: Session, account_id: int, password: str, *, must_change: bool) -> None:
    """`password` is hashed."""
    row = _get(session, account_id)
    row.password, row.must_change_password = password, must_change


def set_disabled(session: Session, account_id: int, at: datetime | None) -> None:
    """None enables it again."""
    _get(session, account_id).disabled_at = at


def of(row: AccountRow) -> Account:
    return Account(
        id=row.id,
        name=row.name,
        shown_name=row.shown_name,
        affiliation=row.affiliation,
        roles=frozenset(map(Role, row.roles)),
        is_disabled=row.disabled_at is not None,
        is_demo=row.is_demo,
        must_change_password=row.must_change_password,
    )


def _those(session: Session, condition: ColumnElement[bool]) -> tuple[Account, ...]:
    return tuple(
        map(of, session.scalars(select(AccountRow).where(condition).order_by(AccountRow.name)))
    )


def _row(session: Session, name: str) -> AccountRow | None:
    return session.scalars(select(AccountRow).where(AccountRow.name == name)).one_or_none()


def _get(session: Session, account_id: int) -> AccountRow:
    return session.get_one(AccountRow, account_id)


def _kept(roles: Iterable[Role]) -> list[str]:
    return sorted(each.value for each in roles)
