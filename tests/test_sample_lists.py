"""The sample lists: they import as they are, show every state, and say nothing that is not so."""

import re
from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from importers import catalogue
from importers.base import ParsedEntry, ReportedEntry
from importers.source import open_source
from registry.domain.cell import GAPS, State
from registry.domain.changes import ChangeKind
from registry.domain.minors import is_minor
from registry.services import assess, resolve, samples
from registry.store import changes
from registry.store.archive import Archive

SAMPLES = Path(__file__).resolve().parents[1] / "sample_lists"
EDITIONS = samples.editions(SAMPLES)
LISTS = sorted({each.official_list for each in EDITIONS})
SUBMISSIONS = {key for key in LISTS if key.startswith(catalogue.SUBMISSION)}
TODAY = date(2026, 11, 1)
MOST = 600_000  # bytes; the samples are read by people, too
RUN = 8  # words in a row that no sample shares with a publisher's prose

# Where the facts of each list stand among the real editions; no real copy of the report under
# section 7031(c) nor of the travel-ban files was at hand: the latter name persons of eu-fsf.
FACTS = {
    "us-ofac-sdn": ("us-ofac-sdn/2022-01-31", "us-ofac-sdn/2024-05-03"),
    "us-ofac-consolidated": ("us-ofac-consolidated/2022-04-07", "us-ofac-consolidated/2025-06-30"),
    "eu-fsf": (
        "eu-fsf/2021-10-03-rebuilt-approximate",
        "eu-fsf/2026-03-20-rebuilt/xmlFullSanctionsList_1_1.xml",
    ),
    "uk-sanctions-list": ("uk-sanctions-list/2026-05-12-rebuilt/UK-Sanctions-List.xml",),
    "uk-ofsi-conlist": ("uk-ofsi-conlist/2018-04-13", "uk-ofsi-conlist/2025-04-10"),
    "ca-sema": (
        "ca-sema/2020-04-15",
        "ca-sema/2025-05-25",
        "ca-sema/2026-08-22-rebuilt/tags-since-2026-08-24",
    ),
    "un-sc": ("un-sc/2026-02-25", "un-sc/2026-04-17"),
    "au-dfat": ("au-dfat/2024-12-17", "au-dfat/2026-08-02"),
}
AS_ON = {"eu-travel-bans": "eu-fsf"}


def read(sample):
    return catalogue.listings(
        sample.official_list, catalogue.read(sample.official_list, open_source(sample.folder))
    )


def parsed(key, path):
    reading = catalogue.read(key, open_source(path))
    return [each for each in reading.entries if isinstance(each, ParsedEntry)]


def prose(entry):
    """What an entry says in sentences: reasons, remarks, offices."""
    yield from (each.reason for each in entry.designations)
    yield from entry.remarks
    yield from entry.functions


def runs(text):
    words = re.findall(r"\w+", text.casefold())
    return {" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def as_compared(name):
    return " ".join(name.casefold().split())


@pytest.fixture(scope="module")
def registry(lasting_databases, tmp_path_factory):
    """A database into which all samples were imported, and reconciled."""
    folder = tmp_path_factory.mktemp("samples")
    engine = lasting_databases.open()
    with Session(engine) as session, session.begin():
        for each in EDITIONS:
            outcome = samples.import_sample(session, Archive(folder / "archive"), each)
            assert not outcome.quarantined, f"{each.name}: {outcome.message}"
        resolve.reconcile(session)
    return engine


@pytest.fixture(scope="module")
def coverage(registry):
    with Session(registry) as session:
        return assess.assess(session, TODAY, TODAY)


def test_every_list_has_two_editions_or_more():
    assert [key for key in catalogue.KEYS if key not in LISTS] == [
        "partner-submission-uk",
        "partner-submission-ca",
    ]
    for key in LISTS:
        assert sum(each.official_list == key for each in EDITIONS) >= 2, key


@pytest.mark.parametrize("sample", EDITIONS, ids=lambda sample: sample.name)
def test_a_sample_is_read_without_a_report(sample):
    found = read(sample)
    assert [each for each in found if isinstance(each, ReportedEntry)] == []
    assert found


@pytest.mark.parametrize("sample", EDITIONS, ids=lambda sample: sample.name)
def test_a_sample_says_its_date_itself_where_the_format_has_one(sample):
    stated = catalogue.read(sample.official_list, open_source(sample.folder)).published_on
    assert stated in (None, sample.dated)


def test_ofsi_s_list_has_no_edition_from_after_it_was_closed():
    dates = [each.dated for each in EDITIONS if each.official_list == "uk-ofsi-conlist"]
    assert max(dates) < date(2026, 1, 28)


@pytest.mark.parametrize("key", LISTS)
def test_the_newest_edition_lists_amends_and_delists(registry, key):
    newest = max(each.dated for each in EDITIONS if each.official_list == key)
    with Session(registry) as session:
        asked = changes.ChangesAsked([key], since=newest, until=newest)
        seen = {each.change for each in changes.all_of(session, asked)}
    assert {ChangeKind.LISTED, ChangeKind.AMENDED, ChangeKind.DELISTED} <= seen


def test_every_state_of_coverage_occurs(coverage):
    seen = {cell.state for subject in coverage.subjects for cell in subject.cells}
    # An act awaits publication only once an officer has entered it.
    assert set(State) - seen <= {State.PENDING_PUBLICATION}


def test_every_partner_has_a_gap(coverage):
    missing = {
        cell.partner
        for subject in coverage.subjects
        for cell in subject.cells
        if cell.state in GAPS
    }
    assert {"US", "EU", "UK", "CA"} <= missing


def test_persons_entities_a_vessel_and_an_aircraft_are_among_them(coverage):
    kinds = {subject.facts.kind for subject in coverage.subjects}
    assert {"person", "entity", "vessel", "aircraft"} <= kinds


def test_no_child_is_among_them():
    today = datetime.now(UTC).date()
    for sample in EDITIONS:
        for each in read(sample):
            assert not is_minor(each.party, today), f"{sample.name}: {each.reference}"


def test_the_samples_are_small():
    assert sum(each.stat().st_size for each in SAMPLES.rglob("*") if each.is_file()) < MOST


@pytest.fixture(scope="module")
def real(real_lists):
    """Names by (list, reference) in the real editions, and the samples' words found in them."""
    ours = set()
    for sample in EDITIONS:
        for entry in parsed(sample.official_list, sample.folder):
            for text in prose(entry):
                ours |= runs(text)
    names, theirs = defaultdict(set), set()
    for key, editions in FACTS.items():
        for edition in editions:
            for entry in parsed(key, real_lists / edition):
                name = as_compared(entry.names[0].full) if entry.names else ""
                names[key, entry.reference].add(name)
                for each in entry.identifiers:
                    if each.label == "UK Sanctions List reference":
                        names["uk-sanctions-list", each.value].add(name)
                for text in prose(entry):
                    theirs |= runs(text) & ours
    return names, theirs


@pytest.mark.real_lists
@pytest.mark.parametrize(
    "sample",
    [each for each in EDITIONS if AS_ON.get(each.official_list, each.official_list) in FACTS],
    ids=lambda sample: sample.name,
)
def test_every_reference_stands_on_the_real_list_under_the_same_name(sample, real):
    names, _shared = real
    key = AS_ON.get(sample.official_list, sample.official_list)
    for entry in parsed(sample.official_list, sample.folder):
        assert as_compared(entry.names[0].full) in names.get((key, entry.reference), ()), (
            f"{entry.reference}: {entry.names[0].full}"
        )


@pytest.mark.real_lists
def test_reasons_are_our_own_words(real):
    _names, shared = real
    assert shared == set()
