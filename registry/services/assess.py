"""Coverage of every subject on a day, and the gaps in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from importers import catalogue
from registry.domain import coverage
from registry.domain.coverage import Cell, Listed, SubjectFacts, World
from registry.store import standing


@dataclass(frozen=True, slots=True)
class Assessed:
    """One subject with its cells on the day asked for."""

    facts: SubjectFacts
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every subject that any list in use names on the day, in the order of their names.

    `unreconciled` counts, per official list, the listings that matching has not seen yet: they
    are in no subject, and cells that could hold them are unknown.
    """

    world: World
    subjects: tuple[Assessed, ...]
    unreconciled: Mapping[str, int]

    def find(self, subject_id: str) -> Assessed | None:
        return next((each for each in self.subjects if each.facts.id == subject_id), None)


def assess(session: Session, on: date, today: date, subject_id: str | None = None) -> Coverage:
    """Compute coverage as of `on` from the stored editions and the present identities.

    Of one subject if `subject_id` is given (none if no list ever named it), else of all.
    """
    lists = catalogue.official_lists()
    stood = [standing.standing(session, each, on, today, subject_id) for each in lists]
    unreconciled = standing.outdated_members(session)
    partner_of = {each.key: each.partner for each in lists}
    world = World(
        on=on,
        lists={each.status.official_list.key: each.status for each in stood},
        unreconciled=frozenset(partner_of[key] for key in unreconciled if key in partner_of),
    )
    facts = _facts(stood, standing.membership(session))
    subjects = tuple(
        Assessed(each, coverage.cells(each, world))
        for each in sorted(facts, key=lambda each: (each.name.casefold(), each.id))
    )
    return Coverage(world, subjects, unreconciled)


def _facts(
    stood: Iterable[standing.Standing], membership: standing.Membership
) -> list[SubjectFacts]:
    listed: dict[str, list[Listed]] = {}
    former: dict[str, list[Listed]] = {}
    partner_of: dict[str, str] = {}
    for each in stood:
        for group, into in ((each.listed, listed), (each.former, former)):
            for listing in group:
                subject = membership.subject_of.get(listing.key)
                if subject is not None:
                    into.setdefault(subject, []).append(listing)
                    if group is each.listed:
                        partner_of[listing.key] = listing.partner
    candidates: dict[str, set[str]] = {}
    for left, right in membership.candidates:
        for one, other in ((left, right), (right, left)):
            if other in partner_of and one in membership.subject_of:
                candidates.setdefault(membership.subject_of[one], set()).add(partner_of[other])
    facts = []
    for subject in listed.keys() | former.keys():
        name, kind = membership.shown[subject]
        facts.append(
            SubjectFacts(
                id=subject,
                name=name,
                kind=kind,
                listings=tuple(sorted(listed.get(subject, ()), key=lambda each: each.key)),
                former=tuple(sorted(former.get(subject, ()), key=lambda each: each.key)),
                candidates=frozenset(candidates.get(subject, ())),
            )
        )
    return facts
