import pytest

from registry.domain import phrases


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        pytest.param("warlord", "A WARLORD in the north", "WARLORD", id="case does not matter"),
        pytest.param("warlord", "two warlords", None, id="a whole word or none"),
        pytest.param("kill*", "civilians were Killed", "Killed", id="any letters"),
        pytest.param("ship[s]", "owner of ships", "ships", id="letters that may be left out"),
        pytest.param(
            "(was|were) shot", "they Were shot", "Were shot", id="either, at the beginning"
        ),
        pytest.param("(a (b|c)|d) e", "see A c e", "A c e", id="either within either"),
        pytest.param(
            "head of <2> police",
            "head of the city police",
            "head of the city police",
            id="words between",
        ),
        pytest.param("head of <2> police", "head of the old city police", None, id="three between"),
        pytest.param("ill-treat*", "ill treatment", "ill treatment", id="a hyphen may be left out"),
        pytest.param("[’s] son", "the minister’s son", "’s son", id="it may begin with no letter"),
    ],
)
def test_a_phrase_is_found_as_it_is_written(phrase, text, found):
    match = phrases.pattern([phrase]).search(text)
    assert (match and match[0]) == found


def test_of_phrases_that_begin_alike_the_first_one_written_counts():
    both = ["chief of staff", "(head|chief)"]
    assert phrases.pattern(both).search("Chief of Staff")[0] == "Chief of Staff"
    assert phrases.pattern(reversed(both)).search("Chief of Staff")[0] == "Chief"
