"""How far partners act together, and what moved."""

from dataclasses import replace

import pytest

from registry.domain import coverage
from registry.domain.cell import Cell, State
from registry.domain.coordination import Move, moves, shares
from registry.domain.designation import Measure
from registry.domain.extent import Extent, extent
from registry.domain.programme import Confidence
from registry.domain.selection import traits
from tests.registry.domain.worlds import in_uk, listed, subject, world

FREEZE, BAN = Measure.ASSET_FREEZE, Measure.TRAVEL_BAN
IN, OUT, OPEN, NONE = (
    State.IN_FORCE_STATED,
    State.NOT_FOUND,
    State.POSSIBLE_MATCH,
    State.NOT_APPLICABLE,
)


def cells(*states, measure=FREEZE):
    return [
        Cell(partner, measure, state, "", Confidence.HIGH, None)
        for partner, state in zip(("US", "EU", "UK", "CA"), states, strict=True)
    ]


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        pytest.param((IN, IN, IN, IN), Extent.FULL, id="all four"),
        pytest.param((IN, IN, OUT, IN), Extent.PARTIAL, id="three of four"),
        pytest.param((IN, OUT, OUT, OUT), Extent.UNILATERAL, id="one alone"),
        pytest.param((OUT, OUT, OUT, OUT), None, id="nobody"),
        pytest.param((IN, OUT, OUT, OPEN), Extent.UNSETTLED, id="one, and perhaps another"),
        pytest.param((IN, IN, OUT, OPEN), Extent.PARTIAL, id="two or three are both some"),
        pytest.param((IN, IN, IN, OPEN), Extent.UNSETTLED, id="three, and perhaps all"),
        pytest.param((IN, IN, IN, NONE), Extent.FULL, id="the fourth can not: its own national"),
        pytest.param((OUT, OUT, OUT, OPEN), None, id="a possible match alone is nobody"),
        pytest.param(
            (IN, State.UNKNOWN, State.UNKNOWN, State.UNKNOWN), Extent.UNSETTLED, id="unknown"
        ),
        pytest.param(
            (IN, State.NO_AUTHORITY, State.DELISTED, State.OTHER_MEASURE_ONLY),
            Extent.UNILATERAL,
            id="every settled absence",
        ),
    ],
)
def test_the_extent_of_a_measure(states, expected):
    assert extent(cells(*states)) is expected


def test_an_interim_block_is_nothing_that_others_could_join():
    blocked = [replace(each, comparable=False) for each in cells(IN, OUT, OUT, OUT)]
    assert extent(blocked) is None
    assert extent([blocked[0], *cells(OUT, IN, OUT, OUT)[1:]]) is Extent.UNILATERAL


def test_partners_that_do_not_coordinate_change_no_extent():
    un = Cell("UN", FREEZE, IN, "", Confidence.HIGH, None)
    assert extent([*cells(IN, OUT, OUT, OUT), un]) is Extent.UNILATERAL
    assert extent([*cells(OUT, OUT, OUT, OUT), un]) is None


def made(id_, *listings, on=None, **rest):
    facts = replace(subject(*listings, **rest), id=id_, name=id_)
    return traits(facts, coverage.cells(facts, on or world()))


def test_shares_are_of_the_settled_ones():
    found = shares(
        [
            made("A", in_uk(), listed("eu-fsf", "MMR")),
            made("B", in_uk()),
            made("C", in_uk(), candidates=frozenset({"EU"})),
        ]
    )
    assert found.total(FREEZE) == 3
    assert found.count(FREEZE, Extent.UNSETTLED) == 1
    assert found.share(FREEZE, Extent.PARTIAL) == 0.5
    assert found.share(FREEZE, Extent.UNILATERAL) == 0.5
    assert found.share(FREEZE, Extent.FULL) == 0
    assert found.share(FREEZE, Extent.UNSETTLED) is None


def test_no_share_is_told_of_nothing():
    assert shares([]).share(BAN, Extent.FULL) is None


KNEW = frozenset((partner, measure) for partner in ("US", "EU", "UK", "CA") for measure in Measure)


def test_a_new_measure_and_an_ended_one_are_moves():
    before = {"A": made("A", listed("eu-fsf", "MMR")), "B": made("B", in_uk())}
    now = [
        made("A", in_uk(), listed("eu-fsf", "MMR")),
        made("B", former=(in_uk(),), candidates=frozenset()),
    ]
    found = moves(before, now, KNEW)
    assert Move("A", "A", "UK", FREEZE, True) in found
    assert Move("B", "B", "UK", FREEZE, False) in found
    assert {each.partner for each in found} == {"UK"}


def test_what_was_not_known_is_no_move():
    before = {"A": made("A", listed("eu-fsf", "MMR"), candidates=frozenset({"UK"}))}
    now = [made("A", in_uk(), listed("eu-fsf", "MMR"))]
    assert moves(before, now, KNEW) == ()


def test_a_subject_that_was_on_no_list_moves_only_where_the_list_was_known():
    now = [made("A", in_uk())]
    assert {each.partner for each in moves({}, now, KNEW)} == {"UK"}
    assert moves({}, now, frozenset()) == ()


def test_nothing_moves_where_nothing_changed():
    same = made("A", in_uk())
    assert moves({"A": same}, [same], KNEW) == ()
