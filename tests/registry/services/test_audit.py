"""The trail is written with what it tells of, and the database lets nobody change it."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from registry.domain.trail import Action, Actor
from registry.services import audit
from registry.store import trail
from registry.store.database import writing
from registry.store.tables import FactRow, TrailRow
from registry.store.trail import Sought

ANNA = Actor("anna", "192.0.2.1")


def fill(engine, count=3, **more):
    for number in range(count):
        with writing(engine) as session:
            audit.act_as(session, ANNA)
            audit.record(session, Action.JUDGED, f"judgement:{number}", verdict="sämé", **more)


def faults(engine):
    with Session(engine) as session:
        return list(audit.faults(session))


def test_what_is_recorded_says_who_what_when_and_from_where(database):
    fill(database, 1)
    with Session(database) as session:
        (entry,) = trail.every(session)
        assert (entry.actor, entry.action, entry.object) == (ANNA, "judged", "judgement:0")
        assert entry.detail == '{"verdict":"s\\u00e4m\\u00e9"}'
        assert str(audit.head(session)) == f"1:{entry.hash}"
    assert faults(database) == []


def test_an_act_that_fails_leaves_no_entry(database):
    fill(database)
    with Session(database) as session:
        audit.record(session, Action.JUDGED, "judgement:9")
        session.rollback()
    fill(database, 1)
    with Session(database) as session:
        assert trail.head(session).count == 4
    assert faults(database) == []


def test_several_entries_of_one_act_follow_each_other(database):
    with writing(database) as session:
        for number in range(4):
            audit.record(session, Action.JUDGED, f"judgement:{number}")
    assert faults(database) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trail SET actor = 'boris' WHERE number = 2",
        "UPDATE trail SET actor = actor",
        "DELETE FROM trail WHERE number = 2",
        "DELETE FROM trail",
    ],
)
def test_the_database_refuses_to_alter_or_delete_an_entry(database, statement):
    fill(database)
    with pytest.raises(DBAPIError, match="only added to"), database.begin() as connection:
        connection.execute(text(statement))
    assert faults(database) == []


def test_an_entry_is_not_replaced_by_another_way(database):
    fill(database)
    replacing = {
        "sqlite": "INSERT OR REPLACE INTO trail SELECT * FROM trail WHERE number = 2",
        "postgresql": "TRUNCATE trail",
    }[database.dialect.name]
    with pytest.raises(DBAPIError, match="only added to"), database.begin() as connection:
        connection.execute(text(replacing))


def without_triggers(database, *statements):
    """As somebody would who may do everything in the database."""
    dropping = {
        "sqlite": ("DROP TRIGGER trail_is_not_altered", "DROP TRIGGER trail_is_not_deleted"),
        "postgresql": ("DROP TRIGGER trail_is_only_added_to ON trail",),
    }[database.dialect.name]
    with database.begin() as connection:
        for each in (*dropping, *statements):
            connection.execute(text(each))


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE trail SET actor = 'boris' WHERE number = 2", "Entry 2 was altered."),
        ("UPDATE trail SET address = '' WHERE number = 3", "Entry 3 was altered."),
        ("DELETE FROM trail WHERE number = 2", "Entries 2 to 2 are missing."),
        ("DELETE FROM trail WHERE number = 3", "Entries 3 to 3 are missing at the end."),
        ("DELETE FROM trail", "Entries 1 to 3 are missing at the end."),
    ],
)
def test_whoever_may_do_everything_in_the_database_is_found_out(database, statement, fault):
    fill(database)
    without_triggers(database, statement)
    assert faults(database) == [fault]


def test_a_tail_cut_off_together_with_the_kept_head_is_found_by_a_head_noted_elsewhere(database):
    """Whoever cuts off both leaves a trail that agrees with itself: `registry audit verify` is to
    be given back the head that it printed before."""
    fill(database)
    with Session(database) as session:
        noted = audit.head(session)
        second = list(trail.every(session))[1]
    without_triggers(database, "DELETE FROM trail WHERE number = 3")
    with Session(database) as session, session.begin():
        kept = session.get_one(FactRow, trail.HEAD)
        kept.value = {"count": second.number, "hash": second.hash}
    assert faults(database) == []
    with Session(database) as session:
        assert list(audit.faults(session, [noted])) == ["Entry 3, which was noted, is missing."]


def test_entries_on_what_is_marked_do_not_exist_for_auditors_whom_it_is_not_released_to(database):
    fill(database, 1)
    with writing(database) as session:
        audit.record(session, Action.MARKED_READ, "proposal:1", released_to=["US", "CA"])
        audit.record(session, Action.MARKED_READ, "proposal:2", released_to=[])
        audit.record(session, Action.MARKED_READ, "proposal:3", released_to=['ngo:a"US"'])

    def seen(reader):
        with Session(database) as session:
            sought = Sought(reader and frozenset(reader))
            found = [each.object for each in trail.page(session, sought)]
            assert trail.count(session, sought) == len(found)
            return found

    assert seen({"US"}) == ["proposal:1", "judgement:0"]
    assert seen({"EU"}) == ["judgement:0"]
    assert seen({"EU", "CA"}) == ["proposal:1", "judgement:0"]
    assert len(seen(None)) == 4


def test_entries_are_found_by_actor_action_object_and_time(database):
    fill(database, 2)
    with writing(database) as session:
        audit.record(session, Action.EXPORTED, "judgement_file:1")
    with Session(database) as session:

        def found(**sought):
            return [each.number for each in trail.page(session, Sought(**sought))]

        assert found(actor="anna") == [2, 1]
        assert found(action="exported") == [3]
        assert found(object="judgement") == [2, 1]
        assert found(object="judgement:1") == [2]
        first = session.scalars(select(TrailRow.at).where(TrailRow.number == 2)).one()
        assert found(until=first) == [1]
        assert found(since=first) == [3, 2]
