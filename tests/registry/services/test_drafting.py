"""What a proposal is filled with: each line from the lists, with its source; all of it editable."""

import re
from datetime import date

import pytest

from registry.domain import reference
from registry.domain.cell import PARTNERS
from registry.domain.drafting import NO_INSTRUMENT
from registry.domain.partial_date import day
from registry.domain.party import Country, Identifier, IdentifierKind
from registry.domain.section import Heading
from registry.services import composing, propose
from tests.registry.services.proposing import EU, NOW, TODAY, UK, US, filled, person

OF_HIM = "eu-fsf EU.2, edition of 12 May 2026"
STATEMENT = "As commander of the camp he is responsible for the torture of detainees."


@pytest.fixture
def world(database, tmp_path):
    """The EU states much of a commander; the UK lists him, too."""
    made = filled(database, tmp_path / "archive")
    him = person(
        EU,
        "EU.2",
        "Thein EXAMPLE",
        birth_dates=(day(date(1971, 2, 3)),),
        nationalities=(Country("Myanmar", "MM"),),
        functions=("Commander of the camp",),
        identifiers=(Identifier(IdentifierKind.PASSPORT, "MX12345", Country("Myanmar", "MM")),),
        reason=STATEMENT,
    )
    made.keep(EU, date(2026, 5, 12), person(EU, "EU.1"), him)
    theirs = person(UK, "MMR2", "Thein EXAMPLE", birth_dates=(day(date(1971, 2, 3)),))
    made.keep(UK, date(2026, 5, 12), person(UK, "MMR9", "Other NAME"), theirs)
    made.reconcile({f"{EU}:EU.2", f"{UK}:MMR2"})
    return made


def texts(world, made):
    """By heading and partner, the lines of each section on him."""
    him = world.subject_of[f"{EU}:EU.2"]
    return {
        (each.value.heading, each.value.partner): each.value.text.splitlines()
        for each in world.sections("us", made.id)
        if each.value.subject_id == him
    }


def start(world, partners=("US", "EU", "UK", "CA")):
    return world.start(keys=(f"{EU}:EU.2",), partners=partners)


def test_every_fact_stands_once_with_all_the_listings_that_state_it(world):
    found = texts(world, start(world))
    both = f"{OF_HIM}; uk-sanctions-list MMR2, edition of 12 May 2026"
    identifiers = found[Heading.IDENTIFIERS, ""]
    assert identifiers == [
        f"Name: Thein EXAMPLE [{both}]",
        f"Born: 3 February 1971 [{both}]",
        f"Passport: MX12345 (Myanmar) [{OF_HIM}]",
    ]
    assert found[Heading.FACTS, ""] == [
        f"Kind: person [{both}]",
        f"Nationality: Myanmar [{OF_HIM}]",
        f"Function: Commander of the camp [{OF_HIM}]",
    ]


def test_conduct_is_quoted_word_for_word_as_the_statement_of_its_authority(world):
    (line,) = texts(world, start(world))[Heading.CONDUCT, ""]
    quote = re.fullmatch(
        r"EU stated: “(.+)” \(not confirmed by a reviewer\) \[eu-fsf EU\.2\]", line
    )[1]
    assert "torture of detainees" in quote
    assert quote in STATEMENT


def test_a_role_is_quoted_with_its_source_and_silence_is_said(world):
    found = texts(world, start(world))
    assert any(
        "ommander" in line and line.endswith("[eu-fsf EU.2]") for line in found[Heading.ROLE, ""]
    )
    other = world.start()
    (silent,) = (
        each.value.text
        for each in world.sections("us", other.id)
        if each.value.heading is Heading.ROLE
    )
    assert silent == "Role not stated."


def test_coverage_says_per_partner_and_measure_what_is_in_force_on_which_entry(world):
    lines = texts(world, start(world))[Heading.COVERAGE, ""]
    said = {line.split(":")[0]: line for line in lines}
    assert said["UK, asset freeze"].startswith("UK, asset freeze: in force, stated. ")
    assert said["UK, asset freeze"].endswith(
        "[uk-sanctions-list MMR2, listed 22 March 2021, edition of 12 May 2026]"
    )
    assert said["EU, travel ban"].startswith("EU, travel ban: in force, derived. ")
    assert "not found" in said["CA, travel ban"]
    assert {line.split(",")[0] for line in lines} == set(PARTNERS)


def test_each_partner_that_is_asked_has_its_instrument_and_its_legal_test_with_the_citation(world):
    found = texts(world, start(world, PARTNERS))
    for partner in PARTNERS:
        (test,) = found[Heading.LEGAL_TEST, partner]
        assert test == reference.legal_tests()[partner]
        assert re.search(r" \[[^\]]+\]$", test), f"{partner}: the law that decides is cited"
        assert found[Heading.INSTRUMENT, partner], partner
    assert any("EU-MMR" in line for line in found[Heading.INSTRUMENT, "EU"])
    assert any("GB-MMR" in line for line in found[Heading.INSTRUMENT, "UK"])
    assert found[Heading.INSTRUMENT, "UN"][0].startswith(NO_INSTRUMENT)
    assert (Heading.LEGAL_TEST, "AU") not in texts(world, start(world)), "who is not asked"


def test_the_uk_is_told_where_its_urgent_procedure_may_serve(world):
    told = next(
        each.value.text
        for each in world.sections("us", world.start().id)
        if (each.value.heading, each.value.partner) == (Heading.INSTRUMENT, "UK")
    )
    assert "Urgent procedure for the asset freeze and travel ban: already imposed by EU." in told
    assert "2018 s.11(2B) to (2E)]" in told
    found = texts(world, start(world))
    assert "Urgent" not in str(found[Heading.INSTRUMENT, "UK"]), "the UK lists him already"
    assert "Urgent" not in str(found[Heading.INSTRUMENT, "CA"])


def test_every_section_can_be_written_anew(world):
    made = start(world)
    for each in world.sections("us", made.id):
        world.do(propose.write, "us", made.id, each.id, 1, "In my words.", NOW)
    assert {each.value.text for each in world.sections("us", made.id)} == {"In my words."}


def test_a_subject_that_is_taken_in_later_is_filled_in_the_same_way(world):
    at_once = texts(world, start(world))
    later = world.start(keys=(f"{US}:909",), partners=("US", "EU", "UK", "CA"))
    him = world.subject_of[f"{EU}:EU.2"]
    world.do(composing.take_in, "us", later.id, 1, him, "", "", "", TODAY, NOW)
    assert texts(world, later) == at_once
