from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from registry.domain.judgement import (
    Conflict,
    InvalidJudgement,
    Judgement,
    Recorded,
    Reopening,
    Status,
    Undoing,
    Verdict,
    decide,
    reopening,
)
from registry.domain.partial_date import day
from registry.domain.party import Kind, Name, NameRole, Party

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def judged(*words, undone=()):
    """Judgements like "A=B Anna", "A!B Ben", "A?B Anna", numbered from 1, one minute apart."""
    found = []
    for number, word in enumerate(words, start=1):
        pair, reviewer = word.split(" ", 1)
        verdict = {"=": Verdict.SAME, "!": Verdict.DIFFERENT, "?": Verdict.UNSURE}[pair[1]]
        judgement = Judgement(
            pair[0], pair[2], verdict, reviewer, "a reason", NOON + timedelta(minutes=number)
        )
        taken_back = Undoing("Zoe", "a slip", NOON) if number in undone else None
        found.append(Recorded(number, judgement, taken_back))
    return found


def verdict_of(*words, undone=(), needed=1, reopened=()):
    decisions = decide(judged(*words, undone=undone), dict(reopened), needed)
    return decisions.verdicts.get(("A", "B"))


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        pytest.param(["A=B Anna"], Verdict.SAME, id="one reviewer is enough"),
        pytest.param(["B=A Anna"], Verdict.SAME, id="the order of the two does not matter"),
        pytest.param(["A=B Anna", "A!B Ben"], Verdict.DIFFERENT, id="negative beats positive"),
        pytest.param(
            ["A!B Ben", "A=B Anna", "A=B Carl"],
            Verdict.DIFFERENT,
            id="negative beats positive, however many and however late they are",
        ),
        pytest.param(
            ["A!B Anna", "A=B Anna"], Verdict.SAME, id="a reviewer's latest word replaces earlier"
        ),
        pytest.param(["A!B Anna", "A=B  anna "], Verdict.SAME, id="one name, spelt with blanks"),
        pytest.param(["A?B Anna"], Verdict.UNSURE, id="unsure leaves the pair open"),
        pytest.param(["A=B Anna", "A?B Ben"], Verdict.SAME, id="unsure speaks not against"),
        pytest.param(["A!B Anna", "A?B Anna"], Verdict.UNSURE, id="unsure takes one's word back"),
    ],
)
def test_what_stands_of_a_pair(words, verdict):
    assert verdict_of(*words) is verdict


def test_a_judgement_that_was_taken_back_never_was():
    assert verdict_of("A=B Anna", undone=(1,)) is None
    assert verdict_of("A!B Anna", "A=B Anna", undone=(2,)) is Verdict.DIFFERENT
    assert decide(judged("A=B Anna", undone=(1,)), {}).statuses == {1: Status.UNDONE}


def test_a_judgement_from_elsewhere_does_not_replace_a_later_one():
    """Its id is higher, for it came in later; what counts is when it was made."""
    later, earlier = judged("A=B Anna", "A!B Anna")
    early = Recorded(2, Judgement("A", "B", Verdict.DIFFERENT, "Anna", "a reason", NOON))
    assert earlier.id == early.id
    assert decide([later, early], {}).verdicts == {("A", "B"): Verdict.SAME}


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        pytest.param(["A=B Anna"], Verdict.UNSURE, id="one alone awaits a second"),
        pytest.param(["A!B Anna"], Verdict.UNSURE, id="also where it is negative"),
        pytest.param(["A=B Anna", "A=B Ben"], Verdict.SAME, id="two agree"),
        pytest.param(["A!B Anna", "A!B Ben"], Verdict.DIFFERENT, id="two agree on the negative"),
        pytest.param(["A=B Anna", "A=B ANNA"], Verdict.UNSURE, id="nobody is their own second"),
        pytest.param(
            ["A=B Anna", "A=B Ben", "A!B Carl"], Verdict.UNSURE, id="one objection opens the pair"
        ),
        pytest.param(
            ["A=B Anna", "A=B Ben", "A!B Carl", "A!B Dora"],
            Verdict.DIFFERENT,
            id="two against two: negative beats positive",
        ),
        pytest.param(["A=B Anna", "A?B Ben"], Verdict.UNSURE, id="unsure is no second voice"),
    ],
)
def test_where_two_reviewers_have_to_agree(words, verdict):
    assert verdict_of(*words, needed=2) is verdict


def test_a_verdict_says_that_it_awaits_a_second_reviewer():
    assert decide(judged("A=B Anna"), {}, 2).statuses == {1: Status.AWAITS_SECOND}


def test_each_judgement_says_what_it_counts_for():
    words = ["A=B Anna", "A=B Anna", "A!B Ben", "A?B Carl", "A=B Dora"]
    assert decide(judged(*words, undone=(5,)), {}).statuses == {
        1: Status.REPLACED,
        2: Status.OVERRULED,
        3: Status.STANDS,
        4: Status.UNSURE,
        5: Status.UNDONE,
    }


def test_a_judgement_on_what_is_another_party_now_leaves_the_pair_open():
    lapsed = decide(judged("A=B Anna"), {1: Reopening.ANOTHER_PARTY})
    assert lapsed.verdicts == {("A", "B"): Verdict.UNSURE}
    assert lapsed.statuses == {1: Status.LAPSED}


def test_a_judgement_made_since_counts():
    words = ("A!B Anna", "A=B Ben")
    assert verdict_of(*words, reopened={1: Reopening.ANOTHER_PARTY}) is Verdict.SAME


@pytest.mark.parametrize(
    "reason", [each for each in Reopening if each is not Reopening.ANOTHER_PARTY]
)
def test_what_is_only_to_be_looked_at_again_still_stands(reason):
    assert verdict_of("A=B Anna", reopened={1: reason}) is Verdict.SAME


def test_a_chain_that_joins_what_is_different_is_named_and_left_open():
    decisions = decide(judged("A=B Anna", "B=C Ben", "A!C Carl", "C=D Anna"), {})
    assert decisions.conflicts == (Conflict(("A", "B", "C")),)
    assert decisions.verdicts == {
        ("A", "B"): Verdict.UNSURE,
        ("B", "C"): Verdict.UNSURE,
        ("A", "C"): Verdict.DIFFERENT,
        ("C", "D"): Verdict.SAME,
    }
    assert decisions.statuses[1] is decisions.statuses[2] is Status.IN_CONFLICT
    assert decisions.statuses[3] is decisions.statuses[4] is Status.STANDS


def test_a_conflict_reads_as_a_sentence():
    sentence = Conflict(("A", "B", "C")).sentence({"A": "uk:1", "B": "us:2"})
    assert sentence == "uk:1 = us:2 = C, yet uk:1 ≠ C"


def test_every_chain_between_two_that_are_different_is_left_open():
    decisions = decide(judged("A=B a", "B=C a", "A=D a", "D=C a", "A!C b"), {})
    assert {each.chain for each in decisions.conflicts} == {("A", "B", "C"), ("A", "D", "C")}
    assert list(decisions.verdicts.values()).count(Verdict.SAME) == 0


def test_reviewers_who_disagree_about_one_pair_are_in_conflict():
    assert decide(judged("A=B Anna", "A!B Ben"), {}).conflicts == (Conflict(("A", "B")),)
    assert decide(judged("A=B Anna", "A!B Anna"), {}).conflicts == ()


def test_taking_back_one_pair_of_a_chain_settles_the_others():
    words = ("A=B Anna", "B=C Ben", "A!C Carl")
    decisions = decide(judged(*words, undone=(2,)), {})
    assert decisions.conflicts == ()
    assert decisions.verdicts[("A", "B")] is Verdict.SAME


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_order_in_which_judgements_are_read_does_not_matter(order):
    told = judged("A=B Anna", "B=C Ben", "A!C Carl", "A=B Ben")
    assert decide([told[place] for place in order], {}) == decide(told, {})


@pytest.mark.parametrize(
    ("left", "right", "reviewer", "reason"),
    [
        pytest.param("A", "A", "Anna", "a reason", id="a listing against itself"),
        pytest.param("A", "B", " ", "a reason", id="nobody judged"),
        pytest.param("A", "B", "Anna", " ", id="no reason"),
    ],
)
def test_a_judgement_that_says_too_little_is_refused(left, right, reviewer, reason):
    with pytest.raises(InvalidJudgement):
        Judgement(left, right, Verdict.SAME, reviewer, reason, NOON)


def test_taking_back_needs_a_reason():
    with pytest.raises(InvalidJudgement):
        Undoing("Anna", "", NOON)


def person(*names, born=None):
    dates = (day(datetime(*born, tzinfo=UTC).date()),) if born else ()
    return Party(Kind.PERSON, tuple(Name(n, NameRole.PRIMARY) for n in names), birth_dates=dates)


JUDGED = person("Kyaw Zaw Thant", born=(1958, 3, 2))


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        pytest.param(JUDGED, None, id="nothing changed"),
        pytest.param(
            person("Thant Kyaw Zaw", "Kyaw Zaw Thant", born=(1958, 3, 2)),
            Reopening.AMENDED,
            id="a name was added",
        ),
        pytest.param(
            person("Kyaw Zaw Thant", born=(1968, 3, 2)), Reopening.AMENDED, id="another birth date"
        ),
        pytest.param(person("Kyaw Zaw Thant"), Reopening.AMENDED, id="the birth date is gone"),
        pytest.param(
            person("Evgeny Prikhodko", born=(1961, 6, 1)),
            Reopening.ANOTHER_PARTY,
            id="nothing of it is left",
        ),
        pytest.param(
            person("Kyaw Zaw Htun", born=(1961, 6, 1)),
            Reopening.ANOTHER_PARTY,
            id="a brother who shares words of the name",
        ),
        pytest.param(
            person("Kyaw Zaw Htun", born=(1958, 3, 2)), Reopening.AMENDED, id="a corrected spelling"
        ),
    ],
)
def test_what_must_be_looked_at_again(now, reason):
    assert reopening(JUDGED, now) is reason


def test_the_order_of_names_is_no_change():
    assert reopening(person("Kyaw", "Thant"), person("Thant", "Kyaw")) is None
