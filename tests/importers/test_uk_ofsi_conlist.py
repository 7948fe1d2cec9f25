import csv
import io
import json
import re
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime

import openpyxl
import pytest

from importers import catalogue, gates, vocabulary
from importers.base import FormatProblem, Refused, ReportedEntry
from importers.source import Part, Source, open_source
from importers.uk_ofsi_conlist import COLUMNS, SINCE_2022, UNTIL_2022, read
from registry.domain.designation import Measure
from registry.domain.party import DetailKind, Gender, IdentifierKind, Kind, NameRole, RelationKind

KEY = "uk-ofsi-conlist"
OLD = [column for column in COLUMNS if column not in SINCE_2022]
NEW = [column for column in COLUMNS if column not in UNTIL_2022]
OLD_PERSON = {
    "Name 6": "EXAMPLE",
    "Name 1": "Hassan",
    "Title": "a) General b)Major General",
    "DOB": "00/00/1960",
    "Town of Birth": "(1) Tiaret (2) Maskara",
    "Country of Birth": "(1)-(2) Algeria",
    "Nationality": "1) Algerian 2) Saudi Arabia citizenship",
    "Passport Details": "(1) G827238 (Algerian). Issued on 1 June 1996 (2) Passport no: 563120235",
    "NI Number": "(1) 1136 (Afghan) (tazkira) (2) Italian Fiscal Code SSYBLK62T26Z336L",
    "Position": "(1) Governor (2) Minister",
    "Address 1": "Road 1",
    "Country": "Algeria",
    "Other Information": "UN Ref QI.E.1.02. Reportedly deceased in 2015. Linked to UN Ref QDe.005.",
    "Group Type": "Individual",
    "Alias Type": "Prime Alias",
    "Regime": "Iran (human rights)",
    "Listed On": "14/04/2011",
    "Last Updated": "31/05/2013",
    "Group ID": "10001",
}
NEW_ENTITY = {
    "Name 6": "EXAMPLE TRADING",
    "Other Information": (
        "(UK Sanctions List Ref):RUS9999. Financial sanctions imposed in addition to an asset "
        "freeze: Trust services. Date trust services sanctions imposed: 21/03/2023. A remark. "
        "(UK Statement of Reasons):Supplies an example (1) here and (2) there. "
        "(Phone number):(1) +7 1 (2) +7 2 (Website):example.org (Email address):a@example.org "
        "(Type of entity):Company (Subsidiaries):One; Two (Parent company):Example Holding "
        "(Business Reg No):(1) OGRN – 1125261000040 (2) INN – 5261079332"
    ),
    "Group Type": "Entity",
    "Alias Type": "Primary name",
    "Regime": "Russia",
    "Listed On": "24/02/2022",
    "UK Sanctions List Date Designated": "24/02/2022",
    "Last Updated": "21/03/2023",
    "Group ID": "20001",
}
NEW_PERSON = NEW_ENTITY | {
    "Name 1": "Ivan",
    "Name 6": "EXAMPLE",
    "Name Non-Latin Script": "Иван Пример",
    "Non-Latin Script Type": "Cyrillic",
    "Non-Latin Script Language": "Russian",
    "Passport Number": "(1) A-333602. (2) - (3) B1234567",
    "Passport Details": "(1) Expires 1 May 2030 (2) - (3) Cyprus",
    "National Identification Number": "770200946783",
    "National Identification Details": "Russia INN",
    "Other Information": "(UK Sanctions List Ref):RUS9998. (UN Ref):QDi.001. In custody. "
    "(Gender):Female",
    "Group Type": "Individual",
    "Group ID": "20002",
}


def table(*entries, columns=NEW, dated="10/04/2025", encoding="cp1252"):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["Last Updated", dated, *[""] * (len(columns) - 2)])
    writer.writerow(columns)
    writer.writerows([entry.get(column, "") for column in columns] for entry in entries)
    content = text.getvalue().encode(encoding)
    return Source("ConList.csv", (Part("ConList.csv", content),))


def workbook(*entries, dated="10/04/2025"):
    book = openpyxl.Workbook()
    book.active.append(["Last Updated", dated])
    book.active.append(NEW)
    for entry in entries:
        book.active.append([entry.get(column) for column in NEW])
    content = io.BytesIO()
    book.save(content)
    return Source("ConList.xlsx", (Part("ConList.xlsx", content.getvalue()),))


def listings(source):
    return catalogue.listings(KEY, read(source))


def only(source):
    (listing,) = listings(source)
    return listing


def identifiers(listing):
    return [(each.kind, each.value) for each in listing.party.identifiers]


def test_a_row_of_29_columns_is_kept_with_every_fact():
    listing = only(table(OLD_PERSON, columns=OLD, dated="13/04/2018"))
    party = listing.party
    assert (listing.reference, listing.line) == ("10001", 3)
    assert (party.kind, party.name) == (Kind.PERSON, "Hassan EXAMPLE")
    assert party.titles == ("General", "Major General")
    assert party.functions == ("Governor", "Minister")
    assert [str(each) for each in party.birth_dates] == ["1960"]
    assert [each.raw for each in party.birth_places] == ["Tiaret, Algeria", "Maskara, Algeria"]
    assert [each.code for each in party.nationalities] == ["DZ"]
    assert [each.code for each in party.citizenships] == ["SA"]
    assert identifiers(listing) == [
        (IdentifierKind.OFSI_GROUP_ID, "10001"),
        (IdentifierKind.UN_REFERENCE, "QI.E.1.02"),
        (IdentifierKind.PASSPORT, "G827238"),
        (IdentifierKind.PASSPORT, "563120235"),
        (IdentifierKind.NATIONAL_ID, "1136"),
        (IdentifierKind.TAX, "SSYBLK62T26Z336L"),
    ]
    assert [(each.kind, each.value) for each in party.details] == [
        (DetailKind.DECEASED, "Reportedly deceased in 2015")
    ]
    (designation,) = listing.designations
    assert designation.listed_on == date(2011, 4, 14)
    assert designation.amended_on == date(2013, 5, 31)


def test_sections_of_other_information_become_fields():
    listing = only(table(NEW_ENTITY))
    party = listing.party
    assert identifiers(listing) == [
        (IdentifierKind.OFSI_GROUP_ID, "20001"),
        (IdentifierKind.OTHER, "RUS9999"),
        (IdentifierKind.REGISTRATION, "1125261000040"),
        (IdentifierKind.TAX, "5261079332"),
    ]
    assert [(each.kind, each.value) for each in party.details] == [
        (DetailKind.PHONE, "+7 1"),
        (DetailKind.PHONE, "+7 2"),
        (DetailKind.WEBSITE, "example.org"),
        (DetailKind.EMAIL, "a@example.org"),
        (DetailKind.ENTITY_TYPE, "Company"),
        (DetailKind.OTHER, "24/02/2022"),
    ]
    assert [(each.kind, each.other) for each in party.relations] == [
        (RelationKind.SUBSIDIARY_OF, "Example Holding"),
        (RelationKind.PARENT_OF, "One"),
        (RelationKind.PARENT_OF, "Two"),
    ]
    (designation,) = listing.designations
    assert designation.reason == "Supplies an example (1) here and (2) there."
    assert designation.other_measures == ("Trust services",)
    assert party.remarks[0].endswith("A remark.")


def test_a_workbook_gives_the_listings_of_the_table():
    from_table, from_workbook = (
        [replace(each, raw="") for each in listings(source)]
        for source in (
            table(NEW_ENTITY, NEW_PERSON, encoding="utf-8"),
            workbook(NEW_ENTITY, NEW_PERSON),
        )
    )
    assert from_workbook == from_table


def test_a_workbook_may_hold_dates_and_numbers_as_such():
    typed = NEW_PERSON | {"Group ID": 20002.0, "DOB": datetime(1970, 2, 1), "Passport Number": 123}  # noqa: DTZ001
    listing = only(workbook(typed, dated=datetime(2025, 4, 10)))  # noqa: DTZ001
    assert listing.reference == "20002"
    assert listing.party.birth_dates[0].first == date(1970, 2, 1)
    assert (IdentifierKind.PASSPORT, "123") in identifiers(listing)


def test_numbered_documents_keep_their_own_notes():
    listing = only(workbook(NEW_PERSON))
    passports = [each for each in listing.party.identifiers if each.label == "Passport"]
    assert [(each.value, each.expires) for each in passports] == [
        ("A-333602", "1 May 2030"),
        ("B1234567", ""),
    ]
    assert passports[1].country.code == "CY"
    assert (IdentifierKind.TAX, "770200946783") in identifiers(listing)
    assert (IdentifierKind.UN_REFERENCE, "QDi.001") in identifiers(listing)
    assert listing.party.genders == (Gender.FEMALE,)
    assert listing.party.remarks == ("In custody.",)


def test_a_note_without_number_is_not_dropped():
    listing = only(
        workbook(
            NEW_PERSON
            | {"Passport Number": "", "Passport Details": "Passport lost in 2010"}
            | {"National Identification Number": ""}
            | {"National Identification Details": "OGRN 1023901012189 TIN 3906036812"}
        )
    )
    assert identifiers(listing)[3:] == [
        (IdentifierKind.PASSPORT, "Passport lost in 2010"),
        (IdentifierKind.REGISTRATION, "1023901012189"),
        (IdentifierKind.TAX, "3906036812"),
    ]


def test_rows_of_one_group_lie_apart_and_are_one_listing():
    alias = NEW_ENTITY | {"Name 6": "EXTRA", "Alias Type": "AKA", "Alias Quality": "Low quality"}
    former = NEW_ENTITY | {"Name 6": "FORMER EXAMPLE", "Alias Type": "FKA"}
    group, _other = listings(table(alias, NEW_PERSON, NEW_ENTITY, former, encoding="utf-8"))
    assert [(name.full, name.role) for name in group.party.names] == [
        ("EXTRA", NameRole.WEAK_ALIAS),
        ("EXAMPLE TRADING", NameRole.PRIMARY),
        ("FORMER EXAMPLE", NameRole.FORMER),
    ]
    assert group.party.name == "EXAMPLE TRADING"
    assert len(json.loads(group.raw)["rows"]) == 3


def test_a_group_under_two_regimes_has_two_designations():
    second = OLD_PERSON | {"Regime": "Syria", "Listed On": "24/06/2011"}
    listing = only(table(OLD_PERSON, second, columns=OLD))
    assert [(each.code, each.listed_on) for each in listing.designations] == [
        ("Iran (human rights)", date(2011, 4, 14)),
        ("Syria", date(2011, 6, 24)),
    ]


def test_presence_on_the_list_states_an_asset_freeze_and_nothing_of_travel():
    (designation,) = only(table(NEW_ENTITY)).designations
    assert designation.stated == ((Measure.ASSET_FREEZE, True),)


def test_a_reference_to_another_partys_entry_is_not_this_ones():
    ship = NEW_ENTITY | {
        "Other Information": "(UK Sanctions List Ref):DPR0100. Asset of Example Shipping "
        "(OFSI ID: 13635, UN Reference Number: UN Ref KPe.064) (IMO number):7408873",
        "Group Type": "Ship",
    }
    listing = only(table(ship))
    assert identifiers(listing) == [
        (IdentifierKind.OFSI_GROUP_ID, "20001"),
        (IdentifierKind.OTHER, "DPR0100"),
        (IdentifierKind.IMO, "7408873"),
    ]


@pytest.mark.parametrize(
    ("remark", "found"),
    [
        ("UN Ref TAi.002. Uncle of one.", "TAi.002"),
        ("UN REF:QE.A.146.14. Active.", "QE.A.146.14"),
        ("Annex XIII. UN listing. UN Ref.KPI.067.", "KPi.067"),
        ("UN Reference KPi.041. Director.", "KPi.041"),
        ("UN Ref E.29.II.9. Owned by one.", "E.29.II.9"),
    ],
)
def test_the_un_reference_of_the_older_table_is_read_from_its_remark(remark, found):
    listing = only(table(OLD_PERSON | {"Other Information": remark}, columns=OLD))
    assert (IdentifierKind.UN_REFERENCE, found) in identifiers(listing)


def test_a_ship_of_the_older_table_has_its_numbers_in_the_remark():
    remark = "IMO: 8628597. MMSI: 341985000. A vessel of an annex."
    listing = only(table(OLD_PERSON | {"Other Information": remark}, columns=OLD))
    assert (IdentifierKind.IMO, "8628597") in identifiers(listing)
    assert (IdentifierKind.MMSI, "341985000") in identifiers(listing)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_the_table_is_read_in_the_encodings_it_had(encoding):
    source = table(NEW_ENTITY | {"Name 6": "SOCIÉTÉ D’EXEMPLE"}, encoding=encoding)
    assert only(source).party.name == "SOCIÉTÉ D’EXEMPLE"


@pytest.mark.parametrize("dated", ["29/01/2026", "01/09/2026"])
def test_a_file_dated_after_the_list_was_closed_is_refused(dated):
    with pytest.raises(Refused, match=r"OFSI closed this list on 28 January 2026.*uk-sanctions"):
        read(table(NEW_ENTITY, dated=dated))


def test_the_last_file_of_the_list_is_history_that_is_read():
    assert read(table(NEW_ENTITY, dated="28/01/2026")).published_on == date(2026, 1, 28)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"Report Date: 29-Apr-2026\r\nUnique ID\r\n", "import it as uk-sanctions-list"),
        (b"<Designations><DateGenerated/></Designations>", "import it as uk-sanctions-list"),
        (b"<ArrayOfFinancialSanctionsTarget/>", "Give OFSI's ConList.csv"),
        (b"Name 6,Name 1\r\nEXAMPLE,\r\n", 'begins with "Name 6"'),
        (b"<html><p>Not found</p></html>", "Give OFSI's ConList.csv"),
    ],
)
def test_what_is_no_edition_of_this_list_is_refused(content, why):
    with pytest.raises(Refused, match=re.compile(why, re.IGNORECASE)):
        read(Source("file", (Part("file", content),)))


def test_another_lists_workbook_is_refused():
    book = openpyxl.Workbook()
    book.active.append(["Reference", "Name of Individual or Entity"])
    content = io.BytesIO()
    book.save(content)
    with pytest.raises(Refused, match='begins with "Reference"'):
        read(Source("list.xlsx", (Part("list.xlsx", content.getvalue()),)))


@pytest.mark.parametrize(
    ("source", "alarm"),
    [
        (table(NEW_ENTITY, columns=[*NEW, "Wealth"]), "'Wealth' is not known"),
        (table(NEW_ENTITY, columns=NEW[:-1]), r"\['Last Updated'\] are gone"),
        (table(NEW_ENTITY, dated="yesterday"), "'yesterday' can not be read"),
    ],
    ids=["a new column", "a column that is gone", "no date"],
)
def test_a_broken_assumption_about_the_format_stops_the_edition(source, alarm):
    with pytest.raises(FormatProblem, match=alarm):
        listings(source)


def test_a_group_of_two_kinds_is_reported_by_itself():
    bad, good = listings(
        table(NEW_ENTITY, NEW_ENTITY | {"Group Type": "Ship"}, NEW_PERSON, encoding="utf-8")
    )
    assert isinstance(bad, ReportedEntry)
    assert "'Group Type' differs within 20001" in bad.reason
    assert good.reference == "20002"


# Real editions

REAL = {
    "2018-04-13/ConList.csv": ("CSV", date(2018, 4, 13), 2106, 9487),
    "2025-04-10/ConList.xlsx": ("XLSX", date(2025, 4, 10), 4686, 18796),
}
DATES = {"Listed On", "Last Updated", "UK Sanctions List Date Designated"}
READ_AS_OTHER_WORDS = {"Group Type", "Alias Type", "Non-Latin Script Type", *DATES}
# Marks of numbered lists, labels of sections and of numbers.
DISCARDED = set("abcdefghijklm") | {str(number) for number in range(1, 30)}
LABELS = {
    "Passport Details": {"passport", "no", "number", "numbers", "nos"},
    "NI Number": {"no", "number", "numbers", "card", "nr", "passport"},
    "National Identification Number": {"number"},
    "National Identification Details": {"numbers"},
    "Nationality": {"citizenship"},
    "Other Information": {
        *("ref", "un", "uk", "statement", "of", "reasons", "gender", "male", "female", "owners"),
        *("business", "reg", "no", "number", "imo", "current", "previous", "flags", "flag"),
        *("identification", "tin", "srn", "code"),  # a label beside another label
        *("email", "year", "built", "list", "sanctions", "company", "subsidiaries", "mmsi"),
    },
}


@pytest.mark.real_lists
@pytest.mark.parametrize("path", REAL)
def test_a_real_edition_gives_the_counts_of_an_independent_parse(real_lists, path):
    form, published_on, groups, rows = REAL[path]
    reading = read(open_source(real_lists / KEY / path))
    found = catalogue.listings(KEY, reading)
    assert (reading.format, reading.published_on) == (form, published_on)
    assert not [each for each in found if isinstance(each, ReportedEntry)]
    assert len({each.key for each in found}) == len(found) == groups
    assert sum(len(json.loads(each.raw)["rows"]) for each in found) == rows
    assert {each.raw for one in found for each in one.party.birth_dates if not each.first} == set()
    findings = gates.examine(
        vocabulary.load(KEY).gates, found, dated=published_on, stated_count=None, earlier=None
    )
    assert findings == gates.Findings()


@pytest.mark.real_lists
@pytest.mark.parametrize("path", REAL)
def test_no_word_that_a_real_group_states_is_dropped(real_lists, path):
    dropped = []
    for listing in listings(open_source(real_lists / KEY / path)):
        kept = set(words(" ".join(texts(replace(listing, raw="")))))
        content = json.loads(listing.raw)
        cells = {(column, value) for column, value in content["same"].items()}
        cells |= {
            (column, row[place])
            for place, column in enumerate(content["columns"])
            for row in content["rows"]
        }
        for column, value in cells:
            if column not in READ_AS_OTHER_WORDS:
                lost = set(words(value)) - kept - DISCARDED - LABELS.get(column, set())
                dropped.extend((listing.reference, column, word) for word in lost)
    assert dropped == []


@pytest.mark.real_lists
def test_the_two_lists_of_the_uk_meet_by_the_ofsi_group_id(real_lists):
    """The retired list's references stand on the list that took its place."""
    path = real_lists / "uk-sanctions-list/2026-05-12-rebuilt/UK-Sanctions-List.xml"
    key = "uk-sanctions-list"
    numbers = {
        each.value: listing.reference
        for listing in catalogue.listings(key, catalogue.read(key, open_source(path)))
        for each in listing.party.identifiers
        if each.kind is IdentifierKind.OFSI_GROUP_ID
    }
    retired = listings(open_source(real_lists / KEY / "2025-04-10/ConList.xlsx"))
    met = [each for each in retired if each.reference in numbers]
    agreeing = [
        each
        for each in met
        if numbers[each.reference] in {found.value for found in each.party.identifiers}
    ]
    assert len(met) > 4000
    assert len(agreeing) > 0.98 * len(met)


def texts(value):
    if is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for each in value:
            yield from texts(each)
    elif value is not None:
        yield str(value)


def words(text):
    return re.findall(r"[^\W\d_]+|\d+", text.casefold())
