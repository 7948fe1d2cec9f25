"""The tables of one release become those of the next, and nothing is lost on the way."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, insert, inspect, select, text

from registry.app import create_app
from registry.cli import main
from registry.config import Config
from registry.store import release, schema
from registry.store.columns import Moment
from registry.store.database import UnusableDatabase, connect, migrating
from registry.store.tables import Base
from tests.registry.store.test_database import NOON

STEPS = release.steps()


@pytest.fixture
def empty(database_url):
    engine = connect(database_url)
    yield engine
    engine.dispose()


def up_to(engine, step, *, stamped=True):
    with migrating(engine) as connection:
        command.upgrade(schema._config(connection), step)
        if not stamped:
            connection.execute(text("DROP TABLE alembic_version"))


def fill(engine):
    """A row in every table that is there."""
    values = {str: "1", int: 1, bool: True, float: 1.5, bytes: b"\x00x", date: date(2026, 5, 1)}
    with engine.begin() as connection:
        for table, columns in shared_columns(connection):
            row = {each.name: values.get(python_type(each), ["a"]) for each in columns}
            row |= {each.name: NOON for each in columns if isinstance(each.type, Moment)}
            connection.execute(insert(table).values(row))


def python_type(column):
    return list if isinstance(column.type, JSON) else column.type.python_type


def shared_columns(connection):
    """Each table of this release that is there, with those of its columns that are."""
    inspector = inspect(connection)
    for table in Base.metadata.sorted_tables:
        if inspector.has_table(table.name):
            there = {each["name"] for each in inspector.get_columns(table.name)}
            yield table, [each for each in table.columns if each.name in there]


def held(engine):
    with engine.connect() as connection:
        return {
            table.name: [dict(row._mapping) for row in connection.execute(select(*columns))]
            for table, columns in shared_columns(connection)
        }


def test_the_steps_end_in_exactly_the_tables_of_this_release(empty):
    schema.upgrade(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []


def test_the_steps_are_one_chain_in_the_order_of_their_files():
    scripts = ScriptDirectory(str(release.MIGRATIONS))
    steps = list(scripts.walk_revisions())
    assert len(scripts.get_heads()) == 1
    assert not any(each.is_branch_point for each in steps)
    assert [each.revision for each in reversed(steps)] == release.steps()


@pytest.mark.parametrize(
    ("step", "stamped"),
    [
        pytest.param(schema.FIRST, False, id="of the release before stamps"),
        *(pytest.param(step, True, id=step) for step in STEPS),
    ],
)
def test_an_upgrade_of_a_filled_registry_loses_nothing(empty, step, stamped):
    up_to(empty, step, stamped=stamped)
    fill(empty)
    before = held(empty)
    assert len(before) > 15
    assert all(before.values())
    schema.upgrade(empty)
    release.check(empty)
    after = held(empty)
    for table, rows in before.items():
        kept = [{name: row[name] for name in rows[0]} for row in after[table]]
        assert all(row in kept for row in rows), table


def test_an_upgrade_may_be_asked_for_again(database):
    schema.upgrade(database)
    release.check(database)


def test_two_processes_that_make_one_registry_at_once_make_it_once(database_url):
    def make(_):
        engine = connect(database_url)
        schema.upgrade(engine)
        release.check(engine)
        engine.dispose()

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(make, range(3)))


def test_an_upgrade_that_fails_leaves_the_registry_as_it_was(empty, monkeypatch):
    def fail(config, _head, really=command.upgrade):
        really(config, schema.FIRST)
        raise RuntimeError

    monkeypatch.setattr("registry.store.schema.command.upgrade", fail)
    with pytest.raises(RuntimeError):
        schema.upgrade(empty)
    with empty.connect() as connection:
        assert inspect(connection).get_table_names() == []


def test_tables_of_no_release_are_left_alone_and_named(empty):
    up_to(empty, schema.FIRST, stamped=False)
    with empty.begin() as connection:
        connection.execute(text('ALTER TABLE judgement DROP COLUMN "reason"'))
    with pytest.raises(UnusableDatabase, match="table judgement"):
        schema.upgrade(empty)
    with empty.connect() as connection:
        assert not inspect(connection).has_table("alembic_version")


def test_a_registry_of_an_earlier_release_is_refused_with_the_remedy(empty, database_url, capsys):
    up_to(empty, schema.FIRST, stamped=False)
    assert main(["lists", "--database", database_url]) == 1
    said = capsys.readouterr().err
    assert "earlier release" in said
    assert "registry init" in said
    assert main(["init", "--database", database_url]) == 0
    assert main(["lists", "--database", database_url]) == 0


def test_a_registry_of_a_later_release_is_refused_and_not_touched(database, tmp_path, capsys):
    with database.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    url = database.url.render_as_string(hide_password=False)
    for arguments in (["init"], ["lists"], ["serve"]):
        assert main([*arguments, "--database", url]) == 1
        assert "later release" in capsys.readouterr().err
    with pytest.raises(UnusableDatabase, match="later release"):
        create_app(Config(url, tmp_path, "the desk"))
    with database.connect() as connection:
        stamp = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    assert stamp == "9999"
