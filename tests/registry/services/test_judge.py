"""Judgements in a real database: recorded, reconciled, taken back, and carried along."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from registry.domain.judgement import InvalidJudgement, Reopening, Status, Verdict
from registry.domain.partial_date import day
from registry.domain.rekeying import Rekeying
from registry.services import assess, judge, publish, resolve, weighing
from registry.store import found_pairs, judgements, subjects
from registry.store.archive import Archive
from registry.store.database import revision
from tests.factories import keep_edition, listing

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
JANUARY, FEBRUARY = date(2026, 1, 10), date(2026, 2, 10)
UK, US, EU = "uk-sanctions-list", "us-ofac-sdn", "eu-fsf"


def uk(reference, name, **more):
    return listing(UK, reference, name, "GB-MYA", **more)


def us(reference, name, **more):
    return listing(US, reference, name, "BURMA", **more)


def eu(reference, name, **more):
    return listing(EU, reference, name, "EU-MMR", **more)


BORN = {"birth_dates": (day(date(1958, 3, 2)),)}
LATER = {"birth_dates": (day(date(1971, 8, 9)),)}


class Registry:
    """One registry; each call is a transaction of its own, and a judgement a minute after the
    one before it."""

    def __init__(self, engine, folder):
        self.engine = engine
        self.archive = Archive(folder / "archive")
        self.moment = NOON

    def keep(self, official_list, dated, *listings, **more):
        with Session(self.engine) as session, session.begin():
            return keep_edition(session, self.archive, official_list, dated, listings, **more).id

    def _act(self, function, *arguments, reviewer="Anna", reason="a reason"):
        self.moment += timedelta(minutes=1)
        with Session(self.engine) as session, session.begin():
            return function(session, *arguments, reviewer, reason, self.moment)

    def judge(self, left, right, verdict, **who):
        return self._act(judge.record, left, right, Verdict(verdict), **who)

    def undo(self, judgement_id, **who):
        return self._act(judge.undo, judgement_id, **who)

    def split(self, subject_id, *leaving, **who):
        return self._act(judge.split, subject_id, leaving, **who)

    def require(self, reviewers):
        return self._act(judge.require_reviewers, reviewers)

    def rekey(self, *moved):
        with Session(self.engine) as session, session.begin():
            made = [Rekeying(old, new, "Anna", "a reason", NOON) for old, new in moved]
            judge.rekey(session, made)

    def reconcile(self, *, full=False):
        with Session(self.engine) as session, session.begin():
            return resolve.reconcile(session, full=full)

    def subject_of(self):
        with Session(self.engine) as session:
            return {key: subject for key, (subject, _) in subjects.members(session).items()}

    def groups(self):
        found = {}
        for key, subject in self.subject_of().items():
            found.setdefault(subject, set()).add(key)
        return {frozenset(keys) for keys in found.values()}

    def are_one(self, left, right):
        found = self.subject_of()
        return found[left] == found[right]

    def queue(self):
        with Session(self.engine) as session:
            return {frozenset(pair) for pair in found_pairs.candidates(session)}

    def weighed(self):
        with Session(self.engine) as session:
            return weighing.weigh(session)

    def revision(self):
        with Session(self.engine) as session:
            return revision(session)

    def mark(self):
        with Session(self.engine) as session:
            return judgements.mark(session)


@pytest.fixture
def registry(database, tmp_path):
    return Registry(database, tmp_path)


THANT_UK, THANT_US, THANT_EU = f"{UK}:MYA1", f"{US}:1", f"{EU}:EU.1"
NAYPYIDAW_UK, OTHER_US = f"{UK}:MYA2", f"{US}:2"


@pytest.fixture
def three(registry):
    """One person, linked on evidence in the UK and the US; others whom nothing links."""
    registry.keep(
        UK, JANUARY, uk("MYA1", "Kyaw Zaw Thant", **BORN), uk("MYA2", "Evgeny Prikhodko", **LATER)
    )
    registry.keep(US, JANUARY, us("1", "THANT, Kyaw Zaw", **BORN), us("2", "Someone Else"))
    registry.keep(EU, JANUARY, eu("EU.1", "Salim Benhaddou"))
    registry.reconcile()
    assert registry.are_one(THANT_UK, THANT_US)
    return registry


def test_what_is_judged_the_same_is_one_subject(three):
    three.judge(NAYPYIDAW_UK, OTHER_US, "same")
    three.reconcile()
    assert three.are_one(NAYPYIDAW_UK, OTHER_US)


def test_a_confirmation_breaks_no_link_that_stood_before(three):
    """The reviewer knows that the two are one although their names are nothing alike."""
    three.judge(THANT_UK, THANT_EU, "same")
    three.reconcile()
    assert three.are_one(THANT_UK, THANT_US)
    assert three.are_one(THANT_UK, THANT_EU)


def test_what_is_judged_different_is_never_one_subject(three):
    three.judge(THANT_UK, THANT_US, "different")
    three.reconcile()
    assert not three.are_one(THANT_UK, THANT_US)
    three.reconcile(full=True)
    assert not three.are_one(THANT_UK, THANT_US)
    assert frozenset({THANT_UK, THANT_US}) not in three.queue()


def test_an_undone_judgement_leaves_no_trace_but_its_record(three):
    before = three.subject_of()
    first = three.judge(THANT_UK, THANT_US, "different")
    three.reconcile()
    three.undo(first.id, reviewer="Ben", reason="the passport was misread")
    three.reconcile()
    assert three.subject_of() == before
    (recorded,) = three.weighed().recorded
    assert (recorded.undone.reviewer, recorded.undone.reason) == ("Ben", "the passport was misread")


def test_a_merge_that_is_undone_gives_both_subjects_their_ids_back(three):
    before = three.subject_of()
    same = three.judge(NAYPYIDAW_UK, OTHER_US, "same")
    three.reconcile()
    older = before[NAYPYIDAW_UK], before[OTHER_US]
    kept = three.subject_of()[OTHER_US]
    (gone,) = set(older) - {kept}
    with Session(three.engine) as session:
        assert subjects.find(session, gone).id == kept
    three.undo(same.id)
    three.reconcile()
    assert three.subject_of() == before


def test_a_merge_keeps_the_older_id_and_redirects_the_other(registry):
    registry.keep(UK, JANUARY, uk("MYA1", "Kyaw Zaw Thant"))
    registry.reconcile()
    older = registry.subject_of()[THANT_UK]
    registry.keep(EU, JANUARY, eu("EU.1", "Salim Benhaddou"))
    registry.reconcile()
    younger = registry.subject_of()[THANT_EU]
    registry.judge(THANT_UK, THANT_EU, "same")
    registry.reconcile()
    assert set(registry.subject_of().values()) == {older}
    with Session(registry.engine) as session:
        assert subjects.find(session, younger).id == older


def test_a_split_keeps_the_id_with_the_larger_part(three):
    three.judge(THANT_UK, THANT_EU, "same")
    three.reconcile()
    subject = three.subject_of()[THANT_UK]
    assert three.groups() >= {frozenset({THANT_UK, THANT_US, THANT_EU})}
    three.split(subject, THANT_EU, reason="another birth place")
    three.reconcile()
    found = three.subject_of()
    assert found[THANT_UK] == found[THANT_US] == subject != found[THANT_EU]


def test_a_split_writes_every_negative_between_the_parts(three):
    three.judge(THANT_UK, THANT_EU, "same")
    three.reconcile()
    subject = three.subject_of()[THANT_UK]
    ids = three.split(subject, THANT_EU, reviewer="Ben", reason="another birth place")
    written = [each.judgement for each in three.weighed().recorded if each.id in ids]
    assert {each.pair for each in written} == {
        tuple(sorted((THANT_EU, THANT_UK))),
        tuple(sorted((THANT_EU, THANT_US))),
    }
    assert {(each.verdict, each.reviewer, each.reason) for each in written} == {
        (Verdict.DIFFERENT, "Ben", "another birth place")
    }


@pytest.mark.parametrize("leaving", [(), (THANT_UK, THANT_US), (THANT_EU,)])
def test_a_split_needs_listings_that_leave_and_listings_that_stay(three, leaving):
    with pytest.raises(InvalidJudgement):
        three.split(three.subject_of()[THANT_UK], *leaving)
    assert three.weighed().recorded == ()


def test_a_split_that_fails_writes_nothing(three):
    with pytest.raises(InvalidJudgement):
        three.split(three.subject_of()[THANT_UK], THANT_US, reason=" ")
    assert three.weighed().recorded == ()


def test_a_pair_that_a_reviewer_is_unsure_of_is_not_linked_and_waits(three):
    three.judge(THANT_UK, THANT_US, "unsure")
    three.reconcile()
    assert not three.are_one(THANT_UK, THANT_US)
    assert frozenset({THANT_UK, THANT_US}) in three.queue()


def test_a_pair_waits_for_the_second_reviewer_and_then_stands(three):
    three.require(2)
    assert three.judge(NAYPYIDAW_UK, OTHER_US, "same").status is Status.AWAITS_SECOND
    three.reconcile()
    assert not three.are_one(NAYPYIDAW_UK, OTHER_US)
    assert frozenset({NAYPYIDAW_UK, OTHER_US}) in three.queue()
    second = three.judge(NAYPYIDAW_UK, OTHER_US, "same", reviewer="Ben")
    assert second.status is Status.STANDS
    three.reconcile()
    assert three.are_one(NAYPYIDAW_UK, OTHER_US)


def test_what_awaits_a_second_reviewer_is_a_possible_match_and_no_gap(three):
    three.require(2)
    three.judge(NAYPYIDAW_UK, OTHER_US, "same")
    three.reconcile()
    today = date(2026, 2, 1)
    with Session(three.engine) as session:
        found = assess.assess(session, today, today).find(three.subject_of()[NAYPYIDAW_UK])
    assert found.facts.candidates == {"US"}


def test_only_links_on_evidence_and_confirmed_judgements_are_exported(three):
    three.require(2)
    three.judge(NAYPYIDAW_UK, OTHER_US, "same")
    three.judge(THANT_UK, THANT_EU, "unsure")
    three.reconcile()
    with Session(three.engine) as session:
        rows = list(publish.link_rows(session))
    together = {}
    for row in rows:
        together.setdefault(row.subject_id, set()).add((row.official_list, row.reference))
    joined = [each for each in together.values() if len(each) > 1]
    assert joined == [{(UK, "MYA1"), (US, "1")}]


def test_judgements_in_conflict_are_reported_and_join_nothing(three):
    three.judge(NAYPYIDAW_UK, OTHER_US, "same")
    three.judge(OTHER_US, THANT_EU, "same", reviewer="Ben")
    outcome = three.judge(NAYPYIDAW_UK, THANT_EU, "different", reviewer="Carl")
    assert outcome.conflicts == (
        "eu-fsf:EU.1 = us-ofac-sdn:2 = uk-sanctions-list:MYA2, "
        "yet eu-fsf:EU.1 ≠ uk-sanctions-list:MYA2",
    )
    three.reconcile()
    assert not three.are_one(NAYPYIDAW_UK, OTHER_US)
    assert not three.are_one(OTHER_US, THANT_EU)
    assert {frozenset({NAYPYIDAW_UK, OTHER_US}), frozenset({OTHER_US, THANT_EU})} <= three.queue()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param(THANT_UK, f"{US}:999", id="a listing that is not held"),
        pytest.param(THANT_UK, THANT_UK, id="a listing against itself"),
    ],
)
def test_what_can_not_be_judged_is_refused(three, left, right):
    with pytest.raises(InvalidJudgement):
        three.judge(left, right, "same")


def test_a_judgement_is_taken_back_once(three):
    first = three.judge(THANT_UK, THANT_US, "different")
    three.undo(first.id)
    with pytest.raises(InvalidJudgement, match="was taken back by Anna"):
        three.undo(first.id)
    with pytest.raises(InvalidJudgement, match="no judgement 99"):
        three.undo(99)


def test_a_reference_means_the_listing_that_stands_under_it_now(registry):
    registry.keep(UK, JANUARY, uk("MYA1", "Kyaw Zaw Thant", **BORN))
    registry.keep(UK, FEBRUARY, uk("MYA1", "Evgeny Prikhodko", **LATER))
    with Session(registry.engine) as session:
        assert judge.listing_key(session, UK, "MYA1") == f"{THANT_UK}~2"


def test_another_party_under_a_judged_reference_inherits_nothing(three):
    three.judge(NAYPYIDAW_UK, OTHER_US, "same")
    three.reconcile()
    three.keep(UK, FEBRUARY, uk("MYA1", "Kyaw Zaw Thant", **BORN), uk("MYA2", "Dieudonné Kayembe"))
    three.reconcile()
    assert not three.are_one(f"{NAYPYIDAW_UK}~2", OTHER_US)
    assert three.are_one(NAYPYIDAW_UK, OTHER_US)


def test_a_judgement_is_reopened_when_its_reference_stands_for_another_party(three):
    first = three.judge(NAYPYIDAW_UK, OTHER_US, "same")
    assert three.weighed().reopened == {}
    three.keep(
        UK,
        FEBRUARY,
        uk("MYA1", "Kyaw Zaw Thant", **BORN),
        uk("MYA2", "Dieudonné Kayembe"),
        received_at=datetime(2026, 12, 1, tzinfo=UTC),
    )
    assert three.weighed().reopened == {first.id: Reopening.REFERENCE_REUSED}


def amended(three, name, **more):
    three.keep(UK, FEBRUARY, uk("MYA1", "Kyaw Zaw Thant", **BORN), uk("MYA2", name, **more))
    three.reconcile()


def test_an_amended_listing_reopens_its_judgements_which_still_stand(three):
    first = three.judge(NAYPYIDAW_UK, OTHER_US, "same")
    amended(three, "Evgeny PRIKHODKO junior", **LATER)
    weighed = three.weighed()
    assert weighed.reopened == {first.id: Reopening.AMENDED}
    assert weighed.decisions.statuses == {first.id: Status.STANDS}
    assert three.are_one(NAYPYIDAW_UK, OTHER_US)


def test_judging_anew_closes_what_was_reopened(three):
    three.judge(NAYPYIDAW_UK, OTHER_US, "same")
    amended(three, "Evgeny PRIKHODKO junior", **LATER)
    again = three.judge(NAYPYIDAW_UK, OTHER_US, "same")
    weighed = three.weighed()
    assert weighed.decisions.statuses[again.id] is Status.STANDS
    assert again.id not in weighed.reopened


def test_a_judgement_on_somebody_who_is_somebody_else_now_joins_nothing(three):
    """The brother shares the family name, so the listing goes on under its key."""
    three.judge(NAYPYIDAW_UK, OTHER_US, "same")
    three.reconcile()
    assert three.are_one(NAYPYIDAW_UK, OTHER_US)
    amended(three, "Nikolai Prikhodko", **BORN)
    assert set(three.weighed().reopened.values()) == {Reopening.ANOTHER_PARTY}
    assert not three.are_one(NAYPYIDAW_UK, OTHER_US)
    assert frozenset({NAYPYIDAW_UK, OTHER_US}) in three.queue()


def test_an_amendment_that_leaves_the_identity_alone_reopens_nothing(three):
    three.judge(NAYPYIDAW_UK, OTHER_US, "same")
    amended(three, "Evgeny Prikhodko", functions=("minister",), **LATER)
    assert three.weighed().reopened == {}


def test_judgements_outlast_new_editions_and_delisting(three):
    three.judge(NAYPYIDAW_UK, OTHER_US, "same")
    three.judge(THANT_UK, THANT_US, "different")
    three.reconcile()
    before = three.groups()
    three.keep(US, FEBRUARY, us("2", "Someone Else"))
    three.keep(UK, FEBRUARY, uk("MYA2", "Evgeny Prikhodko", **LATER))
    three.reconcile()
    assert three.groups() == before


def test_a_renumbered_listing_keeps_its_judgements(three):
    three.judge(NAYPYIDAW_UK, OTHER_US, "same")
    moved = replace(uk("MYA2", "Evgeny Prikhodko", **LATER), reference="MYA9")
    three.keep(UK, FEBRUARY, uk("MYA1", "Kyaw Zaw Thant", **BORN), moved)
    three.reconcile()
    assert three.are_one(NAYPYIDAW_UK, OTHER_US)
    weighed = three.weighed()
    assert (weighed.reopened, weighed.held[NAYPYIDAW_UK].reference) == ({}, "MYA9")


def test_a_judgement_follows_its_listing_to_another_key(three):
    three.judge(THANT_EU, OTHER_US, "same")
    three.judge(THANT_EU, NAYPYIDAW_UK, "different")
    three.keep(EU, FEBRUARY, eu("EU.77", "Salim Benhaddou"))
    three.rekey((THANT_EU, f"{EU}:EU.77"))
    three.reconcile()
    assert three.are_one(f"{EU}:EU.77", OTHER_US)
    assert three.are_one(f"{EU}:EU.77", THANT_EU)
    weighed = three.weighed()
    assert weighed.decisions.verdicts == {
        (f"{EU}:EU.77", OTHER_US): Verdict.SAME,
        (f"{EU}:EU.77", NAYPYIDAW_UK): Verdict.DIFFERENT,
    }
    assert weighed.reopened == {}


def test_a_change_of_keys_can_be_put_back(three):
    three.judge(THANT_EU, OTHER_US, "same")
    three.keep(EU, FEBRUARY, eu("EU.77", "Salim Benhaddou"))
    three.rekey((THANT_EU, f"{EU}:EU.77"))
    three.rekey((THANT_EU, THANT_EU))
    assert set(three.weighed().decisions.verdicts) == {(THANT_EU, OTHER_US)}


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        pytest.param(THANT_EU, f"{EU}:EU.99", "not held", id="no such listing"),
        pytest.param(THANT_EU, NAYPYIDAW_UK, "not one listing", id="another party"),
        pytest.param(THANT_UK, THANT_US, "judged different", id="judged different"),
    ],
)
def test_a_change_of_keys_that_can_not_be_is_refused(three, old, new, why):
    three.judge(THANT_UK, THANT_US, "different")
    with pytest.raises(InvalidJudgement, match=why):
        three.rekey((old, new))
    with Session(three.engine) as session:
        assert judgements.rekeyings(session) == []


def test_a_judgement_leaves_what_was_computed_until_it_is_applied(three):
    before = three.revision(), three.mark()
    three.judge(THANT_UK, THANT_US, "different")
    assert three.revision() == before[0]
    assert three.mark() != before[1]
    three.reconcile()
    assert three.revision() > before[0]


def test_a_reconcile_after_nothing_new_writes_nothing(three):
    three.judge(THANT_UK, THANT_US, "different")
    three.judge(NAYPYIDAW_UK, OTHER_US, "unsure")
    three.reconcile()
    before = three.revision(), three.subject_of(), three.queue()
    three.reconcile()
    three.reconcile(full=True)
    assert (three.revision(), three.subject_of(), three.queue()) == before


def test_the_policy_needs_one_reviewer_or_two(three):
    with pytest.raises(InvalidJudgement):
        three.require(3)


NAMES = ("Kyaw Zaw Thant", "THANT Kyaw Zaw", "Kyaw Zaw Thant Htun", "Kyaw Thant", "Zaw Kyaw Thant")
KEYS = tuple(f"{each}:{number}" for each in (UK, US, EU) for number in range(len(NAMES)))
ACTS = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(KEYS),
            st.sampled_from(KEYS),
            st.sampled_from([each.value for each in Verdict]),
            st.sampled_from(["Anna", "Ben"]),
        ).filter(lambda act: act[0] != act[1]),
        st.integers(1, 8),  # take this judgement back
    ),
    max_size=8,
)


def namesakes(engine, folder):
    """Listings that are alike in every degree, so that each judgement moves others, too."""
    registry = Registry(engine, folder)
    for official_list in (UK, US, EU):
        registry.keep(
            official_list,
            JANUARY,
            *(
                listing(official_list, str(number), name, "", **(BORN if number % 2 else {}))
                for number, name in enumerate(NAMES)
            ),
        )
    registry.reconcile()
    return registry


def apply(registry, act):
    if isinstance(act, int):
        if act in {each.id for each in registry.weighed().recorded if each.undone is None}:
            registry.undo(act)
    else:
        left, right, verdict, reviewer = act
        registry.judge(left, right, verdict, reviewer=reviewer)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=ACTS, reviewers=st.sampled_from([1, 2]))
def test_judgements_one_by_one_come_to_the_same_as_all_at_once(
    databases, tmp_path, acts, reviewers
):
    step_by_step = namesakes(databases.open(), tmp_path)
    at_once = namesakes(databases.open(), tmp_path)
    for registry in (step_by_step, at_once):
        registry.require(reviewers)
    for act in acts:
        apply(step_by_step, act)
        step_by_step.reconcile()
        apply(at_once, act)
    at_once.reconcile(full=True)
    assert step_by_step.groups() == at_once.groups()
    assert step_by_step.queue() == at_once.queue()
    verdicts = at_once.weighed().decisions.verdicts
    subject_of = at_once.subject_of()
    for (left, right), verdict in verdicts.items():
        if verdict is Verdict.SAME:
            assert subject_of[left] == subject_of[right]
        if verdict is Verdict.DIFFERENT:
            assert subject_of[left] != subject_of[right]
    assert len(set(subject_of.values())) == len(at_once.groups())
    for registry in (step_by_step, at_once):
        registry.engine.dispose()
