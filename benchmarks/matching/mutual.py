"""What a peer's scores link: pairs that are each other's best on two lists, and what they join."""

import csv
from pathlib import Path

Scored = list[tuple[float, str, str]]  # score, LIST:REFERENCE, LIST:REFERENCE


def list_of(id_: str) -> str:
    return id_.partition(":")[0]


def write(target: Path, found: Scored) -> None:
    """Write list, reference and subject of every record that is linked."""
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("list", "reference", "subject_id"))
        for subject, members in _joined(_mutual(found)).items():
            writer.writerows((*each.split(":", 1), subject) for each in members)


def _mutual(found: Scored) -> list[tuple[str, str]]:
    best: dict[tuple[str, str], tuple[float, str]] = {}
    for score, left, right in sorted(found, reverse=True):
        best.setdefault((left, list_of(right)), (score, right))
        best.setdefault((right, list_of(left)), (score, left))
    return [
        (left, right)
        for _score, left, right in found
        if best[left, list_of(right)][1] == right and best[right, list_of(left)][1] == left
    ]


def _joined(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    group: dict[str, list[str]] = {}
    for left, right in pairs:
        ours, theirs = group.get(left, [left]), group.get(right, [right])
        if ours is not theirs:
            ours = [*ours, *theirs]
            group.update(dict.fromkeys(ours, ours))
    return {min(members): members for members in group.values()}
