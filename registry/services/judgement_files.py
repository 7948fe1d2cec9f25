"""Judgements as rows to hand out, and from a file that such rows, or a colleague's, stand in."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from exports.delimited import unmarked
from registry.domain.judgement import (
    InvalidJudgement,
    Judgement,
    Recorded,
    Status,
    Undoing,
    Verdict,
    same_name,
)
from registry.domain.publication import JudgementRow
from registry.domain.rekeying import Rekeying, current_keys
from registry.domain.trail import Action
from registry.services import audit, judge, weighing
from registry.services.weighing import Weighed
from registry.store import judgements
from registry.store.database import touch
from registry.store.judgements import Held

COUNT = frozenset({Status.STANDS, Status.AWAITS_SECOND, Status.OVERRULED, Status.IN_CONFLICT})


def rows(
    session: Session, *, conflicts: bool = False, reopened: bool = False
) -> Iterator[JudgementRow]:
    """Every judgement in the order of their ids; only those in a conflict, or only those that must
    be looked at again, if asked."""
    weighed = weighing.weigh(session)
    for each in weighed.recorded:
        row = _row(each, weighed)
        if (row.conflicts or not conflicts) and (row.reopened or not reopened):
            yield row


def _row(each: Recorded, weighed: Weighed) -> JudgementRow:
    said, undone = each.judgement, each.undone
    status = weighed.decisions.statuses[each.id]
    return JudgementRow(
        id=each.id,
        sides=(
            (*_place(said.left, weighed), said.left, said.left_fingerprint),
            (*_place(said.right, weighed), said.right, said.right_fingerprint),
        ),
        verdict=said.verdict,
        reviewer=said.reviewer,
        reason=said.reason,
        judged_at=said.judged_at.isoformat(),
        status=status,
        reopened="" if status is Status.REPLACED else weighed.reopened.get(each.id, ""),
        conflicts=tuple(map(weighed.sentence, weighed.conflicts_of(said.pair)))
        if status in COUNT
        else (),
        undone_by=undone.reviewer if undone else "",
        undone_because=undone.reason if undone else "",
        undone_at=undone.undone_at.isoformat() if undone else "",
    )


def _place(key: str, weighed: Weighed) -> tuple[str, str]:
    held = weighed.held.get(key)
    if held:
        return held.official_list, held.reference
    official_list, _, reference = key.partition(":")
    return official_list, reference


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a file: judgements that are new, that were known, that were taken back by it,
    and how many of the new name a listing that is not held, so that they wait for its list."""

    new: int
    known: int
    undone: int
    waiting: int


def take_in(session: Session, path: Path, reviewer: str, at: datetime) -> Taken:
    """Record the judgements of a CSV file as `rows` give them; what is known stays as it is.

    A row needs `verdict`, `reason` and its two listings, by `key_a` and `key_b` or by list and
    reference. Where it has no reviewer, time or fingerprint, it counts as judged by `reviewer`,
    now, on what the listings say now. Raises InvalidJudgement with the line of the first row that
    can not be recorded: then the caller must keep none.
    """
    table = list(_read(path, ("verdict", "reason")))
    now = current_keys(judgements.rekeyings(session))
    keys = []
    for line, fields in table:
        with _named(path, line):
            keys.append((_key(session, fields, "a", now), _key(session, fields, "b", now)))
    held = judgements.held(session, {key for pair in keys for key in pair})
    known = _known(judgements.recorded(session))
    new = old = undone = waiting = 0
    for (line, fields), (left, right) in zip(table, keys, strict=True):
        with _named(path, line):
            judgement = Judgement(
                left,
                right,
                Verdict(fields["verdict"]),
                " ".join((fields.get("reviewer") or reviewer).split()),
                fields["reason"],
                _moment(fields, "judged_at", at),
                _fingerprint(fields, "a", held.get(left)),
                _fingerprint(fields, "b", held.get(right)),
            )
            undoing = _undoing(fields, at)
        found = known.get(_identity(judgement, timed=bool(fields.get("judged_at"))))
        if found:
            old += 1
        else:
            found = Recorded(judgements.add(session, judgement), judgement)
            new += 1
            waiting += not {left, right} <= held.keys()
        if undoing and found.undone is None:
            judgements.undo(session, found.id, undoing)
            found = Recorded(found.id, judgement, undoing)
            undone += 1
        known.update(_known([found]))
    if new or undone:
        touch(session)
        audit.record(
            session, Action.JUDGEMENTS_TAKEN_IN, f"file:{path.name}", new=new, undone=undone
        )
    return Taken(new, old, undone, waiting)


Identity = tuple[object, ...]


def _known(recorded: Iterable[Recorded]) -> dict[Identity, Recorded]:
    """By all that makes a judgement what it is, and, unless it was undone, also without its time,
    which a file need not give."""
    found: dict[Identity, Recorded] = {}
    for each in recorded:
        found[_identity(each.judgement, timed=True)] = each
        if each.undone is None:
            found[_identity(each.judgement, timed=False)] = each
    return found


def _identity(judgement: Judgement, *, timed: bool) -> Identity:
    return (
        judgement.pair,
        judgement.verdict,
        same_name(judgement.reviewer),
        judgement.reason,
        judgement.judged_at if timed else None,
    )


def _key(session: Session, fields: Mapping[str, str], side: str, now: Mapping[str, str]) -> str:
    key = fields.get(f"key_{side}")
    official_list, reference = fields.get(f"list_{side}"), fields.get(f"reference_{side}")
    if key:
        return now.get(key, key)
    if not official_list or not reference:
        raise InvalidJudgement(f"give list_{side} and reference_{side}, or key_{side}.")
    return judge.listing_key(session, official_list, reference)


def _fingerprint(fields: Mapping[str, str], side: str, held: Held | None) -> str:
    return fields.get(f"fingerprint_{side}") or (held.content_hash if held else "")


def _moment(fields: Mapping[str, str], name: str, at: datetime) -> datetime:
    """The moment in this column, in UTC where it names no zone; `at` where there is none.

    One in the future is refused: it would outlast everything that is judged after it.
    """
    text = fields.get(name)
    if not text:
        return at
    moment = datetime.fromisoformat(text)
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    if moment > at:
        raise InvalidJudgement(f"{name} {text} lies in the future.")
    return moment


def _undoing(fields: Mapping[str, str], at: datetime) -> Undoing | None:
    if not fields.get("undone_by"):
        return None
    return Undoing(
        fields["undone_by"], fields.get("undone_because", ""), _moment(fields, "undone_at", at)
    )


@contextmanager
def _named(path: Path, line: int) -> Iterator[None]:
    """Say in which line of the file something is wrong."""
    try:
        yield
    except (InvalidJudgement, ValueError) as problem:
        raise InvalidJudgement(f"{path}, line {line}: {problem}") from problem


def rekey(session: Session, path: Path, reviewer: str, reason: str, at: datetime) -> int:
    """Record that listings go on under other keys, from a CSV file with the columns `old_key` and
    `new_key`. Returns how many. Raises InvalidJudgement."""
    made = [
        Rekeying(fields["old_key"], fields["new_key"], reviewer, reason, at)
        for _line, fields in _read(path, ("old_key", "new_key"))
    ]
    judge.rekey(session, made)
    return len(made)


def _read(path: Path, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if missing := [name for name in needed if name not in (reader.fieldnames or ())]:
                raise InvalidJudgement(f"{path}: no column {', '.join(missing)}.")
            for row in reader:
                yield (
                    reader.line_num,
                    {
                        name: unmarked(value or "").strip()
                        for name, value in row.items()
                        if isinstance(name, str)
                    },
                )
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidJudgement(f"{path}: {error}. Give a CSV file in UTF-8.") from error
