"""What could still impose a measure where no listing is found: authority, other lists, policies."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from registry.domain import reference
from registry.domain.designation import Measure
from registry.domain.party import Kind
from registry.domain.programme import Standing
from registry.domain.reference import UnimportedList, VisaPolicy


@dataclass(frozen=True, slots=True)
class Ground:
    """As what and why a subject is listed, by anyone.

    `nationalities` are those stated, `countries` also those that its programmes are about.
    """

    kind: Kind
    nationalities: frozenset[str]
    countries: frozenset[str]
    situations: frozenset[str]
    grounds: frozenset[str]


@lru_cache(maxsize=65536)
def ground(kind: Kind, nationalities: frozenset[str], programmes: frozenset[str]) -> Ground:
    found = [reference.programmes()[key] for key in programmes]
    return Ground(
        kind,
        nationalities,
        nationalities.union(*(each.countries for each in found)),
        reference.situations_of(programmes, nationalities),
        frozenset[str]().union(*(each.grounds for each in found)),
    )


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether a partner has an instrument for a subject: `possible`, and a word on it if any."""

    possible: bool
    note: str = ""


def reach(partner: str, subject: Ground, on: date) -> Reach:
    """Whether a dedicated or a thematic programme of the partner can reach this kind of subject.

    Known only where the subject stands in a situation: elsewhere an instrument may exist that the
    tables do not hold, and nothing is said.
    """
    return _reach(partner, subject.kind, subject.situations, on)


@lru_cache(maxsize=65536)
def _reach(partner: str, kind: Kind, situations: frozenset[str], on: date) -> Reach:
    known = reference.programmes()
    stood = [reference.situations()[key] for key in sorted(situations)]
    keys = frozenset[str]().union(*(each.programmes | each.also for each in stood))
    dedicated = any(
        known[key].partner == partner
        and known[key].standing is not Standing.UN_LIST
        and not known[key].ended_by(on)
        for key in keys
    )
    if dedicated or not stood:
        return Reach(True)
    law = reference.partners()[partner]
    reasons = [each.none[partner] for each in stood if partner in each.none]
    why = "; ".join(reasons) or "No dedicated programme"
    if law.thematic and kind in law.thematic_kinds | {Kind.UNKNOWN}:
        return Reach(True, f"Thematic only: {law.thematic}. {why}")
    return Reach(False, why)


def unimported(
    partner: str, measure: Measure, subject: Ground
) -> tuple[UnimportedList | None, UnimportedList | None]:
    """A list we do not import that could impose the measure on this subject, and one that could
    hold it for other measures only."""
    imposing = beside = None
    for each in reference.unimported_lists():
        if each.partner == partner and _could_hold(each, subject):
            if measure in each.measures:
                imposing = imposing or each
            elif not each.measures:
                beside = beside or each
    return imposing, beside


def _could_hold(each: UnimportedList, subject: Ground) -> bool:
    if subject.kind not in each.kinds or each.grounds.isdisjoint(subject.grounds):
        return False
    if each.only_ground and not subject.grounds <= each.grounds:
        return False
    return not each.countries or not each.countries.isdisjoint(subject.countries)


def visa_policy(partner: str, subject: Ground, on: date) -> VisaPolicy | None:
    """An announced policy of unpublished entry bans that covers the subject's situation."""
    if subject.kind is not Kind.PERSON:
        return None
    for each in reference.visa_policies():
        covered = not each.situations.isdisjoint(subject.situations)
        if each.partner == partner and each.announced_on <= on and covered:
            return each
    return None
