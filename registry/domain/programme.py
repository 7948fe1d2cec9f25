"""A programme: the legal basis of a designation, and what it allows a partner to impose."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.domain.designation import Measure


class Answer(StrEnum):
    """Whether those designated under a programme are under a measure.

    CONDITIONAL: its flag, its list or the sanctions chosen decide, which the file must show.
    PERSONS: yes for individuals, conditional for others. UN_LISTED: yes for those whom the UN
    list puts under the measure, no for others.
    """

    YES = "yes"
    NO = "no"
    CONDITIONAL = "conditional"
    PERSONS = "persons"
    UN_LISTED = "un-listed"
    UNKNOWN = "unknown"


class Criteria(StrEnum):
    """How far the programme's criteria are about atrocities."""

    CORE = "core"
    PARTIAL = "partial"
    NONE = "none"


class Standing(StrEnum):
    """What an entry under a programme is.

    INTERIM is a block without a finding, no designation. ADVERSE programmes reach people who work
    on accountability: a neutral fact, never a ground to call another partner's silence a gap.
    UN_LIST applies the UN list and is no authority to designate.
    """

    DESIGNATION = "designation"
    INTERIM = "interim"
    ADVERSE = "adverse"
    UN_LIST = "un-list"


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    def lower(self, steps: int = 1) -> "Confidence":
        return _CONFIDENCES[min(self.doubt() + steps, 2)]

    def doubt(self) -> int:
        """0 for high to 2 for low."""
        return _CONFIDENCES.index(self)


_CONFIDENCES = tuple(Confidence)


@dataclass(frozen=True, slots=True)
class Programme:
    """One row of the reference table `programmes.csv`, whose columns `docs/method.md` explains.

    `travel_ban_from` is the day since which the law bans the entry of those designated, where that
    is later than the programme. `valid_until` is the day of the act that ended the programme,
    `renewal_on` the day when its known term runs out unless it is renewed.
    """

    key: str
    partner: str
    authority: str
    title: str
    instrument: str
    thematic: bool
    countries: frozenset[str]
    grounds: frozenset[str]
    asset_freeze: Answer
    freeze_basis: str
    travel_ban: Answer
    travel_ban_basis: str
    travel_ban_from: date | None
    criteria: Criteria
    mixed: bool
    valid_from: date | None
    valid_until: date | None
    renewal_on: date | None
    status: str
    standing: Standing
    confidence: Confidence
    checked_by: str
    instrument_seen: str
    note: str

    def answer(self, measure: Measure) -> Answer:
        return self.asset_freeze if measure is Measure.ASSET_FREEZE else self.travel_ban

    def basis(self, measure: Measure) -> str:
        return self.freeze_basis if measure is Measure.ASSET_FREEZE else self.travel_ban_basis

    def ended_by(self, on: date) -> bool:
        """Whether an act had ended the programme by that day."""
        if self.valid_until is None:
            return self.status == "ended"
        return self.valid_until <= on
