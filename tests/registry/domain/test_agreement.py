"""What lists say of one subject: alike, varied, opposed, or too little to tell."""

from datetime import date

import pytest

from registry.domain import agreement
from registry.domain.agreement import Agreement
from registry.domain.partial_date import day, unread, year
from registry.domain.party import Country

IN_MAY = day(date(1965, 5, 12))
IN_JULY = day(date(1965, 7, 12))


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        pytest.param([(IN_MAY,), (IN_MAY,)], Agreement.ALIKE, id="the same day"),
        pytest.param([(IN_MAY,), (year(1965),)], Agreement.VARIED, id="one knows the year only"),
        pytest.param([(IN_MAY,), (IN_JULY,)], Agreement.OPPOSED, id="two days"),
        pytest.param([(IN_MAY, IN_JULY), (IN_JULY,)], Agreement.VARIED, id="one list gives two"),
        pytest.param([(IN_MAY,), ()], Agreement.SILENT, id="the other is silent"),
        pytest.param([(IN_MAY,), (unread("about 1965"),)], Agreement.SILENT, id="not readable"),
        pytest.param(
            [(year(1965),), (IN_MAY,), (IN_JULY,)], Agreement.OPPOSED, id="two of three are opposed"
        ),
    ],
)
def test_birth_dates_are_opposed_only_if_no_two_can_be_one_day(stated, expected):
    assert agreement.of_dates(stated) is expected
    assert agreement.of_dates(stated[::-1]) is expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        pytest.param([{"SY"}, {"SY"}], Agreement.ALIKE, id="the same"),
        pytest.param([{"SY"}, {"SY", "LB"}], Agreement.VARIED, id="one knows more"),
        pytest.param([{"SY"}, {"LB"}], Agreement.OPPOSED, id="nothing in common"),
        pytest.param([{"SY"}, set()], Agreement.SILENT, id="silence is no statement"),
    ],
)
def test_statements_are_opposed_only_if_they_have_nothing_in_common(stated, expected):
    assert agreement.of_sets([frozenset(each) for each in stated]) is expected


def test_the_order_of_words_in_a_name_is_no_difference():
    assert agreement.of_wordings(["Aung EXAMPLE", "example aung"]) is Agreement.ALIKE
    assert agreement.of_wordings(["Aung Example", "Aung Exempel"]) is Agreement.VARIED
    assert agreement.of_wordings(["Aung Example", ""]) is Agreement.SILENT


def test_a_country_without_a_code_is_not_compared():
    assert agreement.codes([Country("Syria", "SY"), Country("somewhere")]) == {"SY"}
