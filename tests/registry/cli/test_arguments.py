"""What the commands are declared to be, apart from what they do."""

import subprocess
import sys
from argparse import Action, ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from pkgutil import resolve_name

from registry.cli.arguments import parser


def arguments(of: ArgumentParser) -> Iterator[tuple[str, Action]]:
    for action in of._actions:
        yield of.prog, action
        if isinstance(action, _SubParsersAction):
            for each in action.choices.values():
                yield from arguments(each)


def runs(of: ArgumentParser) -> Iterator[str]:
    if name := of.get_default("run"):
        yield name
    for action in of._actions:
        if isinstance(action, _SubParsersAction):
            for each in action.choices.values():
                yield from runs(each)


def test_every_command_names_a_function_that_exists():
    named = list(runs(parser()))
    assert len(named) > 30
    assert all(callable(resolve_name(name)) for name in named)


def test_help_names_every_command_and_waits_for_no_library():
    code = (
        "import sys; from registry.cli import main\n"
        "try: main(['--help'])\n"
        "finally: print(sorted({'alembic', 'flask', 'numpy', 'openpyxl', 'rapidfuzz', 'sqlalchemy',"
        " 'tqdm', 'waitress'} & set(sys.modules)))"
    )
    said = subprocess.check_output([sys.executable, "-c", code], text=True)
    assert said.splitlines()[-1] == "[]"
    commands = next(a for a in parser()._actions if a.metavar == "COMMAND").choices
    assert all(f"\n    {name} " in said or f"\n    {name}\n" in said for name in commands)


def test_every_argument_says_what_it_is_for():
    silent = [
        f"{command} {action.option_strings or action.dest}"
        for command, action in arguments(parser())
        if not action.help and not isinstance(action, _SubParsersAction)
    ]
    assert silent == []
