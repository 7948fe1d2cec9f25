import io
import json
from datetime import date, datetime

import openpyxl
import pytest

from importers import au_dfat_texts as texts
from importers import catalogue, gates, vocabulary
from importers.au_dfat import published_on, read
from importers.base import FormatProblem, Refused, ReportedEntry
from importers.source import Part, Source, open_source
from registry.domain.designation import DateBasis, Measure
from registry.domain.party import IdentifierKind, Kind, NameRole

OLD = (
    "Reference",
    "Name of Individual or Entity",
    "Type",
    "Name Type",
    "Date of Birth",
    "Place of Birth",
    "Citizenship",
    "Address",
    "Additional Information",
    "Listing Information",
    "Committees",
    "Control Date",
)
NEW = (
    *OLD[:4],
    "Alias Strength",
    *OLD[4:10],
    "IMO Number",
    *OLD[10:],
    "Instrument of Designation",
    "Targeted Financial Sanction",
    "Travel Ban",
    "Arms Embargo",
    "Maritime Restriction",
)
PERSON = {
    "Reference": 2571,
    "Name of Individual or Entity": "Eric BADEGE",
    "Type": "Individual",
    "Name Type": "Primary Name",
    "Date of Birth": 1971,
    "Citizenship": "Rwanda",
    "Address": "Rwanda (as of early 2016)",
    "Additional Information": "CDi.001. Fled in 2013 from the associate of (CDi.015).",
    "Listing Information": "Listed by 1533 Committee on 31 Dec. 2012 (amended on 13 Oct. 2016)",
    "Committees": "1533 (Democratic Republic of the Congo) ",
    "Control Date": datetime(2025, 12, 11),  # noqa: DTZ001 - as Excel has it
    "Targeted Financial Sanction": True,
    "Travel Ban": 1,
    "Arms Embargo": False,
    "Maritime Restriction": 0,
}
ALIAS = PERSON | {
    "Reference": "2571a",
    "Name of Individual or Entity": "Badege_x000D_\nEric",
    "Name Type": "Alias",
    "Alias Strength": "Strong",
}
ENTITY = PERSON | {
    "Reference": "3268",
    "Name of Individual or Entity": "Example Army",
    "Type": "Entity ",
    "Date of Birth": None,
    "Citizenship": "na",
    "Additional Information": None,
    "Travel Ban": 0,
}


def edition(*rows, columns=NEW, sheet="Consolidated List", book=None):
    book = book or openpyxl.Workbook()
    book.active.title = sheet
    book.active.append(columns)
    for row in rows:
        book.active.append([row.get(column) for column in columns])
    packed = io.BytesIO()
    book.save(packed)
    return Source("list.xlsx", (Part("list.xlsx", packed.getvalue()),))


def listings(*rows, **kind):
    return catalogue.listings("au-dfat", read(edition(*rows, **kind)))


def test_rows_of_one_number_are_one_entry():
    (listing,) = listings(PERSON, ALIAS)
    assert listing.reference == "2571"
    assert listing.key == "au-dfat:2571"
    assert listing.party.kind is Kind.PERSON
    assert [(name.full, name.role, name.quality) for name in listing.party.names] == [
        ("Eric BADEGE", NameRole.PRIMARY, ""),
        ("Badege Eric", NameRole.ALIAS, "Strong"),
    ]
    assert [str(birth) for birth in listing.party.birth_dates] == ["1971"]
    assert [each.code for each in listing.party.citizenships] == ["RW"]
    assert [each.country and each.country.code for each in listing.party.addresses] == ["RW"]
    assert [row["Reference"] for row in json.loads(listing.raw)] == [2571, "2571a"]


def test_the_date_of_listing_is_told_and_the_control_date_is_the_last_change():
    (designation,) = listings(PERSON)[0].designations
    assert designation.listed_on == date(2012, 12, 31)
    assert designation.date_basis is DateBasis.STATED
    assert designation.amended_on == date(2025, 12, 11)


def test_a_control_date_alone_is_no_date_of_listing():
    (listing,) = listings(PERSON | {"Listing Information": "Listed by the 1591 Committee"})
    assert listing.designations[0].listed_on is None


def test_measures_are_stated_by_the_flags():
    person, entity = listings(PERSON, ENTITY | {"Arms Embargo": 1})
    (act,) = person.designations
    assert act.code == "1533 (Democratic Republic of the Congo)"
    assert dict(act.stated) == {Measure.ASSET_FREEZE: True, Measure.TRAVEL_BAN: True}
    assert dict(entity.designations[0].stated) == {
        Measure.ASSET_FREEZE: True,
        Measure.TRAVEL_BAN: False,
    }
    assert entity.designations[0].other_measures == ("Arms Embargo",)


def test_before_the_flags_nothing_is_stated_of_measures():
    (listing,) = listings(PERSON, columns=OLD)
    assert listing.designations[0].stated == ()


def test_a_blank_flag_states_nothing():
    (listing,) = listings(PERSON | {"Travel Ban": None})
    assert dict(listing.designations[0].stated) == {Measure.ASSET_FREEZE: True}


def test_a_travel_ban_stated_of_an_entity_is_kept():
    (listing,) = listings(ENTITY | {"Travel Ban": True})
    assert dict(listing.designations[0].stated)[Measure.TRAVEL_BAN] is True


@pytest.mark.parametrize(
    ("name_type", "strength", "role"),
    [
        pytest.param("Alias", "Weak", NameRole.WEAK_ALIAS, id="weak"),
        pytest.param("Alias", "Strong", NameRole.ALIAS, id="strong"),
        pytest.param("Aka ", None, NameRole.ALIAS, id="older word"),
        pytest.param("original Script", None, NameRole.VARIATION, id="original script"),
        pytest.param("Formerly known as", None, NameRole.FORMER, id="former"),
    ],
)
def test_the_part_a_name_plays(name_type, strength, role):
    (listing,) = listings(PERSON, ALIAS | {"Name Type": name_type, "Alias Strength": strength})
    assert listing.party.names[1].role is role


def test_a_name_formerly_listed_is_a_former_name():
    (listing,) = listings(
        PERSON,
        ALIAS
        | {"Name of Individual or Entity": "Merai (previously listed as, in Arabic: مرعي زغبي)"},
    )
    assert [(name.full, name.role) for name in listing.party.names[1:]] == [
        ("مرعي زغبي", NameRole.FORMER),
        ("Merai", NameRole.FORMER),
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({}, ["CDi.001"], id="at the beginning"),
        pytest.param({"Additional Information": "Led by (CDi.015)."}, [], id="another party's"),
        pytest.param({"Additional Information": "CDe.001. An entity's"}, [], id="another kind's"),
        pytest.param({"Committees": "Autonomous (Syria)"}, [], id="no UN listing"),
    ],
)
def test_the_un_reference_is_the_partys_own(fields, expected):
    (listing,) = listings(PERSON | fields)
    assert [
        each.value for each in listing.party.identifiers if each.kind is IdentifierKind.UN_REFERENCE
    ] == expected


def test_a_vessel_has_its_number():
    (listing,) = listings(ENTITY | {"Type": "Vessel", "IMO Number": 9288693})
    assert listing.party.kind is Kind.VESSEL
    assert [(each.kind, each.value) for each in listing.party.identifiers] == [
        (IdentifierKind.IMO, "9288693")
    ]


def test_two_committees_in_one_cell_are_two_designations():
    (listing,) = listings(PERSON | {"Committees": "1970 (Libya) 1973 (Libya)"})
    assert [each.code for each in listing.designations] == ["1970 (Libya)", "1973 (Libya)"]


def test_the_act_is_the_instrument_or_what_the_listing_information_names():
    named = "Autonomous Sanctions (Designated Persons—Syria) List 2012"
    new, old, none = listings(
        PERSON | {"Instrument of Designation": named},
        PERSON | {"Reference": 2, "Listing Information": named},
        PERSON | {"Reference": 3, "Listing Information": "Listed on: 1 Mar. 2012"},
    )
    assert [each.designations[0].act for each in (new, old, none)] == [named, named, ""]


def test_a_name_gone_astray_is_read_with_its_entry_and_reported():
    stray = ALIAS | {"Name of Individual or Entity": "Stray", "Reference": "2571b"}
    home, other, reported = listings(PERSON, ENTITY, stray)
    assert [name.full for name in home.party.names] == ["Eric BADEGE", "Stray"]
    assert other.reference == "3268"
    assert isinstance(reported, ReportedEntry)
    assert (reported.line, reported.reference) == (4, "2571b")
    assert "stands apart" in reported.reason


def test_a_reference_used_again_for_another_party_is_reported_and_not_merged():
    other = PERSON | {"Name of Individual or Entity": "Another", "Date of Birth": 1980}
    first, between, again = listings(PERSON, ENTITY, other)
    assert [isinstance(each, ReportedEntry) for each in (first, between, again)] == [
        True,
        False,
        True,
    ]
    assert "collides" in first.reason


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        pytest.param((PERSON, PERSON), "2 primary names", id="two parties together"),
        pytest.param((ALIAS,), "0 primary names", id="an alias alone"),
        pytest.param((ALIAS | {"Reference": "n/a"},), "has no number", id="no number"),
        pytest.param((PERSON, ALIAS | {"Type": "Entity"}), "more than one type", id="two types"),
        pytest.param((PERSON, ALIAS | {"Travel Ban": 0}), "'Travel Ban' is answered", id="flags"),
        pytest.param((PERSON | {"Travel Ban": "perhaps"},), "perhaps", id="no answer"),
        pytest.param((PERSON | {"Type": "Orchestra"},), "Orchestra", id="unknown type"),
    ],
)
def test_a_bad_entry_is_reported_by_itself(rows, reason):
    bad, good = listings(*rows, ENTITY)
    assert isinstance(bad, ReportedEntry)
    assert reason in bad.reason
    assert good.reference == "3268"


def test_blank_rows_are_left_out_and_columns_without_a_name_are_blank():
    padded = (*OLD, None, " ")
    source = edition(PERSON, {"Reference": " "}, ENTITY, columns=padded)
    assert [entry.reference for entry in read(source).entries] == ["2571", "3268"]


@pytest.mark.parametrize(
    ("columns", "alarm"),
    [
        pytest.param((*NEW, "Gender"), r"new \['Gender'\]", id="a column the list adds"),
        pytest.param(NEW[:-6] + NEW[-5:], r"gone \['Control Date'\]", id="a column it drops"),
        pytest.param((*NEW, "Reference"), "20 in all", id="a column twice"),
    ],
)
def test_other_columns_stop_the_edition(columns, alarm):
    with pytest.raises(FormatProblem, match=alarm):
        read(edition(PERSON, columns=columns))


def test_a_value_in_a_column_without_a_name_stops_the_edition():
    with pytest.raises(FormatProblem, match="line 2: 'lost' stands in a column without a name"):
        read(edition(PERSON | {None: "lost"}, columns=(*NEW, None)))


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(edition(PERSON, columns=("Name", "Amount")), id="another workbook"),
        pytest.param(Source("x", (Part("x.csv", b"Reference,Name"),)), id="no workbook"),
        pytest.param(Source("x", (Part("a", b"PK"), Part("b", b"PK"))), id="several files"),
    ],
)
def test_another_file_is_refused(source):
    with pytest.raises(Refused):
        read(source)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("Consolidated List", None, id="none"),
        pytest.param("Consolidated List 2 Oct 2026", date(2026, 10, 2), id="words"),
        pytest.param("Consolidated 02-10-2026", date(2026, 10, 2), id="numbers"),
        pytest.param("List_20261002", date(2026, 10, 2), id="run together"),
        pytest.param("Sheet1", None, id="a number that is no date"),
    ],
)
def test_the_date_of_the_edition_stands_in_the_worksheets_name(name, expected):
    assert published_on(name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("1971", ["1971"], id="year"),
        pytest.param("1965-03-29", ["29 March 1965"], id="a date cell"),
        pytest.param("a) 1970 b) 11 Apr. 1963", ["1970", "11 April 1963"], id="letters"),
        pytest.param("11/04/1963, 3/1/1960", ["11 April 1963", "3 January 1960"], id="commas"),
        pytest.param("27/05/1973 01/01/1975", ["27 May 1973", "1 January 1975"], id="blank"),
        pytest.param(
            "Approximately 1963, 1970", ["circa 1963", "1970"], id="circa of the first only"
        ),
        pytest.param("1967, or approximately 1961", ["1967", "circa 1961"], id="or"),
        pytest.param("Approximately: Between 1959 and 1965", ["circa 1959 to 1965"], id="between"),
        pytest.param(
            "Between Aug. and Sep 1977", ["1 August 1977 to 30 September 1977"], id="between months"
        ),
        pytest.param("March 1968 to March 1969", ["1 March 1968 to 31 March 1969"], id="to"),
        pytest.param("approximately 1977/1978", ["circa 1977 to 1978"], id="two years"),
        pytest.param("03/1968, 04/1968", ["March 1968", "April 1968"], id="months"),
        pytest.param(
            "7/02/1950/11/1950 08/08/1945",
            ["7 February 1950", "November 1950", "8 August 1945"],
            id="run together",
        ),
        pytest.param("1980.1981", ["1980", "1981"], id="full stop"),
        pytest.param("14 Mar 1974 >> 1 Aug 1970", ["14 March 1974", "1 August 1970"], id="arrows"),
        pytest.param("15 May 1968 (as X) 1970 (as Y)", ["15 May 1968", "1970"], id="per name"),
        pytest.param("29-Aprl-1967", ["29 April 1967"], id="misspelt month"),
        pytest.param(
            "07/05/1962; alt DOB: 07/04/62", ["7 May 1962", "7 April 1962"], id="two digits"
        ),
        pytest.param("09/11/ 1954", ["9 November 1954"], id="blank within"),
        pytest.param(
            "Approximately 1968_x000D_\n28/08/1965", ["circa 1968", "28 August 1965"], id="x000D"
        ),
        pytest.param("24/06/1402", ["1981 to 1982"], id="Islamic calendar"),
        pytest.param("10/061962", ["10/061962"], id="unreadable is kept"),
        pytest.param(
            "Approximately (30-35 years old)",
            ["circa Approximately (30-35 years old)"],
            id="an age is kept",
        ),
        pytest.param("na", [], id="not available"),
    ],
)
def test_every_birth_date_of_a_cell_is_read_by_itself(text, expected):
    (listing,) = listings(PERSON | {"Date of Birth": text})
    read_dates = [str(birth) for birth in listing.party.birth_dates]
    assert read_dates == [
        each.removeprefix("circa ") if "years old" in each else each for each in expected
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Listed on: 25 Apr. 2006", "25 Apr 2006", id="on"),
        pytest.param(
            "Listed on 2 Sep. 2014 (relisted on 1 Sep. 2017)", "2 Sep 2014", id="relisted"
        ),
        pytest.param(
            "The Minister listed this person on 4 December 2019 under", "4 Dec 2019", id="prose"
        ),
        pytest.param(
            "Designated under the Regulations 2011 on 2 March 2012. Relisted",
            "2 Mar 2012",
            id="designated",
        ),
        pytest.param("First listed on 16/07/2009", "16/07/2009", id="numbers"),
        pytest.param("Instrument 2001. Last listed on: 16/09/2022", "", id="listed last"),
        pytest.param("Re-listed on: 16/09/2022", "", id="listed anew"),
        pytest.param("Formerly listed on the RBA List on 1 May 2009", "", id="another list"),
        pytest.param("Amendment (No. 1) Instrument 2022", "", id="the year of an act is no date"),
    ],
)
def test_the_first_date_of_listing_is_found_where_it_is_told(text, expected):
    assert " ".join(texts.first_listed_on(text).split()) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Russia;Ukraine", ["Russia", "Ukraine"], id="semicolon"),
        pytest.param(
            "Moldovan, Russian and Ukrainian", ["Moldovan", "Russian", "Ukrainian"], id="and"
        ),
        pytest.param(
            "Trinidad and Tobago;United States of America",
            ["Trinidad and Tobago", "United States of America"],
            id="an and of its own",
        ),
        pytest.param(
            "Congo, Democratic Republic of the;Rwanda",
            ["Congo, Democratic Republic of the", "Rwanda"],
            id="a comma of its own",
        ),
        pytest.param("a) German b) Moroccan", ["German", "Moroccan"], id="letters"),
        pytest.param("Malian / Mauritanian", ["Malian", "Mauritanian"], id="slash"),
        pytest.param("Yemeni (this aka only)", ["Yemeni"], id="note"),
        pytest.param("na", [], id="not available"),
    ],
)
def test_citizenships_are_told_apart(text, expected):
    assert list(texts.citizenships(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Moscow, Russia", [("Moscow", "", "Russia")], id="city and country"),
        pytest.param(
            "a) Solo, Indonesia; b) Kuwait",
            [("Solo", "", "Indonesia"), ("", "", "Kuwait")],
            id="letters",
        ),
        pytest.param("Sverdlovsk", [("Sverdlovsk", "", "")], id="a city is no country"),
        pytest.param(
            "Kandahar Province, Afghanistan.",
            [("", "Kandahar Province", "Afghanistan")],
            id="region",
        ),
        pytest.param("NA", [], id="not available"),
    ],
)
def test_places_are_read_as_far_as_they_are_clear(text, expected):
    assert [(each.city, each.region, each.country) for each in texts.places(text)] == expected


# The real list.


def real(folder, day):
    reading = catalogue.read(
        "au-dfat", open_source(folder / "au-dfat" / day / "regulation8_consolidated.xlsx")
    )
    return reading, catalogue.listings("au-dfat", reading)


@pytest.mark.real_lists
@pytest.mark.parametrize(
    ("day", "form", "blocks", "names", "astray"),
    [
        pytest.param("2024-12-17", "dfat-xlsx-12", 3063, 9553, ["2940j"], id="12 columns"),
        pytest.param("2026-08-02", "dfat-xlsx-19", 3846, 11068, [], id="19 columns"),
    ],
)
def test_every_entry_of_a_real_edition_is_imported_or_named(
    real_lists, day, form, blocks, names, astray
):
    reading, found = real(real_lists, day)
    assert reading.format == form
    assert len(found) == blocks
    assert [each.reference for each in found if isinstance(each, ReportedEntry)] == astray
    imported = [each for each in found if not isinstance(each, ReportedEntry)]
    assert sum(len(json.loads(each.raw)) for each in imported) == names
    findings = gates.examine(
        vocabulary.load("au-dfat").gates,
        found,
        dated=date.fromisoformat(day),
        stated_count=None,
        earlier=None,
    )
    assert findings == gates.Findings()


@pytest.mark.real_lists
def test_the_newer_edition_states_both_measures_of_every_entry(real_lists):
    _, found = real(real_lists, "2026-08-02")
    stated = [dict(each.designations[0].stated) for each in found]
    assert all(len(each) == 2 for each in stated)
    assert sum(each[Measure.ASSET_FREEZE] for each in stated) == 3573
    assert sum(each[Measure.TRAVEL_BAN] for each in stated) == 2505
