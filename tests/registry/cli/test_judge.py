"""The commands about judgements, on a registry of two lists."""

import csv
import json
from datetime import date

import pytest
from sqlalchemy.orm import Session

from registry.cli import main
from registry.store import subjects
from registry.store.archive import Archive
from tests.factories import keep_edition, listing

UK, US = "uk-sanctions-list", "us-ofac-sdn"
ONE, OTHER = f"{UK}:MYA2", f"{US}:2"


@pytest.fixture
def registry(database, tmp_path, monkeypatch):
    url = database.url.render_as_string(hide_password=False)
    monkeypatch.setenv("REGISTRY_DATABASE_URL", url)
    monkeypatch.setenv("REGISTRY_REVIEWER", "Anna")
    archive = Archive(tmp_path / "archive")
    with Session(database) as session, session.begin():
        for official_list, people in (
            (UK, [("MYA1", "Kyaw Zaw Thant"), ("MYA2", "Evgeny Prikhodko")]),
            (US, [("1", "THANT, Kyaw Zaw"), ("2", "Someone Else")]),
        ):
            listings = [listing(official_list, ref, name, "") for ref, name in people]
            keep_edition(session, archive, official_list, date(2026, 1, 10), listings)
    assert main(["reconcile"]) == 0
    return database


def are_one(engine, left, right):
    with Session(engine) as session:
        found = subjects.members(session)
    return found[left][0] == found[right][0]


def test_a_judgement_takes_effect_at_once_and_so_does_its_undoing(registry, capsys):
    assert main(["judge", ONE, OTHER, "same", "--reason", "one passport"]) == 0
    assert "They are one subject" in capsys.readouterr().out
    assert are_one(registry, ONE, OTHER)
    assert main(["judge", "--undo", "1", "--reason", "misread"]) == 0
    assert not are_one(registry, ONE, OTHER)


def test_a_conflict_is_said_when_it_comes_about(registry, capsys):
    main(["judge", ONE, OTHER, "same", "--reason", "one passport"])
    main(["judge", ONE, OTHER, "different", "--reason", "no", "--reviewer", "Ben"])
    assert f"conflict: {ONE} = {OTHER}, yet {ONE} ≠ {OTHER}" in capsys.readouterr().err
    main(["judgements", "--conflicts", "--format", "json"])
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert [(row["reviewer"], row["status"]) for row in rows] == [
        ("Anna", "overruled"),
        ("Ben", "stands"),
    ]


def test_a_split_parts_a_subject(registry, capsys):
    main(["judge", ONE, OTHER, "same", "--reason", "one passport"])
    with Session(registry) as session:
        subject = subjects.members(session)[ONE][0]
    assert main(["split", subject, OTHER, "--reason", "another birth date"]) == 0
    assert not are_one(registry, ONE, OTHER)


def test_judgements_go_to_a_file_and_come_back(registry, tmp_path, capsys):
    main(["judge", ONE, OTHER, "same", "--reason", "one passport"])
    file = tmp_path / "judgements.csv"
    assert main(["judgements", "export", "-o", str(file)]) == 0
    with file.open(encoding="utf-8", newline="") as rows:
        assert [row["reason"] for row in csv.DictReader(rows)] == ["one passport"]
    capsys.readouterr()
    assert main(["judgements", "import", str(file)]) == 0
    assert "0 judgements are new, 1 were known" in capsys.readouterr().out


def test_a_second_reviewer_can_be_required(registry, capsys):
    assert main(["judgements", "policy", "2", "--reason", "the desks agreed"]) == 0
    main(["judge", ONE, OTHER, "same", "--reason", "one passport"])
    assert not are_one(registry, ONE, OTHER)
    main(["judge", ONE, OTHER, "same", "--reason", "so it is", "--reviewer", "Ben"])
    assert are_one(registry, ONE, OTHER)


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([ONE, OTHER, "same"], id="no reason"),
        pytest.param([ONE, OTHER, "--reason", "x"], id="no verdict"),
        pytest.param([ONE, OTHER, "maybe", "--reason", "x"], id="no such verdict"),
        pytest.param([ONE, "--undo", "1", "--reason", "x"], id="a listing and an undoing"),
    ],
)
def test_wrong_usage_exits_with_2(registry, arguments):
    with pytest.raises(SystemExit) as stopped:
        main(["judge", *arguments])
    assert stopped.value.code == 2


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        pytest.param([ONE, f"{US}:99", "same", "--reason", "x"], "No listing", id="not held"),
        pytest.param([ONE, ONE, "same", "--reason", "x"], "against itself", id="itself"),
        pytest.param(["--undo", "9", "--reason", "x"], "no judgement 9", id="not recorded"),
    ],
)
def test_what_can_not_be_done_is_said_in_one_line(registry, capsys, arguments, why):
    capsys.readouterr()
    assert main(["judge", *arguments]) == 1
    said = capsys.readouterr().err
    assert why in said
    assert said.count("\n") == 1
