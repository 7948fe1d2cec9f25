"""When two entries of one list keep the listings of others apart, on scores made by hand."""

import pytest

from matching.clusters import resolve
from matching.rivals import Rules
from tests.matching.scored import Scored

RULES = Rules(link=5, alone=5, lead=2, twice=5, margin=2, against=5, same_list=5)
TOGETHER = {"us1 ca1": 10, "uk1 ca2": 10, "us1 uk1": 8, "us1 ca2": 6, "uk1 ca1": 6, "ca1 ca2": -3}
TWO_LISTS = {"au1 us1": 10, "au2 uk1": 10, "au1 uk1": 6, "au2 us1": 6, "au1 au2": -3}


def clusters(scores, again):
    pairs = Scored(scores, strangers=0.0, repeats=again)
    return {frozenset(each) for each in resolve(pairs.scores, pairs, RULES).clusters}


def test_two_entries_that_may_be_one_do_not_part_what_other_lists_hold_together():
    assert clusters(TOGETHER, again=["ca1 ca2"]) == {frozenset(("us1", "ca1", "uk1", "ca2"))}


def test_two_entries_that_are_not_each_other_do():
    assert clusters(TOGETHER, again=[]) == {frozenset(("us1", "ca1")), frozenset(("uk1", "ca2"))}


@pytest.mark.parametrize("again", [["ca1 ca2"], ["ca1 ca2", "au1 au2"]])
def test_two_lists_that_both_keep_two_entries_are_right_about_it(again):
    found = clusters(TOGETHER | TWO_LISTS, again)
    assert found == {frozenset(("us1", "ca1", "au1")), frozenset(("uk1", "ca2", "au2"))}
