"""The commands about what lists state of conduct, as scripts use them."""

import csv
import io
from datetime import date

import pytest
from sqlalchemy.orm import Session

from registry.cli import main
from registry.store.archive import Archive
from registry.store.database import connect
from registry.store.schema import upgrade
from tests.factories import keep_edition, listing, reconcile

UK = "uk-sanctions-list"
WHY = ("--reason", "read the statement", "--reviewer", "A. Reviewer")


@pytest.fixture
def run(database_url, tmp_path, capsys):
    engine = connect(database_url)
    upgrade(engine)
    said = "Petrov tortured detainees. Sidorov committed massacres."
    code = "The Russia (Sanctions) (EU Exit) Regulations 2019"
    with Session(engine) as session, session.begin():
        made = [listing(UK, "RUS1", "Ivan PETROV", code, reason=said)]
        keep_edition(session, Archive(tmp_path), UK, date(2026, 5, 1), made)
        reconcile(session)
    engine.dispose()

    def run_(*arguments):
        code = main(["nexus", *arguments, "--database", database_url])
        out, err = capsys.readouterr()
        return code, out, err

    return run_


def rows(run, *states):
    asked = [word for state in states for word in ("--state", state)]
    return list(csv.DictReader(io.StringIO(run("list", "--format", "csv", *asked)[1])))


def test_findings_are_listed_but_for_the_doubtful(run):
    (row,) = rows(run)
    assert (row["state"], row["families"], row["nexus"]) == ("proposed", "torture", "possible")
    assert (row["programme"], row["roles"]) == ("GB-RUS", "role not stated")
    assert row["quote"] == "Petrov tortured detainees."
    (doubtful,) = rows(run, "doubtful")
    assert (doubtful["families"], doubtful["doubt"]) == ("mass-atrocity", "other-subject")


def test_a_finding_is_confirmed_and_rejected_by_its_id(run):
    (row,) = rows(run)
    code, out, _ = run("confirm", f"{UK}:RUS1", row["id"], *WHY)
    assert code == 0
    assert "(torture) is confirmed: Petrov tortured detainees." in out
    (now,) = rows(run)
    assert (now["state"], now["nexus"], now["reviewer"]) == ("confirmed", "stated", "A. Reviewer")
    assert run("reject", f"{UK}:RUS1", row["id"], *WHY)[0] == 0
    assert rows(run)[0]["state"] == "rejected"


def test_a_quote_of_the_reviewers_own_is_confirmed(run):
    code, out, _ = run("confirm", f"{UK}:RUS1", "--quote", "committed massacres", *WHY)
    assert code == 0
    assert "(mass-atrocity) is confirmed" in out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((f"{UK}:RUS1", "0123456789"), "has no finding 0123456789"),
        ((f"{UK}:RUS1", "--quote", "not said"), "no family"),
        ((f"{UK}:RUS9", "0123456789"), "No listing uk-sanctions-list:RUS9"),
    ],
)
def test_what_can_not_be_confirmed_is_said_in_one_line(run, arguments, says):
    code, _, err = run("confirm", *arguments, *WHY)
    assert code == 1
    assert err.startswith("registry: ")
    assert says in err


def test_an_id_or_a_quote_is_needed_and_not_both(run):
    for arguments in ((), ("0123456789", "--quote", "committed massacres")):
        with pytest.raises(SystemExit, match="2"):
            run("confirm", f"{UK}:RUS1", *arguments, *WHY)
