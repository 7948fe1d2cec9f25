import pytest

from importers.uk_identifiers import country_in, national, passport, passport_in, registered
from importers.uk_wording import address, birth_place, name, numbered, others_of, paired


@pytest.mark.parametrize(
    ("text", "items"),
    [
        pytest.param("Mullah", ["Mullah"], id="one value"),
        pytest.param("(1) Germany. (2) Morocco", ["Germany.", "Morocco"], id="brackets"),
        pytest.param("1) Saudi Arabia 2) Qatar", ["Saudi Arabia", "Qatar"], id="half brackets"),
        pytest.param("a) General b)Major General", ["General", "Major General"], id="letters"),
        pytest.param("(1) Germany (b) Algeria", ["Germany", "Algeria"], id="mixed marks"),
        pytest.param("(1) Perevalsk", ["Perevalsk"], id="a first without a second"),
        pytest.param("(1) K12 (2) - (3) M34", ["K12", "", "M34"], id="a dash is nothing"),
        pytest.param("(1) - . (2) Egypt", ["", "Egypt"], id="a dash with a full stop"),
        pytest.param(
            "(1)-(2) Tunisia (3) Libya", ["Tunisia", "Tunisia", "Libya"], id="a span of numbers"
        ),
        pytest.param("(1-3) Libya (4) Morocco", [*["Libya"] * 3, "Morocco"], id="span in one"),
        pytest.param("(1) to (2) Algeria (3) Mali", ["Algeria", "Algeria", "Mali"], id="span: to"),
        pytest.param("(1) (2) Egypt", ["Egypt", "Egypt"], id="a shared value"),
        pytest.param(
            "Member (2012) of (3) parties", ["Member (2012) of (3) parties"], id="numbers in prose"
        ),
        pytest.param("numbers (1) K048 (2) 486", ["numbers K048", "486"], id="text before all"),
        pytest.param("(1) one (3) three", ["one (3) three"], id="numbers that do not follow"),
    ],
)
def test_a_numbered_list_is_split_where_its_numbers_follow_each_other(text, items):
    assert numbered(text) == items


@pytest.mark.parametrize(
    ("first", "second", "pairs"),
    [
        pytest.param("(1) A1 (2) B2", "(1) Iran (2) -", [("A1", "Iran"), ("B2", "")], id="both"),
        pytest.param("(1) Akobo (2) Uror", "Mali", [("Akobo", "Mali"), ("Uror", "Mali")], id="one"),
        pytest.param(
            "(1) A (2) B", "(1) X (2) Y (3) Z",
            [("A", ""), ("B", ""), ("", "X"), ("", "Y"), ("", "Z")],
            id="numbers that do not meet are not paired",
        ),
        pytest.param(
            "Bengasi", "(1) Libya (2) Mali", [("Bengasi", "(1) Libya (2) Mali")],
            id="it is not said which of several belongs to one",
        ),
        pytest.param("", "(1) Iraq (2) Iran", [("", "Iraq"), ("", "Iran")], id="no first"),
        pytest.param("Kabul", "", [("Kabul", "")], id="nothing beside it"),
    ],
)  # fmt: skip
def test_two_lists_are_paired_by_their_numbers(first, second, pairs):
    assert paired(first, second) == pairs


@pytest.mark.parametrize(
    ("parts", "person", "full", "kinds"),
    [
        pytest.param(
            ("Saw", "Min", "", "", "", "TUN"), True, "Saw Min TUN", ["given", "middle", "family"],
            id="the family name is spoken last",
        ),
        pytest.param(
            ("", "", "", "", "", "Abu Example"), True, "Abu Example", ["whole"],
            id="a person with one part: which part it is, is not said",
        ),
        pytest.param(
            ("Example", "", "", "", "", "Trading Ltd"), False, "Example Trading Ltd", ["whole"],
            id="an entity's name has no parts",
        ),
        pytest.param(
            ("Amina", "", "", "", "", ""), True, "Amina", ["given"], id="no family name"
        ),
    ],
)  # fmt: skip
def test_a_name_is_put_together_in_spoken_order(parts, person, full, kinds):
    found = name(parts, "Alias", "", person=person)
    assert found.full == full
    assert [kind for kind, _value in found.parts] == kinds


@pytest.mark.parametrize(
    ("role", "strength", "decides"),
    [
        ("Alias", "", "Alias"),
        ("Alias", "Low quality a.k.a", "Low quality a.k.a"),
        ("Primary Name Variation", "Low quality a.k.a", "Low quality a.k.a"),
        ("Primary name", "Low quality a.k.a", "Primary name"),
    ],
)
def test_a_stated_strength_decides_but_a_primary_name_stays_primary(role, strength, decides):
    found = name(("", "", "", "", "", "Example"), role, strength, person=False)
    assert (found.role, found.quality) == (decides, strength)


def test_an_address_keeps_its_lines_in_order():
    found = address(("Unit 1", "", "Sanaa Street"), "1234", "Yemen")
    assert found.raw == "Unit 1, Sanaa Street, 1234, Yemen"
    assert (found.postcode, found.country) == ("1234", "Yemen")


def test_a_place_of_birth_may_be_a_country_alone():
    assert birth_place("", "Mali").raw == "Mali"


def test_other_parties_are_split_at_semicolons_and_never_at_commas():
    assert others_of(["Example Co., Ltd; Example Two"]) == ("Example Co., Ltd", "Example Two")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        pytest.param(
            "INN: 7720603527OGRN: 1077764566373",
            [("INN", "7720603527", ""), ("OGRN", "1077764566373", "")],
            id="jammed together",
        ),
        pytest.param(
            "Russia INN – 7718964660 Russia KPP - 772201001",
            [("INN", "7718964660", "Russia"), ("KPP", "772201001", "Russia")],
            id="with a country before each label",
        ),
        pytest.param(
            "Tax ID No. 7735007358 (Russia); Registration Number 1027700073466 (Russia)",
            [
                ("Tax ID", "7735007358", "Russia"),
                ("Registration Number", "1027700073466", "Russia"),
            ],
            id="with a country after each number",
        ),
        pytest.param(
            "Tax Identification Number: INN 2536210349",
            [("INN", "2536210349", "")],
            id="a label for a label",
        ),
        pytest.param(
            "311748-3301-OOO TIN: 02312202410120",
            [
                ("Business registration number", "311748-3301-OOO", ""),
                ("TIN", "02312202410120", ""),
            ],
            id="a number without label before one with",
        ),
        pytest.param("1217800095248 - OGRN", [("OGRN", "1217800095248", "")], id="label last"),
        pytest.param("SWIFT CODE: BADJRUMM", [("SWIFT", "BADJRUMM", "")], id="no digit at all"),
        pytest.param(
            "1037739635890 (Russia)",
            [("Business registration number", "1037739635890", "Russia")],
            id="no label, a country",
        ),
        pytest.param(
            "'0105566140903", [("Business registration number", "0105566140903", "")],
            id="the spreadsheet's apostrophe",
        ),
        pytest.param(
            "Registered Example Bank No. 2929",
            [("Business registration number", "Registered Example Bank No. 2929", "")],
            id="what is not clear stays in one piece",
        ),
    ],
)  # fmt: skip
def test_registration_numbers_are_split_where_they_are_clear(text, numbers):
    assert [(each.label, each.value, each.country) for each in registered(text)] == numbers


@pytest.mark.parametrize(
    ("number", "note", "label", "country"),
    [
        ("GZM123", "Italian Fiscal Code", "Fiscal Code", "Italian"),
        ("INN: 7720603527", "", "INN", ""),
        ("3412", "Afghan national identification card (tazkira)", "national identification card",
         "Afghan"),
        ("5520", "Issued in Pakistan", "National identifier", ""),
        ("777", "ID card. Issued in 1996.", "National identifier", ""),
        ("M48", "Personal number on passport.", "Personal number", ""),
    ],
)  # fmt: skip
def test_the_note_tells_what_kind_of_number_it_is(number, note, label, country):
    (found,) = national(number, note)
    assert (found.label, found.country) == (label, country)
    assert note in found.note


@pytest.mark.parametrize(
    ("note", "country"),
    [
        ("CAR diplomatic. Issued on 11 March 2014", "CAR"),
        ("(Congo, Democratic Republic of the) issued", "Congo, Democratic Republic of the"),
        ("Expires 21 Aug 2005 (Iraq).", "Iraq"),
        ("Country: Russia, Issue Date: 29/10/18", "Russia"),
        ("Issued in Jordan", ""),
        ("ID card", ""),
    ],
)  # fmt: skip
def test_the_country_is_the_one_that_issued(note, country):
    assert country_in(note) == country


def test_the_dates_of_a_passport_are_read_from_its_note():
    found = passport("'0221634", "Sudan number, issued on 2 May 2015 (expires on 1 May 2020)")
    assert (found.value, found.issued, found.expires) == ("0221634", "2 May 2015", "1 May 2020")


def test_of_several_dates_none_is_taken_for_the_passports_own():
    assert passport("511", "12 (Expiry: 04 Jun 2003) 17 (Expiry: 07 May 2008)").expires == ""


@pytest.mark.parametrize(
    ("text", "value", "country"),
    [
        ("Passport no: 563120235", "563120235", ""),
        ("G827238 (Tunisian). Issued on 1 June 1996", "G827238", "Tunisian"),
        ("D 000763 (Afghan)", "D 000763", "Afghan"),
        ("Diplomatic Passport No. DB0006669 (valid)", "DB0006669", ""),
        ("British passport no.519408086 (issued)", "519408086", "British"),
        ("96 03 464086, Russian passport", "96 03 464086", "Russian"),
        ("Uganda Passport.", "Uganda Passport.", ""),
        ("German travel document (Reiseausweis) A 0139243", "A 0139243", "German"),
    ],
)
def test_a_passport_is_found_in_free_text_or_kept_as_it_stands(text, value, country):
    found = passport_in(text)
    assert (found.value, found.country) == (value, country)
