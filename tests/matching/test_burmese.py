"""Burmese names in Latin letters, as authorities write them."""

import pytest

from matching import text
from matching.burmese import romanised


@pytest.mark.parametrize(
    ("burmese", "latin"),
    [
        pytest.param("မင်းအောင်လှိုင်", "min aung hlaing", id="an h before its letter"),
        pytest.param("မြင့်ဆွေ", "myint swe", id="a short tone that is heard"),
        pytest.param("စိုးဝင်း", "soe win", id="a long tone that is heard"),
        pytest.param("ကျော်မျိုး", "kyaw myo", id="an asat on a vowel; no long tone after y"),
        pytest.param("သန်းရွှေ", "than shwe", id="two medials"),
        pytest.param("ခင်ညွန့်", "khin nyunt", id="w as a vowel"),
        pytest.param("ချို", "cho", id="ch"),
        pytest.param("မောင်မောင်အေး", "maung maung aye", id="no initial"),
        pytest.param("တင်အောင်မြင့်ဦး", "tin aung myint u", id="a syllable in one letter"),
        pytest.param("သန္တာ", "than ta", id="stacked letters"),
        pytest.param("အင်္ဂလိပ်", "in ga leik", id="a kinzi"),
        pytest.param("ရယ်(လ်)", "ye", id="a foreign final in brackets"),
        pytest.param("U စိုးဝင်း 2", "u soe win 2", id="beside other letters"),
    ],
)
def test_a_burmese_name_reads_as_it_is_commonly_written(burmese, latin):
    assert " ".join(text.words(burmese)) == latin


def test_signs_that_form_no_syllable_leave_nothing_behind():
    assert text.words("\u103a\u1039\u1037") == []
    assert romanised("Soe Win") == "Soe Win"
