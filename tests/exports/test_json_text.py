"""JSON and JSON Lines: typed values, sources, and every fact beside its listing."""

import json
from datetime import date
from typing import Any

from exports import columns, json_text
from registry.domain import partial_date
from registry.domain.party import Kind, Name, NameRole, Party
from tests.exports import rows


def document(*gaps: Any) -> Any:
    return json.loads(b"".join(json_text.document(columns.GAPS, gaps, rows.PROVENANCE)))


def test_a_document_holds_its_sources_and_its_rows() -> None:
    both = document(rows.gap("A"), rows.gap("B"))
    assert [row["name"] for row in both["rows"]] == ["A", "B"]
    assert both["rows"][0]["listed_by"] == ["UK", "EU"]
    assert both["rows"][0]["first_listed_on"] == "2020-09-29"
    (edition,) = both["sources"]["editions"]
    assert edition["list"] == "uk-sanctions-list"
    assert edition["edition"] == "29 April 2026"
    assert edition["sha256"] == "ab" * 32
    assert edition["attribution"] == "Contains public sector information."


def test_a_document_without_rows_is_still_one() -> None:
    assert document()["rows"] == []


def test_a_document_says_what_a_designation_is_not_and_what_is_still_open() -> None:
    sources = document()["sources"]
    assert "not a criminal finding" in sources["statement"]
    assert sources["corrections"] == "corrections@example.org"
    assert sources["listings_not_yet_reconciled"] == 3
    assert sources["pairs_awaiting_review"] == 1204


def test_each_line_is_one_row_by_its_headers() -> None:
    first, second = json_text.lines(columns.LINKS, [rows.link("1"), rows.link("2")])
    assert json.loads(first) == {
        "list": "uk-sanctions-list",
        "reference": "1",
        "subject_id": "S2",
    }
    assert json.loads(second)["reference"] == "2"


def subject_line(*parties: Party) -> Any:
    listings = [rows.listing(party) for party in parties]
    (line,) = json_text.lines(columns.consolidated(["UK"]), [rows.subject(*listings)])
    return json.loads(line)


def test_a_subjects_line_gives_every_fact_with_its_listing_and_edition() -> None:
    subject = subject_line()
    (listing,) = subject["listings"]
    assert listing["reference"] == "BEL0004"
    assert listing["edition"]["sha256"] == "ab" * 32
    assert listing["line"] == 812
    assert listing["party"]["names"][1]["full"] == "Віктар ЛУКАШЭНКА"
    assert listing["party"]["birth_dates"][0]["first"] == "1975-11-28"
    assert listing["designations"][0]["reason"] == "A reason in our own words."


def test_a_measure_that_the_file_denies_is_not_one_that_it_is_silent_about() -> None:
    (listing,) = subject_line()["listings"]
    stated = listing["designations"][0]["stated_measures"]
    assert stated == {"asset-freeze": True, "travel-ban": False}


def test_a_subjects_line_gives_each_cell_with_its_basis_and_support() -> None:
    freeze = subject_line()["coverage"][0]
    assert (freeze["partner"], freeze["measure"]) == ("UK", "asset-freeze")
    assert freeze["basis"] == "Said in the file."
    assert freeze["supports"][0]["programme"] == "GB-BLR"


def test_no_export_tells_a_minors_day_of_birth() -> None:
    born = partial_date.day(date(2012, 3, 5), raw="05/03/2012")
    child = Party(Kind.PERSON, (Name("A CHILD", NameRole.PRIMARY),), birth_dates=(born,))
    line = json.dumps(subject_line(child))
    assert "2012" in line
    assert "05/03" not in line
    assert "03-05" not in line
    table = columns.consolidated(["UK"])
    values = dict(zip(table.headers, table.values(rows.subject(rows.listing(child))), strict=True))
    assert values["birth_dates"] == ("2012",)
