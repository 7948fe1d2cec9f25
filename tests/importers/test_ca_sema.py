from datetime import date

import pytest

from importers import catalogue, gates, vocabulary
from importers.base import FormatProblem, Refused, ReportedEntry
from importers.ca_sema import read
from importers.ca_sema_names import aliases, entity_name
from importers.source import Part, Source, open_source
from registry.domain.designation import DateBasis
from registry.domain.party import DetailKind, IdentifierKind, Kind, NameRole

PERSON = """
  <record>
    <Country>Belarus / Bélarus</Country>
    <LastName>PADABED </LastName>
    <GivenName>\tYuryi  Uladzimiravich</GivenName>
    <Aliases>Yuri Podobed; Russian: Юрий Подобед</Aliases>
    <DateOfBirthOrShipBuildDate>1962-03-05</DateOfBirthOrShipBuildDate>
    <Schedule>1, Part 1 </Schedule>
    <Item>9</Item>
    <DateOfListing>2020-09-28</DateOfListing>
  </record>"""
ENTITY = """
  <record>
    <Country>Myanmar (Burma) / Myanmar (Birmanie)</Country>
    <EntityOrShip>Myanma Economic Holdings (also known as\nMEHL)\n</EntityOrShip>
    <Schedule>Part 1</Schedule>
    <Item>3</Item>
    <DateOfListing>2021-05-17</DateOfListing>
  </record>"""
SHIP = """
  <record>
    <Country>Russia / Russie</Country>
    <EntityOrShip>M/V Maria </EntityOrShip>
    <TitleOrShip>General Cargo / Multi Purpose</TitleOrShip>
    <ShipIMONumber>8517839</ShipIMONumber>
    <DateOfBirthOrShipBuildDate>1986</DateOfBirthOrShipBuildDate>
    <Schedule>1.1</Schedule>
    <Item>2</Item>
    <DateOfListing>2025-06-13</DateOfListing>
  </record>"""
OLD = """
  <record>
    <Country>Burma / Birmanie</Country>
    <Title>Major General/major-général</Title>
    <LastName>Thiha</LastName>
    <DateOfBirth>1960</DateOfBirth>
    <Schedule>1</Schedule>
    <Item>40</Item>
  </record>
  <record>
    <Country>Zimbabwe</Country>
    <Entity>Example Mining</Entity>
    <Item>12</Item>
  </record>"""
NEW_TAGS = {
    "Country": "Country-Pays",
    "LastName": "LastName-NomDeFamille",
    "GivenName": "GivenName-Prenom",
    "EntityOrShip": "EntityOrShip-EntiteOuNavire",
    "TitleOrShip": "TitleOrShipType-TitreOuTypeDeNavire",
    "DateOfBirthOrShipBuildDate": (
        "DateOfBirthOrShipBuildDate-DateDeNaissanceOuDateDeConstructionDuNavire"
    ),
    "ShipIMONumber": "ShipIMONumber-NumeroOMIDuNavire",
    "Aliases": "Aliases-Alias",
    "Schedule": "Schedule-Annexe",
    "Item": "Item-NumeroDarticle",
    "DateOfListing": "DateOfListing-DateDinscription",
}


def edition(*records):
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<data-set>{"".join(records)}\n</data-set>'
    return Source("sema-lmes.xml", (Part("sema-lmes.xml", text.encode()),))


def renamed(record):
    for old, new in NEW_TAGS.items():
        record = record.replace(f"<{old}>", f"<{new}>").replace(f"</{old}>", f"</{new}>")
    return record


def listings(*records):
    return catalogue.listings("ca-sema", read(edition(*records)))


def filled(record, **fields):
    """The record with its fields, by the tags of 2025, set anew or added."""
    for tag, value in fields.items():
        if f"<{tag}>" in record:
            before, _, rest = record.partition(f"<{tag}>")
            record = f"{before}<{tag}>{value}{rest[rest.index('</') :]}"
        else:
            record = record.replace("</record>", f"  <{tag}>{value}</{tag}>\n  </record>")
    return record


def test_a_person_is_read_whole():
    (listing,) = listings(PERSON)
    (designation,) = listing.designations
    assert listing.reference == "Belarus|1, Part 1|9"
    assert listing.partner == "CA"
    assert listing.party.kind is Kind.PERSON
    assert [(name.full, name.role, name.language) for name in listing.party.names] == [
        ("Yuryi Uladzimiravich PADABED", NameRole.PRIMARY, ""),
        ("Yuri Podobed", NameRole.ALIAS, ""),
        ("Юрий Подобед", NameRole.ALIAS, "Russian"),
    ]
    assert [(part.kind, part.value) for part in listing.party.names[0].parts] == [
        ("given", "Yuryi Uladzimiravich"),
        ("family", "PADABED"),
    ]
    assert [birth.first for birth in listing.party.birth_dates] == [date(1962, 3, 5)]
    assert (designation.code, designation.act) == ("Belarus", "1, Part 1")
    assert (designation.listed_on, designation.date_basis) == (date(2020, 9, 28), DateBasis.STATED)
    assert "<Schedule>1, Part 1 </Schedule>" in listing.raw


def test_the_regulation_is_no_nationality_and_no_measure_is_stated():
    (listing,) = listings(PERSON)
    assert listing.party.nationalities == listing.party.citizenships == ()
    assert listing.designations[0].stated == ()


def test_the_file_has_no_date_of_its_own():
    assert read(edition(PERSON)).published_on is None


def test_an_also_known_as_within_a_name_is_an_alias():
    (listing,) = listings(ENTITY)
    assert listing.party.kind is Kind.ENTITY
    assert [(name.full, name.role) for name in listing.party.names] == [
        ("Myanma Economic Holdings", NameRole.PRIMARY),
        ("MEHL", NameRole.ALIAS),
    ]


def test_a_ship_has_its_type_number_and_year_of_build():
    (listing,) = listings(SHIP)
    assert listing.party.kind is Kind.VESSEL
    assert [(each.kind, each.value) for each in listing.party.identifiers] == [
        (IdentifierKind.IMO, "8517839")
    ]
    assert [(each.kind, each.value) for each in listing.party.details] == [
        (DetailKind.VESSEL_TYPE, "General Cargo / Multi Purpose"),
        (DetailKind.BUILT, "1986"),
    ]
    assert listing.party.birth_dates == ()


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param(
            {"TitleOrShip": "", "DateOfBirthOrShipBuildDate": "", "ShipIMONumber": "1234567"},
            id="number",
        ),
        pytest.param({"DateOfBirthOrShipBuildDate": "", "ShipIMONumber": ""}, id="type only"),
        pytest.param({"TitleOrShip": "", "ShipIMONumber": " "}, id="year of build only"),
        pytest.param(
            {"TitleOrShip": "", "DateOfBirthOrShipBuildDate": "", "ShipIMONumber": "N/A"},
            id="a schedule of ships only",
        ),
    ],
)
def test_a_blank_number_does_not_make_an_entity_of_a_ship(fields):
    (listing,) = listings(filled(SHIP, **fields))
    assert listing.party.kind is Kind.VESSEL


def test_a_name_that_slipped_into_the_column_of_the_number_is_a_name():
    (listing,) = listings(filled(ENTITY, ShipIMONumber="شركة المثال"))
    assert listing.party.kind is Kind.ENTITY
    assert listing.party.identifiers == ()
    assert ("شركة المثال", NameRole.VARIATION) in [
        (name.full, name.role) for name in listing.party.names
    ]


def test_bilingual_values_are_read_in_english():
    ship = renamed(filled(SHIP, TitleOrShip="General Cargo | Cargo classique"))
    army = filled(ENTITY, EntityOrShip="Iranian Army/Armée iranienne")
    magnitsky = filled(
        PERSON,
        Country="Justice for Victims Regulations (JVCFOR) / \xa0Règlement (RJVDEC)",
        Schedule="",
        DateOfListing="2017-11-03",
    )
    found = listings(ship, renamed(army), renamed(magnitsky))
    assert found[0].party.details[0].value == "General Cargo"
    assert [(name.full, name.language) for name in found[1].party.names] == [
        ("Iranian Army", ""),
        ("Armée iranienne", "French"),
    ]
    assert found[2].reference == "Justice for Victims Regulations (JVCFOR)||9"
    assert (found[2].designations[0].code, found[2].designations[0].act) == (
        "Justice for Victims Regulations (JVCFOR)",
        "",
    )


def test_the_oldest_tags_are_read():
    person, entity = listings(OLD)
    assert person.reference == "Burma|1|40"
    assert person.party.names[0].full == "Thiha"
    assert person.party.titles == ("Major General/major-général",)
    assert person.designations[0].listed_on is None
    assert entity.reference == "Zimbabwe||12"


def test_a_schedule_is_one_act_however_it_is_written():
    found = listings(filled(PERSON, Schedule="1,Part 3"), filled(ENTITY, Schedule="N/A"))
    assert [each.designations[0].act for each in found] == ["1, Part 3", ""]
    assert [each.reference for each in found] == ["Belarus|1,Part 3|9", "Myanmar (Burma)|N/A|3"]


@pytest.mark.parametrize(
    ("records", "alarm"),
    [
        pytest.param(
            (PERSON, filled(PERSON, Nationality="x")),
            r"line \d+: unknown tag <Nationality>",
            id="unknown tag",
        ),
        pytest.param((PERSON, renamed(PERSON)), "another set of tags", id="tags of two sets"),
        pytest.param((OLD, SHIP), "another set of tags", id="tags of 2020 and 2025"),
        pytest.param(
            (PERSON.replace("<Item>9</Item>", "<Item>9</Item><Item>9</Item>"),),
            "stands twice",
            id="a tag twice",
        ),
        pytest.param(
            (PERSON.replace("9</Item>", "<b>9</b></Item>"),), "more than text", id="nested"
        ),
        pytest.param(
            (PERSON.replace("<record>", '<record id="1">'),), "unknown attributes", id="attribute"
        ),
        pytest.param(
            (PERSON, "<note/>", PERSON), "unknown tag <note>", id="a stranger between records"
        ),
        pytest.param((PERSON, "<note/>"), "unknown tag <note>", id="a stranger behind the records"),
        pytest.param((PERSON, "<record><Country>X"), "not well-formed", id="cut off"),
    ],
)
def test_a_broken_assumption_stops_the_edition(records, alarm):
    with pytest.raises(FormatProblem, match=alarm):
        read(edition(*records))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"<html><body>Access denied</body></html>", id="web page"),
        pytest.param(b"Country;LastName", id="no XML"),
    ],
)
def test_another_file_is_refused(content):
    with pytest.raises(Refused):
        read(Source("sema-lmes.xml", (Part("sema-lmes.xml", content),)))


def test_a_record_that_names_nobody_or_two_is_reported_by_itself():
    nobody = filled(PERSON, LastName="", GivenName=" ")
    both = filled(PERSON, EntityOrShip="A company")
    lawless = filled(PERSON, Country=" ")
    found = listings(nobody, PERSON, both, lawless)
    reported = [isinstance(each, ReportedEntry) for each in found]
    assert reported == [True, False, True, True]
    assert [each.line for each in found] == [3, 13, 23, 34]


def test_a_renamed_tag_that_slips_through_is_caught_by_the_fill_floors():
    words = vocabulary.load("ca-sema")
    records = [PERSON] * 10 + [filled(PERSON, DateOfBirthOrShipBuildDate="")] * 90
    thin = gates.examine(
        words.gates,
        listings(*records),
        dated=date(2026, 1, 1),
        stated_count=None,
        earlier=None,
    )
    assert any("birth_date" in failure for failure in thin.failures)


# What a listing is known by.


def keys(*records):
    return [each.key for each in listings(*records)]


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(filled(PERSON, Item="512"), id="renumbered"),
        pytest.param(filled(PERSON, Schedule="1, Part 1.1", Item="1"), id="moved to another part"),
        pytest.param(filled(PERSON, LastName="Padabed"), id="case"),
        pytest.param(
            filled(PERSON, GivenName="Yuryi Uladzimiravich PADABED", LastName=""), id="one column"
        ),
        pytest.param(filled(PERSON, DateOfBirthOrShipBuildDate="1962"), id="birth date"),
        pytest.param(filled(PERSON, Aliases="Another"), id="aliases"),
        pytest.param(filled(PERSON, DateOfListing="2021-01-01"), id="date of listing"),
        pytest.param(filled(PERSON, Country="BELARUS / Biélorussie"), id="case of the regulation"),
        pytest.param(renamed(PERSON), id="renamed tags"),
    ],
)
def test_a_listing_keeps_its_identity_through(changed):
    assert keys(changed) == keys(PERSON)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(filled(PERSON, LastName="PADABEDAU"), id="another name"),
        pytest.param(filled(PERSON, Country="Russia / Russie"), id="another regulation"),
    ],
)
def test_another_name_or_regulation_is_another_listing(changed):
    assert keys(changed) != keys(PERSON)


def test_the_label_of_a_regulation_may_change():
    new = filled(PERSON, Country="Myanmar (Burma) / Myanmar (Birmanie)")
    assert keys(filled(PERSON, Country="Burma / Birmanie")) == keys(new)


def test_line_breaks_and_other_names_within_do_not_make_another_entity():
    plain = filled(ENTITY, EntityOrShip="Myanma EconomicHoldings")
    assert keys(plain) == keys(ENTITY)


def test_a_namesake_listed_later_takes_nothing_from_the_first():
    first = filled(SHIP, EntityOrShip="ARIA", DateOfListing="2025-06-13", Item="241")
    later = filled(first, DateOfListing="2026-02-19", DateOfBirthOrShipBuildDate="2006", Item="412")
    both = keys(first, later)
    assert both[0] == keys(first)[0]
    assert len(set(both)) == 2
    assert keys(later, first) == [both[1], both[0]]


def test_records_that_are_alike_are_all_imported():
    twins = [filled(PERSON, Item=str(item)) for item in (9, 10, 11)]
    assert len(set(keys(*twins))) == 3


# Aliases jammed into one text.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Иван Петров; Ivan Petrov", ["Иван Петров", "Ivan Petrov"], id="semicolon"),
        pytest.param(
            "Ivan Pyatrow,  Belarusian: Іван Пятроў, Russian: Иван Петров",
            ["Ivan Pyatrow", "Іван Пятроў", "Иван Петров"],
            id="labels of languages",
        ),
        pytest.param("Ali Karti \nArabic: علي كرتي", ["Ali Karti", "علي كرتي"], id="Arabic label"),
        pytest.param(
            "Sergei, Serhii PETROV, PETRENKO",
            ["Sergei, Serhii PETROV, PETRENKO"],
            id="spellings of parts",
        ),
        pytest.param(
            "Salah Gosh, Salah Abdallah Gosh",
            ["Salah Gosh", "Salah Abdallah Gosh"],
            id="whole names",
        ),
        pytest.param("Andrei", ["Andrei"], id="one word"),
        pytest.param(
            "Rahim Safavi, سید یحیی صفوی", ["Rahim Safavi", "سید یحیی صفوی"], id="another script"
        ),
        pytest.param("Роман ЛЕПА / Роман ЛЕПА-Б", ["Роман ЛЕПА", "Роман ЛЕПА-Б"], id="slash"),
        pytest.param(
            "Aleksandr/ Alexander Petrov", ["Aleksandr/ Alexander Petrov"], id="slash between parts"
        ),
        pytest.param(
            "Ivan Evgenyevich or Evgenievich Kon",
            ["Ivan Evgenyevich or Evgenievich Kon"],
            id="or between parts",
        ),
        pytest.param(
            "Анна Пушкарева or Анна Шейман",
            ["Анна Пушкарева", "Анна Шейман"],
            id="English between Russian",
        ),
        pytest.param("(Иван Петров", ["Иван Петров"], id="a bracket left open"),
    ],
)
def test_aliases_of_persons_are_split_only_into_whole_names(text, expected):
    assert [called.name for called in aliases(text, person=True)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("М Инвест, ООО", ["М Инвест, ООО"], id="legal form behind a comma"),
        pytest.param("Legmash, JSC", ["Legmash, JSC"], id="legal form in Latin letters"),
        pytest.param(
            "JSC Legmash, Legmash Plant", ["JSC Legmash", "Legmash Plant"], id="whole names"
        ),
        pytest.param("RNRC, RNPK", ["RNRC", "RNPK"], id="acronyms"),
        pytest.param(
            "Ministry of Education, Science and Youth of X",
            ["Ministry of Education, Science and Youth of X"],
            id="an enumeration",
        ),
        pytest.param(
            "Baqiatollah, Medical Sciences University",
            ["Baqiatollah, Medical Sciences University"],
            id="a name in two halves",
        ),
        pytest.param(
            "Институт «Наука, техника» or ИНТ",
            ["Институт «Наука, техника»", "ИНТ"],
            id="comma in quotes",
        ),
        pytest.param(
            "Банк развития or ЧБРР", ["Банк развития", "ЧБРР"], id="English between Russian"
        ),
    ],
)
def test_aliases_of_entities_are_split_only_into_whole_names(text, expected):
    assert [called.name for called in aliases(text, person=False)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Suntac (also known as Suntac Tech)", ("Suntac", "Suntac Tech"), id="alias"),
        pytest.param(
            "Omsk Plant\n(also known as Omsk Factory\n",
            ("Omsk Plant", "Omsk Factory"),
            id="bracket forgotten",
        ),
        pytest.param(
            "JSC “M” (also known as M Institute and ZAO M)",
            ("JSC “M”", "M Institute", "ZAO M"),
            id="two",
        ),
        pytest.param(
            "Physics Center (PHRC)/Centre de physique (PHRC)",
            ("Physics Center (PHRC)", "Centre de physique (PHRC)"),
            id="French half",
        ),
        pytest.param(
            "Steel Mills (Hmaw Bi/Pyi/Ywama)",
            ("Steel Mills (Hmaw Bi/Pyi/Ywama)",),
            id="slashes in brackets",
        ),
        pytest.param("“Almaz-\nAntey” Plant", ("“Almaz-Antey” Plant",), id="broken at a hyphen"),
    ],
)
def test_the_names_within_an_entitys_name_are_told_apart(text, expected):
    name, others = entity_name(text)
    assert (name, *(other.name for other in others)) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("1972-08-10 or 1972-08-11", 2, id="alternatives are two dates"),
        pytest.param("1965-07-15 OR 1969-09-28", 2, id="in capitals"),
        pytest.param("1963-1964", 1, id="a range is one date"),
        pytest.param("born in the early 1970s", 1, id="prose"),
    ],
)
def test_alternative_birth_dates_are_kept_apart(text, count):
    (listing,) = listings(filled(PERSON, DateOfBirthOrShipBuildDate=text))
    assert len(listing.party.birth_dates) == count
    assert all(birth.first for birth in listing.party.birth_dates)


# The real list.

REAL = {
    "2020-04-15": ("sema-xml-2020", {Kind.PERSON: 985, Kind.ENTITY: 384}),
    "2025-05-25": ("sema-xml-2025", {Kind.PERSON: 3334, Kind.ENTITY: 1316, Kind.VESSEL: 109}),
    "2026-08-22-rebuilt/tags-until-2026-08-23": (
        "sema-xml-2025",
        {Kind.PERSON: 3514, Kind.ENTITY: 1445, Kind.VESSEL: 731},
    ),
    "2026-08-22-rebuilt/tags-since-2026-08-24": (
        "sema-xml-2026",
        {Kind.PERSON: 3514, Kind.ENTITY: 1445, Kind.VESSEL: 731},
    ),
}


def real(folder, edition_):
    reading = catalogue.read("ca-sema", open_source(folder / "ca-sema" / edition_))
    return reading, catalogue.listings("ca-sema", reading)


@pytest.mark.real_lists
@pytest.mark.parametrize("edition_", REAL)
def test_every_record_of_a_real_edition_is_imported(real_lists, edition_):
    reading, found = real(real_lists, edition_)
    form, kinds = REAL[edition_]
    assert reading.format == form
    assert {kind: sum(each.party.kind is kind for each in found) for kind in kinds} == kinds
    assert len({each.key for each in found}) == len(found) == sum(kinds.values())
    findings = gates.examine(
        vocabulary.load("ca-sema").gates,
        found,
        dated=date(2026, 8, 22),
        stated_count=None,
        earlier=None,
    )
    assert findings == gates.Findings()


@pytest.mark.real_lists
def test_renamed_tags_change_no_listing(real_lists):
    _, before = real(real_lists, "2026-08-22-rebuilt/tags-until-2026-08-23")
    _, after = real(real_lists, "2026-08-22-rebuilt/tags-since-2026-08-24")
    assert [(a.key, a.reference, a.party, a.designations) for a in before] == [
        (b.key, b.reference, b.party, b.designations) for b in after
    ]


@pytest.mark.real_lists
def test_renumbered_items_are_the_same_listings(real_lists):
    _, earlier = real(real_lists, "2025-05-25")
    _, later = real(real_lists, "2026-08-22-rebuilt/tags-until-2026-08-23")
    references = {each.key: each.reference for each in earlier}
    kept = [each for each in later if each.key in references]
    assert len(kept) > 4700
    assert sum(references[each.key] != each.reference for each in kept) > 100


@pytest.mark.real_lists
@pytest.mark.parametrize(
    ("sample", "entries"), [("2026-08-27_two_records", 2), ("2026-09-03_four_records_trimmed", 4)]
)
def test_a_trimmed_sample_is_read_but_is_no_edition(real_lists, sample, entries):
    found = catalogue.listings(
        "ca-sema",
        read(open_source(real_lists / "genuine_samples" / "ca-sema" / f"{sample}.xml")),
    )
    assert len(found) == entries
    findings = gates.examine(
        vocabulary.load("ca-sema").gates,
        found,
        dated=date(2026, 9, 3),
        stated_count=None,
        earlier=None,
    )
    assert "a part of the list" in findings.failures[0]
