"""The trail: who did what to which object, when and from where, as a chain that shows a break.

Every entry's hash covers its content and the hash before it. Whoever alters, removes, inserts or
reorders entries breaks the chain; whoever rewrites it from there to the end still can not match a
head that was noted elsewhere.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

BEGINNING = "0" * 64  # what stands before the first entry


class Action(StrEnum):
    SIGNED_IN = "signed-in"
    SIGN_IN_FAILED = "sign-in-failed"
    SIGNED_OUT = "signed-out"
    ACCOUNT_ADDED = "account-added"
    ROLES_SET = "roles-set"
    PASSWORD_SET = "password-set"
    ACCOUNT_DISABLED = "account-disabled"
    ACCOUNT_ENABLED = "account-enabled"
    JOB_ASKED = "job-asked"
    EDITION_UPLOADED = "edition-uploaded"
    UPLOAD_DISCARDED = "upload-discarded"
    EDITION_IMPORTED = "edition-imported"
    EDITION_QUARANTINED = "edition-quarantined"
    EDITION_WITHDRAWN = "edition-withdrawn"
    JUDGED = "judged"
    JUDGEMENT_UNDONE = "judgement-undone"
    JUDGEMENTS_TAKEN_IN = "judgements-taken-in"
    KEYS_CHANGED = "keys-changed"
    REVIEW_POLICY_SET = "review-policy-set"
    FINDING_REVIEWED = "finding-reviewed"
    ACT_ENTERED = "act-entered"
    ACT_WITHDRAWN = "act-withdrawn"
    OVERRIDE_ENTERED = "override-entered"
    OVERRIDE_WITHDRAWN = "override-withdrawn"
    EXPORTED = "exported"
    MARKED_READ = "marked-read"
    DOSSIER_HANDED_IN = "dossier-handed-in"
    DOSSIER_ANSWERED = "dossier-answered"
    DOSSIER_ADOPTED = "dossier-adopted"
    PROPOSAL_CHANGED = "proposal-changed"
    POSITION_CHANGED = "position-changed"


@dataclass(frozen=True, slots=True)
class Actor:
    """`name` is an account's, or a machine user's at the command line; "" for nobody. `address` is
    from where: a network address, `command line`, or which part of the registry itself."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Entry:
    """`object` is a noun and an id, as `edition:12`. `detail` is canonical JSON and holds nothing
    that is marked. `released_to` is "" if every auditor may read the entry, else a JSON list of
    the affiliations whose auditors may."""

    number: int  # from 1, without gaps
    at: datetime
    actor: Actor
    action: str
    object: str
    detail: str
    released_to: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """How many entries there are, and the hash of the last one."""

    count: int
    hash: str

    def __str__(self) -> str:
        return f"{self.count}:{self.hash}"


EMPTY = Head(0, BEGINNING)


def following(
    head: Head,
    at: datetime,
    actor: Actor,
    action: Action,
    object_: str,
    detail: Mapping[str, object],
    released_to: Iterable[str] | None,
) -> Entry:
    """The entry that comes next."""
    content = (
        head.count + 1,
        at,
        actor,
        action.value,
        object_,
        canonical(detail),
        "" if released_to is None else canonical(sorted(released_to)),
    )
    return Entry(*content, head.hash, digest(*content, head.hash))


def digest(
    number: int,
    at: datetime,
    actor: Actor,
    action: str,
    object_: str,
    detail: str,
    released_to: str,
    previous: str,
) -> str:
    """sha256 over the JSON list of an entry's content, its moment in UTC to the microsecond, and
    the hash before it, in hexadecimal digits."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    content = [
        number, moment, actor.name, actor.address, action, object_, detail, released_to, previous,
    ]  # fmt: skip
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def faults(entries: Iterable[Entry], head: Head, anchors: Iterable[Head] = ()) -> Iterator[str]:
    """What is wrong with a trail, in sentences; nothing if it is as it was written.

    `entries` come in the order of their numbers, `head` is the one kept apart from them, `anchors`
    are heads that were noted outside of the registry.
    """
    noted = {each.count: each.hash for each in anchors}
    number, previous = 0, BEGINNING
    for each in entries:
        if each.number != number + 1:
            yield f"Entries {number + 1} to {each.number - 1} are missing."
        elif each.previous != previous:
            yield f"Entry {each.number} does not follow the one before it."
        if each.hash != digest(
            each.number, each.at, each.actor, each.action, each.object, each.detail,
            each.released_to, each.previous,
        ):  # fmt: skip
            yield f"Entry {each.number} was altered."
        if noted.get(each.number, each.hash) != each.hash:
            yield f"Entry {each.number} is not the one that was noted."
        number, previous = each.number, each.hash
    if number < head.count:
        yield f"Entries {number + 1} to {head.count} are missing at the end."
    elif number > head.count:
        yield f"Entries {head.count + 1} to {number} were added by another way than the registry's."
    elif previous != head.hash:
        yield "The last entry is not the one that was kept as the last."
    for count in sorted(noted):
        if count > number:
            yield f"Entry {count}, which was noted, is missing."
