import pytest

from importers.normalise.countries import country
from importers.normalise.scripts import script


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        pytest.param("Russian Federation", "RU", id="long form"),
        pytest.param("Russia", "RU", id="short form"),
        pytest.param("Iran (Islamic Republic of)", "IR", id="UN order"),
        pytest.param("Congo, Democratic Republic of the", "CD", id="the larger Congo"),
        pytest.param("Congo", "CG", id="the smaller Congo"),
        pytest.param("Korea, North", "KP", id="north"),
        pytest.param("Republic of Korea", "KR", id="south"),
        pytest.param("Bélarus", "BY", id="French"),
        pytest.param("Burma", "MM", id="older name"),
        pytest.param("Côte d'Ivoire", "CI", id="accents"),
        pytest.param("GB", "GB", id="code"),
        pytest.param("Niger", "NE", id="not Nigeria"),
        pytest.param("Guinea-Bissau", "GW", id="not Guinea"),
        pytest.param("Atlantis", "", id="no such country"),
        pytest.param("", "", id="nothing stated"),
    ],
)
def test_a_country_is_resolved_or_left_open(raw, code):
    assert (country(raw).code, country(raw).raw) == (code, raw)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Lukashenko", "Latn"),
        ("Лукашенко", "Cyrl"),
        ("بشار الأسد", "Arab"),
        ("陈全国", "Hani"),
        ("ရဲထွဋ်", "Mymr"),
        ("김정은", "Kore"),
        ("ROMASHKІN", "Latn"),
        ("12", ""),
    ],
)
def test_the_script_is_that_of_most_letters(text, code):
    assert script(text) == code
