"""Overrides: an officer corrects what a listing says of its kind, its measures or its date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from registry.domain.designation import DateBasis, Designation, Measure
from registry.domain.party import Kind
from registry.domain.record import InvalidRecord, Withdrawal, require


class Field(StrEnum):
    KIND = "kind"
    ASSET_FREEZE = Measure.ASSET_FREEZE.value
    TRAVEL_BAN = Measure.TRAVEL_BAN.value
    LISTED_ON = "listed-on"


WORDS = {True: "yes", False: "no"}
_IMPOSED = {word: imposed for imposed, word in WORDS.items()}
_MEASURES = {Field.ASSET_FREEZE: Measure.ASSET_FREEZE, Field.TRAVEL_BAN: Measure.TRAVEL_BAN}


@dataclass(frozen=True, slots=True)
class Override:
    """One correction of one listing, known by its key, with what it rests on.

    `value` is a kind, `yes` or `no` for a measure, or a date as 2026-05-12.
    """

    listing: str
    field: Field
    value: str
    reason: str
    source: str
    officer: str
    entered_at: datetime

    def __post_init__(self) -> None:
        require(reason=self.reason, source=self.source, officer=self.officer)
        if self.field is Field.KIND and self.value not in set(Kind) - {Kind.UNKNOWN}:
            raise InvalidRecord(
                f"{self.value!r} is no kind: person, entity, vessel or aircraft.", "value"
            )
        if self.field in _MEASURES and self.value not in _IMPOSED:
            raise InvalidRecord(f"{self.value!r}: a measure is overridden with yes or no.", "value")
        if self.field is Field.LISTED_ON:
            _date(self.value)

    @property
    def measure(self) -> Measure | None:
        """The measure that it overrides; None if it overrides something else."""
        return _MEASURES.get(self.field)

    @property
    def sentence(self) -> str:
        """Shown with every cell that it bears on."""
        reason = self.reason.rstrip(". ")
        return f"{self._what} is overridden by {self.officer} because {reason} ({self.source})"

    @property
    def unsigned_sentence(self) -> str:
        """The same for those who may not read which officer it was, and why."""
        return f"{self._what} is overridden by an officer ({self.source})"

    @property
    def _what(self) -> str:
        what = {Field.KIND: "The kind", Field.LISTED_ON: "The date of listing"}.get(
            self.field, f"The {self.field.value.replace('-', ' ')}"
        )
        return f"{what} ({self.value})"


@dataclass(frozen=True, slots=True)
class RecordedOverride:
    """An override as it is kept, with the number that it is withdrawn by."""

    id: int
    override: Override
    withdrawn: Withdrawal | None = None


def in_force(recorded: Iterable[RecordedOverride]) -> dict[str, tuple[Override, ...]]:
    """By listing, the latest override of each field that was not withdrawn."""
    latest: dict[tuple[str, Field], Override] = {}
    for each in sorted(recorded, key=lambda each: each.id):
        if each.withdrawn is None:
            latest[each.override.listing, each.override.field] = each.override
    found: dict[str, tuple[Override, ...]] = {}
    for (listing, _field), override in latest.items():
        found[listing] = (*found.get(listing, ()), override)
    return found


def stated(field: Field, party_kind: Kind, acts: Sequence[Designation]) -> str:
    """What the list itself says where the override says something else, "" where it is silent."""
    match field:
        case Field.KIND:
            return party_kind.value
        case Field.LISTED_ON:
            said = [each.listed_on.isoformat() for each in acts if each.listed_on]
        case _:
            said = [
                WORDS[imposed]
                for each in acts
                for measure, imposed in each.stated
                if measure is _MEASURES[field]
            ]
    return ", ".join(dict.fromkeys(said))


def kind(stated: Kind, overrides: Sequence[Override]) -> Kind:
    """The listing's kind, corrected."""
    corrected = [each.value for each in overrides if each.field is Field.KIND]
    return Kind(corrected[-1]) if corrected else stated


def designations(
    stated: tuple[Designation, ...], overrides: Sequence[Override]
) -> tuple[Designation, ...]:
    """The listing's designations, every one corrected."""
    for each in overrides:
        if each.measure is not None:
            word = (each.measure, _IMPOSED[each.value])
            stated = tuple(
                replace(
                    act, stated=(*(one for one in act.stated if one[0] is not each.measure), word)
                )
                for act in stated
            )
        elif each.field is Field.LISTED_ON:
            on = _date(each.value)
            stated = tuple(
                replace(act, listed_on=on, date_basis=DateBasis.OVERRIDDEN) for act in stated
            )
    return stated


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidRecord(f"{text!r} is no date like 2026-05-12.", "value") from None
