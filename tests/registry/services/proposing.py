"""A small registry with accounts of several partners, for tests of proposals."""

from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from registry.domain.account import Account, Role
from registry.domain.designation import Measure
from registry.domain.handling import mark, reader
from registry.domain.portion import latest
from registry.domain.position import Ask, Position
from registry.domain.section import Heading
from registry.services import answer, closing, propose
from registry.services.propose import Fields
from registry.store import accounts, portions, proposals
from registry.store.archive import Archive
from tests.factories import designation, keep_edition, listing, reconcile

UK, EU, US, CA = "uk-sanctions-list", "eu-fsf", "us-ofac-sdn", "ca-sema"
MYANMAR = "The Myanmar (Sanctions) Regulations 2021"
TODAY = date(2026, 5, 20)
NOW = datetime(2026, 5, 20, 9, tzinfo=UTC)
FREEZE, BAN = Measure.ASSET_FREEZE, Measure.TRAVEL_BAN
WHO = {
    "us": ("US", {Role.POLICY}),
    "us2": ("US", {Role.OFFICER}),
    "us-reader": ("US", {Role.READER}),
    "eu": ("EU", {Role.OFFICER}),
    "uk": ("UK", {Role.OFFICER}),
    "uk2": ("UK", {Role.POLICY}),
    "uk-auditor": ("UK", {Role.AUDITOR}),
    "ca": ("CA", {Role.OFFICER}),
    "ngo": ("ngo:Watch & Report", {Role.NGO}),
    "admin": ("US", {Role.ADMINISTRATOR}),
    "secretariat": ("secretariat", {Role.POLICY}),
}
QUAD = ["QUAD"]


class World:
    """A registry in which each call is a transaction of its own."""

    def __init__(self, engine, folder, password="no password"):
        self.engine, self.archive, self.subject_of = engine, Archive(folder), {}
        with Session(engine) as session, session.begin():
            self.who = {
                name: accounts.add(
                    session,
                    Account(0, name, name.upper(), affiliation, frozenset(roles)),
                    password,
                    NOW,
                )
                for name, (affiliation, roles) in WHO.items()
            }

    def reader(self, name):
        return reader(self.who[name])

    def do(self, service, who, *given, **more):
        with Session(self.engine) as session, session.begin():
            return service(session, self.who[who], *given, **more)

    def read(self, query, who, *given, **more):
        with Session(self.engine) as session:
            return query(session, self.reader(who), *given, **more)

    def keep(self, official_list, dated, *listings):
        with Session(self.engine) as session, session.begin():
            keep_edition(session, self.archive, official_list, dated, listings)

    def reconcile(self, *clusters, candidates=()):
        with Session(self.engine) as session, session.begin():
            self.subject_of = reconcile(session, *clusters, candidates=candidates)

    def close(self, today=TODAY):
        with Session(self.engine) as session, session.begin():
            return closing.close(session, today, NOW)

    def start(
        self, who="us", keys=(f"{EU}:EU.1",), partners=("US", "EU", "UK"), measures=(FREEZE,)
    ):
        subjects = [self.subject_of[each] for each in keys]
        return self.do(
            propose.start, who, Fields("Round two"), subjects, partners, measures, TODAY, NOW
        )

    def circulated(self, who="us", releases=QUAD, **more):
        """A proposal that is ready and circulated."""
        made = self.start(who, **more)
        self.do(
            propose.mark_proposal,
            who,
            made.id,
            mark(self.who[who].affiliation, releases=releases),
            NOW,
        )
        for section in self.sections(who, made.id):
            if section.value.heading is Heading.EXCULPATORY:
                self.do(propose.write, who, made.id, section.id, 1, "None found; looked at …", NOW)
        for subject in made.subjects:
            self.do(propose.waive, who, made.id, subject.id, "The function tells him apart.", NOW)
        self.do(propose.move, who, made.id, propose.Stage.CIRCULATED, TODAY, NOW)
        return self.find(who, made.id)

    def find(self, who, proposal_id):
        return self.read(proposals.find, who, proposal_id)

    def sections(self, who, proposal_id):
        return self.read(portions.sections, who, proposal_id)

    def positions(self, who, proposal_id):
        return latest(self.read(portions.positions, who, proposal_id))

    def ask(self, partner, key=f"{EU}:EU.1", measure=FREEZE):
        return Ask(self.subject_of[key], measure, partner)

    def answer(self, who, proposal, status, reason="", *, marking=None, by_on=None):
        partner = self.who[who].affiliation
        ask = self.ask(partner)
        current = self.positions(who, proposal.id).get(ask)
        return self.do(
            answer.answer,
            who,
            proposal.id,
            {Position(ask, status, reason, by_on): current.id if current else ""},
            marking or mark(partner),
            TODAY,
            NOW,
        )


def person(official_list, reference, full="Aung EXAMPLE", **more):
    code = {UK: MYANMAR, EU: "MMR", US: "BURMA-EO14014", CA: "Burma"}[official_list]
    if official_list == CA:
        more["designations"] = (designation(code, act="Part 1", listed_on=date(2021, 3, 22)),)
    return listing(official_list, reference, full, code, **more)


def filled(engine, folder, password="no password"):
    """The EU alone lists somebody; the others have lists in which he is not. `password` is a
    hash, for tests that sign in."""
    world = World(engine, folder, password)
    world.keep(EU, date(2026, 5, 10), person(EU, "EU.1"))
    world.keep(UK, date(2026, 5, 10), person(UK, "MMR9", "Other NAME"))
    world.keep(US, date(2026, 5, 10), person(US, "909", "Third NAME"))
    world.keep(CA, date(2026, 5, 10), person(CA, "Burma|1|9", "Fourth NAME"))
    world.reconcile()
    return world
