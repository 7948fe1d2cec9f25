import pytest

from importers.deaths import death


@pytest.mark.parametrize(
    ("remark", "said"),
    [
        pytest.param(
            "Led a unit. Reportedly deceased as of May 2016.", True, id="its own sentence"
        ),
        pytest.param("Review concluded in 2019.Reportedly deceased in 2019.", True, id="no blank"),
        pytest.param("(a) Died in 2003, (b) second note", True, id="an item"),
        pytest.param(
            "Other information: confirmed to have died in 2011.", True, id="after a label"
        ),
        pytest.param("Believed status/location: deceased.", True, id="a status"),
        pytest.param("Bodyguard of Example (deceased).", False, id="somebody else, in brackets"),
        pytest.param("Father’s name is Example (deceased).", False, id="a relative"),
        pytest.param("The unit has killed, tortured and raped.", False, id="whom it killed"),
        pytest.param("He took the place of Example, who died in 2004.", False, id="a predecessor"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_a_death_is_read_only_where_it_is_that_of_the_one_listed(remark: str, said: bool) -> None:
    assert bool(death(remark)) is said
