"""A killed process leaves the last good edition in force: tried with real processes."""

import random
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

KILLS = 20


def registry(database, *arguments):
    return [sys.executable, "-m", "registry.cli", *arguments, "--database", database]


def editions(path):
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = connection.execute(
            "SELECT edition.dated, edition.listings, count(entry.listing_id) FROM edition"
            " LEFT JOIN entry ON entry.edition_id = edition.id GROUP BY edition.id"
        ).fetchall()
    connection.close()
    return sorted(rows)


@pytest.mark.real_lists
def test_an_import_killed_at_any_moment_leaves_the_last_good_edition(real_lists, tmp_path):
    path = tmp_path / "registry.db"
    database = f"sqlite:///{path}"
    older = real_lists / "un-sc" / "2020-11-30" / "consolidated.xml"
    newer = real_lists / "un-sc" / "2020-12-01" / "consolidated.xml"
    subprocess.run(registry(database, "init"), check=True, capture_output=True)
    subprocess.run(
        registry(database, "import", "un-sc", str(older)), check=True, capture_output=True
    )
    before = editions(path)
    assert [row[1] == row[2] for row in before] == [True]
    seeded = random.Random(20)
    for _ in range(KILLS):
        process = subprocess.Popen(
            registry(database, "import", "un-sc", str(newer)),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(seeded.uniform(0.2, 2.5))
        process.send_signal(signal.SIGKILL)
        process.wait()
        after = editions(path)
        assert after[0] == before[0]
        assert len(after) <= 2
        assert all(listings == entries for _dated, listings, entries in after)
    subprocess.run(
        registry(database, "import", "un-sc", str(newer)), check=True, capture_output=True
    )
    assert len(editions(path)) == 2
