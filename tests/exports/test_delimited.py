"""CSV: what is written is read back, and nothing in it runs."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports import columns, delimited
from registry.domain.publication import ChangeRow
from tests.exports import rows


def read_back(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def written(*changes: ChangeRow) -> str:
    return "".join(delimited.lines(columns.CHANGES, changes))


def test_the_header_is_the_first_line_and_lines_end_alike() -> None:
    text = "".join(delimited.lines(columns.LINKS, [rows.link("BEL0004")]))
    assert text == "list,reference,subject_id\nuk-sanctions-list,BEL0004,S2\n"


def test_an_export_without_rows_still_has_its_header() -> None:
    assert "".join(delimited.lines(columns.LINKS, [])) == "list,reference,subject_id\n"


@pytest.mark.parametrize(
    "reference",
    [
        pytest.param("Belarus|1, Part 1|1", id="Canada: commas and bars"),
        pytest.param("Zimbabwe||12", id="Canada: an empty schedule"),
        pytest.param("EU.3936.2", id="EU"),
        pytest.param("CDi.031", id="UN"),
        pytest.param("00123", id="leading zeros"),
        pytest.param('a "quoted" one', id="quotes"),
    ],
)
def test_a_publishers_reference_is_written_as_it_is(reference: str) -> None:
    text = "".join(delimited.lines(columns.LINKS, [rows.link(reference)]))
    assert read_back(text)[1][1] == reference


@pytest.mark.parametrize(
    "value",
    [
        '=HYPERLINK("https://example.org";"x")',
        "+375 17 000",
        "-0-",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "  =1+1",
        pytest.param("＝1+1", id="full-width, which a Japanese Excel runs"),
        pytest.param("'=1+1", id="marked before"),
        pytest.param("''@x", id="marked twice before"),
    ],
)
def test_what_a_spreadsheet_could_run_is_marked_and_can_be_unmarked(value: str) -> None:
    cell = read_back(written(rows.change(after=value)))[1][5]
    assert cell == f"'{value}"
    assert delimited.unmarked(cell) == value


@pytest.mark.parametrize("value", ["O'Neill", "'Abd al-Rahman", "A=B", "Al-Shabaab", "50% + 1", ""])
def test_what_can_not_run_is_left_alone(value: str) -> None:
    cell = read_back(written(rows.change(after=value)))[1][5]
    assert cell == value
    assert delimited.unmarked(cell) == value


def test_numbers_and_dates_are_never_marked() -> None:
    text = "".join(delimited.lines(columns.LISTS, [rows.list_row()]))
    assert text.splitlines()[1] == "uk-sanctions-list,UK,29 April 2026,5738,208,stale"


ANYTHING = st.text(st.characters(exclude_categories=["Cs"])) | st.text("=+-@'\t\r\n \",;a")


@given(ANYTHING, ANYTHING)
def test_every_text_comes_back_as_it_was_and_never_begins_a_formula(a: str, b: str) -> None:
    cells = read_back(written(rows.change(a, b)))[1]
    assert [delimited.unmarked(cell) for cell in cells[4:6]] == [a, b]
    assert not any(cell.lstrip()[:1] in set("=+-@") for cell in cells[4:6] if cell.strip())
