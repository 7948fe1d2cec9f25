"""The commands about the law, as scripts use them."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from registry.cli import main
from registry.store.archive import Archive
from registry.store.database import connect
from registry.store.schema import upgrade
from tests.factories import keep_edition, listing, reconcile

UK, EU, US, CA = "uk-sanctions-list", "eu-fsf", "us-ofac-sdn", "ca-sema"
MYANMAR = "The Myanmar (Sanctions) Regulations 2021"
MAY = date(2026, 5, 10)
TODAY = datetime.now(UTC).date().isoformat()
WHY = ("--reason", "The notice says so", "--reviewer", "A. Officer")


@pytest.fixture
def run(database_url, tmp_path, capsys):
    """Run a command on a small registry; gives (exit code, rows or text, stderr)."""
    engine = connect(database_url)
    upgrade(engine)
    with Session(engine) as session, session.begin():
        archive = Archive(tmp_path)
        only_uk = listing(UK, "MMR1", "Aung EXAMPLE", MYANMAR, listed_on=date(2021, 3, 22))
        both = listing(UK, "MMR2", "Thura SAMPLE", MYANMAR, listed_on=date(2021, 3, 22))
        keep_edition(session, archive, UK, MAY, [only_uk, both])
        keep_edition(
            session,
            archive,
            CA,
            MAY,
            [listing(CA, "Burma|1, Part 1|1", "Thura SAMPLE", "Burma", listed_on=date(2021, 4, 1))],
        )
        keep_edition(session, archive, EU, MAY, [listing(EU, "EU.3", "Min OTHER", "MMR")])
        keep_edition(session, archive, US, MAY, [listing(US, "7", "NOBODY", "NO-SUCH-CODE")])
        reconcile(session, {f"{UK}:MMR2", f"{CA}:Burma|1, Part 1|1"})
    engine.dispose()

    def run_(*arguments):
        code = main([*arguments, "--database", database_url])
        said = capsys.readouterr()
        if "csv" in arguments:
            return code, list(csv.DictReader(io.StringIO(said.out))), said.err
        return code, said.out, said.err

    return run_


def state(run, name, partner, measure):
    rows = run("gaps", "--missing-from", partner, "--measure", measure, "--format", "csv")[1]
    return next((row["state"] for row in rows if row["name"] == name), None)


def test_programmes_are_counted_and_can_be_asked_for_by_partner(run):
    rows = run("programmes", "--partner", "UK", "--format", "csv")[1]
    assert {row["partner"] for row in rows} == {"UK"}
    assert {row["programme"]: row["listings"] for row in rows}["GB-MMR"] == "2"


def test_codes_that_no_programme_knows_are_listed_with_their_counts(run):
    assert run("programmes", "--unmapped", "--format", "csv")[1] == [
        {"list": US, "code": "NO-SUCH-CODE", "act": "", "designations": "1"}
    ]
    assert run("programmes", "--unmapped", "--partner", "UK", "--format", "csv")[1] == []


ACT = ("act", "add", "eu", "--citation", "2026/999", "--source", "https://eur-lex.europa.eu/")


def test_an_act_takes_the_place_of_a_gap_until_it_is_withdrawn(run):
    assert state(run, "Aung EXAMPLE", "EU", "asset-freeze") == "not-found"
    made = ("--made-on", TODAY, "--measure", "asset-freeze")
    code, out, _ = run(*ACT, *made, "--listing", f"{UK}:MMR1", *WHY)
    assert (code, out) == (0, "act 1 is entered\n")
    assert state(run, "Aung EXAMPLE", "EU", "asset-freeze") is None
    (row,) = run("act", "list", "--format", "csv")[1]
    assert (row["state"], row["officer"]) == ("pending", "A. Officer")
    assert run("act", "withdraw", "1", *WHY)[0] == 0
    assert state(run, "Aung EXAMPLE", "EU", "asset-freeze") == "not-found"


def test_an_overdue_act_is_said_aloud(run):
    made = ("--made-on", "2026-01-01", "--measure", "asset-freeze", "--measure", "travel-ban")
    run(*ACT, *made, "--listing", f"{UK}:MMR1", *WHY)
    code, rows, said = run("act", "list", "--format", "csv")
    assert (code, rows[0]["state"], rows[0]["measures"]) == (
        0,
        "overdue",
        "asset-freeze; travel-ban",
    )
    assert "overdue acts: 1" in said


def test_an_act_by_name_alone_says_that_it_changes_nothing(run):
    made = ("--made-on", "2026-05-01", "--measure", "asset-freeze")
    code, _, said = run(*ACT, *made, "--name", "Aung EXAMPLE", *WHY)
    assert code == 0
    assert "on no subject" in said


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        pytest.param((*ACT, "--listing", f"{UK}:NONE"), "No listing", id="no such listing"),
        pytest.param((*ACT, "--subject", "SNONE"), "no subject SNONE", id="no such subject"),
        pytest.param(("act", "withdraw", "9"), "no act 9", id="no such act"),
        pytest.param(("override", "withdraw", "9"), "no override 9", id="no such override"),
        pytest.param(
            ("override", "add", f"{UK}:MMR1", "travel-ban", "maybe", "--source", "x"),
            "yes or no",
            id="a measure that is neither yes nor no",
        ),
    ],
)
def test_what_can_not_be_kept_is_said_in_one_line(run, arguments, complaint):
    made = ("--made-on", "2026-05-01", "--measure", "asset-freeze") if "eu" in arguments else ()
    code, _, said = run(*arguments, *made, *WHY)
    assert code == 1
    assert complaint in said
    assert said.count("\n") == 1


def test_an_override_changes_the_cell_and_is_listed_until_after_its_withdrawal(run):
    add = ("override", "add", f"{UK}:MMR1", "travel-ban", "no", "--source", "Notice 7", *WHY)
    assert run(*add)[0] == 0
    assert state(run, "Aung EXAMPLE", "EU", "travel-ban") is None
    (row,) = run("override", "list", "--format", "csv")[1]
    assert (row["value"], row["stated"], row["withdrawn_because"]) == ("no", "yes", "")
    run("override", "withdraw", "1", *WHY)
    assert state(run, "Aung EXAMPLE", "EU", "travel-ban") == "not-found"
    (row,) = run("override", "list", "--format", "csv")[1]
    assert row["withdrawn_because"].startswith("A. Officer, ")


def test_lag_gives_medians_and_subjects(run):
    rows = run("lag", "--situation", "myanmar", "--format", "csv")[1]
    assert rows == [
        {
            "situation": "myanmar",
            "earlier": "UK",
            "later": "CA",
            "median_days": "10",
            "subjects": "1",
            "left_out": "0",
        }
    ]
    rows = run("lag", "--subjects", "--format", "csv")[1]
    assert [(row["partner"], row["date_basis"], row["days"]) for row in rows] == [
        ("UK", "stated", "0"),
        ("CA", "stated", "10"),
    ]


def test_the_urgent_procedure_names_who_is_eligible_and_the_clocks_that_run(run):
    rows = run("urgent", "--situation", "myanmar", "--format", "csv")[1]
    assert {row["name"] for row in rows} == {"Min OTHER"}
    run(
        *("act", "add", "UK", "--listing", f"{EU}:EU.3", "--measure", "asset-freeze"),
        *("--citation", "Urgent designation", "--source", "https://www.gov.uk/"),
        *("--made-on", TODAY, "--procedure", "urgent", *WHY),
    )
    _, rows, said = run("urgent", "--format", "csv")
    assert "Min OTHER: The urgent designation of" in said
    assert "56 days left" in said
    assert ("Min OTHER", "asset-freeze") not in {(row["name"], row["measure"]) for row in rows}


def test_a_situation_that_nobody_knows_is_refused(run):
    for command in ("lag", "urgent"):
        assert "no situation 'atlantis'" in run(command, "--situation", "atlantis")[2]
