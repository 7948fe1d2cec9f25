"""Keeping accounts."""

import secrets
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from registry.domain.account import (
    Account,
    InvalidAccount,
    Role,
    audience,
    folded,
    has_role,
    require_password,
)
from registry.domain.trail import Action
from registry.services import audit, passwords
from registry.store import accounts, sign_ins

_GROUPS = 4
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another


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
    must_change: bool = False,
) -> Account:
    """`must_change` where the password is not of their own choice.

    Raises InvalidAccount if the account can not be kept so, or its name is taken."""
    account = Account(
        0,
        folded(name),
        shown_name.strip(),
        affiliation.strip(),
        frozenset(roles),
        False,
        is_demo,
        must_change,
    )
    require_password(password, account.name)
    if accounts.find(session, account.name):
        raise InvalidAccount(
            f"There is an account {account.name!r} already: choose another name.", "name"
        )
    added = accounts.add(session, account, passwords.hashed(password), now)
    _record(
        session,
        Action.ACCOUNT_ADDED,
        added,
        affiliation=added.affiliation,
        roles=sorted(added.roles),
    )
    return added


def get(session: Session, name: str) -> Account:
    """Raises InvalidAccount if there is none."""
    found = accounts.find(session, folded(name))
    if found is None:
        raise InvalidAccount(f"There is no account {name!r}; see `registry user list`.")
    return found


def set_roles(
    session: Session, name: str, roles: Collection[Role], by: Account | None = None
) -> Account:
    """`by` is the account that does so, None at the command line.

    Raises InvalidAccount if there is no such account, it can not have these roles, or somebody
    would take a role for themselves: who keeps accounts does not let themselves in to content."""
    before = get(session, name)
    after = replace(before, roles=frozenset(roles))
    if Role.ADMINISTRATOR not in after.roles:
        _keep_an_administrator(session, before)
    if by and by.id == after.id and not after.roles <= before.roles:
        raise InvalidAccount("Nobody takes a role for themselves: another one gives it.", "roles")
    accounts.set_roles(session, before.id, after.roles)
    _record(
        session,
        Action.ROLES_SET,
        after,
        before=sorted(before.roles),
        after=sorted(after.roles),
    )
    return after


def set_password(
    session: Session, name: str, password: str, *, must_change: bool = False
) -> Account:
    """Give an account another password, and end its sign-ins. Raises InvalidAccount."""
    account = get(session, name)
    require_password(password, account.name)
    hashed = passwords.hashed(password)
    accounts.set_password(session, account.id, hashed, must_change=must_change)
    sign_ins.remove_all(session, account)
    _record(session, Action.PASSWORD_SET, account)
    return account


def disable(session: Session, name: str, now: datetime) -> Account:
    """End an account's sign-ins and let it have no other. Raises InvalidAccount."""
    account = get(session, name)
    _keep_an_administrator(session, account)
    accounts.set_disabled(session, account.id, now)
    sign_ins.remove_all(session, account)
    _record(session, Action.ACCOUNT_DISABLED, account)
    return account


def enable(session: Session, name: str) -> Account:
    """Raises InvalidAccount if there is no such account, or everybody knows its password."""
    account = get(session, name)
    if account.is_demo:
        raise InvalidAccount(
            "Everybody knows the password of the demonstration's accounts: add another one."
        )
    accounts.set_disabled(session, account.id, None)
    _record(session, Action.ACCOUNT_ENABLED, account)
    return account


def _record(session: Session, action: Action, account: Account, **detail: str | list[str]) -> None:
    name = f"account:{account.name}"
    audit.record(session, action, name, released_to=audience(account), **detail)


def new_password() -> str:
    """One that nobody chose, of nearly 80 bits, to be told once and changed."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(_GROUPS))


def _keep_an_administrator(session: Session, leaving: Account) -> None:
    """Whoever is left must be able to make the next administrator."""
    if Role.ADMINISTRATOR not in leaving.roles or leaving.is_disabled:
        return
    others = (each for each in accounts.everybody(session) if each.id != leaving.id)
    if not any(has_role(each, {Role.ADMINISTRATOR}) for each in others):
        raise InvalidAccount(
            f"{leaving.name!r} is the only administrator: give another account the role first.",
            "roles",
        )
