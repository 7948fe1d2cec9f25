"""XLSX: text stays text, the second sheet tells the sources, the bytes are steady."""

import io
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from exports import columns, workbook
from exports.columns import Table
from exports.problem import ExportProblem
from registry.domain.gap import Gap
from tests.exports import rows


def written(table: Table[Any], *values: Any) -> bytes:
    stream = io.BytesIO()
    workbook.write(table, values, rows.PROVENANCE, stream)
    return stream.getvalue()


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def changed(after: str) -> Any:
    return opened(written(columns.CHANGES, rows.change(after=after)))["Changes"]["F2"]


@pytest.mark.parametrize(
    "value",
    [
        '=HYPERLINK("https://example.org")',
        "=",
        "+375 17 000",
        "-0-",
        "@SUM(A1)",
        pytest.param("#N/A", id="the name of an error"),
        pytest.param("00123", id="digits are no number"),
        pytest.param("2020-09-29", id="a text that looks like a date"),
        pytest.param(" blanks outside ", id="blanks"),
        pytest.param("Віктар 金 عبد", id="scripts"),
    ],
)
def test_text_stays_text_whatever_it_looks_like(value: str) -> None:
    cell = changed(value)
    assert cell.value == value
    assert cell.data_type in ("s", "inlineStr")


def test_what_xml_can_not_hold_is_taken_out() -> None:
    assert changed("a\x00b\x0bc\x1fd\ufffee").value == "abcde"


def test_a_text_beyond_a_cells_length_is_cut_and_says_so() -> None:
    value = changed("x" * 40_000).value
    assert len(value) == 32_767
    assert value.endswith("CSV and JSON Lines have it whole]")


def test_dates_and_numbers_can_be_sorted() -> None:
    sheet = opened(written(columns.LISTS, rows.list_row()))["Lists"]
    assert sheet["D2"].value == 5738
    sheet = opened(written(columns.CHANGES, rows.change()))["Changes"]
    assert sheet["H2"].value.date() == date(2026, 11, 23)
    assert sheet["H2"].is_date


def test_a_day_before_excels_calendar_is_text() -> None:
    early = replace(rows.covered(), listed_on=date(1899, 12, 31))
    sheet = opened(written(columns.COVERAGE, early))["Coverage"]
    assert sheet["J2"].value == "1899-12-31"


def test_the_header_stays_in_view_and_filters() -> None:
    sheet = opened(written(columns.GAPS, rows.gap(), rows.gap()))["Gaps"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:O3"
    assert [cell.value for cell in sheet[1]] == list(columns.GAPS.headers)


def test_the_methods_sheet_tells_sources_method_and_limits() -> None:
    book = opened(written(columns.GAPS, rows.gap()))
    assert book.sheetnames == ["Gaps", "Methods"]
    said = "\n".join(
        str(value)
        for row in book["Methods"].iter_rows(values_only=True)
        for value in row
        if value is not None
    )
    for expected in (
        "administrative act",
        "not a criminal finding",
        "corrections@example.org",
        "probability of 0.99 or more",
        "1,204",
        "29 April 2026",
        "ab" * 32,
        "2026-05-12T08:30:00+00:00",
        "https://example.org/UK-Sanctions-List.xml",
        "Open Government Licence v3.0",
        "Contains public sector information.",
        "The partner without the measure.",
    ):
        assert expected in said


def test_the_same_rows_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = written(columns.GAPS, rows.gap())
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert written(columns.GAPS, rows.gap()) == first
    with ZipFile(io.BytesIO(first)) as archive:
        assert {member.date_time[:3] for member in archive.infolist()} == {(1980, 1, 1)}
    assert opened(first).properties.created.isoformat() == "2026-11-23T00:00:00"
    assert opened(first).properties.modified.isoformat() == "2026-11-23T00:00:00"


def test_more_rows_than_a_worksheet_holds_are_refused_in_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    written(columns.LINKS, rows.link(), rows.link())
    with pytest.raises(ExportProblem, match=r"links: more than 2 rows.*export as CSV"):
        written(columns.LINKS, rows.link(), rows.link(), rows.link())


def test_excels_own_limit_is_the_limit() -> None:
    assert workbook.MOST_ROWS == 2**20


def test_a_workbook_that_fails_leaves_no_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> Iterator[Gap]:
        yield rows.gap()
        raise RuntimeError("the database went away")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(RuntimeError, match="went away"):
        workbook.write(columns.GAPS, fails(), rows.PROVENANCE, io.BytesIO())
    written(columns.GAPS, rows.gap())
    assert list(tmp_path.iterdir()) == []
