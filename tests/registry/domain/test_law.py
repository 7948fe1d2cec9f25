from datetime import date

import pytest

from registry.domain import law
from registry.domain.designation import Designation
from registry.domain.law import Claim
from registry.domain.party import Kind
from registry.domain.programme import Confidence
from tests.registry.domain.worlds import BAN, FREEZE, GB_HR, ON

YES, NO, OPEN = True, False, None


def claim(measure, official_list, code, act="", *, stated=(), kind=Kind.PERSON, on=ON, **rest):
    return law.claim(measure, official_list, Designation(code, act, stated), kind, on, **rest)


def imposed(measure, official_list, code, act="", **rest):
    found = claim(measure, official_list, code, act, **rest)
    assert found is not None
    return found.imposed


@pytest.mark.parametrize(
    ("official_list", "code", "act", "freeze", "ban"),
    [
        pytest.param("us-ofac-sdn", "GLOMAG", "", YES, YES, id="an order with an entry clause"),
        pytest.param("us-ofac-sdn", "CUBA", "", YES, NO, id="an embargo bans no entry"),
        pytest.param("us-ofac-sdn", "SDGT", "", YES, OPEN, id="terrorism is judged case by case"),
        pytest.param("us-ofac-sdn", "ETHIOPIA-EO14046", "", YES, OPEN, id="a menu of sanctions"),
        pytest.param("us-ofac-sdn", "BPI-SUDAN-14098", "", YES, OPEN, id="an interim block"),
        pytest.param("us-ofac-consolidated", "NS-PLC", "", NO, NO, id="a list without blocking"),
        pytest.param("us-ofac-consolidated", "FSE-IR", "", NO, YES, id="evaders: entry only"),
        pytest.param("us-ofac-consolidated", "HKAA", "", YES, YES, id="blocked though not SDN"),
        pytest.param("eu-fsf", "HR", "2020/1998", YES, YES, id="presence and the Decision"),
        pytest.param("eu-fsf", "UKR", "2019/352 (OJ L64)", YES, NO, id="UKR of 208/2014"),
        pytest.param("eu-fsf", "UKR", "2022/1529 (OJ L239)", YES, YES, id="UKR of 269/2014"),
        pytest.param("eu-fsf", "TERR", "", YES, NO, id="terrorism has no EU entry ban"),
        pytest.param("eu-fsf", "IRN", "2031/1 (OJ)", YES, OPEN, id="an act not in the table"),
        pytest.param("eu-fsf", "UNLI", "", OPEN, OPEN, id="a UN listing that awaits an EU act"),
        pytest.param("eu-fsf", "", "", YES, OPEN, id="a copy that names no programme"),
        pytest.param("uk-sanctions-list", GB_HR, "", OPEN, OPEN, id="no flags, no answer"),
        pytest.param("ca-sema", "Russia", "1, Part 1.1", YES, YES, id="a schedule of people"),
        pytest.param("ca-sema", "Russia", "2", NO, NO, id="debt restrictions are no freeze"),
        pytest.param("ca-sema", "Russia", "9", OPEN, OPEN, id="a schedule not in the table"),
        pytest.param("un-sc", "GB", "", NO, YES, id="GB is Guinea-Bissau: travel only"),
        pytest.param("un-sc", "Iraq", "", YES, NO, id="Iraq: freeze only"),
        pytest.param("un-sc", "Libya", "", OPEN, OPEN, id="Libya: the entry decides"),
        pytest.param("au-dfat", "Autonomous (Syria)", "", YES, OPEN, id="before the columns"),
    ],
)
def test_a_designation_imposes_what_list_and_programme_say(official_list, code, act, freeze, ban):
    assert imposed(FREEZE, official_list, code, act) is freeze
    assert imposed(BAN, official_list, code, act) is ban


def test_the_files_own_word_wins_over_the_programme():
    assert imposed(BAN, "us-ofac-sdn", "CUBA", stated=((BAN, True),)) is True
    assert imposed(BAN, "us-ofac-sdn", "GLOMAG", stated=((BAN, False),)) is False


def test_the_files_word_needs_no_known_programme():
    found = claim(FREEZE, "uk-sanctions-list", "The Moon Regulations", stated=((FREEZE, True),))
    assert (found.imposed, found.stated, found.programme) == (True, True, "The Moon Regulations")


def test_a_list_of_one_measure_says_nothing_of_the_other():
    assert claim(FREEZE, "us-state-7031c", "STATE-7031C") is None
    assert claim(FREEZE, "eu-travel-bans", "") is None
    assert claim(BAN, "uk-ofsi-conlist", "Syria") is None


@pytest.mark.parametrize("kind", [Kind.ENTITY, Kind.VESSEL, Kind.AIRCRAFT])
def test_law_bans_the_entry_of_natural_persons_only(kind):
    assert imposed(BAN, "us-ofac-sdn", "GLOMAG", kind=kind) is False


def test_an_entity_may_be_under_an_arms_embargo_only():
    assert imposed(FREEZE, "un-sc", "Yemen") is True
    assert imposed(FREEZE, "un-sc", "Yemen", kind=Kind.ENTITY) is None


@pytest.mark.parametrize(
    ("code", "act", "on", "answer"),
    [
        pytest.param("Russia", "1, Part 1", date(2023, 6, 21), NO, id="the day before S-8"),
        pytest.param("Russia", "1, Part 1", date(2023, 6, 22), YES, id="the day of S-8"),
        pytest.param(
            "Russia", "1, Part 1.1", date(2023, 6, 21), OPEN, id="a ground that barred before"
        ),
        pytest.param(
            "Justice for Victims of Corrupt Foreign Officials Regulations (JVCFOR)",
            "",
            date(2019, 1, 1),
            YES,
            id="JVCFOA bars since 2017",
        ),
    ],
)
def test_canadas_inadmissibility_depends_on_the_day(code, act, on, answer):
    assert imposed(BAN, "ca-sema", code, act, on=on) is answer
    assert imposed(FREEZE, "ca-sema", code, act, on=on) is True


def test_an_order_that_rests_on_the_un_list_is_open_while_that_list_is_unknown():
    assert imposed(BAN, "us-ofac-sdn", "DARFUR") is False
    assert imposed(BAN, "us-ofac-sdn", "DARFUR", un_list_known=False) is None


def test_a_programme_that_ended_leaves_the_entry_in_force_and_unsure():
    before = claim(FREEZE, "us-ofac-sdn", "SYRIA", on=date(2025, 6, 29))
    after = claim(FREEZE, "us-ofac-sdn", "SYRIA", on=date(2025, 7, 1))
    assert (before.imposed, before.confidence, before.note) == (True, Confidence.HIGH, "")
    assert (after.imposed, after.confidence) == (True, Confidence.LOW)
    assert "30 June 2025" in after.note


def test_an_expected_end_only_asks_for_the_renewal():
    found = claim(FREEZE, "eu-fsf", "HR", "2020/1998", on=date(2026, 12, 9))
    assert (found.imposed, found.confidence) == (True, Confidence.HIGH)
    assert "Renewal after 8 December 2026 to be verified" in found.note


@pytest.mark.parametrize("code", ["BPI-RUSSIA-EO14024", "ICC-EO14203"])
def test_an_entry_that_is_no_designation_to_answer_says_so(code):
    found = claim(FREEZE, "us-ofac-sdn", code)
    assert (found.imposed, found.comparable) == (True, False)


def test_the_basis_cites_the_instrument():
    assert "EO 14014" in claim(BAN, "us-ofac-sdn", "BURMA-EO14014").basis
    canada = claim(BAN, "ca-sema", "Sudan", "Part 1").basis
    assert "IRPA s.35.1(1)(b)" in canada
    assert "SOR/2024-61" in canada


def test_a_un_ban_on_later_resolutions_is_less_sure_in_the_united_states():
    old = Claim(True, False, "UN-SC1591", "", "1591", Confidence.HIGH)
    new = Claim(True, False, "UN-SC2653", "", "2653", Confidence.HIGH)
    first = law.un_claim_abroad(BAN, "US", old, ON)
    second = law.un_claim_abroad(BAN, "US", new, ON)
    assert first is not None
    assert second is not None
    assert (first.imposed, second.imposed) == (True, True)
    assert (first.confidence, second.confidence) == (Confidence.MEDIUM, Confidence.LOW)


def test_a_un_listing_says_nothing_for_partners_that_repeat_it_in_their_own_files():
    un = Claim(True, False, "UN-SC1591", "", "1591", Confidence.HIGH)
    assert law.un_claim_abroad(FREEZE, "EU", un, ON) is None
    assert law.un_claim_abroad(FREEZE, "US", un, ON) is None
