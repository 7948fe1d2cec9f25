"""Reconciling: which listings describe one person, entity, ship or aircraft."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from matching import engine
from matching.packed import Profiles
from matching.version import made_by
from registry.domain import identity
from registry.domain.party import Kind
from registry.services import listed_roles, prepare, weighing
from registry.services.prepare import Prepared
from registry.services.undisturbed import undisturbed
from registry.store import found_pairs, in_use, judgements, scores, subjects
from registry.store.database import touch
from registry.store.found_pairs import Pair
from registry.store.subjects import LatestListing

Keys = tuple[str, str]

# Whose spelling is shown where several lists name one subject; the order is a matter of display.
DISPLAY_ORDER = (
    "uk-sanctions-list",
    "un-sc",
    "us-ofac-sdn",
    "us-ofac-consolidated",
    "eu-fsf",
    "ca-sema",
    "au-dfat",
)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What a reconcile found: listings, subjects, automatic links, pairs for review."""

    listings: int
    changed: int
    subjects: int
    links: int
    candidates: int


@dataclass(frozen=True, slots=True)
class Matched:
    """What was found and is not yet stored: by matching, and the roles of versions that had none
    kept. `members`, `pairs` and `scores` are what is stored by now; `verdicts` is the fingerprint
    of those that were applied; `state` and `judged` tell what of the database it rests on."""

    listings: Sequence[LatestListing]
    changed: frozenset[str]
    prepared: Prepared
    roles: Mapping[int, str]
    matching: engine.Matching
    members: dict[str, tuple[str, int]]
    pairs: Sequence[Pair]
    scores: Mapping[Keys, float]
    verdicts: str
    state: tuple[object, ...]
    judged: tuple[int, ...]


def reconcile(
    session: Session,
    *,
    full: bool = False,
    progress: Callable[[float], None] | None = None,
    workers: int = 1,
) -> Reconciled:
    """Match what is new or amended since the last time and store it.

    Everything is matched anew if `full`, the first time, and if another state of matching gave
    the scores. Judgements are applied as they stand now, to new scores and old. Subjects keep
    their ids. Nothing is written when nothing changed. `workers` is the number of processes; see
    `matching.workers`.
    """
    return keep(session, find(session, full=full, progress=progress, workers=workers))


@undisturbed()
def find(
    session: Session,
    *,
    full: bool = False,
    progress: Callable[[float], None] | None = None,
    workers: int = 1,
) -> Matched:
    """Match as `reconcile` does, and write nothing: others may write meanwhile. Whoever keeps it
    then asks `is_outdated` first."""
    listings = subjects.latest_listings(session)
    members = subjects.members(session)
    changed = frozenset(
        each.key for each in listings if members.get(each.key, ("", 0))[1] != each.version_id
    )
    stored = list(found_pairs.every(session))
    weighed = scores.load(session)
    afresh = full or not members or scores.made_by(session) != made_by()
    prepared = prepare.prepare(session, listings, processes=workers)
    judged = _judged(session)
    verdicts = _fingerprint(judged)
    with listed_roles.prepared(session, listings, workers) as roles:
        matching = engine.match(
            prepared.profiles,
            judged,
            changed=None if afresh else changed,
            previous=None if afresh else _earlier(members, stored, weighed),
            rejudged=judgements.applied(session) != verdicts,
            progress=progress,
            workers=workers,
        )
        found_roles = roles()
    return Matched(
        listings,
        changed,
        prepared,
        found_roles,
        matching,
        members,
        stored,
        weighed,
        verdicts,
        _state(session),
        judgements.mark(session),
    )


def _earlier(
    members: Mapping[str, tuple[str, int]], pairs: Sequence[Pair], weighed: Mapping[Keys, float]
) -> engine.Matching:
    """What the last reconcile found, as it is stored."""
    clusters: dict[str, list[str]] = {}
    for key, (subject, _version) in members.items():
        clusters.setdefault(subject, []).append(key)
    return engine.Matching(
        tuple(frozenset(keys) for keys in clusters.values() if len(keys) > 1),
        tuple(engine.Link(p.left, p.right, p.score, p.probability) for p in pairs if p.linked),
        tuple(
            engine.Candidate(p.left, p.right, p.score, p.probability) for p in pairs if not p.linked
        ),
        weighed,
    )


def is_outdated(session: Session, found: Matched) -> bool:
    """Whether an edition came or went, or another reconcile ended, since it was found."""
    return _state(session) != found.state


def is_judged_since(session: Session, found: Matched) -> bool:
    """Whether reviewers judged since it was found: it can be kept, and another one is due."""
    return judgements.mark(session) != found.judged


def _state(session: Session) -> tuple[object, ...]:
    return in_use.accepted(session), scores.mark(session)


@undisturbed()
def keep(session: Session, found: Matched) -> Reconciled:
    """Store what `find` found, which is not outdated."""
    listings, matching, members = found.listings, found.matching, found.members
    gone = members.keys() - {each.key for each in listings}
    pairs = [
        *(Pair(e.left, e.right, True, e.score, e.probability) for e in matching.links),
        *(Pair(e.left, e.right, False, e.score, e.probability) for e in matching.candidates),
    ]
    assignment = _assign(session, listings, matching, members)
    subject_of = assignment.subject_of
    moved = {
        each.key
        for each in listings
        if members.get(each.key) != (subject_of[each.key], each.version_id)
    }
    before, now = set(found.pairs), set(pairs)
    same_pairs = {pair[:3] for pair in before - now} == {pair[:3] for pair in now - before}
    if moved or gone or not same_pairs or found.scores != matching.scores:
        scores.count_up(session)
    if moved or gone or not same_pairs:
        left = {members[key][0] for key in moved | gone if key in members}
        altered = left | {subject_of[key] for key in moved}
        by_subject: dict[str, list[LatestListing]] = {}
        for each in listings:
            if subject_of[each.key] in altered:
                by_subject.setdefault(subject_of[each.key], []).append(each)
        names = {subject: _shown(theirs) for subject, theirs in by_subject.items()}
        subjects.store(
            session, assignment, [each for each in listings if each.key in moved], gone, names
        )
        found_pairs.replace(session, before, now)
        touch(session)
    scores.replace(session, found.scores, matching.scores, made_by())
    judgements.note_applied(session, found.verdicts)
    prepare.keep(session, listings, found.prepared)
    listed_roles.keep(session, listings, found.roles)
    return Reconciled(
        len(listings),
        len(found.changed),
        len(set(subject_of.values())),
        len(matching.links),
        len(matching.candidates),
    )


def match_from_scratch(session: Session, profiles: Profiles, workers: int = 1) -> engine.Matching:
    """Match all listings with the judgements that stand, without storing anything."""
    return engine.match(profiles, _judged(session), workers=workers)


def links(
    listings: Sequence[LatestListing], matching: engine.Matching
) -> list[tuple[str, str, str]]:
    """The (list, reference, subject id) of every listing, as if there were no subjects yet."""
    assignment = identity.assign(_all_clusters(listings, matching), {}, {})
    return [(e.official_list, e.reference, assignment.subject_of[e.key]) for e in listings]


def _fingerprint(judged: Iterable[engine.Judged]) -> str:
    told = sorted(f"{each.left}\n{each.right}\n{each.verdict}" for each in judged)
    return hashlib.sha256("\n\n".join(told).encode()).hexdigest()


def _judged(session: Session) -> list[engine.Judged]:
    return [
        engine.Judged(left, right, verdict)
        for (left, right), verdict in weighing.verdicts(session).items()
    ]


def _assign(
    session: Session,
    listings: Sequence[LatestListing],
    matching: engine.Matching,
    members: dict[str, tuple[str, int]],
) -> identity.Assignment:
    return identity.assign(
        _all_clusters(listings, matching),
        {key: subject for key, (subject, _version) in members.items()},
        subjects.ages(session),
    )


def _all_clusters(
    listings: Sequence[LatestListing], matching: engine.Matching
) -> list[frozenset[str]]:
    clustered = {key for cluster in matching.clusters for key in cluster}
    alone = [frozenset({each.key}) for each in listings if each.key not in clustered]
    return [*matching.clusters, *alone]


def _shown(listings: Sequence[LatestListing]) -> tuple[str, str]:
    """The name and kind to show: the first list in the display order that gives them."""

    def rank(each: LatestListing) -> tuple[int, str]:
        place = (
            DISPLAY_ORDER.index(each.official_list)
            if each.official_list in DISPLAY_ORDER
            else len(DISPLAY_ORDER)
        )
        return place, each.key

    ordered = sorted(listings, key=rank)
    kinds = [each.kind for each in ordered if each.kind != Kind.UNKNOWN]
    return ordered[0].name, kinds[0] if kinds else Kind.UNKNOWN.value
