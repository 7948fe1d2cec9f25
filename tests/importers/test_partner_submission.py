import csv
import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from importers import catalogue, partner_submission, vocabulary
from importers.base import ImportProblem, Refused
from importers.partner_submission import COLUMNS, read
from importers.source import Part, Source, open_source
from registry.domain.designation import DateBasis, Measure
from registry.domain.party import IdentifierKind, Kind, NameRole

DOCS = Path(__file__).resolve().parents[2] / "docs"
PERSON = {
    "reference": "S-1",
    "partner": "US",
    "authority": "Department of State",
    "kind": "person",
    "name": "Ivan EXAMPLE",
    "original_name": "Иван Пример",
    "aliases": "Vanya EXAMPLE; I. EXAMPLE",
    "weak_aliases": "Butcher",
    "birth_date": "1965-04-16; circa 1966",
    "nationality": "Belarus; RU",
    "gender": "Male",
    "position": "Head of a prison",
    "passport": "AB1234567",
    "programme": "US-7031C",
    "legal_act": "Section 7031(c)",
    "asset_freeze": "no",
    "travel_ban": "YES",
    "listed_on": "2024-02-29",
    "source_url": "https://www.state.gov/example",
    "reason": "Said to have ordered beatings.",
    "marking": "TLP:CLEAR",
}
SHIP = PERSON | {
    "reference": "S-2",
    "kind": "vessel",
    "name": "EXAMPLE STAR",
    "imo_number": "9074729",
    "asset_freeze": "unknown",
    "travel_ban": "unknown",
    "marking": "public",
}


def submission(*rows, columns=COLUMNS, delimiter=",", encoding="utf-8-sig"):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return Source("acts.csv", (Part("acts.csv", text.getvalue().encode(encoding)),))


def workbook(*rows):
    book = openpyxl.Workbook()
    book.active.append(COLUMNS)
    for row in rows:
        book.active.append([row.get(column) for column in COLUMNS])
    packed = io.BytesIO()
    book.save(packed)
    return Source("acts.xlsx", (Part("acts.xlsx", packed.getvalue()),))


def listings(source, key="partner-submission-us"):
    return catalogue.listings(key, catalogue.read(key, source))


def refusal(source):
    with pytest.raises(Refused) as refused:
        read(source)
    return str(refused.value)


def test_an_act_is_read_whole():
    (listing,) = listings(submission(PERSON))
    (act,) = listing.designations
    assert (listing.reference, listing.partner) == ("S-1", "US")
    assert listing.official_list == "partner-submission-us"
    assert listing.party.kind is Kind.PERSON
    assert [(name.full, name.role) for name in listing.party.names] == [
        ("Ivan EXAMPLE", NameRole.PRIMARY),
        ("Иван Пример", NameRole.VARIATION),
        ("Vanya EXAMPLE", NameRole.ALIAS),
        ("I. EXAMPLE", NameRole.ALIAS),
        ("Butcher", NameRole.WEAK_ALIAS),
    ]
    assert [str(birth) for birth in listing.party.birth_dates] == ["16 April 1965", "circa 1966"]
    assert [each.code for each in listing.party.nationalities] == ["BY", "RU"]
    assert [each.kind for each in listing.party.identifiers] == [IdentifierKind.PASSPORT]
    assert dict(act.stated) == {Measure.ASSET_FREEZE: False, Measure.TRAVEL_BAN: True}
    assert (act.code, act.act, act.authority) == (
        "US-7031C",
        "Section 7031(c)",
        "Department of State",
    )
    assert (act.listed_on, act.date_basis) == (date(2024, 2, 29), DateBasis.STATED)
    assert act.source_url == "https://www.state.gov/example"


def test_unknown_is_not_no():
    (listing,) = listings(submission(SHIP))
    assert listing.designations[0].stated == ()


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(submission(PERSON, SHIP, delimiter=";"), id="semicolons"),
        pytest.param(submission(PERSON, SHIP, columns=COLUMNS[::-1]), id="columns turned round"),
        pytest.param(submission(PERSON, {}, SHIP, {}), id="blank rows"),
        pytest.param(workbook(PERSON, SHIP), id="workbook"),
        pytest.param(
            workbook(PERSON | {"listed_on": date(2024, 2, 29)}, SHIP), id="a date as Excel has it"
        ),
    ],
)
def test_the_template_may_be_filled_in_in_many_ways(source):
    plain = [(each.party, each.designations) for each in listings(submission(PERSON, SHIP))]
    assert [(each.party, each.designations) for each in listings(source)] == plain


def test_all_errors_are_listed_at_once_by_row_and_column():
    bad = PERSON | {"name": "", "listed_on": "31/02/2024", "birth_date": "1965; long ago"}
    worse = SHIP | {"reference": "S-1", "kind": "ship", "imo_number": "9074728"}
    assert refusal(submission(PERSON, bad, worse)).splitlines() == [
        "acts.csv: 7 errors, nothing was imported",
        "  row 3, name: is missing",
        "  row 3, birth_date: is no date: write 1965, 1965-04, 1965-04-16 or circa 1965",
        "  row 3, listed_on: is no day: write it as 2024-02-29",
        "  row 4, kind: is none of person, entity, vessel, aircraft",
        "  row 4, imo_number: is no IMO number: seven digits of which the last is a check",
        "  row 3, reference: stands in row 2 already",
        "  row 4, reference: stands in row 2 already",
    ]


def test_the_list_of_errors_is_bounded():
    rows = [PERSON | {"reference": f"S-{number}", "kind": "ship"} for number in range(200)]
    told = refusal(submission(*rows)).splitlines()
    assert "200 errors" in told[0]
    assert told[-1] == "  and 150 more"
    assert len(told) == 52


@pytest.mark.parametrize(
    ("change", "column"),
    [
        pytest.param({"marking": "TLP:AMBER"}, "marking", id="marked"),
        pytest.param({"marking": ""}, "marking", id="without a marking"),
        pytest.param({"marking": "internal"}, "marking", id="another word"),
        pytest.param({"partner": "FR"}, "partner", id="no partner"),
        pytest.param({"partner": "UK", "reference": "S-9"}, "partner", id="two partners"),
        pytest.param({"asset_freeze": "maybe"}, "asset_freeze", id="no answer"),
        pytest.param({"travel_ban": ""}, "travel_ban", id="silence is no answer"),
        pytest.param({"source_url": ""}, "source_url", id="no source"),
        pytest.param({"source_url": "file:///secret"}, "source_url", id="no web address"),
        pytest.param({"source_url": "javascript:alert(1)"}, "source_url", id="a script"),
        pytest.param({"nationality": "Atlantis"}, "nationality", id="no country"),
        pytest.param({"gender": "m"}, "gender", id="abbreviation"),
        pytest.param({"listed_on": "2024"}, "listed_on", id="a year is no day"),
        pytest.param({"programme": ""}, "programme", id="no programme"),
        pytest.param({"legal_act": ""}, "legal_act", id="no act"),
        pytest.param({"reason": "x" * 5000}, "reason", id="too long"),
    ],
)
def test_a_row_that_is_not_right_is_refused(change, column):
    told = refusal(submission(PERSON, SHIP | change))
    assert f"{column}: " in told
    assert "1 error," in told


def test_no_message_repeats_what_stands_in_a_cell():
    secret = PERSON | {
        "marking": "SECRET//NOFORN",
        "name": "",
        "listed_on": "codeword",
        "source_url": "codeword",
        "kind": "codeword",
    }
    told = refusal(submission(secret))
    assert "codeword" not in told
    assert "NOFORN" not in told


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        pytest.param(COLUMNS[:-1], "marking: the column is missing", id="a column is missing"),
        pytest.param((*COLUMNS, "notes"), "notes: no column of the template", id="a new column"),
        pytest.param((*COLUMNS, "name"), "name: stands twice", id="a column twice"),
    ],
)
def test_the_columns_are_those_of_the_template(columns, told):
    assert told in refusal(submission(PERSON, columns=columns))


@pytest.mark.parametrize(
    ("source", "told"),
    [
        pytest.param(submission(), "holds no row", id="no row"),
        pytest.param(
            Source("x", (Part("x.csv", b"Name,Amount\n1,2"),)),
            "not a submission",
            id="another table",
        ),
        pytest.param(
            Source("x", (Part("x.xlsx", b"PK\x03\x04 cut"),)),
            "not a readable",
            id="damaged workbook",
        ),
        pytest.param(Source("x", (Part("a", b""), Part("b", b""))), "one file", id="two files"),
    ],
)
def test_what_is_no_submission_is_refused(source, told):
    assert told in refusal(source)


def test_an_unreadable_file_is_refused_and_not_quarantined():
    undecodable = submission(PERSON).parts[0].content + b'\n"\x81\x8d'
    refusal(Source("acts.csv", (Part("acts.csv", undecodable),)))


def test_a_cell_beyond_the_last_column_is_an_error():
    part = submission(PERSON).parts[0]
    content = part.content.rstrip() + b",lost\r\n"
    assert "beyond the last column" in refusal(Source("x", (Part("x.csv", content),)))


@pytest.mark.parametrize("partner", partner_submission.PARTNERS)
def test_each_partner_has_a_list_of_its_own(partner):
    key = f"partner-submission-{partner.lower()}"
    assert key in catalogue.KEYS
    official_list = vocabulary.load(key).official_list
    assert (official_list.key, official_list.partner) == (key, partner)


def test_a_file_says_itself_to_which_list_it_belongs():
    british = submission(PERSON | {"partner": "uk"})
    assert catalogue.list_key("partner-submission", british) == "partner-submission-uk"
    assert catalogue.list_key("ca-sema", british) == "ca-sema"
    with pytest.raises(Refused, match="another partner"):
        catalogue.read("partner-submission-us", british)
    with pytest.raises(ImportProblem, match="no list"):
        catalogue.list_key("partner-submission-fr", british)


def test_the_template_in_the_docs_is_valid_and_its_columns_are_explained():
    template = open_source(DOCS / "partner-submission.csv")
    assert len(listings(template)) == 2
    assert tuple(template.parts[0].content.decode().splitlines()[0].split(",")) == COLUMNS
    text = (DOCS / "partner-submission.md").read_text()
    assert [column for column in COLUMNS if f"`{column}`" not in text] == []


def test_the_lists_share_their_words():
    words = [vocabulary.load(f"partner-submission-{key}") for key in ("us", "eu", "uk", "ca")]
    assert all(each.measures == words[0].measures for each in words)
    assert all(each.gates == words[0].gates for each in words)
