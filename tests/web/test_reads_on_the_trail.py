"""Whatever page names something marked, the trail tells that it was read, and whose auditors may
know; what somebody keeps back makes no difference to what others' auditors read there."""

import json
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.domain.handling import mark
from registry.services import discuss
from registry.store.tables import TrailRow
from tests.registry.services.proposing import EU, NOW, QUAD, TODAY
from tests.web.proposing import Desk
from tests.web.test_dossiers import send as hand_in
from tests.web.test_released_in_part import NOBODYS, PARTNERS

TITLE = "Round two"


@dataclass
class Watched:
    """A registry with a proposal for all partners and a dossier for the UK."""

    desk: Desk

    def __init__(self, engine, folder):
        self.desk = Desk(engine, folder)
        world = self.desk.world
        self.proposal = world.circulated(partners=PARTNERS)
        for who in ("us", "us-reader", "eu", "uk", "uk-auditor", "ca"):
            world.do(discuss.watch, who, self.proposal.id, on=True)
        all_ = mark("US", releases=QUAD)
        world.do(discuss.assign, "us", self.proposal.id, "Ask", "us2", TODAY, all_, NOW)
        self.dossier = hand_in(self.desk).headers["Location"].rsplit("/", 1)[1]

    def pages(self):
        """Of everything that is read in a browser, as far as it needs no other nouns."""
        subject = self.desk.world.subject_of[f"{EU}:EU.1"]
        values = {
            "proposal_id": self.proposal.id, "dossier_id": self.dossier, "subject_id": subject,
            "partner": "UK",
        }  # fmt: skip
        adapter = self.desk.app.url_map.bind("localhost")
        for rule in self.desk.app.url_map.iter_rules():
            # Who reads the trail reads what is on it already.
            is_read = "GET" in rule.methods and not rule.endpoint.startswith("trail.")
            if is_read and rule.arguments <= set(values):
                given = {each: values[each] for each in rule.arguments}
                yield adapter.build(rule.endpoint, given, "GET")
        yield "/proposals/?q=round"
        yield f"/proposals/new?subject={subject}&situation=myanmar"
        yield f"/dossiers/{self.dossier}/adopt?proposal={self.proposal.id}"

    def count(self):
        with Session(self.desk.world.engine) as session:
            return session.scalar(select(func.count()).select_from(TrailRow))

    def since(self, count):
        """What was read since the trail was so long: (who, ids of all that was read, whose auditors
        may know)."""
        with Session(self.desk.world.engine) as session:
            return [
                (
                    row.actor,
                    {row.object.partition(":")[2], *json.loads(row.detail).get("read", ())},
                    set(json.loads(row.released_to)),
                )
                for row in session.scalars(
                    select(TrailRow).where(TrailRow.number > count).order_by(TrailRow.number)
                )
                if row.action == "marked-read"
            ]


@pytest.fixture(scope="module")
def watched(lasting_databases, tmp_path_factory):
    made = Watched(lasting_databases.open(), tmp_path_factory.mktemp("watched"))
    yield made
    made.desk.close()


@pytest.mark.parametrize("who", ["us", "us-reader", "uk", "uk2", "uk-auditor", "ca", "secretariat"])
def test_every_page_that_names_something_marked_is_on_the_trail(watched, who):
    told = 0
    for address in watched.pages():
        before = watched.count()
        answer = watched.desk.of(who).client.get(address)
        body = answer.text if answer.mimetype == "text/html" else ""
        answer.close()
        read = watched.since(before)
        assert {each for each, _, _ in read} <= {who}, address
        for named, is_there, audience in (
            (watched.proposal.id, TITLE in body, set(PARTNERS)),
            (watched.dossier, "Commanders at a prison" in body, {"dossiers:UK"}),
        ):
            is_there = is_there or (answer.status_code == 200 and named in body)
            entries = [whose for _, things, whose in read if named in things]
            assert entries == ([audience] if is_there else []), (address, named)
            told += is_there
    assert told >= {"uk": 15, "secretariat": 0}.get(who, 7)


def pages_of_lists(watched):
    return [
        "/proposals/", "/proposals/boards/UK", "/calendar/", "/notices/", "/conference/",
        f"/proposals/{watched.proposal.id}", f"/subjects/{watched.proposal.subjects[0].id}",
    ]  # fmt: skip


def told_to_us(watched, count):
    """What auditors of the US read of reads since the trail was so long."""
    with Session(watched.desk.world.engine) as session:
        rows = session.scalars(
            select(TrailRow)
            .where(TrailRow.number > count, TrailRow.action == "marked-read")
            .order_by(TrailRow.number)
        )
        return [(each.object, each.detail) for each in rows if "US" in json.loads(each.released_to)]


def test_what_one_keeps_back_makes_no_gap_in_what_others_auditors_read(watched):
    """The UK reads the same pages before and after it keeps something to itself."""
    world = watched.desk.world

    def seen_by_us():
        before = watched.count()
        for address in pages_of_lists(watched):
            watched.desk.get("uk", address)
        return told_to_us(watched, before)

    before = seen_by_us()
    assert len(before) == len(pages_of_lists(watched))
    own = mark("UK")
    hidden = world.circulated("uk", releases=["EU"], partners=("UK", "EU"))
    for made in (watched.proposal, hidden):
        world.do(discuss.comment, "uk", made.id, "@uk @uk2 our source", own, NOW)
        world.do(discuss.assign, "uk", made.id, "Ask our source", "uk", TODAY, own, NOW)
    world.do(discuss.comment, "eu", hidden.id, "@uk", mark("EU", releases=["UK"]), NOW)
    world.start("uk")
    assert seen_by_us() == before


def test_who_was_shown_a_proposal_only_by_what_is_kept_back_was_not_shown_it_to_others(watched):
    """A task that the UK keeps to itself puts a proposal into the UK's calendar."""
    world = watched.desk.world
    made = world.circulated(partners=PARTNERS)
    world.do(discuss.assign, "uk", made.id, "Ask", "uk", TODAY, mark("UK"), NOW)
    before = watched.count()
    watched.desk.get("uk", "/calendar/")
    told = [whose for _, things, whose in watched.since(before) if made.id in things]
    assert told == [{"UK"}]


def test_who_adopts_a_dossier_reads_a_proposal_as_anybody_else(watched):
    before = watched.count()
    address = f"/dossiers/{watched.dossier}/adopt?proposal={watched.proposal.id}"
    watched.desk.get("uk", address)
    watched.desk.get("uk", f"/proposals/{watched.proposal.id}")
    assert told_to_us(watched, before) == [(f"proposal:{watched.proposal.id}", "{}")] * 2


def test_an_auditor_finds_every_read_of_one_proposal(watched):
    """Also where it was one of several on a page."""
    watched.desk.world.circulated(partners=PARTNERS)
    found = f"/trail/?actor=ca&object=proposal:{watched.proposal.id}&action=marked-read"
    before = watched.desk.get("uk-auditor", found).count("<tr><td")
    for address in pages_of_lists(watched):
        watched.desk.get("ca", address)
    after = watched.desk.get("uk-auditor", found).count("<tr><td")
    assert after - before == len(pages_of_lists(watched))
    nothing = watched.desk.get("uk-auditor", f"/trail/?actor=ca&object=proposal:{NOBODYS}")
    assert "No entry fits" in nothing
