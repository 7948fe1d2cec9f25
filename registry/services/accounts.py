"""Keeping accounts."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from registry.domain.account import Account, InvalidAccount, Role, folded, require_password
from registry.domain.trail import Action
from registry.services import audit, passwords
from registry.store import accounts


def add(
    session: Session,
    name: str,
    shown_name: str,
    affiliation: str,
    roles: Collection[Role],
    password: str,
    now: datetime,
    *,
    is_demo: bool = False,
) -> Account:
    """Raises InvalidAccount if the account can not be kept so, or its name is taken."""
    account = Account(
        0, folded(name), shown_name.strip(), affiliation.strip(), frozenset(roles), is_demo=is_demo
    )
    require_password(password, account.name)
    if accounts.find(session, account.name):
        raise InvalidAccount(f"There is an account {account.name!r} already: choose another name.")
    added = accounts.add(session, account, passwords.hashed(password), now)
    audit.record(
        session,
        Action.ACCOUNT_ADDED,
        f"account:{added.name}",
        affiliation=added.affiliation,
        roles=sorted(added.roles),
    )
    return added
