"""What keeps two listings apart is named, on scores made by hand."""

from matching.apart import Apart, apart
from matching.objections import Objection
from matching.rivals import Rules
from tests.matching.scored import Scored

RULES = Rules(link=5, alone=5, lead=2, twice=5, margin=2, against=5, same_list=5)


def why(pair, *sides, **scores):
    pairs = Scored({name.replace("_", " "): value for name, value in scores.items()}, -1.0)
    clusters = tuple(frozenset(side.split()) for side in sides)
    return apart(tuple(pair.split()), clusters, pairs.scores, pairs, RULES)


def test_nothing_keeps_two_apart_that_could_be_one():
    found = why("us1 uk1", "us1", "uk1", uk1_us1=9)
    assert found == Apart(weak=False, rivals=(), objections=(), against=(), total=9)


def test_who_fits_nearly_as_well_is_named_beside_the_one_it_fits():
    assert why("us1 uk1", "us1", "uk1", uk1_us1=9, uk2_us1=8).rivals == (("uk2", "us1"),)
    assert why("us1 uk1", "us1", "uk1", uk1_us1=9, uk2_us1=6).rivals == ()


def test_two_entries_of_one_list_are_named():
    found = why("us1 uk1", "us1 eu1", "uk1 eu2", uk1_us1=9)
    assert [(each.pair, each.objection) for each in found.objections] == [
        (("eu1", "eu2"), Objection.TWO_ENTRIES)
    ]


def test_of_what_outweighs_a_pair_the_most_is_named_first():
    found = why("us1 uk1", "us1 eu1", "uk1 ca1", uk1_us1=6, ca1_us1=-3, eu1_uk1=-4, ca1_eu1=0)
    assert found.total == -1
    assert [each.pair for each in found.against] == [("eu1", "uk1"), ("ca1", "us1")]


def test_a_pair_that_does_not_link_by_itself_is_weak():
    assert why("us1 uk1", "us1", "uk1", uk1_us1=4).weak
