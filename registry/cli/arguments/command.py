"""One command, and the options that several share."""

from argparse import ArgumentParser
from typing import Any, Protocol

from registry.cli.arguments.values import positive

PARTNERS = ("US", "EU", "UK", "CA", "UN", "AU")


class Group(Protocol):
    """Where commands are added: what `add_subparsers` returns."""

    def add_parser(self, name: str, **settings: Any) -> ArgumentParser: ...


def command(group: Group, name: str, run: str, about: str, **settings: Any) -> ArgumentParser:
    """Add a command. `run` is MODULE:FUNCTION within `registry.cli`: what it does."""
    made = group.add_parser(name, help=about, description=about)
    made.add_argument(
        "--database",
        metavar="URL",
        help="the database (REGISTRY_DATABASE_URL; default: SQLite under var/)",
        **settings,
    )
    made.set_defaults(run=f"registry.cli.{run}")
    return made


def actions(group: Group, name: str, about: str) -> Group:
    """Add a command that is a group of others."""
    made = group.add_parser(name, help=about)
    return made.add_subparsers(metavar="ACTION", required=True)


def rows_format(of: ArgumentParser) -> None:
    of.add_argument("--format", choices=("table", "csv", "json"), default="table")


def act(of: ArgumentParser) -> None:
    """Who acts, and why."""
    of.add_argument("--reason", required=True, metavar="TEXT", help="partners will read it")
    of.add_argument(
        "--reviewer", metavar="NAME", help="who judges (REGISTRY_REVIEWER; default: the user here)"
    )


def withdrawal(of: ArgumentParser) -> None:
    of.add_argument("id", type=positive, metavar="ID")
    act(of)
