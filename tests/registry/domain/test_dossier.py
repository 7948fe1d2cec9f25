"""What organisations hand in."""

from dataclasses import replace
from datetime import date

import pytest

from registry.domain import dossier
from registry.domain.account import Account, Role
from registry.domain.attachment import Attachment
from registry.domain.dossier import (
    Alleged,
    Answer,
    Content,
    Disposition,
    Dossier,
    Insider,
    Link,
    Sharing,
    insider,
)
from registry.domain.record import InvalidRecord
from tests.registry.services.proposing import NOW

CONTENT = Content(
    title="Commanders at a prison",
    subjects=(Alleged("Aung EXAMPLE", "Born in 1965"),),
    conduct="Detainees were beaten.",
    links=(Link("https://example.org/report", date(2026, 4, 1)),),
    attachments=(Attachment("report.pdf", "ab" * 32, 12),),
    recipients=frozenset({"UK", "EU"}),
    sharing=Sharing.MAY_ADOPT,
    protected=True,
)


def account(affiliation, *roles, **more):
    return Account(1, "jo", "Jo", affiliation, frozenset(roles), **more)


@pytest.mark.parametrize(
    "change",
    [
        {"title": " "},
        {"title": "a" * 301},
        {"conduct": ""},
        {"conduct": "a" * 20_001},
        {"subjects": ()},
        {"subjects": (Alleged("A"),) * 21},
        {"links": (Link("https://a.example", date(2026, 1, 1)),) * 51},
        {"attachments": (Attachment("a.txt", "", 1),) * 11},
        {"recipients": frozenset()},
        {"recipients": frozenset({"UK", "ngo:Other"})},
    ],
)
def test_a_dossier_has_bounds(change):
    with pytest.raises(InvalidRecord):
        replace(CONTENT, **change)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//x", "https://a\nb", "file:///etc/passwd"]
)
def test_a_link_leads_to_the_web(url):
    with pytest.raises(InvalidRecord):
        Link(url, date(2026, 1, 1))


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another"},
        {"subjects": (Alleged("Aung EXAMPLE", "Born in 1966"),)},
        {"links": ()},
        {"attachments": ()},
        {"recipients": frozenset({"UK"})},
        {"protected": False},
        {"sharing": Sharing.OFFICERS_ONLY},
    ],
)
def test_the_receipt_tells_any_change_of_what_was_handed_in(change):
    assert replace(CONTENT).sha256 == CONTENT.sha256
    assert replace(CONTENT, **change).sha256 != CONTENT.sha256


@pytest.mark.parametrize(
    ("asking", "expected"),
    [
        (account("ngo:Watch", Role.NGO), Insider(organisation="ngo:Watch")),
        (account("UK", Role.OFFICER, Role.POLICY), Insider(partner="UK")),
        (account("UK", Role.POLICY), Insider()),
        (account("UK", Role.AUDITOR), Insider()),
        (account("secretariat", Role.POLICY), Insider()),
        (account("UK", Role.ADMINISTRATOR), Insider()),
        (account("UK", Role.OFFICER, is_disabled=True), Insider()),
        (None, Insider()),
    ],
)
def test_organisations_and_officers_alone_are_inside(asking, expected):
    assert insider(asking) == expected


def test_without_consent_nothing_is_adopted():
    kept = Dossier("D", "ngo:Watch", CONTENT, NOW)
    dossier.require_adoptable(kept)
    only_read = replace(CONTENT, sharing=Sharing.OFFICERS_ONLY)
    with pytest.raises(InvalidRecord, match="does not consent"):
        dossier.require_adoptable(replace(kept, content=only_read))


@pytest.mark.parametrize(
    "text",
    ["By Watch & Report.", "watch   &  REPORT", "Ｗａｔｃｈ＆Ｒｅｐｏｒｔ"],
)
def test_a_text_that_names_its_source_does_not_leave(text):
    with pytest.raises(InvalidRecord, match="names"):
        dossier.require_unnamed([text], ["Watch & Report", "Jo"])
    dossier.require_unnamed(["A report says so."], ["Watch & Report"])


def test_asking_for_more_says_what():
    with pytest.raises(InvalidRecord, match="Say which information"):
        Answer("UK", Disposition.MORE_ASKED, " ", date(2026, 5, 20))


def test_the_latest_answer_of_a_partner_counts():
    day = date(2026, 5, 20)
    answers = (
        Answer("UK", Disposition.UNDER_REVIEW, "", day),
        Answer("EU", Disposition.NOT_PURSUED, "", day),
        Answer("UK", Disposition.ADOPTED, "", day),
    )
    kept = Dossier("D", "ngo:Watch", CONTENT, NOW, answers)
    assert kept.disposition("UK") is Disposition.ADOPTED
    assert kept.disposition("EU") is Disposition.NOT_PURSUED
    assert kept.disposition("CA") is Disposition.RECEIVED
