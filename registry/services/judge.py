"""Judgements: recording them and taking them back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import product

from sqlalchemy.orm import Session

from registry.domain.changes import is_another_party
from registry.domain.judgement import (
    InvalidJudgement,
    Judgement,
    Pair,
    Recorded,
    Status,
    Undoing,
    Verdict,
    decide,
    ordered,
)
from registry.domain.rekeying import Rekeying, current_keys
from registry.domain.trail import Action
from registry.services import audit, weighing
from registry.store import judgements, scores, subjects
from registry.store.database import touch


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a new judgement. `conflicts` are sentences."""

    id: int
    status: Status
    conflicts: tuple[str, ...]


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
    weighed = weighing.weigh(session)
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
    weighed = weighing.weigh(session)
    judgement = Judgement(*pair, verdict, reviewer, "foreseen", at)
    supposed = Recorded(1 + max((each.id for each in weighed.recorded), default=0), judgement)
    decisions = decide(
        (*weighed.recorded, supposed),
        weighed.reopened,
        judgements.reviewers_needed(session),
    )
    would_be = replace(weighed, decisions=decisions)
    return tuple(map(would_be.sentence, would_be.conflicts_of(ordered(*pair))))


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
    standing = weighing.weigh(session).decisions.verdicts
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
