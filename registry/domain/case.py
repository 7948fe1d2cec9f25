"""What a cell is decided from: one partner's measure on one subject, with all that bears on it."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from registry.domain.authority import Ground
from registry.domain.cell import Listed, Search, SubjectFacts, World
from registry.domain.designation import Measure
from registry.domain.law import Claim

UN_LIST = "un-sc"


class Found(NamedTuple):
    """A claim and the listing that it rests on."""

    claim: Claim
    listed: Listed
    listed_on: date | None


class Case(NamedTuple):
    """`listings` and `former` are the partner's own, `found` what designations say of the measure.

    `search` is the list on which an absence rests. `un_unsettled` tells that a UN reference is
    cited while there is no good edition of the UN's list.
    """

    partner: str
    measure: Measure
    world: World
    search: Search
    facts: SubjectFacts
    subject: Ground
    listings: Sequence[Listed]
    former: Sequence[Listed]
    found: Sequence[Found]
    un_unsettled: bool
    deceased: bool

    @property
    def un_binds(self) -> bool:
        """Whether the UN's list imposes the measure here without an entry on the partner's own."""
        return self.partner == "CA" or (self.partner == "US" and self.measure is Measure.TRAVEL_BAN)
