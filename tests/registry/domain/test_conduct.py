import pytest

from registry.domain import conduct
from registry.domain.conduct import Doubt, Family
from registry.domain.party import Kind, Name, NameRole, Party


def person(*names, functions=()):
    return Party(
        Kind.PERSON, tuple(Name(each, NameRole.PRIMARY) for each in names), functions=functions
    )


def entity(*names):
    return Party(Kind.ENTITY, tuple(Name(each, NameRole.PRIMARY) for each in names))


PETROV = person("Ivan PETROV", functions=("Commander of the Fourth Rifle Brigade",))
TRADER = entity("Alfa Trading LLC")


def doubts(text, party=PETROV):
    return [each.doubt for each in conduct.passages(text, party)]


def named(text, party=PETROV):
    return [family for each in conduct.passages(text, party) for family in each.families]


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("Petrov took part in genocide.", Family.MASS_ATROCITY),
        ("Petrov ordered massacres in two villages.", Family.MASS_ATROCITY),
        ("Petrov ordered extra-judicial killings.", Family.UNLAWFUL_KILLING),
        ("Petrov ordered extrajudicial executions.", Family.UNLAWFUL_KILLING),
        ("Petrov ordered the killing of unarmed civilians.", Family.UNLAWFUL_KILLING),
        ("Petrov tortured detainees.", Family.TORTURE),
        ("Petrov is responsible for cruel, inhuman and degrading treatment.", Family.TORTURE),
        ("Petrov used rape as a weapon.", Family.SEXUAL_VIOLENCE),
        ("Petrov ordered arbitrary arrests and detentions.", Family.DETENTION),
        ("Petrov ordered enforced disappearances.", Family.DETENTION),
        ("Petrov recruited and used children.", Family.CHILDREN),
        ("Petrov organised the forced deportation of Ukrainian children.", Family.CHILDREN),
        ("Petrov ordered attacks on two hospitals.", Family.CIVILIANS),
        ("Petrov obstructed the delivery of humanitarian aid.", Family.CIVILIANS),
        ("Petrov oversaw the use of chemical weapons.", Family.CHEMICAL_WEAPONS),
        ("Petrov subjected villagers to forced labour.", Family.SLAVERY),
        ("Petrov subjected villagers to forced labor.", Family.SLAVERY),
        ("ICTY indictee", Family.MASS_ATROCITY),
        ("ICTY indictee in custody", Family.MASS_ATROCITY),
    ],
)
def test_the_authoritys_words_name_a_family_of_conduct(text, family):
    (passage,) = conduct.passages(text, PETROV)
    assert family in passage.families
    assert passage.doubt is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Petrov is responsible for human rights violations.", id="general words"),
        pytest.param("Petrov financed the repression of protest.", id="general words, enabling"),
        pytest.param("Petrov evaded sanctions on nuclear material.", id="proliferation"),
        pytest.param("Petrov attacked a bank's computers to quell dissent.", id="cyber"),
        pytest.param("Petrov transferred shares to his children.", id="property, not people"),
        pytest.param("Petrov was born in Rapeville.", id="part of another word"),
    ],
)
def test_what_names_none_of_the_conduct_is_no_finding(text):
    assert conduct.passages(text, PETROV) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Petrov was a member of the UN Commission on War Crimes.",
        "Petrov sits on the Committee against Torture.",
        "Petrov spied on the Organisation for the Prohibition of Chemical Weapons.",
        "Petrov was Special Rapporteur on Torture and wrote to the ministry.",
        "Petrov is listed under the Chemical Weapons (Sanctions) (EU Exit) Regulations 2019.",
        "Petrov is an involved person under the Trafficking in Persons Sanctions Regulations 2025.",
        "Petrov is also listed under the Chemical Weapons and Syria sanctions regimes.",
        "Petrov signed the Genocide Convention.",
        "Petrov is Minister for the Prevention of Torture.",
    ],
)
def test_the_title_of_a_law_a_body_or_an_office_is_no_conduct(text):
    assert conduct.passages(text, PETROV) == ()


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("There is no evidence that Petrov took part in torture.", Doubt.NEGATED),
        ("Petrov was not involved in the massacre.", Doubt.NEGATED),
        ("Petrov was acquitted of war crimes.", Doubt.NEGATED),
        ("Petrov denies any part in the massacre.", Doubt.NEGATED),
        ("Petrov publishes denial of the massacre.", Doubt.DENIAL),
        ("Petrov was tortured in prison.", Doubt.VICTIM),
        ("Petrov is a victim of torture.", Doubt.VICTIM),
        ("Petrov has been subjected to torture.", Doubt.VICTIM),
        ("Petrov opposed the torture of detainees.", Doubt.OPPONENT),
        ("Petrov condemned the massacre.", Doubt.OPPONENT),
        ("Petrov investigated war crimes for the court.", Doubt.INVESTIGATOR),
        ("Petrov collected evidence of torture.", Doubt.INVESTIGATOR),
        ("Petrov awaits trial for war crimes.", Doubt.CHARGE),
        ("A court charged Petrov with war crimes.", Doubt.CHARGE),
    ],
)
def test_a_word_between_the_designee_and_the_conduct_makes_it_doubtful(text, doubt):
    assert doubts(text) == [doubt]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Petrov did not prevent the torture of prisoners.", id="an omission"),
        pytest.param(
            "Petrov is responsible for violations of the right not to be subjected to torture.",
            id="the right not to be",
        ),
        pytest.param("Petrov not only knew of the massacre but ordered it.", id="not only"),
        pytest.param("Petrov failed to investigate claims of torture.", id="a failed duty"),
        pytest.param("Petrov concealed evidence of torture from investigators.", id="concealing"),
        pytest.param("Petrov was found guilty of war crimes in a public trial.", id="convicted"),
        pytest.param("Prisoners denounced the use of torture by Petrov.", id="others denounce it"),
        pytest.param("Petrov ordered that prisoners be tortured.", id="others suffer it"),
    ],
)
def test_what_sounds_like_a_denial_and_is_none_raises_no_doubt(text):
    assert doubts(text) == [None]


def test_an_employer_of_a_perpetrator_is_not_the_perpetrator():
    assert doubts("Alfa Trading employs a man who tortured detainees.", TRADER) == [Doubt.EMPLOYER]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Boris Sidorov tortured detainees.", id="somebody else"),
        pytest.param(
            "Petrov is the brother of Boris Sidorov, who tortured detainees.", id="family"
        ),
        pytest.param(
            "Petrov is associated with the Zeta Group, which used torture.", id="associate"
        ),
        pytest.param("Olga Petrov tortured detainees.", id="a relative of the same family name"),
        pytest.param(
            "Boris Sidorov gives orders. He tortured detainees.", id="he is somebody else"
        ),
        pytest.param("Detainees are tortured in many prisons.", id="nobody is named"),
    ],
)
def test_conduct_of_somebody_else_stays_possible(text):
    assert doubts(text) == [Doubt.OTHER_SUBJECT]


def test_a_husband_whom_the_function_names_is_somebody_else():
    wife = person("Olga PETROVA", functions=("Wife of Ivan Petrov",))
    text = "Former President Ivan Petrov was responsible for torture. She is his wife."
    assert doubts(text, wife) == [Doubt.OTHER_SUBJECT]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("General Ivan Petrov tortured detainees.", id="by name and rank"),
        pytest.param("Iwan Petroff tortured detainees.", id="spelt otherwise"),
        pytest.param("Petrov is a general. He tortured detainees.", id="by a pronoun"),
        pytest.param("Commander of a prison. Responsible for torture.", id="without a subject"),
        pytest.param("Soldiers tortured detainees under his command.", id="under his command"),
        pytest.param("Torture was common while Petrov was its head.", id="while he was its head"),
        pytest.param("The Fourth Rifle Brigade tortured detainees.", id="a body of his function"),
        pytest.param(
            "Petrov supports the Zeta Group. The Zeta Group committed massacres.",
            id="a body that the text says they support",
        ),
        pytest.param(
            "Petrov leads the Zeta Group, which has committed massacres.", id="a relative clause"
        ),
        pytest.param("Petrov is one of those who tortured detainees.", id="is one who"),
    ],
)
def test_conduct_of_the_designee_or_of_a_body_they_lead_or_support_is_found(text):
    assert doubts(text) == [None]


def test_an_entity_is_known_by_its_acronym_and_by_it():
    centre = entity("Scientific Works Centre (SWC)")
    assert doubts("The SWC makes chemical weapons. It also made sarin.", centre) == [None, None]


def test_a_quote_stands_word_for_word_at_its_place():
    text = "Petrov is a general. In 2017 he ordered massacres, rape and forced labour."
    (passage,) = conduct.passages(text, PETROV)
    assert text[passage.start : passage.start + len(passage.quote)] == passage.quote
    assert passage.quote == "In 2017 he ordered massacres, rape and forced labour."
    assert passage.sentence == 2
    assert passage.families == (Family.MASS_ATROCITY, Family.SEXUAL_VIOLENCE, Family.SLAVERY)


def test_a_quote_has_forty_words_at_most_and_none_of_the_conduct_is_lost():
    filler = "and so on " * 15
    text = f"Petrov ordered massacres {filler}and torture {filler}and the use of forced labour."
    found = conduct.passages(text, PETROV)
    assert all(len(each.quote.split()) <= conduct.MOST_WORDS for each in found)
    assert all(each.quote in text for each in found)
    assert {family for each in found for family in each.families} == {
        Family.MASS_ATROCITY, Family.TORTURE, Family.SLAVERY,
    }  # fmt: skip


def test_abbreviations_end_no_sentence():
    text = "Lt. Gen. Petrov of the No. 3 Bureau ordered torture. He left on 3 Jan. 2019."
    (passage,) = conduct.passages(text, PETROV)
    assert passage.sentence == 1
    assert passage.quote.endswith("ordered torture.")


def test_a_blank_that_is_missing_between_sentences_is_no_matter():
    assert [each.sentence for each in conduct.passages("He left.He used torture.", PETROV)] == [2]


def test_a_reviewers_own_quote_has_its_families():
    assert conduct.families("killing of civilians and rape") == (
        Family.UNLAWFUL_KILLING,
        Family.SEXUAL_VIOLENCE,
    )
