"""Whom partners could designate together next, and why."""

from dataclasses import replace
from datetime import date

import pytest

from registry.domain import coverage, joint
from registry.domain.identification import Identification
from registry.domain.joint import Criterion
from registry.domain.party import Kind
from registry.domain.selection import traits
from tests.registry.domain.worlds import BAN, FLAGS_BOTH, FREEZE, ON, in_uk, listed, subject, world

MYANMAR = "The Myanmar (Sanctions) Regulations 2021"
FIRST = date(2021, 3, 22)


def made(id_, *listings, nexus="programme", situations=("myanmar",), against=None, **rest):
    name = rest.pop("name", id_)
    facts = replace(subject(*listings, **rest), id=id_, name=name)
    cells = coverage.cells(facts, against or world())
    return traits(facts, cells, frozenset(situations), nexus)


def in_uk_for_myanmar(**rest):
    return listed("uk-sanctions-list", MYANMAR, stated=FLAGS_BOTH, listed_on=FIRST, **rest)


def by_criterion(traits_, situation="myanmar"):
    found = joint.candidate(traits_, situation, ON)
    return {each.criterion: each for each in found.reasons}


IN_EU = listed("eu-fsf", "MMR", listed_on=FIRST)
ALONE = made("ALONE", in_uk_for_myanmar())
BOTH = made("BOTH", in_uk_for_myanmar(), IN_EU)


def test_more_partners_make_a_stronger_candidate():
    assert [each.subject.facts.id for each in joint.candidates([ALONE, BOTH], "myanmar", ON)] == [
        "BOTH",
        "ALONE",
    ]


def test_coverage_is_said_per_measure_where_the_measures_differ():
    frozen = listed("us-ofac-sdn", "BURMA-EO14014", kind=Kind.ENTITY)
    company = made("COMPANY", frozen, kind=Kind.ENTITY)
    assert by_criterion(company)[Criterion.COVERAGE].sentence == (
        "Asset freeze in force at US, missing from EU, UK, CA"
    )
    assert by_criterion(BOTH)[Criterion.COVERAGE].sentence == (
        "Asset freeze and travel ban in force at EU, UK, missing from US, CA"
    )
    with_freeze = made(
        "MORE",
        in_uk_for_myanmar(),
        IN_EU,
        listed("au-dfat", "Autonomous (Myanmar)", stated=((FREEZE, True), (BAN, False))),
    )
    assert by_criterion(with_freeze)[Criterion.COVERAGE].sentence == (
        "Asset freeze in force at EU, UK, AU, missing from US, CA; "
        "travel ban in force at EU, UK, missing from US, CA"
    )


def test_twenty_are_shown_and_those_the_strongest():
    many = [made(f"S{number}", in_uk_for_myanmar()) for number in range(24)]
    shown = joint.candidates([*many, BOTH], "myanmar", ON)
    assert len(shown) == 20
    assert shown[0].subject is BOTH
    assert len(joint.candidates([ALONE, BOTH], "myanmar", ON, most=1)) == 1


def test_who_stands_in_another_situation_is_left_out():
    elsewhere = made("ELSEWHERE", in_uk(), situations=("syria",))
    found = joint.candidates([ALONE, elsewhere], "syria", ON)
    assert [each.subject.facts.id for each in found] == ["ELSEWHERE"]
    assert len(joint.candidates([ALONE, elsewhere], "", ON)) == 2, "all situations"


def test_a_subject_without_a_gap_is_no_candidate():
    everywhere = made(
        "ALL",
        in_uk_for_myanmar(),
        IN_EU,
        listed("us-ofac-sdn", "BURMA-EO14014"),
        listed("ca-sema", "Burma", act="1, Part 1"),
    )
    assert joint.candidate(everywhere, "myanmar", ON) is None


def test_a_subject_with_weak_gaps_only_is_no_candidate():
    bare = replace(in_uk_for_myanmar(), identification=Identification.BARE)
    assert joint.candidate(made("BARE", bare), "myanmar", ON) is None


@pytest.mark.parametrize(
    ("nexus", "points"), [("stated", 3), ("programme", 2), ("possible", 1), ("none", 0), ("", 0)]
)
def test_the_nearer_to_atrocities_the_stronger(nexus, points):
    assert (
        by_criterion(made("S", in_uk_for_myanmar(), nexus=nexus))[Criterion.NEXUS].points == points
    )


def test_each_partner_that_lacks_a_measure_has_its_instruments_named():
    found = joint.candidate(BOTH, "myanmar", ON)
    assert set(found.instruments) == {"US", "CA"}
    assert found.instruments["US"][0] == "US-BURMA-EO14014"
    assert "CA-MMR-1" in found.instruments["CA"]
    assert by_criterion(BOTH)[Criterion.INSTRUMENTS].points == 2


def test_a_partner_without_a_dedicated_programme_uses_its_thematic_one():
    uyghur = made(
        "UYGHUR",
        listed("us-ofac-sdn", "GLOMAG", countries=frozenset({"CN"})),
        situations=("xinjiang",),
    )
    reason = by_criterion(uyghur, "xinjiang")[Criterion.INSTRUMENTS]
    assert reason.points == 1
    assert reason.sentence == "A thematic programme only at EU, UK"


def test_a_partner_without_any_instrument_is_said_to_have_none():
    ship = made("SHIP", replace(in_uk_for_myanmar(), kind=Kind.VESSEL), kind=Kind.VESSEL)
    assert all("GLOMAG" not in key for key in joint.candidate(ship, "", ON).instruments["US"])
    lone = made("LONE", listed("us-ofac-sdn", "NICARAGUA"), situations=("nicaragua",))
    found = joint.candidate(lone, "nicaragua", ON)
    assert found.instruments["UK"], "the United Kingdom has a Nicaragua regime"


def test_a_programme_that_can_not_impose_what_is_missing_serves_nothing():
    found = joint.candidate(BOTH, "myanmar", ON)
    assert "US-BURMA-EO14014-NS" not in found.instruments["US"]


def test_a_short_name_makes_a_weaker_candidate():
    thin = made("THIN", replace(in_uk_for_myanmar(), identification=Identification.THIN))
    assert by_criterion(thin)[Criterion.IDENTITY].points == 1
    assert by_criterion(ALONE)[Criterion.IDENTITY].points == 2


def test_a_stale_list_makes_a_weaker_candidate():
    stale = world(stale=("us-ofac-sdn", "eu-fsf", "ca-sema"))
    assert (
        by_criterion(made("S", in_uk_for_myanmar(), against=stale))[Criterion.CONFIDENCE].points
        == 1
    )
    assert by_criterion(ALONE)[Criterion.CONFIDENCE].points == 2


def test_a_gap_that_stood_open_for_more_than_a_year_counts():
    march = listed("uk-sanctions-list", MYANMAR, stated=FLAGS_BOTH, listed_on=date(2026, 3, 1))
    recent = made("NEW", march)
    assert by_criterion(recent)[Criterion.LAG].points == 0
    lag = by_criterion(ALONE)[Criterion.LAG]
    assert lag.points == 1
    assert "22 March 2021" in lag.sentence
    undated = made(
        "UNDATED", listed("uk-sanctions-list", MYANMAR, stated=FLAGS_BOTH, listed_on=None)
    )
    assert by_criterion(undated)[Criterion.LAG].points == 0


def test_no_reason_gives_more_than_it_says():
    for each in joint.candidates([ALONE, BOTH], "", ON):
        assert all(0 <= reason.points <= reason.most for reason in each.reasons)
        assert [reason.criterion for reason in each.reasons] == list(Criterion)
        assert {gap.measure for gap in each.gaps} <= {FREEZE, BAN}


def test_equal_candidates_come_in_one_order():
    twins = [made(key, in_uk_for_myanmar(), name="Twin") for key in ("B", "A", "C")]
    assert [each.subject.facts.id for each in joint.candidates(twins, "", ON)] == ["A", "B", "C"]
