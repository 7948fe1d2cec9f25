"""Reconcile the same records with this registry, nomenklatura and Splink, one after the other.

    python3 -m venv /tmp/peer && /tmp/peer/bin/pip install -r benchmarks/matching/requirements.txt
    python benchmarks/matching/compare.py DATABASE PAIRS.csv /tmp/peer/bin/python

DATABASE is a SQLite file with imported lists; it is only read. PAIRS.csv are judged pairs as
`registry evaluate` takes them. The registry runs `reconcile --dry-run` from listings to links, with
nothing prepared beforehand; the peers get the newest listings of the same lists as FollowTheMoney
entities (see peer_*.py); with `--hide identifiers` nobody knows any. Prints wall and processor
time, memory and quality of each.
"""

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete
from sqlalchemy.orm import Session

from matching import evaluate
from registry.domain.partial_date import PartialDate, Precision
from registry.domain.party import IdentifierKind, Kind, NameRole, Party
from registry.services.evaluate import judged_pairs
from registry.store import codec, schema, subjects
from registry.store.database import connect
from registry.store.tables import ProfileRow

PEERS = ("nomenklatura", "splink")
SCHEMATA = {
    Kind.PERSON: "Person",
    Kind.ENTITY: "Organization",
    Kind.VESSEL: "Vessel",
    Kind.AIRCRAFT: "Airplane",
    Kind.UNKNOWN: "LegalEntity",
}
NAMES = {
    NameRole.PRIMARY: "name",
    NameRole.WEAK_ALIAS: "weakAlias",
    NameRole.FORMER: "previousName",
}
NUMBERS = {
    IdentifierKind.PASSPORT: "passportNumber",
    IdentifierKind.TAX: "taxNumber",
    IdentifierKind.REGISTRATION: "registrationNumber",
    IdentifierKind.LEI: "leiCode",
    IdentifierKind.SWIFT_BIC: "swiftBic",
    IdentifierKind.IMO: "imoNumber",
    IdentifierKind.MMSI: "mmsi",
    IdentifierKind.SERIAL_NUMBER: "serialNumber",
}
OF_SCHEMA = {
    "Person": {"passportNumber", "taxNumber", "registrationNumber", "idNumber"},
    "Organization": {
        "taxNumber", "registrationNumber", "leiCode", "swiftBic", "imoNumber", "idNumber",
    },
    "LegalEntity": {"taxNumber", "registrationNumber", "leiCode", "swiftBic", "idNumber"},
    "Vessel": {"registrationNumber", "imoNumber", "mmsi"},
    "Airplane": {"registrationNumber", "serialNumber"},
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("database", type=Path)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("peer", type=Path, help="the Python of the peers' environment")
    parser.add_argument("--hide", choices=("identifiers",))
    options = parser.parse_args()
    hide = options.hide is not None
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        database = folder / "registry.db"
        shutil.copy(options.database, database)
        engine = connect(f"sqlite:///{database}")
        schema.upgrade(engine)
        with engine.begin() as connection:
            connection.execute(delete(ProfileRow))
        engine.dispose()
        count = write_records(database, folder / "records.jsonl", hide=hide)
        print(f"{count:,} listings, identifiers {'hidden' if hide else 'shown'}\n")
        ours = run(
            [sys.executable, "-m", "registry.cli", "reconcile", "--dry-run"]
            + ["--database", f"sqlite:///{database}", "--links-out", str(folder / "registry.csv")]
            + (["--hide", "identifiers"] if hide else [])
        )
        used = {"registry": ours}
        for name in PEERS:
            script = Path(__file__).parent / f"peer_{name}.py"
            out = folder / f"{name}.csv"
            used[name] = run(
                [str(options.peer), str(script), str(folder / "records.jsonl"), str(out)]
            )
        heads = ("wall s", "cpu s", "MB", "cpu ratio", "pairs")
        print(f"{'':14} " + " ".join(f"{each:>11}" for each in heads))
        for name, each in used.items():
            cells = (
                f"{each.wall:.1f}", f"{each.processor:.1f}", f"{each.memory:.0f}",
                f"{each.processor / ours.processor:.1f}", each.said if name in PEERS else "",
            )  # fmt: skip
            print(f"{name:14} " + " ".join(f"{cell:>11}" for cell in cells))
        columns = (
            "recall",
            "precision",
            "false gaps",
            "hidden gaps",
            "hard",
            "namesakes",
            "largest",
        )
        print(f"\n{'':14} " + " ".join(f"{each:>11}" for each in columns))
        pairs = judged_pairs(options.pairs)
        for name in used:
            links = read_links(folder / f"{name}.csv")
            print(f"{name:14} {figures(evaluate.measure(links, pairs))}")


@dataclass(frozen=True, slots=True)
class Used:
    """Seconds; megabytes of the largest process; what was printed."""

    wall: float
    processor: float
    memory: float
    said: str


def run(command: list[str]) -> Used:
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        said = (process.stdout.read() if process.stdout else "").strip()
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} failed")
    return Used(
        time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said
    )


def write_records(database: Path, target: Path, *, hide: bool) -> int:
    """Write the newest listings as FollowTheMoney entities, one a line; return their number."""
    engine = connect(f"sqlite:///{database}")
    with Session(engine) as session, target.open("w", encoding="utf-8") as file:
        listings = subjects.latest_listings(session)
        contents = subjects.contents(session, [each.version_id for each in listings])
        for each in listings:
            party = codec.party(contents[each.version_id].party)
            entity = {
                "id": f"{each.official_list}:{each.reference}",
                "schema": SCHEMATA[party.kind],
                "datasets": [each.official_list],
                "properties": properties(party, hide=hide),
            }
            file.write(json.dumps(entity, ensure_ascii=False) + "\n")
    engine.dispose()
    return len(listings)


def properties(party: Party, *, hide: bool) -> dict[str, list[str]]:
    schema = SCHEMATA[party.kind]
    person = party.kind is Kind.PERSON
    stated: list[tuple[str, str]] = [
        *((NAMES.get(each.role, "alias"), each.full) for each in party.names),
        *(("country", each) for each in countries(party)),
        *(("address", each.raw) for each in party.addresses if each.raw),
    ]
    if person:
        stated += [
            *(("nationality", each.code.lower()) for each in party.nationalities if each.code),
            *(("birthDate", text) for each in party.birth_dates for text in iso(each)),
            *(("gender", each.value) for each in party.genders),
            *(("birthPlace", each.raw) for each in party.birth_places if each.raw),
        ]
    if not hide:
        stated += [
            (prop, each.value)
            for each in party.identifiers
            if (prop := NUMBERS.get(each.kind, "idNumber")) in OF_SCHEMA[schema]
        ]
    found: dict[str, list[str]] = {}
    for prop, value in stated:
        found.setdefault(prop, []).append(value)
    return found


def countries(party: Party) -> Iterator[str]:
    for address in party.addresses:
        if address.country and address.country.code:
            yield address.country.code.lower()


def iso(born: PartialDate) -> Iterator[str]:
    if born.first is None:
        return
    text = born.first.isoformat()
    match born.precision:
        case Precision.DAY:
            yield text
        case Precision.MONTH:
            yield text[:7]
        case Precision.YEAR:
            yield text[:4]


def read_links(path: Path) -> dict[tuple[str, str], str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["list"], row["reference"]): row["subject_id"] for row in csv.DictReader(file)}


def figures(of: evaluate.Figures) -> str:
    cells = (
        f"{of.recall:.4f}", f"{of.precision:.4f}", of.false_gaps, of.hidden_gaps,
        f"{of.hard_found} of {of.hard}", f"{of.namesakes_joined} of {of.namesakes}", of.largest,
    )  # fmt: skip
    return " ".join(f"{each:>11}" for each in cells)


if __name__ == "__main__":
    main()
