"""Moving a registry into another database."""

import pytest
from alembic import command
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from registry.cli import main
from registry.domain.account import Account, Role
from registry.domain.evidence import Evidence, EvidenceKind
from registry.domain.handling import mark
from registry.services import relocate, substantiate
from registry.store import accounts, release, schema
from registry.store.database import UnusableDatabase, connect, migrating, writing
from registry.store.schema import upgrade
from registry.store.tables import Base, SubjectRow
from tests.registry.services.proposing import EU, NOW, UK, filled

ITEM = Evidence(EvidenceKind.DOCUMENT, "A paper", "What it says")


@pytest.fixture
def source(tmp_path):
    """A registry in SQLite, whatever the tests run on."""
    engine = connect(f"sqlite:///{tmp_path}/from.db")
    upgrade(engine)
    world = filled(engine, tmp_path / "archive")
    made = world.circulated()
    world.do(substantiate.add, "us", made.id, ITEM, mark("US"), NOW)
    world.reconcile({f"{EU}:EU.1", f"{UK}:MMR9"})  # one subject is merged into another
    yield engine
    engine.dispose()


def rows(engine):
    """By table, all of its rows."""
    with Session(engine) as session:
        return {
            table.name: sorted(map(repr, session.execute(select(table))))
            for table in Base.metadata.sorted_tables
        }


def moved(source, target):
    with Session(source) as old, writing(target) as new:
        return relocate.copy(old, new)


def test_every_row_comes_out_as_it_was_with_its_number(source, database):
    with Session(source) as session:
        assert session.scalars(select(SubjectRow.merged_into)).all().count(None) < 5
    count, head = moved(source, database)
    found = rows(database)
    assert found == rows(source)
    assert count == sum(map(len, found.values()))
    assert head.count == len(found["trail"]) > 0


def test_what_was_moved_there_and_back_is_what_it_was(source, database, tmp_path):
    moved(source, database)
    back = connect(f"sqlite:///{tmp_path}/back.db")
    upgrade(back)
    moved(database, back)
    assert rows(back) == rows(source)
    back.dispose()


def test_what_comes_after_the_move_is_numbered_on(source, database):
    moved(source, database)
    with writing(database) as session:
        taken = {each.id for each in accounts.everybody(session)}
        new = Account(0, "new", "New", "UK", frozenset({Role.READER}))
        assert accounts.add(session, new, "hash", NOW).id not in taken


def test_a_database_that_holds_something_is_not_copied_into(source, database):
    moved(source, database)
    before = rows(database)
    with pytest.raises(UnusableDatabase, match="not empty"):
        moved(source, database)
    assert rows(database) == before


def test_a_trail_that_is_not_whole_is_not_carried_over(source, database):
    with source.begin() as connection:
        connection.execute(text("DROP TRIGGER trail_is_not_altered"))
        connection.execute(text("UPDATE trail SET object = 'another' WHERE number = 1"))
    with pytest.raises(UnusableDatabase, match="trail is not whole"):
        moved(source, database)
    assert not any(each for name, each in rows(database).items() if name != "fact")


def test_one_command_makes_the_new_database_and_copies(source, database_url, capsys, monkeypatch):
    monkeypatch.setenv("REGISTRY_ARCHIVE", "kept-here")
    assert main(["copy", "--database", str(source.url), database_url]) == 0
    out, err = capsys.readouterr()
    assert "rows copied to" in out
    assert "REGISTRY_ARCHIVE=kept-here" in err
    assert main(["audit", "verify", "--database", database_url]) == 0


def test_an_earlier_release_at_the_new_place_is_not_upgraded_on_the_way(
    source, database_url, capsys
):
    engine = connect(database_url)
    with migrating(engine) as connection:
        command.upgrade(schema._config(connection), schema.FIRST)
    assert main(["copy", "--database", str(source.url), database_url]) == 1
    assert "made by an earlier release" in capsys.readouterr().err
    with engine.connect() as connection:
        assert release.stamp(connection) == schema.FIRST
    engine.dispose()


def test_nothing_is_made_where_there_is_nothing_to_copy(tmp_path, capsys):
    old, new = (f"sqlite:///{tmp_path}/{name}.db" for name in ("old", "new"))
    assert main(["copy", "--database", old, new]) == 1
    assert "no registry at" in capsys.readouterr().err
    assert not (tmp_path / "new.db").exists()
