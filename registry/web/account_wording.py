"""The words in which pages speak of accounts."""

from collections.abc import Mapping

from registry.domain.account import NGO_PREFIX, SECRETARIAT, Role
from registry.web import wording

ROLES: Mapping[Role, str] = {
    Role.READER: "Reader: reads, searches and exports",
    Role.REVIEWER: "Reviewer: judges whether two listings are one subject",
    Role.OFFICER: "Officer: enters acts and overrides, answers for the partner",
    Role.POLICY: "Policy: proposes joint designations, answers for the partner",
    Role.LIST_STEWARD: "List steward: imports editions and accepts those in quarantine",
    Role.AUDITOR: "Auditor: reads the trail",
    Role.ADMINISTRATOR: "Administrator: keeps accounts; sees no content by this role alone",
    Role.NGO: "Organisation: hands in dossiers",
}


def affiliation(key: str) -> str:
    """For whom an account speaks, in words."""
    known = {**wording.PARTNERS, SECRETARIAT: "Secretariat"}
    return known.get(key, key.removeprefix(NGO_PREFIX))
