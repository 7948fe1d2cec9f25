"""The words of coverage: states, listings as coverage sees them, cells, and the day asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from registry.domain import reference
from registry.domain.authority import Ground
from registry.domain.designation import Designation, Measure
from registry.domain.identification import Identification
from registry.domain.law import in_words
from registry.domain.official_list import OfficialList
from registry.domain.override import Override
from registry.domain.party import Kind
from registry.domain.programme import Confidence

PARTNERS = ("US", "EU", "UK", "CA", "UN", "AU")


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
    """A listing as coverage sees it. `delisted_on` is set on listings that are no longer there.

    `kind` and `designations` are as corrected by the `overrides`.
    """

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
    overrides: tuple[Override, ...] = ()
    identification: Identification = Identification.FIRM


@dataclass(frozen=True, slots=True)
class Near:
    """A listing that matching found like a subject, and not like enough to ask a reviewer."""

    partner: str
    official_list: str
    reference: str
    name: str


@dataclass(frozen=True, slots=True)
class Pending:
    """A legal act that an officer has entered and that the partner's list does not show yet."""

    partner: str
    measures: frozenset[Measure]
    act: str
    made_on: date


@dataclass(frozen=True, slots=True)
class SubjectFacts:
    """A subject and its listings on the day asked for.

    `listings` are in force, `former` are gone; `candidates` names the partners on whose lists an
    unreviewed candidate for this subject stands. `owners` are (partner, name) of listed owners
    and controllers. `near` holds the nearest rejected candidate on each partner's lists, where it
    comes near at all. `namesakes` tells that another subject bears the same name.
    """

    id: str
    name: str
    kind: Kind
    listings: tuple[Listed, ...]
    former: tuple[Listed, ...] = ()
    candidates: frozenset[str] = frozenset()
    pending: tuple[Pending, ...] = ()
    owners: tuple[tuple[str, str], ...] = ()
    near: tuple[Near, ...] = ()
    namesakes: bool = False


@dataclass(frozen=True, slots=True)
class Support:
    """A listing that a cell rests on, with the programme that carries the measure. `dated` is the
    date of its own list's edition for the day, None for a listing that is on none any more."""

    official_list: str
    reference: str
    key: str
    programme: str
    listed_on: date | None
    dated: date | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One partner's measure on one subject: the state, why, and the entries it rests on.

    `basis` is a short sentence with its citation; `dated` is the date of the edition that the
    statement rests on, None where there is none, `edition_of` that edition's official list, `stale`
    that it is past its expected age.
    `comparable` is False where the measure is no ground to call another partner's silence a gap.
    """

    partner: str
    measure: Measure
    state: State
    basis: str
    confidence: Confidence
    dated: date | None
    supports: tuple[Support, ...] = ()
    note: str = ""
    stale: bool = False
    comparable: bool = True
    edition_of: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """The list that an absence rests on: its key, what it is called, the date of its edition for
    the day (None if there is none), and the helpful lists that have none."""

    official_list: str
    called: str
    as_of: str
    dated: date | None
    stale: bool
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class World:
    """What coverage is computed against: the day, and every list's status on it."""

    on: date
    lists: Mapping[str, ListStatus] = field(default_factory=dict)
    unreconciled: frozenset[str] = frozenset()  # partners with listings that matching has not seen
    # What is the same for many subjects, kept since tens of thousands ask for it.
    _absences: dict[tuple[Ground, bool, bool], dict[tuple[str, Measure], Cell]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _searches: dict[tuple[str, Measure], Search] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def absences(
        self, subject: Ground, un_unsettled: bool, deceased: bool
    ) -> dict[tuple[str, Measure], Cell]:
        """The cells kept of partners of whom no more is known than that nothing was found."""
        key = (subject, un_unsettled, deceased)
        found = self._absences.get(key)
        if found is None:
            found = self._absences[key] = {}
        return found

    def dated(self, official_list: str) -> date | None:
        """The date of the list's good edition for the day, None if none or if retired by then."""
        status = self.lists.get(official_list)
        return None if status is None or self.is_retired(official_list) else status.dated

    def is_retired(self, official_list: str) -> bool:
        status = self.lists.get(official_list)
        retired_on = status.official_list.retired_on if status else None
        return retired_on is not None and retired_on <= self.on

    def can_answer(self, partner: str, measure: Measure) -> bool:
        """Whether a list is held for the day on which an absence of this measure can rest."""
        return self.searched(partner, measure).dated is not None

    def searched(self, partner: str, measure: Measure) -> Search:
        """The list on which an absence of this measure rests."""
        found = self._searches.get((partner, measure))
        if found is None:
            found = self._searches[partner, measure] = self._search(partner, measure)
        return found

    def _search(self, partner: str, measure: Measure) -> Search:
        law = reference.partners()[partner]
        needed = law.needed[measure]
        official_list = next(filter(self.dated, needed), needed[0])
        status = self.lists.get(official_list)
        helpful = law.helpful.get(measure, ())
        called = reference.list_law(official_list).called
        dated = self.dated(official_list)
        return Search(
            official_list=official_list,
            called=called,
            as_of=f"{called} as of {in_words(dated)}" if dated else called,
            dated=dated,
            stale=bool(status and status.stale),
            lacking=tuple(
                reference.list_law(each).called for each in helpful if not self.dated(each)
            ),
        )
