from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from importers import catalogue, gates, vocabulary
from importers.base import FormatProblem, ParsedEntry, Refused, ReportedEntry
from importers.source import Part, Source, open_source
from importers.un_names import names_in, names_in_original_script
from importers.un_sc import UNUSED, read
from registry.domain.designation import DateBasis, Listing, Measure
from registry.domain.partial_date import Calendar, Precision
from registry.domain.party import DetailKind, Gender, IdentifierKind, Kind, NameRole
from tests.importers.stated_words import said, words

KEY = "un-sc"


def individual(*inside: str, reference: str = "CDi.001", names: str = "") -> str:
    names = names or "<FIRST_NAME> ERIC </FIRST_NAME><SECOND_NAME>EXAMPLE</SECOND_NAME>"
    return (
        f"<INDIVIDUAL><DATAID>6907993</DATAID><VERSIONNUM>1</VERSIONNUM>{names}"
        f"<UN_LIST_TYPE>DRC</UN_LIST_TYPE><REFERENCE_NUMBER>{reference}</REFERENCE_NUMBER>"
        f"<LISTED_ON>2012-12-31</LISTED_ON>{''.join(inside)}"
        "<SORT_KEY/><SORT_KEY_LAST_MOD/></INDIVIDUAL>"
    )


def entity(*inside: str, name: str = "EXAMPLE FRONT", reference: str = "CDe.001") -> str:
    return (
        f"<ENTITY><FIRST_NAME>{name}</FIRST_NAME><UN_LIST_TYPE>DRC</UN_LIST_TYPE>"
        f"<REFERENCE_NUMBER>{reference}</REFERENCE_NUMBER><LISTED_ON>2012-12-31</LISTED_ON>"
        f"{''.join(inside)}</ENTITY>"
    )


def file(*entries: str, generated: str = 'dateGenerated="2026-04-17T23:00:06.464Z"') -> Source:
    fillers = (entity(reference=f"CDe.{n:03}") for n in range(10, 15))
    people = "".join(each for each in entries if each.startswith("<INDIVIDUAL>"))
    others = "".join((*(each for each in entries if each.startswith("<ENTITY>")), *fillers))
    text = (
        f"<CONSOLIDATED_LIST {generated}><INDIVIDUALS>{people}</INDIVIDUALS>"
        f"<ENTITIES>{others}</ENTITIES></CONSOLIDATED_LIST>"
    )
    return Source("consolidated.xml", (Part("consolidated.xml", text.encode()),))


def listed(entry: str) -> Listing:
    first = catalogue.listings(KEY, catalogue.read(KEY, file(entry)))[0]
    assert isinstance(first, Listing), first
    return first


def alias(name: str, quality: str = "Good", *inside: str) -> str:
    return (
        f"<INDIVIDUAL_ALIAS><QUALITY>{quality}</QUALITY><ALIAS_NAME>{name}</ALIAS_NAME>"
        f"{''.join(inside)}</INDIVIDUAL_ALIAS>"
    )


def test_an_individual_keeps_every_part_of_its_name_in_the_lists_order() -> None:
    names = (
        "<FIRST_NAME> KIM </FIRST_NAME><SECOND_NAME>CHOL\nSAM</SECOND_NAME><THIRD_NAME/>"
        "<FOURTH_NAME>X</FOURTH_NAME><NAME_ORIGINAL_SCRIPT>김철삼</NAME_ORIGINAL_SCRIPT>"
    )
    primary, original = listed(individual(names=names)).party.names
    assert (primary.full, primary.role) == ("KIM CHOL SAM X", NameRole.PRIMARY)
    assert [(each.kind.value, each.value) for each in primary.parts] == [
        ("unspecified", "KIM"),
        ("unspecified", "CHOL SAM"),
        ("unspecified", "X"),
    ]
    assert (original.full, original.role, original.script) == ("김철삼", NameRole.VARIATION, "Kore")


def test_the_permanent_reference_is_the_key_and_joins_the_lists() -> None:
    found = listed(individual())
    assert (found.reference, found.key, found.party.kind) == (
        "CDi.001",
        "un-sc:CDi.001",
        Kind.PERSON,
    )
    (reference,) = found.party.identifiers
    assert (reference.kind, reference.value) == (IdentifierKind.UN_REFERENCE, "CDi.001")
    assert [(each.label, each.value) for each in found.party.details] == [("DATAID", "6907993")]


@pytest.mark.parametrize(
    ("given", "role", "quality"),
    [
        pytest.param(alias("Other"), NameRole.ALIAS, "Good", id="good quality"),
        pytest.param(alias("Other", "Low"), NameRole.WEAK_ALIAS, "Low", id="low quality"),
        pytest.param(alias("Other", ""), NameRole.ALIAS, "", id="no quality"),
        pytest.param(alias("Other", "a.k.a."), NameRole.ALIAS, "", id="also known as"),
        pytest.param(alias("Other", "f.k.a."), NameRole.FORMER, "", id="formerly known as"),
        pytest.param(
            alias("Other", "Good", "<NOTE>previously listed as</NOTE>"),
            NameRole.FORMER,
            "Good",
            id="listed under it before",
        ),
        pytest.param(
            alias("Other", "Low", "<NOTE>formerly listed as</NOTE>"),
            NameRole.WEAK_ALIAS,
            "Low",
            id="a weak one stays weak",
        ),
    ],
)
def test_the_quality_of_an_alias_gives_its_role(given: str, role: NameRole, quality: str) -> None:
    other = listed(individual(given)).party.names[1]
    assert (other.full, other.role, other.quality) == ("Other", role, quality)


def test_a_template_left_blank_is_no_alias() -> None:
    blank = (
        "<INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>"
        "<INDIVIDUAL_ADDRESS><COUNTRY/></INDIVIDUAL_ADDRESS>"
        "<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE/></INDIVIDUAL_DATE_OF_BIRTH>"
        "<INDIVIDUAL_PLACE_OF_BIRTH/><INDIVIDUAL_DOCUMENT/>"
    )
    party = listed(individual(blank)).party
    assert len(party.names) == len(party.identifiers) == 1
    assert (party.addresses, party.birth_dates, party.birth_places) == ((), (), ())


def test_an_unknown_quality_is_reported_by_itself() -> None:
    found = catalogue.listings(KEY, read(file(individual(alias("X", "Medium")))))
    assert isinstance(found[0], ReportedEntry)
    assert "name role 'Medium'" in found[0].reason
    assert all(isinstance(each, Listing) for each in found[1:])


def test_an_aliases_birth_belongs_to_the_entry_and_stays_with_the_alias() -> None:
    given = alias(
        "Other",
        "Good",
        "<DATE_OF_BIRTH>1979-12-31</DATE_OF_BIRTH><CITY_OF_BIRTH>Oran</CITY_OF_BIRTH>"
        "<COUNTRY_OF_BIRTH>Algeria</COUNTRY_OF_BIRTH>",
    )
    party = listed(individual(given)).party
    assert [str(each) for each in party.birth_dates] == ["31 December 1979"]
    assert [each.raw for each in party.birth_places] == ["Oran, Algeria"]
    assert party.names[1].note == "born 1979-12-31, Oran, Algeria"


@pytest.mark.parametrize(
    ("field", "found"),
    [
        pytest.param("Abu Example", [("Abu Example", "")], id="one"),
        pytest.param("A B; C D; E F", [("A B", ""), ("C D", ""), ("E F", "")], id="several"),
        pytest.param("M. Sabet b) J. Sabet", [("M. Sabet", ""), ("J. Sabet", "")], id="lettered"),
        pytest.param("Front (EF)", [("Front (EF)", "")], id="its own brackets"),
        pytest.param(
            "Jin (金铁三)", [("Jin", ""), ("金铁三", "")], id="another script in brackets"
        ),
        pytest.param("Agha اغا جان", [("Agha", ""), ("اغا جان", "")], id="another script beside"),
        pytest.param(
            "حسن (Hassan G; Hasan G)",
            [("حسن", ""), ("Hassan G", ""), ("Hasan G", "")],
            id="several in brackets",
        ),
        pytest.param(
            "Example (previously listed as)", [("Example", "previously listed as")], id="a note"
        ),
        pytest.param("", [], id="none"),
    ],
)
def test_a_field_with_several_names_gives_each(field: str, found: list[tuple[str, str]]) -> None:
    assert list(names_in(field)) == found


@pytest.mark.parametrize(
    ("field", "found"),
    [
        pytest.param("عبد الرحمن؛ عبدول", [("عبد الرحمن", ""), ("عبدول", "")], id="semicolons"),
        pytest.param("مالك، مالك نور", [("مالك", ""), ("مالك نور", "")], id="Arabic commas"),
        pytest.param("سناني (مدرج سابقا)", [("سناني", "مدرج سابقا")], id="a remark"),
        pytest.param("سناني (مدرج", [("سناني", "مدرج")], id="a bracket left open"),
        pytest.param("معروفة باسم: القاعدة", [("القاعدة", "معروفة باسم")], id="a label"),
        pytest.param("", [], id="none"),
    ],
)
def test_a_remark_in_the_original_script_is_no_name(
    field: str, found: list[tuple[str, str]]
) -> None:
    assert list(names_in_original_script(field)) == found


def test_a_name_that_only_a_note_gives_is_found() -> None:
    given = alias("Vainakh", "Low", "<NOTE>original script: Вайнах</NOTE>")
    names = listed(individual(given)).party.names
    assert [(each.full, each.role) for each in names[1:]] == [
        ("Vainakh", NameRole.WEAK_ALIAS),
        ("Вайнах", NameRole.WEAK_ALIAS),
    ]


def test_two_names_of_an_entity_are_a_primary_one_and_an_alias() -> None:
    names = listed(entity(name="GREAT LAKES AIR (GLA) ; GREAT LAKES BUSINESS")).party.names
    assert [(each.full, each.role) for each in names] == [
        ("GREAT LAKES AIR (GLA)", NameRole.PRIMARY),
        ("GREAT LAKES BUSINESS", NameRole.ALIAS),
    ]


def birth(kind: str, *inside: str) -> str:
    return (
        f"<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>{kind}</TYPE_OF_DATE>{''.join(inside)}"
        "</INDIVIDUAL_DATE_OF_BIRTH>"
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(birth("EXACT", "<DATE>1971-01-01</DATE>"), "1 January 1971", id="a day"),
        pytest.param(
            birth("EXACT", "<DATE>1960-01-01-05:00</DATE>"), "1 January 1960", id="a zone's tail"
        ),
        pytest.param(birth("EXACT", "<YEAR>1965</YEAR>"), "1965", id="a year"),
        pytest.param(birth("APPROXIMATELY", "<YEAR>1965</YEAR>"), "circa 1965", id="about a year"),
        pytest.param(
            birth("BETWEEN", "<FROM_YEAR>1958</FROM_YEAR><TO_YEAR>1963</TO_YEAR>"),
            "1958 to 1963",
            id="between years",
        ),
        pytest.param(
            birth(
                "BETWEEN",
                "<FROM_YEAR>1958</FROM_YEAR><TO_YEAR>1963</TO_YEAR><NOTE>Approximately</NOTE>",
            ),
            "circa 1958 to 1963",
            id="about between years",
        ),
        pytest.param(birth("EXACT", "<NOTE>Nov. 1973</NOTE>"), "November 1973", id="in the note"),
        pytest.param(
            birth("EXACT", "<YEAR>1958</YEAR><NOTE>Sep.</NOTE>"), "September 1958", id="split"
        ),
        pytest.param(
            birth("EXACT", "<NOTE>Between Aug. and Sep. 1977</NOTE>"),
            "1 August 1977 to 30 September 1977",
            id="two months of one year",
        ),
        pytest.param(
            birth("EXACT", "<NOTE>24/06/1402 (Hijri Calendar)</NOTE>"), "1981 to 1982", id="Hijri"
        ),
        pytest.param(birth("EXACT", "<DATE>Invalid date</DATE>"), "Invalid date", id="unreadable"),
        pytest.param(
            birth("APPROXIMATELY", "<NOTE>29 years old</NOTE>"), "29 years old", id="an age"
        ),
    ],
)
def test_dates_of_birth_say_what_is_stated(given: str, expected: str) -> None:
    (read_date,) = listed(individual(given)).party.birth_dates
    assert str(read_date) == expected
    if "Hijri" in given:
        assert read_date.calendar is Calendar.ISLAMIC
    if "old" in given or "Invalid" in given:
        assert read_date.precision is Precision.UNKNOWN


def test_a_note_on_a_date_is_kept_as_a_remark() -> None:
    given = birth("EXACT", "<DATE>1979-03-03</DATE><NOTE>from false passport</NOTE>")
    assert listed(individual(given)).party.remarks == (
        "Date of birth 1979-03-03: from false passport",
    )


def test_an_unknown_type_of_date_is_reported_by_itself() -> None:
    found = catalogue.listings(KEY, read(file(individual(birth("AROUND", "<YEAR>1960</YEAR>")))))
    assert isinstance(found[0], ReportedEntry)
    assert "'AROUND'" in found[0].reason


PASSPORT = "<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT>"
NATIONAL = "<TYPE_OF_DOCUMENT>National Identification Number</TYPE_OF_DOCUMENT>"


@pytest.mark.parametrize(
    ("inside", "kind", "value"),
    [
        pytest.param(
            PASSPORT + "<NUMBER> OB 0000001</NUMBER>", "passport", "OB 0000001", id="plain"
        ),
        pytest.param(
            PASSPORT + "<NUMBER>Qatari passport number 00012345</NUMBER>",
            "passport",
            "00012345",
            id="in a sentence",
        ),
        pytest.param(
            PASSPORT + "<NUMBER>CAR diplomatic passport no. D00000001</NUMBER>",
            "passport",
            "D00000001",
            id="after no.",
        ),
        pytest.param(
            PASSPORT + "<NUMBER>Russian passport number 1111 No. 222222</NUMBER>",
            "passport",
            "1111 No. 222222",
            id="series and number",
        ),
        pytest.param(
            PASSPORT + "<NUMBER>R00000012, South Sudan</NUMBER>",
            "passport",
            "R00000012",
            id="first",
        ),
        pytest.param(
            PASSPORT + "<NOTE>Tunisian passport number L000001, issued on 5 May 1998</NOTE>",
            "passport",
            "L000001",
            id="only in the note",
        ),
        pytest.param(
            NATIONAL + "<TYPE_OF_DOCUMENT2>Afghan identification card (tazkira) number 12345"
            "</TYPE_OF_DOCUMENT2>",
            "national-id",
            "12345",
            id="only in the second type",
        ),
        pytest.param(
            NATIONAL + "<TYPE_OF_DOCUMENT2>national passport</TYPE_OF_DOCUMENT2>"
            "<NUMBER>1234567890</NUMBER>",
            "passport",
            "1234567890",
            id="the second type knows better",
        ),
        pytest.param(
            NATIONAL + "<NUMBER>Social Security Number 000-11-2222 (US)</NUMBER>",
            "social-security",
            "000-11-2222",
            id="the sentence knows better",
        ),
        pytest.param(
            NATIONAL + "<TYPE_OF_DOCUMENT2>Italian Fiscal Code:</TYPE_OF_DOCUMENT2>"
            "<NUMBER>XXXXXX00A01Z000X</NUMBER>",
            "tax",
            "XXXXXX00A01Z000X",
            id="a tax number",
        ),
    ],
)
def test_the_number_of_a_document_is_found(inside: str, kind: str, value: str) -> None:
    party = listed(individual(f"<INDIVIDUAL_DOCUMENT>{inside}</INDIVIDUAL_DOCUMENT>")).party
    document = party.identifiers[-1]
    assert (document.kind.value, document.value) == (kind, value)


def test_a_document_keeps_its_country_dates_and_place_of_issue() -> None:
    inside = (
        f"{PASSPORT}<NUMBER>X1</NUMBER><ISSUING_COUNTRY>Jordan</ISSUING_COUNTRY>"
        "<DATE_OF_ISSUE>2009-01-01</DATE_OF_ISSUE><DATE_OF_EXPIRY>2014-01-01</DATE_OF_EXPIRY>"
        "<CITY_OF_ISSUE>Zarqa</CITY_OF_ISSUE><COUNTRY_OF_ISSUE>Jordan</COUNTRY_OF_ISSUE>"
        "<NOTE>cancelled</NOTE>"
    )
    party = listed(individual(f"<INDIVIDUAL_DOCUMENT>{inside}</INDIVIDUAL_DOCUMENT>")).party
    document = party.identifiers[-1]
    assert document.country is not None
    assert document.country.code == "JO"
    assert (document.issued, document.expires) == ("2009-01-01", "2014-01-01")
    assert document.note == "issued in Zarqa, Jordan; cancelled"


def test_a_document_without_a_number_is_a_remark() -> None:
    inside = f"{PASSPORT}<NOTE>issued in 1993, under another name</NOTE>"
    party = listed(individual(f"<INDIVIDUAL_DOCUMENT>{inside}</INDIVIDUAL_DOCUMENT>")).party
    assert [each.kind for each in party.identifiers] == [IdentifierKind.UN_REFERENCE]
    assert party.remarks == ("Passport: issued in 1993, under another name",)


@pytest.mark.parametrize(
    ("comments", "stated"),
    [
        pytest.param(
            "Listed under paragraphs 15 and 17 (Travel Ban, Asset Freeze).",
            {Measure.TRAVEL_BAN: True, Measure.ASSET_FREEZE: True},
            id="both",
        ),
        pytest.param(
            "Listed under paragraph 15 (Travel Ban).",
            {Measure.TRAVEL_BAN: True},
            id="one: the other is not denied",
        ),
        pytest.param(
            "Listed under paragraph 15 (Travel Ban); listed later under 17 ( Assets Freeze).",
            {Measure.TRAVEL_BAN: True, Measure.ASSET_FREEZE: True},
            id="one after the other",
        ),
        pytest.param("Violated the travel ban in 2019.", {}, id="spoken of, not imposed"),
        pytest.param(
            "Travel ban exemption granted (asset freeze remains).", {}, id="in a sentence"
        ),
        pytest.param("Reportedly travels (in Kabul).", {}, id="other brackets"),
        pytest.param("", {}, id="nothing is not no"),
    ],
)
def test_measures_are_stated_only_where_the_comments_name_them(
    comments: str, stated: dict[Measure, bool]
) -> None:
    found = listed(individual(f"<COMMENTS1>{comments}</COMMENTS1>"))
    assert dict(found.designations[0].stated) == stated


def test_the_act_has_its_date_its_list_and_its_latest_change() -> None:
    changed = (
        "<LAST_DAY_UPDATED><VALUE>2013-01-02</VALUE><VALUE>2020-05-06</VALUE><VALUE/>"
        "</LAST_DAY_UPDATED>"
    )
    found = listed(individual(changed).replace("2012-12-31", "2015-03-27-04:00"))
    (designation,) = found.designations
    assert (designation.code, designation.listed_on) == ("DRC", date(2015, 3, 27))
    assert designation.date_basis is DateBasis.STATED
    assert designation.amended_on == date(2020, 5, 6)


@pytest.mark.parametrize(
    ("given", "genders"),
    [
        pytest.param("<GENDER>MALE</GENDER>", (Gender.MALE,), id="stated"),
        pytest.param("<GENDER>Unknown</GENDER>", (), id="unknown"),
        pytest.param("<COMMENTS1>Gender [Female].</COMMENTS1>", (Gender.FEMALE,), id="in comments"),
        pytest.param("<COMMENTS1>No word of it.</COMMENTS1>", (), id="not stated"),
    ],
)
def test_gender_is_what_is_stated(given: str, genders: tuple[Gender, ...]) -> None:
    assert listed(individual(given)).party.genders == genders


def test_titles_offices_places_and_links_are_kept() -> None:
    given = (
        "<COMMENTS1>Commander under (CDi.099) of\nthe front (CDe.001). Reportedly deceased in 2020."
        "</COMMENTS1><TITLE><VALUE>Dr.</VALUE></TITLE>"
        "<DESIGNATION><VALUE>General of\nthe front</VALUE><VALUE>Chief</VALUE></DESIGNATION>"
        "<NATIONALITY><VALUE>Rwanda</VALUE></NATIONALITY>"
        "<INDIVIDUAL_ADDRESS><STREET>1 Road</STREET><CITY>Goma</CITY>"
        "<STATE_PROVINCE>North Kivu</STATE_PROVINCE><ZIP_CODE>7</ZIP_CODE>"
        "<COUNTRY>Democratic Republic of the Congo</COUNTRY><NOTE>previous</NOTE>"
        "</INDIVIDUAL_ADDRESS><INDIVIDUAL_PLACE_OF_BIRTH><CITY>Gisenyi</CITY>"
        "<COUNTRY>Rwanda</COUNTRY><NOTE>possibly</NOTE></INDIVIDUAL_PLACE_OF_BIRTH>"
    )
    party = listed(individual(given)).party
    assert (party.titles, party.functions) == (("Dr.",), ("General of the front", "Chief"))
    assert [each.code for each in party.nationalities] == ["RW"]
    (address,), (place,) = party.addresses, party.birth_places
    assert address.raw == "1 Road, Goma, North Kivu, 7, Democratic Republic of the Congo (previous)"
    assert (address.city, address.postcode) == ("Goma", "7")
    assert place.raw == "Gisenyi, Rwanda (possibly)"
    assert [each.reference for each in party.relations] == ["CDi.099", "CDe.001"]
    assert [each.value for each in party.details if each.kind is DetailKind.DECEASED] == [
        "Reportedly deceased in 2020"
    ]


def test_an_entry_that_is_stated_to_be_delisted_is_reported_not_imported() -> None:
    found = catalogue.listings(KEY, read(file(individual("<DELISTED_ON>2020-01-01</DELISTED_ON>"))))
    assert isinstance(found[0], ReportedEntry)
    assert "delisted on 2020-01-01" in found[0].reason


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param("<NEW_FIELD>x</NEW_FIELD>", id="an element"),
        pytest.param(alias("A", "Good", "<NEW>x</NEW>"), id="further down"),
        pytest.param("<GENDER kind='x'>Male</GENDER>", id="an attribute"),
    ],
)
def test_a_part_that_is_not_known_stops_the_edition(inside: str) -> None:
    with pytest.raises(FormatProblem, match=r"consolidated\.xml, line \d"):
        catalogue.listings(KEY, read(file(individual(inside))))


@pytest.mark.parametrize(
    ("source", "why"),
    [
        pytest.param(file(generated=""), "no date of generation", id="trimmed"),
        pytest.param(
            Source("x", (Part("x", b'<CONSOLIDATED_LIST dateGenerated="2026-01-01"/>'),)),
            "0 entries",
            id="an excerpt",
        ),
        pytest.param(
            Source("x", (Part("x", b"<Designations/>"),)), "not the Sec", id="the UK list"
        ),
        pytest.param(Source("x", (Part("x", b"Error 500"),)), "not the Sec", id="an error page"),
        pytest.param(Source("x", (Part("a", b"<a/>"), Part("b", b"<b/>"))), "2 files", id="two"),
    ],
)
def test_what_is_no_edition_of_this_list_is_refused(source: Source, why: str) -> None:
    with pytest.raises(Refused, match=why):
        read(source)


EDITIONS = {
    "2020-11-30": (713, 305),
    "2020-12-01": (712, 294),
    "2021-09-21": (711, 256),
    "2025-11-15": (727, 273),
    "2025-11-18": (727, 273),
    "2026-02-25": (730, 273),
    "2026-04-17": (733, 272),
}


@pytest.mark.real_lists
@pytest.mark.parametrize("day", EDITIONS)
def test_every_entry_of_a_real_edition_is_imported(real_lists: Path, day: str) -> None:
    reading = read(open_source(real_lists / KEY / day))
    found = catalogue.listings(KEY, reading)
    kinds = [each.party.kind for each in found if isinstance(each, Listing)]
    assert (kinds.count(Kind.PERSON), kinds.count(Kind.ENTITY)) == EDITIONS[day]
    assert len(found) == sum(EDITIONS[day])
    assert reading.published_on == date.fromisoformat(day)
    checked = gates.examine(
        vocabulary.load(KEY).gates,
        found,
        dated=date.fromisoformat(day),
        stated_count=None,
        earlier=None,
    )
    assert checked.failures == ()


@pytest.mark.real_lists
def test_the_damaged_real_edition_is_stopped_by_name_and_line(real_lists: Path) -> None:
    source = open_source(real_lists / KEY / "2025-08-16" / "consolidated.xml")
    with pytest.raises(FormatProblem, match=r"consolidated\.xml, line 53: not well-formed"):
        catalogue.listings(KEY, read(source))


@pytest.mark.real_lists
def test_editions_that_differ_in_their_date_only_show_no_change(real_lists: Path) -> None:
    one, other = (
        catalogue.listings(KEY, read(open_source(real_lists / KEY / day)))
        for day in ("2025-11-15", "2025-11-18")
    )
    assert one == other


# A zone behind a date, what became a flag, a letter before an item and a word for nothing known.
MEANT = {"4", "5", "0", "approximately", "unknown", "b"}


def stated_texts(raw: str) -> Iterator[str]:
    for element in etree.fromstring(raw).iter():
        parent = element.getparent()
        unused = element.tag in UNUSED or (parent is not None and parent.tag in UNUSED)
        if not unused and element.tag != "TYPE_OF_DATE":
            yield element.text or ""


@pytest.mark.real_lists
@pytest.mark.parametrize("day", ["2020-11-30", "2021-09-21", "2026-04-17"])
def test_no_word_that_a_real_entry_states_is_dropped(real_lists: Path, day: str) -> None:
    for entry in read(open_source(real_lists / KEY / day)).entries:
        assert isinstance(entry, ParsedEntry)
        assert words(stated_texts(entry.raw)) - MEANT <= said(entry), entry.reference
