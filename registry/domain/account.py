"""Accounts: who somebody is, for whom they speak, and in which roles."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from registry.domain.cell import PARTNERS
from registry.domain.record import InvalidRecord

SECRETARIAT = "secretariat"
NGO_PREFIX = "ngo:"
SHORTEST_PASSWORD = 12  # characters
LONGEST_PASSWORD = 1_000
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9._@+-]{0,62}[a-z0-9])?")
_LONGEST_SHOWN = 100  # characters


class InvalidAccount(InvalidRecord):
    """The account can not be kept so; the message says why, for the administrator."""


class Role(StrEnum):
    READER = "reader"
    REVIEWER = "reviewer"
    OFFICER = "officer"
    POLICY = "policy"
    LIST_STEWARD = "list-steward"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    NGO = "ngo"


# Roles in which somebody reads or writes what the registry holds. An administrator keeps accounts.
CONTENT_ROLES = frozenset(Role) - {Role.ADMINISTRATOR}
# What an organisation outside of the partners' governments never is.
_INSIDE = frozenset(Role) - {Role.NGO}


@dataclass(frozen=True, slots=True)
class Account:
    """`name` is what they sign in with, `shown_name` what colleagues read.

    `must_change_password` holds as long as somebody else knows the password, who made it.
    `affiliation` is a partner's key, `secretariat`, or `ngo:` and an organisation's name. Only the
    demonstration has accounts whose password everybody knows (`is_demo`).
    """

    id: int
    name: str
    shown_name: str
    affiliation: str
    roles: frozenset[Role]
    is_disabled: bool = False
    is_demo: bool = False
    must_change_password: bool = False

    def __post_init__(self) -> None:
        if not is_name(self.name):
            raise InvalidAccount(
                f"{self.name!r} can not be signed in with: use 1 to 64 small letters, digits and "
                ". _ @ + -, the first and the last of them a letter or digit.",
                "name",
            )
        if not self.shown_name.strip() or len(self.shown_name) > _LONGEST_SHOWN:
            raise InvalidAccount(
                f"A name of 1 to {_LONGEST_SHOWN} characters is needed.", "shown_name"
            )
        _refuse_signs(self.shown_name)
        if not self.roles:
            raise InvalidAccount("An account needs a role.", "roles")
        if self.affiliation.startswith(NGO_PREFIX):
            self._check_organisation()
        else:
            self._check_partner()

    def _check_organisation(self) -> None:
        organisation = self.affiliation.removeprefix(NGO_PREFIX)
        if not organisation.strip() or len(organisation) > _LONGEST_SHOWN:
            raise InvalidAccount(
                f"Give the organisation's name as {NGO_PREFIX}NAME.", "organisation"
            )
        _refuse_signs(organisation)
        if self.roles & _INSIDE:
            raise InvalidAccount(
                "An organisation's account has the role ngo and no other.", "roles"
            )

    def _check_partner(self) -> None:
        if self.affiliation not in (*PARTNERS, SECRETARIAT):
            raise InvalidAccount(
                f"{self.affiliation!r} is no affiliation: one of {', '.join(PARTNERS)}, "
                f"{SECRETARIAT}, or {NGO_PREFIX}NAME."
            )
        if Role.NGO in self.roles:
            raise InvalidAccount(
                f"The role ngo needs the affiliation {NGO_PREFIX}NAME.", "affiliation"
            )
        if Role.OFFICER in self.roles and self.affiliation == SECRETARIAT:
            raise InvalidAccount(
                "An officer answers for a partner; the secretariat is none.", "roles"
            )

    @property
    def partner(self) -> str | None:
        """The partner that they belong to; None for the secretariat and for organisations."""
        return self.affiliation if self.affiliation in PARTNERS else None

    @property
    def organisation(self) -> str | None:
        if not self.affiliation.startswith(NGO_PREFIX):
            return None
        return self.affiliation.removeprefix(NGO_PREFIX)

    @property
    def sees_content(self) -> bool:
        return bool(self.roles & CONTENT_ROLES)


def has_role(account: Account | None, roles: Collection[Role]) -> bool:
    """Whether they act in any of these roles; nobody and the disabled act in none."""
    return account is not None and not account.is_disabled and bool(account.roles & set(roles))


def may_speak_for(account: Account | None, partner: str) -> bool:
    """Partners speak only for themselves, by their officers and their policy staff."""
    return (
        has_role(account, {Role.OFFICER, Role.POLICY})
        and account is not None
        and account.partner == partner
    )


def audience(account: Account) -> frozenset[str] | None:
    """The affiliations whose auditors may know how somebody comes and goes; None for all. That an
    organisation is here at all, and from where, is for the secretariat and for itself."""
    return frozenset({account.affiliation, SECRETARIAT}) if account.organisation else None


def is_name(text: str) -> bool:
    """Whether an account could be signed in with this name. No two such names look alike."""
    return _NAME.fullmatch(text) is not None


def folded(name: str) -> str:
    """A name as it is kept, however it was typed."""
    return name.strip().lower()


def require_password(password: str, name: str) -> None:
    """Raises InvalidAccount if the password is too short, too long, or the name itself."""
    if len(password) < SHORTEST_PASSWORD:
        raise InvalidAccount(f"A password has at least {SHORTEST_PASSWORD} characters.", "new")
    if len(password) > LONGEST_PASSWORD:
        raise InvalidAccount(f"A password has at most {LONGEST_PASSWORD:,} characters.", "new")
    if folded(password) == folded(name) or len(set(password)) < 4:
        raise InvalidAccount("This password is the first that somebody would try.", "new")


def _refuse_signs(text: str) -> None:
    """No control characters, and none that turn the direction of what stands beside a name."""
    if any(unicodedata.category(each) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} for each in text):
        raise InvalidAccount("The name holds a character that can not be shown.")
