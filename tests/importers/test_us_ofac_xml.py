"""OFAC's classic and ENHANCED XML, and how its two lists are told apart."""

from collections.abc import Iterable
from datetime import date

import pytest

from importers import catalogue, normalise, ofac_enhanced, vocabulary
from importers.base import FormatProblem, ParsedEntry, Refused, ReportedEntry
from importers.source import Part, Source
from registry.domain.designation import DateBasis, Listing, Measure
from registry.domain.party import DetailKind, IdentifierKind, Kind, NameRole, RelationKind

SDN, CONSOLIDATED = "us-ofac-sdn", "us-ofac-consolidated"
OLD = "http://tempuri.org/sdnList.xsd"
NEW = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML"
ENHANCED = NEW.replace("/XML", "/ENHANCED_XML")


def classic(*entries: str, namespace: str = NEW, count: int | None = None) -> Source:
    text = (
        f'<?xml version="1.0" standalone="yes"?><sdnList xmlns="{namespace}"><publshInformation>'
        f"<Publish_Date>05/06/2024</Publish_Date><Record_Count>{count or len(entries)}"
        f"</Record_Count></publshInformation>{''.join(entries)}</sdnList>"
    )
    return Source("list.xml", (Part("list.xml", text.encode()),))


def entry(
    programme: str = "NS-PLC", kind: str = "Individual", more: str = "", uid: int = 9639
) -> str:
    return (
        f"<sdnEntry><uid>{uid}</uid><firstName>Ivan</firstName><lastName>PETROV</lastName>"
        f"<sdnType>{kind}</sdnType><programList><program>{programme}</program></programList>"
        f"{more}</sdnEntry>"
    )


def number(label: str, value: str, country: str = "") -> str:
    stated = f"<idCountry>{country}</idCountry>" if country else ""
    return (
        f"<idList><id><uid>1</uid><idType>{label}</idType><idNumber>{value}</idNumber>{stated}"
        "<issueDate>01 Jan 2020</issueDate></id></idList>"
    )


def only(key: str, source: Source) -> Listing:
    (found,) = catalogue.listings(key, catalogue.read(key, source))
    assert isinstance(found, Listing), found
    return found


@pytest.mark.parametrize("namespace", [OLD, NEW], ids=["before 2024", "since 2024"])
def test_the_head_gives_date_and_count_under_both_namespaces(namespace: str) -> None:
    source = classic(entry(), entry(uid=2), namespace=namespace)
    reading = catalogue.read(CONSOLIDATED, source)
    assert (reading.published_on, reading.stated_count) == (date(2024, 5, 6), 2)
    assert len(catalogue.listings(CONSOLIDATED, reading)) == 2


def test_the_category_of_an_alias_makes_it_weak() -> None:
    akas = "".join(
        f"<aka><uid>1</uid><type>{role}</type><category>{quality}</category>"
        f"<lastName>{name}</lastName></aka>"
        for role, quality, name in (
            ("a.k.a.", "strong", "ABU ONE"),
            ("a.k.a.", "weak", "TWO"),
            ("f.k.a.", "strong", "THREE"),
            ("f.k.a.", "weak", "FOUR"),
        )
    )
    names = only(CONSOLIDATED, classic(entry(more=f"<akaList>{akas}</akaList>"))).party.names
    assert [(each.full, each.role, each.note) for each in names] == [
        ("Ivan PETROV", NameRole.PRIMARY, ""),
        ("ABU ONE", NameRole.ALIAS, ""),
        ("TWO", NameRole.WEAK_ALIAS, ""),
        ("THREE", NameRole.FORMER, ""),
        ("FOUR", NameRole.WEAK_ALIAS, "f.k.a."),
    ]
    assert [str(part.kind) for part in names[1].parts] == ["whole"]


def test_every_part_of_a_classic_entry_is_kept() -> None:
    def items(tag: str, item: str, value: str, text: str) -> str:
        inner = f"<uid>1</uid><{value}>{text}</{value}><mainEntry>true</mainEntry>"
        return f"<{tag}><{item}>{inner}</{item}></{tag}>"

    more = (
        "<title>Minister; Haji</title>"
        + items("dateOfBirthList", "dateOfBirthItem", "dateOfBirth", "circa 1961")
        + items("placeOfBirthList", "placeOfBirthItem", "placeOfBirth", "Shati")
        + items("nationalityList", "nationality", "country", "Syria")
        + items("citizenshipList", "citizenship", "country", "Iran")
        + "<addressList><address><uid>2</uid><address1>No. 9</address1><city>Tehran</city>"
        "<stateOrProvince>Tehran Province</stateOrProvince><postalCode>138</postalCode>"
        "<country>Iran</country></address><address><uid>3</uid></address></addressList>"
        "<vesselInfo><callSign>CL1</callSign><vesselType>Tug</vesselType><vesselFlag>Cuba"
        "</vesselFlag><vesselOwner>NITC</vesselOwner><tonnage>1</tonnage>"
        "<grossRegisteredTonnage>2</grossRegisteredTonnage></vesselInfo>"
        "<remarks>HAMAS - Gaza; (Linked To: STATE CORPORATION ROSTEC)</remarks>"
    )
    party = only(CONSOLIDATED, classic(entry(more=more))).party
    assert (party.functions, party.titles) == (("Minister",), ("Haji",))
    assert [str(each) for each in party.birth_dates] == ["circa 1961"]
    assert [each.city for each in party.birth_places] == ["Shati"]
    assert [each.code for each in (*party.nationalities, *party.citizenships)] == ["SY", "IR"]
    (address,) = party.addresses
    assert (address.city, address.region, address.postcode) == ("Tehran", "Tehran Province", "138")
    assert {each.kind for each in party.details} == {
        DetailKind.VESSEL_TYPE,
        DetailKind.FLAG,
        DetailKind.DEADWEIGHT_TONNAGE,
        DetailKind.GROSS_TONNAGE,
    }
    assert [each.other for each in party.relations] == ["NITC", "STATE CORPORATION ROSTEC"]
    assert party.remarks == ("HAMAS - Gaza",)


DATED = "Effective Date (EO 14014 Directive 1): 15 Dec 2023; Listing Date (EO 14014 Directive 1): "
DATED += "31 Oct 2023"


@pytest.mark.parametrize(
    ("programme", "remarks", "expected"),
    [
        pytest.param("BURMA-EO14014", DATED, date(2023, 10, 31), id="not the day of its effect"),
        pytest.param("RUSSIA-EO14024", DATED, None, id="the directive of another order"),
        pytest.param(
            "CMIC-EO13959", "Listing Date (CMIC): 03 Jun 2021", date(2021, 6, 3), id="a list's own"
        ),
        pytest.param(
            "RUSSIA-EO14024",
            "Listing Date (EO 14024 Directive 3): 26 Apr 2022; "
            "Listing Date (EO 14024 Directive 1a): 24 Feb 2022",
            date(2022, 2, 24),
            id="the first of two directives",
        ),
        pytest.param("BURMA-EO14014", "Listing Date (EO 14014 Directive 1): soon", None, id="none"),
    ],
)
def test_an_entry_of_the_consolidated_list_is_dated_by_the_directive_of_its_programme(
    programme: str, remarks: str, expected: date | None
) -> None:
    more = f"<remarks>{remarks}.</remarks>"
    source = classic(entry(programme, "Entity", more), entry(uid=2), entry(uid=3))
    found, *_ = catalogue.listings(CONSOLIDATED, catalogue.read(CONSOLIDATED, source))
    assert isinstance(found, Listing)
    (act,) = found.designations
    assert act.listed_on == expected
    assert (act.date_basis is DateBasis.STATED) is (expected is not None)


def test_on_the_sdn_list_the_day_of_a_directive_is_not_that_of_the_blocking() -> None:
    remarks = "<remarks>Listing Date (EO 14024 Directive 3): 24 Feb 2022.</remarks>"
    (act,) = only(SDN, classic(entry("RUSSIA-EO14024", "Entity", remarks))).designations
    assert act.listed_on is None


def test_a_feature_filed_among_the_documents_goes_to_its_field() -> None:
    more = number("Gender", "Female") + number("Passport", "U1", "Turkey")
    more += number("Website", "www.orion.example") + number("A sign of later days:", "yes")
    party = only(CONSOLIDATED, classic(entry(more=more))).party
    assert [str(each) for each in party.genders] == ["female"]
    (passport,) = party.identifiers
    assert (passport.kind, passport.value, passport.issued) == (
        IdentifierKind.PASSPORT,
        "U1",
        "01 Jan 2020",
    )
    assert [(each.kind, each.value) for each in party.details] == [
        (DetailKind.WEBSITE, "www.orion.example"),
        (DetailKind.OTHER, "yes"),
    ]


def test_a_tag_not_known_stops_the_edition_with_its_line() -> None:
    source = classic(entry(more="<newTag>1</newTag>"))
    with pytest.raises(FormatProblem, match=r"list.xml, line 1: unread in <sdnEntry>: <newTag>"):
        only(CONSOLIDATED, source)


def mixed(blocked: int, other: int) -> Iterable[str]:
    for uid in range(blocked):
        yield entry("GLOMAG", uid=uid)
    for uid in range(blocked, blocked + other):
        yield entry("UKRAINE-EO13662", uid=uid)


@pytest.mark.parametrize(
    ("blocked", "other", "key", "mistaken"),
    [
        pytest.param(20, 3, SDN, CONSOLIDATED, id="SDN with a few sectoral entries"),
        pytest.param(3, 20, CONSOLIDATED, SDN, id="consolidated with programmes not known yet"),
    ],
)
def test_a_list_is_not_imported_as_the_other(
    blocked: int, other: int, key: str, mistaken: str
) -> None:
    source = classic(*mixed(blocked, other))
    assert len(catalogue.listings(key, catalogue.read(key, source))) == 23
    with pytest.raises(Refused, match=f"this is {key}, not {mistaken}"):
        catalogue.read(mistaken, source)


# ENHANCED


def translation(script: str, first: str, last: str, whole: str) -> str:
    given = f"<formattedFirstName>{first}</formattedFirstName>" if first else ""
    return (
        f'<translation id="1"><isPrimary>true</isPrimary><script refId="1">{script}</script>{given}'
        f"<formattedLastName>{last}</formattedLastName>"
        f"<formattedFullName>{whole}</formattedFullName><nameParts>"
        '<namePart id="1"><type refId="1">Last Name</type><value>Ja\'fari</value></namePart>'
        '<namePart id="2"><type refId="1">First Name</type><value>Ali</value></namePart>'
        "</nameParts></translation>"
    )


PRIMARY = (
    '<name id="1"><isPrimary>true</isPrimary><isLowQuality>false</isLowQuality><translations>'
    + translation("Latin", "Ali", "JA'FARI", "JA'FARI, Ali")
    + translation("Arabic", "", "\u202bعلی جعفری\u202c", "\u202bعلی جعفری\u202c")
    + "</translations></name>"
)
WEAK = (
    '<name id="2"><isPrimary>false</isPrimary><aliasType refId="1400">A.K.A.</aliasType>'
    "<isLowQuality>true</isLowQuality><translations>"
    + translation("Latin", "Aziz", "JA'FARI", "JA'FARI, Aziz")
    + "</translations></name>"
)


ON_SDN_LIST = '<sanctionsList refId="1" id="1" datePublished="2010-06-16">SDN List</sanctionsList>'


def entity(
    more: str = "",
    lists: str = ON_SDN_LIST,
    types: str = "Block",
    uid: int = 12066,
) -> str:
    programmes = "".join(
        f'<sanctionsProgram refId="1" id="1">{code}</sanctionsProgram>' for code in ("SDGT", "IRGC")
    )
    return (
        f'<entity id="{uid}"><generalInfo><identityId>1</identityId><entityType refId="600">'
        f"Individual</entityType></generalInfo><sanctionsLists>{lists}</sanctionsLists>"
        f"<sanctionsPrograms>{programmes}</sanctionsPrograms><sanctionsTypes>"
        f'<sanctionsType refId="1" id="1">{types}</sanctionsType></sanctionsTypes>'
        '<legalAuthorities><legalAuthority refId="1" id="1">Executive Order 13224 (Terrorism)'
        "</legalAuthority></legalAuthorities>"
        f"<names>{PRIMARY}{WEAK}</names>{more}</entity>"
    )


def enhanced(*entities: str, filters: str = "") -> Source:
    text = (
        f'<sanctionsData xmlns="{ENHANCED}"><publicationInfo><dataAsOf>2024-08-28T00:00:00'
        f"</dataAsOf>{filters}</publicationInfo><referenceValues/><featureTypes/>"
        f"<entities>{''.join(entities)}</entities></sanctionsData>"
    )
    return Source("enhanced.xml", (Part("enhanced.xml", text.encode()),))


def feature(label: str, value: str, more: str = "") -> str:
    return (
        f'<feature id="1"><type featureTypeId="1">{label}</type><versionId>1</versionId>'
        f"<value>{value}</value><isPrimary>true</isPrimary>{more}</feature>"
    )


def period(tag: str, first: str, last: str) -> str:
    ends = zip(
        ("fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd"),
        (first, first, last, last),
        strict=True,
    )
    corners = "".join(f"<{corner}>{text}</{corner}>" for corner, text in ends)
    return (
        f'<{tag} id="1">{corners}<isApproximate>false</isApproximate>'
        f"<isDateRange>false</isDateRange></{tag}>"
    )


def test_blocking_is_a_stated_freeze_with_the_date_of_listing() -> None:
    reading = catalogue.read(SDN, enhanced(entity()))
    assert reading.published_on == date(2024, 8, 28)
    (listing,) = catalogue.listings(SDN, reading)
    assert isinstance(listing, Listing)
    assert [each.code for each in listing.designations] == ["IRGC", "SDGT"]
    for designation in listing.designations:
        assert designation.stated == ((Measure.ASSET_FREEZE, True),)
        assert designation.listed_on == date(2010, 6, 16)
        assert designation.date_basis is DateBasis.STATED
        assert designation.act == "Executive Order 13224 (Terrorism)"


def test_another_type_of_sanction_is_no_freeze_and_not_its_absence() -> None:
    designation = only(SDN, enhanced(entity(types="Reject"))).designations[0]
    assert (designation.stated, designation.other_measures) == ((), ("Reject",))


def test_names_keep_their_script_their_parts_and_their_quality() -> None:
    names = only(SDN, enhanced(entity())).party.names
    assert [(each.full, each.script, each.role, each.quality) for each in names] == [
        ("Ali JA'FARI", "Latn", NameRole.PRIMARY, ""),
        ("علی جعفری", "Arab", NameRole.PRIMARY, ""),
        ("Aziz JA'FARI", "Latn", NameRole.WEAK_ALIAS, "low"),
    ]
    assert [(str(part.kind), part.value) for part in names[1].parts] == [
        ("family", "Ja'fari"),
        ("given", "Ali"),
    ]


def test_features_documents_relations_and_addresses_are_typed() -> None:
    features = (
        feature("Birthdate", "1951 to 1953", period("valueDate", "1951-01-01", "1953-12-31"))
        + feature("Place of Birth", "Yazd, Iran")
        + feature("Nationality Country", "Iran")
        + feature("Gender", "Male")
        + feature("Digital Currency Address - ETH", "0xabc")
        + feature("Aircraft Manufacturer’s Serial Number (MSN)", "632")
        + feature("Website", "x.example", '<reliability refId="1">False</reliability>')
    )
    document = (
        '<identityDocument id="1"><type refId="1571">Passport</type>'
        '<name nameId="1" nameTranslationId="1">{holder}</name>'
        "<documentNumber>{number}</documentNumber><isValid>{valid}</isValid>"
        '<issuingCountry refId="1">Iran</issuingCountry>'
        + period("issueDate", "2016-03-16", "2016-03-16")
        + period("expirationDate", "2021-01-01", "2021-12-31")
        + "</identityDocument>"
    )
    relation = (
        '<relationship id="1"><type refId="15002">Acting for or on behalf of</type>'
        '<relatedEntity entityId="10465">GUARD CORPS</relatedEntity></relationship>'
    )
    address = (
        '<address id="1"><country refId="1">Iran</country><translations><translation id="1">'
        '<isPrimary>true</isPrimary><script refId="1">Latin</script><addressParts>'
        '<addressPart id="1"><type refId="1">ADDRESS1</type><value>c/o IRGC</value></addressPart>'
        '<addressPart id="2"><type refId="1">CITY</type><value>Tehran</value></addressPart>'
        "</addressParts></translation></translations></address>"
        '<address id="2"><country refId="1">Iraq</country></address>'
    )
    party = only(
        SDN,
        enhanced(
            entity(
                f"<addresses>{address}</addresses><features>{features}</features>"
                "<identityDocuments>"
                + document.format(holder="JA'FARI, Ali", number="G1", valid="true")
                + document.format(holder="JA'FARI, Hasan", number="G2", valid="false")
                + f"</identityDocuments><relationships>{relation}</relationships>"
            )
        ),
    ).party
    assert party.kind is Kind.PERSON
    assert [str(each) for each in party.birth_dates] == ["1951 to 1953"]
    assert [each.city for each in party.birth_places] == ["Yazd"]
    assert [each.code for each in party.nationalities] == ["IR"]
    assert [
        (each.kind, each.value, each.issued, each.expires, each.note) for each in party.identifiers
    ] == [
        (IdentifierKind.WALLET, "0xabc", "", "", "ETH"),
        (IdentifierKind.SERIAL_NUMBER, "632", "", "", ""),
        (IdentifierKind.PASSPORT, "G1", "2016-03-16", "2021", ""),
        (
            IdentifierKind.PASSPORT,
            "G2",
            "2016-03-16",
            "2021",
            "issued to JA'FARI, Hasan; not valid",
        ),
    ]
    (found,) = party.relations
    assert (found.kind, found.other, found.reference) == (
        RelationKind.ACTS_FOR,
        "GUARD CORPS",
        "10465",
    )
    assert [(each.raw, each.city) for each in party.addresses] == [
        ("c/o IRGC, Tehran, Iran", "Tehran"),
        ("Iraq", ""),
    ]
    assert party.remarks == ("Website x.example: false",)


def other_list(title: str) -> str:
    return f'<sanctionsList refId="2" id="2" datePublished="2015-07-30">{title}</sanctionsList>'


def test_on_the_consolidated_list_the_date_is_that_of_its_own_lists() -> None:
    both = (
        '<sanctionsList refId="1" id="1" datePublished="2022-04-06">SDN List</sanctionsList>'
        + other_list("Sectoral Sanctions Identifications List")
    )
    own = other_list("Non-SDN CMIC List")
    source = enhanced(entity(lists=both, uid=1), entity(lists=own, uid=2), entity(lists=own, uid=3))
    found = catalogue.listings(CONSOLIDATED, catalogue.read(CONSOLIDATED, source))
    dates = {
        designation.listed_on
        for each in found
        if isinstance(each, Listing)
        for designation in each.designations
    }
    assert (len(found), dates) == (3, {date(2015, 7, 30)})
    with pytest.raises(Refused, match="this is us-ofac-consolidated"):
        catalogue.read(SDN, source)


def test_an_entity_that_is_not_on_the_list_is_reported() -> None:
    source = enhanced(entity(uid=1), entity(uid=2), entity(lists=other_list("FSE List"), uid=3))
    *_, stray = catalogue.listings(SDN, catalogue.read(SDN, source))
    assert isinstance(stray, ReportedEntry)
    assert stray.reference == "3"


def filters(*lists: str, programmes: str = "") -> str:
    chosen = "".join(f'<sanctionsList refId="1">{title}</sanctionsList>' for title in lists)
    return f"<filters><sanctionsLists>{chosen}</sanctionsLists>{programmes}</filters>"


@pytest.mark.parametrize(
    ("header", "why"),
    [
        pytest.param(
            filters(
                "SDN List",
                programmes='<sanctionsPrograms><sanctionsProgram refId="1">IRGC'
                "</sanctionsProgram></sanctionsPrograms>",
            ),
            "filtered to IRGC",
            id="one programme",
        ),
        pytest.param(
            filters("SDN List", "FSE List"), "SDN list and others", id="both lists in one"
        ),
    ],
)
def test_a_filtered_export_is_no_edition(header: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        catalogue.read(SDN, enhanced(entity(), filters=header))


def test_a_file_of_the_one_list_is_an_edition_though_its_header_names_it() -> None:
    assert only(SDN, enhanced(entity(), filters=filters("SDN List")))


def test_the_advanced_format_is_refused_for_now() -> None:
    source = Source("a.xml", (Part("a.xml", b'<Sanctions xmlns="http://x" Version="3"/>'),))
    with pytest.raises(Refused, match=r"ADVANCED XML is not read for now\. Give the ENHANCED"):
        catalogue.read(SDN, source)


@pytest.mark.parametrize(
    "source", [classic(entry()), enhanced(entity())], ids=["classic", "enhanced"]
)
def test_a_file_cut_off_stops_the_edition(source: Source) -> None:
    (part,) = source.parts
    cut = Source("x", (Part("x", part.content[:-30]),))
    key = CONSOLIDATED if b"sdnList" in part.content else SDN
    with pytest.raises(FormatProblem, match="cut off"):
        catalogue.listings(key, catalogue.read(key, cut))


def test_a_filtered_export_can_still_be_read_entry_by_entry() -> None:
    (part,) = enhanced(entity(), filters=filters("SDN List", "FSE List")).parts
    (parsed,) = ofac_enhanced.read(part, on_sdn_list=True)
    assert isinstance(parsed, ParsedEntry)
    assert normalise.listing(parsed, vocabulary.load(SDN)).reference == "12066"
