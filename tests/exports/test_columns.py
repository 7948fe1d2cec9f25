"""The columns that others script against."""

from dataclasses import replace
from datetime import date

import pytest

from exports import columns
from registry.domain.designation import Measure
from tests.exports import rows


@pytest.mark.parametrize(
    ("headers", "contract"),
    [
        pytest.param(
            columns.GAPS.headers,
            "subject_id,name,kind,missing_from,measure,state,listed_by,first_listed_on,basis,"
            "confidence",
            id="gaps",
        ),
        pytest.param(
            columns.COVERAGE.headers,
            "subject_id,name,kind,partner,measure,state,basis,list,reference,listed_on",
            id="coverage",
        ),
        pytest.param(columns.LINKS.headers, "list,reference,subject_id", id="links"),
        pytest.param(
            columns.CHANGES.headers,
            "list,reference,change,field,before,after,edition,seen_on",
            id="changes",
        ),
        pytest.param(
            columns.JUDGEMENTS.headers,
            "id,list_a,reference_a,list_b,reference_b,verdict,reviewer,reason,judged_at,status,"
            "reopened,conflicts,key_a,key_b,fingerprint_a,fingerprint_b,undone_by,undone_because,"
            "undone_at",
            id="judgements",
        ),
        pytest.param(columns.LISTS.headers, "list,partner,edition,listings,age,state", id="lists"),
        pytest.param(
            columns.consolidated(["US", "UK"]).headers,
            "subject_id,name,kind,aliases,birth_dates,nationalities,identifiers,programmes,"
            "us_asset_freeze,us_travel_ban,uk_asset_freeze,uk_travel_ban,us_references,"
            "uk_references,first_listed_on,situation,nexus",
            id="consolidated",
        ),
    ],
)
def test_the_columns_are_a_contract_and_only_grow_at_the_end(
    headers: tuple[str, ...], contract: str
) -> None:
    promised = tuple(contract.split(","))
    assert headers[: len(promised)] == promised


def test_each_value_stands_under_its_header() -> None:
    table = columns.GAPS
    values = map(columns.text, table.values(rows.gap()))
    assert dict(zip(table.headers, values, strict=True)) == {
        "subject_id": "S2",
        "name": "Viktor LUKASHENKO",
        "kind": "person",
        "missing_from": "CA",
        "measure": "travel-ban",
        "state": "not-found",
        "listed_by": "UK; EU",
        "first_listed_on": "2020-09-29",
        "basis": "No entry found.",
        "confidence": "high",
        "gap_type": "never-listed",
        "note": "The list is past its expected age",
        "identification": "firm",
        "entries": "uk-sanctions-list:BEL0004",
        "imposed_on": "UK: Said in the file.",
    }


def test_every_row_of_coverage_names_its_programme_its_confidence_and_its_edition() -> None:
    row = replace(
        rows.covered(), programme="GB-BLR", note="A note", edition_of="uk-sanctions-list",
        edition_dated=date(2026, 4, 29),
    )  # fmt: skip
    table = columns.COVERAGE
    values = dict(zip(table.headers, map(columns.text, table.values(row)), strict=True))
    assert (values["programme"], values["confidence"], values["note"]) == (
        "GB-BLR",
        "high",
        "A note",
    )
    assert (values["edition_of"], values["edition"]) == ("uk-sanctions-list", "2026-04-29")


def test_a_subject_shows_each_partners_measure_apart() -> None:
    table = columns.consolidated(["UK"])
    values = dict(zip(table.headers, table.values(rows.subject()), strict=True))
    assert values["uk_asset_freeze"] == "in-force-stated"
    assert values["uk_travel_ban"] == "other-measure-only"
    assert values["uk_references"] == ("uk-sanctions-list:BEL0004",)


def test_a_partner_that_coverage_does_not_speak_of_is_not_left_blank() -> None:
    with pytest.raises(LookupError, match=f"CA {Measure.ASSET_FREEZE}"):
        columns.consolidated(["CA"]).values(rows.subject())


def test_every_column_says_what_it_means() -> None:
    tables = (
        columns.GAPS, columns.COVERAGE, columns.LINKS, columns.CHANGES, columns.JUDGEMENTS,
        columns.LISTS,
        columns.consolidated(["UK"]),
    )  # fmt: skip
    for table in tables:
        assert len(set(table.headers)) == len(table.headers)
        assert all(column.meaning.endswith(".") for column in table.columns)
