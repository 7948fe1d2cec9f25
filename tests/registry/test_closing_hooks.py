"""Whoever reconciles, a command or the worker, brings the proposals up to date with the lists."""

from datetime import date

import pytest

from registry import cli, worker
from registry.domain.position import Status
from registry.services import jobs
from registry.store.archive import Archive
from registry.store.database import writing
from registry.store.incoming import Incoming
from tests.queues import work_off
from tests.registry.services.proposing import EU, NOW, filled, person


@pytest.fixture
def world(database, tmp_path):
    return filled(database, tmp_path / "archive")


@pytest.fixture
def delisted(world):
    """A proposal whose subject the EU's newest edition, not reconciled yet, names no more."""
    made = world.circulated()
    world.keep(EU, date(2026, 5, 18), person(EU, "EU.2", "Somebody ELSE"))
    return made


def status(world, made):
    return world.positions("us", made.id)[world.ask("EU")].value.status


def test_the_command_reopens_what_the_lists_show_no_more(world, delisted, capsys):
    assert status(world, delisted) is Status.DESIGNATED
    url = world.engine.url.render_as_string(hide_password=False)
    assert cli.main(["reconcile", "--database", url]) == 0
    assert status(world, delisted) is Status.NOT_ASSESSED
    assert "0 became designated, 1 reopened" in capsys.readouterr().err


def test_the_worker_reopens_what_the_lists_show_no_more(world, delisted, tmp_path):
    shop = worker.Workshop(
        world.engine, Archive(tmp_path / "archive"), Incoming(tmp_path / "incoming"), lambda: NOW
    )
    queue = worker.listen(shop)
    with writing(world.engine) as session:
        jobs.ask_to_reconcile(session, "us", NOW)
    (done,) = work_off(queue)
    assert status(world, delisted) is Status.NOT_ASSESSED
    # All who work inside read it, and few may know of the proposal.
    assert done.message == "5 listings (1 new or amended) are 5 subjects; 0 pairs await review."
