"""Asking for a release and answering, on the page of a proposal."""

import pytest

from registry.domain.evidence import Evidence, EvidenceKind
from registry.domain.handling import mark
from registry.services import substantiate
from registry.store import portions
from tests.registry.services.proposing import NOW
from tests.web.conftest import HOSTILE
from tests.web.proposing import Desk


@pytest.fixture
def desk(database, tmp_path):
    made = Desk(database, tmp_path)
    yield made
    made.close()


def test_the_page_asks_and_answers_and_the_third_one_sees_no_byte_of_it(desk):
    world, made = desk.world, desk.world.circulated()
    item = Evidence(EvidenceKind.DOCUMENT, HOSTILE, "x")
    added = world.do(substantiate.add, "us", made.id, item, mark("US", releases=["UK"]), NOW)
    there = f"/proposals/{made.id}"
    before = {who: (desk.get(who, there), desk.get(who, "/notices/")) for who in ("ca", "eu")}
    assert f'<option value="{added.id}">' in desk.get("uk", there)
    desk.post("uk", f"{there}/releases", about=added.id, asked_for="CA", reason=HOSTILE)
    assert "Awaits the answer of its originator." in desk.get("uk", there)
    assert "release asked, to CA" in desk.get("us", "/notices/")
    after = {who: (desk.get(who, there), desk.get(who, "/notices/")) for who in ("ca", "eu")}
    assert after == before
    [request] = world.read(portions.requests, "us", made.id)
    form = desk.get("us", there)
    assert f"{there}/releases/{request.id}" in form
    assert "<script>alert" not in form
    desk.post("us", f"{there}/releases/{request.id}", 422, answer="declined")
    desk.post("us", f"{there}/releases/{request.id}", answer="granted")
    assert "release answered, granted, to CA" in desk.get("uk", "/notices/")
    page = desk.get("ca", there)
    assert added.id in page
    assert request.id not in page
    assert (desk.get("eu", there), desk.get("eu", "/notices/")) == before["eu"]


@pytest.mark.parametrize(
    "more", [{"asked_for": "JP"}, {"asked_for": "ngo:x"}, {"originator": "UK"}]
)
def test_a_form_that_asks_for_more_is_refused(desk, more):
    made = desk.world.circulated(releases=["UK", "EU"], partners=("US", "UK"))
    sent = {"about": "", "asked_for": "CA", "reason": "x"} | more
    desk.post("uk", f"/proposals/{made.id}/releases", 422, **sent)
    desk.post("uk", f"/proposals/{made.id}/releases", about="", asked_for="CA", reason="x")
