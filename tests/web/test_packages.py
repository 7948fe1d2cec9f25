"""Packages from the pages of a proposal."""

import io
import json
import re
from datetime import date
from zipfile import ZipFile

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from exports.papers import pdf
from exports.problem import ExportProblem
from registry.domain.evidence import Evidence, EvidenceKind
from registry.domain.handling import mark
from registry.domain.position import Status
from registry.services import propose, substantiate
from registry.services.propose import Fields
from registry.store.tables import TrailRow
from tests.registry.services.proposing import NOW, QUAD
from tests.web.proposing import Desk

SECRET = "Zyzzyva"


@pytest.fixture
def desk(database, tmp_path):
    made = Desk(database, tmp_path)
    yield made
    made.close()


def package(desk, who, proposal, recipient, status=200, **more):
    return desk.post(who, f"/proposals/{proposal.id}/package", status, recipient=recipient, **more)


def exports_of(desk):
    with Session(desk.world.engine) as session:
        rows = session.scalars(
            select(TrailRow).where(TrailRow.action == "exported").order_by(TrailRow.number)
        )
        return [(each.actor, each.object, json.loads(each.detail)) for each in rows]


def test_one_click_gives_the_recipients_package_and_the_trail_tells(desk):
    made = desk.world.circulated()
    form = desk.get("us", f"/proposals/{made.id}/package")
    assert 'value="UK"' in form
    assert 'value="AU"' not in form
    answer = package(desk, "us", made, "UK", cover_note="For Tuesday.")
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Content-Disposition"] == (
        f"attachment; filename=package-{made.id}-for-UK-2026-05-20.zip"
    )
    assert answer.headers["Cache-Control"] == "no-store"
    with ZipFile(io.BytesIO(answer.data)) as archive:
        assert json.loads(archive.read("06-package.json"))["cover_note"] == "For Tuesday."
    [(actor, what, detail)] = exports_of(desk)
    assert (actor, what) == ("us", f"proposal:{made.id}")
    assert (detail["recipient"], detail["export"]) == ("UK", "package")


def test_what_others_keep_to_themselves_changes_no_byte(desk):
    made = desk.world.circulated(partners=("US", "UK", "CA"))
    before = package(desk, "us", made, "UK").data
    world = desk.world
    for who, partner in (("us", "US"), ("eu", "EU")):
        item = Evidence(EvidenceKind.DOCUMENT, SECRET, SECRET)
        world.do(substantiate.add, who, made.id, item, mark(partner, releases=["US"]), NOW)
    world.answer("ca", made, Status.OBJECTS, SECRET, marking=mark("CA", releases=["US"]))
    assert package(desk, "us", made, "UK").data == before
    with ZipFile(io.BytesIO(package(desk, "us", made, "US").data)) as archive:
        assert archive.read("06-package.json").decode().count(SECRET) == 5


@pytest.mark.parametrize("who", ["ngo", "secretariat"])
def test_a_proposal_that_is_not_there_gives_no_package(desk, who):
    made = desk.world.circulated()
    status = 403 if who == "ngo" else 404
    desk.get(who, f"/proposals/{made.id}/package", status)
    package(desk, who, made, "UK", status)
    assert exports_of(desk) == []


@pytest.mark.parametrize("who", ["us-reader", "uk-auditor", "admin"])
def test_readers_auditors_and_administrators_hand_out_nothing(desk, who):
    made = desk.world.circulated()
    desk.get(who, f"/proposals/{made.id}/package", 403)
    package(desk, who, made, "UK", 403)
    assert "/package" not in desk.of(who).client.get(f"/proposals/{made.id}").text


@pytest.mark.parametrize("recipient", ["AU", "ngo:Watch & Report", "", "../UK"])
def test_a_package_goes_to_no_other_recipient(desk, recipient):
    package(desk, "us", desk.world.circulated(), recipient, 422)


def test_more_fields_than_asked_for_are_refused(desk):
    made = desk.world.circulated()
    package(desk, "us", made, "UK", 422, sender="CA")
    package(desk, "us", made, "UK", 422, cover_note="a" * 4_001)


def test_a_draft_is_packed_for_its_own_partner_only(desk):
    made = desk.world.start()
    desk.world.do(propose.mark_proposal, "us", made.id, mark("US", releases=QUAD), NOW)
    assert 'value="UK"' not in desk.get("us", f"/proposals/{made.id}/package")
    package(desk, "us", made, "UK", 422)
    package(desk, "us", made, "US")


def test_a_missing_font_is_told_with_its_remedy_and_nothing_is_noted(desk, monkeypatch):
    def fails(paper):
        raise ExportProblem("No installed font can set 穆. Install fonts-noto-cjk.")

    monkeypatch.setattr(pdf, "render", fails)
    answer = package(desk, "us", desk.world.circulated(), "UK", 422)
    assert "fonts-noto-cjk" in answer.text
    assert exports_of(desk) == []


def test_an_embargo_is_told_wherever_the_proposal_is_put_on_the_table(desk):
    world = desk.world
    made = world.circulated(releases=["QUAD"])
    fields = Fields("Round two", embargo_until=date(2026, 6, 9))
    world.do(propose.edit, "us", made.id, 1, fields, NOW)
    for who, address in (("uk", f"/proposals/{made.id}"), ("eu", "/conference/?nexus=all")):
        page = re.sub(r"<[^>]+>", "", desk.get(who, address))
        assert re.search("is announced before 9.June.2026", page), address


def test_the_conference_page_shows_proposals_that_all_partners_may_read(desk):
    world = desk.world
    for_all = world.circulated()
    world.do(propose.mark_proposal, "us", for_all.id, mark("US", releases=QUAD), NOW)
    pair = world.circulated(releases=["EU"], partners=("EU", "US"))
    for who in ("us", "uk", "uk-auditor"):
        page = desk.get(who, "/conference/?nexus=all")
        assert for_all.id in page
        assert pair.id not in page
        assert "TLP:AMBER+STRICT" in page
    for who in ("ngo", "secretariat"):
        assert for_all.id not in desk.get(who, "/conference/?nexus=all")
    desk.get("admin", "/conference/?nexus=all", 403)
    assert desk.app.test_client().get("/conference/?nexus=all").status_code == 302
