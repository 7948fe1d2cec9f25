"""What falls due, and who sees it."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from registry.domain.act import Act, Procedure
from registry.domain.handling import mark
from registry.domain.position import Status
from registry.services import acts, calendar, discuss, propose
from registry.services.calendar import Due
from registry.services.propose import Fields
from tests.registry.services.proposing import EU, FREEZE, NOW, QUAD, TODAY, filled

JUNE = date(2026, 6, 1)


@pytest.fixture
def world(database, tmp_path):
    return filled(database, tmp_path / "archive")


def due(world, who, *kinds):
    found = world.read(calendar.entries, who, TODAY, TODAY)
    return [(each.on, each.due, each.text) for each in found if each.due in kinds]


def test_targets_embargoes_promises_and_tasks_are_seen_by_those_who_may_read_them(world):
    made = world.circulated()
    fields = Fields("Round two", target_on=JUNE, embargo_until=JUNE)
    world.do(propose.edit, "us", made.id, 1, fields, NOW)
    world.answer("uk", made, Status.WILL_DESIGNATE, by_on=date(2026, 5, 30))
    world.do(discuss.assign, "us", made.id, "Ask legal", "us2", TODAY, mark("US"), NOW)
    kinds = (Due.TARGET, Due.EMBARGO, Due.PROMISE, Due.TASK)
    common = [(JUNE, Due.TARGET, "Round two"), (JUNE, Due.EMBARGO, "Round two")]
    promise = (date(2026, 5, 30), Due.PROMISE, "UK, asset freeze on Aung EXAMPLE")
    assert due(world, "uk", *kinds) == [promise, *common]
    assert due(world, "us", *kinds) == [(TODAY, Due.TASK, "Ask legal"), *common]
    assert due(world, "ca", *kinds) == common
    assert due(world, "ngo", *kinds) == []
    world.answer("uk", made, Status.SUPPORTS, marking=mark("UK", releases=QUAD))
    assert due(world, "uk", *kinds) == common, "the promise was replaced"


def test_an_urgent_designation_has_effect_for_56_days(world):
    act = Act(
        "UK",
        (FREEZE,),
        "Notice of 12 May 2026",
        date(2026, 5, 12),
        "https://example.org/notice",
        "A. Officer",
        "Made today",
        NOW,
        subject_id=world.subject_of[f"{EU}:EU.1"],
        procedure=Procedure.URGENT,
    )
    with Session(world.engine) as session, session.begin():
        acts.enter(session, act)
    ((on, _due, text),) = due(world, "us-reader", Due.URGENT)
    assert on == date(2026, 7, 7)
    assert text.startswith("Aung EXAMPLE: The urgent designation of 12 May 2026")


def test_the_terms_of_programmes_are_known(world):
    renewals = due(world, "us-reader", Due.RENEWAL)
    assert renewals == sorted(renewals)
    assert all(on >= TODAY for on, _due, _text in renewals)
    assert any(text.startswith("EU: ") for _on, _due, text in renewals)
