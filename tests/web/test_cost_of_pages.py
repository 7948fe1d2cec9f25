"""What a page costs: no more queries the more there is to show, and few bytes at first sight."""

import gzip
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.domain.account import Account, Role
from registry.domain.act import Act
from registry.domain.evidence import Evidence, EvidenceKind
from registry.domain.handling import mark
from registry.domain.job import JobKind, Order
from registry.domain.judgement import Verdict
from registry.domain.override import Field, Override
from registry.services import (
    acts,
    discuss,
    dossiers,
    jobs,
    judge,
    overrides,
    passwords,
    saved_views,
    substantiate,
    uploads,
)
from registry.store import accounts
from registry.store.database import writing
from registry.store.tables import EditionRow
from registry.web import access
from tests.registry.domain.test_dossier import CONTENT
from tests.registry.services.proposing import BAN, CA, EU, FREEZE, NOW, QUAD, TODAY, UK, US, person
from tests.web.conftest import PASSWORD, Visitor
from tests.web.proposing import Desk
from tests.web.test_queries import counted

ALL = "all-roles"
MORE = 6
FILES = {"static", "bootstrap.static"}
MOST_BYTES = 150_000  # of a page with its style sheets, scripts and pictures, as they are sent
COMPRESSED = {"Accept-Encoding": "gzip"}
ASSET = re.compile(r'(?:src|href)="(/(?:static|bootstrap)/[^"]+)"')


class Growing(Desk):
    """A registry to which more of everything can be added."""

    def __init__(self, engine, folder):
        super().__init__(engine, folder)
        self.engine = engine
        self.size = 0
        with Session(engine) as session, session.begin():
            self.world.who[ALL] = accounts.add(
                session,
                Account(0, ALL, "All", "UK", frozenset(Role) - {Role.NGO, Role.ADMINISTRATOR}),
                passwords.hashed(PASSWORD),
                NOW,
            )
        self.first_proposal = self.first_dossier = None

    def grow(self, to):
        """Hold so many of everything."""
        numbers = range(self.size, to)
        self.size = to
        self._lists(to)
        for number in numbers:
            self._proposal(number)
            self._desk(number)

    def _lists(self, to):
        world, day = self.world, TODAY - timedelta(days=40 - to)
        eu = [person(EU, f"EU.{n}", f"Person {n} EXAMPLE") for n in range(1, 2 * to + 2)]
        later = [replace(each, party=replace(each.party, functions=("Minister",))) for each in eu]
        world.keep(EU, day, *eu, person(EU, "EU.900", "Gone"))
        world.keep(EU, day + timedelta(days=1), *later)
        world.keep(
            UK, day, *(person(UK, f"MMR{n}", f"Person {n} EXAMPLE") for n in range(1, to + 1))
        )
        world.keep(
            US, day, *(person(US, f"{n}", f"EXAMPLE, Person {n}") for n in range(900, 901 + to))
        )
        same = {f"{EU}:EU.1", *(f"{UK}:MMR{n}" for n in range(1, to + 1))}
        world.reconcile(
            same, candidates=[(f"{EU}:EU.{n + 1}", f"{US}:{900 + n}") for n in range(1, to + 1)]
        )
        with Session(self.engine) as session, session.begin():
            for number, day in enumerate((date(2026, 4, 1), date(2026, 4, 2))[: 1 + (to > 1)]):
                session.add(quarantined(CA, day, f"{to}{number}"))

    def _proposal(self, number):
        world, own = self.world, mark("UK", releases=QUAD)
        made = world.circulated(
            ALL, keys=[f"{EU}:EU.{n}" for n in range(2, 3 + number)], partners=("US", "EU")
        )
        self.first_proposal = self.first_proposal or made
        first = self.first_proposal.id
        world.do(discuss.watch, ALL, made.id, on=True)
        world.do(discuss.comment, "us", made.id, f"@{ALL} see this", mark("US", releases=QUAD), NOW)
        world.do(discuss.comment, ALL, first, f"Comment {number}", own, NOW)
        world.do(discuss.assign, ALL, first, f"Task {number}", ALL, TODAY, own, NOW)
        evidence = Evidence(EvidenceKind.DOCUMENT, f"Item {number}", "Text")
        world.do(substantiate.add, ALL, first, evidence, own, NOW)

    def _desk(self, number):
        world = self.world
        dossier = world.do(
            dossiers.hand_in, "ngo", replace(CONTENT, title=f"Dossier {number}"), NOW
        )
        self.first_dossier = self.first_dossier or dossier
        with writing(self.engine) as session:
            subject = world.subject_of[f"{EU}:EU.1"]
            acts.enter(session, act(subject, number))
            overrides.enter(
                session,
                Override(
                    f"{UK}:MMR{number + 1}", Field.KIND, "person", "so", "a note", "all (UK)", NOW
                ),
            )
            judge.record(
                session,
                f"{EU}:EU.{number + 2}",
                f"{UK}:MMR{number + 1}",
                Verdict.UNSURE,
                "all (UK)",
                "so",
                NOW,
            )
            saved_views.keep(session, world.who[ALL], f"View {number}", "kind=person", NOW)
            uploads.receive(session, EU, f"token-{number}", "a file", 1, None, "all (UK)", NOW)
            jobs.ask(session, Order(JobKind.FETCH, f"list-{number}"), "all (UK)", NOW)
            accounts.add(
                session,
                Account(0, f"another-{number}", "Another", "UK", frozenset({Role.OFFICER})),
                "none",
                NOW,
            )
        Visitor(self.app).sign_in(ALL)


def act(subject, number):
    return Act(
        "UK",
        (FREEZE, BAN),
        f"Act {number}",
        TODAY - timedelta(days=number),
        "https://example.org",
        "all (UK)",
        "so",
        NOW,
        subject_id=subject,
    )


def quarantined(official_list, day, sign):
    return EditionRow(
        official_list=official_list,
        sha256=f"{sign:0>64}",
        format="by hand",
        file_name="a file",
        url="",
        published_on=day,
        dated=day,
        received_at=NOW,
        importer_version="0",
        state="quarantined",
        findings=["too few"],
        accepted_because="",
        silent=[],
        entries=1,
        listings=0,
    )


def addresses(desk):
    """By endpoint, a page that shows as much of its noun as there is."""
    subject = desk.world.subject_of[f"{EU}:EU.1"]
    proposal = f"/proposals/{desk.first_proposal.id}"
    dossier = f"/dossiers/{desk.first_dossier.id}"
    with Session(desk.engine) as session:
        edition = session.scalars(
            select(EditionRow.id)
            .where(EditionRow.official_list == EU, EditionRow.state == "accepted")
            .order_by(EditionRow.id.desc())
        ).first()
    return {
        "overview.page": "/",
        "accounts.own": "/account",
        "administration.page": "/accounts/",
        "administration.one": "/accounts/uk",
        "acts.board": "/acts/",
        "acts.urgent_procedure": "/acts/urgent",
        "acts.new": f"/acts/new?subject={subject}",
        "calendar.page": "/calendar/",
        "changes.page": "/changes/",
        "changes.download": "/changes/changes.json",
        "changes.diverging": "/changes/divergence",
        "changes.feed": "/changes/feed.atom",
        "conference.page": "/conference/?since=2026-04-12&nexus=all",
        "conference.movement": "/conference/movement?since=2026-04-12&nexus=all",
        "coverage.matrix": "/coverage/",
        "coverage.chosen": f"/coverage/chosen.json?subject={subject}",
        "coverage.download": "/coverage/gaps.json",
        "coverage.subjects": "/coverage/subjects.json",
        "dossiers.board": "/dossiers/",
        "dossiers.page": dossier,
        "dossiers.adopting": f"{dossier}/adopt",
        "dossiers.attachment": f"{dossier}/attachments/0",
        "dossiers.new": "/dossiers/new",
        "jobs.board": "/jobs/",
        "jobs.one": "/jobs/1",
        "jobs.state": "/jobs/1/state",
        "listings.page": f"/listings/{EU}/EU.1",
        "lists.board": "/lists/",
        "lists.one": f"/lists/{EU}",
        "lists.difference": f"/lists/{EU}/difference",
        "lists.edition": f"/lists/{EU}/editions/{edition}",
        "lists.file": f"/lists/{EU}/editions/{edition}/file",
        "lists.upload": f"/lists/{EU}/uploads/1",
        "lists.reported": "/lists/reported",
        "method.page": "/method/",
        "notices.page": "/notices/",
        "overrides.board": "/overrides/",
        "overrides.new": f"/overrides/new?listing={EU}:EU.1",
        "programmes.index": "/programmes/",
        "programmes.page": "/programmes/EU-MMR",
        "proposals.board": "/proposals/",
        "proposals.page": proposal,
        "positions.form": f"{proposal}/answer",
        "drafting.page": f"{proposal}/edit",
        "contributions.attachment": f"{proposal}/evidence/NOTHERE2345678/attachments/0",
        "packages.form": f"{proposal}/package",
        "composing.page": f"{proposal}/subjects",
        "positions.board": "/proposals/boards/UK",
        "proposals.new": f"/proposals/new?subject={subject}",
        "review.queue": "/review/",
        "review.judgement_board": "/review/judgements",
        "review.pair": f"/review/pair?left={EU}:EU.2&right={US}:901",
        "search.page": "/search/?q=example",
        "search.paste": "/search/paste",
        "accounts.sign_in_page": "/sign-in",
        "situations.index": "/situations/",
        "situations.page": "/situations/myanmar",
        "subjects.page": f"/subjects/{subject}",
        "subjects.join": f"/subjects/{subject}/join?other={EU}:EU.2",
        "why.page": f"/subjects/{subject}/why/CA",
        "trail.page": "/trail/",
        "trail.download": "/trail/trail.csv",
    }


def may_ask(endpoint):
    """An account whose role may ask for the endpoint."""
    rule = access.RULES[endpoint]
    needed = rule if isinstance(rule, frozenset) else frozenset({Role.OFFICER})
    if needed & {Role.NGO} and not needed - {Role.NGO}:
        return "ngo"
    return ALL if needed - {Role.ADMINISTRATOR, Role.NGO} else "admin"


@pytest.fixture
def desk(database, tmp_path):
    made = Growing(database, tmp_path)
    yield made
    made.close()


def test_no_page_asks_the_database_more_often_the_more_there_is(desk):
    desk.grow(1)
    few = asked_per_page(desk)
    desk.grow(MORE)
    many = asked_per_page(desk)
    readable = {rule.endpoint for rule in desk.app.url_map.iter_rules() if "GET" in rule.methods}
    assert few.keys() == readable - FILES, "give each page an address"
    grown = {each: (few[each], many[each]) for each in few if many[each] > few[each]}
    assert not grown


def asked_per_page(desk):
    """By endpoint, how many queries its page takes once what is kept is computed."""
    found = {}
    with counted(desk.app.extensions["engine"]) as asked:
        for endpoint, address in addresses(desk).items():
            client = desk.of(may_ask(endpoint)).client
            statuses = []
            for _ in range(2):
                asked.clear()
                answer = client.get(address)
                statuses.append(answer.status_code)
                answer.close()
            assert statuses[1] in (200, 302, 303, 404, 422), (endpoint, address, statuses)
            if statuses[1] != 200:
                print(endpoint, address, statuses)
            found[endpoint] = len(asked)
    return found


def test_the_first_view_of_a_page_is_light(desk):
    desk.grow(2)
    for endpoint, address in addresses(desk).items():
        client = desk.of(may_ask(endpoint)).client
        answer = client.get(address, headers=COMPRESSED)
        if answer.mimetype == "text/html" and answer.status_code == 200:
            page = gzip.decompress(answer.data).decode()
            assets = sorted(set(ASSET.findall(page)))
            assert any(each.endswith(".css") for each in assets), endpoint
            sent = [client.get(each, headers=COMPRESSED) for each in assets]
            assert all(each.status_code == 200 for each in sent), endpoint
            assert len(answer.data) + sum(len(each.data) for each in sent) < MOST_BYTES, endpoint
            for each in sent:
                each.close()
        answer.close()
