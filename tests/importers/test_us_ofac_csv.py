"""OFAC's CSV files: what a row and its remark say."""

import io
import zipfile
from dataclasses import dataclass

import pytest

from importers import catalogue
from importers.base import FormatProblem, Refused, ReportedEntry
from importers.source import Part, Source, from_bytes
from registry.domain.designation import Listing, Measure
from registry.domain.party import DetailKind, Gender, IdentifierKind, Kind, NameRole, RelationKind

KEY = "us-ofac-sdn"
NULL = "-0- "
END = "\x1a"


def row(
    number: int = 36,
    name: str = "ORION BANK",
    kind: str = NULL,
    programmes: str = "GLOMAG",
    title: str = NULL,
    vessel: tuple[str, ...] = (NULL,) * 6,
    remarks: str = NULL,
) -> str:
    texts = [name, kind, programmes, title, *vessel, remarks]
    return ",".join([str(number), *(t if t == NULL else f'"{t}"' for t in texts)]) + "\r\n"


def source(*contents: str, names: tuple[str, ...] = ("a", "b", "c", "d")) -> Source:
    parts = zip(names, contents, strict=False)
    return Source("edition", tuple(Part(name, text.encode("cp1252")) for name, text in parts))


def read(*contents: str) -> list[Listing | ReportedEntry]:
    return catalogue.listings(KEY, catalogue.read(KEY, source(*contents)))


def only(*contents: str) -> Listing:
    (found,) = read(*contents)
    assert isinstance(found, Listing), found
    return found


def person(remarks: str, **more: str) -> Listing:
    return only(row(name="PETROV, Ivan Ilyich", kind="individual", remarks=remarks, **more))


def entity(remarks: str) -> Listing:
    return only(row(remarks=remarks))


def test_a_person_is_named_in_the_order_in_which_the_name_is_spoken() -> None:
    party = person(NULL).party
    assert party.kind is Kind.PERSON
    assert party.name == "Ivan Ilyich PETROV"
    assert [(str(part.kind), part.value) for part in party.names[0].parts] == [
        ("given", "Ivan Ilyich"),
        ("family", "PETROV"),
    ]


def test_a_comma_in_the_name_of_an_entity_parts_nothing() -> None:
    assert only(row(name="ORION TRADING CO., LTD.")).party.name == "ORION TRADING CO., LTD."


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("individual", Kind.PERSON),
        (NULL, Kind.ENTITY),
        ("vessel", Kind.VESSEL),
        ("aircraft", Kind.AIRCRAFT),
    ],
)
def test_an_empty_type_is_an_entity(kind: str, expected: Kind) -> None:
    assert only(row(kind=kind)).party.kind is expected


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        pytest.param("GLOMAG", ["GLOMAG"], id="one"),
        pytest.param("SDGT] [IFSR", ["IFSR", "SDGT"], id="two in one cell"),
        pytest.param("SOUTH SUDAN] [CAATSA - IRAN", ["CAATSA - IRAN", "SOUTH SUDAN"], id="blanks"),
        pytest.param("BPI-RUSSIA-EO14024", ["BPI-RUSSIA-EO14024"], id="only under investigation"),
    ],
)
def test_each_programme_is_a_designation_of_its_own(cell: str, codes: list[str]) -> None:
    designations = only(row(programmes=cell)).designations
    assert [each.code for each in designations] == codes
    assert {(each.authority, each.listed_on, each.stated) for each in designations} == {
        ("OFAC", None, ())
    }


def test_an_entry_without_a_programme_is_reported_by_itself() -> None:
    reported, kept = read(row(1, programmes=NULL) + row(2))
    assert isinstance(reported, ReportedEntry)
    assert (reported.reference, reported.line) == ("1", 1)
    assert isinstance(kept, Listing)


def test_aliases_and_addresses_come_from_their_own_files_in_any_order() -> None:
    alt = '36,1,"aka","ORION",-0- \r\n36,2,"fka","ORION SAVINGS",-0- \r\n'
    add = (
        '36,9,"1 High Street","London EC3N 1DY","United Kingdom",-0- \r\n36,10,-0- ,-0- ,-0- ,-0- '
    )
    listing = only(add, row() + END, alt + END)
    assert [(name.full, name.role) for name in listing.party.names] == [
        ("ORION BANK", NameRole.PRIMARY),
        ("ORION", NameRole.ALIAS),
        ("ORION SAVINGS", NameRole.FORMER),
    ]
    (address,) = listing.party.addresses
    assert address.raw == "1 High Street, London EC3N 1DY, United Kingdom"
    assert (address.city, address.postcode) == ("London", "EC3N 1DY")
    assert address.country is not None
    assert address.country.code == "GB"
    assert '"1 High Street"' in listing.raw


@pytest.mark.parametrize(
    ("locality", "parts"),
    [
        ("Culiacan, Sinaloa", ("Culiacan", "Sinaloa", "")),
        ("Grossbeeren, Brandenburg 14979", ("Grossbeeren", "Brandenburg", "14979")),
        ("Zurich CH-8022", ("Zurich", "", "CH-8022")),
        ("Panama City", ("Panama City", "", "")),
    ],
)
def test_a_locality_is_parted_as_ofac_joins_it(locality: str, parts: tuple[str, ...]) -> None:
    listing = only(row(), f'36,9,-0- ,"{locality}","Mexico",-0- \r\n')
    (address,) = listing.party.addresses
    assert (address.city, address.region, address.postcode) == parts


def test_a_quoted_name_in_a_remark_is_a_weak_alias() -> None:
    party = entity("a.k.a. 'OB'; a.k.a. ''THE BANK''; f.k.a. 'OLD OB'; a.k.a. 'ABU-'UMAR'.").party
    assert [(name.full, name.role, name.quality, name.note) for name in party.names[1:]] == [
        ("OB", NameRole.WEAK_ALIAS, "weak", ""),
        ("THE BANK", NameRole.WEAK_ALIAS, "weak", ""),
        ("OLD OB", NameRole.WEAK_ALIAS, "weak", "f.k.a."),
        ("ABU-'UMAR", NameRole.WEAK_ALIAS, "weak", ""),
    ]


def test_a_remark_says_who_a_person_is() -> None:
    party = person(
        "DOB 10 Dec 1948; alt. DOB circa 1951; POB Al Awja, near Tikrit, Iraq; alt. POB Gaza; "
        "nationality Korea, North; alt. nationality Syria; citizen Iraq; Gender Male; "
        "Minister of Defence.",
        title="Minister of Defence; Dr.",
    ).party
    assert [str(each) for each in party.birth_dates] == ["10 December 1948", "circa 1951"]
    assert [
        (p.city, p.region, p.country.code if p.country else "") for p in party.birth_places
    ] == [
        ("Al Awja", "near Tikrit", "IQ"),
        ("", "", "PS"),
    ]
    assert [each.code for each in party.nationalities] == ["KP", "SY"]
    assert [each.code for each in party.citizenships] == ["IQ"]
    assert party.genders == (Gender.MALE,)
    assert (party.functions, party.titles) == (("Minister of Defence",), ("Dr.",))
    assert party.remarks == ()


@dataclass(frozen=True)
class Number:
    kind: IdentifierKind
    value: str
    country: str = ""
    issued: str = ""
    expires: str = ""
    note: str = ""


@pytest.mark.parametrize(
    ("remark", "expected"),
    [
        pytest.param(
            "Passport 84/20/4 (Egypt) issued 12 Jan 1999 expires 2004",
            Number(IdentifierKind.PASSPORT, "84/20/4", "EG", "12 Jan 1999", "2004"),
            id="country and both dates",
        ),
        pytest.param(
            "Passport G1 (Iran) expires 15 Aug 2023 to 15 Aug 2024",
            Number(IdentifierKind.PASSPORT, "G1", "IR", "", "15 Aug 2023 to 15 Aug 2024"),
            id="expires within a period",
        ),
        pytest.param(
            "alt. Passport RL 1622378",
            Number(IdentifierKind.PASSPORT, "RL 1622378"),
            id="alternative with letters",
        ),
        pytest.param(
            "National ID No. D489833(9)",
            Number(IdentifierKind.NATIONAL_ID, "D489833(9)"),
            id="a check digit in brackets is no country",
        ),
        pytest.param(
            "Folio Mercantil No. 18740 (Jalisco) (Mexico)",
            Number(IdentifierKind.REGISTRATION, "18740", "MX", note="Jalisco"),
            id="register before country",
        ),
        pytest.param(
            "R.F.C. # PMA-910805 (Mexico)",
            Number(IdentifierKind.TAX, "PMA-910805", "MX"),
            id="number sign",
        ),
        pytest.param(
            "NIT # 800146749-7 (Colombia)",
            Number(IdentifierKind.TAX, "800146749-7", "CO"),
            id="number sign within the label",
        ),
        pytest.param(
            "Passport 4117921 issued under the name Ivan",
            Number(IdentifierKind.PASSPORT, "4117921", note="issued under the name Ivan"),
            id="words after the number",
        ),
        pytest.param(
            "Company Number 1476279 (Virgin Islands, British)",
            Number(IdentifierKind.REGISTRATION, "1476279", "VG"),
            id="inverted country",
        ),
        pytest.param(
            "Legal Entity Number 253400V1H6ART1UQ0N98 (Russia)",
            Number(IdentifierKind.LEI, "253400V1H6ART1UQ0N98", "RU"),
            id="an LEI by its form",
        ),
        pytest.param(
            "Legal Entity Number 851683897 (Netherlands)",
            Number(IdentifierKind.REGISTRATION, "851683897", "NL"),
            id="not an LEI by its form",
        ),
        pytest.param(
            "Identification Number IMO 5342883",
            Number(IdentifierKind.REGISTRATION, "5342883"),
            id="the IMO number of a company is not a ship's",
        ),
        pytest.param(
            "SWIFT/BIC HAVIGB2L",
            Number(IdentifierKind.SWIFT_BIC, "HAVIGB2L"),
            id="no digit needed",
        ),
        pytest.param(
            "Digital Currency Address - XBT 1Kuf2Rd8mDyAViwBozGTNYnvWL8uYFrkVo",
            Number(IdentifierKind.WALLET, "1Kuf2Rd8mDyAViwBozGTNYnvWL8uYFrkVo", note="XBT"),
            id="wallet with its currency",
        ),
        pytest.param(
            "alt. Digital Currency Address - NEWCOIN 0xabc",
            Number(IdentifierKind.WALLET, "0xabc", note="NEWCOIN"),
            id="wallet in a currency not known yet",
        ),
        pytest.param(
            "Fishing Permit No. 4411-B (Chile)",
            Number(IdentifierKind.OTHER, "4411-B", "CL"),
            id="a type of document that OFAC has since added",
        ),
    ],
)
def test_a_number_is_typed_and_parted_from_what_stands_around_it(
    remark: str, expected: Number
) -> None:
    listing = entity(f"{remark}; ICTY indictee.")
    (found,) = listing.party.identifiers
    assert expected == Number(
        found.kind,
        found.value,
        found.country.code if found.country else "",
        found.issued,
        found.expires,
        found.note,
    )
    assert listing.party.remarks == ("ICTY indictee",)


@pytest.mark.parametrize(
    ("remark", "kind", "other"),
    [
        ("Linked To: LAZARUS GROUP", RelationKind.LINKED_TO, "LAZARUS GROUP"),
        (
            "(Linked To: GUARD CORPS (IRGC)-QODS FORCE)",
            RelationKind.LINKED_TO,
            "GUARD CORPS (IRGC)-QODS FORCE",
        ),
        ("wife of Ivan Petrov", RelationKind.FAMILY, "Ivan Petrov"),
        ("Aircraft Operator Mahan Air", RelationKind.OPERATED_BY, "Mahan Air"),
    ],
)
def test_a_relation_names_the_other_party(remark: str, kind: RelationKind, other: str) -> None:
    (relation,) = entity(f"{remark}.").party.relations
    assert (relation.kind, relation.other) == (kind, other)


@pytest.mark.parametrize(
    ("remark", "kind", "value"),
    [
        ("Website http://orion.example", DetailKind.WEBSITE, "http://orion.example"),
        ("Website:  www.orion.example", DetailKind.WEBSITE, "www.orion.example"),
        ("www.orion.example", DetailKind.WEBSITE, "www.orion.example"),
        ("Email Address a@orion.example", DetailKind.EMAIL, "a@orion.example"),
        ("info@orion.example (email)", DetailKind.EMAIL, "info@orion.example"),
        ("Telephone +9716 5030600", DetailKind.PHONE, "+9716 5030600"),
        ("Alt. Fax: 9221227700019", DetailKind.FAX, "9221227700019"),
        ("Organization Type: Mining of lignite", DetailKind.ENTITY_TYPE, "Mining of lignite"),
        ("Organization Established Date 01 Aug 1956", DetailKind.OTHER, "01 Aug 1956"),
        ("Listing Date (EO 14024 Directive 2): 24 Feb 2022", DetailKind.OTHER, "24 Feb 2022"),
        ("Former Vessel Flag Malta", DetailKind.FORMER_FLAG, "Malta"),
        ("Aircraft Model IL76-TD", DetailKind.AIRCRAFT_TYPE, "IL76-TD"),
        (
            "Additional Sanctions Information - Subject to Secondary Sanctions",
            DetailKind.SECONDARY_SANCTIONS,
            "Subject to Secondary Sanctions",
        ),
        (
            "Secondary sanctions risk: section 1(b) of an order",
            DetailKind.SECONDARY_SANCTIONS,
            "section 1(b) of an order",
        ),
    ],
)
def test_other_facts_are_details_under_their_label(
    remark: str, kind: DetailKind, value: str
) -> None:
    (detail,) = entity(f"{remark}; alias unknown to all.").party.details
    assert (detail.kind, detail.value) == (kind, value)


def test_what_is_not_understood_stays_a_remark() -> None:
    remark = "ICTY indictee in custody; Passport issued in Amman, Jordan;arrested 23 Apr 2002."
    assert entity(remark).party.remarks == (
        "ICTY indictee in custody",
        "Passport issued in Amman, Jordan",
        "arrested 23 Apr 2002",
    )


def test_a_menu_item_belongs_to_its_programme_and_may_state_the_freeze() -> None:
    remark = (
        "CAATSA Section 235 Information: FOREIGN EXCHANGE. Sec 235(a)(7); "
        "alt. CAATSA Section 235 Information: BLOCKING PROPERTY AND INTERESTS IN PROPERTY. "
        "Sec 235(a)(9); Executive Order 13662 Directive Determination - Subject to Directive 4."
    )
    listing = only(row(programmes="SDGT] [CAATSA - RUSSIA", remarks=remark))
    menu, other = listing.designations
    assert (menu.code, menu.stated) == ("CAATSA - RUSSIA", ((Measure.ASSET_FREEZE, True),))
    assert len(menu.other_measures) == 2
    assert (other.code, other.stated, other.other_measures) == ("SDGT", (), ())
    (detail,) = listing.party.details
    assert detail.value == "Subject to Directive 4"


def test_a_long_remark_goes_on_in_the_comments_in_the_middle_of_a_word() -> None:
    filler = "DOB 1961; "
    begins = filler * 98 + "Passport 1234 "
    begins = begins.ljust(1000, "x")
    listing = only(row(kind="individual", remarks=begins), '36,"567 (Iran); Gender Male."\r\n')
    assert listing.party.genders == (Gender.MALE,)
    assert any(each.value.endswith("567") for each in listing.party.identifiers)


def test_half_a_number_is_never_taken_for_a_number() -> None:
    remark = ("DOB 1961; " * 100)[:985] + "; Passport 1234"
    assert len(remark) == 1000
    party = only(row(kind="individual", remarks=remark)).party
    assert party.identifiers == ()
    assert party.remarks[-1] == "Passport 1234"


def test_vessel_columns_are_kept_apart() -> None:
    columns = ("CL2192", "Crude Oil Tanker", "318,000", "163,660", "Iran", "NITC")
    listing = only(
        row(
            kind="vessel",
            vessel=columns,
            remarks="Vessel Registration Identification IMO 7406784; MMSI 572469210.",
        )
    )
    assert [(each.kind, each.value) for each in listing.party.identifiers] == [
        (IdentifierKind.CALL_SIGN, "CL2192"),
        (IdentifierKind.IMO, "7406784"),
        (IdentifierKind.MMSI, "572469210"),
    ]
    assert {(each.kind, each.value) for each in listing.party.details} == {
        (DetailKind.VESSEL_TYPE, "Crude Oil Tanker"),
        (DetailKind.FLAG, "Iran"),
        (DetailKind.DEADWEIGHT_TONNAGE, "318,000"),
        (DetailKind.GROSS_TONNAGE, "163,660"),
    }
    (owner,) = listing.party.relations
    assert (owner.kind, owner.other) == (RelationKind.OWNED_BY, "NITC")


def test_two_parties_under_one_number_are_both_reported() -> None:
    first, second, kept = read(row(1, "ONE BANK") + row(1, "OTHER BANK") + row(2))
    assert [(each.reference, each.line) for each in (first, second)] == [("1", 1), ("1", 2)]
    assert isinstance(first, ReportedEntry)
    assert isinstance(second, ReportedEntry)
    assert isinstance(kept, Listing)


def test_rows_of_no_entry_are_told_of() -> None:
    reading = catalogue.read(KEY, source(row(), '99,1,"aka","STRAY",-0- \r\n'))
    assert any("alt.csv line 1 (entry 99)" in warning for warning in reading.warnings)


def test_what_stands_in_a_file_not_given_is_not_taken_as_gone() -> None:
    reading = catalogue.read(KEY, source(row(), '1,1,"aka","ALIAS",-0- \r\n'))
    assert reading.silent == {"addresses"}
    assert any(warning.startswith("addresses stand in a file") for warning in reading.warnings)


def test_the_files_may_come_in_a_zip() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("x/one.txt", row() + END)
        archive.writestr("x/two.txt", '36,1,"aka","ORION",-0- \r\n' + END)
    reading = catalogue.read(KEY, from_bytes("sdn.zip", packed.getvalue()))
    (listing,) = catalogue.listings(KEY, reading)
    assert isinstance(listing, Listing)
    assert len(listing.party.names) == 2
    assert reading.published_on is None


@pytest.mark.parametrize(
    ("contents", "why"),
    [
        pytest.param(('36,1,"aka","ORION",-0- \r\n',), "without the entries", id="aliases alone"),
        pytest.param((row(), row(37)), "Give the files of one edition only", id="two editions"),
        pytest.param((row(), "<html>"), "not one of OFAC's CSV files", id="a page among them"),
        pytest.param(
            ("<html><body>Error</body></html>",), "neither OFAC's CSV", id="an error page"
        ),
        pytest.param(("Report Date: 1-Jan-2026\r\n",), "neither OFAC's CSV", id="another list"),
        pytest.param((END,), "without the entries", id="nothing but the end mark"),
    ],
)
def test_what_is_no_edition_is_refused(contents: tuple[str, ...], why: str) -> None:
    with pytest.raises(Refused, match=why):
        read(*contents)


def test_a_file_cut_off_within_a_row_stops_the_edition() -> None:
    with pytest.raises(FormatProblem, match="a, line 2: 3 columns"):
        read(row() + '37,"ORION","indi')
