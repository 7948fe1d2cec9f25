"""The command line as scripts use it: names, columns, exit codes, one line on stderr."""

import csv
import io
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from registry.cli import main
from registry.domain.judgement import Verdict
from registry.services import ingest, judge, resolve
from registry.store import subjects
from registry.store.database import connect, touch, writing

ROOT = Path(__file__).resolve().parents[3]
NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)
GAPS = "subject_id,name,kind,missing_from,measure,state,listed_by,first_listed_on,basis,confidence"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A registry of the sample lists, as `make run` makes it."""
    folder = tmp_path_factory.mktemp("demo")
    database = f"sqlite:///{folder}/registry.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        assert main(["demo", "--no-serve", "--database", database]) == 0
    return database


@pytest.fixture
def run(demo, capsys):
    """Run a command on the samples; gives (exit code, stdout, stderr)."""

    def run_(*arguments, database=demo):
        code = main([*arguments, "--database", database])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run_


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_gaps_keep_their_columns_in_their_order(run):
    code, out, _ = run("gaps", "--format", "csv")
    assert code == 0
    assert out.splitlines()[0].startswith(GAPS)
    assert rows(out)


def test_several_listing_partners_mean_all_of_them(run):
    one = rows(run("gaps", "--listed-by", "EU", "--format", "csv")[1])
    both = rows(run("gaps", "--listed-by", "EU", "--listed-by", "UK", "--format", "csv")[1])
    assert 0 < len(both) < len(one)
    assert all({"EU", "UK"} <= set(row["listed_by"].split("; ")) for row in both)


def test_missing_partners_give_a_row_each(run):
    each = [
        len(rows(run("gaps", "--missing-from", partner, "--format", "csv")[1]))
        for partner in ("US", "EU", "UK", "CA")
    ]
    together = rows(
        run("gaps", "--missing-from", "US", "--missing-from", "CA", "--format", "csv")[1]
    )
    assert len(together) == each[0] + each[3]
    assert len(rows(run("gaps", "--format", "csv")[1])) == sum(each)


def test_the_united_nations_and_australia_are_never_missing(run):
    assert {row["missing_from"] for row in rows(run("gaps", "--format", "csv")[1])} <= {
        "US",
        "EU",
        "UK",
        "CA",
    }
    with pytest.raises(SystemExit) as stopped:
        run("gaps", "--missing-from", "UN")
    assert stopped.value.code == 2


def test_gaps_of_every_confidence_are_shown_unless_some_are_asked_for(run):
    found = rows(run("gaps", "--format", "csv")[1])
    for level in ("high", "medium", "low"):
        some = rows(run("gaps", "--format", "csv", "--confidence", level)[1])
        assert some == [row for row in found if row["confidence"] == level]


def test_a_confidence_that_is_none_is_refused(run, capsys):
    with pytest.raises(SystemExit):
        run("gaps", "--confidence", "certain")
    assert "'certain' is not made of high,medium,low" in capsys.readouterr().err


def test_gaps_can_be_narrowed(run):
    found = rows(
        run(
            "gaps", "--kind", "person", "--measure", "travel-ban", "--situation", "sudan",
            "--format", "csv",
        )[1]
    )  # fmt: skip
    assert found
    assert {(row["kind"], row["measure"]) for row in found} == {("person", "travel-ban")}


def test_an_unknown_situation_is_refused_with_the_known_ones(run):
    code, out, err = run("gaps", "--situation", "atlantis")
    assert (code, out) == (1, "")
    assert "myanmar" in err
    assert err.count("\n") == 1


def test_before_the_first_edition_nothing_is_a_gap_that_nobody_could_know(run):
    assert rows(run("gaps", "--as-of", "1999-01-01", "--format", "csv")[1]) == []


def test_a_partner_whose_lists_are_not_held_is_named_beside_its_gaps(run, tmp_path):
    database = f"sqlite:///{tmp_path}/registry.db"
    assert run("init", database=database)[0] == 0
    code, out, err = run("gaps", "--listed-by", "EU", "--missing-from", "CA", database=database)
    assert (code, "0 rows" in out) == (0, True)
    assert "EU asset-freeze, EU travel-ban, CA asset-freeze, CA travel-ban" in err
    assert "answers" not in run("gaps", "--listed-by", "EU", "--missing-from", "CA")[2]


def test_who_imports_into_the_samples_is_warned(run, tmp_path):
    sample = ROOT / "sample_lists" / "un-sc" / "2026-04-17"
    assert "holds sample lists" in run("import", "un-sc", str(sample))[2]
    database = f"sqlite:///{tmp_path}/registry.db"
    assert run("init", database=database)[0] == 0
    assert "sample" not in run("import", "un-sc", str(sample), database=database)[2]


def test_exports_go_to_files_with_their_sources(run, tmp_path):
    for what, header in (
        ("links", "list,reference,subject_id"),
        ("coverage", "subject_id,name,kind,partner,measure,state,basis,list,reference,listed_on"),
        ("consolidated", "subject_id,name,kind"),
    ):
        path = tmp_path / f"{what}.csv"
        assert run("export", what, "-o", str(path))[0] == 0
        assert path.read_text(encoding="utf-8").startswith(header)
        sources = json.loads((tmp_path / f"{what}.csv.sources.json").read_text())
        assert "not a criminal finding" in sources["statement"]
        assert all(edition["attribution"] for edition in sources["editions"])


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_the_consolidated_list_is_reproducible(run, tmp_path, form):
    for name in ("one", "two"):
        assert run("export", "consolidated", "-o", str(tmp_path / f"{name}.{form}"))[0] == 0
    assert (tmp_path / f"one.{form}").read_bytes() == (tmp_path / f"two.{form}").read_bytes()


def test_coverage_has_a_row_for_each_supporting_listing_and_an_empty_one_without(run, tmp_path):
    path = tmp_path / "coverage.csv"
    run("export", "coverage", "-o", str(path))
    found = rows(path.read_text(encoding="utf-8"))
    for row in found:
        in_force = row["state"].startswith("in-force")
        assert bool(row["list"]) == bool(row["reference"])
        assert row["list"] or not in_force
    subjects = {row["subject_id"] for row in found}
    cells = {(row["subject_id"], row["partner"], row["measure"]) for row in found}
    assert len(cells) == 12 * len(subjects)


def test_a_second_run_of_the_samples_changes_nothing(run, demo, capsys):
    before = run("export", "links", "-o", "/dev/stdout")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        assert main(["demo", "--no-serve", "--database", demo]) == 0
    capsys.readouterr()
    assert run("export", "links", "-o", "/dev/stdout") == before


def test_changes_name_what_was_listed_amended_and_delisted(run):
    code, out, _ = run("changes", "un-sc", "--format", "csv")
    assert code == 0
    assert out.startswith("list,reference,change,field,before,after,edition,seen_on")
    assert {"listed", "amended", "delisted"} <= {row["change"] for row in rows(out)}
    assert rows(run("changes", "un-sc", "--since", "2099-01-01", "--format", "csv")[1]) == []


def test_lists_show_what_each_edition_is(run):
    shown = rows(run("lists", "--format", "csv")[1])
    assert list(shown[0]) == ["list", "partner", "edition", "listings", "age", "state"]
    by_key = {row["list"]: row for row in shown}
    assert by_key["uk-ofsi-conlist"]["state"] == "retired"
    assert by_key["uk-sanctions-list"]["edition"] == "29 April 2026"


def test_a_subject_is_found_by_name_in_any_script_and_by_reference(run):
    by_latin = json.loads(run("search", "Lukashenko Aleksandr", "--format", "json")[1])[0]
    by_cyrillic = json.loads(run("search", "Лукашенко Александр", "--format", "json")[1])[0]
    by_reference = json.loads(run("search", "EU.5971.83", "--format", "json")[1])[0]
    assert by_latin["subject_id"] == by_cyrillic["subject_id"] == by_reference["subject_id"]
    shown = json.loads(run("show", by_latin["subject_id"], "--format", "json")[1])
    assert {"eu-fsf", "uk-sanctions-list"} <= {each["list"] for each in shown["listings"]}
    assert len(shown["coverage"]) == 12


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("import", "no-such-list", "x"), id="no such list"),
        pytest.param(("import", "un-sc", "no-such-file.xml"), id="no such file"),
        pytest.param(("show", "S000000000"), id="no such subject"),
        pytest.param(("changes", "no-such-list"), id="changes of no list"),
        pytest.param(("explain", "un-sc:X", "un-sc:Y"), id="no such listings"),
        pytest.param(("evaluate", "no-such.csv"), id="no such pairs"),
        pytest.param(("gaps", "--format", "xlsx"), id="a workbook to the terminal"),
        pytest.param(("serve", "--host", "0.0.0.0"), id="serving beyond this machine"),
    ],
)
def test_what_can_not_be_done_is_said_in_one_line_with_exit_code_1(run, arguments):
    code, out, err = run(*arguments)
    assert (code, out) == (1, "")
    assert err.startswith("registry: ")
    assert err.count("\n") == 1
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param((), id="no command"),
        pytest.param(("gaps", "--as-of", "yesterday"), id="no date"),
        pytest.param(("gaps", "--as-of", "9999-12-31"), id="a day yet to come"),
        pytest.param(("import", "un-sc", "x", "--published", "9999-12-31"), id="published then"),
        pytest.param(("import", "un-sc", "x", "--published", "0001-01-01"), id="published never"),
        pytest.param(("gaps", "--kind", "ghost"), id="no kind"),
        pytest.param(("search", "x", "--limit", "0"), id="no number"),
    ],
)
def test_wrong_usage_exits_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(list(arguments))
    assert stopped.value.code == 2


def test_a_registry_that_was_never_made_is_named(run, tmp_path):
    code, _, err = run("lists", database=f"sqlite:///{tmp_path}/none.db")
    assert code == 1
    assert "registry init" in err


def test_a_truncated_edition_leaves_the_last_good_one_in_force(demo, capsys, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(Path(demo.removeprefix("sqlite:///")).parent, folder)
    database = f"sqlite:///{folder}/registry.db"
    sample = next((ROOT / "sample_lists" / "un-sc" / "2026-04-17").iterdir())
    cut = tmp_path / "consolidated.xml"
    cut.write_bytes(sample.read_bytes()[:-200])
    assert main(["import", "un-sc", str(cut), "--database", database]) == 1
    assert "not well-formed" in capsys.readouterr().err
    main(["lists", "--format", "csv", "--database", database])
    shown = {row["list"]: row for row in rows(capsys.readouterr().out)}
    assert (shown["un-sc"]["edition"], shown["un-sc"]["state"]) == ("17 April 2026", "quarantined")


def test_others_write_while_listings_are_matched_and_it_counts(demo, tmp_path, monkeypatch):
    folder = tmp_path / "copy"
    shutil.copytree(Path(demo.removeprefix("sqlite:///")).parent, folder)
    database = f"sqlite:///{folder}/registry.db"
    engine = connect(database)
    find = resolve.find

    def judged_meanwhile(session, **more):
        found = find(session, **more)
        monkeypatch.setattr(resolve, "find", find)
        one, other = (each.key for each in found.listings[::-1][:2])
        with writing(engine) as another:
            judge.record(another, one, other, Verdict.SAME, "ada", "one and the same", NOON)
        judged.extend((one, other))
        return found

    judged = []
    monkeypatch.setattr(resolve, "find", judged_meanwhile)
    assert main(["reconcile", "--database", database]) == 0
    with Session(engine) as session:
        members = subjects.members(session)
    engine.dispose()
    assert len({members[key][0] for key in judged}) == 1


def test_a_port_that_no_machine_has_is_refused(run):
    with pytest.raises(SystemExit):
        run("serve", "--port", "99999999")


def test_others_can_write_while_an_edition_is_read(database_url, monkeypatch):
    """Reading a large list takes half a minute; a reviewer's judgement must not wait for it."""
    assert main(["init", "--database", database_url]) == 0
    written = []

    def read_slowly(key, source):
        engine = connect(database_url)
        with writing(engine) as session:
            touch(session)
        engine.dispose()
        written.append(key)
        return read(key, source)

    read = ingest.read
    monkeypatch.setattr(ingest, "read", read_slowly)
    sample = ROOT / "sample_lists" / "un-sc"
    edition = str(min(sample.iterdir()))
    assert (
        main(["import", "un-sc", edition, "--accept", "a sample", "--database", database_url]) == 0
    )
    assert written == ["un-sc"]
    assert main(["import", "un-sc", edition, "--database", database_url]) == 0
    assert written == ["un-sc"]  # known bytes are not read again
