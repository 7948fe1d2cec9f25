"""Who acts at the command line, and when."""

import getpass
import os
from argparse import Namespace
from datetime import UTC, datetime


def reviewer(options: Namespace) -> str:
    """Whose name stands on record: as given, by the environment, or the user of this machine."""
    return options.reviewer or os.environ.get("REGISTRY_REVIEWER") or getpass.getuser()


def now() -> datetime:
    return datetime.now(UTC)
