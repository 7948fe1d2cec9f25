"""Judgements: recording them, taking them back, and what they come to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import product

from sqlalchemy.orm import Session

from registry.domain.changes import is_another_party
from registry.domain.judgement import (
    Conflict,
    Decisions,
    InvalidJudgement,
    Judgement,
    Pair,
    Recorded,
    Reopening,
    Status,
    Undoing,
    Verdict,
    decide,
    ordered,
    reopening,
)
from registry.domain.rekeying import Rekeying, current_keys
from registry.domain.trail import Action
from registry.services import audit
from registry.services.remembered import Remembered
from registry.store import judgements, scores, subjects
from registry.store.database import touch
from registry.store.judgements import Bearer, Held


@dataclass(frozen=True, slots=True)
class Weighed:
    """Every judgement with what it counts for. `reopened` is by judgement id: what must be looked
    at again. `held` has the judged listings that an accepted edition holds. `on_listing` has the
    judgements by the listings that they are on."""

    recorded: tuple[Recorded, ...]
    reopened: Mapping[int, Reopening]
    decisions: Decisions
    held: Mapping[str, Held]
    on_listing: Mapping[str, Sequence[Recorded]]

    def on(self, keys: Collection[str]) -> list[Recorded]:
        """Every judgement on one of these listings, also those taken back, the newest first."""
        found = {each.id: each for key in keys for each in self.on_listing.get(key, ())}
        return [found[id_] for id_ in sorted(found, reverse=True)]

    def conflicts_of(self, pair: Pair) -> tuple[Conflict, ...]:
        """The conflicts that a judgement on this pair has a part in."""
        return tuple(
            each for each in self.decisions.conflicts if pair == each.apart or pair in each.steps
        )

    def sentence(self, conflict: Conflict) -> str:
        return conflict.sentence(
            {key: f"{each.official_list}:{each.reference}" for key, each in self.held.items()}
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a new judgement. `conflicts` are sentences."""

    id: int
    status: Status
    conflicts: tuple[str, ...]


def weigh(session: Session) -> Weighed:
    recorded = judgements.recorded(session)
    keys = {key for each in recorded for key in each.judgement.pair}
    held = judgements.held(session, keys)
    reopened = _reopened(session, recorded, held)
    needed = judgements.reviewers_needed(session)
    on_listing: dict[str, list[Recorded]] = {}
    for each in recorded:
        for key in each.judgement.pair:
            on_listing.setdefault(key, []).append(each)
    return Weighed(recorded, reopened, decide(recorded, reopened, needed), held, on_listing)


def weighed(session: Session) -> Weighed:
    """The same, kept as long as the database is as it is."""
    return _weighed.get(session, judgements.mark(session), lambda: weigh(session))


_weighed: Remembered[Weighed] = Remembered(most=1)


def verdicts(session: Session) -> dict[Pair, Verdict]:
    """What stands of every judged pair, for matching; a listing and what it goes on as are one."""
    found = dict(weigh(session).decisions.verdicts)
    for old, new in current_keys(judgements.rekeyings(session)).items():
        found[ordered(old, new)] = Verdict.SAME
    return found


def listing_key(session: Session, official_list: str, reference: str) -> str:
    """The key of the listing that stands, or last stood, under the reference.

    Raises InvalidJudgement if there is none.
    """
    key = judgements.find_key(session, official_list, reference)
    if key is None:
        raise InvalidJudgement(
            f"No listing {official_list}:{reference} is held; find it with search or show."
        )
    return key


def record(
    session: Session,
    left: str,
    right: str,
    verdict: Verdict,
    reviewer: str,
    reason: str,
    at: datetime,
) -> Outcome:
    """Record a reviewer's verdict on two listings, given by their keys.

    Raises InvalidJudgement. What it changes shows after the next reconcile.
    """
    (judgement_id,) = _add(session, [(left, right)], verdict, reviewer, reason, at)
    weighed = weigh(session)
    pair = next(each.judgement.pair for each in weighed.recorded if each.id == judgement_id)
    return Outcome(
        judgement_id,
        weighed.decisions.statuses[judgement_id],
        tuple(map(weighed.sentence, weighed.conflicts_of(pair))),
    )


def foreseen(
    session: Session, pair: Pair, verdict: Verdict, reviewer: str, at: datetime
) -> tuple[str, ...]:
    """The conflicts, as sentences, that the verdict would have a part in. Nothing is recorded."""
    weighed = weigh(session)
    judgement = Judgement(*pair, verdict, reviewer, "foreseen", at)
    supposed = Recorded(1 + max((each.id for each in weighed.recorded), default=0), judgement)
    decisions = decide(
        (*weighed.recorded, supposed),
        weighed.reopened,
        judgements.reviewers_needed(session),
    )
    would_be = replace(weighed, decisions=decisions)
    return tuple(map(would_be.sentence, would_be.conflicts_of(ordered(*pair))))


def on_pair(session: Session, pair: Pair) -> tuple[Weighed, tuple[Recorded, ...]]:
    """What all judgements come to, and those on this pair, the newest first."""
    weighed = weigh(session)
    found = [each for each in weighed.recorded if each.judgement.pair == ordered(*pair)]
    return weighed, tuple(reversed(found))


def undo(session: Session, judgement_id: int, reviewer: str, reason: str, at: datetime) -> Recorded:
    """Take a judgement back, as an act of its own: both stay on record.

    Raises InvalidJudgement if there is no such judgement or it was taken back before.
    """
    undoing = Undoing(_one_line(reviewer), reason.strip(), at)
    found = {each.id: each for each in judgements.recorded(session)}.get(judgement_id)
    if found is None:
        raise InvalidJudgement(f"There is no judgement {judgement_id} to take back.")
    if found.undone:
        raise InvalidJudgement(
            f"Judgement {judgement_id} was taken back by {found.undone.reviewer} on "
            f"{found.undone.undone_at:%d %B %Y}; judge anew to restore it."
        )
    judgements.undo(session, judgement_id, undoing)
    audit.record(
        session, Action.JUDGEMENT_UNDONE, f"judgement:{judgement_id}", reviewer=undoing.reviewer
    )
    return found


def split(
    session: Session,
    subject_id: str,
    leaving: Collection[str],
    reviewer: str,
    reason: str,
    at: datetime,
) -> list[int]:
    """Part a subject in two: no listing of `leaving` (keys) belongs with any that stays.

    Records one `different` for each pair across and returns their ids, so that matching can not
    join the parts again. Raises InvalidJudgement.
    """
    subject = subjects.find(session, subject_id)
    if subject is None:
        raise InvalidJudgement(f"There is no subject {subject_id}.")
    members = subjects.listing_keys(session, subject.id)
    if strangers := set(leaving) - members:
        raise InvalidJudgement(
            f"{', '.join(sorted(strangers))}: no listing of {subject.id}, so it can not leave it."
        )
    staying = members - set(leaving)
    if not leaving or not staying:
        raise InvalidJudgement("A split needs listings that leave and listings that stay.")
    pairs = list(product(sorted(leaving), sorted(staying)))
    return _add(session, pairs, Verdict.DIFFERENT, reviewer, reason, at)


def pair_to_join(session: Session, subject_id: str, other: str) -> Pair:
    """The two listings to be judged the same so that a subject and another one are one: those
    most alike, of all that matching compared. `other` is a subject's id or `list:reference`.

    Raises InvalidJudgement if there is no such subject or listing, or they are one already.
    """
    one = _members(session, subject_id)
    official_list, colon, reference = other.strip().partition(":")
    others = {listing_key(session, official_list, reference)} if colon else _members(session, other)
    if others <= one:
        raise InvalidJudgement(f"{other} is this subject already.")
    likeness = scores.among(session, one, others)
    return max(
        (ordered(left, right) for left, right in product(sorted(one), sorted(others))),
        key=lambda pair: likeness.get(pair, float("-inf")),
    )


def _members(session: Session, subject_id: str) -> set[str]:
    subject = subjects.find(session, subject_id.strip())
    if subject is None:
        raise InvalidJudgement(f"There is no subject {subject_id}; find it with search.")
    return subjects.listing_keys(session, subject.id)


def rekey(session: Session, made: Sequence[Rekeying]) -> None:
    """Let listings go on under other keys: what was judged of the old counts for the new, and the
    two are one subject.

    Raises InvalidJudgement if a new key is not held, the listings are different parties, or the
    keys lead in a circle.
    """
    current_keys([*judgements.rekeyings(session), *made])
    moved = [each for each in made if each.old_key != each.new_key]
    held = judgements.held(session, {key for e in moved for key in (e.old_key, e.new_key)})
    said = judgements.said(session, held, {each.content_hash for each in held.values()})
    standing = weigh(session).decisions.verdicts
    for each in moved:
        if each.new_key not in held:
            raise InvalidJudgement(f"{each.new_key} is not held; import its list first.")
        if standing.get(ordered(each.old_key, each.new_key)) is Verdict.DIFFERENT:
            raise InvalidJudgement(
                f"{each.old_key} and {each.new_key} are judged different; take that back first."
            )
        old = held.get(each.old_key)
        if old and is_another_party(said[old.content_hash], said[held[each.new_key].content_hash]):
            raise InvalidJudgement(
                f"{each.old_key} and {each.new_key} share no word of a name, no birth date and no "
                "identifier: they are not one listing."
            )
    judgements.add_rekeyings(session, made)
    touch(session)
    for each in made:
        audit.record(session, Action.KEYS_CHANGED, f"listing:{each.old_key}", now=each.new_key)


def require_reviewers(
    session: Session, reviewers: int, reviewer: str, reason: str, at: datetime
) -> None:
    """Set how many reviewers have to agree before a verdict stands: 1, or 2."""
    if reviewers not in (1, 2):
        raise InvalidJudgement("One reviewer decides, or two have to agree.")
    if not reason.strip() or not reviewer.strip():
        raise InvalidJudgement("A change of policy needs a reviewer and a reason.")
    judgements.set_reviewers_needed(session, reviewers, _one_line(reviewer), reason.strip(), at)
    touch(session)
    audit.record(session, Action.REVIEW_POLICY_SET, "policy:review", reviewers=reviewers)


def _add(
    session: Session,
    pairs: Sequence[Pair],
    verdict: Verdict,
    reviewer: str,
    reason: str,
    at: datetime,
) -> list[int]:
    now = current_keys(judgements.rekeyings(session))
    current = [(now.get(left, left), now.get(right, right)) for left, right in pairs]
    held = judgements.held(session, {key for pair in current for key in pair})
    ids = []
    for left, right in current:
        for key in (left, right):
            if key not in held:
                raise InvalidJudgement(f"No listing {key} is held, so it can not be judged.")
        judgement = Judgement(
            left,
            right,
            verdict,
            _one_line(reviewer),
            reason.strip(),
            at,
            held[left].content_hash,
            held[right].content_hash,
        )
        ids.append(judgements.add(session, judgement))
        audit.record(
            session,
            Action.JUDGED,
            f"judgement:{ids[-1]}",
            pair=list(judgement.pair),
            verdict=verdict.value,
            reviewer=judgement.reviewer,
        )
    return ids


def _one_line(name: str) -> str:
    return " ".join(name.split())


def _reopened(
    session: Session, recorded: Sequence[Recorded], held: Mapping[str, Held]
) -> dict[int, Reopening]:
    sides = [
        (each, key, fingerprint)
        for each in recorded
        if each.undone is None
        for key, fingerprint in (
            (each.judgement.left, each.judgement.left_fingerprint),
            (each.judgement.right, each.judgement.right_fingerprint),
        )
    ]
    changed = {
        (key, fingerprint)
        for _each, key, fingerprint in sides
        if key in held and held[key].content_hash != fingerprint
    }
    reasons = _compared(session, changed, held)
    bearers = judgements.reused(session)
    weight = list(Reopening).index
    found: dict[int, Reopening] = {}
    for each, key, fingerprint in sides:
        for reason in (
            reasons.get((key, fingerprint)),
            None if key in held else Reopening.NOT_HELD,
            _since(each.judgement, key, bearers),
        ):
            if reason and (each.id not in found or weight(reason) > weight(found[each.id])):
                found[each.id] = reason
    return found


def _compared(
    session: Session, changed: Collection[tuple[str, str]], held: Mapping[str, Held]
) -> dict[tuple[str, str], Reopening | None]:
    """Compare what each listing (key, fingerprint) said when it was judged with what it says."""
    earlier: dict[str, set[str]] = {}
    for old, new in current_keys(judgements.rekeyings(session)).items():
        earlier.setdefault(new, set()).add(old)
    parties = judgements.said(
        session,
        {every for key, _hash in changed for every in (key, *earlier.get(key, ()))},
        {each for key, hashed in changed for each in (hashed, held[key].content_hash)},
    )
    return {
        (key, hashed): reopening(parties[hashed], parties[held[key].content_hash])
        if hashed in parties
        else Reopening.NOT_HELD
        for key, hashed in changed
    }


def _since(judgement: Judgement, key: str, bearers: Mapping[str, Bearer]) -> Reopening | None:
    """Whether the listing's reference has come to stand for another party since."""
    base, number = judgements.numbered(key)
    last = bearers.get(base)
    if last and last.number > number and last.received_at > judgement.judged_at:
        return Reopening.REFERENCE_REUSED
    return None
