"""Link records with nomenklatura, as its own deduplication does: block, then score with logic-v2.

    python peer_nomenklatura.py RECORDS.jsonl LINKS.csv     in an environment with requirements.txt

RECORDS holds one FollowTheMoney entity a line, whose id is LIST:REFERENCE. Links are the pairs
that are each other's best on two lists and score 0.7 or more, and what they join. Prints the
number of pairs that were scored.
"""

import os
import sys
import tempfile
from pathlib import Path

os.environ["NOMENKLATURA_DB_URL"] = "sqlite:///:memory:"

from mutual import list_of, write
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
        write(links, found)
    print(scored)


if __name__ == "__main__":
    main()
