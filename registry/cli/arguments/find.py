"""Commands that find and show subjects, and say who comes near."""

from registry.cli.arguments.command import PARTNERS, Group, command, form, subject
from registry.cli.arguments.values import day, positive


def declare(commands: Group) -> None:
    searched = command(
        commands, "search", "find:search", "Find subjects by name, reference or identifier."
    )
    searched.add_argument("name", metavar="NAME", help="in any script; or a reference, or a number")
    searched.add_argument(
        "--limit", type=positive, default=20, metavar="N", help="subjects at the most (20)"
    )
    form(searched, "table", "json")

    shown = command(commands, "show", "find:show", "Show a subject with its listings and coverage.")
    subject(shown)
    form(shown, "text", "json")

    asked = command(
        commands, "why", "why:why", "Show who comes nearest to a subject on a partner's lists."
    )
    subject(asked)
    asked.add_argument("partner", choices=PARTNERS, type=str.upper, help="whose lists are searched")
    asked.add_argument("--as-of", type=day, metavar="DATE", help="the editions of that day")
    form(asked, "text", "json")
