from dataclasses import replace
from datetime import UTC, datetime

import pytest

from registry.domain import finding
from registry.domain.conduct import Doubt, Family
from registry.domain.designation import Designation
from registry.domain.finding import DesignationKey, Origin, Review, State, Verdict
from registry.domain.record import InvalidRecord
from tests.registry.domain.test_conduct import person

PETROV = person("Ivan PETROV")
KEY, UK = "uk-sanctions-list:XYZ0001", "uk-sanctions-list"
REASON = "Petrov is a general. He tortured detainees. Sidorov committed massacres."


def designation(reason=REASON, code="The Global Human Rights Sanctions Regulations 2020", **more):
    return Designation(code, reason=reason, **more)


def stated(*designations, party=PETROV, official_list=UK):
    return finding.statements(KEY, official_list, party, designations or (designation(),))


def found(*designations, reviews=()):
    texts = stated(*designations)
    return finding.reviewed(finding.proposed(texts, PETROV), texts, reviews)


def review(of, verdict=Verdict.CONFIRMED, **more):
    made = Review(
        of.of, of.origin, of.id, of.families, of.quote, of.whole,
        verdict, "A. Reviewer", "read the statement", datetime(2026, 11, 1, tzinfo=UTC),
    )  # fmt: skip
    return replace(made, **more)


TORTURE, MASSACRE = (each.finding for each in found())


def test_what_the_machine_finds_is_proposed_and_what_it_doubts_is_doubtful():
    assert [(each.finding.families, each.state) for each in found()] == [
        ((Family.TORTURE,), State.PROPOSED),
        ((Family.MASS_ATROCITY,), State.DOUBTFUL),
    ]
    assert MASSACRE.doubt is Doubt.OTHER_SUBJECT


def test_the_latest_review_of_a_finding_counts():
    reviews = [review(TORTURE), review(TORTURE, Verdict.REJECTED)]
    assert found(reviews=reviews[:1])[0].state is State.CONFIRMED
    assert found(reviews=reviews)[0].state is State.REJECTED
    assert finding.standing(reviews[:1], stated()) == {TORTURE.of}
    assert finding.standing(reviews, stated()) == frozenset()


def test_a_finding_without_a_review_makes_nothing_stated():
    assert finding.standing([], stated()) == frozenset()


def test_a_confirmation_ends_and_the_finding_is_reopened_where_its_sentence_was_changed():
    amended = designation("Petrov is a general. He is said to have tortured detainees.")
    states = {each.finding.quote: each.state for each in found(amended, reviews=[review(TORTURE)])}
    assert states == {
        "He tortured detainees.": State.REOPENED,
        "He is said to have tortured detainees.": State.PROPOSED,
    }
    assert finding.standing([review(TORTURE)], stated(amended)) == frozenset()


def test_a_confirmation_stands_where_other_sentences_were_changed_or_added():
    amended = designation("Petrov was a general until 2020. He tortured detainees. He left.")
    assert finding.standing([review(TORTURE)], stated(amended)) == {TORTURE.of}
    (again,) = found(amended, reviews=[review(TORTURE)])
    assert again.state is State.CONFIRMED


def test_a_review_of_one_designation_is_none_of_another_with_the_same_words():
    other = designation(code="The Russia (Sanctions) (EU Exit) Regulations 2019")
    both = found(designation(), other, reviews=[review(TORTURE)])
    assert [each.state for each in both if each.finding.quote == TORTURE.quote] == [
        State.CONFIRMED, State.PROPOSED,
    ]  # fmt: skip


def test_remarks_are_the_authoritys_own_words_too_and_speak_of_the_listing():
    party = replace(PETROV, remarks=("ICTY indictee",))
    (text,) = stated(designation(""), party=party)
    assert (text.of, text.origin) == (DesignationKey(KEY), Origin.REMARK)


def test_reasons_in_another_language_are_not_read():
    assert stated(designation(reason_language="fr")) == ()


def test_a_programme_against_those_who_work_on_accountability_has_no_findings():
    court = Designation("ICC-EO14203", reason="Petrov investigated war crimes.")
    party = replace(PETROV, remarks=("Petrov took part in war crimes.",))
    assert stated(court, party=party, official_list="us-ofac-sdn") == ()


def test_a_reviewers_own_quote_must_stand_in_one_sentence_word_for_word():
    made = finding.quoted(stated(), "Sidorov committed massacres")
    assert made.families == (Family.MASS_ATROCITY,)
    assert (made.sentence, REASON[made.start :]) == (3, "Sidorov committed massacres.")
    states = [each.state for each in found(reviews=[review(made)])]
    assert states == [State.PROPOSED, State.DOUBTFUL, State.CONFIRMED]
    assert finding.standing([review(made)], stated()) == {made.of}


@pytest.mark.parametrize(
    ("quote", "says"),
    [
        pytest.param("", "1 to 40 words", id="nothing"),
        pytest.param("torture " * 41, "1 to 40 words", id="too long"),
        pytest.param("He tortured prisoners", "word for word", id="other words"),
        pytest.param("general. He tortured", "word for word", id="across two sentences"),
        pytest.param("Petrov is a general", "no family", id="no conduct, and no family given"),
    ],
)
def test_what_is_no_quote_of_conduct_is_refused(quote, says):
    with pytest.raises(InvalidRecord, match=says):
        finding.quoted(stated(), quote)


def test_a_reviewer_may_say_which_conduct_other_words_mean():
    made = finding.quoted(stated(), "Petrov is a general", [Family.TORTURE])
    assert made.families == (Family.TORTURE,)


def test_a_review_needs_a_reviewer_and_a_reason():
    for missing in ("reviewer", "reason"):
        with pytest.raises(InvalidRecord, match=missing):
            review(TORTURE, **{missing: " "})
