"""Positions that close and reopen by what the lists show."""

from datetime import date

import pytest

from registry.domain.handling import mark
from registry.domain.history import Event
from registry.domain.position import Status
from registry.domain.proposal import Stage
from registry.services import discuss, propose
from registry.store import history
from tests.factories import designation
from tests.registry.services.proposing import (
    BAN,
    CA,
    EU,
    FREEZE,
    MYANMAR,
    QUAD,
    TODAY,
    UK,
    US,
    filled,
    person,
)


@pytest.fixture
def world(database, tmp_path):
    return filled(database, tmp_path / "archive")


UK_LISTS_HIM = (person(UK, "MMR9", "Other NAME"), person(UK, "MMR1"))


def status(world, proposal, partner, who="us", measure=FREEZE):
    given = world.positions(who, proposal.id).get(world.ask(partner, measure=measure))
    return given.value.status if given else Status.NOT_ASSESSED


def test_what_is_on_a_list_already_is_designated_from_the_start(world):
    made = world.start()
    assert status(world, made, "EU") is Status.DESIGNATED
    assert status(world, made, "UK") is Status.NOT_ASSESSED
    assert world.find("us", made.id).stage is Stage.DRAFT


def test_a_new_edition_closes_the_position_and_tells_who_watches(world):
    made = world.circulated()
    world.do(discuss.watch, "uk", made.id, on=True)
    world.keep(UK, date(2026, 5, 18), *UK_LISTS_HIM)
    world.reconcile({f"{EU}:EU.1", f"{UK}:MMR1"})
    assert world.close().designated == 1
    shown = world.positions("uk", made.id)[world.ask("UK")].value
    assert shown.status is Status.DESIGNATED
    assert (shown.act.official_list, shown.act.reference) == (UK, "MMR1")
    assert (shown.act.dated, shown.act.listed_on) == (date(2026, 5, 18), date(2021, 3, 22))
    for who in ("us", "uk"):
        (told,) = [n for n in world.read(history.notices, who) if n.entry.event is Event.DESIGNATED]
        assert "UK, asset freeze on Aung EXAMPLE: designated, uk-sanctions-list MMR1" in (
            told.entry.detail
        )
    assert world.read(history.notices, "ca") == []


def test_a_mere_candidate_never_closes_and_asks_once_for_review(world):
    made = world.circulated()
    world.keep(UK, date(2026, 5, 18), *UK_LISTS_HIM)
    world.reconcile(candidates=[(f"{EU}:EU.1", f"{UK}:MMR1")])
    assert (world.close().candidates, world.close().candidates) == (1, 0)
    assert status(world, made, "UK") is Status.NOT_ASSESSED
    assert [n.entry.event for n in world.read(history.notices, "us")].count(Event.CANDIDATE) == 1
    world.reconcile({f"{EU}:EU.1", f"{UK}:MMR1"})
    assert world.close().designated == 1


def test_a_delisting_reopens_with_a_banner(world):
    world.keep(UK, date(2026, 5, 11), *UK_LISTS_HIM)
    world.keep(US, date(2026, 5, 11), person(US, "101"))
    world.reconcile({f"{EU}:EU.1", f"{UK}:MMR1", f"{US}:101"})
    made = world.circulated()
    world.close()
    assert world.find("uk", made.id).stage is Stage.CLOSED
    world.keep(UK, date(2026, 5, 18), person(UK, "MMR9", "Other NAME"))
    world.reconcile({f"{EU}:EU.1", f"{UK}:MMR1", f"{US}:101"})
    assert world.close().reopened == 1
    found = world.find("uk", made.id)
    assert found.stage is Stage.CLOSING
    assert "UK, asset freeze on Aung EXAMPLE: Formerly on" in found.reopened
    assert status(world, made, "UK") is Status.NOT_ASSESSED
    assert status(world, made, "EU") is Status.DESIGNATED
    world.keep(UK, date(2026, 5, 19), *UK_LISTS_HIM)
    world.reconcile({f"{EU}:EU.1", f"{UK}:MMR1", f"{US}:101"})
    assert world.close().designated == 1
    found = world.find("uk", made.id)
    assert (found.stage, found.reopened) == (Stage.CLOSED, "")


def test_the_banner_names_all_that_is_reopened_until_the_lists_show_it_again(world):
    everywhere = {f"{EU}:EU.1", f"{UK}:MMR1", f"{US}:101"}
    world.keep(UK, date(2026, 5, 11), *UK_LISTS_HIM)
    world.keep(US, date(2026, 5, 11), person(US, "909", "Third NAME"), person(US, "101"))
    world.reconcile(everywhere)
    made = world.circulated(partners=("US", "EU", "UK", "CA"))
    world.close()

    def banner():
        world.reconcile(everywhere)
        world.close()
        return world.find("uk", made.id).reopened

    world.keep(UK, date(2026, 5, 18), person(UK, "MMR9", "Other NAME"))
    assert "UK, asset freeze" in banner()
    world.answer("uk", made, Status.SUPPORTS, marking=mark("UK", releases=QUAD))
    world.keep(US, date(2026, 5, 18), person(US, "909", "Third NAME"))
    both = banner()
    assert "UK, asset freeze" in both, "an answer does not put it on the list again"
    assert "US, asset freeze" in both
    world.keep(UK, date(2026, 5, 19), *UK_LISTS_HIM)
    left = banner()
    assert "UK, asset freeze" not in left, "what the list shows again is reopened no more"
    assert "US, asset freeze" in left
    world.keep(US, date(2026, 5, 19), person(US, "909", "Third NAME"), person(US, "101"))
    assert banner() == "", "though Canada is still asked"


def test_an_undone_match_reopens(world):
    made = world.circulated()
    world.keep(UK, date(2026, 5, 18), *UK_LISTS_HIM)
    world.reconcile({f"{EU}:EU.1", f"{UK}:MMR1"})
    world.close()
    world.reconcile()
    assert world.close().reopened == 1
    assert status(world, made, "UK") is Status.NOT_ASSESSED
    assert "show the measure no more" in world.find("us", made.id).reopened


def test_an_undone_match_that_awaits_review_reopens_and_asks_for_it(world):
    world.circulated()
    world.keep(UK, date(2026, 5, 18), *UK_LISTS_HIM)
    world.reconcile({f"{EU}:EU.1", f"{UK}:MMR1"})
    world.close()
    world.reconcile(candidates=[(f"{EU}:EU.1", f"{UK}:MMR1")])
    done = world.close()
    assert (done.reopened, done.candidates) == (1, 1)


def test_one_measure_of_two_closes_only_that(world):
    made = world.circulated(measures=(FREEZE, BAN))
    only_frozen = person(UK, "MMR1", designations=(designation(MYANMAR, measures={FREEZE}),))
    world.keep(UK, date(2026, 5, 18), person(UK, "MMR9", "Other NAME"), only_frozen)
    world.reconcile({f"{EU}:EU.1", f"{UK}:MMR1"})
    world.close()
    assert status(world, made, "UK") is Status.DESIGNATED
    assert status(world, made, "UK", measure=BAN) is Status.NOT_ASSESSED


def test_a_withdrawn_proposal_stays_as_it_is(world):
    made = world.circulated()
    world.do(propose.move, "us", made.id, Stage.WITHDRAWN, TODAY, made.created_at)
    world.keep(UK, date(2026, 5, 18), *UK_LISTS_HIM)
    world.reconcile({f"{EU}:EU.1", f"{UK}:MMR1"})
    assert world.close().designated == 0


def test_nothing_is_done_twice(world):
    world.circulated(partners=("US", "EU", "UK", "CA"))
    before = world.close()
    assert (before.designated, before.reopened, before.candidates) == (0, 0, 0)
    assert world.close() == before


def test_a_subject_that_was_merged_stands_under_its_successor(world):
    made = world.circulated(keys=(f"{CA}:Burma|1|9",), partners=("CA", "EU"))
    world.reconcile({f"{CA}:Burma|1|9", f"{EU}:EU.1"})
    assert world.close().designated == 1, "the EU's entry is his, too"
    assert world.find("us", made.id).stage is Stage.CLOSED
