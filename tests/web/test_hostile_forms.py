"""Forms that say more than they are asked: no field sets what is not its sender's to set.

Every form is sent with the token of its sender, so that nothing but the form itself is refused.
"""

import inspect
import re

import pytest

from registry.domain.designation import Measure
from registry.domain.handling import Level, mark
from registry.domain.position import BY_HAND, Status
from registry.domain.proposal import MOVES, Stage
from registry.services import propose
from registry.store import portions
from registry.store import proposals as stored
from tests.registry.services.proposing import EU, NOW, QUAD
from tests.web.conftest import UK, Visitor, add_account
from tests.web.proposing import Desk
from tests.web.test_direct_references import NOWHERE

# What rows have and no form may set, each by the name that an attacker would try.
SET_BY_THE_REGISTRY = (
    "id", "account_id", "author", "created_at", "created_by", "added_at", "entered_at", "officer",
    "originator", "originators", "marking", "marking_id", "follows", "released_to", "state",
    "stage", "automatic", "edition_id", "is_demo", "must_change_password", "disabled_at",
    "password_sha256", "sender", "withdrawn", "revision_of", "circulated_at", "__class__",
    "level[]", "releases[0]",
)  # fmt: skip
READS_NO_FORM = {
    "accounts.end_sign_in", "accounts.sign_out", "accounts.sign_out_everywhere",
    "administration.disable", "administration.enable", "administration.reset_password",
    "jobs.reconcile", "jobs.retry", "lists.discard", "lists.fetch",
}  # fmt: skip
NEEDS_AN_UPLOAD = {"lists.use"}  # answers 404 before it reads the form


@pytest.fixture(scope="module")
def senders(site):
    """An insider in every role of one account, and an organisation."""
    roles = ("administrator", "auditor", "list-steward", "officer", "policy", "reader", "reviewer")
    inside, outside = Visitor(site.app), Visitor(site.app)
    inside.sign_in(add_account(site.engine, *roles, name="sender"))
    outside.sign_in(add_account(site.engine, "ngo", affiliation="ngo:Senders", name="ngo-sender"))
    return inside, outside


def posts(app):
    adapter = app.url_map.bind("localhost")
    known = {**NOWHERE, "format": "csv", "key": UK, "edition_id": 1, "subject_id": "S"}
    for rule in app.url_map.iter_rules():
        if "POST" in rule.methods:
            values = {name: known.get(name, 1) for name in rule.arguments}
            yield rule.endpoint, adapter.build(rule.endpoint, values, "POST")


def test_what_is_said_to_read_no_form_reads_none(site):
    for endpoint in READS_NO_FORM:
        view = inspect.getsource(site.app.view_functions[endpoint])
        assert not re.search(r"sent\(|filled\(|request\.(form|files|values|json)", view), endpoint


def test_no_form_takes_what_the_registry_sets_itself(site, senders):
    inside, outside = senders
    everything = dict.fromkeys(SET_BY_THE_REGISTRY, "1")
    tokens = {each: each.token() for each in senders}
    tried = 0
    for endpoint, address in posts(site.app):
        if endpoint in READS_NO_FORM | NEEDS_AN_UPLOAD:
            continue
        sender = outside if endpoint == "dossiers.hand_in" else inside
        answer = sender.client.post(address, data={"csrf_token": tokens[sender], **everything})
        assert answer.status_code == 422, endpoint
        refused = answer.text.count("This form has no such field.")
        assert refused >= len(SET_BY_THE_REGISTRY), endpoint
        tried += 1
    assert tried > 30


@pytest.fixture(scope="module")
def desk(lasting_databases, tmp_path_factory):
    made = Desk(lasting_databases.open(), tmp_path_factory.mktemp("forms"))
    yield made
    made.close()


def send(desk, who, address, **form):
    visitor = desk.of(who)
    answer = visitor.client.post(address, data={"csrf_token": visitor.token(), **form})
    return answer.status_code, answer.text


WAY = (
    Stage.DRAFT, Stage.CIRCULATED, Stage.UNDER_CONSIDERATION, Stage.AGREED, Stage.CLOSING,
    Stage.WITHDRAWN,
)  # fmt: skip


def test_a_stage_follows_only_the_one_before_it_and_by_its_originator_alone(desk):
    world = desk.world
    made = world.start()
    address = f"/proposals/{made.id}/stage"
    others = ("us-reader", "eu", "uk", "uk-auditor", "ngo", "admin", "secretariat")
    for now, following in zip(WAY, (*WAY[1:], None), strict=True):
        assert world.find("us", made.id).stage is now
        for stage in set(Stage) - set(MOVES[now]):
            status, _ = send(desk, "us", address, to=stage.value)
            assert status == 422, (now, stage)
        for stage in MOVES[now]:
            for who in others:
                status, _ = send(desk, who, address, to=stage.value)
                assert status in (403, 404), (now, stage, who)
        assert world.find("us", made.id).stage is now
        if now is Stage.DRAFT:
            for_all = mark("US", releases=QUAD)
            world.do(propose.mark_proposal, "us", made.id, for_all, NOW)
            for section in world.sections("us", made.id):
                world.do(propose.write, "us", made.id, section.id, 1, "None found.", NOW)
            world.do(propose.waive, "us", made.id, made.subjects[0].id, "Told apart.", NOW)
        if following is Stage.AGREED:
            assert send(desk, "us", address, to="agreed")[0] == 422, "no target date yet"
            form = {"title": "Round two", "revision": "1", "target-on": "2026-06-01"}
            assert send(desk, "us", f"/proposals/{made.id}/fields", **form)[0] == 303
        if following:
            assert send(desk, "us", address, to=following.value)[0] == 303, following


@pytest.mark.parametrize("to", ["", "Agreed", "closed ", "1", "draft\x00", "null"])
def test_a_stage_that_there_is_not_is_refused(desk, to):
    made = desk.world.start()
    assert send(desk, "us", f"/proposals/{made.id}/stage", to=to)[0] == 422
    assert desk.world.find("us", made.id).stage is Stage.DRAFT


@pytest.mark.parametrize(
    ("who", "status"),
    [
        pytest.param("secretariat", 403, id="speaks for no partner"),
        pytest.param("us-reader", 403, id="only reads"),
        pytest.param("uk-auditor", 403, id="only audits"),
        pytest.param("ngo", 403, id="an organisation"),
        pytest.param("admin", 403, id="keeps accounts"),
        pytest.param("ca", 404, id="is not asked for this"),
    ],
)
def test_nobody_answers_who_is_not_asked(desk, who, status):
    made = desk.world.circulated(releases=["QUAD", "secretariat"])
    form = {"on": [f"{made.subjects[0].id} asset-freeze"], "status": "supports"}
    for more in ({}, {"level": "clear", "releases": ["QUAD"]}):
        got, _ = send(desk, who, f"/proposals/{made.id}/answer", **form, **more)
        assert got == status
    assert desk.world.positions("us", made.id).keys() == {desk.world.ask("EU")}, "by the lists"


@pytest.mark.parametrize("name", ["partner", "affiliation", "ask", "for", "Partner", "partner[]"])
def test_an_answer_is_for_the_partner_of_who_answers_whatever_it_says(desk, name):
    made = desk.world.circulated()
    form = {"on": [f"{made.subjects[0].id} asset-freeze"], "status": "supports"}
    address = f"/proposals/{made.id}/answer"
    assert send(desk, "uk", address, **form, **{name: "US"})[0] == 422
    assert send(desk, "uk", f"{address}?{name}=US", **form)[0] == 303, "an address says nothing"
    given = desk.world.positions("uk", made.id)
    assert {ask.partner for ask in given} == {"EU", "UK"}
    [portion] = [each for ask, each in given.items() if ask.partner == "UK"]
    assert portion.affiliation == "UK"
    assert portion.marking == mark("UK"), "by default the most restrictive"


@pytest.mark.parametrize("status", sorted(set(Status) - set(BY_HAND)))
def test_nobody_says_by_hand_what_the_lists_alone_say(desk, status):
    made = desk.world.circulated()
    form = {"on": [f"{made.subjects[0].id} asset-freeze"], "status": status}
    assert send(desk, "uk", f"/proposals/{made.id}/answer", **form)[0] == 422


@pytest.mark.parametrize(
    ("who", "form"),
    [
        pytest.param("uk", {"level": "clear", "releases": ["QUAD", "secretariat"]}, id="another"),
        pytest.param("uk2", {"level": "amber-strict", "releases": ["CA"]}, id="to one more"),
        pytest.param("eu", {"level": "green", "releases": ["QUAD"]}, id="a lower level"),
        pytest.param("secretariat", {"level": "clear", "releases": ["QUAD"]}, id="who sees it not"),
    ],
)
def test_a_mark_is_its_originators_whoever_reads_the_thing(desk, who, form):
    made = desk.world.circulated(partners=("US", "EU", "UK"), releases=["EU", "UK"])
    section = desk.world.sections("us", made.id)[0]
    before = desk.world.find("us", made.id).marking
    for address in ("mark", f"sections/{section.id}/mark", f"sections/{section.id}/follow"):
        sent = {} if address.endswith("follow") else form
        assert send(desk, who, f"/proposals/{made.id}/{address}", **sent)[0] in (403, 404)
    assert desk.world.find("us", made.id).marking == before
    assert desk.world.sections("us", made.id)[0].marking == section.marking


def test_a_red_mark_names_nobody_beyond_its_releases(desk):
    made = desk.world.start()
    for name in ("uk", "uk2", "nobody", "admin@", "'; --"):
        form = {"level": "red", "releases": ["EU"], "recipients": f"us, {name}"}
        assert send(desk, "us", f"/proposals/{made.id}/mark", **form)[0] == 422, name
    assert desk.world.find("us", made.id).marking == mark("US")
    form = {"level": "red", "releases": ["EU"], "recipients": "eu"}
    assert send(desk, "us", f"/proposals/{made.id}/mark", **form)[0] == 303
    found = desk.world.find("us", made.id).marking
    assert found.level is Level.RED
    assert found.recipients == {desk.world.who["us"].id, desk.world.who["eu"].id}
    assert desk.world.find("us2", made.id) is None


@pytest.mark.parametrize(
    ("to", "form", "kept"),
    [
        ("evidence", {"kind": "document", "title": "Ours"}, portions.evidence),
        ("comments", {"text": "Ours"}, portions.comments),
        ("tasks", {"text": "Ours", "assignee": "uk2"}, portions.tasks),
    ],
)
def test_what_is_sent_without_a_mark_stays_with_its_originator_alone(desk, to, form, kept):
    made = desk.world.circulated()
    assert send(desk, "uk", f"/proposals/{made.id}/{to}", **form)[0] == 303
    assert [each.marking for each in desk.world.read(kept, "uk", made.id)] == [mark("UK")]
    assert desk.world.read(kept, "us", made.id) == []
    assert desk.world.find("us", desk.world.start().id).marking == mark("US")


def test_an_organisation_does_not_learn_by_a_mark_which_accounts_there_are(desk):
    made = desk.world.circulated(releases=["QUAD", "ngo:Watch & Report"])
    form = {"text": "x", "level": "red", "releases": ["UK", "US"]}
    answers = [
        send(desk, "ngo", f"/proposals/{made.id}/comments", **form, recipients=name)
        for name in ("uk", "us", "ax")
    ]
    assert {status for status, _ in answers} == {422}
    (said,) = {
        re.sub(r'value="[^"]*"|\b(?:uk|us|ax)(?=: no account)', "", page) for _, page in answers
    }
    assert "no account of those" in said
    assert send(desk, "ngo", f"/proposals/{made.id}/comments", **form, recipients="ngo")[0] == 303


def test_a_comment_or_an_item_has_its_authors_mark_and_no_other(desk):
    made = desk.world.circulated()
    at = f"/proposals/{made.id}"
    for name, value in (("originator", "US"), ("affiliation", "US"), ("account", "1")):
        assert send(desk, "uk", f"{at}/comments", text="x", **{name: value})[0] == 422
    assert send(desk, "uk", f"{at}/comments", text="Ours")[0] == 303
    comments = desk.world.read(portions.comments, "uk", made.id)
    [said] = [each for each in comments if each.value.text == "Ours"]
    assert said.marking == mark("UK")
    assert said.account == desk.world.who["uk"].id


@pytest.mark.parametrize("field", ["subject", "partner", "measure"])
@pytest.mark.parametrize("value", ["S%00", "../S1", "S1' OR '1'='1", "*", "9" * 5_000, "\u202eS1"])
def test_a_proposal_is_not_made_of_what_there_is_not(desk, field, value):
    form = {
        "title": "Forged",
        "subject": [desk.world.subject_of[f"{EU}:EU.1"]],
        "partner": ["UK"],
        "measure": [Measure.ASSET_FREEZE.value],
    }
    before = desk.world.read(stored.readable, "us")
    assert send(desk, "us", "/proposals/", **{**form, field: [value]})[0] == 422
    assert desk.world.read(stored.readable, "us") == before


@pytest.mark.parametrize("days", ["0001-01-01", "9999-12-31", "2026-02-30", "1e9", "20260601"])
def test_a_day_that_nobody_can_mean_breaks_nothing(desk, days):
    made = desk.world.start()
    form = {"title": "Round two", "revision": "1", "target-on": days, "embargo-until": days}
    status, _ = send(desk, "us", f"/proposals/{made.id}/fields", **form)
    assert status in (303, 422)
    for address in ("/calendar/", "/proposals/", f"/proposals/{made.id}"):
        desk.get("us", address)
