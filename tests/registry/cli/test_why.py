"""The command `why`, as scripts use it."""

import json
from datetime import date

import pytest
from sqlalchemy.orm import Session

from registry.cli import main
from registry.store.archive import Archive
from registry.store.database import connect
from registry.store.schema import upgrade
from tests.factories import keep_edition, listing, reconcile

UK, EU = "uk-sanctions-list", "eu-fsf"
MAY = date(2026, 5, 1)


@pytest.fixture
def run(database_url, tmp_path, capsys):
    engine = connect(database_url)
    upgrade(engine)
    with Session(engine) as session, session.begin():
        archive = Archive(tmp_path)
        made = [listing(UK, "MMR1", "Thura SAMPLE", "The Myanmar (Sanctions) Regulations 2021")]
        keep_edition(session, archive, UK, MAY, made)
        keep_edition(session, archive, EU, MAY, [listing(EU, "EU.1", "Thura EXAMPLE", "MMR")])
        subject = reconcile(session)[f"{UK}:MMR1"]
    engine.dispose()

    def run_(*arguments):
        named = [subject if each == "SUBJECT" else each for each in arguments]
        code = main(["why", *named, "--database", database_url])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run_


def test_it_names_the_nearest_the_edition_and_the_next_step(run):
    code, out, _ = run("SUBJECT", "eu")
    assert code == 0
    assert "Searched: EU" in out
    assert "of 2026-05-01, 1 listings, sha256 " in out
    assert "Thura EXAMPLE  (eu-fsf:EU.1)" in out
    assert "registry judge 'uk-sanctions-list:MMR1' 'eu-fsf:EU.1'" in out


def test_json_has_the_same_in_full(run):
    found = json.loads(run("SUBJECT", "EU", "--format", "json")[1])
    assert (found["partner"], found["listed"]) == ("EU", [])
    assert len(found["searched"][0]["sha256"]) == 64
    (near,) = found["nearest"]
    assert (near["list"], near["reference"], near["outcome"]) == (EU, "EU.1", "too-unlike")
    total = sum(each["weight"] for side in ("for", "against") for each in near[f"speaks_{side}"])
    assert total == pytest.approx(near["score"], abs=0.01)


def test_a_day_without_an_edition_says_that_nothing_could_be_searched(run):
    out = run("SUBJECT", "EU", "--as-of", "2020-01-01")[1]
    assert "nothing could be searched" in out


def test_an_unknown_subject_is_said_in_one_line(run):
    code, _, err = run("NOBODY", "EU")
    assert code == 1
    assert err.startswith("registry: no subject 'NOBODY'")
