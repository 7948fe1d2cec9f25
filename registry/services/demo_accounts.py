"""Accounts to try the registry with on this machine. Everybody knows their password."""

from datetime import datetime

from sqlalchemy.orm import Session

from registry.domain.account import Account, Role
from registry.services import accounts
from registry.store import accounts as stored

PASSWORD = "demonstration-only"
_ACCOUNTS = (
    ("officer.us", "Olivia Demo", "US", (Role.OFFICER, Role.REVIEWER)),
    ("policy.us", "Paul Demo", "US", (Role.POLICY,)),
    ("officer.eu", "Odile Demo", "EU", (Role.OFFICER, Role.REVIEWER)),
    ("policy.eu", "Pia Demo", "EU", (Role.POLICY,)),
    ("officer.uk", "Oscar Demo", "UK", (Role.OFFICER, Role.REVIEWER)),
    ("policy.uk", "Priya Demo", "UK", (Role.POLICY,)),
    ("officer.ca", "Océane Demo", "CA", (Role.OFFICER, Role.REVIEWER)),
    ("policy.ca", "Pierre Demo", "CA", (Role.POLICY,)),
    ("reader", "Rosa Demo", "UK", (Role.READER,)),
    ("reviewer", "Ravi Demo", "secretariat", (Role.REVIEWER,)),
    ("steward", "Stella Demo", "secretariat", (Role.LIST_STEWARD,)),
    ("auditor", "Aoife Demo", "secretariat", (Role.AUDITOR,)),
    ("administrator", "Ada Demo", "secretariat", (Role.ADMINISTRATOR,)),
    ("ngo", "Nadia Demo", "ngo:Example Documentation Centre", (Role.NGO,)),
)


def make(session: Session, now: datetime) -> bool:
    """Make them in a registry that has no account. Returns whether it had none."""
    if stored.everybody(session):
        return False
    for name, shown_name, affiliation, roles in _ACCOUNTS:
        accounts.add(session, name, shown_name, affiliation, roles, PASSWORD, now, is_demo=True)
    return True


def enabled(session: Session) -> tuple[Account, ...]:
    """Those that somebody could sign in with."""
    return tuple(
        each for each in stored.everybody(session) if each.is_demo and not each.is_disabled
    )


def disable(session: Session, now: datetime) -> int:
    """Disable them all. Returns how many there were. Raises InvalidAccount if no administrator
    would be left."""
    found = enabled(session)
    for each in found:
        accounts.disable(session, each.name, now)
    return len(found)
