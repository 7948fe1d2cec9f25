from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from importers import catalogue, source
from importers.base import ParsedEntry
from registry.domain import reference
from registry.domain.designation import Measure
from registry.domain.programme import Answer, Standing


@pytest.mark.parametrize(
    ("official_list", "code", "act", "key"),
    [
        pytest.param("us-ofac-sdn", "GLOMAG", "", "US-GLOMAG", id="a plain tag"),
        pytest.param("us-ofac-sdn", "[SOUTH SUDAN] ", "", "US-SOUTH-SUDAN", id="brackets, blanks"),
        pytest.param("us-ofac-sdn", "caatsa-iran", "", "US-CAATSA-IRAN", id="dash without blanks"),
        pytest.param("us-ofac-sdn", "BPI-SUDAN-14098", "", "US-BPI", id="any interim block"),
        pytest.param("us-ofac-sdn", "SYRIA-EO13894", "", "US-PAARSSR-EO13894", id="a renamed tag"),
        pytest.param(
            "us-ofac-consolidated", "UKRAINE-EO13662", "", "US-SSI", id="one tag, another list"
        ),
        pytest.param("eu-fsf", "IRN", "2023/152 (OJ L20 I)", "EU-IRN-HR", id="an act settles"),
        pytest.param("eu-fsf", "IRN", "2024/90749 corr (OJ L1)", "EU-IRN-HR", id="a corrigendum"),
        pytest.param("eu-fsf", "IRN", "54/2012 (OJ L19)", "EU-IRN-WMD", id="number before year"),
        pytest.param("eu-fsf", "IRN", "2031/7", "EU-IRN-UNSETTLED", id="an act not in the table"),
        pytest.param("eu-fsf", "HR", "2024//1172 (OJ L1)", "EU-HR", id="a code of one regime"),
        pytest.param("eu-fsf", "UKR", "2019/352 (OJ L64)", "EU-UKR-MSF", id="the other UKR"),
        pytest.param("eu-fsf", "UKR", "2031/7", "EU-UKR", id="UKR otherwise"),
        pytest.param(
            "eu-travel-bans",
            "",
            "Council Implementing Decision (CFSP) 2022/595 implementing Decision 2011/235/CFSP",
            "EU-IRN-HR",
            id="the Decision that an implementing one names",
        ),
        pytest.param(
            "uk-sanctions-list",
            "The Yemen (Sanctions) (EU Exit) (No. 2) Regulations 2020",
            "",
            "GB-YEM",
            id="the SI's own title",
        ),
        pytest.param(
            "uk-sanctions-list",
            "ISIL (Da’esh) and Al-Qaida (United Nations Sanctions) (EU Exit) Regulations 2019",
            "",
            "GB-TAQA",
            id="another apostrophe, another spelling",
        ),
        pytest.param("uk-ofsi-conlist", "Iran (Nuclear)", "", "GB-IRN-NUC", id="OFSI's short name"),
        pytest.param("ca-sema", "Belarus", "1,Part 3", "CA-BLR-1-3", id="no blank in the schedule"),
        pytest.param("ca-sema", "Russia / Russie", "1, Part 1 ", "CA-RUS-1-1", id="bilingual"),
        pytest.param("ca-sema", "Russia", "1", "CA-RUS-1-1", id="the schedules of 2020"),
        pytest.param("ca-sema", "Russia", "1.1", "CA-RUS-1.1", id="a schedule, not a part"),
        pytest.param("ca-sema", "Russia", "4, Part 7", "CA-RUS", id="a schedule not in the table"),
        pytest.param("ca-sema", "Zimbabwe", "N/A", "CA-ZWE", id="no schedule"),
        pytest.param("un-sc", "South Sudan", "", "UN-SC2206", id="a blank in the UN's token"),
        pytest.param("au-dfat", "1970 (Libya) 1973 (Libya)", "", "AU-SC1970", id="two resolutions"),
        pytest.param("au-dfat", "2093 (2013)", "", "AU-SC751", id="a year in brackets"),
        pytest.param("au-dfat", "Autonomous (Thematic – Corruption)", "", "AU-GAC", id="a dash"),
        pytest.param("partner-submission", "us-glomag", "", "US-GLOMAG", id="our own key"),
    ],
)
def test_a_designation_is_resolved_however_its_list_spells_it(official_list, code, act, key):
    found = reference.programme_for(official_list, code, act)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    ("official_list", "code"),
    [("us-ofac-sdn", "BRAND-NEW-EO"), ("eu-fsf", "XYZ"), ("uk-sanctions-list", "Atlantis")],
)
def test_an_unknown_code_is_no_programme(official_list, code):
    assert reference.programme_for(official_list, code) is None


def test_a_tag_renamed_by_ofac_is_one_programme():
    old, new = (
        reference.programme_for("us-ofac-sdn", tag) for tag in ("BELARUS-EO", "BELARUS-EO14038")
    )
    assert old is new


def test_every_un_regime_has_its_canadian_row():
    known = reference.programmes()
    regimes = [each for each in known.values() if each.partner == "UN"]
    for regime in regimes:
        canadian = known[f"CA-{regime.key}"]
        assert canadian.standing is Standing.UN_LIST
        for measure in Measure:
            assert (regime.answer(measure) is Answer.NO) == (canadian.answer(measure) is Answer.NO)


def test_every_answer_has_a_basis():
    for programme in reference.programmes().values():
        assert programme.instrument, programme.key
        for measure in Measure:
            assert programme.basis(measure), programme.key


def test_what_is_not_seen_is_not_called_checked():
    for programme in reference.programmes().values():
        assert bool(programme.checked_by) == (programme.instrument_seen != "no"), programme.key


def test_sema_listings_bar_entry_by_law_since_the_day_of_s_8():
    sema = [
        each
        for each in reference.programmes().values()
        if each.partner == "CA" and "s.35.1(1)(b)" in each.travel_ban_basis
    ]
    assert sema
    assert {each.travel_ban_from for each in sema} == {date(2023, 6, 22)}


@pytest.mark.parametrize(
    ("programmes", "countries", "situations"),
    [
        pytest.param({"EU-MMR"}, set(), {"myanmar"}, id="a country programme"),
        pytest.param({"EU-HR"}, {"CN"}, {"xinjiang"}, id="a thematic one by nationality"),
        pytest.param({"EU-HR"}, set(), set(), id="a thematic one alone"),
        pytest.param({"US-CYBER2"}, {"CN"}, set(), id="a theme that is no atrocity"),
        pytest.param({"CA-RUS-1-1.1"}, set(), {"russia-internal"}, id="the part decides"),
        pytest.param({"CA-RUS-1-1"}, set(), {"russia-ukraine"}, id="the other part"),
    ],
)
def test_designations_count_in_situations(programmes, countries, situations):
    assert reference.situations_of(programmes, frozenset(countries)) == situations


def test_counterparts_are_what_each_other_partner_would_use():
    assert reference.counterparts("EU-MMR")["UK"] == ("GB-MMR",)
    assert reference.counterparts("EU-MMR")["CA"] == ("CA-MMR-1", "CA-MMR-2")
    assert reference.counterparts("GB-HR")["CA"] == ("CA-JVCFOA",)
    assert reference.counterparts("CA-LKA")["UK"] == ("GB-HR",)
    assert "CA" not in reference.counterparts("CA-LKA")


def test_nothing_that_ended_is_offered_as_a_counterpart():
    assert "US-BURMA" not in reference.counterparts("EU-MMR")["US"]


@pytest.mark.parametrize("partner", ["US", "EU", "UK", "CA", "UN", "AU"])
def test_every_partner_names_the_list_that_its_absences_rest_on(partner):
    law = reference.partners()[partner]
    assert all(law.needed[measure] for measure in Measure)
    assert not law.thematic or reference.programmes()[law.thematic].partner == partner


EDITIONS = {
    "us-ofac-sdn": ("2021-10-06", "2022-01-31", "2024-05-03"),
    "us-ofac-consolidated": ("2022-04-07", "2025-06-30"),
    "eu-fsf": (
        "2021-10-03-rebuilt-approximate",
        "2026-03-20-rebuilt/xmlFullSanctionsList_1_1.xml",
    ),
    "uk-sanctions-list": ("2026-05-12-rebuilt/UK-Sanctions-List.xml",),
    "uk-ofsi-conlist": ("2018-04-13", "2025-04-10"),
    "ca-sema": ("2020-04-15", "2025-05-25", "2026-08-22-rebuilt/tags-since-2026-08-24"),
    "un-sc": ("2020-11-30", "2026-04-17"),
    "au-dfat": ("2024-12-17", "2026-08-02"),
}


@pytest.mark.real_lists
@pytest.mark.parametrize(
    ("official_list", "edition"),
    [(official_list, edition) for official_list in EDITIONS for edition in EDITIONS[official_list]],
)
def test_no_code_in_the_real_lists_is_unmapped(real_lists: Path, official_list, edition):
    reading = catalogue.read(
        official_list, source.open_source(real_lists / official_list / edition)
    )
    unmapped = Counter(
        (each.code, each.act)
        for entry in reading.entries
        if isinstance(entry, ParsedEntry)
        for each in entry.designations
        if reference.programme_for(official_list, each.code, each.act) is None
    )
    assert unmapped == {}
