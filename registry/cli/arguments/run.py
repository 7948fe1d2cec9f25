"""Commands that run the registry: the demo on the sample lists, the server, its worker."""

import os
import sys
from argparse import SUPPRESS, ArgumentParser

from registry.cli.arguments.command import Group, command
from registry.cli.arguments.values import port, positive

# Forking is safe on Linux; elsewhere the system's libraries may not outlive it.
USUAL = min(4, os.cpu_count() or 1) if sys.platform == "linux" else 1


def declare(commands: Group) -> None:
    demo = command(
        commands,
        "demo",
        "run:demo",
        "Import the sample lists, reconcile, show coverage and serve.",
    )
    demo.add_argument("--no-serve", action="store_true", help="stop after the summary")
    _serving(demo, processes=1)

    _serving(
        command(commands, "serve", "run:serve", "Serve the web pages on this machine."),
        processes=USUAL,
    )

    worked = command(commands, "work", "run:work", "Do the jobs that the web pages ask for.")
    worked.add_argument("--beside-server", action="store_true", help=SUPPRESS)


def _serving(of: ArgumentParser, processes: int) -> None:
    of.add_argument(
        "--host",
        default="127.0.0.1",
        help="to listen on (127.0.0.1: this machine only)",
    )
    of.add_argument("--port", type=port, default=8000, help="to listen on (8000)")
    of.add_argument(
        "--processes",
        type=positive,
        default=processes,
        metavar="N",
        help=f"that answer, about one for each core ({processes})",
    )
    of.add_argument(
        "--no-worker", action="store_true", help="start no worker along: `registry work` runs"
    )
