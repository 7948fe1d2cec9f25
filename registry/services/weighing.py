"""What all judgements come to: which stand, which are at odds, which must be looked at again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from registry.domain.judgement import (
    Conflict,
    Decisions,
    Judgement,
    Pair,
    Recorded,
    Reopening,
    Verdict,
    decide,
    ordered,
    reopening,
)
from registry.domain.rekeying import current_keys
from registry.services.remembered import Remembered
from registry.store import judgements
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


def on_pair(session: Session, pair: Pair) -> tuple[Weighed, tuple[Recorded, ...]]:
    """What all judgements come to, and those on this pair, the newest first."""
    weighed = weigh(session)
    found = [each for each in weighed.recorded if each.judgement.pair == ordered(*pair)]
    return weighed, tuple(reversed(found))


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
