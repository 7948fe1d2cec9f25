"""The roles that lists state are found once for each version of a listing."""

from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry.domain.roles import Role
from registry.services import assess, ingest, listed_roles, resolve
from registry.store.archive import Archive
from registry.store.tables import StatedRolesRow
from tests.factories import keep_edition, listing

UK = "uk-sanctions-list"
TODAY = date(2026, 5, 20)


@pytest.fixture
def session(database, tmp_path):
    with Session(database) as session:
        for day, function in ((1, "Commander of the Example Brigade"), (10, "Clerk")):
            said = listing(UK, "MMR0001", "Aung EXAMPLE", "Myanmar", functions=(function,))
            keep_edition(session, Archive(tmp_path), UK, date(2026, 5, day), [said])
        resolve.reconcile(session)
        yield session


def roles_on(session, day):
    (subject,) = listed_roles.filled(session, assess.assess(session, day, TODAY)).subjects
    return subject.roles


def kept(session):
    return session.scalars(select(StatedRolesRow.roles)).all()


def test_a_role_is_that_of_the_edition_of_the_day(session):
    assert roles_on(session, TODAY) == frozenset()
    assert roles_on(session, date(2026, 5, 5)) == {Role.COMMANDER}


def test_what_a_reconcile_kept_is_not_found_anew(session):
    assert kept(session) == [""]
    session.execute(update(StatedRolesRow).values(roles=Role.FINANCIER))
    assert roles_on(session, TODAY) == {Role.FINANCIER}


def test_what_other_rules_found_is_not_used_and_is_found_anew(session):
    session.execute(update(StatedRolesRow).values(roles=Role.FINANCIER, made_by="another"))
    assert roles_on(session, TODAY) == frozenset()
    resolve.reconcile(session)
    assert kept(session) == [""]


def test_only_the_newest_version_of_a_listing_is_kept(session, tmp_path):
    said = listing(UK, "MMR0001", "Aung EXAMPLE", "Myanmar", functions=("Commander of the guard",))
    edition = keep_edition(session, Archive(tmp_path), UK, date(2026, 5, 15), [said])
    resolve.reconcile(session)
    assert kept(session) == [Role.COMMANDER]
    ingest.withdraw_edition(session, edition.id, "a test")
    resolve.reconcile(session)
    assert kept(session) == [""]
