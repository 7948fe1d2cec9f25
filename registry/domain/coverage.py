"""Coverage: for one subject, what each partner imposes, on what basis, and where the gaps are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from registry.domain.designation import Designation, Measure
from registry.domain.official_list import OfficialList
from registry.domain.party import Kind


class State(StrEnum):
    """What is known of one partner's measure on one subject."""

    IN_FORCE_STATED = "in-force-stated"
    IN_FORCE_DERIVED = "in-force-derived"
    NOT_FOUND = "not-found"
    OTHER_MEASURE_ONLY = "other-measure-only"
    DELISTED = "delisted"
    NO_AUTHORITY = "no-authority"
    POSSIBLE_MATCH = "possible-match"
    PENDING_PUBLICATION = "pending-publication"
    NON_PUBLIC_POSSIBLE = "non-public-possible"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"


IN_FORCE = frozenset({State.IN_FORCE_STATED, State.IN_FORCE_DERIVED})
GAPS = frozenset({State.NOT_FOUND, State.OTHER_MEASURE_ONLY})


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class ListStatus:
    """What is known of an official list on the day that coverage is asked for.

    `dated` is the date of the newest good edition dated on or before that day, None if there is
    none; `stale` tells that this edition is older than the list's expected age.
    """

    official_list: OfficialList
    dated: date | None
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A listing as coverage sees it. `delisted_on` is set on listings that are no longer there."""

    key: str
    official_list: str
    reference: str
    partner: str
    kind: Kind
    name: str
    designations: tuple[Designation, ...]
    countries: frozenset[str] = frozenset()  # nationalities and citizenships, ISO codes
    un_references: tuple[str, ...] = ()
    deceased: bool = False
    delisted_on: date | None = None


@dataclass(frozen=True, slots=True)
class SubjectFacts:
    """A subject and its listings on the day asked for.

    `listings` are in force, `former` are gone; `candidates` names the partners on whose lists an
    unreviewed candidate for this subject stands.
    """

    id: str
    name: str
    kind: Kind
    listings: tuple[Listed, ...]
    former: tuple[Listed, ...] = ()
    candidates: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Support:
    """A listing that a cell rests on, with the programme that carries the measure."""

    official_list: str
    reference: str
    key: str
    programme: str
    listed_on: date | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One partner's measure on one subject: the state, why, and the entries it rests on.

    `basis` is a short sentence with its citation; `dated` is the date of the edition that the
    statement rests on, None where there is none.
    """

    partner: str
    measure: Measure
    state: State
    basis: str
    confidence: Confidence
    dated: date | None
    supports: tuple[Support, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class World:
    """What coverage is computed against: the day, and every list's status on it."""

    on: date
    lists: Mapping[str, ListStatus] = field(default_factory=dict)
    unreconciled: frozenset[str] = frozenset()  # partners with listings that matching has not seen
