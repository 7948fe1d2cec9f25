"""Working on proposals: who may do what, what two editors meet, what is written down."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from registry.domain.account import Role
from registry.domain.evidence import Evidence, EvidenceKind
from registry.domain.handling import Level, NotAllowed, NotThere, mark
from registry.domain.history import Event
from registry.domain.judgement import Verdict
from registry.domain.position import Position, Status
from registry.domain.proposal import Stage
from registry.domain.record import InvalidRecord
from registry.domain.section import Heading, Overtaken
from registry.services import answer, discuss, judge, propose, substantiate
from registry.services.propose import Fields
from registry.store import history, portions, proposals, trail
from tests.registry.services.proposing import (
    BAN,
    EU,
    FREEZE,
    NOW,
    QUAD,
    TODAY,
    UK,
    filled,
)


@pytest.fixture
def world(database, tmp_path):
    return filled(database, tmp_path / "archive")


def section(world, who, made, heading, partner=""):
    return next(
        each
        for each in world.sections(who, made.id)
        if (each.value.heading, each.value.partner) == (heading, partner)
    )


def test_a_draft_is_filled_with_what_the_lists_say_and_where(world):
    made = world.start()
    assert section(world, "us", made, Heading.IDENTIFIERS).value.text == (
        "Name: Aung EXAMPLE [eu-fsf EU.1, edition of 10 May 2026]"
    )
    assert "UK, asset freeze: not found" in section(world, "us", made, Heading.COVERAGE).value.text
    coverage = section(world, "us", made, Heading.COVERAGE).value.text.splitlines()
    assert next(each for each in coverage if each.startswith("EU, asset freeze")).endswith(
        "[eu-fsf EU.1, listed 22 March 2021, edition of 10 May 2026]"
    )
    assert next(each for each in coverage if each.startswith("UK, asset freeze")).endswith(
        "[uk-sanctions-list, edition of 10 May 2026]"
    )
    assert "EU-MMR" in section(world, "us", made, Heading.INSTRUMENT, "EU").value.text
    assert "reasonable grounds" in section(world, "us", made, Heading.LEGAL_TEST, "UK").value.text
    assert section(world, "us", made, Heading.EXCULPATORY).value.is_empty


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("us", True),
        ("us2", True),
        ("us-reader", True),
        ("uk", False),
        ("secretariat", False),
        ("ngo", False),
        ("admin", False),
    ],
)
def test_a_draft_is_its_originators_alone_whatever_its_mark(world, who, sees):
    made = world.start()
    world.do(
        propose.mark_proposal,
        "us",
        made.id,
        mark("US", Level.CLEAR, ["QUAD", "secretariat", "ngo:Watch & Report"]),
        NOW,
    )
    assert (world.find(who, made.id) is not None) is sees


def test_a_draft_that_is_withdrawn_was_never_there_for_others(world):
    made = world.start()
    world.do(propose.mark_proposal, "us", made.id, mark("US", releases=QUAD), NOW)
    world.do(propose.move, "us", made.id, Stage.WITHDRAWN, TODAY, NOW)
    assert world.find("uk", made.id) is None
    assert world.find("us2", made.id) is not None


@pytest.mark.parametrize("who", ["us-reader", "ngo", "admin", "uk-auditor"])
def test_only_policy_staff_and_officers_make_proposals(world, who):
    with pytest.raises(NotAllowed):
        world.start(who)


def test_the_secretariat_may_propose_and_answers_for_nobody(world):
    made = world.circulated("secretariat")
    with pytest.raises(NotAllowed):
        world.do(
            answer.answer,
            "secretariat",
            made.id,
            {Position(world.ask("UK"), Status.SUPPORTS): ""},
            mark("secretariat"),
            TODAY,
            NOW,
        )


def test_what_is_hidden_and_what_does_not_exist_raise_the_same(world):
    made = world.start()
    for proposal_id in (made.id, "NOSUCHPROPOSAL"):
        with pytest.raises(NotThere) as raised:
            world.do(propose.edit, "uk", proposal_id, 1, Fields("Mine"), NOW)
        assert str(raised.value) == ""


def test_others_read_a_circulated_proposal_but_do_not_change_it(world):
    made = world.circulated()
    assert world.find("uk", made.id).title == "Round two"
    found = section(world, "uk", made, Heading.FACTS)
    for change in (
        lambda: world.do(propose.edit, "uk", made.id, 1, Fields("Mine"), NOW),
        lambda: world.do(propose.write, "uk", made.id, found.id, 1, "Mine", NOW),
        lambda: world.do(propose.move, "uk", made.id, Stage.WITHDRAWN, TODAY, NOW),
        lambda: world.do(propose.mark_proposal, "uk", made.id, mark("UK"), NOW),
        lambda: world.do(propose.mark_section, "uk", made.id, found.id, None, NOW),
        lambda: world.do(propose.waive, "uk", made.id, made.subjects[0].id, "So.", NOW),
    ):
        with pytest.raises(NotAllowed, match="US"):
            change()


def test_a_section_marked_by_itself_does_not_follow_the_proposal(world):
    made = world.start()
    secret = section(world, "us", made, Heading.CONDUCT)
    world.do(propose.mark_section, "us", made.id, secret.id, mark("US"), NOW)
    world.do(propose.write, "us", made.id, secret.id, 1, "A source close to him said so.", NOW)
    made = world.do(_ready, "us", made)
    shown = world.sections("uk", made.id)
    assert Heading.CONDUCT not in {each.value.heading for each in shown}
    assert Heading.FACTS in {each.value.heading for each in shown}
    assert not any(
        "close to him" in str(each) for each in world.read(history.entries, "uk", made.id)
    )
    world.do(propose.mark_section, "us", made.id, secret.id, None, NOW)
    assert section(world, "uk", made, Heading.CONDUCT).marking.releasable_to >= {"UK"}


def _ready(session, account, made):
    propose.mark_proposal(session, account, made.id, mark("US", releases=QUAD), NOW)
    reader = propose.handling.reader(account)
    for each in portions.sections(session, reader, made.id):
        if each.value.heading is Heading.EXCULPATORY:
            propose.write(session, account, made.id, each.id, 1, "None found.", NOW)
    propose.waive(session, account, made.id, made.subjects[0].id, "He is the one.", NOW)
    return propose.move(session, account, made.id, Stage.CIRCULATED, TODAY, NOW)


def test_circulation_waits_for_the_release_the_exculpatory_text_and_the_waiver(world):
    made = world.start()
    told = section(world, "us", made, Heading.EXCULPATORY)
    subject = made.subjects[0].id
    for missing, step, *given in (
        ("can not read", propose.mark_proposal, mark("US", releases=QUAD)),
        ("speaks for", propose.write, told.id, 1, "None."),
        ("right one", propose.waive, subject, "His rank tells him apart."),
    ):
        with pytest.raises(InvalidRecord, match=missing):
            world.do(propose.move, "us", made.id, Stage.CIRCULATED, TODAY, NOW)
        world.do(step, "us", made.id, *given, NOW)
    world.do(propose.move, "us", made.id, Stage.CIRCULATED, TODAY, NOW)
    assert world.find("ca", made.id).stage is Stage.CIRCULATED


def test_a_waiver_covers_the_risks_of_its_time_and_no_namesake_that_was_rejected_since(world):
    made = world.start(partners=("US",))
    subject, told = made.subjects[0].id, section(world, "us", made, Heading.EXCULPATORY)
    world.do(propose.write, "us", made.id, told.id, 1, "None.", NOW)
    world.do(propose.waive, "us", made.id, subject, "His rank tells him apart.", NOW)
    assert world.do(propose.missing, "us", made).count == 0
    with Session(world.engine) as session, session.begin():
        pair = f"{EU}:EU.1", f"{UK}:MMR9"
        judge.record(session, *pair, Verdict.DIFFERENT, "a reviewer", "Other man", NOW)
    (risks,) = world.do(propose.missing, "us", made).unwaived.values()
    assert any("Other NAME (uk-sanctions-list MMR9)" in each for each in risks)
    with pytest.raises(InvalidRecord, match="right one"):
        world.do(propose.move, "us", made.id, Stage.CIRCULATED, TODAY, NOW)
    world.do(propose.waive, "us", made.id, subject, "The namesake is 30 years older.", NOW)
    world.do(propose.move, "us", made.id, Stage.CIRCULATED, TODAY, NOW)


def test_those_who_may_answer_learn_of_the_circulation_if_they_may_read_it(world):
    made = world.circulated(partners=("US", "UK"), releases=["UK", "EU"])
    told = {
        who
        for who in world.who
        for each in world.read(history.notices, who)
        if (each.proposal, each.entry.event) == (made.id, Event.STAGE)
    }
    assert told == {"uk", "uk2", "us2"}, "not who circulated it, nor readers, nor who is not asked"


def test_a_red_proposal_waits_for_a_named_recipient_at_each_partner_and_only_they_see_it(world):
    made = world.start(partners=("US", "UK"))
    told = section(world, "us", made, Heading.EXCULPATORY)
    world.do(propose.write, "us", made.id, told.id, 1, "None.", NOW)
    world.do(propose.waive, "us", made.id, made.subjects[0].id, "His rank tells him apart.", NOW)

    def red(*names):
        named = [world.who[each].id for each in names]
        return mark("US", Level.RED, QUAD, named)

    for names in (("us",), ("us", "uk-auditor"), ("us", "eu")):
        world.do(propose.mark_proposal, "us", made.id, red(*names), NOW)
        with pytest.raises(InvalidRecord, match="staff of UK in its mark"):
            world.do(propose.move, "us", made.id, Stage.CIRCULATED, TODAY, NOW)
    world.do(propose.mark_proposal, "us", made.id, red("us", "uk"), NOW)
    world.do(propose.move, "us", made.id, Stage.CIRCULATED, TODAY, NOW)
    there = {who for who in world.who if world.find(who, made.id)}
    assert there == {"us", "uk"}, "not the officer beside, the reader or the auditor"
    assert {who for who in world.who if world.read(history.notices, who)} == {"uk"}
    with pytest.raises(InvalidRecord, match="staff of UK in its mark"):
        world.do(propose.mark_proposal, "us", made.id, red("us"), NOW)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_a_target_an_embargo_and_a_task_are_due_on_days_that_somebody_can_mean(world, day):
    made = world.start()
    for fields in (Fields("X", target_on=day), Fields("X", embargo_until=day)):
        with pytest.raises(InvalidRecord, match="enter a day between 2021 and 2036"):
            world.do(propose.edit, "us", made.id, 1, fields, NOW)
        with pytest.raises(InvalidRecord, match="enter a day between"):
            world.do(propose.start, "us", fields, [], ["UK"], [FREEZE], TODAY, NOW)
    with pytest.raises(InvalidRecord, match="enter a day between"):
        world.do(discuss.assign, "us", made.id, "Ask", "us2", day, mark("US"), NOW)
    item = Evidence(EvidenceKind.OPEN_SOURCE, "A", "", url="https://a.example", archived_on=day)
    with pytest.raises(InvalidRecord, match="archived on"):
        world.do(substantiate.add, "us", made.id, item, mark("US"), NOW)


def test_a_circulated_proposal_is_not_taken_from_a_partner_that_is_asked(world):
    made = world.circulated()
    with pytest.raises(InvalidRecord, match="can not read"):
        world.do(propose.mark_proposal, "us", made.id, mark("US", releases=["UK"]), NOW)


def test_a_draft_may_seek_more_or_less_until_it_is_circulated(world):
    made = world.start(partners=("UK",))
    asks = [world.ask("UK"), world.ask("CA"), world.ask("EU")]
    world.do(propose.seek, "us", made.id, 1, asks, TODAY, NOW)
    found = world.find("us", made.id)
    assert found.partners == ("EU", "UK", "CA")
    assert world.positions("us", made.id)[world.ask("EU")].value.status is Status.DESIGNATED
    assert "GB-MMR" in section(world, "us", made, Heading.INSTRUMENT, "UK").value.text
    assert section(world, "us", made, Heading.LEGAL_TEST, "CA").value.text
    with pytest.raises(Overtaken):
        world.do(propose.seek, "us2", made.id, 1, asks[:1], TODAY, NOW)
    forged = [replace(world.ask("UK"), subject_id="S1")]
    with pytest.raises(InvalidRecord, match="can not be sought"):
        world.do(propose.seek, "us", made.id, 2, forged, TODAY, NOW)
    circulated = world.circulated()
    with pytest.raises(InvalidRecord, match="settled"):
        world.do(propose.seek, "us", circulated.id, 1, asks, TODAY, NOW)


def test_the_second_of_two_editors_is_told_and_nothing_is_lost(world):
    made = world.start()
    facts = section(world, "us", made, Heading.FACTS)
    world.do(propose.write, "us", made.id, facts.id, 1, "first", NOW)
    with pytest.raises(Overtaken) as told:
        world.do(propose.write, "us2", made.id, facts.id, 1, "second", NOW)
    assert (told.value.yours, told.value.theirs, told.value.revision) == ("second", "first", 2)
    world.do(propose.write, "us2", made.id, facts.id, 2, "first and second", NOW)
    texts = [
        (each.before, each.after)
        for each in world.read(history.entries, "us", made.id)
        if each.event is Event.SECTION and each.portion == facts.id
    ]
    assert texts == [("first", "first and second"), (facts.value.text, "first")]
    world.do(propose.edit, "us", made.id, 1, Fields("First"), NOW)
    with pytest.raises(Overtaken):
        world.do(propose.edit, "us2", made.id, 1, Fields("Second"), NOW)


def test_two_who_answer_at_once_for_one_partner_are_told_on_what(world):
    made = world.circulated(measures=(FREEZE, BAN))
    world.answer("uk", made, Status.REVIEWING)
    with pytest.raises(Overtaken) as told:
        world.do(
            answer.answer,
            "uk2",
            made.id,
            {
                Position(world.ask("UK", measure=each), Status.SUPPORTS): ""
                for each in (FREEZE, BAN)
            },
            mark("UK"),
            TODAY,
            NOW,
        )
    assert told.value.yours == "supports"
    assert told.value.theirs == "UK, asset freeze on Aung EXAMPLE: reviewing"
    assert world.ask("UK", measure=BAN) not in world.positions("uk", made.id), "all or nothing"


def test_a_hidden_objection_leaves_the_others_with_what_was_said_to_them(world):
    made = world.circulated()
    world.answer("uk", made, Status.REVIEWING, marking=mark("UK", releases=QUAD))
    before = {who: everything(world, who, made) for who in ("us", "eu", "ca", "ngo")}
    world.answer("uk", made, Status.OBJECTS, "The second source is ours.")
    assert world.positions("uk", made.id)[world.ask("UK")].value.status is Status.OBJECTS
    assert {who: everything(world, who, made) for who in before} == before
    world.answer("uk", made, Status.SUPPORTS, marking=mark("UK", releases=QUAD))
    assert world.positions("us", made.id)[world.ask("UK")].value.status is Status.SUPPORTS
    assert not any("objects" in str(each) for each in world.read(history.entries, "us", made.id)), (
        "not even as what was said before"
    )


def everything(world, who, made):
    return (
        world.find(who, made.id),
        world.sections(who, made.id),
        world.read(portions.positions, who, made.id),
        world.read(portions.evidence, who, made.id),
        world.read(portions.comments, who, made.id),
        world.read(portions.tasks, who, made.id),
        world.read(history.entries, who, made.id),
        world.read(history.notices, who),
        world.read(history.unread, who),
        world.read(proposals.readable, who),
    )


def test_nothing_that_one_partner_keeps_to_itself_changes_what_others_see(world):
    made = world.circulated()
    for who in ("us", "uk", "eu"):
        world.do(discuss.watch, who, made.id, on=True)
    before = {who: everything(world, who, made) for who in ("us", "eu", "ca", "secretariat")}
    own = mark("UK")
    world.do(discuss.comment, "uk", made.id, "@us @eu @uk2 what now?", own, NOW)
    world.do(discuss.assign, "uk", made.id, "Ask legal", "uk2", TODAY, own, NOW)
    item = Evidence(EvidenceKind.TESTIMONY, "A talk", "He was there.", source="A. N. Other")
    world.do(substantiate.add, "uk", made.id, item, own, NOW)
    world.answer("uk", made, Status.HOLD, "Not now.")
    world.do(
        discuss.comment,
        "uk",
        made.id,
        "For one",
        mark("UK", Level.RED, QUAD, [world.who["uk"].id]),
        NOW,
    )
    assert {who: everything(world, who, made) for who in before} == before
    assert len(world.read(portions.comments, "uk", made.id)) == 2
    assert len(world.read(portions.comments, "uk2", made.id)) == 1, "RED names its recipients"
    told = [each.entry.event for each in world.read(history.notices, "uk2")]
    assert Event.COMMENT in told
    assert Event.TASK in told


def test_a_mention_reaches_only_those_who_may_read_the_comment(world):
    made = world.circulated()
    released = mark("UK", releases=["EU"])
    world.do(discuss.comment, "uk", made.id, "@eu @CA @nobody please look", released, NOW)
    told = {
        who: [
            each.entry.after
            for each in world.read(history.notices, who)
            if each.entry.event is Event.COMMENT
        ]
        for who in ("eu", "ca")
    }
    assert told == {"eu": ["@eu @CA @nobody please look"], "ca": []}
    assert world.read(history.unread, "ca") == 0


def test_a_protected_source_is_read_by_its_originator_alone(world):
    made = world.circulated()
    item = Evidence(
        EvidenceKind.TESTIMONY, "A talk", "He was there.", source="A. N. Other", protected=True
    )
    added = world.do(substantiate.add, "uk", made.id, item, mark("UK", releases=QUAD), NOW)
    own, others = (world.read(portions.evidence, who, made.id) for who in ("uk", "us"))
    assert own[0].value == item
    assert others[0].value == replace(item, source="")
    assert others[0].id == added.id
    assert not any("Other" in str(each) for each in world.read(history.entries, "us", made.id))


def test_only_its_originator_lowers_the_mark_of_an_item(world):
    made = world.circulated()
    item = Evidence(EvidenceKind.DOCUMENT, "A paper", "")
    added = world.do(substantiate.add, "uk", made.id, item, mark("UK", releases=["US"]), NOW)
    with pytest.raises(NotAllowed, match="UK"):
        world.do(substantiate.mark, "us", made.id, added.id, mark("UK", releases=QUAD), NOW)
    with pytest.raises(NotThere):
        world.do(substantiate.mark, "eu", made.id, added.id, mark("UK", releases=QUAD), NOW)
    world.do(substantiate.mark, "uk", made.id, added.id, mark("UK", releases=QUAD), NOW)
    assert len(world.read(portions.evidence, "eu", made.id)) == 1
    change = next(
        each
        for each in world.read(history.entries, "us", made.id)
        if each.event is Event.MARKING and each.portion == added.id
    )
    assert change.before.startswith("TLP:AMBER+STRICT · releasable to US, UK ·")
    assert not any(
        each.event is Event.MARKING and each.portion
        for each in world.read(history.entries, "eu", made.id)
    ), "what was said before was not said to the EU"


def test_a_withdrawn_item_is_shown_no_more_and_stays_in_the_history(world):
    made = world.circulated()
    item = Evidence(EvidenceKind.DOCUMENT, "A paper", "What it says")
    added = world.do(substantiate.add, "us", made.id, item, mark("US", releases=QUAD), NOW)
    world.do(substantiate.withdraw, "us", made.id, added.id, "It was forged.", NOW)
    assert world.read(portions.evidence, "uk", made.id) == []
    assert [
        (each.event, each.after)
        for each in world.read(history.entries, "uk", made.id)
        if each.portion == added.id
    ] == [
        (Event.EVIDENCE_WITHDRAWN, "It was forged."),
        (Event.EVIDENCE, "What it says"),
    ]


def test_a_task_is_given_within_one_affiliation(world):
    made = world.circulated()
    with pytest.raises(InvalidRecord, match="no colleague"):
        world.do(discuss.assign, "us", made.id, "Answer", "uk", None, mark("US"), NOW)
    given = world.do(discuss.assign, "us", made.id, "Ask legal", "us2", TODAY, mark("US"), NOW)
    with pytest.raises(NotAllowed):
        world.do(discuss.finish, "us-reader", made.id, given.id, NOW)
    world.do(discuss.finish, "us2", made.id, given.id, NOW)
    (task,) = world.read(portions.tasks, "us", made.id)
    assert task.value.done_at == NOW


def test_nobody_answers_a_draft_or_what_was_withdrawn(world):
    made = world.start()
    with pytest.raises(InvalidRecord, match="draft"):
        world.answer("us", made, Status.SUPPORTS)
    world.do(propose.move, "us", made.id, Stage.WITHDRAWN, TODAY, NOW)
    with pytest.raises(InvalidRecord, match="withdrawn"):
        world.answer("us", made, Status.SUPPORTS)


def test_nothing_is_answered_that_was_not_asked(world):
    made = world.circulated(partners=("US", "UK"))
    position = Position(world.ask("EU"), Status.SUPPORTS)
    with pytest.raises(NotThere):
        world.do(answer.answer, "eu", made.id, {position: ""}, mark("EU"), TODAY, NOW)


def test_an_agreement_goes_on_to_closing_when_the_first_list_shows_it(world):
    made = world.circulated()
    world.do(propose.move, "us", made.id, Stage.UNDER_CONSIDERATION, TODAY, NOW)
    world.do(propose.edit, "us", made.id, 1, Fields("Round two", target_on=date(2026, 6, 1)), NOW)
    agreed = world.do(propose.move, "us", made.id, Stage.AGREED, TODAY, NOW)
    assert (agreed.agreed_on, agreed.target_on) == (TODAY, date(2026, 6, 1))
    world.do(propose.move, "us", made.id, Stage.PARTLY_CLOSED, TODAY, NOW)
    assert world.find("uk", made.id).stage is Stage.PARTLY_CLOSED, "the EU designated, others not"


def test_a_forged_subject_partner_or_situation_is_refused(world):
    with pytest.raises(InvalidRecord, match="no subject"):
        world.do(propose.start, "us", Fields("X"), ["SNONE"], ["UK"], [FREEZE], TODAY, NOW)
    with pytest.raises(InvalidRecord, match="choose at least one"):
        world.start(partners=("XX",))
    with pytest.raises(InvalidRecord, match="situation"):
        world.do(
            propose.start,
            "us",
            Fields("X", situation="nowhere"),
            [world.subject_of[f"{EU}:EU.1"]],
            ["UK"],
            [FREEZE],
            TODAY,
            NOW,
        )


def test_a_portion_of_another_proposal_is_not_there(world):
    one, other = world.start(), world.start()
    theirs = section(world, "us", other, Heading.FACTS)
    with pytest.raises(NotThere):
        world.do(propose.write, "us", one.id, theirs.id, 1, "x", NOW)


def test_ids_are_drawn_by_lot(world):
    ids = [world.start().id for _ in range(3)]
    assert len({*ids}) == 3
    assert all(len(each) == 14 for each in ids)


def test_who_has_the_administrator_s_role_alone_reads_nothing(world):
    made = world.circulated()
    assert world.who["admin"].roles == {Role.ADMINISTRATOR}
    assert everything(world, "admin", made) == (None, [], [], [], [], [], [], [], 0, ())


def test_what_is_narrowed_takes_along_what_was_told_of_it(world):
    made = world.circulated()
    world.do(discuss.watch, "uk", made.id, on=True)
    for_all = mark("US", releases=QUAD)
    item = Evidence(EvidenceKind.DOCUMENT, "A paper", "What it says")
    added = world.do(substantiate.add, "us", made.id, item, for_all, NOW)

    def told(who):
        entries = world.read(history.entries, who, made.id)
        notices = world.read(history.notices, who)
        unread = world.read(history.unread, who)
        of_it = [each for each in entries if each.portion == added.id]
        return len(of_it), len([each for each in notices if each.entry in of_it]), unread

    before = told("uk")
    assert before[:2] == (1, 1)
    world.do(substantiate.mark, "us", made.id, added.id, mark("US"), NOW)
    assert told("uk") == (0, 0, before[2] - 1)
    assert told("us")[0] == 2, "its originator has the adding and the marking"


def test_the_trail_says_what_was_done_to_those_who_may_know(world):
    made = world.circulated()
    world.answer("uk", made, Status.OBJECTS, "No.")
    world.answer("uk", made, Status.SUPPORTS, marking=mark("UK", releases=QUAD))
    red = mark("UK", Level.RED, QUAD, [world.who["uk"].id])
    world.do(discuss.comment, "uk", made.id, "Hm", red, NOW)
    with Session(world.engine) as session, session.begin():
        given = [mark("US", releases=QUAD), mark("UK", releases=["US"])]
        propose.note_read(session, [(made.id, given[1])])
        propose.note_read(session, [(made.id, each) for each in given], "calendar")
        kept = [
            (each.action, each.released_to, each.detail)
            for each in trail.every(session)
            if each.object == f"proposal:{made.id}"
        ]
    assert kept[0] == ("proposal-changed", '["US"]', '{"event":"created"}')
    assert kept[-5:] == [
        ("position-changed", '["UK"]', '{"event":"position"}'),
        ("position-changed", '["UK"]', '{"event":"position"}'),
        ("proposal-changed", "[]", '{"event":"comment"}'),
        ("marked-read", '["UK","US"]', "{}"),
        ("marked-read", '["CA","EU","UK","US"]', '{"page":"calendar"}'),
    ]
