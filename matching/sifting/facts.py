"""What facts beside the names can be worth at most, for very many pairs at once.

Each look speaks of what the feature beside it compares. Sets may seem to share more than they do.
"""

from collections.abc import Callable, Mapping

import numpy as np

from matching.evidence import Level
from matching.features import dates, facts, identifiers
from matching.model import MOST_TIMES, WEIGHTS, Feature
from matching.sifting.columns import PERSON, Columns, Dates, Floats, Rows, Truths, beside

Look = Callable[[Columns, Rows, Rows], Floats]


def at_most(columns: Columns, left: Rows, right: Rows) -> Floats:
    """All features together, in nats."""
    person = (columns.kinds[left] == PERSON) | (columns.kinds[right] == PERSON)
    found = np.where(person, UNSEEN, UNSEEN + OF_OTHERS)
    for look in LOOKS.values():
        found += look(columns, left, right)
    return found


def _most(feature: Feature, *levels: Level) -> float:
    return max(WEIGHTS[feature].get(level, 0.0) for level in levels)


def _birth_date(columns: Columns, left: Rows, right: Rows) -> Floats:
    all_dates = columns.dates
    pair, one, other = beside(columns.first_date, left, right)
    a, b = all_dates.of(one), all_dates.of(other)
    agree = (a.first <= b.last) & (b.first <= a.last)
    exact = a.exact & b.exact
    years_apart = np.maximum(a.first_year - b.last_year, b.first_year - a.last_year)
    # Two of day, month and year agree, or day and month have changed places.
    year, month, day = a.first_year == b.first_year, a.month == b.month, a.day == b.day
    swapped = (a.month == b.day) & (a.day == b.month)
    misread = exact & ((month & day) | (year & (month | day | swapped)))
    vague = ~exact | _new_year(a) | _new_year(b)
    worth = np.select(
        [
            exact & agree,
            misread,
            agree,
            (a.circa | b.circa) & (years_apart <= dates.SLACK),
            vague & (years_apart <= 1),
            years_apart < dates.GENERATION,
        ],
        [
            _most(dates.birth_date, Level.SAME, Level.PARTIAL),
            _most(dates.birth_date, Level.CLOSE),
            _most(dates.birth_date, Level.PARTIAL, Level.COMPATIBLE),
            _most(dates.birth_date, Level.COMPATIBLE),
            _most(dates.birth_date, Level.APART, Level.DIFFERENT),
            _most(dates.birth_date, Level.DIFFERENT),
        ],
        _most(dates.birth_date, Level.FAR),
    )
    best = np.full(len(left), -np.inf)
    np.maximum.at(best, pair, worth)
    return np.where(np.isinf(best), 0.0, best)


def _new_year(each: Dates) -> Truths:
    return np.asarray((each.month == 1) & (each.day == 1))


def _country(columns: Columns, left: Rows, right: Rows) -> Floats:
    ties = columns.countries
    worth = np.select(
        [
            ties.shared(left, right) > 0,
            ~ties.both(left, right),
            ~columns.stated.both(left, right),
            ~columns.nationalities.both(left, right),
        ],
        [
            _most(facts.country, Level.SAME, Level.COMPATIBLE),
            0.0,
            _most(facts.country, Level.PARTIAL),
            _most(facts.country, Level.APART),
        ],
        _most(facts.country, Level.DIFFERENT),
    )
    return np.asarray(worth, np.float64)


def _birth_place(columns: Columns, left: Rows, right: Rows) -> Floats:
    cities = columns.birth_cities
    worth = np.where(
        cities.shared(left, right) > 0,
        _most(facts.birth_place, Level.SAME),
        _most(facts.birth_place, Level.DIFFERENT),
    )
    return np.where(cities.both(left, right), worth, 0.0)


def _address(columns: Columns, left: Rows, right: Rows) -> Floats:
    apart = Level.APART, Level.DIFFERENT
    shared = columns.addresses.shared(left, right)
    worth = np.select(
        [shared == 0, shared < facts.SHARED_WORDS.index(Level.CLOSE)],
        [_most(facts.address, *apart), _most(facts.address, *apart, Level.PARTIAL)],
        _most(facts.address, *facts.SHARED_WORDS),
    )
    elsewhere = columns.lists[left] != columns.lists[right]
    return np.where(columns.addresses.both(left, right) & elsewhere, worth, 0.0)


def _official_list(columns: Columns, left: Rows, right: Rows) -> Floats:
    worth = _most(facts.official_list, Level.APART, Level.DIFFERENT)
    return np.where(columns.lists[left] == columns.lists[right], worth, 0.0)


def _other_names(columns: Columns, left: Rows, right: Rows) -> Floats:
    spelt, full = columns.spellings, columns.full_names
    fewest = np.minimum(spelt.counts[left], spelt.counts[right])
    common = np.minimum(spelt.shared(left, right), fewest)
    several = np.minimum(full.counts[left], full.counts[right]) > 1
    worth = np.select(
        [fewest < 2, common > 1, several & (full.shared(left, right) < 2)],
        [
            0.0,
            _most(facts.other_names, Level.SAME) * np.minimum(common - 1, MOST_TIMES),
            _most(facts.other_names, Level.DIFFERENT),
        ],
        0.0,
    )
    return np.asarray(worth, np.float64)


def _identifier(columns: Columns, left: Rows, right: Rows) -> Floats:
    same = _most(identifiers.identifier, Level.SAME, Level.CLOSE, Level.PARTIAL)
    unlike = _most(identifiers.identifier, Level.APART, Level.DIFFERENT)
    # A list may give a party two of its references.
    elsewhere = columns.lists[left] != columns.lists[right]
    other = np.where(elsewhere & (columns.schemes.shared(left, right) > 0), unlike, 0.0)
    return np.where(columns.numbers.shared(left, right) > 0, same, other)


LOOKS: Mapping[Feature, Look] = {
    dates.birth_date: _birth_date,
    facts.country: _country,
    facts.birth_place: _birth_place,
    facts.address: _address,
    facts.official_list: _official_list,
    facts.other_names: _other_names,
    identifiers.identifier: _identifier,
}
ORGANISATIONS = frozenset({facts.legal_form, facts.business_word})  # features
# What is not looked at speaks for the pair if it can.
BEST = {feature: max(0.0, *weights.values()) for feature, weights in WEIGHTS.items()}
UNSEEN = sum(best for each, best in BEST.items() if each not in LOOKS.keys() | ORGANISATIONS)
OF_OTHERS = sum(BEST[each] for each in ORGANISATIONS)
