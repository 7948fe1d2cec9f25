"""Every act that the trail has a word for is written there when it happens, with who did it and
from where, in the browser and at the command line."""

import getpass
import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.cli import main
from registry.domain.trail import Action
from registry.services import audit
from registry.store.tables import EditionRow, TrailRow
from tests.web.conftest import EU, PASSWORD, UK, US, Visitor
from tests.web.crawl import Filled
from tests.web.desks import work

BROWSER, SHELL = "127.0.0.1", "command line"
# What is done at the command line alone, and what the worker does of what was asked for.
AT_THE_SHELL = {
    Action.JUDGEMENTS_TAKEN_IN, Action.KEYS_CHANGED, Action.REVIEW_POLICY_SET,
    Action.FINDING_REVIEWED, Action.EDITION_IMPORTED, Action.EDITION_QUARANTINED,
}  # fmt: skip
ROWS = "list_a,reference_a,list_b,reference_b,verdict,reason\n"


@pytest.fixture(scope="module")
def happened(lasting_databases, tmp_path_factory):
    folder = tmp_path_factory.mktemp("everything")
    made = Filled(lasting_databases.open(), folder)
    in_the_browser(made)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REGISTRY_DATABASE_URL", made.url)
        patch.setenv("REGISTRY_ARCHIVE", str(made.archive.folder))
        at_the_shell(folder)
    yield made
    made.app.extensions["engine"].dispose()


def in_the_browser(made):
    desk, keeper = made.desk, made.visitors["crawl.administrator"]
    dossier, proposal = made.values["dossier"], made.values["circulated"]
    made._send_file("/lists/un-sc/uploads", "file", b"<nothing/>")
    desk.post("/lists/un-sc/uploads/2/discard")
    with Session(made.engine) as session:
        used = session.scalars(
            select(EditionRow.id).where(
                EditionRow.official_list == US, EditionRow.state == "accepted"
            )
        ).first()
    for address in ("/acts/1/withdraw", "/overrides/1/withdraw", "/review/judgements/1/undo"):
        desk.post(address, {"reason": "It was wrong."})
    desk.post(f"/lists/{US}/editions/{used}/withdraw", {"reason": "It was wrong."})
    work(made)
    desk.get(f"/dossiers/{dossier}")
    desk.post(f"/dossiers/{dossier}/answers", {"disposition": "under-review"})
    item = {"proposal": proposal, "kind": "document", "title": "A report"}
    desk.post(f"/dossiers/{dossier}/adopt", item)
    desk.get("/coverage/gaps.csv")
    keeper.post("/accounts/crawl.ngo/roles", {"roles": ["ngo"]})
    keeper.post("/accounts/crawl.ngo/disable")
    keeper.post("/accounts/crawl.ngo/enable")
    keeper.post("/accounts/crawl.ngo/password", status=200)
    roles = {"roles": "reader", "affiliation": "UK", "shown_name": "New"}
    keeper.post("/accounts/", {"name": "crawl.new", **roles}, 200)
    Visitor(made.app).sign_in("crawl.desk", "not the password", 401)
    leaving = Visitor(made.app)
    leaving.sign_in("crawl.desk", PASSWORD)
    leaving.post("/sign-out")


def at_the_shell(folder):
    judgements, keys = folder / "judgements.csv", folder / "keys.csv"
    judgements.write_text(f"{ROWS}{UK},MMR0001,{UK},MMR0002,different,no\n")
    keys.write_text(f"old_key,new_key\n{EU}:EU.100.0,{EU}:EU.101.0\n")
    family = ("--family", "civilians", "--reason", "read it", "--reviewer", "Ada")
    samples = "sample_lists/un-sc/2026-02-25/consolidated.xml"
    whole = "sample_lists/uk-ofsi-conlist/2025-04-10/ConList.csv"
    for command in (
        ["judgements", "import", str(judgements), "--reviewer", "Ada"],
        ["nexus", "confirm", f"{UK}:MMR0001", "--quote", "led a battalion", *family],
        ["judgements", "policy", "2", "--reason", "decided so"],
        ["judgements", "rekey", str(keys), "--reason", "renumbered"],
        ["import", "un-sc", samples, "--accept", "It is a sample."],
        ["import", "uk-ofsi-conlist", whole],
        ["export", "links", "-o", str(folder / "links.csv")],
        ["gaps", "-o", str(folder / "gaps.csv")],
        ["judgements", "export", "-o", str(folder / "out.csv")],
    ):
        main(command)  # an edition that is quarantined is a failure


def entries(made):
    with Session(made.engine) as session:
        return session.scalars(select(TrailRow).order_by(TrailRow.number)).all()


def test_every_act_that_the_trail_has_a_word_for_is_written_when_it_happens(happened):
    missing = set(Action) - {each.action for each in entries(happened)}
    assert missing == set(), "do these here, too, and see that they are recorded"


def test_every_entry_says_who_what_when_and_from_where(happened):
    people = {*happened.names, "crawl.new", getpass.getuser()}
    for each in entries(happened):
        named = (each.number, each.action, each.actor, each.address)
        assert re.fullmatch(r"[a-z-]+(:[^:].*)?", each.object), named
        assert each.at.tzinfo is not None, named
        if each.action == Action.SIGN_IN_FAILED:
            assert (each.actor, each.address) == ("", BROWSER), "nobody is signed in yet"
        elif each.address == SHELL:
            assert each.actor == getpass.getuser(), named
        elif each.address.startswith("job "):
            assert each.actor == "crawl.desk", f"who asked for the job: {named}"
        elif each.address == "the registry itself":
            assert each.action == Action.ACCOUNT_ADDED, f"by the test alone: {named}"
        else:
            assert each.address == BROWSER, named
            assert each.actor in people, named


def test_what_is_done_at_the_command_line_is_said_to_be_done_there(happened):
    done = {each.action for each in entries(happened) if each.address == SHELL}
    assert done >= AT_THE_SHELL | {Action.EXPORTED}
    files = {each.object for each in entries(happened) if each.action == Action.EXPORTED}
    assert files >= {"export:links", "export:gaps", "export:judgements", "page:coverage.download"}


def test_the_trail_of_everything_has_no_break(happened):
    with Session(happened.engine) as session:
        assert list(audit.faults(session)) == []
        assert audit.head(session).count == len(entries(happened)) > 50
