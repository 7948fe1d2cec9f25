"""What a mark lets through, and that nothing made from marked things lets through more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain import handling
from registry.domain.handling import (
    NOBODY,
    NOT_RELEASED,
    Level,
    Marking,
    Reader,
    combined,
    mark,
    may_read,
    remarked,
    widens,
)
from registry.domain.record import InvalidRecord

SOME = ("US", "EU", "UK", "CA", "ngo:watch")


@st.composite
def markings(draw):
    return mark(
        draw(st.sampled_from(SOME)),
        draw(st.sampled_from(Level)),
        draw(st.sets(st.sampled_from(SOME))),
        draw(st.sets(st.integers(1, 3))),
    )


readers = st.builds(
    Reader, st.frozensets(st.sampled_from(SOME), max_size=2), st.none() | st.integers(1, 3)
)


@given(markings(), markings(), markings())
def test_combining_does_not_depend_on_order_or_grouping(one, two, three):
    assert combined([one, two]) == combined([two, one])
    assert combined([combined([one, two]), three]) == combined([one, combined([two, three])])
    assert combined([one, two, three]) == combined([one, combined([two, three])])
    assert combined([one, one]) == one


@given(st.lists(markings(), min_size=1, max_size=4), readers)
def test_who_reads_what_was_made_reads_every_part_of_it(parts, reader):
    made = combined(parts)
    assert may_read(reader, made) is all(may_read(reader, each) for each in parts)
    assert not any(widens(each, made) for each in parts)


@given(markings(), markings(), readers)
def test_who_reads_after_a_change_that_does_not_widen_read_before(old, new, reader):
    if not widens(old, new) and may_read(reader, new):
        assert may_read(reader, old)


@given(markings(), readers, st.sampled_from(SOME))
def test_what_is_handed_on_was_readable_to_both(marking, reader, other):
    if may_read(reader.towards(other), marking):
        assert may_read(reader, marking)
        assert other in marking.releasable_to
        assert marking.level is not Level.RED


def test_a_thing_without_a_mark_is_not_released():
    assert not may_read(Reader(frozenset({"US"}), 1), None)
    assert combined([]) == NOT_RELEASED
    assert not may_read(Reader(frozenset({"US"}), 1), NOT_RELEASED)


def test_a_mark_is_for_its_originator_alone_unless_it_says_more():
    default = mark("UK")
    assert (default.level, default.releasable_to) == (Level.AMBER_STRICT, {"UK"})
    assert default.line == "TLP:AMBER+STRICT · releasable to UK · originator UK"


def test_a_group_is_expanded_when_the_mark_is_given():
    assert mark("CA", releases=["QUAD"]).releasable_to == {"US", "EU", "UK", "CA"}
    assert mark("CA", releases=["G7", "ngo:watch"]).line.endswith(
        "releasable to US, EU, UK, CA, JP, ngo:watch · originator CA"
    )


@pytest.mark.parametrize("release", ["", "FR", "ngo:", "ngo: ", "quad", "US "])
def test_nothing_is_released_to_one_who_is_not_known(release):
    with pytest.raises(InvalidRecord):
        mark("US", releases=[release])


def test_red_is_for_named_accounts_of_those_it_is_released_to():
    red = mark("US", Level.RED, ["UK"], recipients=[7])
    assert may_read(Reader(frozenset({"UK"}), 7), red)
    assert not may_read(Reader(frozenset({"UK"}), 8), red)
    assert not may_read(Reader(frozenset({"EU"}), 7), red), "named, but not released to it"
    assert not may_read(Reader(frozenset({"US"}), 1), red), "the originator's, but not named"
    assert not may_read(Reader(frozenset({"UK"})), red), "a package has no named reader"


def test_nobody_reads_without_an_affiliation():
    assert not may_read(NOBODY, mark("US", Level.CLEAR, handling.AFFILIATIONS))
    assert NOBODY.towards("US") == NOBODY


def test_only_the_originator_lowers_or_releases_further():
    old = mark("US", Level.AMBER, ["UK"])
    lower, wider = mark("US", Level.GREEN, ["UK"]), mark("US", Level.AMBER, ["QUAD"])
    for new in (lower, wider):
        assert remarked(old, new, "US") == new
        with pytest.raises(InvalidRecord, match="consent"):
            remarked(old, new, "UK")
    narrower = mark("US", Level.AMBER_STRICT)
    assert remarked(old, narrower, "UK") == narrower


def test_two_originators_do_not_lower_alone():
    both = combined([mark("US", Level.AMBER, ["UK"]), mark("UK", Level.AMBER, ["US"])])
    lower = Marking(Level.CLEAR, both.originators, both.releasable_to)
    for one in ("US", "UK"):
        with pytest.raises(InvalidRecord):
            remarked(both, lower, one)


def test_the_originator_stays():
    with pytest.raises(InvalidRecord, match="originator"):
        remarked(mark("US", releases=["UK"]), mark("UK", releases=["US"]), "US")


def test_naming_another_recipient_of_red_widens_it():
    red = mark("US", Level.RED, ["UK"], recipients=[7])
    more = mark("US", Level.RED, ["UK"], recipients=[7, 8])
    assert widens(red, more)
    assert not widens(more, red)


def test_red_without_recipients_and_recipients_without_red_are_no_marks():
    with pytest.raises(InvalidRecord):
        Marking(Level.RED, frozenset({"US"}), frozenset({"US"}))
    with pytest.raises(InvalidRecord):
        Marking(Level.GREEN, frozenset({"US"}), frozenset({"US"}), frozenset({1}))
