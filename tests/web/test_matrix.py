"""The whole matrix: every route, in every role, for every partner, the secretariat, organisations.

What a role may ask for, web/access.py says; what is there of a proposal or a dossier, its mark or
its wall says; what is done to it is its originator's to do, or of the partner that it is asked of.
These rules stand here once more, in plain words.
"""

import io
from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from registry.domain.account import SECRETARIAT, Account, Role
from registry.domain.cell import PARTNERS
from registry.domain.handling import mark
from registry.services import discuss, passwords, release
from registry.store import accounts
from registry.web import access
from registry.web.access import Who
from tests.registry.services.proposing import NOW, QUAD, TODAY, UK
from tests.web.conftest import PASSWORD
from tests.web.proposing import Desk
from tests.web.test_access import VALUES
from tests.web.test_dossiers import send as hand_in

RELEASED = ("US", "EU", "UK", "CA")
NGO, OTHER_NGO = "ngo:Watch & Report", "ngo:Another"
AFFILIATIONS = (*PARTNERS, SECRETARIAT, NGO, OTHER_NGO)
SPEAKING = {Role.OFFICER, Role.POLICY}


# Whether a thing is there for an account, and whether it is theirs to change. Each account has one
# role; whether that may ask at all is looked at first.


def everybody(_account):
    return True


def released_to(account):
    """The proposal is marked for the QUAD."""
    return account.affiliation in RELEASED


def of_the_originator(account):
    return account.affiliation == "US"


def of_who_asks_and_who_answers(account):
    """A request for a release is between the two."""
    return account.affiliation in ("UK", "US")


def who_has_the_task(account):
    return account.name == "us.policy"


def handed_the_dossier(account):
    officer_of_the_uk = account.affiliation == "UK" and account.roles == {Role.OFFICER}
    return account.affiliation == NGO or officer_of_the_uk


def speaks_for_the_uk(account):
    return account.affiliation == "UK" and bool(account.roles & SPEAKING)


def keeps_the_uks_listings(account):
    return speaks_for_the_uk(account) or account.roles == {Role.LIST_STEWARD}


AGAIN = {"level": "amber-strict", "releases": ["QUAD"]}  # the mark that it has
# By endpoint: for whom the thing is there, whose it is to change or use, and a form that is taken
# or comes as far as the rules behind that.
THINGS = {
    "proposals.page": (released_to, everybody, {}),
    "drafting.page": (released_to, of_the_originator, {}),
    "drafting.edit": (released_to, of_the_originator, {"title": "x", "revision": "0"}),
    "drafting.seek": (released_to, of_the_originator, {"ask": "{ask} UK", "revision": "0"}),
    "drafting.write": (released_to, of_the_originator, {"text": "x", "revision": "0"}),
    "drafting.mark": (released_to, of_the_originator, AGAIN),
    "drafting.mark_section": (released_to, of_the_originator, AGAIN),
    "drafting.follow": (released_to, of_the_originator, {}),
    "drafting.move": (released_to, of_the_originator, {"to": "draft"}),
    "drafting.waive": (released_to, of_the_originator, {"subject": "{subject}", "reason": "x"}),
    "composing.page": (released_to, of_the_originator, {}),
    "composing.take_in": (
        released_to, of_the_originator, {"subject": "{subject}", "reason": "x", "revision": "0"},
    ),
    "composing.take_out": (
        released_to, of_the_originator, {"subject": "{subject}", "reason": "x", "revision": "0"},
    ),
    "positions.form": (released_to, everybody, {}),
    "positions.answer": (
        released_to, everybody, {"on": "{ask}", "after": "{ask} NOTTHIS", "status": "supports"},
    ),
    "contributions.add_evidence": (released_to, everybody, {"kind": "document", "title": "x"}),
    "contributions.attachment": (released_to, everybody, {}),
    "contributions.mark_evidence": (released_to, of_the_originator, AGAIN),
    "contributions.withdraw_evidence": (released_to, of_the_originator, {"reason": ""}),
    "contributions.comment": (released_to, everybody, {"text": "x"}),
    "contributions.assign": (released_to, everybody, {"text": "x", "assignee": "nobody"}),
    "contributions.finish": (released_to, who_has_the_task, {}),
    "contributions.watch": (released_to, everybody, {"on": "true"}),
    "releases.ask": (released_to, everybody, {"asked-for": "UK", "reason": "x"}),
    "releases.answer": (of_who_asks_and_who_answers, of_the_originator, {"answer": "open"}),
    "packages.form": (released_to, everybody, {}),
    "packages.hand_out": (released_to, everybody, {"recipient": "secretariat"}),
    "dossiers.page": (handed_the_dossier, everybody, {}),
    "dossiers.attachment": (handed_the_dossier, everybody, {}),
    "dossiers.answer": (handed_the_dossier, everybody, {"disposition": "under-review"}),
    "dossiers.adopting": (handed_the_dossier, everybody, {}),
    "dossiers.adopt": (
        handed_the_dossier, everybody, {"proposal": "{proposal}", "kind": "document", "title": "x"},
    ),
    "acts.enter": (
        everybody,
        speaks_for_the_uk,
        {
            "partner": "UK", "name": "Somebody NEW", "measure": "asset-freeze",
            "citation": "S.I. 2026/1", "made-on": "2026-05-18", "reason": "x",
            "source": "https://example.org/si",
        },
    ),
    "acts.withdraw": (everybody, speaks_for_the_uk, {"reason": "x"}),
    "overrides.enter": (
        everybody,
        keeps_the_uks_listings,
        {"listing": f"{UK}:MMR9", "field": "kind", "value": "person", "reason": "x", "source": "x"},
    ),
    "overrides.withdraw": (everybody, keeps_the_uks_listings, {"reason": "x"}),
}  # fmt: skip
# By endpoint, which of the ids of portions it takes.
PORTIONS = {
    "contributions.attachment": "file",
    "contributions.finish": "task",
    "contributions.mark_evidence": "file",
    "contributions.withdraw_evidence": "file",
    "drafting.follow": "section",
    "drafting.mark_section": "section",
    "drafting.write": "section",
    "releases.answer": "request",
}


@dataclass
class World:
    """A proposal for the QUAD with something of each kind, a dossier for the UK, an act and an
    override of the UK's; and of each affiliation an account in each role that it can have."""

    desk: Desk

    def __init__(self, engine, folder):
        self.desk = Desk(engine, folder)
        world = self.desk.world
        self.accounts = list(self._accounts(engine))
        world.who |= {each.name: each for each in self.accounts}
        made = world.circulated(partners=RELEASED)
        for_all = mark("US", releases=QUAD)
        do = world.do
        task = do(discuss.assign, "us", made.id, "Do", "us.policy", TODAY, for_all, NOW)
        request = do(release.ask, "uk", made.id, "", "AU", "They list him.", NOW)
        dossier = hand_in(self.desk, recipient=["UK"], files=[("a.txt", b"text")])
        self.ids = {
            "proposal": made.id,
            "dossier": dossier.headers["Location"].rsplit("/", 1)[1],
            "subject": made.subjects[0].id,
            "ask": f"{made.subjects[0].id} asset-freeze",
            "section": world.sections("us", made.id)[0].id,
            "task": task.id,
            "request": request.id,
            "file": self._file(made.id),
        }
        for endpoint in ("/acts/", "/overrides/"):
            form = THINGS[f"{endpoint.strip('/')}.enter"][2]
            self.desk.of("uk").post(endpoint, form)

    def _accounts(self, engine):
        hashed = passwords.hashed(PASSWORD)
        with Session(engine) as session, session.begin():
            for affiliation in AFFILIATIONS:
                is_ngo = affiliation.startswith("ngo:")
                for role in [Role.NGO] if is_ngo else sorted(set(Role) - {Role.NGO}):
                    if (affiliation, role) == (SECRETARIAT, Role.OFFICER):
                        continue  # an officer answers for a partner
                    name = f"{affiliation}.{role}".lower().replace("ngo:", "").split(" ")[0]
                    made = Account(0, name, name, affiliation, frozenset({role}))
                    yield accounts.add(session, made, hashed, NOW)

    def _file(self, proposal_id):
        """Add an item with a file. Gives the item's id."""
        visitor = self.desk.of("us")
        sent = {"csrf_token": visitor.token(), "kind": "document", "title": "A", **AGAIN}
        sent["attachment"] = [(io.BytesIO(b"text"), "a.txt")]
        visitor.client.post(f"/proposals/{proposal_id}/evidence", data=sent)
        page = self.desk.get("us", f"/proposals/{proposal_id}")
        return page.partition("/attachments/0")[0].rpartition("/")[2]

    def routes(self):
        """(endpoint, method, address) of everything that can be asked for."""
        adapter = self.desk.app.url_map.bind("localhost")
        for rule in self.desk.app.url_map.iter_rules():
            known = VALUES | {
                "proposal_id": self.ids["proposal"],
                "dossier_id": self.ids["dossier"],
                "subject_id": self.ids["subject"],
                "portion_id": self.ids.get(PORTIONS.get(rule.endpoint, ""), "NOTHERE2345678"),
                "place": 0,
                "act_id": 1,
                "override_id": 1,
            }
            values = {name: known.get(name, "1") for name in rule.arguments}
            for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
                yield rule.endpoint, method, adapter.build(rule.endpoint, values, method)

    def form(self, endpoint):
        """The form with the ids of what there is."""
        return {
            key: value.format(**self.ids) if isinstance(value, str) else value
            for key, value in THINGS[endpoint][2].items()
        }


@pytest.fixture(scope="module")
def world(lasting_databases, tmp_path_factory):
    made = World(lasting_databases.open(), tmp_path_factory.mktemp("matrix"))
    yield made
    made.desk.close()


def test_every_route_on_a_thing_that_is_not_everybodys_has_a_row(world):
    for rule in world.desk.app.url_map.iter_rules():
        if rule.arguments & {"proposal_id", "dossier_id", "portion_id", "act_id", "override_id"}:
            assert rule.endpoint in THINGS, f"say for whom {rule.endpoint} is"


def may_ask(endpoint, account):
    """By the role alone."""
    match access.RULES[endpoint]:
        case Who.ALWAYS | Who.ANYONE | Who.SIGNED_IN:
            return True
        case roles:
            return bool(account.roles & roles)


@pytest.mark.parametrize("affiliation", AFFILIATIONS)
def test_every_route_answers_each_role_of_each_partner_as_the_rules_say(world, affiliation):
    tried = 0
    for account in world.accounts:
        if account.affiliation != affiliation:
            continue
        visitor = world.desk.of(account.name)
        token = visitor.token()
        for endpoint, method, address in world.routes():
            is_there, is_theirs, _ = THINGS.get(endpoint, (everybody, everybody, {}))
            data = None
            if method == "POST" and endpoint in THINGS:
                data = {"csrf_token": token, **world.form(endpoint)}
            answer = visitor.client.open(address, method=method, data=data)
            answer.close()
            got, asked = answer.status_code, (account.name, endpoint, method, answer.status_code)
            if not may_ask(endpoint, account):
                assert got == 403, asked
            elif endpoint not in THINGS:  # other forms are sent without their token
                assert got == 400 if method == "POST" else got not in (401, 403), asked
            elif not is_there(account):
                assert got == 404, asked
            elif not is_theirs(account):
                assert got == 403, asked
            else:
                assert got in (200, 303, 409, 422), asked
            tried += 1
    assert tried >= 100
