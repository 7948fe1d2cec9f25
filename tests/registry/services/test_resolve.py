"""Reconciling with what an earlier run kept comes to what it comes to without."""

import random
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from registry.domain.partial_date import day
from registry.services import ingest, resolve
from registry.store import found_pairs, judgements, scores, subjects
from registry.store.archive import Archive
from registry.store.database import revision
from registry.store.tables import EntryRow, FactRow, ProfileRow, VersionRow
from tests.factories import keep_edition, listing

UK, US, EU = "uk-sanctions-list", "us-ofac-sdn", "eu-fsf"
CODES = {UK: "GB-MYA", US: "BURMA", EU: "EU-MMR"}
FIRST = date(2026, 1, 10)
NAMES = (
    "Kyaw Zaw Thant", "THANT, Kyaw Zaw", "Kyaw Zaw", "Evgeny Prikhodko",
    "PRIKHODKO, Yevgeniy Viktorovich", "Prikhodko Viktor", "Mayflower Trading", "May Flower Trade",
)  # fmt: skip
BIRTHS = ((), (day(date(1958, 3, 2)),), (day(date(1961, 6, 1)),))


class Registry:
    """One registry; each call is a transaction of its own."""

    def __init__(self, engine, folder):
        self.engine, self.archive = engine, Archive(folder)

    def keep(self, official_list, dated, *listings):
        with Session(self.engine) as session, session.begin():
            return keep_edition(session, self.archive, official_list, dated, listings).id

    def withdraw(self, edition_id):
        with Session(self.engine) as session, session.begin():
            ingest.withdraw_edition(session, edition_id, "a test")

    def reconcile(self, **how):
        with Session(self.engine) as session, session.begin():
            return resolve.reconcile(session, **how)

    def change(self, statement):
        with Session(self.engine) as session, session.begin():
            session.execute(statement)

    def kept(self):
        """What is stored of matching, all of it."""
        with Session(self.engine) as session:
            members = {key: subject for key, (subject, _) in subjects.members(session).items()}
            return members, set(found_pairs.every(session)), scores.load(session)

    def profiles(self):
        with Session(self.engine) as session:
            rows = session.scalars(select(ProfileRow)).all()
            return {each.version_id: (each.made_by, each.profile) for each in rows}

    def versions(self, edition_id):
        with Session(self.engine) as session:
            return set(
                session.scalars(
                    select(EntryRow.version_id).where(EntryRow.edition_id == edition_id)
                )
            )

    def revision(self):
        with Session(self.engine) as session:
            return revision(session)


def party(official_list, reference, name, **more):
    return listing(official_list, reference, name, CODES[official_list], **more)


@pytest.fixture
def new_registry(databases, tmp_path):
    return lambda: Registry(databases.open(), tmp_path / "archive")


@pytest.fixture
def registry(new_registry):
    return new_registry()


@pytest.fixture
def reconciled(registry):
    """One person on two lists, of which the one with the larger keys came first."""
    registry.keep(US, FIRST, party(US, "1", "THANT, Kyaw Zaw", birth_dates=BIRTHS[1]))
    registry.keep(UK, FIRST, party(UK, "MYA1", "Kyaw Zaw Thant", birth_dates=BIRTHS[1]))
    registry.reconcile()
    return registry


@pytest.mark.parametrize("seed", range(4))
def test_any_sequence_of_editions_is_reconciled_as_without_what_was_kept(new_registry, seed):
    """Editions come late, amend, delist, bring back and are withdrawn."""
    keeping, forgetting = new_registry(), new_registry()
    seeded = random.Random(seed)
    editions = []
    for number in range(12):
        if editions and seeded.random() < 0.25:
            gone = editions.pop(seeded.randrange(len(editions)))
            for each in (keeping, forgetting):
                each.withdraw(gone)
        else:
            official_list = seeded.choice((UK, US, EU))
            dated = FIRST + timedelta(days=7 * number - seeded.choice((0, 0, 30)))
            held = [
                party(
                    official_list,
                    str(place),
                    seeded.choice(NAMES),
                    birth_dates=seeded.choice(BIRTHS),
                )
                for place in seeded.sample(range(9), 5)
            ]
            ids = {each.keep(official_list, dated, *held) for each in (keeping, forgetting)}
            editions.extend(ids)
            assert len(ids) == 1
        keeping.reconcile()
        forgetting.change(delete(ProfileRow))
        forgetting.change(delete(FactRow).where(FactRow.key == judgements.APPLIED))
        forgetting.reconcile()
        assert keeping.kept() == forgetting.kept()


def test_what_another_state_of_matching_kept_is_not_used(reconciled):
    sound = reconciled.profiles()
    reconciled.change(update(ProfileRow).values(made_by="another", profile=b"unreadable"))
    before = reconciled.kept()
    reconciled.reconcile()
    assert reconciled.kept() == before
    assert reconciled.profiles() == sound


def test_scores_of_another_state_of_matching_are_made_anew(reconciled):
    sound = reconciled.kept()
    reconciled.change(update(scores.ScoreRow).values(score=-0.5))
    reconciled.reconcile()
    assert reconciled.kept() != sound  # an incremental run goes on from what is stored
    reconciled.change(update(FactRow).where(FactRow.key == scores.MADE_BY).values(value="another"))
    reconciled.reconcile()
    assert reconciled.kept() == sound


def test_reconciling_again_writes_nothing(reconciled):
    before = reconciled.kept(), reconciled.profiles(), reconciled.revision()
    for how in ({}, {"full": True}):
        assert reconciled.reconcile(**how).changed == 0
        assert (reconciled.kept(), reconciled.profiles(), reconciled.revision()) == before


def test_only_what_listings_say_now_is_kept_prepared(reconciled):
    amended = reconciled.keep(
        US, FIRST + timedelta(days=1), party(US, "1", "THANT, Kyaw Zaw Min", birth_dates=BIRTHS[1])
    )
    reconciled.reconcile()
    with Session(reconciled.engine) as session:
        every = set(session.scalars(select(VersionRow.id)))
    assert len(every) == 3
    assert len(reconciled.profiles()) == 2
    assert reconciled.versions(amended) <= reconciled.profiles().keys()


def test_a_delisted_party_keeps_the_version_of_the_last_edition_that_held_it(registry):
    registry.keep(UK, FIRST, party(UK, "1", "Kyaw Zaw Thant"), party(UK, "2", "Someone Else"))
    second = registry.keep(UK, FIRST + timedelta(days=7), party(UK, "1", "Kyaw Zaw Thant Min"))
    last = registry.keep(UK, FIRST + timedelta(days=14), party(UK, "2", "Someone Else"))
    registry.keep(UK, FIRST + timedelta(days=3), party(UK, "1", "Kyaw Zaw"))
    with Session(registry.engine) as session:
        latest = {each.key: each.version_id for each in subjects.latest_listings(session)}
    assert {latest[f"{UK}:1"]} == registry.versions(second)
    assert {latest[f"{UK}:2"]} == registry.versions(last)


def test_processes_make_no_difference(new_registry):
    one, several = new_registry(), new_registry()
    for registry, workers in ((one, 1), (several, 3)):
        for official_list in (UK, US):
            registry.keep(
                official_list,
                FIRST,
                *(
                    party(official_list, str(number), f"{NAMES[number % 8]} {number // 16}")
                    for number in range(1200)
                ),
            )
        registry.reconcile(workers=workers)
    assert one.kept() == several.kept()
    assert one.profiles() == several.profiles()
