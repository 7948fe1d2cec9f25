"""Commands that find and show subjects, and say who comes near."""

from registry.cli.arguments.command import PARTNERS, Group, command
from registry.cli.arguments.values import day, positive


def declare(commands: Group) -> None:
    searched = command(
        commands, "search", "find:search", "Find subjects by name, reference or identifier."
    )
    searched.add_argument("name", metavar="NAME")
    searched.add_argument("--limit", type=positive, default=20, metavar="N")
    searched.add_argument("--format", choices=("table", "json"), default="table")

    shown = command(commands, "show", "find:show", "Show a subject with its listings and coverage.")
    shown.add_argument("subject", metavar="SUBJECT_ID")
    shown.add_argument("--format", choices=("text", "json"), default="text")

    asked = command(
        commands, "why", "why:why", "Show who comes nearest to a subject on a partner's lists."
    )
    asked.add_argument("subject", metavar="SUBJECT_ID")
    asked.add_argument("partner", choices=PARTNERS, type=str.upper)
    asked.add_argument("--as-of", type=day, metavar="DATE", help="the editions of that day")
    asked.add_argument("--format", choices=("text", "json"), default="text")
