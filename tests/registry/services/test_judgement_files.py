"""Judgements to a file and back."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from exports import columns
from exports.writing import Format, write
from registry.domain.judgement import InvalidJudgement, Verdict
from registry.services import assess, judgement_files, publish, weighing
from tests.registry.services.test_judge import (
    JANUARY,
    NAYPYIDAW_UK,
    NOON,
    OTHER_US,
    THANT_EU,
    THANT_UK,
    THANT_US,
    UK,
    US,
    Registry,
    uk,
    us,
)

LATE = NOON + timedelta(days=1)
PLAIN = "list_a,reference_a,list_b,reference_b,verdict,reason\n"


def fill(registry):
    registry.keep(UK, JANUARY, uk("MYA1", "Kyaw Zaw Thant"), uk("MYA2", "Evgeny Prikhodko"))
    registry.keep(US, JANUARY, us("1", "THANT, Kyaw Zaw"), us("2", "Someone Else"))
    registry.reconcile()
    return registry


@pytest.fixture
def registry(databases, tmp_path):
    return fill(Registry(databases.open(), tmp_path))


@pytest.fixture
def another(databases, tmp_path):
    return fill(Registry(databases.open(), tmp_path))


def export(registry, path):
    with Session(registry.engine) as session, path.open("wb") as file:
        rows = judgement_files.rows(session)
        said = publish.provenance(session, assess.nothing(NOON.date()), "Judgements", "us")
        write(columns.JUDGEMENTS, rows, said, Format.CSV, file)
    return path


def take_in(registry, path, at=LATE):
    with Session(registry.engine) as session, session.begin():
        return judgement_files.take_in(session, path, "Zoe", at)


def written(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def shown(registry, **asked):
    with Session(registry.engine) as session:
        return list(judgement_files.rows(session, **asked))


def test_judgements_come_back_from_a_file_as_they_were(registry, another, tmp_path):
    registry.judge(THANT_UK, THANT_US, "different", reason='=2+2 is "no" reason,\nit says')
    undone = registry.judge(NAYPYIDAW_UK, OTHER_US, "same", reviewer="Ben")
    registry.undo(undone.id, reviewer="Carl", reason="the wrong row")
    registry.judge(NAYPYIDAW_UK, OTHER_US, "unsure", reviewer="Ben")
    taken = take_in(another, export(registry, tmp_path / "judgements.csv"))
    assert (taken.new, taken.known, taken.undone, taken.waiting) == (3, 0, 1, 0)
    assert shown(another) == shown(registry)
    for each in (registry, another):
        each.reconcile()
    assert another.groups() == registry.groups()


def test_a_file_that_is_known_changes_nothing(registry, tmp_path):
    registry.judge(THANT_UK, THANT_US, "different")
    undone = registry.judge(NAYPYIDAW_UK, OTHER_US, "same")
    registry.undo(undone.id)
    file = export(registry, tmp_path / "judgements.csv")
    before = shown(registry), registry.revision()
    taken = take_in(registry, file)
    assert (taken.new, taken.known, taken.undone) == (0, 2, 0)
    assert (shown(registry), registry.revision()) == before


def test_a_file_can_take_back_what_is_known(registry, another, tmp_path):
    registry.judge(THANT_UK, THANT_US, "different")
    take_in(another, export(registry, tmp_path / "first.csv"))
    registry.undo(1)
    assert take_in(another, export(registry, tmp_path / "second.csv")).undone == 1
    assert shown(another) == shown(registry)


def test_a_colleagues_file_needs_only_the_listings_a_verdict_and_a_reason(registry, tmp_path):
    file = written(tmp_path / "plain.csv", f"{PLAIN}{US},2,{UK},MYA2,same,one passport\n")
    assert take_in(registry, file).new == 1
    (row,) = shown(registry)
    assert (row.reviewer, row.judged_at, row.verdict) == ("Zoe", LATE.isoformat(), Verdict.SAME)
    assert all(fingerprint for *_place, fingerprint in row.sides)
    again = take_in(registry, file, LATE + timedelta(days=1))
    assert (again.new, again.known) == (0, 1)


def test_a_judgement_waits_for_a_list_that_is_not_held_yet(registry, another, tmp_path):
    registry.keep("eu-fsf", JANUARY, *())
    file = written(
        tmp_path / "keys.csv", f"key_a,key_b,verdict,reason\n{THANT_UK},{THANT_EU},same,an alias\n"
    )
    assert take_in(another, file).waiting == 1
    another.reconcile()
    (row,) = shown(another)
    assert (row.status, row.reopened) == ("stands", "not-held")


def test_bytes_of_a_spreadsheet_program_are_understood(registry, tmp_path):
    path = tmp_path / "bom.csv"
    path.write_bytes(f"{PLAIN}{US},2,{UK},MYA2,same,one passport\n".encode("utf-8-sig"))
    assert take_in(registry, path).new == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("list_a,verdict\n", "no column reason", id="a column is missing"),
        pytest.param(f"{PLAIN}{US},2,{UK},MYA2,maybe,x\n", "line 2.*maybe", id="no such verdict"),
        pytest.param(f"{PLAIN}{US},2,{UK},MYA2,same,\n", "line 2.*reason", id="no reason"),
        pytest.param(f"{PLAIN}{US},2,{UK},MYA9,same,x\n", "line 2.*MYA9", id="no such listing"),
        pytest.param(f"{PLAIN}{US},2,{UK},,same,x\n", "line 2.*reference_b", id="no reference"),
        pytest.param(
            f"{PLAIN[:-1]},judged_at\n{US},2,{UK},MYA2,same,x,2099-01-01T00:00:00\n",
            "future",
            id="a time that would outlast all others",
        ),
        pytest.param(
            f"{PLAIN}{US},2,{UK},MYA2,same,x\n{US},1,{US},1,same,x\n", "line 3", id="the second row"
        ),
    ],
)
def test_a_file_with_one_bad_row_is_refused_as_a_whole(registry, tmp_path, text, why):
    with pytest.raises(InvalidJudgement, match=why):
        take_in(registry, written(tmp_path / "bad.csv", text))
    assert shown(registry) == []


def test_a_file_that_is_not_there_is_named(registry, tmp_path):
    with pytest.raises(InvalidJudgement, match=r"none\.csv"):
        take_in(registry, tmp_path / "none.csv")


def test_only_what_is_in_conflict_is_shown_if_asked(registry):
    registry.judge(THANT_UK, THANT_US, "same")
    registry.judge(THANT_UK, THANT_US, "different", reviewer="Ben")
    registry.judge(NAYPYIDAW_UK, OTHER_US, "same")
    found = shown(registry, conflicts=True)
    assert [row.id for row in found] == [1, 2]
    assert found[0].conflicts == (
        "uk-sanctions-list:MYA1 = us-ofac-sdn:1, yet uk-sanctions-list:MYA1 ≠ us-ofac-sdn:1",
    )


def test_only_what_is_to_be_looked_at_again_is_shown_if_asked(registry):
    registry.judge(THANT_UK, THANT_US, "same")
    registry.judge(NAYPYIDAW_UK, OTHER_US, "same")
    registry.keep(US, datetime(2026, 2, 1, tzinfo=UTC).date(), us("2", "Someone Else Junior"))
    assert [row.id for row in shown(registry, reopened=True)] == [2]


def test_keys_are_changed_from_a_file(registry, tmp_path):
    registry.keep(UK, datetime(2026, 2, 1, tzinfo=UTC).date(), uk("RUS7", "Evgeny Prikhodko"))
    registry.judge(NAYPYIDAW_UK, OTHER_US, "same")
    file = written(tmp_path / "keys.csv", f"old_key,new_key\n{NAYPYIDAW_UK},{UK}:RUS7\n")
    with Session(registry.engine) as session, session.begin():
        assert judgement_files.rekey(session, file, "Anna", "renumbered", LATE) == 1
    (row,) = shown(registry)
    assert row.sides[0][1] == "RUS7"
    with Session(registry.engine) as session:
        assert (f"{UK}:RUS7", OTHER_US) in weighing.verdicts(session)
