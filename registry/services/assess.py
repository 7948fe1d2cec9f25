"""Coverage of every subject on a day, and the gaps in it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeGuard

from sqlalchemy.orm import Session

from importers import catalogue
from matching import model
from registry.domain import act, coverage, nexus, override, ownership, selection
from registry.domain.act import RecordedAct
from registry.domain.cell import Listed, Near, SubjectFacts, World
from registry.domain.designation import Measure
from registry.domain.finding import DesignationKey
from registry.domain.judgement import Pair
from registry.domain.override import Field, Override
from registry.domain.party import Kind
from registry.domain.selection import Traits
from registry.services import nexus as findings
from registry.services import weighing
from registry.services.undisturbed import undisturbed
from registry.store import acts, overrides, scores, standing
from registry.store import ownership as stated


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


@undisturbed()
def assess(
    session: Session,
    on: date,
    today: date,
    subject_id: str | None = None,
    before: Coverage | None = None,
) -> Coverage:
    """Compute coverage as of `on` from the stored editions and the present identities.

    Of one subject if `subject_id` is given (none if no list ever named it), else of all. From
    `before`, coverage of the same day in an earlier state of the database, the subjects are taken
    of which all that is known is still the same: most, unless a list has a new edition.
    """
    lists = catalogue.official_lists()
    membership = standing.membership(session)
    editions = standing.editions_in_use(session, lists, on)
    controls = stated.controls(session, editions.values(), subject_id)
    corrected = override.in_force(overrides.recorded(session))
    rejected = _rejected(session, membership)
    wanted = _neighbours(subject_id, membership, rejected, controls) if subject_id else None
    stood = [standing.standing(session, each, on, today, corrected, wanted) for each in lists]
    unreconciled = standing.outdated_members(session)
    partner_of = {each.key: each.partner for each in lists}
    world = World(
        on=on,
        lists={each.status.official_list.key: each.status for each in stood},
        unreconciled=frozenset(partner_of[key] for key in unreconciled if key in partner_of),
    )
    known = _Known(
        world,
        membership,
        _corrected_kinds(corrected, membership),
        _by_subject((each.listed for each in stood), membership),
        _by_subject((each.former for each in stood), membership),
        controls,
        acts.recorded(session),
        rejected,
    )
    stated_nexus = findings.stated(session, on, {each.key for of in stood for each in of.listed})
    assessed = {each.facts.id: each for each in before.subjects} if _like(before, world) else {}
    subjects = tuple(
        _traits(each, world, stated_nexus, assessed.get(each.id))
        for each in sorted(_facts(known), key=lambda each: (each.name.casefold(), each.id))
        if subject_id in (None, each.id)
    )
    return Coverage(world, subjects, unreconciled, len(membership.candidates))


def nothing(on: date) -> Coverage:
    """Coverage of no subject, for what rests on no list."""
    return Coverage(World(on=on), (), {}, 0)


def _like(before: Coverage | None, world: World) -> TypeGuard[Coverage]:
    """Whether coverage was computed against the same day and the same status of every list."""
    return before is not None and before.world == world


def _traits(
    facts: SubjectFacts,
    world: World,
    stated_nexus: frozenset[DesignationKey],
    before: Traits | None,
) -> Traits:
    found = nexus.of_listings(facts.listings, stated_nexus).value
    if before is not None and (before.facts, before.nexus) == (facts, found):
        return before
    return selection.traits(
        facts, coverage.cells(facts, world), coverage.situations(facts, world), found
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """All that is known on the day; `listed` and `former` are by subject, as are the corrected
    `kinds`."""

    world: World
    membership: standing.Membership
    kinds: Mapping[str, Kind]
    listed: Mapping[str, list[Listed]]
    former: Mapping[str, list[Listed]]
    controls: Sequence[ownership.Control]
    acts: Sequence[RecordedAct]
    rejected: Sequence[Pair]

    def name(self, subject: str) -> str:
        return self.membership.shown[subject][0]

    def kind(self, subject: str) -> Kind:
        """The kind that a correction gives, if any, else the one that matching shows."""
        return self.kinds.get(subject) or self.membership.shown[subject][1]

    def freezing(self, subject: str) -> frozenset[str]:
        listings = self.listed.get(subject, ())
        return coverage.imposing(Measure.ASSET_FREEZE, listings, self.kind(subject), self.world)


def _facts(known: _Known) -> Iterator[SubjectFacts]:
    candidates = _candidates(known)
    near = _near(known)
    bearers = Counter(name.casefold() for name, _ in known.membership.shown.values())
    owners = ownership.owners(
        known.controls, known.membership.subject_of, known.freezing, known.name
    )
    acts_on: dict[str, list[RecordedAct]] = {}
    for each in known.acts:
        acts_on.setdefault(each.subject, []).append(each)
    for subject in known.listed.keys() | known.former.keys():
        former = tuple(sorted(known.former.get(subject, ()), key=lambda each: each.key))
        kind = known.kind(subject)
        yield SubjectFacts(
            id=subject,
            name=known.name(subject),
            kind=kind,
            listings=tuple(sorted(known.listed.get(subject, ()), key=lambda each: each.key)),
            former=former,
            candidates=frozenset(candidates.get(subject, ())),
            pending=act.pending(acts_on.get(subject, ()), former, known.world.on),
            owners=() if kind is Kind.PERSON else owners.get(subject, ()),
            near=tuple(near.get(subject, {}).values()),
            namesakes=bearers[known.name(subject).casefold()] > 1,
        )


def _rejected(session: Session, membership: standing.Membership) -> list[Pair]:
    """The pairs that come near without being candidates, the nearest first, but for those of
    subjects that reviewers have decided on."""
    subject = membership.subject_of.get
    decided = {frozenset(map(subject, pair)) for pair in weighing.verdicts(session)}
    return [
        pair
        for pair, _ in scores.below(session, model.REVIEW)
        if frozenset(map(subject, pair)) not in decided
    ]


def _near(known: _Known) -> dict[str, dict[str, Near]]:
    """For each subject, by partner, the nearest listing of another one that was rejected."""
    listed = {each.key: each for of in known.listed.values() for each in of}
    found: dict[str, dict[str, Near]] = {}
    subject_of = known.membership.subject_of
    for left, right in known.rejected:
        for one, other in ((left, right), (right, left)):
            subject = subject_of.get(one)
            if other in listed and subject not in (None, subject_of.get(other)):
                each = listed[other]
                near = Near(each.partner, each.official_list, each.reference, each.name)
                found.setdefault(subject, {}).setdefault(each.partner, near)
    return found


def _corrected_kinds(
    corrected: Mapping[str, tuple[Override, ...]], membership: standing.Membership
) -> dict[str, Kind]:
    """By subject, the kind that overrides of its listings give it; the latest if they differ."""
    given = [
        (one.entered_at, membership.subject_of[listing], Kind(one.value))
        for listing, overrides_ in corrected.items()
        for one in overrides_
        if one.field is Field.KIND and listing in membership.subject_of
    ]
    return {subject: kind for _, subject, kind in sorted(given)}


def _neighbours(
    subject: str,
    membership: standing.Membership,
    rejected: Iterable[Pair],
    controls: Iterable[ownership.Control],
) -> set[str]:
    """The subject and all whose listings bear on it: possible and near matches, owners,
    controllers."""
    pairs = [
        *membership.candidates,
        *rejected,
        *((each.controlled, each.controller) for each in controls),
    ]
    found = {subject}
    for pair in pairs:
        ends = [membership.subject_of.get(key) for key in pair]
        if subject in ends:
            found.update(filter(None, ends))
    return found


def _by_subject(
    groups: Iterable[Iterable[Listed]], membership: standing.Membership
) -> dict[str, list[Listed]]:
    found: dict[str, list[Listed]] = {}
    for group in groups:
        for listing in group:
            if subject := membership.subject_of.get(listing.key):
                found.setdefault(subject, []).append(listing)
    return found


def _candidates(known: _Known) -> dict[str, set[str]]:
    """For each subject the partners that list another one which may be the same.

    A pair stands for its two subjects: whoever lists the one may turn out to list the other.
    """
    found: dict[str, set[str]] = {}
    subject_of = known.membership.subject_of
    for left, right in known.membership.candidates:
        ends = subject_of.get(left), subject_of.get(right)
        for one, other in (ends, ends[::-1]):
            if one is not None and other is not None:
                partners = {each.partner for each in known.listed.get(other, ())}
                found.setdefault(one, set()).update(partners)
    return found
