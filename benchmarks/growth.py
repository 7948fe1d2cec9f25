"""How time and memory of reconciling grow with the number of listings.

    python benchmarks/growth.py DATABASE                     1, 2, 5 and 10 times the listings
    python benchmarks/growth.py DATABASE --times 1 2 --near  copies that are each other's namesakes

DATABASE is a SQLite file with imported lists (benchmarks/full_run.py FOLDER leaves one); it is only
read. Each size is a database of its own with perturbed copies of every listing, reconciled in full
by the command that users give, then again after 100 listings were amended.

A copy is another party: its letters are exchanged by a cipher of its own, consonants for consonants
and vowels for vowels, its numbers are others, and its dates are moved by some years, so that
links, rare words and days of birth shared by chance are as frequent among the copies as among the
originals. With --near the names differ from the original's in one letter only, so that each
listing has as many namesakes as there are copies, a few years older or younger.

Prints wall time, processor time of all processes, and the peak of the memory that all processes
hold together (proportional set size, which counts shared pages once), and between sizes the
exponent of growth: 1 is linear.
"""

import argparse
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import log
from pathlib import Path

from registry.domain.partial_date import PartialDate
from registry.domain.party import Identifier, Name, Party
from registry.store import codec, schema
from registry.store.database import connect

AMENDED = 100  # listings, in the second run
CONSONANTS, VOWELS, FIGURES = "bcdfghjklmnpqrstvwxz", "aeiouy", "0123456789"
EVERY = 0.2  # seconds between two looks at the memory


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("database", type=Path)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 2, 5, 10])
    parser.add_argument("--near", action="store_true", help="copies are namesakes")
    options = parser.parse_args()
    print(f"{'':24} {'listings':>9} {'wall s':>7} {'cpu s':>7} {'MB':>6}  growth", flush=True)
    before: dict[str, tuple[int, float]] = {}
    for times in options.times:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "registry.db"
            count = multiply(options.database, path, times, near=options.near)
            for what, arguments in (("in full", ["--full"]), (f"{AMENDED} amended", [])):
                if not arguments:
                    amend(path)
                used = measured("reconcile", *arguments, "--database", f"sqlite:///{path}")
                growth = ""
                if what in before:
                    fewer, took = before[what]
                    growth = f"{log(used.processor / took) / log(count / fewer):.2f}"
                before[what] = count, used.processor
                print(
                    f"{f'{times} times, {what}':24} {count:9,} {used.wall:7.1f} "
                    f"{used.processor:7.1f} {used.memory:6.0f}  {growth}",
                    flush=True,
                )


@dataclass(frozen=True, slots=True)
class Used:
    """Seconds, and megabytes at the peak."""

    wall: float
    processor: float
    memory: float


def measured(*arguments: str) -> Used:
    """Run a command of the registry and measure it with all processes that it starts."""
    command = [sys.executable, "-m", "registry.cli", *arguments]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        peak = [0.0]

        def look() -> None:
            while process.poll() is None:
                peak[0] = max(peak[0], sum(map(held, family(process.pid))))
                time.sleep(EVERY)

        looking = threading.Thread(target=look)
        looking.start()
        if process.wait():
            raise SystemExit(f"{command} failed")
        wall = time.perf_counter() - began
        looking.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Used(wall, processor, peak[0])


def family(pid: int) -> Iterator[int]:
    yield pid
    try:
        for tasks in Path(f"/proc/{pid}/task").iterdir():
            for child in (tasks / "children").read_text().split():
                yield from family(int(child))
    except OSError:  # it has just ended
        return


def held(pid: int) -> float:
    """The megabytes that a process holds; what it shares with others counts by its part."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def multiply(source: Path, target: Path, times: int, *, near: bool) -> int:
    """Make a database with `times` as many listings as the newest editions of `source` hold."""
    engine = connect(f"sqlite:///{target}")
    schema.upgrade(engine)
    engine.dispose()
    count = 0
    with sqlite3.connect(f"file:{source}?mode=ro", uri=True) as given:
        made = sqlite3.connect(target)
        for edition in given.execute(
            "SELECT id, official_list, dated, received_at, entries FROM edition AS newest"
            " WHERE state = 'accepted' AND encoding_of IS NULL AND id = (SELECT id FROM edition"
            " WHERE official_list = newest.official_list AND state = 'accepted'"
            " AND encoding_of IS NULL ORDER BY dated DESC, received_at DESC, id DESC LIMIT 1)"
        ).fetchall():
            made.execute(
                "INSERT INTO edition (id, official_list, sha256, format, file_name, url, dated,"
                " received_at, importer_version, state, findings, accepted_because, silent,"
                " entries, listings) VALUES (?, ?, ?, '', '', '', ?, ?, '', 'accepted', '[]', '',"
                " '[]', ?, ?)",
                (*edition[:2], edition[1], *edition[2:4], *2 * (times * edition[4],)),
            )
            rows = given.execute(
                "SELECT listing.key, entry.reference, entry.line, version.partner, version.kind,"
                " version.party, version.designations FROM entry"
                " JOIN listing ON listing.id = entry.listing_id"
                " JOIN version ON version.id = entry.version_id WHERE entry.edition_id = ?",
                edition[:1],
            )
            for key, reference, line, partner, kind, party, designations in rows:
                for copy in range(times):
                    count += 1
                    coded = codec.encode(perturbed(codec.party(party), copy, near))
                    made.execute(
                        "INSERT INTO listing VALUES (?, ?, ?)",
                        (count, edition[1], f"{key}#{copy}"),
                    )
                    made.execute(
                        "INSERT INTO version (id, listing_id, content_hash, partner, kind, name,"
                        " countries, un_references, deceased, party, designations, raw)"
                        " VALUES (?, ?, ?, ?, ?, ?, '', '', 0, ?, ?, '')",
                        (count, count, str(count), partner, kind, key, coded, designations),
                    )
                    made.execute(
                        "INSERT INTO entry VALUES (?, ?, ?, ?, ?)",
                        (edition[0], count, count, f"{reference}#{copy}", line),
                    )
        made.commit()
        made.close()
    return count


def amend(path: Path) -> None:
    """Let some listings say something else than what was reconciled: another name more."""
    seeded = random.Random(5)
    with sqlite3.connect(path) as made:
        (count,) = made.execute("SELECT max(id) FROM version").fetchone()
        for id_ in seeded.sample(range(1, count + 1), AMENDED):
            row = made.execute("SELECT * FROM version WHERE id = ?", (id_,)).fetchone()
            party = codec.party(row[9])
            more = replace(party.names[0], full=f"{party.names[0].full} Amended")
            coded = codec.encode(replace(party, names=(*party.names, more)))
            made.execute(
                f"INSERT INTO version VALUES ({', '.join('?' * len(row))})",
                (count + id_, row[1], f"amended {id_}", *row[3:9], coded, *row[10:]),
            )
            made.execute(
                "UPDATE entry SET version_id = ? WHERE listing_id = ?", (count + id_, row[1])
            )


def perturbed(party: Party, copy: int, near: bool) -> Party:
    """The party of a copy; that of copy 0 is the original."""
    if copy == 0:
        return party
    cipher = letters(random.Random(copy))
    figures = shuffled(random.Random(copy), FIGURES)
    days = timedelta(days=397 * copy)

    def renamed(name: Name) -> Name:
        return replace(name, full=slipped(name.full, copy) if near else name.full.translate(cipher))

    def renumbered(each: Identifier) -> Identifier:
        return replace(each, value=each.value.translate(figures))

    def moved(each: PartialDate) -> PartialDate:
        if each.first is None or each.last is None or each.last >= date.max - days:
            return each
        return replace(each, first=each.first + days, last=each.last + days)

    return replace(
        party,
        names=tuple(map(renamed, party.names)),
        birth_dates=tuple(map(moved, party.birth_dates)),
        identifiers=tuple(map(renumbered, party.identifiers)),
    )


def slipped(name: str, copy: int) -> str:
    """A name with one letter exchanged for another, the same in every spelling of a copy."""
    letter = CONSONANTS[copy % len(CONSONANTS)]
    places = [place for place, each in enumerate(name) if each.lower() in CONSONANTS]
    if not places:
        return f"{name} {letter}"
    place = places[copy % len(places)]
    return name[:place] + letter + name[place + 1 :]


def letters(seeded: random.Random) -> dict[int, int]:
    pairs: dict[int, int] = {}
    for group in (CONSONANTS, VOWELS):
        pairs |= shuffled(seeded, group)
    return pairs | {ord(chr(a).upper()): ord(chr(b).upper()) for a, b in pairs.items()}


def shuffled(seeded: random.Random, group: str) -> dict[int, int]:
    return dict(zip(map(ord, group), map(ord, seeded.sample(group, len(group))), strict=True))


if __name__ == "__main__":
    main()
