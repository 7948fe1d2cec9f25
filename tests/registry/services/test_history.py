"""Every change of a proposal stands in its history: what, by whom, what was there before."""

from datetime import date

import pytest

from registry.domain.evidence import Evidence, EvidenceKind
from registry.domain.handling import Level, mark
from registry.domain.history import Event
from registry.domain.position import Ask, Position, Status
from registry.domain.proposal import Stage
from registry.domain.release import Answer
from registry.domain.section import Heading
from registry.services import answer, composing, discuss, propose, release, substantiate
from registry.services.propose import Fields
from registry.store import history
from tests.registry.services.proposing import EU, FREEZE, NOW, QUAD, TODAY, UK, filled, person

SHARED = mark("US", releases=QUAD)


@pytest.fixture
def world(database, tmp_path):
    return filled(database, tmp_path / "archive")


class Story:
    """Does one thing after another, and tells what each wrote down."""

    def __init__(self, world):
        self.world = world
        self.made = world.start(partners=("US", "UK"))
        self.known = 0
        self.seen = {}

    def new(self):
        """What came into the history since this was asked last, the oldest first."""
        found = self.world.read(history.entries, "us", self.made.id)[::-1]
        came, self.known = found[self.known :], len(found)
        self.seen.update({each.event: each for each in came})
        return came

    def do(self, expected, service, who, *given):
        """One change: it is written down, once, under the name of who made it."""
        result = self.world.do(service, who, self.made.id, *given)
        (entry,) = (each for each in self.new() if each.event is expected)
        assert (entry.account, entry.affiliation) == (
            self.world.who[who].id,
            self.world.who[who].affiliation,
        ), expected
        assert entry.at == NOW
        return result, entry


def test_every_change_is_written_down_with_who_made_it_and_what_was_before(world):
    story = Story(world)
    subject = world.subject_of[f"{EU}:EU.1"]
    other = world.subject_of[f"{UK}:MMR9"]
    assert [each.event for each in story.new()] == [Event.CREATED]
    fields = Fields("Round three", target_on=date(2026, 6, 1), embargo_until=date(2026, 6, 1))
    _, entry = story.do(Event.EDITED, propose.edit, "us", 1, fields, NOW)
    assert "Round two" in entry.before
    assert "Round three" in entry.after
    assert "Embargo until: 2026-06-01" in entry.after
    _, entry = story.do(
        Event.EDITED, propose.seek, "us", 2, [Ask(subject, FREEZE, "UK")], TODAY, NOW
    )
    assert "US, asset freeze" in entry.before
    assert "US, asset freeze" not in entry.after
    (told,) = (
        each
        for each in world.sections("us", story.made.id)
        if each.value.heading is Heading.EXCULPATORY
    )
    story.do(Event.SECTION, propose.write, "us", told.id, 1, "None found.", NOW)
    _, entry = story.do(Event.SECTION, propose.write, "us", told.id, 2, "A letter.", NOW)
    assert (entry.before, entry.after) == ("None found.", "A letter.")
    _, entry = story.do(Event.MARKING, propose.mark_proposal, "us", SHARED, NOW)
    assert (entry.before, entry.after) == (mark("US").line, SHARED.line)
    story.do(Event.MARKING, propose.mark_section, "us", told.id, mark("US", Level.GREEN, QUAD), NOW)
    _, entry = story.do(Event.WAIVER, propose.waive, "us", subject, "His rank.", NOW)
    assert entry.after == "His rank."
    _, entry = story.do(Event.STAGE, propose.move, "us", Stage.CIRCULATED, TODAY, NOW)
    assert entry.detail == "draft → circulated"

    given = {Position(Ask(subject, FREEZE, "UK"), Status.REVIEWING): ""}
    theirs = mark("UK", releases=QUAD)
    story.do(Event.POSITION, answer.answer, "uk", given, theirs, TODAY, NOW)
    after = world.positions("uk", story.made.id)[world.ask("UK")].id
    given = {Position(Ask(subject, FREEZE, "UK"), Status.HOLD, "A court case."): after}
    _, entry = story.do(Event.POSITION, answer.answer, "uk", given, theirs, TODAY, NOW)
    assert (entry.before, entry.after) == ("reviewing", "hold: A court case.")

    _, entry = story.do(Event.COMMENT, discuss.comment, "uk", "Wait for it.", theirs, NOW)
    assert entry.after == "Wait for it."
    task, _ = story.do(Event.TASK, discuss.assign, "us", "Ask legal", "us2", TODAY, mark("US"), NOW)
    story.do(Event.TASK_DONE, discuss.finish, "us2", task.id, NOW)
    item, _ = story.do(
        Event.EVIDENCE,
        substantiate.add,
        "us",
        Evidence(EvidenceKind.DOCUMENT, "A paper", "x"),
        mark("US", Level.AMBER, ["UK"]),
        NOW,
    )
    asked, _ = story.do(Event.RELEASE_ASKED, release.ask, "uk", item.id, "CA", "For Ottawa.", NOW)
    story.do(Event.RELEASE_ANSWERED, release.answer, "us", asked.id, Answer.DECLINED, "No.", NOW)
    story.do(Event.MARKING, substantiate.mark, "us", item.id, SHARED, NOW)
    _, entry = story.do(
        Event.EVIDENCE_WITHDRAWN, substantiate.withdraw, "us", item.id, "Forged.", NOW
    )
    assert entry.after == "Forged."
    story.do(
        Event.SUBJECTS, composing.take_in, "us", 3, other, "N", "None.", "His rank.", TODAY, NOW
    )
    story.do(Event.SUBJECTS, composing.take_out, "us", 4, other, "Not ripe.", TODAY, NOW)

    # What the lists change is written down as the registry's own act.
    both = {f"{EU}:EU.1", f"{UK}:MMR1"}
    world.keep(UK, date(2026, 5, 18), person(UK, "MMR9", "Other NAME"), person(UK, "MMR1"))
    for clusters, candidates in (([], [tuple(sorted(both))]), ([both], []), ([], [])):
        world.reconcile(*clusters, candidates=candidates)
        world.close()
    by_lists = {each.event: each for each in story.new() if each.event is not Event.STAGE}
    assert set(by_lists) == {Event.CANDIDATE, Event.DESIGNATED, Event.REOPENED}
    assert {(each.account, each.affiliation) for each in by_lists.values()} == {(None, "registry")}
    assert set(story.seen) == set(Event), "there is no other change"
