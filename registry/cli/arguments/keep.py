"""Commands that keep the lists: create the database, copy it, import, fetch."""

from pathlib import Path

from importers import catalogue
from registry.cli.arguments.command import Group, command
from registry.cli.arguments.values import day_by_now


def declare(commands: Group) -> None:
    command(commands, "init", "keep:init", "Create the database, or upgrade an earlier release's.")

    copied = command(
        commands,
        "copy",
        "keep:copy",
        "Copy the whole registry into a new database: from SQLite to PostgreSQL, or back.",
    )
    copied.add_argument("to", metavar="URL", help="the new database; its tables are made")

    imported = command(
        commands, "import", "keep:import_", "Import one edition: a file, a folder or a zip."
    )
    imported.add_argument("list", metavar="LIST", help=", ".join(catalogue.KEYS))
    imported.add_argument("path", metavar="PATH", type=Path, help="the edition as it is published")
    imported.add_argument(
        "--published",
        type=day_by_now,
        metavar="DATE",
        help="the publisher's date, if the file has none",
    )
    imported.add_argument(
        "--accept", metavar="REASON", help="use the edition although a gate failed; recorded"
    )

    fetched = command(
        commands, "fetch", "keep:fetch", "Download the lists from their publishers and import."
    )
    fetched.add_argument("lists", metavar="LIST", nargs="*", help="all that can be fetched if none")
