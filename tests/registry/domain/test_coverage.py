from dataclasses import replace
from datetime import date

import pytest

from registry.domain import coverage
from registry.domain.cell import Pending, State
from registry.domain.party import Kind
from registry.domain.programme import Confidence
from tests.registry.domain.worlds import (
    BAN,
    FLAGS_BOTH,
    FREEZE,
    cell,
    in_uk,
    listed,
    subject,
    world,
)

UK_FREEZE_ONLY = ((FREEZE, True), (BAN, False))
UK_BAN_ONLY = ((FREEZE, False), (BAN, True))


def test_every_partner_has_a_cell_for_each_measure():
    found = coverage.cells(subject(in_uk()), world())
    assert [(each.partner, each.measure) for each in found] == [
        (partner, measure)
        for partner in ("US", "EU", "UK", "CA", "UN", "AU")
        for measure in (FREEZE, BAN)
    ]


# The states, one rule each.


def test_in_force_stated_is_what_the_file_says():
    found = cell(subject(in_uk()), "UK", BAN)
    assert found.state is State.IN_FORCE_STATED
    assert "SI 2020/680" in found.basis
    assert [(each.reference, each.programme) for each in found.supports] == [("1", "GB-HR")]
    assert found.dated == date(2026, 5, 1)


def test_in_force_derived_is_what_follows_from_law():
    found = cell(subject(listed("us-ofac-sdn", "GLOMAG")), "US", BAN)
    assert found.state is State.IN_FORCE_DERIVED
    assert "EO 13818" in found.basis


def test_not_found_is_no_listing_on_the_list_that_would_hold_it():
    found = cell(subject(in_uk()), "CA", FREEZE)
    assert found.state is State.NOT_FOUND
    assert found.basis == "Not found on Canada's autonomous sanctions list as of 1 May 2026"
    assert found.confidence is Confidence.HIGH


def test_other_measure_only_is_a_listing_that_does_not_impose_this_one():
    found = cell(subject(in_uk(stated=UK_BAN_ONLY)), "UK", FREEZE)
    assert found.state is State.OTHER_MEASURE_ONLY
    assert found.supports[0].reference == "1"


def test_delisted_is_a_former_listing_and_none_now():
    gone = replace(listed("us-ofac-sdn", "SYRIA"), delisted_on=date(2025, 7, 1))
    found = cell(subject(in_uk(), former=(gone,)), "US", FREEZE)
    assert found.state is State.DELISTED
    assert "1 July 2025" in found.basis


def test_delisted_does_not_hide_a_listing_that_stands():
    gone = replace(listed("us-ofac-sdn", "SYRIA"), delisted_on=date(2025, 7, 1))
    now = listed("us-ofac-sdn", "GLOMAG")
    assert cell(subject(now, former=(gone,)), "US", FREEZE).state is State.IN_FORCE_STATED


def test_no_authority_is_neither_a_dedicated_nor_a_thematic_programme_for_this_kind():
    ethiopia = listed("us-ofac-sdn", "ETHIOPIA-EO14046", kind=Kind.ENTITY)
    found = cell(subject(ethiopia, kind=Kind.ENTITY), "CA", FREEZE)
    assert found.state is State.NO_AUTHORITY
    assert "No SEMA regulations" in found.basis


def test_a_thematic_programme_that_reaches_the_kind_leaves_not_found_and_says_so():
    found = cell(subject(listed("us-ofac-sdn", "ETHIOPIA-EO14046")), "CA", FREEZE)
    assert found.state is State.NOT_FOUND
    assert "Thematic only: CA-JVCFOA" in found.note


def test_authority_to_apply_the_un_list_is_none_to_designate():
    congo = listed("us-ofac-sdn", "DRCONGO", kind=Kind.ENTITY)
    assert cell(subject(congo, kind=Kind.ENTITY), "CA", FREEZE).state is State.NO_AUTHORITY


def test_no_situation_leaves_the_question_of_authority_open():
    cyber = listed("us-ofac-sdn", "CYBER2", kind=Kind.ENTITY)
    assert cell(subject(cyber, kind=Kind.ENTITY), "CA", FREEZE).state is State.NOT_FOUND


def test_possible_match_is_an_unreviewed_candidate_on_that_partners_list():
    facts = subject(in_uk(), candidates=frozenset({"EU"}))
    assert cell(facts, "EU", FREEZE).state is State.POSSIBLE_MATCH
    assert cell(facts, "US", FREEZE).state is State.NOT_FOUND


def test_a_candidate_on_the_un_list_is_one_for_those_whom_it_binds():
    facts = subject(in_uk(), candidates=frozenset({"UN"}))
    states = {
        (partner, measure): cell(facts, partner, measure).state
        for partner, measure in (("CA", FREEZE), ("CA", BAN), ("US", BAN), ("US", FREEZE))
    }
    assert states == {
        ("CA", FREEZE): State.POSSIBLE_MATCH,
        ("CA", BAN): State.POSSIBLE_MATCH,
        ("US", BAN): State.POSSIBLE_MATCH,
        ("US", FREEZE): State.NOT_FOUND,
    }


def test_a_candidate_does_not_touch_a_measure_in_force():
    facts = subject(in_uk(), candidates=frozenset({"UK"}))
    assert cell(facts, "UK", FREEZE).state is State.IN_FORCE_STATED


def test_pending_publication_is_an_act_entered_that_the_list_does_not_show():
    act = Pending("EU", frozenset({FREEZE, BAN}), "Implementing Regulation", date(2026, 5, 20))
    found = cell(subject(in_uk(), pending=(act,)), "EU", FREEZE)
    assert found.state is State.PENDING_PUBLICATION
    assert "20 May 2026" in found.basis


def test_pending_publication_ages_out_loudly():
    act = Pending("EU", frozenset({FREEZE}), "Implementing Regulation", date(2026, 1, 20))
    found = cell(subject(in_uk(), pending=(act,)), "EU", FREEZE)
    assert found.state is State.NOT_FOUND
    assert "132 days later" in found.note
    assert found.confidence is Confidence.MEDIUM


def test_non_public_possible_needs_a_cited_policy_that_covers_the_situation():
    uyghur = in_uk(countries=frozenset({"CN"}))
    found = cell(subject(uyghur), "US", BAN)
    assert found.state is State.NON_PUBLIC_POSSIBLE
    assert "8 October 2019" in found.basis
    elsewhere = cell(subject(in_uk(countries=frozenset({"MM"}))), "US", BAN)
    assert elsewhere.state is State.NOT_FOUND
    assert elsewhere.basis.startswith("No public entry ban found")


def test_non_public_possible_concerns_entry_only():
    uyghur = in_uk(countries=frozenset({"CN"}))
    assert cell(subject(uyghur), "US", FREEZE).state is State.NOT_FOUND


@pytest.mark.parametrize(
    ("partner", "needed"),
    [
        ("US", "us-ofac-sdn"),
        ("EU", "eu-fsf"),
        ("CA", "ca-sema"),
        ("UN", "un-sc"),
        ("AU", "au-dfat"),
    ],
)
def test_unknown_where_no_good_edition_exists_for_the_day(partner, needed):
    found = cell(subject(in_uk()), partner, FREEZE, world(without=(needed,)))
    assert found.state is State.UNKNOWN
    assert found.dated is None


def test_a_listing_in_force_needs_no_edition_for_the_day():
    before = world(without=("uk-sanctions-list", "uk-ofsi-conlist"))
    assert cell(subject(in_uk()), "UK", FREEZE, before).state is State.IN_FORCE_STATED
    freeze_only = subject(in_uk(stated=UK_FREEZE_ONLY))
    assert cell(freeze_only, "UK", BAN, before).state is State.UNKNOWN


def test_unknown_where_the_code_is_not_in_the_table():
    found = cell(subject(listed("us-ofac-sdn", "BRAND-NEW-EO")), "US", FREEZE)
    assert found.state is State.UNKNOWN
    assert "BRAND-NEW-EO" in found.basis


def test_unknown_where_listings_are_not_reconciled_yet():
    against = world(unreconciled=frozenset({"EU"}))
    assert cell(subject(in_uk()), "EU", FREEZE, against).state is State.UNKNOWN
    assert cell(subject(in_uk()), "UK", FREEZE, against).state is State.IN_FORCE_STATED


def test_unknown_where_a_list_that_we_do_not_import_could_hold_it():
    terror = subject(listed("us-ofac-sdn", "SDGT", kind=Kind.ENTITY), kind=Kind.ENTITY)
    found = cell(terror, "CA", FREEZE)
    assert found.state is State.UNKNOWN
    assert "Criminal Code s.83.05" in found.basis


def test_a_list_that_imposes_other_measures_only_makes_nothing_unknown():
    russian = listed("us-ofac-sdn", "RUSSIA-EO14024", kind=Kind.ENTITY)
    found = cell(subject(russian, kind=Kind.ENTITY), "EU", FREEZE)
    assert found.state is State.NOT_FOUND
    assert "833/2014" in found.note


def test_a_human_rights_ground_keeps_a_person_off_the_lists_for_terrorism():
    guard = listed("us-ofac-sdn", "IRAN-HR", also=("SDGT",))
    assert cell(subject(guard), "CA", FREEZE).state is State.NOT_FOUND
    only_terror = subject(listed("us-ofac-sdn", "SDGT"))
    assert cell(only_terror, "CA", FREEZE).state is State.UNKNOWN


def test_unknown_where_nobody_says_that_it_is_a_natural_person():
    facts = subject(in_uk(kind=Kind.UNKNOWN), kind=Kind.UNKNOWN)
    assert cell(facts, "EU", BAN).state is State.UNKNOWN
    assert cell(facts, "EU", FREEZE).state is State.NOT_FOUND


@pytest.mark.parametrize("kind", [Kind.ENTITY, Kind.VESSEL, Kind.AIRCRAFT])
def test_not_applicable_is_a_travel_ban_on_what_is_no_person(kind):
    facts = subject(in_uk(kind=kind, stated=UK_FREEZE_ONLY), kind=kind)
    assert {cell(facts, partner, BAN).state for partner in ("US", "UK", "CA")} == {
        State.NOT_APPLICABLE
    }


@pytest.mark.parametrize(
    ("partner", "country"), [("US", "US"), ("EU", "FR"), ("UK", "GB"), ("CA", "CA"), ("AU", "AU")]
)
def test_not_applicable_is_a_travel_ban_on_an_own_national(partner, country):
    facts = subject(listed("un-sc", "DRC", countries=frozenset({"CD", country})))
    assert cell(facts, partner, BAN).state is State.NOT_APPLICABLE
    assert cell(facts, partner, FREEZE).state is not State.NOT_APPLICABLE


def test_a_derived_ban_on_an_own_national_is_not_applicable():
    french = listed("eu-fsf", "HR", countries=frozenset({"FR", "RU"}))
    assert cell(subject(french), "EU", BAN).state is State.NOT_APPLICABLE


# What is odd is said, and the file still wins.


def test_a_travel_ban_stated_on_a_vessel_is_in_force_with_a_note():
    ship = listed("au-dfat", "1718 (DPRK)", stated=FLAGS_BOTH, kind=Kind.VESSEL)
    found = cell(subject(ship, kind=Kind.VESSEL), "AU", BAN)
    assert found.state is State.IN_FORCE_STATED
    assert "a vessel" in found.note


def test_death_ends_no_cell_and_is_noted():
    facts = subject(in_uk(deceased=True))
    found = cell(facts, "UK", FREEZE)
    assert found.state is State.IN_FORCE_STATED
    assert "dead" in found.note
    missing = cell(facts, "EU", FREEZE)
    assert (missing.state, missing.confidence) == (State.NOT_FOUND, Confidence.MEDIUM)


def test_several_programmes_of_one_entry_count_together():
    found = cell(subject(listed("us-ofac-sdn", "CUBA", also=("GLOMAG",))), "US", BAN)
    assert found.state is State.IN_FORCE_DERIVED
    assert [each.programme for each in found.supports] == ["US-GLOMAG"]


def test_one_programme_that_leaves_it_open_keeps_the_cell_from_being_a_gap():
    found = cell(subject(listed("us-ofac-sdn", "CUBA", also=("SDGT",))), "US", BAN)
    assert found.state is State.UNKNOWN


# Lists: which absence rests on which.


def test_one_tag_blocks_on_the_sdn_list_and_not_on_the_consolidated_list():
    facts = subject(
        listed("us-ofac-consolidated", "UKRAINE-EO13662", kind=Kind.ENTITY), kind=Kind.ENTITY
    )
    assert cell(facts, "US", FREEZE).state is State.OTHER_MEASURE_ONLY
    both = subject(
        listed("us-ofac-consolidated", "UKRAINE-EO13662", kind=Kind.ENTITY),
        listed("us-ofac-sdn", "UKRAINE-EO13662", kind=Kind.ENTITY),
        kind=Kind.ENTITY,
    )
    found = cell(both, "US", FREEZE)
    assert found.state is State.IN_FORCE_STATED
    assert [each.official_list for each in found.supports] == ["us-ofac-sdn"]


def editions(**dates):
    made = world()
    lists = {
        key: replace(each, dated=dates.get(key.replace("-", "_"), each.dated))
        for key, each in made.lists.items()
    }
    return replace(made, lists=lists)


def test_a_cell_cites_the_edition_of_the_list_that_it_rests_on():
    against = editions(us_ofac_consolidated=date(2026, 4, 2), us_ofac_sdn=date(2026, 5, 1))
    entity = subject(
        listed("us-ofac-consolidated", "BURMA-EO14014", kind=Kind.ENTITY), kind=Kind.ENTITY
    )
    found = cell(entity, "US", FREEZE, against)
    assert found.state is State.OTHER_MEASURE_ONLY
    assert (found.edition_of, found.dated) == ("us-ofac-consolidated", date(2026, 4, 2))
    assert [each.dated for each in found.supports] == [date(2026, 4, 2)]
    assert found.basis.endswith("not on the SDN List as of 1 May 2026"), "what is absent, and where"


def test_every_listing_of_a_cell_has_the_edition_of_its_own_list():
    against = editions(us_ofac_consolidated=date(2026, 4, 2), us_ofac_sdn=date(2026, 5, 1))
    both = subject(
        listed("us-ofac-sdn", "GLOMAG"), listed("us-ofac-consolidated", "UKRAINE-EO13662")
    )
    dated = {each.official_list: each.dated for each in cell(both, "US", FREEZE, against).supports}
    assert dated["us-ofac-sdn"] == date(2026, 5, 1)
    gone = replace(listed("us-ofac-consolidated", "NS-PLC"), delisted_on=date(2025, 1, 1))
    former = cell(subject(in_uk(), former=(gone,)), "US", FREEZE, against)
    assert former.state is State.DELISTED
    assert (former.edition_of, former.dated) == ("us-ofac-sdn", date(2026, 5, 1))
    assert [each.dated for each in former.supports] == [None]


def test_a_missing_helpful_list_lowers_confidence_and_is_named():
    found = cell(subject(in_uk()), "US", BAN, world(without=("us-state-7031c",)))
    assert (found.state, found.confidence) == (State.NOT_FOUND, Confidence.MEDIUM)
    assert "7031(c)" in found.note
    assert cell(subject(in_uk()), "US", FREEZE, world(without=("us-state-7031c",))).note == ""


def test_a_public_designation_under_7031c_bans_entry_and_freezes_nothing():
    facts = subject(listed("us-state-7031c", "STATE-7031C"))
    assert cell(facts, "US", BAN).state is State.IN_FORCE_STATED
    assert cell(facts, "US", FREEZE).state is State.OTHER_MEASURE_ONLY


def test_the_eu_travel_ban_file_states_what_the_decision_only_implies():
    on_freeze_list = listed("eu-fsf", "MMR", act="2021/480 (OJ L99I)")
    on_travel_file = listed("eu-travel-bans", "", act="Council Decision 2013/184/CFSP")
    assert cell(subject(on_freeze_list), "EU", BAN).state is State.IN_FORCE_DERIVED
    both = cell(subject(on_freeze_list, on_travel_file), "EU", BAN)
    assert both.state is State.IN_FORCE_STATED
    assert cell(subject(on_travel_file), "EU", FREEZE).state is State.OTHER_MEASURE_ONLY


def test_a_derived_eu_ban_is_less_sure_where_the_travel_ban_file_has_not_the_person():
    on_freeze_list = subject(listed("eu-fsf", "MMR"))
    found = cell(on_freeze_list, "EU", BAN)
    assert found.confidence is Confidence.MEDIUM
    assert "travel-ban file" in found.note
    without = world(without=("eu-travel-bans",))
    assert cell(on_freeze_list, "EU", BAN, without).confidence is Confidence.HIGH


@pytest.mark.parametrize("handed_over_as", ["listings", "former"])
def test_a_retired_list_never_says_what_is_in_force(handed_over_as):
    old = listed("uk-ofsi-conlist", "Syria")
    facts = subject(old) if handed_over_as == "listings" else subject(former=(old,))
    assert cell(facts, "UK", FREEZE).state is State.DELISTED


def test_before_its_retirement_the_list_counts_for_the_freeze_it_states():
    against = world(on=date(2025, 6, 1), without=("uk-sanctions-list",))
    facts = subject(listed("uk-ofsi-conlist", "Syria"))
    assert cell(facts, "UK", FREEZE, against).state is State.IN_FORCE_STATED
    assert cell(facts, "UK", BAN, against).state is State.UNKNOWN
    other = subject(listed("us-ofac-sdn", "SYRIA"))
    assert cell(other, "UK", FREEZE, against).state is State.NOT_FOUND
    assert cell(other, "UK", BAN, against).state is State.UNKNOWN


def test_age_lowers_the_confidence_of_an_absence_and_erases_nothing():
    against = world(stale=("uk-sanctions-list", "ca-sema"))
    missing = cell(subject(in_uk()), "CA", FREEZE, against)
    assert (missing.state, missing.stale) == (State.NOT_FOUND, True)
    assert missing.confidence is Confidence.MEDIUM
    there = cell(subject(in_uk()), "UK", FREEZE, against)
    assert (there.state, there.confidence) == (State.IN_FORCE_STATED, Confidence.HIGH)


def test_an_owner_on_the_list_may_carry_the_freeze_to_this_entity():
    entity = in_uk(kind=Kind.ENTITY, stated=UK_FREEZE_ONLY)
    facts = subject(entity, kind=Kind.ENTITY, owners=(("US", "Big Owner"),))
    found = cell(facts, "US", FREEZE)
    assert (found.state, found.confidence) == (State.NOT_FOUND, Confidence.MEDIUM)
    assert "Big Owner" in found.note
    assert cell(facts, "EU", FREEZE).note == ""


# The UN list and those whom it binds.


def test_a_un_listing_is_in_force_in_canada_by_law():
    facts = subject(listed("un-sc", "Sudan"))
    freeze, ban = cell(facts, "CA", FREEZE), cell(facts, "CA", BAN)
    assert {freeze.state, ban.state} == {State.IN_FORCE_DERIVED}
    assert "SOR/2004-197" in freeze.basis
    assert "IRPA s.35.1(1)(a)" in ban.basis
    assert freeze.supports[0].official_list == "un-sc"


def test_a_un_travel_ban_suspends_entry_into_the_united_states():
    facts = subject(listed("un-sc", "Sudan"))
    found = cell(facts, "US", BAN)
    assert found.state is State.IN_FORCE_DERIVED
    assert "Proclamation 8693" in found.basis
    assert cell(facts, "US", FREEZE).state is State.NOT_FOUND


def test_what_the_un_does_not_impose_binds_nobody():
    iraq = subject(listed("un-sc", "Iraq"))
    assert cell(iraq, "CA", FREEZE).state is State.IN_FORCE_DERIVED
    assert cell(iraq, "CA", BAN).state is State.NOT_FOUND
    bissau = subject(listed("un-sc", "GB"))
    assert cell(bissau, "CA", FREEZE).state is State.NOT_FOUND
    assert cell(bissau, "CA", BAN).state is State.IN_FORCE_DERIVED


def test_where_the_un_entry_decides_and_is_silent_its_effect_abroad_is_unknown():
    silent = subject(listed("un-sc", "Libya"))
    assert cell(silent, "UN", FREEZE).state is State.UNKNOWN
    assert cell(silent, "CA", FREEZE).state is State.UNKNOWN
    spoken = subject(listed("un-sc", "Libya", stated=((FREEZE, True),)))
    assert cell(spoken, "UN", FREEZE).state is State.IN_FORCE_STATED
    assert cell(spoken, "CA", FREEZE).state is State.IN_FORCE_DERIVED
    assert cell(spoken, "CA", BAN).state is State.UNKNOWN


def test_a_us_order_without_an_entry_clause_bans_through_the_un_list_only():
    alone = listed("us-ofac-sdn", "DRCONGO")
    assert cell(subject(alone), "US", BAN).state is State.OTHER_MEASURE_ONLY
    both = cell(subject(alone, listed("un-sc", "DRC")), "US", BAN)
    assert both.state is State.IN_FORCE_DERIVED
    blind = world(without=("un-sc",))
    assert cell(subject(alone), "US", BAN, blind).state is State.UNKNOWN


def test_a_un_reference_without_a_un_list_leaves_those_whom_it_binds_unknown():
    facts = subject(in_uk(un_references=("SDi.001",)))
    blind = world(without=("un-sc",))
    assert cell(facts, "CA", FREEZE, blind).state is State.UNKNOWN
    assert cell(facts, "EU", FREEZE, blind).state is State.NOT_FOUND
    assert cell(facts, "CA", FREEZE).state is State.NOT_FOUND


def test_cells_do_not_depend_on_what_was_asked_before():
    against = world()
    facts = subject(in_uk(deceased=True)), subject(in_uk()), subject(listed("un-sc", "Sudan"))
    together = [coverage.cells(each, against) for each in facts]
    assert together == [coverage.cells(each, world()) for each in facts]
