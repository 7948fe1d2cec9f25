from datetime import UTC, date, datetime
from itertools import permutations

import pytest
from sqlalchemy.orm import Session

from importers.base import Refused
from importers.source import from_bytes
from registry.domain.official_list import EditionState
from registry.services import ingest
from registry.store import changes, codec, editions, queries
from registry.store.archive import Archive
from registry.store.database import revision

RECEIVED = datetime(2026, 11, 1, 12, tzinfo=UTC)


def record(name, item="1", country="Belarus / Bélarus", schedule="1, Part 1", listed="2020-09-28"):
    return (
        f"<record><Country>{country}</Country><LastName>{name}</LastName>"
        f"<GivenName>Ivan</GivenName><Schedule>{schedule}</Schedule><Item>{item}</Item>"
        f"<DateOfListing>{listed}</DateOfListing></record>"
    )


def canadian(*records):
    return from_bytes("sema-lmes.xml", f"<data-set>{''.join(records)}</data-set>".encode())


@pytest.fixture
def registry(database, tmp_path):
    return Registry(database, Archive(tmp_path / "archive"))


class Registry:
    """One registry with its archive; each call is a transaction of its own."""

    def __init__(self, engine, archive):
        self.engine, self.archive = engine, archive

    def receive(self, source, published="2026-01-01", accept="a test", key="ca-sema"):
        receipt = ingest.Receipt(
            RECEIVED,
            published_on=date.fromisoformat(published) if published else None,
            accepted_because=accept,
        )
        with Session(self.engine) as session, session.begin():
            return ingest.import_edition(session, self.archive, key, source, receipt)

    def changes(self):
        with Session(self.engine) as session:
            found = changes.all_of(session, changes.ChangesAsked(["ca-sema"]))
            return [
                (each.seen_on.isoformat(), each.change, each.reference, field)
                for each in sorted(found, key=lambda each: each.seen_on)
                for field in [field.field for field in each.fields] or [""]
            ]

    def summaries(self):
        with Session(self.engine) as session:
            return queries.edition_summaries(session)

    def in_force(self):
        with Session(self.engine) as session:
            newest = editions.history(session, "ca-sema")[-1]
            return newest.dated.isoformat(), newest.listings

    def revision(self):
        with Session(self.engine) as session:
            return revision(session)


FIRST = canadian(record("Alfa"), record("Bravo", "2"))
SECOND = canadian(record("Alfa"), record("Charlie", "2"), record("Bravo", "3"))
THIRD = canadian(record("Alfa"), record("Charlie", "2"))


def test_the_same_bytes_again_change_nothing(registry):
    registry.receive(FIRST)
    before = registry.revision()
    assert registry.receive(FIRST).unchanged
    assert registry.revision() == before
    assert len(registry.summaries()) == 1


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_editions_in_any_order_give_the_same_history(registry, order):
    dated = [(FIRST, "2026-01-01"), (SECOND, "2026-02-01"), (THIRD, "2026-03-01")]
    for place in order:
        registry.receive(*dated[place])
    assert registry.changes() == [
        ("2026-02-01", "listed", "Belarus|1, Part 1|2", ""),
        ("2026-02-01", "renumbered", "Belarus|1, Part 1|3", "reference"),
        ("2026-03-01", "delisted", "Belarus|1, Part 1|3", ""),
    ]
    assert registry.in_force() == ("2026-03-01", 2)


def test_an_older_edition_is_history_and_leaves_the_present_as_it_is(registry):
    registry.receive(SECOND, "2026-02-01")
    registry.receive(FIRST, "2026-01-01")
    assert registry.in_force() == ("2026-02-01", 3)


def test_a_failed_gate_quarantines_and_the_last_good_edition_stays(registry):
    registry.receive(FIRST, "2026-01-01")
    outcome = registry.receive(SECOND, "2026-02-01", accept="")
    assert outcome.quarantined
    assert "fewer than" in outcome.message
    assert registry.in_force() == ("2026-01-01", 2)
    assert registry.summaries()[0].edition.state is EditionState.QUARANTINED


def test_a_quarantined_edition_can_be_accepted_with_a_reason_that_is_kept(registry):
    registry.receive(FIRST, accept="")
    assert not registry.receive(FIRST, accept="checked with the desk").quarantined
    (summary,) = registry.summaries()
    assert summary.accepted_because == "checked with the desk"
    assert any("fewer than" in finding for finding in summary.findings)


def test_a_damaged_file_is_quarantined_whatever_reason_is_given(registry):
    registry.receive(FIRST, "2026-01-01")
    damaged = from_bytes("sema-lmes.xml", FIRST.parts[0].content[:-12])
    outcome = registry.receive(damaged, "2026-02-01", accept="it must go in")
    assert outcome.quarantined
    assert "not well-formed" in outcome.message
    assert registry.in_force() == ("2026-01-01", 2)


def test_another_list_is_refused_and_leaves_no_trace(registry):
    with pytest.raises(Refused):
        registry.receive(FIRST, key="uk-sanctions-list")
    assert registry.summaries() == []


def test_an_edition_without_a_date_counts_from_the_day_it_came(registry):
    registry.receive(FIRST, published=None)
    (summary,) = registry.summaries()
    assert summary.edition.published_on is None
    assert summary.edition.date_text == "received 1 November 2026, publisher's date unknown"
    assert registry.in_force()[0] == "2026-11-01"


def test_the_publishers_date_can_be_given_later(registry):
    registry.receive(FIRST, published=None)
    registry.receive(FIRST, published="2026-01-01")
    assert registry.in_force()[0] == "2026-01-01"


def test_a_withdrawn_edition_takes_its_changes_along(registry):
    for source, published in ((FIRST, "2026-01-01"), (SECOND, "2026-02-01"), (THIRD, "2026-03-01")):
        registry.receive(source, published)
    with Session(registry.engine) as session, session.begin():
        withdrawn = editions.history(session, "ca-sema")[1].id
        ingest.withdraw_edition(session, withdrawn, "it was a draft")
    assert registry.changes() == [
        ("2026-03-01", "listed", "Belarus|1, Part 1|2", ""),
        ("2026-03-01", "delisted", "Belarus|1, Part 1|2", ""),
    ]


def test_the_bytes_are_archived_as_they_came(registry):
    registry.receive(FIRST)
    assert registry.archive.read(FIRST.sha256) == FIRST.parts[0].content


def test_an_edition_can_be_read_and_examined_before_anything_is_written(registry):
    registry.receive(FIRST)
    edition = ingest.read("ca-sema", SECOND)
    receipt = ingest.Receipt(RECEIVED, accepted_because="a test")
    before = registry.revision()
    with Session(registry.engine) as session:
        assert not ingest.is_known(session, "ca-sema", SECOND)
        findings = ingest.examine(session, edition, receipt)
        session.commit()
    assert [each.reference for each in edition.listings] == [
        "Belarus|1, Part 1|1",
        "Belarus|1, Part 1|2",
        "Belarus|1, Part 1|3",
    ]
    assert any("fewer than" in each for each in findings.failures)
    assert (registry.revision(), len(registry.summaries())) == (before, 1)
    with Session(registry.engine) as session, session.begin():
        outcome = ingest.import_edition(
            session, registry.archive, "ca-sema", SECOND, receipt, edition=edition
        )
        assert ingest.is_known(session, "ca-sema", SECOND)
    assert outcome.findings == findings.failures
    assert registry.in_force()[1] == 3


def test_a_listing_is_coded_before_anybody_waits_for_the_edition(registry, monkeypatch):
    edition = ingest.read("ca-sema", SECOND)
    for work in ("encode", "content_hash", "pack"):
        monkeypatch.delattr(codec, work)
    receipt = ingest.Receipt(RECEIVED, accepted_because="a test")
    with Session(registry.engine) as session, session.begin():
        ingest.import_edition(
            session, registry.archive, "ca-sema", SECOND, receipt, edition=edition
        )
    assert registry.in_force()[1] == 3


def test_a_damaged_file_is_read_as_broken_and_nothing_more(registry):
    edition = ingest.read("ca-sema", from_bytes("sema.xml", b"<data-set><record>"))
    with Session(registry.engine) as session:
        findings = ingest.examine(session, edition, ingest.Receipt(RECEIVED))
    assert findings.failures == (edition.broken,)
    assert edition.broken
    assert edition.entries == 0
