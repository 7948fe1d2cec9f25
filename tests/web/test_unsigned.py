"""Who recorded what, and why, is for those who work with the registry; organisations, those who
only keep accounts and the public read that it was recorded."""

import re
from datetime import date
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from sqlalchemy.orm import Session

from registry.domain.act import Act
from registry.domain.conduct import Family
from registry.domain.designation import Measure
from registry.domain.judgement import Verdict
from registry.domain.override import Field, Override
from registry.services import acts, audit, ingest, judge, nexus, overrides
from registry.store import trail
from registry.store.database import writing
from tests.factories import keep_edition
from tests.web.conftest import CA, EU, NOW, UK, US, Site

LINK = re.compile(r'(?:href|action)="([^"]*)"')
WHO, WHY = "Petra Undisclosed", "a remark that is confidential"
TOLD = re.compile(r"Petra|Undisclosed|confidential", re.I)


def plant(session, archive, subject):
    """One record of each kind, all by one person with one reason."""
    person, company = f"{UK}:SYR0010", f"{UK}:MMR0002"
    pairs = [(person, f"{CA}:Syria|1, Part 1|7"), (f"{CA}:Syria|1, Part 1|7", f"{US}:102")]
    for left, right in pairs:
        judge.record(session, left, right, Verdict.SAME, WHO, WHY, NOW)
    undone = judge.record(session, person, f"{US}:102", Verdict.DIFFERENT, WHO, WHY, NOW)
    judge.record(session, person, f"{US}:102", Verdict.DIFFERENT, f"{WHO} II", WHY, NOW)
    judge.undo(session, undone.id, WHO, WHY, NOW)
    for listing, field, value in (
        (person, Field.TRAVEL_BAN, "no"),
        (person, Field.LISTED_ON, "2021-04-01"),
        (company, Field.KIND, "entity"),
        (company, Field.ASSET_FREEZE, "yes"),
    ):
        source = "https://example.org/notice"
        overrides.enter(session, Override(listing, field, value, WHY, source, WHO, NOW))
    acts.enter(
        session,
        Act(
            partner="EU",
            measures=(Measure.ASSET_FREEZE,),
            citation="Decision (CFSP) 2026/1",
            made_on=date(2026, 5, 18),
            source_url="https://example.org/act",
            officer=WHO,
            reason=WHY,
            entered_at=NOW,
            subject_id=subject[company],
        ),
    )
    nexus.confirm_quote(
        session, f"{UK}:MMR0001", "led a battalion", (Family.CIVILIANS,), WHO, WHY, NOW
    )
    accepted = keep_edition(session, archive, EU, date(2026, 5, 16), [], accepted_because=WHY)
    ingest.withdraw_edition(session, accepted.id, f"{WHY} ({WHO})")


@pytest.fixture(scope="module")
def recorded(lasting_databases, tmp_path_factory):
    made = Site(lasting_databases.open(), tmp_path_factory.mktemp("recorded"))
    with writing(made.engine) as session:
        plant(session, made.archive, made.subject)
    yield made
    made.app.extensions["engine"].dispose()


def crawled(client, first, most):
    """Every page and file that links lead to, by address."""
    found, waiting = {}, list(first)
    while waiting and len(found) < most:
        address = waiting.pop(0)
        if address in found:
            continue
        answer = client.get(address)
        found[address] = answer.text if not address.endswith(".xlsx") else ""
        for link in LINK.findall(found[address]) if answer.mimetype == "text/html" else ():
            there = urljoin(address, unescape(link)).partition("#")[0]
            if not urlsplit(there).netloc:
                waiting.append(there)
        answer.close()
    return found


def first_addresses(site):
    subjects = [site.subject[key] for key in (f"{UK}:SYR0010", f"{UK}:MMR0002", f"{UK}:MMR0001")]
    return [
        *(f"/subjects/{each}" for each in subjects),
        *(
            f"/subjects/{each}/why/{partner}"
            for each in subjects
            for partner in ("US", "EU", "UK", "CA")
        ),
        "/review/",
        f"/lists/{EU}",
        f"/lists/{EU}/editions/9",
        "/coverage/gaps.csv",
        "/coverage/subjects.csv",
        "/coverage/subjects.json",
        "/changes/",
        "/",
    ]


@pytest.mark.parametrize("who", ["nobody", "an organisation", "who keeps accounts"])
def test_nobody_outside_reads_who_recorded_what_and_why(recorded, who):
    visitor = {
        "nobody": lambda: recorded,
        "an organisation": lambda: recorded.visitor("ngo", affiliation="ngo:Example"),
        "who keeps accounts": lambda: recorded.visitor("administrator"),
    }[who]()
    pages = crawled(visitor.client, first_addresses(recorded), 200)
    assert len(pages) > 100
    for address, text in pages.items():
        assert not TOLD.search(text), (address, TOLD.search(text))


def test_those_who_work_inside_read_it(recorded):
    reader = recorded.visitor("reader")
    pages = crawled(reader.client, first_addresses(recorded), 100)
    telling = {urlsplit(each).path.split("/")[1] for each, text in pages.items() if WHO in text}
    assert {"subjects", "review", "lists"} <= telling


def test_every_record_stands_in_the_trail_that_has_no_break(recorded):
    with Session(recorded.engine) as session:
        actions = {each.action for each in trail.every(session)}
        assert list(audit.faults(session)) == []
    assert actions >= {
        "judged", "judgement-undone", "override-entered", "act-entered", "finding-reviewed",
        "edition-withdrawn",
    }  # fmt: skip


def test_what_was_recorded_is_told_without_its_author(recorded):
    page = recorded.get(f"/subjects/{recorded.subject[f'{UK}:SYR0010']}")
    assert "overridden by an officer (https://example.org/notice)" in page
    with Session(recorded.engine) as session:
        assert len(overrides.rows(session)) == 4
