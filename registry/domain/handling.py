"""Handling: how far something that partners share may travel, after TLP 2.0 and the releases.

Whatever its level, a marked thing is read only by accounts of the affiliations that it is released
to; the level tells a recipient how far to carry it further. What has no mark is not released to
anybody. For unclassified information only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from registry.domain.account import NGO_PREFIX, SECRETARIAT, Account
from registry.domain.cell import PARTNERS
from registry.domain.record import InvalidRecord


class Level(StrEnum):
    """The levels of TLP 2.0 (FIRST, August 2022), the freest first.

    RED is for the eyes of named recipients only. AMBER_STRICT stays within the recipient's own
    organisation, AMBER may reach those who it works for, GREEN its community, CLEAR anybody.
    """

    CLEAR = "clear"
    GREEN = "green"
    AMBER = "amber"
    AMBER_STRICT = "amber-strict"
    RED = "red"

    @property
    def rank(self) -> int:
        """0 for the freest."""
        return _LEVELS.index(self)

    @property
    def label(self) -> str:
        """As TLP 2.0 writes it: TLP:AMBER+STRICT."""
        return f"TLP:{self.value.replace('-', '+').upper()}"


_LEVELS = tuple(Level)

# Those who have accounts as partners; NGOs are `ngo:…`, each one by itself.
AFFILIATIONS = (*PARTNERS, SECRETARIAT)
# Expanded when a mark is saved: who joins a group later reads nothing that was marked before. The
# EU stands for its members in the G7.
GROUPS = {
    "QUAD": ("US", "EU", "UK", "CA"),
    "G7": ("US", "EU", "UK", "CA", "JP"),
}
_JOINING = ("CH", "JP", "NZ")


@dataclass(frozen=True, slots=True)
class Marking:
    """The mark of one thing, or of what was made from several.

    `releasable_to` are affiliations, groups expanded; an originator is among them unless others'
    releases exclude it. `recipients` are ids of accounts: the only ones who read a thing marked
    RED, None at every other level.
    """

    level: Level
    originators: frozenset[str]
    releasable_to: frozenset[str]
    recipients: frozenset[int] | None = None

    def __post_init__(self) -> None:
        if (self.level is Level.RED) is (self.recipients is None):
            raise InvalidRecord("TLP:RED names its recipients, and no other level does.", "level")

    @property
    def line(self) -> str:
        """The mark in one line, as pages and packages print it. Recipients are not named."""
        released = ", ".join(in_order(self.releasable_to)) or "nobody"
        by = ", ".join(in_order(self.originators)) or "nobody"
        return f"{self.level.label} · releasable to {released} · originator {by}"


# What has no mark, or is made from nothing that has one.
NOT_RELEASED = Marking(Level.RED, frozenset(), frozenset(), frozenset())


def mark(
    originator: str,
    level: Level = Level.AMBER_STRICT,
    releases: Iterable[str] = (),
    recipients: Iterable[int] = (),
) -> Marking:
    """The mark that an originator gives, by default the most restrictive: to itself alone.

    `releases` are affiliations and groups. Raises InvalidRecord for one that there is not.
    """
    expanded = {originator}
    for each in releases:
        expanded.update(GROUPS.get(each, (each,)))
    for each in sorted(expanded):
        if not is_affiliation(each):
            raise InvalidRecord(f"{each!r} is nobody to whom anything can be released.", "releases")
    return Marking(
        level,
        frozenset({originator}),
        frozenset(expanded),
        frozenset(recipients) if level is Level.RED else None,
    )


def is_affiliation(text: str) -> bool:
    is_ngo = text.startswith(NGO_PREFIX) and bool(text.removeprefix(NGO_PREFIX).strip())
    return is_ngo or text in AFFILIATIONS or text in _JOINING


def in_order(affiliations: Iterable[str]) -> list[str]:
    """The affiliations as they are shown: partners in their order, then all others by name."""
    known = [*AFFILIATIONS, *_JOINING]
    return sorted(
        affiliations, key=lambda each: (known.index(each) if each in known else len(known), each)
    )


def combined(markings: Iterable[Marking]) -> Marking:
    """The mark of what is made from marked things: the highest level, only the common releases.

    Several originators all have to release it. Made from nothing that is marked, it is not
    released.
    """
    parts = tuple(markings)
    if not parts:
        return NOT_RELEASED
    named = [each.recipients for each in parts if each.recipients is not None]
    return Marking(
        max((each.level for each in parts), key=lambda level: level.rank),
        frozenset[str]().union(*(each.originators for each in parts)),
        parts[0].releasable_to.intersection(*(each.releasable_to for each in parts)),
        named[0].intersection(*named) if named else None,
    )


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: a thing must be released to all of `affiliations`; nobody reads with none.

    `account` is the id of the account that looks; None for a recipient of a package, who is no
    named account and is never given anything marked RED.
    """

    affiliations: frozenset[str]
    account: int | None = None

    def towards(self, affiliation: str) -> "Reader":
        """What this reader may hand to another affiliation: only what both may read."""
        return Reader(self.affiliations | {affiliation} if self.affiliations else frozenset())


NOBODY = Reader(frozenset())


class NotThere(Exception):
    """There is no such thing for this reader: the same whether it is hidden or does not exist."""


class NotAllowed(Exception):
    """The thing may be read but not changed by this account; the message says by whom it may."""


def reader(account: Account | None) -> Reader:
    """Who an account reads as. One that only keeps accounts sees no content; an auditor reads what
    is released to its affiliation and is named as anybody else for what is RED."""
    if account is None or account.is_disabled or not account.sees_content:
        return NOBODY
    return Reader(frozenset({account.affiliation}), account.id)


def may_read(reader: Reader, marking: Marking | None) -> bool:
    """Whether the reader may know that the thing is there. A missing mark is no release."""
    if marking is None or not reader.affiliations:
        return False
    if not reader.affiliations <= marking.releasable_to:
        return False
    return marking.recipients is None or reader.account in marking.recipients


def audience(markings: Iterable[Marking]) -> frozenset[str]:
    """The affiliations whose auditors may know that something with all these marks was done; none
    if one of them is RED, which is for named accounts alone."""
    made = combined(markings)
    return frozenset() if made.level is Level.RED else made.releasable_to


def widens(old: Marking, new: Marking) -> bool:
    """Whether somebody reads under the new mark, or may carry further, who could not before."""
    return (
        new.level.rank < old.level.rank
        or not new.releasable_to <= old.releasable_to
        or _names_more(old.recipients, new.recipients)
    )


def remarked(old: Marking, new: Marking, by: str) -> Marking:
    """The new mark of a thing, given by an account of the affiliation `by`.

    Originators stay what they are. Only the one originator lowers a mark or releases further: that
    is its consent to re-dissemination. Anybody who may edit the thing may narrow its mark.
    """
    if new.originators != old.originators:
        raise InvalidRecord("The originator of a mark can not be changed.")
    if not old.originators <= new.releasable_to:
        raise InvalidRecord("A thing can not be taken from its originator.")
    if widens(old, new) and old.originators != {by}:
        raise InvalidRecord(
            f"Only its originator ({', '.join(in_order(old.originators))}) lowers a mark or "
            "releases further. Ask for its consent."
        )
    return new


def _names_more(old: frozenset[int] | None, new: frozenset[int] | None) -> bool:
    return old is not None and (new is None or not new <= old)
