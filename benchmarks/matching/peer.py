"""Link records with nomenklatura, as its own deduplication does: block, then score with logic-v2.

    python peer.py RECORDS.jsonl LINKS.csv     in an environment with requirements.txt

RECORDS holds one FollowTheMoney entity a line, whose id is LIST:REFERENCE. Links are the pairs
that are each other's best on two lists and score 0.7 or more, and what they join. Prints the
number of pairs that were scored.
"""

import csv
import os
import sys
import tempfile
from pathlib import Path

os.environ["NOMENKLATURA_DB_URL"] = "sqlite:///:memory:"

from nomenklatura.blocker import Index
from nomenklatura.db import make_session
from nomenklatura.matching import LogicV2, ScoringConfig
from nomenklatura.resolver import Resolver
from nomenklatura.store import load_entity_file_store

THRESHOLD = 0.7
MOST = 3_000_000  # pairs; more than its blocking finds here


def main() -> None:
    records, links = map(Path, sys.argv[1:])
    with make_session() as session, tempfile.TemporaryDirectory() as folder:
        resolver = Resolver(session, create=True)
        resolver.load_into_memory()
        view = load_entity_file_store(records, resolver=resolver).default_view(external=True)
        index = Index(view, Path(folder))
        index.build()
        config = ScoringConfig.defaults()
        scored, found = 0, []
        for (one, other), _score in index.pairs(max_pairs=MOST):
            left, right = view.get_entity(one.id), view.get_entity(other.id)
            if list_of(left.id) == list_of(right.id) or not left.schema.can_match(right.schema):
                continue
            scored += 1
            score = LogicV2.compare(left, right, config).score
            if score >= THRESHOLD:
                found.append((score, left.id, right.id))
        index.close()
        with links.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("list", "reference", "subject_id"))
            for subject, members in joined(mutual(found)).items():
                writer.writerows((*each.split(":", 1), subject) for each in members)
    print(scored)


def list_of(id_: str) -> str:
    return id_.partition(":")[0]


def mutual(found: list[tuple[float, str, str]]) -> list[tuple[str, str]]:
    """The pairs in which either is the other's best on its list."""
    best: dict[tuple[str, str], tuple[float, str]] = {}
    for score, left, right in sorted(found, reverse=True):
        best.setdefault((left, list_of(right)), (score, right))
        best.setdefault((right, list_of(left)), (score, left))
    return [
        (left, right)
        for _score, left, right in found
        if best[left, list_of(right)][1] == right and best[right, list_of(left)][1] == left
    ]


def joined(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    group: dict[str, list[str]] = {}
    for left, right in pairs:
        ours, theirs = group.get(left, [left]), group.get(right, [right])
        if ours is not theirs:
            ours = [*ours, *theirs]
            group.update(dict.fromkeys(ours, ours))
    return {min(members): members for members in group.values()}


if __name__ == "__main__":
    main()
