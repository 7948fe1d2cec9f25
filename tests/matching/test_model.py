"""Known hard cases, by the trap, and what must hold for any pair. The names are invented."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching import engine, model
from matching.frequencies import frequencies
from matching.profile import profile
from registry.domain.judgement import Verdict
from registry.domain.partial_date import PartialDate, day
from registry.domain.party import (
    Address,
    Country,
    Identifier,
    IdentifierKind,
    Kind,
    Name,
    NameRole,
    Party,
)

SURNAMES = ("Orlenkov", "Tarabanov", "Vostrikin", "Kazulin", "Belozub", "Dremin", "Shubarov")
GIVEN = ("Ivan", "Sergei", "Pavel", "Oleg", "Anton", "Boris")
CROWD = [
    profile(
        f"crowd:{number}",
        "crowd",
        Party(
            Kind.PERSON, (Name(f"{GIVEN[number % 6]} {SURNAMES[number % 7]}", NameRole.PRIMARY),)
        ),
    )
    for number in range(42)
]


def made(
    key,
    *names,
    born=None,
    kind=Kind.PERSON,
    country="RU",
    codes=(),
    passport="",
    inn="",
    reference="",
    at="",
):
    held = [Identifier(IdentifierKind.PASSPORT, passport, Country("", "RU"))] if passport else []
    held += [Identifier(IdentifierKind.TAX, inn, Country("", "RU"))] if inn else []
    held += [Identifier(IdentifierKind.UN_REFERENCE, reference)] if reference else []
    party = Party(
        kind,
        tuple(
            Name(each, NameRole.ALIAS if place else NameRole.PRIMARY)
            for place, each in enumerate(names)
        ),
        birth_dates=(day(date(*born)),) if born else (),
        nationalities=(Country("", country),) if country else (),
        identifiers=tuple(held),
        addresses=(Address(at),) if at else (),
    )
    return profile(key, key.partition(":")[0], party, codes)


def company(key, *names, **more):
    return made(key, *names, kind=Kind.ENTITY, **more)


def joined(left, right, *others):
    found = engine.match([left, right, *others, *CROWD])
    return any({left.key, right.key} <= cluster for cluster in found.clusters)


def score(left, right):
    return model.compare(left, right, frequencies([left, right, *CROWD])).score


SAME = [
    pytest.param(
        made("uk:1", "Yevgeny Orlenkovich Dubrovin"),
        made("eu:1", "Evgeniy Orlenkovich DUBROVIN"),
        id="Slavic spelling, no birth date",
    ),
    pytest.param(
        made("uk:1", "Tarasov Iwan", born=(1966, 3, 4)),
        made("eu:1", "Ivan Sergeevich TARASOV", born=(1966, 3, 4)),
        id="the patronymic stands on one side",
    ),
    pytest.param(
        made("uk:1", "Kwon Chol-su", born=(1971, 2, 9), country="KP"),
        made("us:1", "Chol Su KWON", born=(1971, 2, 9), country="KP"),
        id="East Asian order",
    ),
    pytest.param(
        made("uk:1", "U Thura Kyaw Htin", born=(1960, 1, 5), country="MM"),
        made("us:1", "Thura KYAW HTIN", born=(1960, 1, 5), country="MM"),
        id="Burmese honorific",
    ),
    pytest.param(
        made("uk:1", "Pavel Zhdanovsky", born=(1975, 4, 7)),
        made("us:1", "Pavel ZHDANOVSKIY", born=(1975, 7, 4)),
        id="day and month swapped",
    ),
    pytest.param(
        made("uk:1", "Pavel Zhdanovsky", born=(1975, 4, 7)),
        made("us:1", "Pavel ZHDANOVSKIY", born=(1975, 10, 7)),
        id="another month of one year",
    ),
    pytest.param(
        made("uk:1", "Pavel Zhdanovsky Orlenkovich", born=(1969, 4, 7)),
        made("us:1", "Pavel ZHDANOVSKIY Orlenkovich", born=(1953, 4, 7)),
        id="one day of two years",
    ),
    pytest.param(
        made("uk:1", "Pаvel Drоzdenko", born=(1970, 5, 6)),
        made("us:1", "Pavel DROZDENKO", born=(1970, 5, 6)),
        id="Cyrillic letters inside a Latin name",
    ),
    pytest.param(
        made("uk:1", "Bazargan Zuwari Hamdan", country="SD"),
        made("us:1", "Barzagan Zuwari HAMDAN", country="SD"),
        id="two letters swapped",
    ),
    pytest.param(
        company("uk:1", "Voronezhsky Mekhanichesky Zavod Luchina AO"),
        company("us:1", "JOINT STOCK COMPANY VORONEZHSKIY MECHANICAL PLANT LUCHINA"),
        id="a company's name translated in part",
    ),
    pytest.param(
        company("uk:1", "Zernovoy Operator Tavrida OAO"),
        company("us:1", "JSC Grain Operator Tavrida"),
        id="an open company lost that word",
    ),
    pytest.param(
        company("uk:1", "Tavrida Marine Institute (TMI)"),
        company("us:1", "TAVRIDA MARINE INSTITUTE"),
        id="acronym in brackets",
    ),
    pytest.param(
        company("uk:1", "74th Mountain Infantry Division"),
        company("us:1", "74TH MOUNTAIN INFANTRY DIVISION OF THE TAVRIAN ARMY"),
        id="a numbered unit with its army and without",
    ),
    pytest.param(
        company("uk:1", "NPO Luchina AO"),
        company("us:1", "JSC SCIENTIFIC PRODUCTION ASSOCIATION LUCHINA"),
        id="an abbreviation of one list is spelled out on the other",
    ),
    pytest.param(
        company("uk:1", "Al-Zuwari Relief Tavria Branch"),
        company("us:1", "AL-ZUWARI RELIEF (TAVRIA)"),
        id="a branch is called so or not",
    ),
    pytest.param(
        company("uk:1", "Directorate of Mirror Industries", country="SY"),
        company("us:1", "SYRIAN DIRECTORATE OF MIRROR INDUSTRIES", country="SY"),
        id="a body is named with its country or without",
    ),
    pytest.param(
        company("uk:1", "M. Zuwaraie Mirror Industries", country="IR"),
        company("us:1", "M. ZUWARAEI MIRROR INDUSTRIES", country="IR"),
        id="the ending of a Persian family name",
    ),
    pytest.param(
        company("uk:1", "Luchina Institute named after V.V. Dremin"),
        company("us:1", "LUCHINA INSTITUTE NAMED AFTER V V DREMIN"),
        id="initials with dots or apart",
    ),
    pytest.param(
        company("uk:1", "AO TSKB Luchina", at="14 Mirror Lane, Voronezh 394000"),
        company("us:1", "LUCHINA JSC", at="14 Mirror Lane, Voronezh 394000"),
        id="a design bureau is called so or not, at one address",
    ),
    pytest.param(
        company("uk:1", "State Luchina Institute of Mirrors (GosLuchIM)"),
        company("us:1", "STATE LUCHINA INSTITUTE OF MIRRORS"),
        id="an abbreviation of syllables in brackets",
    ),
    pytest.param(
        company("uk:1", "IRGC Zuwari Mirror Force", country="IR"),
        company("us:1", "ISLAMIC REVOLUTIONARY GUARDS CORPS ZUWARI MIRROR FORCE", country="IR"),
        id="the Revolutionary Guards by their acronym or in full",
    ),
    pytest.param(
        company("uk:1", "Zuwari Mirror Shipping", country="", codes=("Russia",)),
        company("us:1", "ZUWARI MIRROR SHIPPING", country="IR"),
        id="a programme of one country takes in a party of another",
    ),
    pytest.param(
        company("uk:1", "Plant of Mirrors Luchina No. 88"),
        company("us:1", "88 LUCHINA PLANT OF MIRRORS"),
        id="a number is called so or not",
    ),
    pytest.param(
        company("uk:1", "Zuwaris including Tavria al-Orlen Brigades"),
        company("eu:1", "Zuwaris", "Zuwaris-Tavria al-Orlen"),
        id="one list names the body and its part",
    ),
    pytest.param(
        company("uk:1", "Tavrian Peoples' Mirror Party - Front (Tavria Kristal Partisi-Cephesi)"),
        company("us:1", "TAVRIAN PEOPLE'S MIRROR PARTY/FRONT"),
        id="a translation of the name in brackets",
    ),
    pytest.param(
        company("eu:1", "Zuwaria Segodnya International Information Agency"),
        company("ca:1", "Zuwaria Segodnya MIA"),
        id="the sort of body abbreviated",
    ),
    pytest.param(
        company("uk:1", "Zuwartec"),
        company("us:1", "STATE CORPORATION ZUWARTEC"),
        id="a state corporation without its form",
    ),
]


DIFFERENT = [
    pytest.param(
        made("uk:1", "Sergei Ivanovich Dubrovin", born=(1940, 1, 2)),
        made("us:1", "Ivan Sergeevich DUBROVIN", born=(1966, 3, 4)),
        id="father and son",
    ),
    pytest.param(
        made("uk:1", "Mahmoud Zuwarin", country="", codes=("Syria",)),
        made("us:1", "Mahmud ZUWARINI", country="IQ"),
        id="a name spelt otherwise, in another country than its programme's",
    ),
    pytest.param(
        made("uk:1", "Qasim Sabri Hamdan al-Zuwari", country="IQ"),
        made("us:1", "Munir Sabri Hamdan AL-ZUWARI", country="IQ"),
        id="brothers who share a chain of names",
    ),
    pytest.param(
        made("uk:1", "Than Naing", country="MM"),
        made("us:1", "Than Zaw NAING", country="MM"),
        id="in a Burmese name every word counts",
    ),
    pytest.param(
        made("uk:1", "Leonid Pavlovich Kharchenko"),
        made("us:1", "Leonid Pavlovich PRISENKO"),
        id="surnames that differ by their first sound",
    ),
    pytest.param(
        company("uk:1", "Aircraft Repair Plant 53"),
        company("us:1", "AIRCRAFT REPAIR PLANT 75"),
        id="plants that differ by a number",
    ),
    pytest.param(
        company("uk:1", "Tavrida Trading LLC"),
        company("us:1", "TAVRIDA TRADING JSC"),
        id="companies that differ by their legal form",
    ),
    pytest.param(
        company("us:1", "Kestrel Vodka Holdings Ltd", codes=("NET",)),
        company("us:2", "KESTREL VODKA INTERNATIONAL LTD", "Kestrel Vodka Group", codes=("NET",)),
        id="two companies of a network on one list",
    ),
    pytest.param(
        made("us:1", "EP-ZZA", kind=Kind.AIRCRAFT, country="IR"),
        made("eu:1", "EP-ZZE", kind=Kind.AIRCRAFT, country="IR"),
        id="tail numbers that differ by a letter",
    ),
    pytest.param(
        company("uk:1", "74th Mountain Infantry Division of the Tavrian Army"),
        company("us:1", "47TH MOUNTAIN INFANTRY DIVISION OF THE TAVRIAN ARMY"),
        id="units of one army that differ by their number",
    ),
    pytest.param(
        company("uk:1", "Luchina Grupp OOO", at="14 Mirror Lane, Voronezh 394000"),
        company("us:1", "OOO LUCHINA AUDIT", at="14 Mirror Lane, Voronezh 394000"),
        id="companies of one group share an address",
    ),
    pytest.param(
        company("uk:1", "Syrian Directorate of Mirror Industries", country="SY"),
        company("us:1", "IRANIAN DIRECTORATE OF MIRROR INDUSTRIES", country="IR"),
        id="bodies of one name in two countries",
    ),
    pytest.param(
        company("uk:1", "PJSC Zussneft"),
        company("ca:1", "Zosneft"),
        id="names of one word that sound alike and are written otherwise",
    ),
    pytest.param(
        company("uk:1", "TD Mirrors OOO"),
        company("us:1", "OOO PK MIRRORS"),
        id="companies that differ by a word of two letters",
    ),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_one_party_is_found_in_spite_of(left, right):
    assert joined(left, right)


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_two_parties_are_kept_apart_although(left, right):
    assert not joined(left, right)


def test_the_same_person_twice_on_one_list_under_two_programmes_is_one():
    first = made("eu:1", "Hasan Zahir Orwais", born=(1955, 5, 5), codes=("AQ",))
    second = made("eu:2", "Hasan Zahir ORWAIS", born=(1955, 5, 5), codes=("SOM",))
    assert joined(first, second)


def test_a_third_listing_that_fits_both_does_not_join_two_of_one_list():
    head = company("us:1", "Tavrida Guard Corps", country="IR", codes=("IR",))
    branch = company("us:2", "Tavrida Guard Corps Southern Force", country="IR", codes=("IR",))
    both = company(
        "uk:1", "Tavrida Guard Corps", "Tavrida Guard Corps Southern Force", country="IR"
    )
    assert not joined(head, branch, both)


def again(*names, number=2, **more):
    """An entry of the list `eu`, under the programme of all its entries here."""
    return company(f"eu:{number}", *names, country="IR", codes=("IR",), **more)


ELSEWHERE = (
    company("un:1", "ZUWARI MIRROR INSTITUTE", "Zuwari Optics", country="IR"),
    company("uk:1", "Zuwari Mirror Institute", "ZUWARI OPTICS", country="IR"),
    again("Zuwari Mirror Institute", "Zuwari Optics", number=1),
)


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(again("Zuwari Optics"), id="under a name by which the first entry is known"),
        pytest.param(again("ZMI", "Zuwari Mirror Institute"), id="under its acronym"),
        pytest.param(
            again("Zuwari Mirror Institute - ZMI"),
            id="under its name and, after a dash, its acronym",
        ),
    ],
)
def test_a_list_may_enter_a_party_again(entry):
    assert joined(entry, *ELSEWHERE)


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(
            again("Zuwari Mirror Institute Tavria", "Zuwari Optics"), id="a word is added"
        ),
        pytest.param(
            again("Zuwari Optics", at="3 Harbour Road, Tavria"), id="it has another address"
        ),
        pytest.param(again("Zuwari Mirror Works"), id="the names agree in translation alone"),
    ],
)
def test_another_party_of_the_name_is_not_the_first_one_again(entry):
    home = again("Zuwari Mirror Institute", "Zuwari Optics", number=1, at="14 Mirror Lane, Isfahan")
    assert not joined(entry, home, *ELSEWHERE[:2])


def test_a_list_may_enter_a_party_again_under_a_shorter_name_that_another_list_knows():
    first = again("Zuwari Mirror Institute of Tavria", number=1)
    entry = again("Zuwari Mirror Institute")
    names = ("Zuwari Mirror Institute of Tavria", "Zuwari Mirror Institute")
    assert joined(entry, first, company("us:1", *names, country="IR"))


def test_companies_that_another_list_enters_together_are_two_on_a_list_that_parts_them():
    first = again("Zuwari Mirror Airways", number=1)
    second = again("Zuwari Harbour Trading")
    both = company("un:1", "Zuwari Mirror Airways", "Zuwari Harbour Trading", country="IR")
    assert not joined(first, second, both)


def test_a_party_entered_twice_bears_two_references_of_its_list():
    entries = [
        made(
            f"{place}:{number}",
            "Hasan Dahir Zuwari",
            born=(1935, 4, 2),
            country="SO",
            codes=(f"{number}",),
            reference=f"QDi.00{number}",
        )
        for place in ("un", "uk")
        for number in (1, 2)
    ]
    assert joined(*entries)


def test_a_name_that_sounds_alike_is_another_company_on_one_list():
    elsewhere = [company(f"{place}:1", "Zosneft", country="IR") for place in ("un", "uk")]
    assert not joined(again("Zussneft"), again("Zosneft", number=1), *elsewhere)


CROWN = ("Tavrida Crown Movement", "Tavrida Crown Legion", "TCM", "TCL")
MOVEMENT = company("eu:1", "TCM", "Tavrida Crown Movement")
LEGION = company("eu:2", "TCL", "Tavrida Crown Legion")


def test_a_body_that_bears_the_name_of_its_branch_is_not_that_branch():
    others = company("us:1", *CROWN), company("au:1", *CROWN)
    assert joined(MOVEMENT, *others, LEGION)
    assert not joined(LEGION, *others, MOVEMENT)


def once(place, *names, year=None, number=1):
    return made(f"{place}:{number}", *names, born=year and (year, 1, 1), country="SY", codes=("S",))


def test_one_list_that_enters_a_person_twice_does_not_part_those_whom_others_enter_once():
    entered = [once("ca", "Rafiq Shuwarah"), once("ca", "Rafiq Shiwarah", number=2)]
    names = ("Rafiq SHUWARAH", "Rafiq SHIWARAH")
    others = [once("uk", "Rafiq Shuwarah"), once("eu", *names), once("us", names[1])]
    assert joined(*entered, *others)


def test_however_many_words_a_longer_name_adds_it_stays_near_the_shorter_one():
    short = company("ca:1", "Main Directorate for Combating Zuwari Mirror Corruption")
    long_ = company(
        "us:1",
        "MAIN DIRECTORATE FOR COMBATING ZUWARI MIRROR CORRUPTION OF THE TAVRIAN CROWN "
        "GARRISON IN ORLENKOV HARBOUR",
    )
    assert model.NEAR <= score(short, long_) < model.LINK


def test_nobody_is_entered_again_where_no_other_list_knows_them():
    assert not joined(again("Zuwari Optics"), ELSEWHERE[-1])


def test_two_addresses_under_one_programme_are_two_companies():
    left = again("Zuwari Mirrors DMCC", number=1, at="14 Mirror Tower, Dubai")
    right = again("Zuwari Mirrors Pte Ltd", at="3 Harbour Road, Singapore")
    assert not joined(left, right, company("uk:1", "Zuwari Mirrors Ltd", country="IR"))


def test_brothers_on_one_list_are_two_though_one_birth_date_is_given_for_both():
    left = made("us:1", "Qasim Sabri Hamdan AL-ZUWARI", born=(1955, 5, 4), country="IQ")
    right = made("us:2", "Wasim Sabri Hamdan AL-ZUWARI", born=(1955, 5, 4), country="IQ")
    other = made("un:1", "WASIM SABRI HAMDAN AL-ZUWARI", born=(1955, 5, 4), country="IQ")
    assert not joined(left, right, other)


def test_one_identifier_carried_by_two_people_does_not_join_them_alone():
    left = made("uk:1", "Anton Belozub", born=(1950, 1, 1), passport="123456789")
    right = made("us:1", "Marina Kazulina", born=(1985, 9, 9), passport="123456789")
    assert not joined(left, right)


def test_what_two_companies_share_with_a_third_does_not_join_those_that_a_register_tells_apart():
    name = "Joint Stock Company Zavod Primer"
    ours = company("us:1", name, inn="6726504312", at="Safonovo, Oktyabrskaya 78")
    theirs = company("uk:1", name, inn="7804001110", at="Saint Petersburg, Kondratyevsky 72")
    third = company("ca:1", name)
    assert not joined(ours, theirs, third)


def test_a_wrong_number_does_not_part_what_all_else_ties():
    ours = made("us:1", "Danila Yurievich Primerov", born=(1977, 5, 1), inn="500100732259")
    theirs = made("eu:1", "Danila Yurievich PRIMEROV", born=(1977, 5, 1), inn="771577190559")
    third = made("uk:1", "Danila Yurievich PRIMEROV", born=(1977, 5, 1))
    assert joined(ours, theirs, third)


def test_countries_are_spelled_out():
    left, right = made("uk:1", "Oleg Dremin"), made("us:1", "Oleg DREMIN")
    sentences = [e.sentence for e in model.compare(left, right, frequencies(CROWD)).evidence]
    assert "Both are nationals of Russia" in sentences


people = st.builds(
    lambda number, given_, surname, born, country: made(
        f"list{number % 3}:{number}",
        f"{given_} {surname}",
        born=born,
        country=country,
    ),
    st.integers(0, 99),
    st.sampled_from(GIVEN),
    st.sampled_from(SURNAMES),
    st.sampled_from([None, (1960, 1, 2), (1960, 2, 1), (1975, 6, 7)]),
    st.sampled_from(["", "RU", "IR"]),
)
few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@few
@given(people, people)
def test_a_comparison_is_the_same_both_ways_round(left, right):
    counted = frequencies(CROWD)
    one, other = model.compare(left, right, counted), model.compare(right, left, counted)
    assert one.score == pytest.approx(other.score)
    assert one.score == pytest.approx(sum(each.weight for each in one.evidence))


@few
@given(st.lists(people, max_size=12, unique_by=lambda each: each.key), st.randoms())
def test_the_order_of_the_listings_makes_no_difference(profiles, shuffled):
    other = list(profiles)
    shuffled.shuffle(other)
    assert engine.match(profiles).clusters == engine.match(other).clusters


@few
@given(st.lists(people, max_size=12, unique_by=lambda each: each.key))
def test_a_run_that_starts_from_the_last_changes_nothing(profiles):
    first = engine.match(profiles)
    again = engine.match(profiles, changed=frozenset(), previous=first)
    assert (again.clusters, again.candidates) == (first.clusters, first.candidates)


@few
@given(
    st.lists(people, min_size=1, max_size=12, unique_by=lambda each: each.key),
    st.lists(people, max_size=3, unique_by=lambda each: each.key),
    st.sets(st.integers(0, 11), max_size=2),
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.sampled_from(Verdict))),
)
def test_what_stands_from_an_earlier_run_is_what_clustering_all_again_finds(
    before, amended, leaving, verdicts
):
    """Wherever no judgement is new: amended listings, new ones, some that are gone."""
    judged = [
        engine.Judged(before[one % len(before)].key, before[other % len(before)].key, verdict)
        for one, other, verdict in verdicts
        if one % len(before) != other % len(before)
    ]
    first = engine.match(before, judged)
    kept = {each.key: each for place, each in enumerate(before) if place not in leaving}
    now = list((kept | {each.key: each for each in amended}).values())
    how = {"changed": {each.key for each in amended}, "previous": first}
    whole = engine.match(now, judged, **how)
    part = engine.match(now, judged, **how, rejudged=False)
    assert set(part.clusters) == set(whole.clusters)
    # Pairs alone: one linked by a verdict, not likeness, counts less as its words get common.
    for found in ("links", "candidates"):
        assert {each[:2] for each in getattr(part, found)} == {
            each[:2] for each in getattr(whole, found)
        }
    assert part.scores == whole.scores


@few
@given(st.sampled_from(GIVEN), st.sampled_from(SURNAMES))
def test_more_that_agrees_never_speaks_against(given_, surname):
    full = f"{given_} {surname}"
    plain = score(made("a:1", full, country=""), made("b:1", full, country=""))
    tied = score(made("a:1", full), made("b:1", full))
    born = score(made("a:1", full, born=(1960, 1, 2)), made("b:1", full, born=(1960, 1, 2)))
    proven = score(
        made("a:1", full, born=(1960, 1, 2), passport="7654321"),
        made("b:1", full, born=(1960, 1, 2), passport="7654321"),
    )
    assert plain <= tied <= born <= proven


def test_a_birth_date_of_another_generation_weighs_more_than_one_that_is_near():
    left = made("a:1", "Oleg Dremin", born=(1960, 1, 2))
    near, far = (made("b:1", "Oleg Dremin", born=(year, 5, 9)) for year in (1963, 1985))
    assert score(left, near) > score(left, far)
    assert isinstance(left.birth_dates[0], PartialDate)


def test_a_name_that_both_have_is_said_once():
    counted = frequencies(CROWD)
    one, other = made("a:1", "Ivan Orlenkov"), made("b:1", "Ivan Orlenkov")
    said = [each.sentence for each in model.compare(one, other, counted).evidence]
    assert "Names compared: both have Ivan Orlenkov" in said
    other = made("b:1", "Ivan Petrovich Orlenkov")
    said = [each.sentence for each in model.compare(one, other, counted).evidence]
    assert "Names compared: Ivan Orlenkov and Ivan Petrovich Orlenkov" in said
