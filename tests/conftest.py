"""Fixtures that every room's tests may use."""

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "lists"


@pytest.fixture(scope="session")
def real_lists() -> Path:
    """The folder of real editions; where it is required, its absence is a failure."""
    folder = Path(os.environ.get("REGISTRY_REAL_LISTS") or BESIDE)
    if not folder.is_dir():
        if os.environ.get("REGISTRY_REQUIRE") == "1":
            pytest.fail(f"real lists are required, but {folder} is not there")
        pytest.skip(f"no real lists at {folder}")
    return folder
