import pytest

from importers.base import FormatProblem
from importers.reading.text import decode
from importers.source import Part


def test_the_first_encoding_that_fits_is_taken():
    assert decode(Part("a.csv", "é".encode("cp1252")), "utf-8", "cp1252") == "é"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param(b"1,a\n2,b\x81\n", "line 2: not utf-8 or cp1252", id="no encoding fits"),
        pytest.param(b"1,a\n2,b\n3,\x00\n", "line 3: a zero byte", id="a damaged file"),
        pytest.param("1,a\n".encode("utf-16-le"), "line 1: a zero byte", id="UTF-16"),
    ],
)
def test_a_text_that_can_not_be_read_is_refused_with_its_line(content, problem):
    with pytest.raises(FormatProblem, match=problem):
        decode(Part("a.csv", content), "utf-8", "cp1252")
