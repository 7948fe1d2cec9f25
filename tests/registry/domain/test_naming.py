"""Minors named in free text."""

import pytest

from registry.domain import naming
from registry.domain.naming import LEFT_OUT
from registry.domain.party import Kind, Name, NamePart, NameRole, PartKind, Party

SAMI = Party(
    Kind.PERSON,
    (
        Name(
            "Sami Ahmad AL-CHILD",
            NameRole.PRIMARY,
            (NamePart(PartKind.GIVEN, "Sami"), NamePart(PartKind.FAMILY, "AL-CHILD")),
        ),
        Name("سامي الطفل", NameRole.VARIATION),
        Name("张三丰", NameRole.VARIATION),
        Name("Little One", NameRole.WEAK_ALIAS),
        Name("Sami", NameRole.ALIAS),
    ),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("His son Sami Ahmad Al-Child was", "His son {} was", id="as it is"),
        pytest.param("SAMI AHMAD AL CHILD, pupil", "{}, pupil", id="without its hyphen"),
        pytest.param("(Al-Child, Sami Ahmad)", "({})", id="the family name first"),
        pytest.param("Sami al-Child’s school", "{}’s school", id="given and family name alone"),
        pytest.param("Sämi  Ahmád\nAl-Chíld", "{}", id="with marks and over two lines"),
        pytest.param("ابنه سامي الطفل.", "ابنه {}.", id="in another script"),
        pytest.param("他的儿子张三丰在学校", "他的儿子{}在学校", id="in a script without blanks"),
        pytest.param(
            "Sami al-Child and Sami Ahmad al-Child", "{} and {}", id="twice, one within the other"
        ),
        pytest.param("Sami spoke. Ahmad did not.", None, id="a name of one word is anybody's"),
        pytest.param("Sami Ahmadi al-Children", None, id="longer words"),
        pytest.param("Sami, whose brother is Al Child", None, id="the words apart"),
        pytest.param("the Little One", None, id="a weak alias"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_name_is_found_word_by_word_and_left_out(text: str, expected: str | None) -> None:
    names = naming.keys(SAMI)
    assert naming.names_one_of(text, names) is (expected is not None)
    shown = text if expected is None else expected.format(LEFT_OUT, LEFT_OUT)
    assert naming.without(text, names) == shown


def test_where_nobody_is_to_be_left_out_nothing_is() -> None:
    assert naming.without("Sami Ahmad al-Child", frozenset()) == "Sami Ahmad al-Child"
    assert not naming.names_one_of("Sami Ahmad al-Child", frozenset())
