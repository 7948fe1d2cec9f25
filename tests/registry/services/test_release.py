"""Re-dissemination by consent: asking the originator for a release, and the answer."""

import json

import pytest
from sqlalchemy.orm import Session

from registry.domain.evidence import Evidence, EvidenceKind
from registry.domain.handling import Level, NotAllowed, NotThere, mark
from registry.domain.history import Event
from registry.domain.portion import PortionKind
from registry.domain.position import Status
from registry.domain.proposal import Stage
from registry.domain.record import InvalidRecord
from registry.domain.release import Answer
from registry.domain.section import Heading
from registry.services import discuss, packing, propose, release, substantiate
from registry.store import history, portions, proposals, trail
from registry.store.tables import PortionRow
from tests.registry.services.proposing import NOW, QUAD, TODAY, filled

WHY = "Ottawa asked us for it."
ITEM = Evidence(EvidenceKind.DOCUMENT, "A paper", "What it says")


@pytest.fixture
def world(database, tmp_path):
    return filled(database, tmp_path / "archive")


def item_of(world, made, releases=("UK",), level=Level.AMBER):
    marking = mark("US", level, releases, [world.who["us"].id, world.who["uk"].id])
    return world.do(substantiate.add, "us", made.id, ITEM, marking, NOW)


def ask(world, who, made, about, asked_for="CA", reason=WHY):
    return world.do(release.ask, who, made.id, about, asked_for, reason, NOW)


def answer(world, who, made, request, given, reason=""):
    world.do(release.answer, who, made.id, request.id, given, reason, NOW)


def requests(world, who, made):
    return [
        (each.value.asked_for, each.value.answer.value)
        for each in world.read(portions.requests, who, made.id)
    ]


def seen(world, who, made):
    return (
        world.read(proposals.readable, who),
        world.read(portions.requests, who, made.id),
        world.read(portions.evidence, who, made.id),
        world.read(portions.comments, who, made.id),
        world.read(portions.positions, who, made.id),
        world.read(history.entries, who, made.id),
        world.read(history.notices, who),
        world.read(history.unread, who),
    )


def test_a_reader_asks_the_originator_grants_and_the_other_one_reads(world):
    made = world.circulated()
    item = item_of(world, made)
    others = ("ca", "eu", "secretariat", "ngo", "admin")
    before = {who: seen(world, who, made) for who in others}
    request = ask(world, "uk", made, item.id)
    for who in ("uk", "uk2", "us", "us-reader"):
        assert requests(world, who, made) == [("CA", "open")]
    assert {who: seen(world, who, made) for who in others} == before, "nobody else learns of it"
    (told,) = [n for n in world.read(history.notices, "us2") if n.entry.portion == request.id]
    assert (told.entry.event, told.entry.after) == (Event.RELEASE_ASKED, WHY)
    answer(world, "us2", made, request, Answer.GRANTED, "Gladly.")
    assert requests(world, "uk", made) == [("CA", "granted")]
    (told,) = [n for n in world.read(history.notices, "uk") if n.entry.portion == request.id]
    assert (told.entry.event, told.entry.after) == (Event.RELEASE_ANSWERED, "Gladly.")
    (read,) = world.read(portions.evidence, "ca", made.id)
    assert read.marking.releasable_to == {"US", "UK", "CA"}
    assert read.marking.level is Level.AMBER
    assert requests(world, "ca", made) == []
    assert WHY not in repr(seen(world, "ca", made))
    assert {who: seen(world, who, made) for who in others if who != "ca"} == {
        who: before[who] for who in others if who != "ca"
    }
    package = world.do(packing.pack, "uk", made.id, "CA", "", TODAY, "desk")
    assert [each.value.title for each in package.portions.evidence] == ["A paper"]


def test_a_request_is_declined_with_a_reason_and_nothing_changes(world):
    made = world.circulated()
    item = item_of(world, made)
    before = seen(world, "ca", made)
    request = ask(world, "uk", made, item.id)
    with pytest.raises(InvalidRecord, match="Say why"):
        answer(world, "us", made, request, Answer.DECLINED, " ")
    answer(world, "us", made, request, Answer.DECLINED, "The source is at risk.")
    assert requests(world, "uk", made) == [("CA", "declined")]
    assert seen(world, "ca", made) == before
    with pytest.raises(InvalidRecord, match="answered already"):
        answer(world, "us", made, request, Answer.GRANTED)
    ask(world, "uk", made, item.id)
    assert requests(world, "uk", made) == [("CA", "declined"), ("CA", "open")]


def test_the_proposal_sections_comments_and_positions_are_asked_for_as_well(world):
    made = world.circulated(releases=["UK", "EU"], partners=("US", "UK", "EU"))
    section = next(
        each for each in world.sections("us", made.id) if each.value.heading is Heading.CONDUCT
    )
    world.do(propose.mark_section, "us", made.id, section.id, mark("US", releases=["UK"]), NOW)
    comment = world.do(
        discuss.comment, "us", made.id, "Only for us two", mark("US", releases=["UK"]), NOW
    )
    world.answer("us", made, Status.SUPPORTS, marking=mark("US", releases=["UK"]))
    position = world.positions("us", made.id)[world.ask("US")]
    for each in (section, comment, position):
        with pytest.raises(InvalidRecord, match="CA can not read the proposal itself"):
            ask(world, "uk", made, each.id)
        answer(world, "us", made, ask(world, "uk", made, each.id, "EU"), Answer.GRANTED)
    assert section.id in {each.id for each in world.sections("eu", made.id)}
    assert world.read(portions.comments, "eu", made.id)[0].id == comment.id
    assert position.id in {each.id for each in world.read(portions.positions, "eu", made.id)}
    assert world.find("ca", made.id) is None
    answer(world, "us", made, ask(world, "uk", made, ""), Answer.GRANTED)
    assert world.find("ca", made.id).id == made.id
    follower = next(each for each in world.sections("uk", made.id) if each.follows)
    with pytest.raises(NotThere):
        ask(world, "uk", made, follower.id)


def test_what_can_not_be_asked_for_is_refused_in_words(world):
    made = world.circulated()
    item = item_of(world, made)
    for who, asked_for, what in (
        ("us", "CA", "marking it anew"),
        ("uk", "UK", "already"),
        ("uk", "JP", "is released to one of"),
    ):
        with pytest.raises(InvalidRecord, match=what):
            ask(world, who, made, item.id, asked_for)
    with pytest.raises(InvalidRecord, match="reason"):
        ask(world, "uk", made, item.id, reason=" ")
    ask(world, "uk", made, item.id)
    with pytest.raises(InvalidRecord, match="asked for already"):
        ask(world, "uk2", made, item.id)
    red = item_of(world, made, QUAD, Level.RED)
    with pytest.raises(InvalidRecord, match="TLP:RED"):
        ask(world, "uk", made, red.id)


def test_what_is_hidden_can_not_be_asked_for_nor_answered(world):
    made = world.circulated()
    item = item_of(world, made)
    with pytest.raises(NotThere):
        ask(world, "eu", made, item.id, "CA")
    with pytest.raises(NotThere):
        ask(world, "secretariat", made, "", "CA")
    with pytest.raises(NotAllowed):
        ask(world, "uk-auditor", made, item.id)
    request = ask(world, "uk", made, item.id)
    for who in ("ca", "eu", "secretariat", "ngo"):
        with pytest.raises(NotThere):
            answer(world, who, made, request, Answer.GRANTED)
    for who in ("uk", "us-reader"):
        with pytest.raises(NotAllowed, match="Only US"):
            answer(world, who, made, request, Answer.GRANTED)


def test_a_request_goes_with_what_it_is_about(world):
    made = world.circulated()
    item = item_of(world, made)
    request = ask(world, "uk", made, item.id)
    red = mark("US", Level.RED, ["UK"], [world.who["us"].id, world.who["uk"].id])
    world.do(substantiate.mark, "us", made.id, item.id, red, NOW)
    assert requests(world, "uk", made) == [("CA", "open")]
    assert requests(world, "uk2", made) == [], "it would tell that there is a RED item"
    world.do(substantiate.withdraw, "us", made.id, item.id, "Forged.", NOW)
    with pytest.raises(NotThere):
        answer(world, "us", made, request, Answer.GRANTED)


def test_the_trail_tells_the_two_and_nobody_else(world):
    made = world.circulated()
    item = item_of(world, made)
    answer(world, "us", made, ask(world, "uk", made, item.id), Answer.GRANTED)
    with Session(world.engine) as session:
        kept = [(json.loads(each.detail), each.released_to) for each in trail.every(session)]
        kinds = {each.kind for each in session.query(PortionRow)}
    told = {
        each["event"]: json.loads(to) for each, to in kept if "release" in each.get("event", "")
    }
    assert told == {"release-asked": ["UK", "US"], "release-answered": ["UK", "US"]}
    assert kinds <= {each.value for each in PortionKind}


@pytest.mark.parametrize("given", [Answer.GRANTED, Answer.DECLINED])
def test_nothing_is_answered_on_a_proposal_that_has_ended(world, given):
    made = world.circulated()
    request = ask(world, "uk", made, item_of(world, made).id)
    world.do(propose.move, "us", made.id, Stage.WITHDRAWN, TODAY, NOW)
    with pytest.raises(InvalidRecord, match="withdrawn and is changed no more"):
        answer(world, "us", made, request, given, "So.")
    assert requests(world, "uk", made) == [("CA", "open")]
