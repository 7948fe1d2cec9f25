"""What holds on SQLite and on PostgreSQL alike."""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from threading import Event

import pytest
from sqlalchemy import make_url, select
from sqlalchemy.exc import OperationalError, StatementError
from sqlalchemy.orm import Session

from registry.cli import main
from registry.store.database import UnusableDatabase, connect, revision, shown, touch, writing
from registry.store.tables import ListingRow, RekeyingRow

YANGON = timezone(timedelta(hours=6, minutes=30))
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def rekeying(at):
    return RekeyingRow(old_key="a", new_key="b", reviewer="Anna", reason="a reason", rekeyed_at=at)


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(NOON, id="in UTC"),
        pytest.param(datetime(2026, 11, 1, 18, 30, tzinfo=YANGON), id="in the officer's zone"),
        pytest.param(NOON.replace(microsecond=123_456), id="with its microseconds"),
        pytest.param(datetime(2026, 11, 2, 3, tzinfo=YANGON), id="a day later there"),
    ],
)
def test_a_moment_comes_back_in_utc_as_the_same_moment(database, written):
    with Session(database) as session, session.begin():
        session.add(rekeying(written))
    with Session(database) as session:
        read = session.scalars(select(RekeyingRow.rekeyed_at)).one()
    assert read == written
    assert read.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(database):
    with Session(database) as session:
        session.add(rekeying(NOON.replace(tzinfo=None)))
        with pytest.raises(StatementError, match="no time zone"):
            session.flush()


def test_text_is_sorted_by_code_point_and_by_no_language(database):
    keys = ["a:2", "B:1", "a:10", "É:1", "a-b", "ab", "ä:1", "Z", "ж", "中", "a~2", "a"]
    with Session(database) as session, session.begin():
        session.add_all(ListingRow(official_list="a", key=each) for each in keys)
    with Session(database) as session:
        found = session.scalars(select(ListingRow.key).order_by(ListingRow.key)).all()
    assert found == sorted(keys)


def test_writers_at_once_wait_for_each_other_and_lose_nothing(database):
    def count_up(_):
        for _ in range(5):
            with writing(database) as session:
                revision(session)
                touch(session)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(count_up, range(4)))
    with Session(database) as session:
        assert revision(session) == 20


def test_a_reader_waits_for_no_writer_and_sees_one_state_until_it_is_done(database):
    with Session(database) as session, session.begin():
        touch(session)
    with Session(database) as reader:
        assert revision(reader) == 1
        with writing(database) as session:
            touch(session)
            session.flush()
            with Session(database) as another:
                assert revision(another) == 1
        reader.expire_all()
        assert revision(reader) == 1
    with Session(database) as session:
        assert revision(session) == 2


def test_what_was_read_before_another_write_can_not_be_written(database):
    with Session(database) as session, session.begin():
        touch(session)
    with Session(database) as late:
        assert revision(late) == 1
        with writing(database) as session:
            touch(session)
        touch(late)
        with pytest.raises(OperationalError):
            late.flush()
    with Session(database) as session:
        assert revision(session) == 2


def test_a_writer_that_waited_sees_what_the_one_before_it_wrote(database):
    holding, seen = Event(), []

    def second():
        holding.wait()
        with writing(database) as session:
            seen.append(revision(session))

    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(second)
        with writing(database) as session:
            revision(session)
            holding.set()
            touch(session)
        waiting.result()
    assert seen == [1]


def test_a_failure_while_writing_leaves_nothing(database):
    def fail():
        with writing(database) as session:
            touch(session)
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with Session(database) as session:
        assert revision(session) == 0


def test_without_its_driver_postgresql_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert main(["lists", "--database", "postgresql://someone:secret@127.0.0.1/registry"]) == 1
    said = capsys.readouterr().err
    assert "pip install 'psycopg[binary]'" in said
    assert "secret" not in said


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("mysql://someone:secret@127.0.0.1/registry", id="another server"),
        pytest.param("registry.db secret", id="a file's name"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_url_that_can_not_be_used_is_refused_without_its_secrets(url):
    with pytest.raises(UnusableDatabase, match=r"(?i)postgresql") as refused:
        connect(url)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("postgresql://ada:hunter2@127.0.0.1:port/registry", id="a port of letters"),
        pytest.param("sqlite:////dev/null/registry.db", id="a folder that can not be made"),
    ],
)
def test_a_database_that_can_not_be_is_refused_in_a_line_without_a_password(url, capsys):
    assert main(["lists", "--database", url]) == 1
    said = capsys.readouterr().err
    assert said.startswith("registry: ")
    assert "hunter2" not in said


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("postgresql://ada:hunter2@db/registry", id="before the host"),
        pytest.param("postgresql://ada@db/registry?password=hunter2", id="among the settings"),
    ],
)
def test_no_password_is_shown_with_the_address_of_a_database(url):
    assert "hunter2" not in shown(make_url(url))
    assert "db/registry" in shown(make_url(url))
