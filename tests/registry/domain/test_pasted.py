"""Reading names that were pasted from a spreadsheet."""

import pytest

from registry.domain.pasted import Pasted, read
from registry.domain.record import InvalidRecord


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("Aung Example", ("Aung Example", "", ""), id="a name"),
        pytest.param("EXAMPLE, Aung", ("EXAMPLE, Aung", "", ""), id="a comma within a name"),
        pytest.param(
            "EXAMPLE, Aung\t1970-05-12\tMM", ("EXAMPLE, Aung", "1970-05-12", "MM"), id="by tabs"
        ),
        pytest.param("Aung Example,1970,MM", ("Aung Example", "1970", "MM"), id="by commas"),
        pytest.param(
            '"EXAMPLE, Aung",12 May 1970,Myanmar',
            ("EXAMPLE, Aung", "12 May 1970", "Myanmar"),
            id="quoted",
        ),
        pytest.param("Aung Example;MM;1970", ("Aung Example", "1970", "MM"), id="the other order"),
        pytest.param("Aung Example\t\tMM", ("Aung Example", "", "MM"), id="no date"),
        pytest.param("سمير المثال\t1965", ("سمير المثال", "1965", ""), id="another script"),
    ],
)
def test_a_line_is_a_name_or_columns(line, expected):
    assert read(line) == (Pasted(1, *expected),)


def test_a_header_and_empty_lines_are_left_out_and_lines_keep_their_numbers():
    found = read("Name\tBorn\n\nAung Example\n")
    assert [(each.line, each.name) for each in found] == [(3, "Aung Example")]


@pytest.mark.parametrize("text", ["", " \n", "name", "x\n" * 2001, "x" * 301])
def test_what_can_not_be_looked_up_is_refused(text):
    with pytest.raises(InvalidRecord):
        read(text)
