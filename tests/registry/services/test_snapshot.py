"""Coverage that is made from that of an earlier state is what is made from nothing."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from registry.domain.override import Field
from registry.services import acts, assess, overrides, snapshot
from tests.registry.services.test_law import EU, TODAY, UK, Registry, correct, enacted, eu, uk

ONE, OTHER, ALONE = f"{UK}:MMR1", f"{EU}:EU.1", f"{UK}:MMR2"


@pytest.fixture
def registry(database, tmp_path):
    found = Registry(database, tmp_path / "archive")
    found.keep(UK, date(2026, 5, 1), uk("MMR1"), uk("MMR2", "Alone EXAMPLE"))
    found.keep(EU, date(2026, 5, 1), eu("EU.1"))
    found.reconcile()
    return found


def shown(registry):
    with Session(registry.engine) as session:
        return snapshot.snapshot(session, TODAY, TODAY)


def from_nothing(registry):
    with Session(registry.engine) as session:
        return assess.assess(session, TODAY, TODAY)


def joined(registry):
    registry.reconcile({ONE, OTHER})


def left_to_a_reviewer(registry):
    registry.reconcile(candidates=[(ONE, OTHER)])


def act_entered(registry):
    registry.do(acts.enter, enacted(subject_id=registry.subject_of[ONE]))


def corrected(registry):
    registry.do(overrides.enter, correct(Field.KIND, "entity", ONE))


def edition_come(registry):
    registry.keep(UK, date(2026, 5, 20), uk("MMR1"))


CHANGES = [joined, left_to_a_reviewer, act_entered, corrected, edition_come]


@pytest.mark.parametrize("change", CHANGES, ids=lambda each: each.__name__.replace("_", " "))
def test_coverage_after_a_change_is_what_is_made_from_nothing(registry, change):
    before = shown(registry).coverage
    change(registry)
    after = shown(registry).coverage
    assert after == from_nothing(registry)
    assert after != before


@pytest.mark.parametrize("change", CHANGES[:-1], ids=lambda each: each.__name__.replace("_", " "))
def test_a_subject_that_a_change_does_not_reach_is_not_assessed_again(registry, change):
    alone = registry.subject_of[ALONE]
    before = shown(registry).by_id[alone]
    change(registry)
    assert shown(registry).by_id[alone] is before


def test_a_new_edition_bears_on_every_subject(registry):
    alone = registry.subject_of[OTHER]
    before = shown(registry).by_id[alone]
    edition_come(registry)
    assert shown(registry).by_id[alone] != before
