"""Packages of real proposals: what both the sender and the recipient may read, and no more."""

import io
from datetime import date
from zipfile import ZipFile

import pytest

from registry.domain.evidence import Evidence, EvidenceKind
from registry.domain.handling import Level, NotAllowed, NotThere, mark
from registry.domain.package import Package
from registry.domain.position import Status
from registry.domain.record import InvalidRecord
from registry.domain.section import Heading
from registry.services import packing, propose, substantiate
from tests import packaging
from tests.registry.services.proposing import NOW, QUAD, TODAY, filled

CONTACT = "desk@registry.example"


@pytest.fixture
def world(database, tmp_path):
    return filled(database, tmp_path / "archive")


def packed(world, who, proposal, recipient, note="") -> Package:
    return world.do(packing.pack, who, proposal.id, recipient, note, TODAY, CONTACT)


def item(title, **more):
    return Evidence(EvidenceKind.DOCUMENT, title, "What it says.", **more)


def test_a_package_holds_what_the_registry_and_the_proposal_say(world):
    made = world.circulated()
    package = packed(world, "us", made, "UK")
    assert [each.name for each in package.rows] == ["Aung EXAMPLE"]
    assert package.sections(made.subjects[0].id, Heading.LEGAL_TEST, "UK")
    assert package.provenance.contact == CONTACT
    with ZipFile(io.BytesIO(packaging.zipped(package))) as archive:
        assert "03-annex-UK.pdf" in archive.namelist()


def test_another_partner_packs_only_what_it_may_read_itself(world):
    made = world.circulated()
    for title, releases in (("for UK", ["UK"]), ("for EU", ["EU"]), ("for both", ["UK", "EU"])):
        world.do(substantiate.add, "us", made.id, item(title), mark("US", releases=releases), NOW)

    def titles(who, recipient):
        found = packed(world, who, made, recipient).portions.evidence
        return [each.value.title for each in found]

    assert titles("uk", "EU") == ["for both"]
    assert titles("us", "UK") == ["for UK", "for both"]
    assert titles("us", "US") == ["for UK", "for EU", "for both"]


def test_what_is_red_stays_out_even_for_its_named_recipient(world):
    made = world.circulated()
    named = mark("US", Level.RED, QUAD, [world.who["us"].id, world.who["uk"].id])
    world.do(substantiate.add, "us", made.id, item("red"), named, NOW)
    assert packed(world, "us", made, "US").portions.evidence == ()
    assert packed(world, "uk", made, "UK").portions.evidence == ()


def test_a_hidden_objection_is_in_the_package_of_those_it_was_released_to(world):
    made = world.circulated()
    world.answer("uk", made, Status.OBJECTS, "Too thin.", marking=mark("UK", releases=["US"]))
    assert [each.value.reason for each in packed(world, "us", made, "US").portions.positions][
        -1:
    ] == ["Too thin."]
    for recipient in ("EU", "CA"):
        reasons = [
            each.value.reason for each in packed(world, "us", made, recipient).portions.positions
        ]
        assert "Too thin." not in reasons


def test_a_protected_source_stays_with_its_originator(world):
    made = world.circulated()
    secret = item("testimony", source="the driver", protected=True)
    world.do(substantiate.add, "us", made.id, secret, mark("US", releases=QUAD), NOW)
    assert packed(world, "us", made, "UK").portions.evidence[0].value.source == ""


def test_what_was_withdrawn_is_packed_no_more(world):
    made = world.circulated()
    added = world.do(substantiate.add, "us", made.id, item("gone"), mark("US", releases=QUAD), NOW)
    world.do(substantiate.withdraw, "us", made.id, added.id, "A mistake.", NOW)
    assert packed(world, "us", made, "UK").portions.evidence == ()


@pytest.mark.parametrize("who", ["ngo", "admin", "secretariat"])
def test_for_those_who_may_not_read_it_the_proposal_is_not_there(world, who):
    made = world.circulated()
    with pytest.raises(NotThere):
        packed(world, who, made, "UK")
    with pytest.raises(NotThere):
        world.do(packing.recipients, who, made.id)


@pytest.mark.parametrize("who", ["us-reader", "uk-auditor"])
def test_who_only_reads_hands_out_nothing(world, who):
    made = world.circulated()
    with pytest.raises(NotAllowed):
        packed(world, who, made, "UK")


def test_a_draft_goes_to_nobody_else(world):
    made = world.start()
    world.do(propose.mark_proposal, "us", made.id, mark("US", releases=QUAD), NOW)
    assert world.do(packing.recipients, "us", made.id) == ("US",)
    with pytest.raises(InvalidRecord, match="release and circulate"):
        packed(world, "us", made, "UK")


def test_the_recipients_are_those_to_whom_the_proposal_is_released(world):
    made = world.circulated()
    assert world.do(packing.recipients, "us", made.id) == ("US", "EU", "UK", "CA")
    assert world.do(packing.recipients, "uk2", made.id) == ("US", "EU", "UK", "CA")
    for recipient in ("AU", "ngo:Watch & Report", "XX"):
        with pytest.raises(InvalidRecord):
            packed(world, "us", made, recipient)


def test_the_same_state_gives_the_same_bytes(world):
    made = world.circulated()
    first = packaging.zipped(packed(world, "us", made, "UK"))
    assert first == packaging.zipped(packed(world, "us", made, "UK"))
    assert date(2026, 5, 20) == packed(world, "us", made, "UK").made_on
