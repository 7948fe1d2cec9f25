"""Direct references: whoever may not see a thing learns nothing from naming it.

Every route with an id of something that is hidden from some accounts is asked for what is there
and hidden, and for what never was: status, headers, body and the questions to the database are the
same.
"""

import json
from dataclasses import dataclass

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from registry.domain.account import Account, Role
from registry.domain.attachment import Attachment
from registry.domain.evidence import Evidence, EvidenceKind
from registry.domain.handling import Level, mark
from registry.services import discuss, passwords, propose, signing_in, substantiate
from registry.store import accounts, sign_ins
from registry.store.tables import Base, FactRow, SignInAttemptRow, SignInRow, TrailRow
from registry.web import access
from registry.web.access import Who
from tests.registry.services.proposing import NOW
from tests.web.conftest import PASSWORD, Visitor
from tests.web.proposing import TOKEN, Desk
from tests.web.test_dossiers import send as hand_in

NOWHERE = {
    "proposal_id": "QQQQQQQQQQQQQQ",
    "portion_id": "RRRRRRRRRRRRRR",
    "dossier_id": "SSSSSSSSSSSSSS",
    "sign_in_id": "0123456789abcdef0123",
}
# What everybody whom the route's rule lets in may see: it hides nothing of one from another.
OPEN = {
    "act_id", "edition_id", "filename", "format", "job_id", "judgement_id", "key", "name",
    "official_list", "override_id", "partner", "place", "reference_", "subject_id", "upload_id",
}  # fmt: skip
VALUES = {"place": 0, "partner": "UK"}
MARKED = {"level": "clear", "releases": ["QUAD", "secretariat"]}
FILE = Attachment("kept-back.txt", "ab" * 32, 9)
ITEM = {"kind": "document", "title": "x", "text": "x"}
# By endpoint, a form that would be taken from somebody who may send it.
FORMS = {
    "accounts.end_sign_in": {},
    "composing.take_in": {"subject": "S", "reason": "x", "revision": "1"},
    "composing.take_out": {"subject": "S", "reason": "x", "revision": "1"},
    "contributions.add_evidence": ITEM,
    "contributions.assign": {"text": "x", "assignee": "uk"},
    "contributions.comment": {"text": "x"},
    "contributions.finish": {},
    "contributions.mark_evidence": MARKED,
    "contributions.watch": {"on": "true"},
    "contributions.withdraw_evidence": {"reason": "x"},
    "dossiers.adopt": {"proposal": NOWHERE["proposal_id"], **ITEM},
    "dossiers.answer": {"disposition": "not-pursued"},
    "drafting.edit": {"title": "x", "revision": "1"},
    "drafting.follow": {},
    "drafting.mark": MARKED,
    "drafting.mark_section": MARKED,
    "drafting.move": {"to": "withdrawn"},
    "drafting.seek": {"ask": "S asset-freeze UK", "revision": "1"},
    "drafting.waive": {"subject": "S", "reason": "x"},
    "drafting.write": {"text": "x", "revision": "1"},
    "packages.hand_out": {"recipient": "UK"},
    "positions.answer": {"on": ["S asset-freeze"], "status": "supports"},
    "releases.answer": {"answer": "granted"},
    "releases.ask": {"asked-for": "UN", "reason": "x"},
}
# By endpoint, the kind of portion that it is about.
PORTIONS = {
    "contributions.attachment": "evidence",
    "contributions.finish": "task",
    "contributions.mark_evidence": "evidence",
    "contributions.withdraw_evidence": "evidence",
    "drafting.follow": "section",
    "drafting.mark_section": "section",
    "drafting.write": "section",
    "releases.answer": "request",
}
US = ("us", "us2", "us-reader", "admin")
WHO = (
    "us2", "us-reader", "eu", "uk", "uk2", "uk-auditor", "ca", "ngo", "other", "secretariat",
    "admin", "",
)  # fmt: skip


@dataclass(frozen=True)
class Hidden:
    """A thing with its ids, and from whom it is hidden."""

    what: str
    ids: dict[str, object]
    hidden_from: frozenset[str]


class Walled:
    """Everybody's browser on a registry that holds something hidden of every kind."""

    def __init__(self, engine, folder):
        self.desk = Desk(engine, folder)
        with Session(engine) as session, session.begin():
            self.desk.world.who["other"] = accounts.add(
                session,
                Account(0, "other", "Other", "ngo:Another", frozenset({Role.NGO})),
                passwords.hashed(PASSWORD),
                NOW,
            )
        self.engine = self.desk.app.extensions["engine"]
        self.hidden = tuple(self._fill())
        self.asked = []
        event.listen(self.engine, "before_cursor_execute", self._count)
        self._visitors, self._tokens = {"": Visitor(self.desk.app)}, {}

    def _count(self, _connection, _cursor, statement, *_rest):
        self.asked.append(statement)

    def _fill(self):
        world, own = self.desk.world, mark("US")
        others = frozenset(WHO) - set(US) | {"admin"}
        draft = world.start()
        yield Hidden("a draft", self._ids(draft, own), others)
        shared = world.circulated()
        yield Hidden("what is kept back of a shared proposal", self._ids(shared, own), others)
        red = mark("US", Level.RED, ["QUAD"], [world.who["us"].id])
        secret = world.circulated()
        ids = self._ids(secret, red)
        yield Hidden("what is red in a shared proposal", ids, frozenset(WHO))
        named = world.circulated(partners=("US",))
        ids = self._ids(named, red)
        world.do(propose.mark_proposal, "us", named.id, red, NOW)
        yield Hidden("a red proposal", ids, frozenset(WHO))
        pair = world.circulated(releases=["EU"], partners=("EU", "US"))
        yield Hidden(
            "a proposal of two", self._ids(pair, mark("US", releases=["EU"])), others - {"eu"}
        )
        number = hand_in(self.desk, recipient=["UK"]).headers["Location"].rsplit("/", 1)[1]
        yield Hidden("a dossier", {"dossier_id": number}, frozenset(WHO) - {"ngo", "uk"})
        with Session(self.engine) as session, session.begin():
            tried = signing_in.attempt(session, "us", "192.0.2.1", NOW)
            signing_in.begin(session, tried, world.who["us"])
        with Session(self.engine) as session:
            [sign_in] = sign_ins.of_account(session, world.who["us"], NOW)
        yield Hidden("a sign-in", {"sign_in_id": sign_in.id}, frozenset(WHO))

    def _ids(self, proposal, marking):
        world = self.desk.world
        section = world.sections("us", proposal.id)[0]
        world.do(propose.mark_section, "us", proposal.id, section.id, marking, NOW)
        item = Evidence(EvidenceKind.DOCUMENT, "Kept back", "", attachments=(FILE,))
        added = world.do(substantiate.add, "us", proposal.id, item, marking, NOW)
        task = world.do(discuss.assign, "us", proposal.id, "Do", "us2", None, marking, NOW)
        return {
            "proposal_id": proposal.id,
            "section": section.id,
            "evidence": added.id,
            "task": task.id,
        }

    def visitor(self, who):
        if who not in self._visitors:
            self._visitors[who] = self.desk.of(who)
        return self._visitors[who]

    def token(self, who):
        if who not in self._tokens:
            self._tokens[who] = self.visitor(who).token()
        return self._tokens[who]

    def answer(self, who, method, address, form, ids):
        """All that somebody learns by asking: status, headers, body, and for how long the database
        was busy, as the statements that it got."""
        client, data = self.visitor(who).client, None
        if method == "POST":
            data = {"csrf_token": self.token(who), **form}
        self.asked.clear()
        got = client.open(address, method=method, data=data)
        body, statements = TOKEN.sub("", got.text), tuple(self.asked)
        headers = [(key, value) for key, value in got.headers if key != "Set-Cookie"]
        for each in ids:  # what was asked for stands in the way back to it
            if isinstance(each, str):
                body = body.replace(each, "<id>")
                headers = [(key, value.replace(each, "<id>")) for key, value in headers]
        return got.status_code, headers, body, statements

    def everything(self):
        """All rows but those that say who signed in and what was read."""
        left_out = {each.__tablename__ for each in (TrailRow, FactRow, SignInRow, SignInAttemptRow)}
        with Session(self.engine) as session:
            return {
                table.name: sorted(
                    json.dumps(list(row), default=str)
                    for row in session.execute(text(f"SELECT * FROM {table.name}"))
                )
                for table in Base.metadata.sorted_tables
                if table.name not in left_out
            }


@pytest.fixture(scope="module")
def walled(lasting_databases, tmp_path_factory):
    made = Walled(lasting_databases.open(), tmp_path_factory.mktemp("walled"))
    yield made
    made.desk.close()


def hiding(app):
    """(rule, its ids of what may be hidden) of every route that has one."""
    for rule in app.url_map.iter_rules():
        found = tuple(sorted(rule.arguments & set(NOWHERE)))
        if found:
            yield rule, found


def test_every_id_in_an_address_is_known_to_hide_something_or_nothing(walled):
    app = walled.desk.app
    known = set(NOWHERE) | OPEN
    for rule in app.url_map.iter_rules():
        assert rule.arguments <= known, f"say of {rule.endpoint} whether its ids hide anything"
    for rule, ids in hiding(app):
        if "POST" in rule.methods:
            assert rule.endpoint in FORMS, f"give a form for {rule.endpoint} in FORMS"
        if "portion_id" in ids:
            assert rule.endpoint in PORTIONS, f"say which kind {rule.endpoint} is about"
        of_kind = {each for hidden in walled.hidden for each in hidden.ids}
        assert set(ids) - {"portion_id"} <= of_kind


def asked_for(app, hidden):
    """(endpoint, method, address of what is hidden, of what never was) of every route on it."""
    adapter = app.url_map.bind("localhost")
    for rule, ids in hiding(app):
        real = {**hidden.ids, "portion_id": hidden.ids.get(PORTIONS.get(rule.endpoint, ""))}
        if any(real.get(each) is None for each in ids):
            continue
        # Who sees the proposal may name it: what is hidden from them is the portion.
        shared = "shared" in hidden.what
        if shared and "portion_id" not in ids:
            continue
        forged = {each: NOWHERE[each] for each in ids}
        if shared:
            forged["proposal_id"] = real["proposal_id"]
        more = {each: VALUES[each] for each in rule.arguments - set(ids)}
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield (
                rule.endpoint,
                method,
                *(
                    (
                        adapter.build(
                            rule.endpoint, {each: of[each] for each in ids} | more, method
                        ),
                        [of[each] for each in ids],
                    )
                    for of in (real, forged)
                ),
            )


@pytest.mark.parametrize("who", WHO)
def test_what_is_hidden_answers_as_what_never_was(walled, who):
    before, tried = walled.everything(), 0
    for hidden in walled.hidden:
        if who not in hidden.hidden_from:
            continue
        for endpoint, method, real, forged in asked_for(walled.desk.app, hidden):
            form = FORMS[endpoint] if method == "POST" else {}
            got, nothing = (
                walled.answer(who, method, address, form, ids) for address, ids in (real, forged)
            )
            asked = (hidden.what, who or "nobody", endpoint, method, got[0])
            assert got[0] in (302, 403, 404), asked
            rule = access.RULES[endpoint]
            assert isinstance(rule, frozenset) or rule is Who.SIGNED_IN, asked
            assert got == nothing, asked
            tried += 1
    assert tried >= 20, "of every kind of thing, with every route"
    assert walled.everything() == before


@pytest.mark.parametrize("who", ["us2", "eu", "uk", "ngo"])
def test_only_what_is_there_for_them_answers_otherwise(walled, who):
    """The tries above would pass if every answer were the same: these see something."""
    app, answered = walled.desk.app, set()
    for hidden in walled.hidden:
        if who in hidden.hidden_from:
            continue
        for endpoint, method, (real, ids), (forged, _) in asked_for(app, hidden):
            if method == "GET" and access.allowed(
                endpoint, walled.desk.world.who[who], walled.desk.app.config["REGISTRY"].reading
            ):
                got = walled.answer(who, method, real, {}, ids)
                nothing = walled.answer(who, method, forged, {}, ids)
                assert nothing[0] == 404, forged
                if got[0] != 404:
                    answered.add(endpoint)
    assert answered


def test_a_proposal_that_is_named_in_a_form_is_hidden_as_well(walled):
    """An officer with a dossier to adopt names a proposal in the address and in the form."""
    dossier = next(each for each in walled.hidden if each.what == "a dossier")
    address = f"/dossiers/{dossier.ids['dossier_id']}/adopt"
    tried = 0
    for hidden in walled.hidden:
        if "uk" not in hidden.hidden_from or "proposal_id" not in hidden.ids:
            continue
        if "shared" in hidden.what:
            continue
        ids = hidden.ids["proposal_id"], NOWHERE["proposal_id"]
        read = [walled.answer("uk", "GET", f"{address}?proposal={each}", {}, ids) for each in ids]
        sent = [
            walled.answer("uk", "POST", address, {**ITEM, "proposal": each}, ids) for each in ids
        ]
        assert read[0][0] == sent[0][0] == 404
        assert read[0] == read[1]
        assert sent[0] == sent[1]
        tried += 1
    assert tried >= 3
