from datetime import date

from matching import engine
from matching.profile import profile
from registry.domain.partial_date import day
from registry.domain.party import Kind, Name, NameRole, Party


def person(key, official_list, name, born=None):
    dates = (day(date(*born)),) if born else ()
    return profile(
        key, official_list, Party(Kind.PERSON, (Name(name, NameRole.PRIMARY),), birth_dates=dates)
    )


def test_one_person_on_two_lists_is_one_cluster():
    found = engine.match(
        [
            person("un:1", "un", "Yevgeny Viktorovich Prikhodko", (1961, 6, 1)),
            person("eu:1", "eu", "PRIKHODKO, Evgeniy Viktorovich", (1961, 6, 1)),
            person("eu:2", "eu", "Kyaw Zaw Thant", (1958, 3, 2)),
        ]
    )
    assert found.clusters == (frozenset({"un:1", "eu:1"}),)
