"""Programmes: what the table says of each, who is designated under it, and codes it lacks."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from importers import catalogue
from registry.domain import nexus, reference
from registry.domain.cell import Listed
from registry.domain.designation import Designation, Measure
from registry.domain.nexus import Nexus
from registry.domain.programme import Answer, Programme
from registry.domain.publication import ProgrammeRow, UnmappedRow
from registry.domain.reference import Situation
from registry.domain.selection import Traits
from registry.services import snapshot
from registry.services.remembered import Remembered
from registry.store import in_use, standing


@dataclass(frozen=True, slots=True)
class Usage:
    """How many listings in use name each programme, and the codes that no programme knows."""

    listings: Mapping[str, int]
    unmapped: tuple[UnmappedRow, ...]


def usage(session: Session, today: date) -> Usage:
    """Counted in the newest editions of the lists in use; reconciled or not."""
    return _usages.get(session, today, lambda: _count(session, today))


def _count(session: Session, today: date) -> Usage:
    editions = standing.editions_in_use(session, catalogue.official_lists(), today)
    listings: Counter[str] = Counter()
    unmapped: Counter[tuple[str, str, str]] = Counter()
    for official_list, acts in in_use.designations(session, editions.values()):
        named = set()
        for each in acts:
            found = reference.programme_for(official_list, each.code, each.act)
            if found:
                named.add(found.key)
            else:
                unmapped[official_list, each.code, each.act] += 1
        listings.update(named)
    return Usage(
        listings,
        tuple(
            UnmappedRow(*key, count)
            for key, count in sorted(unmapped.items(), key=lambda item: (-item[1], item[0]))
        ),
    )


def unmapped(session: Session, today: date, partner: str | None = None) -> Iterator[UnmappedRow]:
    """The codes that no programme knows, of one partner's lists or of all, the most used first."""
    partner_of = {each.key: each.partner for each in catalogue.official_lists()}
    for each in usage(session, today).unmapped:
        if partner in (None, partner_of[each.official_list]):
            yield each


def rows(session: Session, today: date, partner: str | None = None) -> Iterator[ProgrammeRow]:
    """The table of programmes in its own order, of one partner or of all."""
    counted = usage(session, today).listings
    for each in reference.programmes().values():
        if partner in (None, each.partner):
            yield ProgrammeRow(
                each,
                nexus.of_programme(each),
                tuple(situation.key for situation in situations(each.key)),
                counted.get(each.key, 0),
            )


def situations(key: str) -> tuple[Situation, ...]:
    """The situations that the programme is one of, and those that it reaches as well."""
    return tuple(
        each
        for each in reference.situations().values()
        if key in each.programmes or key in each.also
    )


@dataclass(frozen=True, slots=True)
class MeasureOfProgramme:
    measure: Measure
    answer: Answer
    basis: str


@dataclass(frozen=True, slots=True)
class Designated:
    """A subject designated under the programme, by one of its listings and these acts."""

    subject: Traits
    listing: Listed
    acts: tuple[Designation, ...]


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """A programme with all that a page shows of it. `counterparts` are by partner; `designated`
    is in the order of the subjects' names."""

    programme: Programme
    nexus: Nexus
    measures: tuple[MeasureOfProgramme, ...]
    situations: tuple[Situation, ...]
    counterparts: Mapping[str, tuple[Programme, ...]]
    designated: tuple[Designated, ...]


def page(session: Session, key: str, on: date, today: date) -> ProgrammePage | None:
    """The programme as of a day; None if the table has no such key."""
    programme = reference.programmes().get(key)
    if programme is None:
        return None
    return ProgrammePage(
        programme,
        nexus.of_programme(programme),
        tuple(
            MeasureOfProgramme(each, programme.answer(each), programme.basis(each))
            for each in Measure
        ),
        situations(key),
        {
            partner: tuple(reference.programmes()[each] for each in keys)
            for partner, keys in reference.counterparts(key).items()
        },
        _designated.get(session, (on, today), lambda: _by_programme(session, on, today)).get(
            key, ()
        ),
    )


def _by_programme(session: Session, on: date, today: date) -> dict[str, tuple[Designated, ...]]:
    found: dict[str, list[Designated]] = {}
    for subject in snapshot.snapshot(session, on, today).coverage.subjects:
        for listing in subject.facts.listings:
            acts: dict[str, list[Designation]] = {}
            for each in listing.designations:
                programme = reference.programme_for(listing.official_list, each.code, each.act)
                if programme:
                    acts.setdefault(programme.key, []).append(each)
            for key, theirs in acts.items():
                found.setdefault(key, []).append(Designated(subject, listing, tuple(theirs)))
    return {key: tuple(theirs) for key, theirs in found.items()}


_usages: Remembered[Usage] = Remembered(most=2)
_designated: Remembered[dict[str, tuple[Designated, ...]]] = Remembered(most=2)
