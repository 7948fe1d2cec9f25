"""The page on which subjects are taken into a proposal and out of it."""

import pytest

from tests.registry.services.proposing import EU, UK
from tests.web.proposing import Desk


@pytest.fixture
def desk(database, tmp_path):
    made = Desk(database, tmp_path)
    yield made
    made.close()


def test_a_subject_is_found_by_name_taken_in_and_taken_out(desk):
    made, other = desk.world.start(), desk.world.subject_of[f"{UK}:MMR9"]
    there = f"/proposals/{made.id}/subjects"
    assert there in desk.get("us", f"/proposals/{made.id}/edit")
    assert f"subject={other}" in desk.get("us", f"{there}?q=other+name")
    assert "in the proposal already" in desk.get("us", f"{there}?q=aung+example")
    assert "Take in" in desk.get("us", f"{there}?subject={other}")
    desk.post("us", f"{there}/in", revision="1", subject=other)
    page = desk.get("us", f"/proposals/{made.id}")
    assert f'id="on-{other}"' in page
    assert "Other NAME taken in" in page
    answer = desk.post("us", f"{there}/out", 409, revision="1", subject=other)
    assert "Somebody else saved a change" in answer.text
    desk.post("us", f"{there}/out", revision="2", subject=other, reason="Not ripe.")
    page = desk.get("us", there)
    assert "Taken out: " in page
    assert "Other NAME" in page
    assert f'id="on-{other}"' not in desk.get("us", f"/proposals/{made.id}")


def test_of_a_circulated_proposal_the_form_asks_for_all_that_is_needed(desk):
    made, other = desk.world.circulated(), desk.world.subject_of[f"{UK}:MMR9"]
    there = f"/proposals/{made.id}/subjects"
    form = desk.get("us", f"{there}?subject={other}")
    for name in ("reason", "exculpatory", "waiver"):
        assert f'name="{name}"' in form
    refused = desk.post("us", f"{there}/in", 422, revision="1", subject=other)
    assert "A reason is needed" in refused.text
    desk.get("uk", there, 403)
    desk.get("us-reader", there, 403)
    desk.get("secretariat", there, 404)
    desk.get("us", f"{there}?subject=SNONE", 404)
    assert desk.world.subject_of[f"{EU}:EU.1"] in form
