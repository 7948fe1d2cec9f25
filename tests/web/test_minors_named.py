"""Minors named in the texts of a proposal: told while writing, left out of packages."""

import io
import json
from datetime import date
from zipfile import ZipFile

import pytest

from registry.domain import partial_date
from registry.domain.handling import mark
from registry.domain.position import Status
from registry.domain.section import Heading
from registry.services import discuss
from tests.registry.services.proposing import EU, NOW, QUAD, person
from tests.web.proposing import Desk

NOTE = "names somebody who may be under age"
TEXT = "His daughter, May Child, was there."


@pytest.fixture
def desk(database, tmp_path):
    made = Desk(database, tmp_path)
    born = (partial_date.day(date(2012, 3, 12)),)
    made.world.keep(
        EU, date(2026, 5, 18), person(EU, "EU.1"), person(EU, "EU.2", "May CHILD", birth_dates=born)
    )
    made.world.reconcile()
    yield made
    made.close()


def test_every_text_that_names_a_minor_is_marked_for_who_reads_and_writes_it(desk):
    world = desk.world
    made = world.circulated()
    there = f"/proposals/{made.id}"
    assert NOTE not in desk.get("us", there)
    role = next(
        each for each in world.sections("us", made.id) if each.value.heading is Heading.ROLE
    )
    desk.post("us", f"{there}/sections/{role.id}", revision="1", text=TEXT)
    assert desk.get("us", f"{there}/edit").count(NOTE) == 1
    desk.post("us", f"{there}/fields", revision="1", title="Round two", summary=TEXT)
    assert desk.get("us", f"{there}/edit").count(NOTE) == 2
    desk.post("us", f"{there}/evidence", kind="document", title=TEXT, releases=["QUAD"])
    world.do(discuss.comment, "us", made.id, TEXT, mark("US", releases=QUAD), NOW)
    world.answer("uk", made, Status.OBJECTS, TEXT, marking=mark("UK", releases=QUAD))
    assert desk.get("uk", f"{there}/answer").count(NOTE) == 1
    assert desk.get("us", there).count(NOTE) == 5
    assert desk.get("eu", there).count(NOTE) == 5


def test_a_package_has_the_text_without_the_name(desk):
    made = desk.world.circulated()
    there = f"/proposals/{made.id}"
    desk.post("us", f"{there}/fields", revision="1", title="Round two", summary=TEXT)
    desk.post("us", f"{there}/evidence", kind="document", title=TEXT, releases=["QUAD"])
    answer = desk.post("us", f"{there}/package", 200, recipient="UK", cover_note=TEXT)
    with ZipFile(io.BytesIO(answer.data)) as archive:
        described = archive.read("06-package.json").decode()
        log = archive.read("07-redaction-log.txt").decode()
    assert "May" not in json.loads(described)["proposal"]["summary"]
    assert "May Child" not in described
    assert described.count("His daughter, [name left out], was there.") == 3
    assert "stands in place of the name" in log
    assert "May" not in log


def test_a_proposal_names_its_own_subject_though_a_child_has_the_name(desk):
    born = (partial_date.day(date(2012, 3, 12)),)
    desk.world.keep(EU, date(2026, 5, 19), person(EU, "EU.1"), person(EU, "EU.3", birth_dates=born))
    desk.world.reconcile()
    made = desk.world.circulated()
    assert NOTE not in desk.get("us", f"/proposals/{made.id}")
    answer = desk.post("us", f"/proposals/{made.id}/package", 200, recipient="UK")
    with ZipFile(io.BytesIO(answer.data)) as archive:
        assert "[name left out]" not in archive.read("06-package.json").decode()
