"""How far a designation concerns atrocities: what the authority stated, or what its programme is.

It is a property of a designation, never of a person: a designation is an administrative act on a
stated ground, no finding of a crime.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from registry.domain import reference
from registry.domain.cell import Listed
from registry.domain.programme import Criteria, Programme, Standing


class Nexus(StrEnum):
    """The strongest first. Statistics count STATED and PROGRAMME; POSSIBLE awaits review."""

    STATED = "stated"
    PROGRAMME = "programme"
    POSSIBLE = "possible"
    NONE = "none"


COUNTED = frozenset({Nexus.STATED, Nexus.PROGRAMME})
_STRENGTH = tuple(Nexus)


@dataclass(frozen=True, slots=True)
class Finding:
    """Conduct named in the authority's own reasons: the quote, at most 40 words, and its families.

    A machine's finding is a proposal until a reviewer confirms it.
    """

    families: tuple[str, ...]
    quote: str
    confirmed: bool = False


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


def of_designation(programme: Programme | None, finding: Finding | None = None) -> Nexus:
    """What a designation shows: a confirmed finding, else its programme's level.

    Nothing that a text names brings people who work on accountability into these views.
    """
    adverse = programme is not None and programme.standing is Standing.ADVERSE
    if finding and finding.confirmed and not adverse:
        return Nexus.STATED
    return of_programme(programme)


def of_listings(listings: Iterable[Listed]) -> Nexus:
    """The strongest that any designation of these listings shows by its programme."""
    return strongest(
        of_programme(reference.programme_for(listed.official_list, each.code, each.act))
        for listed in listings
        for each in listed.designations
    )


def strongest(found: Iterable[Nexus]) -> Nexus:
    """The strongest of several, NONE if there are none."""
    return min(found, key=_STRENGTH.index, default=Nexus.NONE)
