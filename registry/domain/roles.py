"""The role in which an authority lists somebody, as far as its words and the list's facts show it.

A designation may show several roles, or none: then the role is not stated. Family, associates and
entities that somebody owns are linked only: no enabling is said of them. The words are data:
`reference/roles.toml`.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from registry.domain import statement
from registry.domain.party import Kind, Party, RelationKind
from registry.domain.phrases import pattern
from registry.domain.statement import Actor


class Side(StrEnum):
    PERPETRATOR = "perpetrator"
    ENABLER = "enabler"
    LINKED = "linked-only"


class Role(StrEnum):
    """The perpetrators' side first, then the enablers', then those who are linked only."""

    COMMANDER = "commander"
    PARTICIPANT = "participant"
    INSTITUTION = "institution"
    OFFICIAL = "official"
    FINANCIER = "financier"
    ARMS_SUPPLIER = "arms-supplier"
    RESOURCE_TRADER = "resource-trader"
    EVASION_NETWORK = "evasion-network"
    RECRUITER = "recruiter"
    PROPAGANDIST = "propagandist"
    TECHNOLOGY_SUPPLIER = "technology-supplier"
    TRANSPORT = "transport"
    FAMILY_OR_ASSOCIATE = "family-or-associate"
    OWNED = "owned"

    @property
    def side(self) -> Side:
        if self in _LINKED:
            return Side.LINKED
        return Side.PERPETRATOR if self in _PERPETRATORS else Side.ENABLER


_LINKED = frozenset({Role.FAMILY_OR_ASSOCIATE, Role.OWNED})
_PERPETRATORS = frozenset(tuple(Role)[: tuple(Role).index(Role.OFFICIAL) + 1])
ROLE_NOT_STATED = "role not stated"


@dataclass(frozen=True, slots=True)
class StatedRole:
    """A role and the words, or the listed fact, that show it."""

    role: Role
    words: str


_OF_BODIES = frozenset({Role.INSTITUTION, Role.OWNED})
_BY_RELATION = {
    RelationKind.FAMILY: Role.FAMILY_OR_ASSOCIATE,
    RelationKind.ASSOCIATE: Role.FAMILY_OR_ASSOCIATE,
    RelationKind.OWNED_BY: Role.OWNED,
    RelationKind.SUBSIDIARY_OF: Role.OWNED,
}


def stated(party: Party, statements: Iterable[str]) -> tuple[StatedRole, ...]:
    """The roles that a listing's facts and its authority's statements show, each once."""
    found: dict[Role, str] = {}
    for role, words in (*_listed(party), *_reasoned(party, statements)):
        found.setdefault(role, words)
    return tuple(StatedRole(role, found[role]) for role in Role if role in found)


def sides(roles: Iterable[StatedRole]) -> frozenset[Side]:
    """The sides on which somebody stands; linked only where no other role is stated."""
    found = frozenset(each.role.side for each in roles)
    return found - {Side.LINKED} or found


def _listed(party: Party) -> Iterator[tuple[Role, str]]:
    words = _words()
    for function in party.functions:
        plain = words.no_role.sub(" ", function)
        for role, phrases in words.functions.items():
            if phrases.search(plain):
                yield role, function
    if party.kind is Kind.ENTITY:
        for name in party.names:
            if words.institutions.search(name.full) and not words.companies.search(name.full):
                yield Role.INSTITUTION, name.full
    if party.kind in (Kind.VESSEL, Kind.AIRCRAFT):
        yield Role.TRANSPORT, party.kind.value
    for relation in party.relations:
        if relation.kind in _BY_RELATION:
            role = _BY_RELATION[relation.kind]
            yield role, f"{relation.kind.value.replace('-', ' ')} {relation.other}"


def _reasoned(party: Party, statements: Iterable[str]) -> Iterator[tuple[Role, str]]:
    words = _words()
    for each in statements:
        if not _speaks_of_a_role(each):
            continue
        for sentence in statement.read(each, party):
            if sentence.actor is Actor.OTHER:
                continue
            text = words.no_role.sub(" ", sentence.text)
            if not _speaks_of_a_role(text):
                continue
            tie = words.ties.search(text)
            own = text[: tie.start()] if tie else text
            for role, phrases in words.reasons.items():
                if role in _OF_BODIES and party.kind is Kind.PERSON:
                    continue
                looked_at = text if role.side is Side.LINKED else own
                if found := phrases.search(looked_at):
                    yield role, found[0]


# Many listings under one programme are given the same text.
@lru_cache(maxsize=1 << 13)
def _speaks_of_a_role(text: str) -> bool:
    return _words().anything.search(text) is not None


@dataclass(frozen=True, slots=True)
class _Words:
    functions: Mapping[Role, re.Pattern[str]]
    reasons: Mapping[Role, re.Pattern[str]]
    institutions: re.Pattern[str]
    companies: re.Pattern[str]
    no_role: re.Pattern[str]
    ties: re.Pattern[str]
    anything: re.Pattern[str]


@cache
def _words() -> _Words:
    table = tomllib.loads(
        files("registry.domain.reference").joinpath("roles.toml").read_text("utf-8")
    )
    by_role = {role: table[role] for role in Role}
    return _Words(
        {
            role: pattern(words["functions"])
            for role, words in by_role.items()
            if "functions" in words
        },
        {role: pattern(words["reasons"]) for role, words in by_role.items() if "reasons" in words},
        pattern(table[Role.INSTITUTION]["names"]),
        pattern(table[Role.INSTITUTION]["no_names"]),
        pattern(table["not"]),
        pattern(table["ties"]),
        pattern(each for words in by_role.values() for each in words.get("reasons", ())),
    )
