"""Workbooks come from outside: what is damaged or hostile is refused in words and within bounds."""

import io
import zipfile

import openpyxl
import pytest

from importers.base import FormatProblem
from importers.reading import workbook as reading
from importers.source import Part


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def rewritten(content, member, change):
    """The workbook with one part of its zip changed."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == member else old.read(name))
    return packed.getvalue()


def rows(content):
    return list(reading.xlsx_rows(Part("list.xlsx", content)))


SHEET = "xl/worksheets/sheet1.xml"


def test_rows_keep_their_numbers_and_blank_ones_are_left_out():
    content = workbook(["Reference", "Name"], [None, ""], ["1", None])
    assert rows(content) == [(1, ["Reference", "Name"]), (3, ["1", None])]


def test_a_row_shorter_than_the_first_is_filled_up():
    assert rows(workbook(["a", "b", "c"], ["1"]))[1] == (2, ["1", None, None])


def test_the_size_that_a_sheet_states_of_itself_is_not_believed():
    content = rewritten(
        workbook(["a", "b"], ["1", "2"]),
        SHEET,
        lambda xml: xml.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"'),
    )
    assert rows(content) == [(1, ["a", "b"]), (2, ["1", "2"])]


@pytest.mark.parametrize(
    ("content", "alarm"),
    [
        pytest.param(b"PK\x03\x04 no zip", "not a readable workbook", id="no zip"),
        pytest.param(workbook(["a"])[:-400], "not a readable workbook", id="cut off"),
        pytest.param(
            rewritten(workbook(["a"]), SHEET, lambda xml: xml[: len(xml) // 2]),
            "not a readable workbook",
            id="worksheet cut off",
        ),
        pytest.param(
            rewritten(
                workbook(["a"]),
                SHEET,
                lambda xml: b'<!DOCTYPE x [<!ENTITY a "a">]>' + xml,
            ),
            "DOCTYPE",
            id="entity in the worksheet",
        ),
        pytest.param(
            rewritten(
                workbook(["a"]),
                "xl/workbook.xml",
                lambda xml: ("<!DOCTYPE x>" + xml.decode()).encode("utf-16-le"),
            ),
            "DOCTYPE",
            id="doctype in UTF-16 without a byte order mark",
        ),
        pytest.param(
            rewritten(
                workbook(["a"]), SHEET, lambda xml: xml.replace(b'<row r="1"', b'<row r="99999999"')
            ),
            "more than",
            id="row number beyond all bounds",
        ),
        pytest.param(
            rewritten(workbook(["a"]), SHEET, lambda xml: xml.replace(b'r="A1"', b'r="XFD1"')),
            "more than",
            id="column beyond all bounds",
        ),
    ],
)
def test_a_damaged_or_hostile_workbook_is_refused_in_words(content, alarm):
    with pytest.raises(FormatProblem, match=alarm):
        rows(content)


def test_a_workbook_that_unpacks_beyond_all_bounds_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(reading, "LARGEST_WORKBOOK", 1_000_000)
    content = rewritten(workbook(["a"]), SHEET, lambda xml: xml + b" " * 1_000_000)
    assert len(content) < 20_000
    with pytest.raises(FormatProblem, match="unpacks to"):
        rows(content)
