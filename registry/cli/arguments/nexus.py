"""Commands about what authorities' own words name: list, confirm, reject."""

from importers import catalogue
from registry.cli.arguments.command import (
    Group,
    actions,
    command,
    listing,
    on_record,
    rows_format,
    subject,
)
from registry.domain.conduct import Family
from registry.domain.finding import State


def declare(commands: Group) -> None:
    group = actions(commands, "nexus", "Review what lists state of conduct.")

    shown = command(group, "list", "nexus:list_", "Show what the lists' own words name.")
    shown.add_argument(
        "--list", choices=catalogue.KEYS, metavar="LIST", help="that one alone, for example un-sc"
    )
    subject(shown, "--subject")
    shown.add_argument(
        "--state",
        action="append",
        default=[],
        choices=[each.value for each in State],
        help="several show each; all but the doubtful if none",
    )
    rows_format(shown)

    confirmed = command(group, "confirm", "nexus:confirm", "Confirm a finding, or a quote.")
    listing(confirmed)
    confirmed.add_argument("finding", metavar="ID", nargs="?", help="as the list shows it")
    confirmed.add_argument("--quote", metavar="TEXT", help="word for word, 40 words at most")
    confirmed.add_argument(
        "--family",
        action="append",
        default=[],
        choices=[each.value for each in Family],
        help="what the quote names, if its words do not tell",
    )
    confirmed.set_defaults(misused=confirmed.error)
    on_record(confirmed)

    rejected = command(group, "reject", "nexus:reject", "Reject a finding.")
    listing(rejected)
    rejected.add_argument("finding", metavar="ID", help="as the list shows it")
    on_record(rejected)
