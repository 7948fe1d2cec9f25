"""Every command with its options. Names and columns are a contract: others script against them.

Each module declares the commands of one room; what they do is imported only when one of them runs,
so that nobody waits for the libraries of the web to see how old a list is.
"""

from argparse import ArgumentParser

from registry.cli.arguments import (
    audit,
    deliver,
    find,
    judge,
    keep,
    law,
    match,
    nexus,
    run,
    users,
)

ROOMS = (keep, run, match, judge, deliver, find, law, nexus, users, audit)


def parser() -> ArgumentParser:
    """The parser of all commands; `run` of what it parses names the function to call."""
    top = ArgumentParser(
        prog="registry",
        description="Which partner sanctions whom, by which measure, and where the gaps are.",
    )
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    for room in ROOMS:
        room.declare(commands)
    return top
