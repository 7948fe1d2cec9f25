"""The orders in which subjects are shown."""

from dataclasses import replace
from datetime import date

from registry.domain import coverage
from registry.domain.ranking import Order, first_listed, gap_value, open_since, ordered
from registry.domain.selection import Selection, matches, traits
from tests.registry.domain.worlds import in_uk, listed, subject, world

IN_EU = listed("eu-fsf", "MMR", listed_on=date(2022, 2, 21))
LATER = in_uk(listed_on=date(2025, 1, 31))


def made(id_, *listings, nexus="none"):
    facts = replace(subject(*listings), id=id_)
    return traits(facts, coverage.cells(facts, world()), frozenset(), nexus)


def match(of, **selection):
    (found,) = matches(Selection(**selection), [of])
    return found


UK_ALONE = made("UK", in_uk())
UK_AND_EU = made("BOTH", in_uk(), IN_EU)
NOBODY = made("NOBODY")


def test_each_missing_cell_weighs_as_many_partners_as_impose_the_measure():
    missing = match(UK_ALONE).missing
    assert gap_value(match(UK_ALONE)) == len(missing) == 6, "two measures at three partners"
    assert gap_value(match(UK_AND_EU)) == sum(len(g.listed_by) for g in match(UK_AND_EU).missing)
    assert {len(gap.listed_by) for gap in match(UK_AND_EU).missing} == {2}


def test_a_nearer_nexus_weighs_more():
    values = [
        gap_value(match(made("X", in_uk(), nexus=nexus)))
        for nexus in ("stated", "programme", "possible", "none")
    ]
    assert values == sorted(values, reverse=True)
    assert len(set(values)) == 4


def test_only_what_the_selection_calls_missing_is_weighed():
    assert gap_value(match(UK_ALONE, missing_from=("US",))) == 2
    assert gap_value(match(NOBODY)) == 0


def test_a_gap_is_open_since_the_first_act_behind_it():
    assert open_since(match(UK_AND_EU)) == date(2022, 2, 21)
    assert open_since(match(UK_AND_EU, missing_from=("UK",))) is None
    assert open_since(match(NOBODY)) is None
    assert first_listed(UK_AND_EU) == date(2022, 2, 21)


def test_every_order_keeps_every_subject():
    found = list(matches(Selection(), [NOBODY, UK_ALONE, UK_AND_EU, made("LATER", LATER)]))
    for order in Order:
        assert set(map(id, ordered(found, order))) == set(map(id, found))
    names = [each.subject.facts.id for each in ordered(found, Order.LAG)]
    assert names[0] == "BOTH"
    assert names[-1] == "NOBODY", "what has no gap comes last"
    assert ordered(found, Order.VALUE)[-1].subject is NOBODY
    assert ordered(found, Order.NEWEST)[0].subject.facts.id == "LATER"
