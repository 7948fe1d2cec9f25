"""Listings that a publisher, or we, gave another key: what was judged of them goes along."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from registry.domain.judgement import InvalidJudgement


@dataclass(frozen=True, slots=True)
class Rekeying:
    """The listing `old_key` goes on as `new_key`. Where they are the same it is put back."""

    old_key: str
    new_key: str
    reviewer: str
    reason: str
    rekeyed_at: datetime

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise InvalidJudgement("A change of keys needs a reason: judgements move with it.")
        if not self.reviewer.strip():
            raise InvalidJudgement("A change of keys needs a reviewer.")


def current_keys(made: Iterable[Rekeying]) -> Mapping[str, str]:
    """The present key of every key that was left, along chains; the latest word on a key holds.

    Raises InvalidJudgement if keys lead in a circle.
    """
    step: dict[str, str] = {}
    for each in made:
        step.pop(each.old_key, None)
        if each.old_key != each.new_key:
            step[each.old_key] = each.new_key
    found = {}
    for old in step:
        passed = [old]
        while passed[-1] in step:
            passed.append(step[passed[-1]])
            if passed[-1] in passed[:-1]:
                raise InvalidJudgement(f"The keys lead in a circle: {' → '.join(passed)}.")
        found[old] = passed[-1]
    return found
