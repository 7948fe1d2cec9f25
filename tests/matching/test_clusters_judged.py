"""What judgements do to clusters, on scores made by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.clusters import resolve
from matching.rivals import Rules
from tests.matching.scored import Scored

RULES = Rules(link=5, alone=5, lead=2, twice=5, margin=2, against=5, same_list=5)


def clusters(scores, same=(), different=(), unsure=()):
    """Keys are list and number, such as `us1`; pairs that are not scored are strangers."""
    scored = Scored(scores)

    def pairs(texts):
        return [tuple(text.split()) for text in texts]

    found = resolve(scored.scores, scored, RULES, pairs(same), pairs(different), pairs(unsure))
    return {frozenset(each) for each in found.clusters}


def groups(*texts):
    return {frozenset(text.split()) for text in texts}


def test_a_judgement_joins_whatever_the_evidence():
    assert clusters({}, same=["us1 uk1"]) == groups("us1 uk1")


def test_a_negative_parts_whatever_the_evidence():
    assert clusters({"us1 uk1": 20}, different=["uk1 us1"]) == set()


def test_a_negative_holds_through_others():
    scores = {"us1 uk1": 20, "uk1 eu1": 19, "us1 eu1": 18}
    assert clusters(scores, different=["us1 eu1"]) == groups("us1 uk1")


def test_evidence_does_not_join_what_a_reviewer_is_unsure_of():
    assert clusters({"us1 uk1": 20}, unsure=["us1 uk1"]) == set()


def test_evidence_through_a_third_does_not_join_it_either():
    scores = {"us1 uk1": 20, "uk1 eu1": 19, "us1 eu1": 18}
    assert clusters(scores, unsure=["us1 eu1"]) == groups("us1 uk1")


def test_judgements_through_a_third_do():
    found = clusters({}, same=["us1 uk1", "uk1 eu1"], unsure=["us1 eu1"])
    assert found == groups("us1 uk1 eu1")


def test_a_confirmation_breaks_no_link_that_stood_before():
    assert clusters({"us1 uk1": 20}, same=["uk1 eu1"]) == groups("us1 uk1 eu1")


def test_a_confirmation_takes_the_place_of_another_listing_of_that_list():
    assert clusters({"us1 uk1": 20}, same=["uk1 us2"]) == groups("uk1 us2")


@pytest.mark.parametrize(
    ("same", "found"),
    [
        pytest.param((), set(), id="two that fit nearly as well: neither is linked"),
        pytest.param(("us1 us2",), groups("uk1 us1 us2"), id="but no rival is judged the same"),
    ],
)
def test_the_same_party_twice_on_a_list_is_no_rival_of_itself(same, found):
    assert clusters({"uk1 us1": 20, "uk1 us2": 19, "us1 us2": 0}, same) == found


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([(a, b) for a in "abcde" for b in "abcde" if a < b]),
        st.integers(-9, 20),
    )
)
def test_clusters_agree_with_a_slow_method_where_nobody_is_a_rival(scores):
    """Every listing stands on a list of its own, so only what the pairs say together decides."""
    pairs = Scored({" ".join(pair): value for pair, value in scores.items()})
    score = pairs.score
    slow = [{key} for key in "abcde"]
    before = -1
    while before != len(slow):
        before = len(slow)
        for left, right in sorted(scores, key=lambda pair: (-scores[pair], pair)):
            one = next(each for each in slow if left in each)
            other = next(each for each in slow if right in each)
            total = sum(max(score(a, b), -RULES.against) for a in one for b in other)
            if one is not other and score(left, right) >= RULES.link and total >= 0:
                slow = [each for each in slow if each not in (one, other)] + [one | other]
    found = resolve(scores, pairs, RULES)
    assert {frozenset(each) for each in found.clusters} == {
        frozenset(each) for each in slow if len(each) > 1
    }
