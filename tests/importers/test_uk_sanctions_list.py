import csv
import io
import re
from dataclasses import fields, is_dataclass, replace
from datetime import date
from itertools import product

import pytest
from lxml import etree

from importers import catalogue, gates, vocabulary
from importers.base import FormatProblem, Refused, ReportedEntry
from importers.source import Part, Source, open_source
from importers.uk_sanctions_list import COLUMNS, read
from registry.domain.designation import DateBasis, Measure
from registry.domain.partial_date import Precision
from registry.domain.party import DetailKind, Gender, IdentifierKind, Kind, NameRole, RelationKind

KEY = "uk-sanctions-list"
PERSON = """
<Designation>
  <LastUpdated>01/05/2025</LastUpdated>
  <DateDesignated>25/02/2021</DateDesignated>
  <UniqueID>XXX0001</UniqueID>
  <OFSIGroupID>10001</OFSIGroupID>
  <UNReferenceNumber>XXi.001</UNReferenceNumber>
  <Names>
    <Name><Name1>Saw</Name1><Name2>Min</Name2><Name6>EXAMPLE</Name6>
      <NameType>Primary name</NameType></Name>
    <Name><Name1>Sau</Name1><Name6>Example</Name6><NameType>Primary Name Variation</NameType></Name>
    <Name><Name6>Uncle</Name6><NameType>ALias</NameType>
      <AliasStrength>Low quality a.k.a</AliasStrength></Name>
  </Names>
  <NonLatinNames><NonLatinName><NameNonLatinScript>စော</NameNonLatinScript>
    <NonLatinScriptLanguage>Burmese</NonLatinScriptLanguage></NonLatinName></NonLatinNames>
  <Titles><Title>General</Title><Title>U</Title></Titles>
  <RegimeName>The Myanmar (Sanctions) Regulations 2021</RegimeName>
  <IndividualEntityShip>Individual</IndividualEntityShip>
  <DesignationSource>UK|UN</DesignationSource>
  <SanctionsImposed>Asset freeze|Travel Ban|Trust Services Sanctions</SanctionsImposed>
  <SanctionsImposedIndicators><AssetFreeze>true</AssetFreeze><TravelBan>true</TravelBan>
    <TrustServicesSanctions>true</TrustServicesSanctions><Deflag>false</Deflag>
  </SanctionsImposedIndicators>
  <OtherInformation>Listed for a short example. Reportedly deceased in 2024.</OtherInformation>
  <UKStatementofReasons>
Commanded the example &amp;amp; its units.</UKStatementofReasons>
  <Addresses>
    <Address><AddressLine1>1 Example Road</AddressLine1><AddressLine6>Naypyitaw</AddressLine6>
      <AddressPostalCode>15011</AddressPostalCode><AddressCountry>Myanmar</AddressCountry></Address>
    <Address><AddressCountry>Thailand</AddressCountry></Address>
  </Addresses>
  <PhoneNumbers><PhoneNumber>+95 1 000000</PhoneNumber></PhoneNumbers>
  <EmailAddresses><EmailAddress>a@example.org; b@example.org</EmailAddress></EmailAddresses>
  <Websites><Website>https://example.org</Website></Websites>
  <IndividualDetails><Individual>
    <DOBs><DOB>dd/mm/1960</DOB><DOB>'00/00/1961</DOB><DOB>15/08/19yy</DOB></DOBs>
    <BirthDetails><Location><TownOfBirth>Dawei</TownOfBirth>
      <CountryOfBirth>Former Burma, now Myanmar</CountryOfBirth></Location></BirthDetails>
    <Nationalities><Nationality>Myanmar</Nationality></Nationalities>
    <Genders><Gender>Male</Gender></Genders>
    <Positions><Position>Deputy Commander</Position></Positions>
    <PassportDetails><Passport><PassportNumber>'0012345</PassportNumber>
      <PassportAdditionalInformation>Myanmar number, expires 1 May 2030
      </PassportAdditionalInformation></Passport></PassportDetails>
    <NationalIdentifierDetails><NationalIdentifier>
      <NationalIdentifierNumber>12/EXA(N)000001</NationalIdentifierNumber>
      <NationalIdentifierAdditionalInformation>NRC number
      </NationalIdentifierAdditionalInformation></NationalIdentifier></NationalIdentifierDetails>
  </Individual></IndividualDetails>
</Designation>"""
ENTITY = """
<Designation>
  <LastUpdated>24/04/2026</LastUpdated><DateDesignated>24/02/2022</DateDesignated>
  <UniqueID>XXX0002</UniqueID>
  <Names><Name><Name6>EXAMPLE HOLDING JSC</Name6><NameType>Primary Name</NameType></Name></Names>
  <RegimeName>The Russia (Sanctions) (EU Exit) Regulations 2019</RegimeName>
  <IndividualEntityShip>Entity</IndividualEntityShip><DesignationSource>UK</DesignationSource>
  <SanctionsImposed>Asset freeze|Internet Services Sanctions: see "Other Information"
  </SanctionsImposed>
  <EntityDetails><Entity>
    <TypeOfEntities><TypeOfEntity>Joint-Stock Company</TypeOfEntity></TypeOfEntities>
    <BusinessRegistrationNumbers><BusinessRegistrationNumber>INN: 7720603527OGRN: 1077764566373
    </BusinessRegistrationNumber></BusinessRegistrationNumbers>
    <ParentCompanies><ParentCompany>Example Parent</ParentCompany></ParentCompanies>
    <Subsidiaries><Subsidiary>Example Branch One; Example Branch Two</Subsidiary></Subsidiaries>
  </Entity></EntityDetails>
</Designation>"""
SHIP = """
<Designation>
  <LastUpdated>31/07/2024</LastUpdated><DateDesignated>31/07/2024</DateDesignated>
  <UniqueID>XXX0003</UniqueID>
  <Names><Name><Name6>EXAMPLE PROSPECT</Name6><NameType>Primary Name</NameType></Name></Names>
  <RegimeName>The Russia (Sanctions) (EU Exit) Regulations 2019</RegimeName>
  <IndividualEntityShip>Ship</IndividualEntityShip><DesignationSource>UK</DesignationSource>
  <SanctionsImposed>Shipping sanctions: (see "Other information")</SanctionsImposed>
  <ShipDetails><Ship>
    <IMONumbers><IMONumber>IMO9826902</IMONumber></IMONumbers>
    <CurrentOwnerOperators><CurrentOwnerOperator>Example Line</CurrentOwnerOperator>
    </CurrentOwnerOperators>
    <PreviousOwnerOperators><PreviousOwnerOperator>Old Example Line</PreviousOwnerOperator>
    </PreviousOwnerOperators>
    <CurrentBelievedFlagOfShips><CurrentBelievedFlagOfShip>Gabon</CurrentBelievedFlagOfShip>
    </CurrentBelievedFlagOfShips>
    <PreviousFlags><PreviousFlag>Panama</PreviousFlag></PreviousFlags>
    <TypeOfShipDetails><TypeOfShip>Oil Tanker</TypeOfShip></TypeOfShipDetails>
    <TonnageOfShipDetails><TonnageOfShip>7078</TonnageOfShip></TonnageOfShipDetails>
    <LengthOfShipDetails><LengthOfShip>249</LengthOfShip></LengthOfShipDetails>
    <YearsBuilt><YearBuilt>2019</YearBuilt></YearsBuilt>
    <HullIdentificationNumbers><HullIdentificationNumber>H-1</HullIdentificationNumber>
    </HullIdentificationNumbers>
  </Ship></ShipDetails>
</Designation>"""


def edition(content, name="list"):
    return Source(name, (Part(name, content.encode() if isinstance(content, str) else content),))


def xml(*designations):
    return edition(
        "<Designations><DateGenerated>29/04/2026</DateGenerated>"
        f"{''.join(designations)}</Designations>"
    )


def table(*entries, columns=COLUMNS, dated="Report Date: 29-Apr-2026"):
    """A CSV with, as in the publisher's, a row for every combination of what an entry repeats.

    An entry maps columns to a value, or a tuple of columns to the rows of what belongs together.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    if dated:
        writer.writerow([dated])
    writer.writerow(columns)
    for entry in entries:
        repeated = {key: value for key, value in entry.items() if isinstance(value, list)}
        for chosen in product(*repeated.values()):
            row = {key: value for key, value in entry.items() if key not in repeated}
            for key, value in zip(repeated, chosen, strict=True):
                row |= {key: value} if isinstance(key, str) else dict(zip(key, value, strict=True))
            writer.writerow([row.get(column, "") for column in columns])
    return edition(text.getvalue())


def row(**changes):
    return {
        "Unique ID": "XXX0001",
        "Name 6": "EXAMPLE",
        "Name type": "Primary Name",
        "Regime Name": "The Myanmar (Sanctions) Regulations 2021",
        "Designation Type": "Individual",
        "Designation source": "UK",
        "Sanctions Imposed": "Asset freeze|Travel Ban",
        "Date Designated": "25/02/2021",
    } | {column.replace("_", " "): value for column, value in changes.items()}


def together(*sources):
    return Source("folder", tuple(part for source in sources for part in source.parts))


def listings(source):
    return catalogue.listings(KEY, read(source))


def only(source):
    (listing,) = listings(source)
    return listing


def stated(listing):
    (designation,) = listing.designations
    return dict(designation.stated)


def test_the_date_of_either_encoding_is_the_publishers():
    assert read(xml(PERSON)).published_on == date(2026, 4, 29)
    assert read(table(row())).published_on == date(2026, 4, 29)


def test_a_person_is_kept_with_every_fact():
    listing = only(xml(PERSON))
    party = listing.party
    assert (listing.reference, listing.key, listing.partner) == ("XXX0001", f"{KEY}:XXX0001", "UK")
    assert party.kind is Kind.PERSON
    assert [(name.full, name.role) for name in party.names] == [
        ("Saw Min EXAMPLE", NameRole.PRIMARY),
        ("Sau Example", NameRole.VARIATION),
        ("Uncle", NameRole.WEAK_ALIAS),
        ("စော", NameRole.VARIATION),
    ]
    assert party.names[2].quality == "Low quality a.k.a"
    assert (party.names[3].script, party.names[3].language) == ("Mymr", "Burmese")
    assert [(each.precision, each.first) for each in party.birth_dates] == [
        (Precision.YEAR, date(1960, 1, 1)),
        (Precision.YEAR, date(1961, 1, 1)),
        (Precision.RANGE, date(1900, 1, 1)),
    ]
    (place,) = party.birth_places
    assert (place.city, place.country.code) == ("Dawei", "MM")
    assert [each.code for each in party.nationalities] == ["MM"]
    assert (party.genders, party.titles) == ((Gender.MALE,), ("General", "U"))
    assert party.functions == ("Deputy Commander",)
    assert [(each.kind, each.value) for each in party.identifiers] == [
        (IdentifierKind.UN_REFERENCE, "XXi.001"),
        (IdentifierKind.OFSI_GROUP_ID, "10001"),
        (IdentifierKind.PASSPORT, "0012345"),
        (IdentifierKind.NATIONAL_ID, "12/EXA(N)000001"),
    ]
    passport = party.identifiers[2]
    assert (passport.country.code, passport.expires) == ("MM", "1 May 2030")
    assert [each.raw for each in party.addresses] == [
        "1 Example Road, Naypyitaw, 15011, Myanmar",
        "Thailand",
    ]
    assert [(each.kind, each.value) for each in party.details] == [
        (DetailKind.PHONE, "+95 1 000000"),
        (DetailKind.WEBSITE, "https://example.org"),
        (DetailKind.EMAIL, "a@example.org"),
        (DetailKind.EMAIL, "b@example.org"),
        (DetailKind.DECEASED, "Reportedly deceased in 2024"),
    ]
    assert party.remarks == ("Listed for a short example. Reportedly deceased in 2024.",)


def test_a_designation_keeps_its_act_dates_source_and_reasons():
    (designation,) = only(xml(PERSON)).designations
    assert designation.code == "The Myanmar (Sanctions) Regulations 2021"
    assert (designation.listed_on, designation.date_basis) == (date(2021, 2, 25), DateBasis.STATED)
    assert designation.amended_on == date(2025, 5, 1)
    assert designation.authority == "UK and UN"
    assert designation.reason == "Commanded the example & its units."
    assert designation.other_measures == ("Trust Services Sanctions",)


def test_an_entity_keeps_its_numbers_and_relations():
    party = only(xml(ENTITY)).party
    assert [(each.kind, each.label, each.value) for each in party.identifiers] == [
        (IdentifierKind.TAX, "INN", "7720603527"),
        (IdentifierKind.REGISTRATION, "OGRN", "1077764566373"),
    ]
    assert [(each.kind, each.other) for each in party.relations] == [
        (RelationKind.SUBSIDIARY_OF, "Example Parent"),
        (RelationKind.PARENT_OF, "Example Branch One"),
        (RelationKind.PARENT_OF, "Example Branch Two"),
    ]
    assert [(each.kind, each.value) for each in party.details] == [
        (DetailKind.ENTITY_TYPE, "Joint-Stock Company")
    ]


def test_a_ship_keeps_its_details():
    party = only(xml(SHIP)).party
    assert party.kind is Kind.VESSEL
    assert [(each.kind, each.value) for each in party.identifiers] == [
        (IdentifierKind.IMO, "9826902"),
        (IdentifierKind.HULL, "H-1"),
    ]
    assert [(each.kind, each.other) for each in party.relations] == [
        (RelationKind.OPERATED_BY, "Example Line"),
        (RelationKind.FORMERLY_OPERATED_BY, "Old Example Line"),
    ]
    assert {each.label: each.value for each in party.details} == {
        "Type of ship": "Oil Tanker",
        "Current believed flag of ship": "Gabon",
        "Previous flags": "Panama",
        "Tonnage of ship": "7078",
        "Length of ship": "249",
        "Year Built": "2019",
    }


def test_the_raw_entry_is_the_element_itself():
    raw = only(xml(PERSON)).raw
    assert etree.fromstring(raw).findtext("UniqueID") == "XXX0001"
    assert "'00/00/1961" in raw


def test_the_rows_of_one_unique_id_are_one_listing_without_repetition():
    listing = only(
        table(
            row()
            | {
                ("Name 1", "Name 6", "Name type"): [
                    ("Saw", "EXAMPLE", "Primary Name"),
                    ("Sau", "EXAMPEL", "Alias"),
                ],
                ("Address Line 1", "Address Country"): [("Road 1", "Myanmar"), ("", "Thailand")],
                ("Passport number", "Passport additional information"): [
                    ("A111111", "Myanmar"),
                    ("B222222", "Thailand"),
                ],
                "D.O.B": ["dd/mm/1960", "01/02/1961"],
            }
        )
    )
    party = listing.party
    assert [name.full for name in party.names] == ["Saw EXAMPLE", "Sau EXAMPEL"]
    assert [each.raw for each in party.addresses] == ["Road 1, Myanmar", "Thailand"]
    assert [(each.value, each.country.code) for each in party.identifiers] == [
        ("A111111", "MM"),
        ("B222222", "TH"),
    ]
    assert [str(each) for each in party.birth_dates] == ["1960", "1 February 1961"]
    assert listing.line == 3


def test_rows_of_one_unique_id_are_found_together_wherever_they_lie():
    first, second = row(Name_6="ONE"), row(Name_6="TWO", Name_type="Alias")
    other = row(Unique_ID="XXX0002")
    found = listings(table(first, other, second))
    assert [each.reference for each in found] == ["XXX0001", "XXX0002"]
    assert [name.full for name in found[0].party.names] == ["ONE", "TWO"]


def test_xml_and_csv_of_one_designation_are_the_same_listing():
    from_csv = only(
        table(
            {
                "Last Updated": "31/07/2024",
                "Date Designated": "31/07/2024",
                "Unique ID": "XXX0003",
                "Name 6": "EXAMPLE PROSPECT",
                "Name type": "Primary Name",
                "Regime Name": "The Russia (Sanctions) (EU Exit) Regulations 2019",
                "Designation Type": "Ship",
                "Designation source": "UK",
                "Sanctions Imposed": "Shipping sanctions: (see 'Other information')",
                "IMO number": "IMO9826902",
                "Current owner/operator (s)": "Example Line",
                "Previous owner/operator (s)": "Old Example Line",
                "Current believed flag of ship": "Gabon",
                "Previous flags": "Panama",
                "Type of ship": "Oil Tanker",
                "Tonnage of ship": "7078",
                "Length of ship": "249",
                "Year Built": "2019",
                "Hull identification number (HIN)": "H-1",
            }
        )
    )
    from_xml = only(xml(SHIP))
    assert replace(from_csv, line=0, raw="") == replace(from_xml, line=0, raw="")


def test_xml_and_csv_given_together_are_one_edition():
    reading = read(together(table(row()), xml(PERSON)))
    assert (reading.format, len(list(reading.entries))) == ("XML", 1)


FREEZE, BAN = Measure.ASSET_FREEZE, Measure.TRAVEL_BAN


@pytest.mark.parametrize(
    ("imposed", "answers"),
    [
        pytest.param("Asset freeze|Travel Ban", {FREEZE: True, BAN: True}, id="both"),
        pytest.param("Asset freeze", {FREEZE: True, BAN: False}, id="not imposed is stated"),
        pytest.param("asset  freeze|TRAVEL BAN", {FREEZE: True, BAN: True}, id="letter case"),
        pytest.param("Arms embargo", {FREEZE: False, BAN: False}, id="another measure only"),
        pytest.param("", {}, id="silence is not no"),
        pytest.param(
            "Asset freeze|Travel ban (suspended)", {FREEZE: True}, id="words nearly its own"
        ),
    ],
)
def test_a_measure_is_stated_by_the_list_of_sanctions_imposed(imposed, answers):
    assert stated(only(table(row(Sanctions_Imposed=imposed)))) == answers


@pytest.mark.parametrize(
    ("imposed", "indicators", "answers"),
    [
        pytest.param(
            "", "<AssetFreeze>true</AssetFreeze><TravelBan>false</TravelBan>",
            {FREEZE: True, BAN: False}, id="flags alone",
        ),
        pytest.param(
            "Asset freeze", "<AssetFreeze>true</AssetFreeze><TravelBan>true</TravelBan>",
            {FREEZE: True}, id="where text and flag differ neither is believed",
        ),
        pytest.param(
            "", "<AssetFreeze>true</AssetFreeze><TravelBan/>", {FREEZE: True},
            id="an empty flag is silent",
        ),
    ],
)  # fmt: skip
def test_flags_and_text_must_agree_on_a_measure(imposed, indicators, answers):
    changed = re.sub(
        r"<SanctionsImposed>.*</SanctionsImposedIndicators>",
        f"<SanctionsImposed>{imposed}</SanctionsImposed>"
        f"<SanctionsImposedIndicators>{indicators}</SanctionsImposedIndicators>",
        PERSON,
        flags=re.DOTALL,
    )
    assert stated(only(xml(changed))) == answers


def test_a_flagged_measure_without_words_is_kept_by_its_flag():
    changed = PERSON.replace("<Deflag>false", "<ProhibitionOfPortEntry>true").replace(
        "</Deflag>", "</ProhibitionOfPortEntry>"
    )
    (designation,) = only(xml(changed)).designations
    assert designation.other_measures == ("Trust Services Sanctions", "Prohibition Of Port Entry")


def test_a_travel_ban_on_an_entity_is_kept_as_stated():
    changed = ENTITY.replace("Asset freeze|", "Asset freeze|Travel Ban|")
    assert stated(only(xml(changed))) == {FREEZE: True, BAN: True}


def test_a_pointer_to_other_information_is_no_part_of_a_measures_name():
    (designation,) = only(xml(ENTITY)).designations
    assert designation.other_measures == ("Internet Services Sanctions",)


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param([c for c in COLUMNS if c != "OFSI Group ID"], id="without OFSI's numbers"),
        pytest.param([c.upper() for c in COLUMNS], id="another letter case"),
        pytest.param(list(reversed(COLUMNS)), id="another order"),
        pytest.param(
            ["Individual, Entity, Ship" if c == "Designation Type" else c for c in COLUMNS],
            id="the older name of the designation type",
        ),
    ],
)
def test_headers_of_other_years_are_read(columns):
    names = {c: c for c in COLUMNS} | {c.upper(): c for c in COLUMNS}
    names["Individual, Entity, Ship"] = "Designation Type"
    values = row()
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows(
        [["Report Date: 01-Jul-2025"], columns, [values.get(names[c], "") for c in columns]]
    )
    listing = only(edition(text.getvalue()))
    assert (listing.party.name, listing.party.kind) == ("EXAMPLE", Kind.PERSON)


@pytest.mark.parametrize(
    ("source", "alarm"),
    [
        pytest.param(
            xml(PERSON.replace("LastUpdated>", "Amended>")),
            r"line 3: <Amended> is not known in <Designation>",
            id="a renamed element",
        ),
        pytest.param(
            xml(PERSON.replace("Name2>", "SecondName>")), "'SecondName'", id="a renamed name part"
        ),
        pytest.param(
            xml(PERSON.replace("DOB>", "BirthDate>")), "<BirthDate> is not known in <DOBs>",
            id="a renamed value",
        ),
        pytest.param(
            xml(PERSON.replace("<RegimeName>", "<RegimeName><Part/>")), "holds more than text",
            id="an element inside a text",
        ),
        pytest.param(
            xml(PERSON.replace("<Titles>", "<UniqueID>X</UniqueID><Titles>")), "stands twice",
            id="an element twice",
        ),
        pytest.param(xml(PERSON[:-40]), "not well-formed", id="a file cut off"),
        pytest.param(
            edition("<Designations><Designation/></Designations>"), "no <DateGenerated>",
            id="no date before the first entry",
        ),
        pytest.param(
            table(row(), columns=(*COLUMNS, "Second name")), "'Second name' is not known",
            id="a new column",
        ),
        pytest.param(
            table(row(), columns=[c for c in COLUMNS if c != "Sanctions Imposed"]),
            r"\['Sanctions Imposed'\] are gone", id="a column that is gone",
        ),
        pytest.param(
            edition(table(row()).parts[0].content + b"31/07/2024,XXX0009\r\n"),
            "line 4: 2 fields under 58 columns", id="a row cut off",
        ),
        pytest.param(
            table(row(), dated="Report Date: soon"), "'soon' can not be read", id="no date"
        ),
    ],
)  # fmt: skip
def test_a_broken_assumption_about_the_format_stops_the_edition(source, alarm):
    with pytest.raises(FormatProblem, match=alarm):
        listings(source)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        pytest.param(
            edition("Last Updated,10/04/2025\r\nName 6,Name 1\r\n"), "uk-ofsi-conlist",
            id="OFSI's list",
        ),
        pytest.param(table(row(), dated=""), "begins with", id="a header without a report date"),
        pytest.param(edition("<html><body>Busy</body></html>"), "its root is <html>", id="a page"),
        pytest.param(edition(b"PK\x03\x04\x00\x00"), "neither XML nor CSV", id="a workbook"),
        pytest.param(
            edition("<!DOCTYPE html><p>Sorry"), "neither XML nor CSV|its root", id="a broken page"
        ),
        pytest.param(
            together(xml(PERSON), table(row(), dated="Report Date: 30-Apr-2026")), "several files",
            id="files of two days",
        ),
        pytest.param(together(xml(PERSON), xml(ENTITY)), "several files", id="one format twice"),
        pytest.param(together(xml(PERSON), edition("Note")), "begins with", id="a stray file"),
    ],
)  # fmt: skip
def test_what_is_no_edition_of_this_list_is_refused(source, why):
    with pytest.raises(Refused, match=why):
        read(source)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        pytest.param(
            table(row(), row(Designation_Type="Entity"), row(Unique_ID="XXX0002")),
            "'Designation Type' differs", id="two kinds in one entry",
        ),
        pytest.param(
            table(row(Designation_Type="Aircraft"), row(Unique_ID="XXX0002")),
            "kind 'Aircraft' of XXX0001 is not known", id="an unknown kind",
        ),
        pytest.param(
            table(row(Name_6=""), row(Unique_ID="XXX0002")), "has no name", id="no name"
        ),
        pytest.param(
            table(row(Unique_ID=""), row(Unique_ID="XXX0002")), "no reference", id="no reference"
        ),
        pytest.param(
            xml(PERSON.replace("<TravelBan>true", "<TravelBan>perhaps"), ENTITY),
            "TravelBan is 'perhaps'", id="a flag that is neither true nor false",
        ),
    ],
)  # fmt: skip
def test_one_bad_entry_is_reported_by_itself(source, why):
    bad, good = listings(source)
    assert isinstance(bad, ReportedEntry)
    assert re.search(why, bad.reason)
    assert good.reference == "XXX0002"


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
    """Words and numbers apart, since several numbers may stand jammed in one field."""
    return re.findall(r"[^\W\d_]+|\d+", text.casefold())


# Real editions

INDICATORS = "SanctionsImposedIndicators"
# Dates, kinds, roles and the two measures become values; the rest must be found again as words.
READ_AS_OTHER_WORDS = {"DateDesignated", "LastUpdated", "NameType", "IndividualEntityShip"}
DISCARDED = {
    "SanctionsImposed": words("Asset freeze, Travel ban, see Other information"),
    "NationalIdentifierNumber": words("number"),
    "IMONumber": words("IMO"),
    "Position": words("1) 2)"),
}
REBUILT = "uk-sanctions-list/2026-05-12-rebuilt/UK-Sanctions-List"


@pytest.fixture(scope="module")
def rebuilt(real_lists):
    return {
        form: catalogue.listings(KEY, read(open_source(real_lists / f"{REBUILT}.{form}")))
        for form in ("xml", "csv")
    }


@pytest.mark.real_lists
@pytest.mark.parametrize("form", ["xml", "csv"])
def test_a_real_edition_gives_the_counts_of_an_independent_parse(rebuilt, form):
    found = rebuilt[form]
    assert not [each for each in found if isinstance(each, ReportedEntry)]
    kinds = {kind: sum(each.party.kind is kind for each in found) for kind in Kind}
    assert (kinds[Kind.PERSON], kinds[Kind.ENTITY], kinds[Kind.VESSEL]) == (3868, 1288, 582)
    answers = [stated(each) for each in found]
    assert sum(each[FREEZE] for each in answers) == 5162
    assert sum(each[BAN] for each in answers) == 3772
    findings = gates.examine(
        vocabulary.load(KEY).gates,
        found,
        dated=date(2026, 4, 29),
        stated_count=None,
        earlier=None,
    )
    assert findings == gates.Findings()


@pytest.mark.real_lists
def test_xml_and_csv_of_a_real_edition_are_the_same_listings(rebuilt):
    from_xml, from_csv = (
        {each.key: replace(each, line=0, raw="") for each in rebuilt[form]}
        for form in ("xml", "csv")
    )
    assert from_xml.keys() == from_csv.keys()
    assert [key for key in from_xml if from_xml[key] != from_csv[key]] == []


@pytest.mark.real_lists
def test_no_word_that_a_real_designation_states_is_dropped(rebuilt):
    dropped = []
    for listing in rebuilt["xml"]:
        kept = set(words(" ".join(texts(replace(listing, raw="")))))
        for element in etree.fromstring(listing.raw).iterfind(".//*"):
            if element.tag in READ_AS_OTHER_WORDS or element.getparent().tag == INDICATORS:
                continue
            lost = set(words(element.text or "")) - kept - set(DISCARDED.get(element.tag, ()))
            if element.tag == "BusinessRegistrationNumber":  # labels of labels are not numbers
                lost = set(filter(str.isdigit, lost))
            dropped.extend((listing.reference, element.tag, word) for word in lost)
    assert dropped == []


@pytest.mark.real_lists
def test_every_birth_date_and_nationality_of_a_real_edition_is_understood(rebuilt):
    parties = [each.party for each in rebuilt["xml"]]
    assert {each.raw for party in parties for each in party.birth_dates if not each.first} == set()
    assert {each.raw for party in parties for each in party.nationalities if not each.code} == set()


@pytest.mark.real_lists
@pytest.mark.parametrize(
    ("sample", "kinds"),
    [
        (
            "2026-08-26_three_designations_trimmed_by_author.xml",
            [Kind.PERSON, Kind.ENTITY, Kind.VESSEL],
        ),
        ("2026-10-08_header_and_one_line.csv", [Kind.VESSEL]),
    ],
)
def test_a_trimmed_sample_is_read_but_is_no_edition(real_lists, sample, kinds):
    found = listings(open_source(real_lists / "genuine_samples" / KEY / sample))
    assert [each.party.kind for each in found] == kinds
    findings = gates.examine(
        vocabulary.load(KEY).gates, found, dated=date(2026, 10, 8), stated_count=None, earlier=None
    )
    assert "a part of the list" in findings.failures[0]


@pytest.mark.real_lists
def test_a_header_alone_is_refused(real_lists):
    with pytest.raises(Refused, match="states its Report Date"):
        read(open_source(real_lists / "genuine_samples" / KEY / "csv_header_58_columns.txt"))
