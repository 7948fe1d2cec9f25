"""Finding names by what a person types."""

import pytest

from matching import search
from matching.search import NameIndex

NAMES = [
    ("1", "Nikolay Mikhaylovich KHARITONOV"),
    ("2", "Santiago ALVAREZ CASTRO"),
    ("3", "KORYO BANK"),
    ("4", "Mohammad HASSAN"),
    ("5", "رشيد كريم"),
    ("6", "Николай Иванов"),
    ("7", "SMP BANK, AO"),
    ("8", "Min Aung HLAING"),
    ("9", "PENG Liyuan"),
    *((f"F{n}", f"Filler Company {n}") for n in range(300)),
]


@pytest.fixture(scope="module")
def index():
    return NameIndex(NAMES)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("kharitonov nikolai", "1", id="another order, a patronymic left out"),
        pytest.param("Haritonow Nikolaj", "1", id="another transliteration"),
        pytest.param("Kahritonov", "1", id="two letters in the wrong order"),
        pytest.param("SantiagoAlvarez Castro", "2", id="written together"),
        pytest.param("Koryobank", "3", id="one word of two"),
        pytest.param("Mohamed Hasan", "4", id="other vowels and single letters"),
        pytest.param("Rashid Karim", "5", id="from another script"),
        pytest.param("Nikolai Ivanov", "6", id="from Cyrillic"),
        pytest.param("မင်းအောင်လှိုင်", "8", id="from Burmese, which writes no blanks"),
        pytest.param("Мин Аун Хлайн", "8", id="from the Cyrillic of a Burmese name"),
        pytest.param("Пэн Лиюань", "9", id="from the Cyrillic of a Chinese name"),
        pytest.param("kor yo bank", "3", id="written apart"),
    ],
)
def test_the_name_meant_comes_first(index, query, expected):
    hits = index.search(query)
    assert hits, query
    assert hits[0].id == expected


def test_words_that_the_lists_do_not_have_do_not_hide_the_name(index):
    assert index.search("General Kharitonov Nikolay Mikhaylovich Junior")[0].id == "1"


def test_nothing_is_found_for_a_text_without_a_letter_or_like_nothing(index):
    assert index.search("?!") == []
    assert index.search("qqqqqqq") == []


def test_many_looked_up_at_once_are_found_as_one_by_one(index):
    queries = [query for _, query in NAMES[:7]]
    alone = [NameIndex(NAMES).search(each) for each in queries]
    index.look_up(queries)
    assert [index.search(each) for each in queries] == alone


def test_of_names_that_fit_as_well_the_one_given_first_is_shown():
    for given in (("Zaw Example", "EXAMPLE, Zaw"), ("EXAMPLE, Zaw", "Zaw Example")):
        assert NameIndex(("1", name) for name in given).search("example zaw")[0].name == given[0]


def test_a_short_word_and_the_next_do_not_make_any_name_that_sounds_like_both():
    hits = NameIndex([("1", "Tun Aung MYINT"), ("2", "Chris TANG")]).search("Tun Aung")
    assert hits[0].id == "1"
    assert all(each.score < 0.85 for each in hits[1:])


def test_a_search_that_lets_go_of_what_is_kept_takes_nothing_from_another(monkeypatch):
    """The server searches in several threads: here the second begins amid the first."""
    monkeypatch.setattr(search, "KEPT", 3)
    index = NameIndex(NAMES)
    index.search("koryo")
    like_sounds = index._like_sounds

    def amid_another(heard):
        monkeypatch.setattr(index, "_like_sounds", like_sounds)
        assert index.search("hassan mohammad castro")[0].id == "4"
        return like_sounds(heard)

    monkeypatch.setattr(index, "_like_sounds", amid_another)
    assert index.search("koryo banc")[0].id == "3"
