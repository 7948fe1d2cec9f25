from datetime import date
from itertools import product

from matching import engine, model, scoring
from matching.packed import Packed, pack
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


def test_a_pair_that_comes_near_is_remembered_without_being_a_candidate():
    names = ("Thura Sample", "Thura Sample Maung Kyaw", "Thura Sampel Maung", "Thura Maung Sein")
    births = ((1961, 6, 20), (1962, 7, 2), (1975, 1, 1), None)
    others = [
        person(f"eu:{name} {born}", f"eu{number}", name, born)
        for number, (name, born) in enumerate(product(names, births))
    ]
    found = engine.match([person("us:1", "us", "Thura Sample Maung", (1961, 6, 1)), *others])
    near = {pair for pair, score in found.scores.items() if score < model.REVIEW}
    assert near
    assert min(found.scores.values()) >= model.NEAR
    assert near.isdisjoint((each.left, each.right) for each in found.candidates)


def test_several_processes_find_what_one_finds(monkeypatch):
    monkeypatch.setattr(scoring, "FEWEST", 0)
    monkeypatch.setattr(scoring, "STEP", 5)
    names = ("Kyaw Zaw Thant", "THANT, Kyaw Zaw", "Kyaw Thant", "Evgeny Prikhodko")
    profiles = [
        person(f"{official_list}:{number}", official_list, f"{name} {number % 3}")
        for official_list in ("eu", "uk", "un")
        for number, name in enumerate(names * 3)
    ]
    alone = engine.match(profiles)
    assert alone.scores
    assert engine.match(profiles, workers=2) == alone
    assert engine.match(Packed(map(pack, profiles)), workers=2) == alone


def test_the_order_of_listings_makes_no_difference():
    profiles = [
        person("un:1", "un", "Yevgeny Viktorovich Prikhodko", (1961, 6, 1)),
        person("eu:1", "eu", "PRIKHODKO, Evgeniy Viktorovich", (1961, 6, 1)),
        person("eu:2", "eu", "Kyaw Zaw Thant", (1958, 3, 2)),
    ]
    assert engine.match(profiles[::-1]) == engine.match(profiles)
    assert engine.match([]).clusters == ()
