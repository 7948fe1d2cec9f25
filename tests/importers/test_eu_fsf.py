import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from importers import catalogue, eu_csv, eu_xml, gates, normalise, vocabulary
from importers.base import FormatProblem, ParsedEntry, Refused, ReportedEntry
from importers.eu_entity import parsed
from importers.eu_fsf import MEASURE, read
from importers.source import Part, Source, open_source
from registry.domain.designation import DateBasis, Designation, Listing, Measure
from registry.domain.partial_date import Calendar
from registry.domain.party import DetailKind, Gender, IdentifierKind, Kind, NameRole
from tests.importers.stated_words import said, words

KEY = "eu-fsf"
REGULATION = """
<regulation regulationType="amendment" organisationType="council" publicationDate="2024-05-27"
  entryIntoForceDate="2022-04-08" numberTitle="2022/581 (OJ L110)" programme="UKR" logicalId="9">
  <publicationUrl>https://example.org/act</publicationUrl></regulation>"""
PERSON = '<subjectType code="person" classificationCode="P"/>'
ENTERPRISE = '<subjectType code="enterprise" classificationCode="E"/>'


def name(whole: str, number: int = 1, remark: str = "", **fields: str) -> str:
    stated = "".join(f' {field}="{value}"' for field, value in fields.items())
    inside = f"<remark>{remark}</remark>" if remark else ""
    return (
        f'<nameAlias wholeName="{whole}" strong="true" logicalId="{number}"{stated}>{inside}'
        '<regulationSummary numberTitle="1/2020" publicationDate="2020-01-01"/></nameAlias>'
    )


def entity(*inside: str, reference: str = "EU.1.23", number: int = 507, own: str = "") -> str:
    return (
        f'<sanctionEntity euReferenceNumber="{reference}" logicalId="{number}" {own}>'
        f"{''.join(inside)}</sanctionEntity>"
    )


def fillers(regulation: str = REGULATION) -> list[str]:
    return [
        entity(regulation, ENTERPRISE, name(f"Filler {n}"), reference=f"EU.9.{n}", number=9000 + n)
        for n in range(5)
    ]


def file(*entities: str, root: str = "") -> Source:
    root = root or 'generationDate="2026-06-05T10:00:00.000+02:00" globalFileId="1"'
    text = f'<export xmlns="{eu_xml.NAMESPACE}" {root}>{"".join(entities)}</export>'
    return Source("list.xml", (Part("list.xml", text.encode()),))


def listed(*inside: str, own: str = "") -> Listing:
    source = file(entity(*inside, own=own), *fillers())
    first = catalogue.listings(KEY, catalogue.read(KEY, source))[0]
    assert isinstance(first, Listing), first
    return first


def designation(*inside: str, own: str = "") -> Designation:
    return listed(*inside, own=own).designations[0]


def test_presence_on_the_list_states_an_asset_freeze_and_says_nothing_of_travel() -> None:
    found = designation(REGULATION, PERSON, name("A B"))
    assert found.stated == ((Measure.ASSET_FREEZE, True),)
    assert (found.code, found.act) == ("UKR", "2022/581 (OJ L110)")
    assert found.authority == "Council of the EU"
    assert found.source_url == "https://example.org/act"


def test_an_entry_that_waits_for_an_act_of_the_eu_states_no_freeze() -> None:
    waiting = REGULATION.replace('"UKR"', '"UNLI"').replace('"council"', '"un"')
    found = designation(waiting, PERSON, name("A B"))
    assert (found.code, found.stated) == ("UNLI", ())


def test_the_publication_of_an_amendment_is_not_the_date_of_designation() -> None:
    stated = designation(REGULATION, PERSON, name("A"), own='designationDate="2022-04-07"')
    assert (stated.listed_on, stated.date_basis) == (date(2022, 4, 7), DateBasis.STATED)
    assert stated.amended_on == date(2024, 5, 27)
    unstated = designation(REGULATION, PERSON, name("A"))
    assert (unstated.listed_on, unstated.date_basis) == (
        date(2022, 4, 8),
        DateBasis.ENTRY_INTO_FORCE,
    )


def test_a_first_act_amends_nothing() -> None:
    first = REGULATION.replace('"amendment"', '"regulation"')
    assert designation(first, PERSON, name("A")).amended_on is None


def test_each_regulation_is_a_designation_of_its_own() -> None:
    other = REGULATION.replace('"UKR"', '"BLR"')
    found = listed(REGULATION, other, PERSON, name("A"))
    assert [each.code for each in found.designations] == ["UKR", "BLR"]


def test_an_entry_without_regulation_has_an_unknown_programme_and_its_measure() -> None:
    found = designation(PERSON, name("A"))
    assert (found.code, found.listed_on) == ("", None)
    assert found.stated == ((Measure.ASSET_FREEZE, True),)


def roles(found: Listing) -> list[tuple[str, NameRole]]:
    return [(each.full, each.role) for each in found.party.names]


def test_the_primary_name_is_the_one_entered_first_whatever_the_order_of_the_file() -> None:
    found = listed(
        REGULATION,
        PERSON,
        name("Jevgenij Ditrich", 50, nameLanguage="SV"),
        name("Yevgeniy Dietrich", 9, nameLanguage="EN"),
        name("Евгений ДИТРИХ", 6, nameLanguage="RU"),
        name("Yevgeny Ditrikh", 8, nameLanguage="EN"),
    )
    assert roles(found) == [
        ("Yevgeny Ditrikh", NameRole.PRIMARY),
        ("Евгений ДИТРИХ", NameRole.VARIATION),
        ("Yevgeniy Dietrich", NameRole.ALIAS),
        ("Jevgenij Ditrich", NameRole.VARIATION),
    ]


@pytest.mark.parametrize(
    ("names", "primary"),
    [
        pytest.param((name("Абу", 1), name("Abu", 2)), "Abu", id="Latin before another script"),
        pytest.param(
            (name("Abou", 1, nameLanguage="FR"), name("Abu", 2)), "Abu", id="no language first"
        ),
        pytest.param(
            (name("Abu X", 1, "low quality"), name("Real Y", 2)), "Real Y", id="never a weak one"
        ),
        pytest.param(
            (name("Abu X", 1), name("Real Y", 2, firstName="Real", lastName="Y")),
            "Real Y",
            id="one with parts before a war name",
        ),
        pytest.param((name("Néstor", 1, nameLanguage="ES"),), "Néstor", id="the only one"),
        pytest.param((name("Брат", 1, nameLanguage="RU"),), "Брат", id="the only one, not Latin"),
    ],
)
def test_the_primary_name_is_the_likeliest_one(names: tuple[str, ...], primary: str) -> None:
    found = listed(REGULATION, PERSON, *names)
    assert found.party.names[0].full == primary
    assert found.party.names[0].role is NameRole.PRIMARY
    assert [each.role for each in found.party.names].count(NameRole.PRIMARY) == 1


@pytest.mark.parametrize(
    ("remark", "role", "quality"),
    [
        pytest.param("Low quality a.k.a.", NameRole.WEAK_ALIAS, "Low quality", id="as meant"),
        pytest.param("(lo quality alias)", NameRole.WEAK_ALIAS, "lo quality", id="misspelt low"),
        pytest.param("Good quality a.k.a.", NameRole.ALIAS, "Good quality", id="good"),
        pytest.param("god quality", NameRole.ALIAS, "god quality", id="misspelt good"),
        pytest.param("formerly known as", NameRole.FORMER, "", id="a former name"),
        pytest.param("f.k.a.", NameRole.FORMER, "", id="a former name, short"),
        pytest.param("Former President of the region", NameRole.ALIAS, "", id="a former office"),
        pytest.param("", NameRole.ALIAS, "", id="silence is not strong"),
    ],
)
def test_the_quality_of_a_name_is_read_from_its_remark(
    remark: str, role: NameRole, quality: str
) -> None:
    found = listed(REGULATION, PERSON, name("Main", 1), name("Other", 2, remark))
    other = found.party.names[1]
    assert (other.role, other.quality, other.note) == (role, quality, remark)


def test_a_name_that_the_file_calls_not_strong_is_weak() -> None:
    weak = name("Other", 2).replace('strong="true"', 'strong="false"')
    found = listed(REGULATION, PERSON, name("Main", 1), weak)
    assert found.party.names[1].role is NameRole.WEAK_ALIAS


def test_parts_function_gender_and_title_of_a_name_are_kept() -> None:
    found = listed(
        REGULATION,
        PERSON,
        name(
            "Ivan I. IVANOV",
            firstName="Ivan",
            middleName="I.",
            lastName="IVANOV",
            function="(a) one, (b) two",
            gender="M",
            title="Colonel",
        ),
    )
    (primary,) = found.party.names
    assert [(part.kind.value, part.value) for part in primary.parts] == [
        ("given", "Ivan"),
        ("middle", "I."),
        ("family", "IVANOV"),
    ]
    assert found.party.functions == ("(a) one, (b) two",)
    assert (found.party.genders, found.party.titles) == ((Gender.MALE,), ("Colonel",))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param('birthdate="1960-04-10" year="1960"', ["10 April 1960"], id="a day"),
        pytest.param('year="1965"', ["1965"], id="a year"),
        pytest.param('year="1965" monthOfYear="3"', ["March 1965"], id="a month"),
        pytest.param('year="1965" circa="true"', ["circa 1965"], id="circa"),
        pytest.param('yearRangeFrom="1958" yearRangeTo="1960"', ["1958 to 1960"], id="a range"),
        pytest.param('yearRangeFrom="1958"', ["1958"], id="a range with one end"),
        pytest.param('dayOfMonth="5" monthOfYear="3"', ["--03-05"], id="no year: kept unread"),
        pytest.param(
            'birthdate="1982-04-19" dayOfMonth="24" monthOfYear="6" year="1402" '
            'calendarType="ISLAMIC"',
            ["19 April 1982", "1981 to 1982"],
            id="Islamic, with the list's conversion",
        ),
        pytest.param(
            'year="1343" calendarType="ISLAMIC" countryIso2Code="IR"',
            ["1964 to 1965"],
            id="Iranian years are solar",
        ),
        pytest.param('city="Minsk"', [], id="a place only"),
    ],
)
def test_dates_of_birth_say_what_is_stated(fields: str, expected: list[str]) -> None:
    found = listed(REGULATION, PERSON, name("A"), f"<birthdate {fields}/>")
    assert [str(each) for each in found.party.birth_dates] == expected
    if "ISLAMIC" in fields:
        assert found.party.birth_dates[-1].calendar is Calendar.ISLAMIC


def test_an_unknown_country_is_no_country() -> None:
    unknown = 'countryIso2Code="00" countryDescription="UNKNOWN"'
    found = listed(
        REGULATION,
        PERSON,
        name("A"),
        f'<birthdate city="Baghdad" year="1965" {unknown}/>',
        f"<birthdate {unknown}/>",
        f"<address {unknown}><remark>on the run</remark></address>",
        f"<citizenship {unknown}/>",
        '<citizenship countryIso2Code="IQ" countryDescription="IRAQ"/>',
    )
    (place,) = found.party.birth_places
    assert (place.raw, place.country) == ("Baghdad", None)
    assert found.party.addresses == ()
    assert found.party.remarks == ("on the run",)
    assert [each.code for each in found.party.citizenships] == ["IQ"]
    assert found.party.nationalities == ()


def test_an_address_keeps_its_lines_remark_and_contacts() -> None:
    found = listed(
        REGULATION,
        ENTERPRISE,
        name("A"),
        '<address street="1 Example St" poBox="7" zipCode="115184" city="Moscow" region="R" '
        'asAtListingTime="true" countryIso2Code="RU" countryDescription="RUSSIAN FEDERATION">'
        '<remark>head office</remark><contactInfo key="PHONE" value="+7 1"/>'
        '<contactInfo key="WEB" value="example.org"/></address>',
    )
    (address,) = found.party.addresses
    assert address.raw == (
        "1 Example St, 7, 115184, Moscow, R, RUSSIAN FEDERATION "
        "(head office; as at the time of listing)"
    )
    assert (address.city, address.postcode) == ("Moscow", "115184")
    assert address.country is not None
    assert address.country.code == "RU"
    assert [
        (each.kind, each.value) for each in found.party.details if each.label != "logicalId"
    ] == [(DetailKind.PHONE, "+7 1"), (DetailKind.WEBSITE, "example.org")]


def test_a_document_keeps_its_type_dates_flags_and_remark() -> None:
    found = listed(
        REGULATION,
        PERSON,
        name("A"),
        '<identification number="AD1" identificationTypeCode="passport" latinNumber="AD-1" '
        'knownFalse="true" reportedLost="true" knownExpired="false" issuedBy="Harare" '
        'issueDate="2010-01-01" validTo="2020-01-01" nameOnDocument="B" countryIso2Code="ZW" '
        'countryDescription="ZIMBABWE"><remark>(diplomatic)</remark></identification>',
    )
    (document,) = found.party.identifiers
    assert (document.kind, document.value) == (IdentifierKind.PASSPORT, "AD1")
    assert (document.issued, document.expires) == ("2010-01-01", "2020-01-01")
    assert document.note == (
        "known to be false; reported lost; issued by: Harare; name on document: B; "
        "also written: AD-1; (diplomatic)"
    )


def test_a_dash_is_not_a_number() -> None:
    found = listed(
        REGULATION,
        ENTERPRISE,
        name("A"),
        '<identification number="-" identificationTypeCode="regnumber"/>',
    )
    assert found.party.identifiers == ()
    assert found.party.remarks == ("regnumber: -",)


def test_the_un_reference_joins_the_lists() -> None:
    found = listed(REGULATION, PERSON, name("A"), own='unitedNationId="QDi.43"')
    (reference,) = found.party.identifiers
    assert (reference.kind, reference.value) == (IdentifierKind.UN_REFERENCE, "QDi.043")


def test_remarks_and_details_of_the_designation_are_kept_apart() -> None:
    found = listed(
        "<remark>First remark.</remark><remark>Died in 2003</remark>",
        REGULATION,
        PERSON,
        name("A"),
        own='designationDetails="(1.2.2010, suspended since 2016)"',
    )
    assert found.party.remarks == ("First remark.", "Died in 2003")
    assert [(each.kind, each.label, each.value) for each in found.party.details] == [
        (DetailKind.OTHER, "designation details", "(1.2.2010, suspended since 2016)"),
        (DetailKind.OTHER, "logicalId", "507"),
        (DetailKind.DECEASED, "Deceased", "Died in 2003"),
    ]


def test_the_logical_id_is_the_reference_where_there_is_no_other() -> None:
    bare = entity(REGULATION, PERSON, name("A")).replace('euReferenceNumber="EU.1.23"', "")
    first = catalogue.listings(KEY, read(file(bare, *fillers())))[0]
    assert isinstance(first, Listing)
    assert (first.reference, first.key) == ("507", "eu-fsf:507")


def test_an_entity_without_a_subject_type_is_of_unknown_kind() -> None:
    assert listed(REGULATION, name("A")).party.kind is Kind.UNKNOWN


def test_an_entry_that_is_stated_to_be_delisted_is_reported_not_imported() -> None:
    gone = entity(REGULATION, PERSON, name("A"), own='delistingDate="2025-01-01"')
    first = catalogue.listings(KEY, read(file(gone, *fillers())))[0]
    assert isinstance(first, ReportedEntry)
    assert "delisted on 2025-01-01" in first.reason


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param(name("A", newField="x"), id="an attribute"),
        pytest.param("<newPart/>", id="an element"),
        pytest.param(name("A").replace("</nameAlias>", "<new/></nameAlias>"), id="further down"),
        pytest.param('<contactInfo key="WEB" value="x" more="y"/>', id="more on a known one"),
    ],
)
def test_a_part_that_is_not_known_stops_the_edition(inside: str) -> None:
    source = file(entity(REGULATION, PERSON, name("A"), inside), *fillers())
    with pytest.raises(FormatProblem, match=r"list\.xml, line \d"):
        catalogue.listings(KEY, read(source))


def test_the_date_of_the_edition_is_that_of_its_generation() -> None:
    assert read(file(*fillers())).published_on == date(2026, 6, 5)


BAN = REGULATION.replace('programme="UKR"', "").replace(
    "2022/581 (OJ L110)", "Council Decision (CFSP) 2022/582 of 8 April 2022"
)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        pytest.param(file(*fillers(BAN)), "eu-travel-bans", id="a travel-ban file"),
        pytest.param(
            file(*fillers(BAN.replace("<regulation ", '<regulation programme="OTHER" '))),
            "eu-travel-bans",
            id="a travel-ban file with another programme",
        ),
        pytest.param(file(*fillers()[:2]), "2 entities: a piece", id="an excerpt"),
        pytest.param(
            file(*fillers(), root='globalFileId="1"'), "no date of generation", id="trimmed"
        ),
        pytest.param(
            file(*(each.replace("enterprise", "person") for each in fillers(""))),
            "nothing shows",
            id="neither programme nor enterprise",
        ),
        pytest.param(
            Source("x", (Part("x", b"<html><body>Error 500</body></html>"),)),
            "neither EU XML",
            id="a web page",
        ),
        pytest.param(
            Source("x", (Part("a", b"<export/>"), Part("b", b"<export/>"))), "2 files", id="two"
        ),
    ],
)
def test_what_is_no_edition_of_this_list_is_refused(source: Source, why: str) -> None:
    with pytest.raises(Refused, match=why):
        read(source)


# CSV


def rows(*given: dict[str, str]) -> Source:
    columns = [*eu_csv.FIRST_COLUMNS[:1], *eu_csv.OWN, *eu_csv.KINDS, "Entity_Remark", *eu_csv.ACT]
    for section, (_kind, names) in eu_csv.SECTIONS.items():
        columns += [f"{section}_{each}" for each in names]
        columns += [f"{section}_Regulation_{each}" for each in eu_csv.ACT_COLUMNS]
    text = io.StringIO()
    table = csv.DictWriter(text, columns, restval="", delimiter=";", lineterminator="\r\n")
    table.writeheader()
    table.writerows({"fileGenerationDate": "05/08/2026", **row} for row in given)
    return Source("list.csv", (Part("list.csv", text.getvalue().encode("utf-8-sig")),))


def head(number: int = 13, **more: str) -> dict[str, str]:
    return {
        "Entity_LogicalId": str(number),
        "Entity_EU_ReferenceNumber": f"EU.{number}.1",
        "Entity_SubjectType": "P",
        "Entity_SubjectType_ClassificationCode": "person",
        "Entity_Regulation_Type": "regulation",
        "Entity_Regulation_OrganisationType": "commission",
        "Entity_Regulation_EntryIntoForceDate": "2003-07-07",
        "Entity_Regulation_NumberTitle": "1210/2003 (OJ L169)",
        "Entity_Regulation_Programme": "IRQ",
        **more,
    }


def named(number: int = 13, whole: str = "A B", **more: str) -> dict[str, str]:
    return head(number, NameAlias_WholeName=whole, NameAlias_LogicalId=str(number), **more)


def from_csv(*given: dict[str, str]) -> Listing:
    source = rows(*given, *(named(100 + n) for n in range(5)))
    first = catalogue.listings(KEY, catalogue.read(KEY, source))[0]
    assert isinstance(first, Listing), first
    return first


def test_the_rows_of_an_entity_are_one_listing_even_if_they_are_apart() -> None:
    found = catalogue.listings(
        KEY,
        read(
            rows(
                named(13, "First"),
                *(named(100 + n) for n in range(5)),
                head(13, BirthDate_Year="1937", BirthDate_LogicalId="14", BirthDate_City="Tikrit"),
                head(13, Citizenship_CountryIso2Code="IQ", Citizenship_CountryDescription="IRAQ"),
            )
        ),
    )
    assert len(found) == 6
    first = found[0]
    assert isinstance(first, Listing)
    assert (first.reference, first.line, first.party.kind) == ("EU.13.1", 2, Kind.PERSON)
    assert [str(each) for each in first.party.birth_dates] == ["1937"]
    assert [each.code for each in first.party.citizenships] == ["IQ"]


def test_each_birth_date_of_the_csv_keeps_its_own_place() -> None:
    found = from_csv(
        named(),
        head(BirthDate_Year="1965", BirthDate_LogicalId="2", BirthDate_City="Baghdad"),
        head(BirthDate_Year="1966", BirthDate_LogicalId="3", BirthDate_City="Mosul"),
    )
    assert [str(each) for each in found.party.birth_dates] == ["1965", "1966"]
    assert [each.city for each in found.party.birth_places] == ["Baghdad", "Mosul"]


def test_a_remark_of_the_csv_loses_the_brackets_put_around_it() -> None:
    assert eu_csv.unwrapped("(UNSC RESOLUTION 1483)") == ["UNSC RESOLUTION 1483"]
    assert eu_csv.unwrapped("((a) one, (b) two)") == ["(a) one, (b) two"]
    assert eu_csv.unwrapped("(one) (two)") == ["one", "two"]
    assert eu_csv.unwrapped("(a) one. b) two.)") == ["a) one. b) two."]
    assert eu_csv.unwrapped("none around it") == ["none around it"]
    assert eu_csv.unwrapped("") == []


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        pytest.param('JSC "Typhoon', 'JSC "Typhoon', id="a bare quote inside"),
        pytest.param('"Typhoon" JSC', '"Typhoon" JSC', id="bare quotes at the start"),
        pytest.param('"JSC ""Typhoon"""', 'JSC "Typhoon"', id="quoted as it should be"),
        pytest.param('"one; two"', "one; two", id="the delimiter in quotes"),
        pytest.param('"one\ntwo"', "one two", id="a line break in quotes"),
        pytest.param("one\ntwo", "one two", id="a bare line break"),
        pytest.param(r"one\ntwo", "one two", id="a written line break"),
    ],
)
def test_quotes_and_line_breaks_of_the_csv_swallow_nothing(written: str, read_as: str) -> None:
    source = rows(named(13, "WRITTEN"), *(named(100 + n) for n in range(5)))
    content = source.parts[0].content.replace(b"WRITTEN", written.encode())
    found = catalogue.listings(KEY, read(Source("x", (Part("x", content),))))
    assert len(found) == 6
    first = found[0]
    assert isinstance(first, Listing)
    assert first.party.name == read_as


def test_two_entities_under_one_logical_id_stop_the_edition() -> None:
    other = {**named(), "Entity_EU_ReferenceNumber": "EU.99.9"}
    with pytest.raises(FormatProblem, match="line 2: its logical id stands for another"):
        from_csv(named(), other)


def test_a_csv_with_columns_missing_is_a_piece_and_with_new_ones_another_format() -> None:
    whole = rows(*(named(100 + n) for n in range(5))).parts[0].content
    short = b"\r\n".join(line.rpartition(b";")[0] for line in whole.split(b"\r\n"))
    with pytest.raises(Refused, match="1 of the 118 columns are missing"):
        read(Source("x", (Part("x", short),)))
    wide = b"\r\n".join(line and line + b";New" for line in whole.split(b"\r\n"))
    with pytest.raises(FormatProblem, match="unknown columns"):
        read(Source("x", (Part("x", wide),)))


def test_a_csv_cut_off_stops_the_edition() -> None:
    whole = rows(*(named(100 + n) for n in range(6))).parts[0].content
    with pytest.raises(FormatProblem, match="cut off"):
        read(Source("x", (Part("x", whole[:-60]),)))


# The real editions


def edition(real_lists: Path, folder: str, name: str) -> Source:
    return open_source(real_lists / "eu-fsf" / folder / name)


XML, CSV = "xmlFullSanctionsList_1_1.xml", "csvFullSanctionsList_1_1.csv"


@pytest.mark.real_lists
@pytest.mark.parametrize(
    ("folder", "name", "day", "persons", "enterprises"),
    [
        ("2026-03-20-rebuilt", XML, date(2026, 3, 20), 4341, 1519),
        ("2026-03-20-rebuilt", CSV, date(2026, 3, 20), 4341, 1519),
        ("2021-10-03-rebuilt-approximate", XML, date(2021, 10, 3), None, None),
    ],
)
def test_every_entry_of_a_real_edition_is_imported(
    real_lists: Path, folder: str, name: str, day: date, persons: int, enterprises: int
) -> None:
    reading = read(edition(real_lists, folder, name))
    found = catalogue.listings(KEY, reading)
    assert reading.published_on == day
    listings = [each for each in found if isinstance(each, Listing)]
    assert len(listings) == len(found) == (5860 if persons else 2344)
    if persons:
        kinds = [each.party.kind for each in listings]
        assert (kinds.count(Kind.PERSON), kinds.count(Kind.ENTITY)) == (persons, enterprises)
    checked = gates.examine(
        vocabulary.load(KEY).gates, found, dated=day, stated_count=None, earlier=None
    )
    assert checked.failures == ()


@pytest.mark.real_lists
def test_both_encodings_of_a_real_edition_say_the_same(real_lists: Path) -> None:
    xml, table = (
        catalogue.listings(KEY, read(edition(real_lists, "2026-03-20-rebuilt", name)))
        for name in (XML, CSV)
    )
    for one, other in zip(xml, table, strict=True):
        assert isinstance(one, Listing)
        assert isinstance(other, Listing)
        assert (one.key, one.party, one.designations) == (
            other.key,
            other.party,
            other.designations,
        )


MEANT = {"strong", "circa", "calendarType", "code", "classificationCode", "countryIso2Code"} | {
    "regulationLanguage",
    "regulationType",
    "organisationType",
    "identificationTypeDescription",
    "asAtListingTime",
    *(flag for flag in ("diplomatic", "knownExpired", "knownFalse", "reportedLost")),
    "revokedByIssuer",
}


def stated_texts(raw: str) -> Iterator[str]:
    """What an entry states in words: not the acts behind its parts, nor what became a kind."""
    for element in etree.fromstring(raw).iter():
        tag = etree.QName(element).localname
        if tag == "regulationSummary":
            continue
        first_act = element.get("regulationType") == "regulation"
        for attribute, value in element.attrib.items():
            technical = attribute == "logicalId" and tag != "sanctionEntity"
            published = attribute == "publicationDate" and first_act
            if attribute not in MEANT and value != "UNKNOWN" and not technical and not published:
                yield str(value)
        yield element.text or ""


@pytest.mark.real_lists
def test_no_word_that_a_real_entry_states_is_dropped(real_lists: Path) -> None:
    for entry in read(edition(real_lists, "2026-03-20-rebuilt", XML)).entries:
        assert isinstance(entry, ParsedEntry)
        assert words(stated_texts(entry.raw)) <= said(entry), entry.reference


@pytest.mark.real_lists
@pytest.mark.parametrize(
    ("sample", "why"),
    [
        ("2018-12-21_two_entities.xml", "2 entities"),
        ("2024-12-11_entity_13.xml", "1 entities"),
        ("entity_507_trimmed_by_author.xml", "no date of generation"),
        ("2026-08-05_csv_1_1_columns_1-21.csv", "97 of the 118 columns are missing"),
        ("csv_1_1_header_118_columns.txt", "0 entities"),
    ],
)
def test_a_genuine_piece_is_refused_as_an_edition(real_lists: Path, sample: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        read(open_source(real_lists / "genuine_samples" / "eu-fsf" / sample))


@pytest.mark.real_lists
@pytest.mark.parametrize(
    ("sample", "first"),
    [
        ("2018-12-21_two_entities.xml", ("EU.36.64", "Robert Gabriel Mugabe", "ZWE")),
        ("2024-12-11_entity_13.xml", ("13", "Saddam Hussein Al-Tikriti", "IRQ")),
        ("entity_507_trimmed_by_author.xml", ("EU.513.75", "Abdul Rahman Yasin", "TAQA")),
    ],
)
def test_the_entries_of_a_genuine_piece_are_read(
    real_lists: Path, sample: str, first: tuple[str, str, str]
) -> None:
    (part,) = open_source(real_lists / "genuine_samples" / "eu-fsf" / sample).parts
    entries = [parsed(each, MEASURE) for each in eu_xml.entities(part)]
    listing = normalise.listing(entries[0], vocabulary.load(KEY))
    assert (listing.reference, listing.party.name, listing.designations[0].code) == first
    for entry in entries:
        assert words(stated_texts(entry.raw)) <= said(entry)
