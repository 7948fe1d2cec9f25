"""Draw pairs of listings at random, to be read by eye and judged.

    python benchmarks/matching/sample.py DATABASE --out pairs.csv > pairs.txt

DATABASE is a reconciled SQLite file; it is only read. Drawn are pairs of listings that stand on
different lists: 100 that reconciling linked, and 100 that came near and stayed different
subjects, 50 of them among the 500 nearest and 50 among the rest. Each draw holds persons,
entities, ships and aircraft in proportion, and the same seed draws the same pairs. What both
listings state is printed, one pair after the other; `--out` gets a row for each, as in
read_by_eye.csv, whose verdict and reason are left to whoever reads them.
"""

import argparse
import csv
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from registry.domain import minors
from registry.domain.party import Party
from registry.store import codec, scores, subjects
from registry.store.database import connect
from registry.store.subjects import LatestListing

SEED = 20261125
NEAREST = 500  # of the pairs not linked
LINKS, NEAR, REST = 100, 50, 50  # drawn
COLUMNS = (
    "drawn", "list_a", "reference_a", "name_a", "list_b", "reference_b", "name_b", "score",
    "engine", "verdict", "reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawn:
    """A pair, from which draw, and what became of it: linked, in review or apart."""

    draw: str
    left: LatestListing
    right: LatestListing
    score: float
    outcome: str


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("database", type=Path)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    engine = connect(f"sqlite:///{options.database}")
    with Session(engine) as session:
        drawn = draw(session, random.Random(options.seed))
        for place, pair in enumerate(drawn, start=1):
            print(f"\n[{place}] {pair.draw} {pair.score:+.2f} {pair.outcome}")
            for each in (pair.left, pair.right):
                print("\n".join(facts(session, each)))
    engine.dispose()
    if options.out:
        with options.out.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(map(row, drawn))


def draw(session: Session, chance: random.Random) -> list[Drawn]:
    """Linked pairs, then near ones, then the rest of those not linked."""
    listing_of = {each.key: each for each in subjects.latest_listings(session)}
    subject_of = {key: subject for key, (subject, _) in subjects.members(session).items()}
    linked, waiting = {}, set()
    for pair in subjects.pairs(session):
        if pair.linked:
            linked[pair.left, pair.right] = pair.score
        else:
            waiting.add((pair.left, pair.right))
    apart = {
        (left, right): score
        for (left, right), score in scores.load(session).items()
        if subject_of[left] != subject_of[right]
    }

    def pairs(name: str, of: dict[tuple[str, str], float]) -> list[Drawn]:
        found = [
            Drawn(name, listing_of[left], listing_of[right], score, outcome(left, right))
            for (left, right), score in of.items()
            if listing_of[left].official_list != listing_of[right].official_list
        ]
        return sorted(found, key=lambda each: (-each.score, each.left.key, each.right.key))

    def outcome(left: str, right: str) -> str:
        if (left, right) in linked:
            return "linked"
        return "review" if (left, right) in waiting else "apart"

    links, others = pairs("links", linked), pairs("nearest", apart)
    rest = [Drawn("rest", e.left, e.right, e.score, e.outcome) for e in others[NEAREST:]]
    print(f"{len(links):,} links, {len(others):,} near pairs not linked", file=sys.stderr)
    return [
        *in_proportion(links, LINKS, chance),
        *in_proportion(others[:NEAREST], NEAR, chance),
        *in_proportion(rest, REST, chance),
    ]


def in_proportion(pairs: Sequence[Drawn], number: int, chance: random.Random) -> list[Drawn]:
    """As many of each kind as its share of the pairs; what rounding leaves goes to the largest
    remainders."""
    by_kind = defaultdict(list)
    for each in pairs:
        by_kind[each.left.kind].append(each)
    share = {kind: number * len(those) / len(pairs) for kind, those in by_kind.items()}
    wanted = {kind: int(of) for kind, of in share.items()}
    by_remainder = sorted(share, key=lambda kind: (wanted[kind] - share[kind], kind))
    for kind in by_remainder[: number - sum(wanted.values())]:
        wanted[kind] += 1
    return [each for kind in sorted(by_kind) for each in chance.sample(by_kind[kind], wanted[kind])]


def facts(session: Session, listing: LatestListing) -> Iterator[str]:
    """What a listing states, a line for each sort of fact."""
    content = subjects.contents(session, [listing.version_id])[listing.version_id]
    party = minors.shown(codec.party(content.party), datetime.now(UTC).date())
    acts = codec.designations(content.designations)
    programmes = {f"{each.code} {each.listed_on or ''}".strip() for each in acts}
    yield f"  {listing.official_list}:{listing.reference}  {party.name}  ({party.kind})"
    for label, stated in (*sorts(party), ("programmes", sorted(programmes))):
        if values := dict.fromkeys(stated):
            yield f"    {label}: {'; '.join(values)}"


def sorts(party: Party) -> Iterator[tuple[str, list[str]]]:
    yield "names", [f"{each.full} ({each.role})" for each in party.names]
    yield "born", [str(each) for each in party.birth_dates]
    yield "born in", [each.raw for each in party.birth_places]
    yield "countries", [each.raw for each in (*party.nationalities, *party.citizenships)]
    yield "positions", [*party.titles, *party.functions]
    yield "identifiers", [f"{each.kind} {each.value}" for each in party.identifiers]
    yield "addresses", [each.raw for each in party.addresses]
    yield "relations", [f"{each.kind} {each.other}" for each in party.relations]
    yield "details", [f"{each.kind} {each.value}" for each in party.details]
    yield "remarks", list(party.remarks)


def row(pair: Drawn) -> tuple[str, ...]:
    left, right = pair.left, pair.right
    return (
        pair.draw, left.official_list, left.reference, left.name, right.official_list,
        right.reference, right.name, f"{pair.score:.2f}", pair.outcome, "", "",
    )  # fmt: skip


if __name__ == "__main__":
    main()
