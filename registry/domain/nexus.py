"""How far a designation concerns atrocities: what the authority stated, or what its programme is.

It is a property of a designation, never of a person: a designation is an administrative act on a
stated ground, no finding of a crime.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from enum import StrEnum

from registry.domain import reference
from registry.domain.cell import Listed
from registry.domain.finding import DesignationKey, Reviewed
from registry.domain.programme import Criteria, Programme, Standing
from registry.domain.roles import StatedRole


class Nexus(StrEnum):
    """The strongest first. Statistics count STATED and PROGRAMME; POSSIBLE awaits review."""

    STATED = "stated"
    PROGRAMME = "programme"
    POSSIBLE = "possible"
    NONE = "none"


COUNTED = frozenset({Nexus.STATED, Nexus.PROGRAMME})


class Counting(StrEnum):
    """Whose subjects statistics of atrocities count: those of `COUNTED`, possible ones, too, or
    whoever is designated."""

    COUNTED = "counted"
    POSSIBLE = "possible"
    ALL = "all"

    @property
    def counts(self) -> frozenset[Nexus]:
        match self:
            case Counting.COUNTED:
                return COUNTED
            case Counting.POSSIBLE:
                return COUNTED | {Nexus.POSSIBLE}
            case Counting.ALL:
                return frozenset(Nexus)


_STRENGTH = tuple(Nexus)


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding as it is shown, with the listing that it belongs to.

    `programmes` are the registry's keys, or the list's own codes; `level` is what the listing
    counts as now. `quote` is without the day on which a minor was born.
    """

    found: Reviewed
    official_list: str
    reference: str
    name: str
    partner: str
    programmes: tuple[str, ...]
    level: Nexus
    quote: str
    roles: tuple[StatedRole, ...]


def of_programme(programme: Programme | None) -> Nexus:
    """What the programme alone shows: its criteria are about atrocities only, in part, or not."""
    if programme is None or programme.standing is Standing.ADVERSE:
        return Nexus.NONE
    match programme.criteria:
        case Criteria.CORE if not programme.mixed:
            return Nexus.PROGRAMME
        case Criteria.CORE | Criteria.PARTIAL:
            return Nexus.POSSIBLE
        case Criteria.NONE:
            return Nexus.NONE


def of_designation(programme: Programme | None, *, stated: bool = False) -> Nexus:
    """What a designation shows: a statement that a reviewer confirmed, else its programme's level.

    Nothing that a text names brings people who work on accountability into these views.
    """
    adverse = programme is not None and programme.standing is Standing.ADVERSE
    return Nexus.STATED if stated and not adverse else of_programme(programme)


def of_listings(
    listings: Iterable[Listed], stated: Container[DesignationKey] = frozenset()
) -> Nexus:
    """The strongest that any designation of these listings shows.

    `stated` are the designations, or whole listings, with a confirmed finding.
    """
    return strongest(
        of_designation(
            reference.programme_for(listed.official_list, each.code, each.act),
            stated=DesignationKey(listed.key) in stated
            or DesignationKey(listed.key, each.code, each.act) in stated,
        )
        for listed in listings
        for each in listed.designations
    )


def strongest(found: Iterable[Nexus]) -> Nexus:
    """The strongest of several, NONE if there are none."""
    return min(found, key=_STRENGTH.index, default=Nexus.NONE)
