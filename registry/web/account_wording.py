"""The words in which pages speak of accounts and of what they did."""

import json
from collections.abc import Mapping

from registry.domain.account import NGO_PREFIX, SECRETARIAT, Role
from registry.domain.trail import Entry
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


def in_words(entry: Entry) -> str:
    """The details of an entry of the trail; of a list, its values."""
    told = []
    for key, value in json.loads(entry.detail).items():
        shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        if shown:
            told.append(f"{key.replace('_', ' ')}: {shown}")
    return "; ".join(told)


def affiliation(key: str) -> str:
    """For whom an account speaks, in words."""
    known = {**wording.PARTNERS, SECRETARIAT: "Secretariat"}
    return known.get(key, key.removeprefix(NGO_PREFIX))
