"""One command, and the options that several share."""

from argparse import ArgumentParser
from typing import Any, Protocol

from registry.cli.arguments.values import positive

PARTNERS = ("US", "EU", "UK", "CA", "UN", "AU")


class Group(Protocol):
    """Where commands are added: what `add_subparsers` returns."""

    def add_parser(self, name: str, **settings: Any) -> ArgumentParser: ...


class Arguments(Protocol):
    """Where arguments are added: a parser, or a group of arguments of which one is given."""

    def add_argument(self, *names: str, **settings: Any) -> Any: ...


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


def subject(of: Arguments, name: str = "subject") -> None:
    of.add_argument(name, metavar="SUBJECT_ID", help="as `registry search NAME` shows it")


def listing(of: Arguments, name: str = "listing", **settings: Any) -> None:
    of.add_argument(
        name, metavar="LIST:REF", help="for example uk-sanctions-list:RUS0251", **settings
    )


def form(of: ArgumentParser, *forms: str) -> None:
    """In which form the answer is printed; the first is the usual one."""
    of.add_argument("--format", choices=forms, default=forms[0], help=f"of the answer ({forms[0]})")


def rows_format(of: ArgumentParser) -> None:
    form(of, "table", "csv", "json")


def on_record(of: ArgumentParser) -> None:
    """Who does it, and why: kept with what is done."""
    of.add_argument("--reason", required=True, metavar="TEXT", help="partners will read it")
    of.add_argument(
        "--reviewer", metavar="NAME", help="who does it (REGISTRY_REVIEWER; default: the user here)"
    )


def withdrawal(of: ArgumentParser) -> None:
    of.add_argument("id", type=positive, metavar="ID", help="as the list shows it")
    on_record(of)
