"""Coverage of every subject on a day, and the gaps in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from importers import catalogue
from registry.domain import coverage, nexus, selection
from registry.domain.coverage import Listed, SubjectFacts, World
from registry.domain.selection import Traits
from registry.store import standing


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every subject that any list in use names on the day, in the order of their names.

    `unreconciled` counts, per official list, the listings that matching has not seen yet: they
    are in no subject, and cells that could hold them are unknown. `awaiting_review` counts the
    pairs of listings that a reviewer has to decide on.
    """

    world: World
    subjects: tuple[Traits, ...]
    unreconciled: Mapping[str, int]
    awaiting_review: int

    def find(self, subject_id: str) -> Traits | None:
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
    membership = standing.membership(session)
    subjects = tuple(
        _traits(each, world)
        for each in sorted(
            _facts(stood, membership), key=lambda each: (each.name.casefold(), each.id)
        )
    )
    return Coverage(world, subjects, unreconciled, len(membership.candidates))


def nothing(on: date) -> Coverage:
    """Coverage of no subject, for what rests on no list."""
    return Coverage(World(on=on), (), {}, 0)


def _traits(facts: SubjectFacts, world: World) -> Traits:
    return selection.traits(
        facts,
        coverage.cells(facts, world),
        coverage.situations(facts, world),
        nexus.of_listings(facts.listings).value,
    )


def _facts(
    stood: Iterable[standing.Standing], membership: standing.Membership
) -> list[SubjectFacts]:
    listed = _by_subject((each.listed for each in stood), membership)
    former = _by_subject((each.former for each in stood), membership)
    candidates = _candidates(listed, membership)
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


def _by_subject(
    groups: Iterable[Iterable[Listed]], membership: standing.Membership
) -> dict[str, list[Listed]]:
    found: dict[str, list[Listed]] = {}
    for group in groups:
        for listing in group:
            if subject := membership.subject_of.get(listing.key):
                found.setdefault(subject, []).append(listing)
    return found


def _candidates(
    listed: Mapping[str, list[Listed]], membership: standing.Membership
) -> dict[str, set[str]]:
    """For each subject the partners that list another one which may be the same.

    A pair stands for its two subjects: whoever lists the one may turn out to list the other.
    """
    found: dict[str, set[str]] = {}
    for left, right in membership.candidates:
        ends = membership.subject_of.get(left), membership.subject_of.get(right)
        for one, other in (ends, ends[::-1]):
            if one is not None and other is not None:
                partners = {each.partner for each in listed.get(other, ())}
                found.setdefault(one, set()).update(partners)
    return found
