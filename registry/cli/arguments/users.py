"""Commands that keep accounts."""

from argparse import ArgumentParser

from registry.cli.arguments.command import PARTNERS, Group, actions, command, rows_format
from registry.domain.account import NGO_PREFIX, SECRETARIAT, Role


def declare(commands: Group) -> None:
    group = actions(commands, "user", "Keep the accounts of those who sign in.")

    added = _named(command(group, "add", "users:add", "Add an account."))
    added.add_argument("--shown-name", required=True, metavar="TEXT", help="what colleagues read")
    added.add_argument(
        "--affiliation",
        required=True,
        metavar="WHO",
        help=f"{', '.join(PARTNERS)}, {SECRETARIAT}, or {NGO_PREFIX}NAME",
    )
    _with_roles(added)
    _with_password(added)
    rows_format(command(group, "list", "users:list_", "Show every account."))
    _with_roles(_named(command(group, "roles", "users:roles", "Set an account's roles.")))
    _with_password(
        _named(command(group, "password", "users:password", "Set an account's password."))
    )
    disabled = command(group, "disable", "users:disable", "Let an account sign in no more.")
    disabled.add_argument("name", metavar="NAME", nargs="?", help="what they sign in with")
    disabled.add_argument("--demo", action="store_true", help="all those of the demonstration")
    disabled.set_defaults(misused=disabled.error)
    _named(command(group, "enable", "users:enable", "Let an account sign in again."))


def _named(of: ArgumentParser) -> ArgumentParser:
    of.add_argument("name", metavar="NAME", help="what they sign in with")
    return of


def _with_roles(of: ArgumentParser) -> None:
    of.add_argument(
        "--role",
        action="append",
        required=True,
        choices=[each.value for each in Role],
        help="several give all of them",
    )


def _with_password(of: ArgumentParser) -> None:
    of.add_argument(
        "--password-stdin", action="store_true", help="read it from there; else it is asked for"
    )
