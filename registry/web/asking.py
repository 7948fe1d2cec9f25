"""Who asks, where only those who are signed in are answered."""

from registry.domain.account import Account
from registry.web import context


def asking() -> Account:
    """The account that asks; the endpoint's rule lets nobody else come here."""
    account = context.account()
    assert account is not None
    return account
