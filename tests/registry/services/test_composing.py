"""Subjects that are taken into a proposal, and out of it, after it was begun."""

from datetime import date

import pytest

from registry.domain.evidence import Evidence, EvidenceKind
from registry.domain.handling import NotAllowed, NotThere, mark
from registry.domain.history import Event
from registry.domain.position import Ask, Position, Status
from registry.domain.proposal import Stage
from registry.domain.record import InvalidRecord
from registry.domain.section import Heading, Overtaken
from registry.services import answer, calendar, composing, discuss, packing, propose, substantiate
from registry.services.propose import Fields
from registry.store import history, portions, proposals
from tests.registry.services.proposing import (
    BAN,
    EU,
    FREEZE,
    NOW,
    QUAD,
    TODAY,
    UK,
    US,
    filled,
    person,
)

HIM, OTHER = f"{EU}:EU.1", f"{UK}:MMR9"


@pytest.fixture
def world(database, tmp_path):
    return filled(database, tmp_path / "archive")


def take_in(world, who, made, key=OTHER, *, revision=1, reason="", told="", waiver=""):
    subject = world.subject_of.get(key, key)
    given = (made.id, revision, subject, reason, told, waiver)
    return world.do(composing.take_in, who, *given, TODAY, NOW)


def take_out(world, who, made, key=HIM, *, revision=1, reason=""):
    subject = world.subject_of.get(key, key)
    return world.do(composing.take_out, who, made.id, revision, subject, reason, TODAY, NOW)


def both(world, **more):
    """A circulated proposal on two subjects."""
    return world.circulated(keys=(HIM, OTHER), **more)


def names(world, who, made):
    return [each.name for each in world.find(who, made.id).subjects]


def test_a_draft_takes_in_a_subject_with_what_it_seeks_and_what_the_lists_say(world):
    made = world.start()
    take_in(world, "us", made)
    found = world.find("us", made.id)
    other = world.subject_of[OTHER]
    assert names(world, "us", made) == ["Aung EXAMPLE", "Other NAME"]
    assert {each for each in found.asks if each.subject_id == other} == {
        Ask(other, FREEZE, partner) for partner in ("US", "EU", "UK")
    }
    told = {
        each.value.heading: each.value.text
        for each in world.sections("us", made.id)
        if each.value.subject_id == other and not each.value.partner
    }
    assert told[Heading.IDENTIFIERS].startswith("Name: Other NAME [uk-sanctions-list MMR9")
    assert told[Heading.EXCULPATORY] == ""
    assert world.positions("us", made.id)[world.ask("UK", OTHER)].value.status is Status.DESIGNATED


def test_a_draft_takes_out_a_subject_without_a_word_and_in_again(world):
    made = world.start(keys=(HIM, OTHER))
    text = next(each for each in world.sections("us", made.id) if not each.value.is_empty)
    world.do(propose.write, "us", made.id, text.id, 1, "In my words", NOW)
    take_out(world, "us", made)
    found = world.find("us", made.id)
    assert names(world, "us", made) == ["Other NAME"]
    assert [each.name for each in found.former] == ["Aung EXAMPLE"]
    assert {each.subject_id for each in found.asks} == {world.subject_of[OTHER]}
    assert world.read(proposals.readable, "us", subject_id=world.subject_of[HIM]) == ()
    take_in(world, "us", made, HIM, revision=2)
    assert names(world, "us", made) == ["Other NAME", "Aung EXAMPLE"]
    assert world.find("us", made.id).former == ()
    texts = [each.value.text for each in world.sections("us", made.id) if each.id == text.id]
    assert texts == ["In my words"], "what was written before is there again"


def test_after_circulation_a_reason_is_needed_either_way(world):
    made = both(world)
    with pytest.raises(InvalidRecord, match="reason"):
        take_out(world, "us", made, reason=" ")
    take_out(world, "us", made, reason="He died.")
    (change, *_) = world.read(history.entries, "uk", made.id)
    assert (change.event, change.detail, change.after) == (
        Event.SUBJECTS,
        "Aung EXAMPLE taken out",
        "He died.",
    )
    for lacking, what in (
        ({}, "reason is needed"),
        ({"reason": "New"}, "speaks for"),
        ({"reason": "New", "told": "None found."}, "right one"),
    ):
        with pytest.raises(InvalidRecord, match=what):
            take_in(world, "us", made, HIM, revision=2, **lacking)
    take_in(world, "us", made, HIM, revision=2, reason="N", told="None found.", waiver="His rank.")
    assert [each.value.reason for each in world.read(portions.waivers, "uk", made.id)][-1] == (
        "His rank."
    )


def test_those_who_may_answer_learn_of_a_subject_taken_in_after_circulation(world):
    made = world.start()
    take_in(world, "us", made)
    take_out(world, "us", made, revision=2)
    for each in world.sections("us", made.id):
        if each.value.heading is Heading.EXCULPATORY:
            world.do(propose.write, "us", made.id, each.id, 1, "None found.", NOW)
    world.do(propose.waive, "us", made.id, world.subject_of[OTHER], "His rank.", NOW)
    world.do(propose.mark_proposal, "us", made.id, mark("US", releases=["UK", "EU", "CA"]), NOW)
    world.do(propose.move, "us", made.id, Stage.CIRCULATED, TODAY, NOW)
    assert heard(world) == {}, "a draft is nobody else's, nor are its changes later"
    take_in(world, "us", made, HIM, revision=3, reason="N", told="None found.", waiver="His rank.")
    taken_in = ["Aung EXAMPLE taken in"]
    assert heard(world) == dict.fromkeys(("us2", "eu", "uk", "uk2"), taken_in), (
        "not who took him in, nor readers, nor a partner that is not asked"
    )
    take_out(world, "us", made, HIM, revision=4, reason="He died.")
    assert heard(world)["uk"] == taken_in, "of one who goes, those who watch are told"


def heard(world):
    """By account, the changes of subjects that it was told and may read."""
    told = {
        who: [
            n.entry.detail
            for n in world.read(history.notices, who)
            if n.entry.event is Event.SUBJECTS
        ]
        for who in world.who
    }
    return {who: details for who, details in told.items() if details}


def test_positions_on_the_other_subjects_stay_and_the_history_keeps_those_on_the_one(world):
    made = both(world, partners=("US", "EU", "UK", "CA"))
    shared = mark("CA", releases=QUAD)
    world.do(discuss.watch, "ca", made.id, on=True)
    for key, status, by_on in (
        (HIM, Status.WILL_DESIGNATE, date(2026, 6, 1)),
        (OTHER, Status.SUPPORTS, None),
    ):
        position = Position(world.ask("CA", key), status, by_on=by_on)
        world.do(answer.answer, "ca", made.id, {position: ""}, shared, TODAY, NOW)
    before = world.positions("us", made.id)
    take_out(world, "us", made, reason="He died.")
    after = world.positions("us", made.id)
    assert after == before, "nothing that was answered is lost"
    found = world.find("us", made.id)
    assert world.ask("CA", OTHER) in found.asks
    assert world.ask("CA", HIM) not in found.asks
    position = Position(world.ask("CA", HIM), Status.SUPPORTS)
    with pytest.raises(NotThere):
        world.do(answer.answer, "ca", made.id, {position: ""}, shared, TODAY, NOW)
    assert any(
        "will designate by 1 June 2026" in each.after
        for each in world.read(history.entries, "us", made.id)
    )
    told = [n for n in world.read(history.notices, "ca") if n.entry.event is Event.SUBJECTS]
    assert [n.entry.detail for n in told] == ["Aung EXAMPLE taken out"]
    due = world.read(calendar.entries, "us", TODAY, TODAY)
    assert not any(each.due is calendar.Due.PROMISE for each in due)


def test_what_is_left_closes_when_all_of_it_is_on_the_lists(world):
    world.keep(US, date(2026, 5, 12), person(US, "909", "Third NAME"), person(US, "1"))
    world.reconcile({HIM, f"{US}:1"})
    made = both(world, partners=("US", "EU"))
    world.do(propose.move, "us", made.id, Stage.UNDER_CONSIDERATION, TODAY, NOW)
    fields = Fields("Round two", target_on=date(2026, 6, 1))
    world.do(propose.edit, "us", made.id, 1, fields, NOW)
    world.do(propose.move, "us", made.id, Stage.AGREED, TODAY, NOW)
    take_out(world, "us", made, OTHER, revision=2, reason="Not ripe.")
    assert world.find("us", made.id).stage is Stage.CLOSED


def test_after_the_agreement_nobody_comes_in_and_somebody_may_go(world):
    made = both(world)
    world.do(propose.move, "us", made.id, Stage.UNDER_CONSIDERATION, TODAY, NOW)
    fields = Fields("Round two", target_on=date(2026, 6, 1))
    world.do(propose.edit, "us", made.id, 1, fields, NOW)
    world.do(propose.move, "us", made.id, Stage.AGREED, TODAY, NOW)
    third = f"{US}:909"
    with pytest.raises(InvalidRecord, match="agreed on those"):
        take_in(world, "us", made, third, revision=2, reason="N", told="None.", waiver="W")
    take_out(world, "us", made, revision=2, reason="He died.")


def test_the_second_of_two_who_change_the_subjects_is_told(world):
    made = world.start()
    take_in(world, "us", made)
    with pytest.raises(Overtaken) as told:
        take_in(world, "us2", made, f"{US}:909")
    assert told.value.yours == "Third NAME taken in"
    assert told.value.theirs == "Aung EXAMPLE\nOther NAME"
    with pytest.raises(Overtaken):
        take_out(world, "us2", made, OTHER)
    take_out(world, "us2", made, OTHER, revision=2)


def test_what_is_no_change_or_leaves_nothing_is_refused(world):
    made = world.start()
    with pytest.raises(InvalidRecord, match="already"):
        take_in(world, "us", made, HIM)
    with pytest.raises(InvalidRecord, match="no subject"):
        take_in(world, "us", made, "SNONE")
    with pytest.raises(InvalidRecord, match="withdraw the proposal"):
        take_out(world, "us", made)
    with pytest.raises(NotThere):
        take_out(world, "us", made, OTHER)


@pytest.mark.parametrize(("who", "error"), [("uk", NotAllowed), ("secretariat", NotThere)])
def test_the_originator_alone_changes_the_subjects(world, who, error):
    made = both(world)
    with pytest.raises(error):
        take_out(world, who, made, reason="So.")
    with pytest.raises(error):
        take_in(world, who, made, f"{US}:909", reason="So.", told="None.", waiver="W")


def test_of_a_subject_that_was_taken_out_nothing_is_packed(world):
    made = both(world, partners=("US", "UK"), measures=(FREEZE, BAN))
    item = Evidence(EvidenceKind.DOCUMENT, "A paper", "x", world.subject_of[HIM])
    world.do(substantiate.add, "us", made.id, item, mark("US", releases=QUAD), NOW)
    take_out(world, "us", made, reason="He died.")
    package = world.do(packing.pack, "us", made.id, "UK", "", TODAY, "desk")
    assert "Aung EXAMPLE" not in repr(package)
    assert [each.value.title for each in world.read(portions.evidence, "us", made.id)] == [
        "A paper"
    ]
