"""Commands that keep accounts."""

import getpass
import sys
from argparse import Namespace

from exports import account_columns
from registry.cli import deliver, opened, printing
from registry.cli.acting import now
from registry.cli.failure import Failure
from registry.domain.account import Role
from registry.services import accounts, demo_accounts
from registry.store import accounts as stored


def add(options: Namespace) -> int:
    opened.check(options)
    password = _password(options)
    with opened.writing(options) as session:
        account = accounts.add(
            session,
            options.name,
            options.shown_name,
            options.affiliation,
            _roles(options),
            password,
            now(),
        )
    print(f"account {account.name} is added: {account.affiliation}, {_listed(account.roles)}")
    return 0


def list_(options: Namespace) -> int:
    with opened.reading(options) as session:
        rows = stored.everybody(session)
        deliver.print_rows(session, options, account_columns.ACCOUNTS, rows, "Accounts")
    return 0


def roles(options: Namespace) -> int:
    with opened.writing(options) as session:
        account = accounts.set_roles(session, options.name, _roles(options))
    print(f"account {account.name}: {_listed(account.roles)}")
    return 0


def password(options: Namespace) -> int:
    with opened.reading(options) as session:
        name = accounts.get(session, options.name).name
    new = _password(options)
    with opened.writing(options) as session:
        accounts.set_password(session, name, new)
    print(f"account {name} has another password, and its sign-ins have ended")
    return 0


def disable(options: Namespace) -> int:
    if options.demo is bool(options.name):
        options.misused("give the name of an account, or --demo")
    with opened.writing(options) as session:
        if options.demo:
            count = demo_accounts.disable(session, now())
            print(f"{count} accounts of the demonstration are disabled")
        else:
            account = accounts.disable(session, options.name, now())
            print(f"account {account.name} is disabled, and its sign-ins have ended")
    return 0


def enable(options: Namespace) -> int:
    with opened.writing(options) as session:
        account = accounts.enable(session, options.name)
    print(f"account {account.name} may sign in again")
    return 0


def _password(options: Namespace) -> str:
    """Never an argument: others on the machine could read it."""
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise Failure("no terminal to ask for a password: send it to --password-stdin")
    typed = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != typed:
        raise Failure("the two passwords are not the same")
    return typed


def _roles(options: Namespace) -> frozenset[Role]:
    return frozenset(map(Role, options.role))


def _listed(of: frozenset[Role]) -> str:
    return ", ".join(sorted(of))


def warn_of_demo(options: Namespace) -> None:
    """Make the demonstration's accounts in a registry without any, and say what they are."""
    with opened.writing(options) as session:
        demo_accounts.make(session, now())
        found = demo_accounts.enabled(session)
    if not found:
        return
    names = ", ".join(each.name for each in found)
    printing.say(
        "registry: WARNING: this is a demonstration. Everybody knows the password of these "
        f"accounts, which work on this machine only:\n  {names}\n  password: "
        f"{demo_accounts.PASSWORD}\n  Enter nothing real. "
        "`registry user disable --demo` ends them."
    )
