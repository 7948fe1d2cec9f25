from dataclasses import replace
from datetime import date

from registry.domain import coverage
from registry.domain.coverage import Confidence, GapType, State
from registry.domain.party import Kind
from tests.registry.domain.worlds import BAN, FREEZE, gaps, in_uk, listed, subject, world


def test_a_gap_runs_from_those_who_impose_to_one_who_does_not():
    found = gaps(subject(in_uk(), listed("us-ofac-sdn", "GLOMAG", listed_on=date(2021, 3, 22))))
    assert set(found) == {("EU", FREEZE), ("EU", BAN), ("CA", FREEZE), ("CA", BAN)}
    gap = found["CA", FREEZE]
    assert gap.listed_by == ("US", "UK")
    assert gap.first_listed_on == date(2021, 3, 22)
    assert (gap.type, gap.state) == (GapType.NEVER_LISTED, State.NOT_FOUND)


def test_nobody_is_missing_where_nobody_imposes():
    frozen = in_uk(stated=((FREEZE, True), (BAN, False)))
    assert {measure for _, measure in gaps(subject(frozen))} == {FREEZE}


def test_the_un_and_australia_list_but_are_never_missing():
    found = gaps(subject(listed("au-dfat", "Autonomous (Syria)", stated=((FREEZE, True),))))
    assert found["US", FREEZE].listed_by == ("AU",)
    assert {partner for partner, _ in gaps(subject(in_uk()))} == {"US", "EU", "CA"}


def test_a_listing_under_the_other_measure_is_a_measure_gap():
    frozen = in_uk(stated=((FREEZE, True), (BAN, False)))
    found = gaps(subject(frozen, listed("us-ofac-sdn", "GLOMAG")))
    assert found["UK", BAN].type is GapType.MEASURE_MISSING
    assert found["UK", BAN].state is State.OTHER_MEASURE_ONLY


def test_a_un_listing_that_a_partners_file_lacks_is_an_alarm_and_no_policy_gap():
    found = gaps(subject(listed("un-sc", "Sudan")))
    types = {key: gap.type for key, gap in found.items()}
    assert types == {
        ("EU", FREEZE): GapType.TRANSPOSITION,
        ("EU", BAN): GapType.TRANSPOSITION,
        ("UK", FREEZE): GapType.TRANSPOSITION,
        ("UK", BAN): GapType.TRANSPOSITION,
        ("US", FREEZE): GapType.NEVER_LISTED,
    }


def test_canada_is_never_missing_on_a_un_listing():
    assert not any(partner == "CA" for partner, _ in gaps(subject(listed("un-sc", "DRC"))))


def test_what_was_delisted_is_shown_apart_and_only_when_asked_for():
    gone = replace(listed("us-ofac-sdn", "SYRIA"), delisted_on=date(2025, 7, 1))
    facts = subject(in_uk(), former=(gone,))
    assert ("US", FREEZE) not in gaps(facts)
    apart = coverage.gaps(facts, coverage.cells(facts, world()), frozenset({State.DELISTED}))
    assert {each.type for each in apart} == {GapType.FORMERLY_LISTED}


def test_an_interim_block_and_an_adverse_programme_call_for_no_answer():
    for code in ("BPI-RUSSIA-EO14024", "ICC-EO14203"):
        assert gaps(subject(listed("us-ofac-sdn", code))) == {}
    judge = listed("us-ofac-sdn", "ICC-EO14203", also=("GLOMAG",))
    assert gaps(subject(judge))["UK", FREEZE].listed_by == ("US",)


def test_a_gap_is_no_surer_than_the_absence_or_the_listing_behind_it():
    ended = listed("us-ofac-sdn", "SYRIA", kind=Kind.ENTITY)
    assert gaps(subject(ended, kind=Kind.ENTITY))["UK", FREEZE].confidence is Confidence.LOW
    stale = world(stale=("ca-sema",))
    assert gaps(subject(in_uk()), stale)["CA", FREEZE].confidence is Confidence.MEDIUM
    assert gaps(subject(in_uk()))["CA", FREEZE].confidence is Confidence.HIGH


def test_an_unpublished_measure_is_not_a_gap():
    uyghur = subject(in_uk(countries=frozenset({"CN"})))
    assert ("US", BAN) not in gaps(uyghur)
    assert ("US", FREEZE) in gaps(uyghur)


def test_a_listing_without_a_date_leaves_the_first_date_open():
    assert gaps(subject(in_uk(listed_on=None)))["EU", FREEZE].first_listed_on is None
