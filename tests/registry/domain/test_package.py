"""What a recipient is handed of a proposal."""

from dataclasses import replace

import pytest

from registry.domain import handling
from registry.domain.handling import Level, Marking, Reader
from registry.domain.package import Portions, recipients
from registry.domain.portion import Portion
from registry.domain.position import Position
from registry.domain.proposal import Subject
from registry.domain.record import InvalidRecord
from registry.domain.section import Heading, Section
from tests import packaging

FOR_CANADA = handling.mark("US", Level.AMBER, ["CA"])
RED = handling.mark("US", Level.RED, ["QUAD"], recipients=[1, 2])


def titles(portions: Portions, recipient: str = "UK") -> list[str]:
    made = packaging.package(recipient, portions=portions)
    return [each.value.title for each in made.portions.evidence]


def test_a_part_that_is_not_released_to_the_recipient_is_not_in_its_package() -> None:
    parts = Portions(
        evidence=(packaging.evidence("a"), packaging.evidence("for Canada", FOR_CANADA))
    )
    assert titles(parts, "UK") == ["a"]
    assert titles(parts, "CA") == ["a", "for Canada"]


def test_what_is_for_named_persons_is_never_packaged_not_even_for_their_partner() -> None:
    parts = Portions(evidence=(packaging.evidence("red", RED), packaging.evidence("amber")))
    assert titles(parts, "US") == ["amber"]
    assert titles(parts, "UK") == ["amber"]


def test_the_sender_hands_on_only_what_it_may_read_itself() -> None:
    between_others = handling.mark("EU", Level.GREEN, ["UK"])
    parts = Portions(evidence=(packaging.evidence("between others", between_others),))
    assert titles(parts, "UK") == []


def test_a_proposal_that_is_not_released_to_the_recipient_makes_no_package() -> None:
    with pytest.raises(InvalidRecord, match="not there for the recipient"):
        packaging.package("AU")


def test_a_draft_leaves_its_originator_in_no_package() -> None:
    draft = replace(packaging.proposal(), circulated_at=None)
    assert packaging.package("US", draft).recipient == "US"
    assert recipients(draft, packaging.SENDER) == ("US",)
    with pytest.raises(InvalidRecord, match="not there for the recipient"):
        packaging.package("UK", draft)


def test_nobody_who_reads_nothing_makes_a_package() -> None:
    with pytest.raises(InvalidRecord):
        packaging.package(reader=handling.NOBODY)


@pytest.mark.parametrize("recipient", ["ngo:witness", "XX", ""])
def test_a_package_goes_to_partners_and_their_secretariat_only(recipient: str) -> None:
    with pytest.raises(InvalidRecord, match="goes to one of"):
        packaging.package(recipient)


def test_the_recipients_are_those_to_whom_the_proposal_is_released_and_no_ngo() -> None:
    marking = handling.mark("US", Level.GREEN, ["EU", "secretariat", "ngo:witness"])
    proposed = packaging.proposal(marking=marking)
    assert recipients(proposed, packaging.SENDER) == ("US", "EU", "secretariat")
    assert recipients(proposed, Reader(frozenset({"CA"}))) == ()


def test_the_mark_of_a_package_is_its_highest_with_all_originators() -> None:
    strict = handling.mark("CA", Level.AMBER_STRICT, ["QUAD"])
    made = packaging.package(portions=Portions(positions=(packaging.position(marking=strict),)))
    assert made.marking.level is Level.AMBER_STRICT
    assert made.marking.originators == {"US", "CA"}


def test_what_is_not_in_the_package_does_not_raise_its_mark() -> None:
    strict = handling.mark("US", Level.AMBER_STRICT, ["CA"])
    parts = Portions(evidence=(packaging.evidence("hidden", strict),))
    assert packaging.package(portions=parts).marking.level is Level.AMBER


@pytest.mark.parametrize("born", [2010, 2009])
def test_a_minor_is_left_out_with_all_that_is_said_of_it(born: int) -> None:
    proposed = packaging.proposal(Subject("S2", "An adult"), Subject("S3", "A child"))
    child = packaging.row("S3", "A child", born)
    parts = Portions(
        (*packaging.sections("S2"), *packaging.sections("S3")),
        evidence=(packaging.evidence("of the child", subject_id="S3"),),
    )
    made = packaging.package("UK", proposed, parts, (packaging.row(), child))
    assert [each.id for each in made.proposal.subjects] == ["S2"]
    assert {each.subject_id for each in made.proposal.asks} == {"S2"}
    assert {each.value.subject_id for each in made.portions.sections} == {"S2"}
    assert made.portions.evidence == ()
    assert [each.subject_id for each in made.rows] == ["S2"]


def test_no_package_is_made_of_minors_only() -> None:
    with pytest.raises(InvalidRecord, match="under age"):
        packaging.package(published=(packaging.row(born=2012),))


def test_a_protected_source_is_left_out_even_for_its_own_partner() -> None:
    item = packaging.evidence("testimony", source="the driver", protected=True)
    for recipient in ("US", "UK"):
        made = packaging.package(recipient, portions=Portions(evidence=(item,)))
        assert made.portions.evidence[0].value.source == ""


def test_the_latest_position_that_the_recipient_may_read_is_the_one_it_gets() -> None:
    """As if nothing had been said since."""
    hidden = handling.mark("CA", Level.AMBER, ["US"])
    positions: tuple[Portion[Position], ...] = (
        packaging.position("CA"),
        packaging.position("CA", "The file is too thin.", hidden),
    )
    made = packaging.package("UK", portions=Portions(positions=positions))
    assert [each.value.reason for each in made.portions.positions] == [""]
    made = packaging.package("US", portions=Portions(positions=positions))
    assert [each.value.reason for each in made.portions.positions] == ["The file is too thin."]


def test_the_recipients_own_annex_comes_first() -> None:
    assert packaging.package("CA").partners == ("CA", "UK")
    assert packaging.package("UK").partners == ("UK", "CA")


def test_a_long_cover_note_is_refused() -> None:
    with pytest.raises(InvalidRecord, match="4,000 characters"):
        packaging.package(cover_note="a" * 4001)


def test_an_empty_section_is_none() -> None:
    parts = Portions((packaging.marked(Section("S2", Heading.ROLE, "  \n ")),))
    made = packaging.package(portions=parts)
    assert made.sections("S2", Heading.ROLE) == ()
    assert made.sections("S9", Heading.ROLE) == ()


def test_a_part_without_a_mark_that_releases_it_is_not_released() -> None:
    item = replace(packaging.evidence("unmarked"), marking=handling.NOT_RELEASED)
    assert titles(Portions(evidence=(item,)), "US") == []


def test_everything_releasable_is_kept_in_worlds_of_marks() -> None:
    """Against the rule written out a second time, for every pair of sender and recipient."""
    worlds: list[tuple[str, Marking]] = [
        (f"{originator} {level} {' '.join(releases)}", handling.mark(originator, level, releases))
        for originator in ("US", "UK", "CA")
        for level in (Level.CLEAR, Level.GREEN, Level.AMBER, Level.AMBER_STRICT)
        for releases in ((), ("UK",), ("US", "CA"), ("QUAD",))
    ]
    parts = Portions(evidence=tuple(packaging.evidence(*each) for each in worlds))
    for sender in ("US", "UK", "CA"):
        for recipient in ("US", "UK", "CA", "EU"):
            made = packaging.package(recipient, portions=parts, reader=Reader(frozenset({sender})))
            assert [each.value.title for each in made.portions.evidence] == [
                title for title, marking in worlds if {sender, recipient} <= marking.releasable_to
            ]


def test_the_day_of_the_package_decides_who_is_a_minor() -> None:
    row = packaging.row(born=2008)
    made = packaging.package(published=(row,))  # born on 2 November 2008, packed on the 25th, 2026
    assert made.rows == (row,)
