"""Fixtures that every room's tests may use."""

import os
from pathlib import Path

import pytest

from tests.databases import Databases

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "lists"


def pytest_collection_modifyitems(items):
    """Mark what runs on the database that REGISTRY_TEST_DATABASE_URL gives."""
    for item in items:
        if {"databases", "lasting_databases"}.intersection(item.fixturenames):
            item.add_marker("database")


@pytest.fixture(scope="session")
def real_lists() -> Path:
    """The folder of real editions; where it is required, its absence is a failure."""
    folder = Path(os.environ.get("REGISTRY_REAL_LISTS") or BESIDE)
    if not folder.is_dir():
        if os.environ.get("REGISTRY_REQUIRE") == "1":
            pytest.fail(f"real lists are required, but {folder} is not there")
        pytest.skip(f"no real lists at {folder}")
    return folder


@pytest.fixture
def databases(tmp_path_factory):
    """Fresh databases, as many as the test asks for."""
    made = Databases(lambda: tmp_path_factory.mktemp("database"))
    yield made
    made.close()


@pytest.fixture
def database(databases):
    """The engine of a fresh database with empty tables."""
    return databases.open()


@pytest.fixture
def database_url(databases):
    """The URL of a fresh database without tables."""
    return databases.url()


@pytest.fixture(scope="session")
def lasting_databases(tmp_path_factory):
    """Fresh databases that last as long as the session."""
    made = Databases(lambda: tmp_path_factory.mktemp("database"))
    yield made
    made.close()
