from datetime import UTC, datetime

import pytest

from registry.domain.judgement import InvalidJudgement
from registry.domain.rekeying import Rekeying, current_keys

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def rekeyed(*steps):
    return current_keys(
        Rekeying(*step.split(">"), "Anna", "the publisher renumbered", NOON) for step in steps
    )


def test_keys_lead_along_chains_to_the_present_one():
    assert rekeyed("a>b", "b>c") == {"a": "c", "b": "c"}


def test_the_latest_word_on_a_key_holds():
    assert rekeyed("a>b", "a>c") == {"a": "c"}


def test_a_key_that_leads_to_itself_is_put_back():
    assert rekeyed("a>b", "a>a") == {}


def test_keys_that_change_places_in_turn_are_refused():
    with pytest.raises(InvalidJudgement, match="circle"):
        rekeyed("a>b", "b>c", "c>b")


def test_a_change_of_keys_needs_a_reason():
    with pytest.raises(InvalidJudgement):
        Rekeying("a", "b", "Anna", " ", NOON)
