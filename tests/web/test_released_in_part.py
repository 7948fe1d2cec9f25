"""Of a proposal released in part each account sees its own parts, wherever it looks.

Every portion holds a word of its own. On every page and in every file that an account may ask for
stand the words of what it may read, and no others; and what it may not read changes no byte.
"""

import io
import re
import zipfile
from dataclasses import dataclass

import pytest
from lxml import etree
from sqlalchemy.orm import Session

from registry.domain.account import Account, Role
from registry.domain.evidence import Evidence, EvidenceKind
from registry.domain.handling import Level, mark
from registry.domain.position import Status
from registry.services import discuss, passwords, propose, saved_views, substantiate
from registry.store import accounts
from tests.registry.services.proposing import EU, NOW, QUAD, TODAY
from tests.web.conftest import PASSWORD, Visitor
from tests.web.proposing import TOKEN, Desk
from tests.web.test_dossiers import send as hand_in

PARTNERS = ("US", "EU", "UK", "CA")
NOBODYS = "QQQQQQQQQQQQQQ"
INSIDE = {
    "us": "US", "us2": "US", "us-reader": "US", "us-auditor": "US", "eu": "EU", "uk": "UK",
    "uk2": "UK", "uk-auditor": "UK", "ca": "CA",
}  # fmt: skip
OUTSIDE = ("secretariat", "ngo", "admin", "")


def addresses(desk, *proposal_ids):
    """Of everything that can be read and may hold something of a proposal, or count it."""
    subject = desk.world.subject_of[f"{EU}:EU.1"]
    of_each = ("", "/edit", "/answer", "/package", "/subjects")
    return [
        *(f"/proposals/{each}{page}" for each in proposal_ids for page in of_each),
        f"/proposals/{NOBODYS}", "/proposals/", "/proposals/?q=round", "/proposals/?q=zq",
        "/proposals/?stage=circulated", f"/proposals/new?subject={subject}",
        *(f"/proposals/boards/{each}" for each in PARTNERS),
        "/", "/notices/", "/calendar/", "/conference/", "/conference/?nexus=all&since=2026-05-11",
        "/search/?q=example", "/search/?q=zq", "/coverage/", "/account", f"/subjects/{subject}",
        f"/subjects/{subject}/why/UK", "/changes/", "/changes/feed.atom", "/changes/changes.csv",
        "/coverage/gaps.csv?confidence=all", "/coverage/subjects.json",
        f"/coverage/chosen.xlsx?subject={subject}", "/review/judgements", "/trail/",
        "/trail/?action=position-changed", "/trail/trail.csv", "/trail/?object=proposal",
        "/dossiers/", "/accounts/",
    ]  # fmt: skip


@dataclass
class World:
    desk: Desk

    def __init__(self, engine, folder):
        self.desk = Desk(engine, folder)
        self._visitors = {"": Visitor(self.desk.app)}
        with Session(engine) as session, session.begin():
            for name, affiliation, role in (
                ("other", "ngo:Another", Role.NGO),
                ("us-auditor", "US", Role.AUDITOR),
            ):
                account = Account(0, name, name, affiliation, frozenset({role}))
                hashed = passwords.hashed(PASSWORD)
                self.desk.world.who[name] = accounts.add(session, account, hashed, NOW)

    def visitor(self, who):
        if who not in self._visitors:
            self._visitors[who] = self.desk.of(who)
        return self._visitors[who]

    def read(self, who, address):
        """Status, headers and body, without the token of forms."""
        answer = self.visitor(who).client.get(address)
        body = answer.data
        if answer.mimetype in ("text/html", "text/csv", "application/atom+xml"):
            body = TOKEN.sub("", answer.text)
        passing = ("Set-Cookie", "Date")
        headers = [(key, value) for key, value in answer.headers if key not in passing]
        answer.close()
        return answer.status_code, headers, body

    def seen(self, who, *proposal_ids):
        """All that an account can read."""
        return {each: self.read(who, each) for each in addresses(self.desk, *proposal_ids)}


@pytest.fixture(scope="module")
def world(lasting_databases, tmp_path_factory):
    made = World(lasting_databases.open(), tmp_path_factory.mktemp("parts"))
    yield made
    made.desk.close()


MARKS = {
    # by the word: who gave the mark, its level, its releases, whom RED names
    "us-own": ("us", Level.AMBER_STRICT, (), ()),
    "us-to-eu": ("us", Level.AMBER, ("EU",), ()),
    "us-to-uk-ca": ("us", Level.GREEN, ("UK", "CA"), ()),
    "us-to-all": ("us", Level.CLEAR, ("QUAD",), ()),
    "us-red": ("us", Level.RED, ("QUAD",), ("uk",)),
    "eu-own": ("eu", Level.AMBER_STRICT, (), ()),
    "eu-to-us": ("eu", Level.AMBER, ("US",), ()),
    "uk-own": ("uk", Level.AMBER_STRICT, (), ()),
    "uk-to-eu": ("uk", Level.AMBER_STRICT, ("EU",), ()),
    "uk-red": ("uk", Level.RED, ("QUAD",), ("us2", "ca")),
    "ca-to-all": ("ca", Level.AMBER, ("QUAD",), ()),
}


def word(kind, key):
    return f"zq{kind}{key.replace('-', '')}"


def readers(key):
    """Who may read what has this mark, by the rule and not by the code."""
    giver, level, releases, named = MARKS[key]
    partners = {INSIDE[giver]} | (set(PARTNERS) if "QUAD" in releases else set(releases))
    if level is Level.RED:
        return {giver, *named}
    return {who for who, partner in INSIDE.items() if partner in partners}


@pytest.fixture(scope="module")
def parted(world):
    """A proposal for all four partners whose portions are for some of them; gives its id."""
    desk = world.desk
    made = desk.world.circulated(partners=PARTNERS)
    who = desk.world.who
    sections = iter(desk.world.sections("us", made.id))
    for key, (giver, level, releases, named) in MARKS.items():
        recipients = [who[each].id for each in (giver, *named)]
        marking = mark(INSIDE[giver], level, releases, recipients)
        do = desk.world.do
        item = Evidence(EvidenceKind.DOCUMENT, word("evidence", key), word("evidencetext", key))
        do(substantiate.add, giver, made.id, item, marking, NOW)
        said = f"@us @eu @uk @uk2 @ca @ngo @secretariat {word('comment', key)}"
        do(discuss.comment, giver, made.id, said, marking, NOW)
        do(discuss.assign, giver, made.id, word("task", key), giver, TODAY, marking, NOW)
        if giver == "us":
            section = next(sections)
            text = word("section", key)
            do(propose.write, "us", made.id, section.id, section.value.revision, text, NOW)
            do(propose.mark_section, "us", made.id, section.id, marking, NOW)
        elif giver != "eu":
            reason = word("position", key)
            desk.world.answer(giver, made, Status.OBJECTS, reason, marking=marking)
    return made.id


KINDS = {"comment", "evidence", "evidencetext", "position", "section", "task"}


def words_in(body):
    return set(re.findall(r"zq(?:comment|evidence(?:text)?|position|section|task)[a-z]+", body))


@pytest.mark.parametrize("who", [*INSIDE, *OUTSIDE])
def test_everywhere_stand_the_words_of_what_one_may_read_and_no_others(world, parted, who):
    allowed = {
        word(kind, key) for key in MARKS if who in INSIDE and who in readers(key) for kind in KINDS
    }
    found = set()
    for address in addresses(world.desk, parted):
        _, _, body = world.read(who, address)
        text = body if isinstance(body, str) else body.decode("latin-1")
        assert words_in(text) <= allowed, (who, address)
        found |= words_in(text)
    shown = {each for each in allowed if not each.startswith(("zqposition", "zqsection"))}
    assert shown <= found, "all that one may read is somewhere"


@pytest.mark.parametrize("sender", ["us", "us2", "eu", "uk", "ca"])
def test_a_package_holds_what_both_may_read_and_nothing_red(world, parted, sender):
    for recipient in (*PARTNERS, "secretariat"):
        sent = {"recipient": recipient}
        answer = world.visitor(sender).client.post(
            f"/proposals/{parted}/package",
            data={"csrf_token": world.visitor(sender).token(), **sent},
        )
        if recipient == "secretariat":
            assert answer.status_code == 422
            continue
        at_recipient = {each for each, partner in INSIDE.items() if partner == recipient}
        allowed = {
            word(kind, key)
            for key, (_, level, _, _) in MARKS.items()
            if level is not Level.RED and sender in readers(key) and at_recipient <= readers(key)
            for kind in KINDS - {"comment", "task"}
        }
        found = set()
        for text in unpacked(answer.data):
            found |= words_in(text)
        assert found <= allowed, (sender, recipient)
        assert {each for each in allowed if each.startswith("zqevidence")} <= found


def unpacked(content):
    """The text of every file in a zip, also of those within it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            inside = archive.read(name)
            if name.endswith((".docx", ".xlsx")):
                yield from unpacked(inside)
            elif name.endswith((".xml", ".rels")):
                yield " ".join(etree.fromstring(inside).itertext())
            else:
                yield inside.decode("latin-1")


def keep_to_oneself(world, parted):
    """All that the UK can do which nobody else may know of."""
    do, who = world.desk.world.do, world.desk.world.who
    own, red = mark("UK"), mark("UK", Level.RED, QUAD, [who["uk"].id])
    for marking in (own, red):
        text = "@us @eu @ca our source"
        do(discuss.comment, "uk", parted, text, marking, NOW)
        item = Evidence(EvidenceKind.TESTIMONY, "Our source", "x", source="y", protected=True)
        added = do(substantiate.add, "uk", parted, item, marking, NOW)
        do(substantiate.mark, "uk", parted, added.id, marking, NOW)
        do(substantiate.withdraw, "uk", parted, added.id, "A mistake", NOW)
        do(discuss.assign, "uk", parted, "Ask our source", "uk2", TODAY, marking, NOW)
    made = world.desk.world.find("uk", parted)
    world.desk.world.answer("uk", made, Status.OBJECTS, "Once more", marking=own)
    do(discuss.watch, "uk", parted, on=True)


def hide_proposals(world, _parted):
    """A draft, one for two partners, one that is RED, one that was withdrawn as a draft."""
    inside, who = world.desk.world, world.desk.world.who
    inside.start("uk")
    inside.circulated("uk", releases=["US"], partners=("UK", "US"))
    red = inside.circulated("uk", partners=("UK", "US"))
    marking = mark("UK", Level.RED, QUAD, [who[each].id for each in ("uk", "us")])
    inside.do(propose.mark_proposal, "uk", red.id, marking, NOW)
    gone = inside.start("uk")
    inside.do(propose.move, "uk", gone.id, propose.Stage.WITHDRAWN, TODAY, NOW)


def hand_in_a_dossier(world, _parted):
    hand_in(world.desk, recipient=["UK"], files=[("a.txt", b"text")])


def sign_in_and_save(world, _parted):
    """What each account has of its own: sign-ins, and saved views."""
    for _ in range(3):
        Visitor(world.desk.app).sign_in("uk")
    with Session(world.desk.app.extensions["engine"]) as session, session.begin():
        saved_views.keep(session, world.desk.world.who["uk"], "mine", "q=x", NOW)


@pytest.mark.parametrize(
    ("hide", "hidden_from"),
    [
        (keep_to_oneself, ("us", "us-auditor", "ca", "ngo", "")),
        (hide_proposals, ("ca", "secretariat", "other", "")),
        (hand_in_a_dossier, ("us", "us-auditor", "other", "")),
        (sign_in_and_save, ("eu", "ngo", "")),
    ],
    ids=lambda each: each.__name__.replace("_", " ") if callable(each) else "",
)
def test_what_one_keeps_to_oneself_changes_no_byte_for_anybody_else(
    world, parted, hide, hidden_from
):
    before = {who: world.seen(who, parted) for who in hidden_from}
    hide(world, parted)
    for who in hidden_from:
        for address, answer in world.seen(who, parted).items():
            if who.endswith("auditor") and address.startswith("/trail/"):
                # Who else looked at what is released stands there; what was done does not.
                if address.endswith(".csv"):
                    new = changed(before[who][address][2], answer[2])
                    assert not {each.split(",")[1] for each in new} & {"", "uk"}, new
                    assert not [each for each in new if "dossier" in each], new
            else:
                assert answer == before[who][address], (who, address)


def changed(before, after):
    """The lines that are new."""
    return set(after.splitlines()) - set(before.splitlines())


def test_numbers_that_one_sees_tell_nothing_of_what_others_have(world, parted):
    """No id in an address, a form or an element counts what there is of everybody."""
    free = re.compile(r"/(?:lists|editions|listings|situations|programmes|static|boards)/")
    for who in ("us", "uk", "ca", "ngo", "us-auditor"):
        for address in ("/account", "/coverage/", f"/proposals/{parted}", "/notices/", "/trail/"):
            _, _, body = world.read(who, address)
            for name, value in re.findall(r'(href|action|value|id)="([^"]*)"', body):
                if name == "value" or free.search(value):
                    continue
                assert not re.search(r"/\d+(?:/|$)", value), (who, address, value)
