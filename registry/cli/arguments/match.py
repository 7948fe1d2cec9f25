"""Commands about matching: reconcile, evaluate, explain."""

from argparse import ArgumentParser
from pathlib import Path

from registry.cli.arguments.command import Group, command, listing


def declare(commands: Group) -> None:
    reconciled = command(
        commands, "reconcile", "match:reconcile", "Match listings that are new or amended."
    )
    reconciled.add_argument("--full", action="store_true", help="compare everything again")
    _from_scratch(reconciled)
    reconciled.add_argument("--dry-run", action="store_true", help="leave the database as it is")

    evaluated = command(
        commands, "evaluate", "match:evaluate", "Measure the matching on judged pairs."
    )
    evaluated.add_argument(
        "pairs", type=Path, metavar="PAIRS.csv", help="judged pairs; docs/matching.md says how"
    )
    _from_scratch(evaluated)

    explained = command(
        commands, "explain", "match:explain", "Say why two listings are one subject, or not."
    )
    listing(explained, "left")
    listing(explained, "right")


def _from_scratch(of: ArgumentParser) -> None:
    of.add_argument("--hide", choices=("identifiers",), help="match as if there were none")
    of.add_argument("--links-out", type=Path, metavar="FILE", help="write the links as CSV")
