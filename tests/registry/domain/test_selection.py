"""The one filter of pages, commands and exports."""

from dataclasses import replace
from datetime import date

import pytest

from registry.domain import coverage
from registry.domain.cell import State
from registry.domain.designation import Measure
from registry.domain.extent import Extent
from registry.domain.gap import GapType
from registry.domain.party import Kind
from registry.domain.programme import Confidence
from registry.domain.roles import Role
from registry.domain.selection import Selection, gap_rows, matches, traits
from tests.registry.domain.worlds import in_uk, listed, subject, world

FREEZE, BAN = Measure.ASSET_FREEZE, Measure.TRAVEL_BAN
IN_EU = listed("eu-fsf", "MMR", listed_on=date(2022, 2, 21))


def made(id_, *listings, name="Somebody", situations=(), nexus="none", **rest):
    facts = replace(subject(*listings, **rest), id=id_, name=name)
    return traits(facts, coverage.cells(facts, world()), frozenset(situations), nexus)


BY_BOTH = made("BOTH", in_uk(), IN_EU, situations=("myanmar",), nexus="programme")
BY_UK = made("UK", in_uk(), name="Séamus Example")
FREEZE_ONLY = made("FREEZE", in_uk(stated=((FREEZE, True), (BAN, False))))
COMPANY = made(
    "COMPANY", replace(in_uk(stated=((FREEZE, True),)), kind=Kind.ENTITY), kind=Kind.ENTITY
)
BURMESE = replace(
    made("BURMESE", in_uk(countries=frozenset({"MM"}))), roles=frozenset({Role.COMMANDER})
)
GONE = made("GONE", former=(replace(in_uk(), delisted_on=date(2025, 1, 1)),))
ALL = (BY_BOTH, BY_UK, FREEZE_ONLY, COMPANY, BURMESE, GONE)


def found(**selection):
    return [match.subject.facts.id for match in matches(Selection(**selection), ALL)]


def rows(**selection):
    return {
        (row.subject_id, row.missing_from, row.measure)
        for row in gap_rows(matches(Selection(**selection), ALL))
    }


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        pytest.param(
            {}, ["BOTH", "UK", "FREEZE", "COMPANY", "BURMESE", "GONE"], id="nothing asked"
        ),
        pytest.param({"listed_by": ("UK", "EU")}, ["BOTH"], id="several mean all of them"),
        pytest.param(
            {"listed_by": ("UK",), "measure": BAN},
            ["BOTH", "UK", "BURMESE"],
            id="listed by means with the measure in force",
        ),
        pytest.param({"listed_by": ("UK",), "kind": Kind.ENTITY}, ["COMPANY"], id="kind"),
        pytest.param({"situation": "myanmar"}, ["BOTH"], id="situation"),
        pytest.param({"nexus": frozenset({"programme", "stated"})}, ["BOTH"], id="nexus"),
        pytest.param({"text": "EXAMPLE seamus"}, ["UK"], id="words in any order and case"),
        pytest.param({"text": "seamus somebodyelse"}, [], id="every word must occur"),
        pytest.param({"states": frozenset({State.DELISTED})}, ["GONE"], id="a state anywhere"),
        pytest.param(
            {"states": frozenset({State.NOT_APPLICABLE}), "at": ("US",)}, ["COMPANY"], id="at one"
        ),
        pytest.param(
            {"states": frozenset({State.NOT_APPLICABLE}), "at": ("US",), "measure": FREEZE},
            [],
            id="a state of one measure",
        ),
        pytest.param(
            {"states": frozenset({State.IN_FORCE_STATED}), "at": ("AU",)}, [], id="at another"
        ),
        pytest.param({"programmes": frozenset({"EU-MMR"})}, ["BOTH"], id="a programme"),
        pytest.param(
            {"programmes": frozenset({"EU-MMR", "GB-HR"}), "kind": Kind.ENTITY},
            ["COMPANY"],
            id="several programmes mean any of them",
        ),
        pytest.param({"nationalities": frozenset({"MM", "SY"})}, ["BURMESE"], id="nationality"),
        pytest.param({"roles": frozenset({Role.COMMANDER})}, ["BURMESE"], id="role"),
        pytest.param(
            {"listed_until": date(2022, 2, 21)}, ["BOTH"], id="the last day is in the range"
        ),
        pytest.param(
            {"listed_until": date(2022, 2, 21), "listed_by": ("UK",)},
            [],
            id="the date is that of the partner asked for",
        ),
        pytest.param({"listed_from": date(2024, 3, 2)}, [], id="what was gone by then has no date"),
        pytest.param(
            {"extents": frozenset({Extent.PARTIAL}), "measure": BAN}, ["BOTH"], id="shared so far"
        ),
        pytest.param(
            {"extents": frozenset({Extent.UNILATERAL}), "measure": BAN},
            ["UK", "BURMESE"],
            id="one alone imposes this measure",
        ),
        pytest.param({"subjects": frozenset({"GONE", "UK"})}, ["UK", "GONE"], id="chosen ones"),
    ],
)
def test_a_subject_fits_if_it_has_all_that_is_asked(selection, expected):
    assert found(**selection) == expected


def test_several_partners_that_lack_it_give_a_row_each():
    assert rows(text="seamus", missing_from=("US", "CA"), measure=FREEZE) == {
        ("UK", "US", FREEZE),
        ("UK", "CA", FREEZE),
    }


def test_only_gaps_of_the_types_asked_for_are_rows():
    found = list(matches(Selection(gap_types=frozenset({GapType.MEASURE_MISSING})), ALL))
    assert {gap.type for match in found for gap in match.missing} <= {GapType.MEASURE_MISSING}
    of_all = list(gap_rows(matches(Selection(), ALL)))
    of_each = [
        gap
        for type_ in GapType
        for gap in gap_rows(matches(Selection(gap_types=frozenset({type_})), ALL))
    ]
    assert len(of_each) == len(of_all)


def test_without_a_partner_the_coordinating_ones_are_searched_and_no_other():
    missing = gap_rows(matches(Selection(), [BY_UK, made("EU", IN_EU)]))
    assert {row.missing_from for row in missing} == {"US", "EU", "UK", "CA"}


def test_a_gap_counts_only_where_those_asked_for_impose_that_measure():
    both = rows(listed_by=("UK",))
    assert ("FREEZE", "US", FREEZE) in both
    assert ("FREEZE", "US", BAN) not in both


def test_what_nobody_imposes_is_missing_nowhere():
    assert not {row for row in rows() if row[0] == "GONE"}


def test_a_subject_without_a_gap_is_found_and_has_no_row():
    (match,) = matches(Selection(missing_from=("UK",)), [BY_UK])
    assert match.missing == ()


def test_gaps_of_another_confidence_are_set_aside_and_never_lost():
    everything = set(gap_rows(matches(Selection(), ALL)))
    for wanted in (frozenset({level}) for level in Confidence):
        found = list(matches(Selection(confidence=wanted), ALL))
        shown = {gap for match in found for gap in match.missing}
        aside = {gap for match in found for gap in match.set_aside}
        assert {gap.confidence for gap in shown} <= wanted
        assert shown | aside == everything
        assert not shown & aside


def test_a_gap_of_a_partner_not_asked_for_is_not_set_aside():
    (match,) = matches(
        Selection(missing_from=("CA",), confidence=frozenset({Confidence.LOW})), [BY_UK]
    )
    assert {gap.missing_from for gap in match.set_aside} == {"CA"}


def test_every_subject_is_found_once_in_the_order_given():
    assert [each.subject.facts.id for each in matches(Selection(), ALL[::-1])] == found()[::-1]
