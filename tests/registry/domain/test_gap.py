from dataclasses import replace
from datetime import date

from registry.domain import coverage, gap
from registry.domain.cell import Near, State
from registry.domain.gap import GapType
from registry.domain.identification import Identification
from registry.domain.party import Kind
from registry.domain.programme import Confidence
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
    apart = gap.gaps(facts, coverage.cells(facts, world()), frozenset({State.DELISTED}))
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


def test_a_gap_is_no_surer_than_the_listings_say_whom_they_mean():
    def confidence(identification, *others, **more):
        told = replace(in_uk(), identification=identification)
        return gaps(subject(told, *others, **more))["CA", FREEZE].confidence

    assert confidence(Identification.THIN) is Confidence.MEDIUM
    assert confidence(Identification.THIN, namesakes=True) is Confidence.LOW
    assert confidence(Identification.BARE) is Confidence.LOW
    thin_abroad = replace(listed("eu-fsf", "MMR"), identification=Identification.THIN)
    assert confidence(Identification.THIN, thin_abroad) is Confidence.HIGH, "two lists agree"


def test_a_listing_that_does_not_impose_the_measure_tells_nothing_of_the_gap():
    bare = replace(in_uk(stated=((FREEZE, True), (BAN, False))), identification=Identification.BARE)
    firm = listed("us-ofac-sdn", "GLOMAG")
    assert gaps(subject(bare, firm))["CA", BAN].identification is Identification.FIRM


def test_a_rejected_candidate_that_comes_near_lowers_the_confidence_and_is_named():
    near = (Near("CA", "ca-sema", "Burma|1|7", "Sombody"),)
    found = gaps(subject(in_uk(), near=near))
    assert found["CA", FREEZE].confidence is Confidence.LOW
    assert "Sombody (ca-sema Burma|1|7) comes near" in found["CA", FREEZE].note
    assert found["EU", FREEZE].confidence is Confidence.HIGH, "another partner's list"
    assert found["EU", FREEZE].note == ""


def test_a_near_listing_of_the_un_bears_on_those_whom_the_un_binds():
    found = gaps(subject(in_uk(), near=(Near("UN", "un-sc", "MMi.001", "Sombody"),)))
    lowered = {key for key, gap in found.items() if "comes near" in gap.note}
    assert lowered == {("CA", FREEZE), ("CA", BAN), ("US", BAN)}


def test_a_near_listing_does_not_bear_on_who_is_listed_there_already():
    frozen = in_uk(stated=((FREEZE, True), (BAN, False)))
    near = (Near("UK", "uk-sanctions-list", "MMR9", "Sombody"),)
    gap = gaps(subject(frozen, listed("us-ofac-sdn", "GLOMAG"), near=near))["UK", BAN]
    assert "comes near" not in gap.note


def test_an_unpublished_measure_is_not_a_gap():
    uyghur = subject(in_uk(countries=frozenset({"CN"})))
    assert ("US", BAN) not in gaps(uyghur)
    assert ("US", FREEZE) in gaps(uyghur)


def test_a_listing_without_a_date_leaves_the_first_date_open():
    assert gaps(subject(in_uk(listed_on=None)))["EU", FREEZE].first_listed_on is None
