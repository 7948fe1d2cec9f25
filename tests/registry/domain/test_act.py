from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from registry.domain import act
from registry.domain.act import Act, ActState, Procedure, RecordedAct
from registry.domain.cell import State
from registry.domain.coverage import cells
from registry.domain.record import InvalidRecord, Withdrawal
from registry.domain.urgent import ClockState
from tests.registry.domain.worlds import BAN, FREEZE, ON, cell, in_uk, listed, subject, world

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
MADE = date(2026, 5, 20)


def enacted(number=1, *, subject_id="S1", **rest):
    said = {
        "partner": "EU",
        "measures": (FREEZE,),
        "citation": "Regulation (EU) 2026/999",
        "made_on": MADE,
        "source_url": "https://eur-lex.europa.eu/",
        "officer": "A. Officer",
        "reason": "Published in the Official Journal.",
        "entered_at": AT,
        **rest,
    }
    if not {"listing", "name"} & said.keys():
        said["subject_id"] = subject_id
    return RecordedAct(number, Act(**said), subject_id)


def become(*recorded, facts=None, on=ON):
    facts = facts or subject(in_uk())
    found = cells(facts, world())
    return act.status(recorded[0], recorded, found, facts.former, on)


def test_an_act_that_no_list_shows_yet_is_pending_and_then_overdue():
    assert become(enacted()).state is ActState.PENDING
    assert become(enacted(made_on=date(2026, 4, 2))).state is ActState.PENDING
    late = become(enacted(made_on=date(2026, 4, 1)))
    assert (late.state, late.age) == (ActState.OVERDUE, 61)


def test_an_act_closes_itself_when_the_partners_list_shows_the_measure():
    facts = subject(in_uk(), listed("eu-fsf", "BLR"))
    assert become(enacted(), facts=facts).state is ActState.SHOWN


def test_an_act_on_two_measures_stays_open_until_both_are_shown():
    facts = subject(in_uk(), listed("eu-fsf", "UNLI"))
    both = enacted(measures=(FREEZE, BAN))
    assert cell(facts, "EU", FREEZE).state is State.UNKNOWN
    assert become(both, facts=facts).state is ActState.PENDING


def test_a_delisting_after_the_act_does_not_make_it_pending_again():
    gone = listed("eu-fsf", "BLR", delisted_on=date(2026, 5, 25))
    facts = subject(in_uk(), former=(gone,))
    assert become(enacted(), facts=facts).state is ActState.SHOWN
    assert act.pending([enacted()], facts.former, ON) == ()


def test_an_act_on_somebody_delisted_before_it_is_pending():
    gone = listed("eu-fsf", "BLR", delisted_on=date(2025, 1, 1))
    assert len(act.pending([enacted()], (gone,), ON)) == 1


def test_an_act_by_name_alone_is_on_no_subject():
    assert become(enacted(subject_id="", name="Somebody")).state is ActState.UNATTACHED


def test_a_withdrawn_act_is_not_told_to_coverage():
    withdrawn = replace(enacted(), withdrawn=Withdrawal("B. Officer", "repealed", AT))
    assert become(withdrawn).state is ActState.WITHDRAWN
    assert act.pending([withdrawn], (), ON) == ()


def test_a_pending_act_takes_the_place_of_a_gap():
    facts = subject(in_uk(), pending=act.pending([enacted()], (), ON))
    assert cell(facts, "EU", FREEZE).state is State.PENDING_PUBLICATION


def test_an_urgent_designation_that_lapsed_is_no_pending_act():
    urgent = enacted(partner="UK", procedure=Procedure.URGENT, made_on=date(2026, 4, 4))
    facts = subject(listed("eu-fsf", "BLR"))
    assert become(urgent, facts=facts, on=date(2026, 5, 30)).state is ActState.PENDING
    assert become(urgent, facts=facts, on=date(2026, 5, 31)).state is ActState.LAPSED
    assert act.pending([urgent], (), date(2026, 5, 31)) == ()


def test_the_certificates_of_a_subject_run_its_urgent_clock():
    urgent = enacted(1, partner="UK", procedure=Procedure.URGENT, made_on=date(2026, 4, 4))
    longer = enacted(2, partner="UK", procedure=Procedure.EXTENSION, made_on=date(2026, 5, 10))
    settled = enacted(3, partner="UK", procedure=Procedure.CERTIFICATE, made_on=date(2026, 5, 12))
    assert become(urgent, longer).clock.state is ClockState.EXTENDED
    assert become(urgent, longer, settled).clock.state is ClockState.SETTLED
    back = replace(longer, withdrawn=Withdrawal("B. Officer", "a mistake", AT))
    assert become(urgent, back).clock.state is ClockState.LAPSED


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param({"reason": ""}, id="no reason"),
        pytest.param({"citation": " "}, id="no citation"),
        pytest.param({"source_url": "the gazette"}, id="a source that is no address"),
        pytest.param({"measures": ()}, id="no measure"),
        pytest.param({"partner": "FR"}, id="no partner of ours"),
        pytest.param({"made_on": date(2026, 6, 2)}, id="still to come"),
        pytest.param({"listing": "eu-fsf:1", "name": "X"}, id="on two at once"),
        pytest.param({"procedure": Procedure.URGENT}, id="urgent, and not the UK's"),
    ],
)
def test_an_act_without_sense_or_ground_is_refused(rest):
    with pytest.raises(InvalidRecord):
        enacted(**rest)
