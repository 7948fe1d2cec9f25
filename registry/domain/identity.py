"""Which subject a cluster of listings is: identities that outlast new editions and judgements."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no letter or digit that is mistaken for another
LENGTH = 9


@dataclass(frozen=True, slots=True)
class Assignment:
    """The subject of every listing, the new subjects with their founding listing, the redirects."""

    subject_of: Mapping[str, str]
    founded: Mapping[str, str]
    merged: Mapping[str, str]


def assign(
    clusters: Iterable[frozenset[str]],
    subject_of: Mapping[str, str],
    age: Mapping[str, int],
) -> Assignment:
    """Give each cluster of listing keys its subject.

    `subject_of` is the present subject of each listing, `age` each subject's number: the smaller
    the older. A subject stays with the largest part of its listings, of parts of one size with
    that which holds its founding listing; where several subjects meet in one cluster the oldest
    goes on and the others redirect to it. A cluster without any founds a subject whose id follows
    from its first listing, so that it is the same wherever it is made: a subject that was merged
    or lost its listings by mistake comes back under its own id.
    """
    ordered = sorted(clusters, key=min)
    claims = _claims(ordered, subject_of)
    assigned: dict[str, str] = {}
    founded: dict[str, str] = {}
    merged: dict[str, str] = {}
    taken = {subject for claimed in claims.values() for subject in claimed}
    for place, cluster in enumerate(ordered):
        subjects = sorted(claims.get(place, ()), key=lambda subject: age[subject])
        if subjects:
            subject = subjects[0]
            merged.update(dict.fromkeys(subjects[1:], subject))
        else:
            subject = _new_id(min(cluster), taken)
            founded[subject] = min(cluster)
            taken.add(subject)
        assigned.update(dict.fromkeys(cluster, subject))
    return Assignment(assigned, founded, merged)


def _claims(clusters: list[frozenset[str]], subject_of: Mapping[str, str]) -> dict[int, list[str]]:
    """For each cluster the subjects that go on in it, each in the one that holds most of it."""
    parts: dict[str, dict[int, int]] = {}
    for place, cluster in enumerate(clusters):
        for listing in cluster:
            if subject := subject_of.get(listing):
                counted = parts.setdefault(subject, {})
                counted[place] = counted.get(place, 0) + 1
    claims: dict[int, list[str]] = {}
    for subject, counted in parts.items():
        most = max(counted.values())
        largest = sorted(place for place in counted if counted[place] == most)
        place = next(
            (
                place
                for place in largest
                if len(largest) > 1 and _founded_by(subject, clusters[place])
            ),
            largest[0],
        )
        claims.setdefault(place, []).append(subject)
    return claims


def _founded_by(subject: str, listings: frozenset[str]) -> bool:
    return any(_id(listing, 0) == subject for listing in listings)


def _new_id(founding_key: str, taken: set[str]) -> str:
    return next(each for n in count() if (each := _id(founding_key, n)) not in taken)


def _id(founding_key: str, attempt: int) -> str:
    digest = hashlib.sha256(f"{founding_key}\n{attempt}".encode()).digest()
    number = int.from_bytes(digest[:8])
    letters = []
    for _ in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "S" + "".join(letters)
