"""Commands that read the trail and look for a break in it."""

from registry.cli.arguments.command import Group, actions, command, rows_format
from registry.cli.arguments.values import day, head
from registry.domain.trail import Action


def declare(commands: Group) -> None:
    group = actions(commands, "audit", "Read the trail of who did what.")

    verified = command(group, "verify", "audit:verify", "Look for a break in the trail.")
    verified.add_argument(
        "--anchor",
        action="append",
        default=[],
        type=head,
        metavar="COUNT:HASH",
        help="a head that was noted before; several may be given",
    )

    listed = command(group, "list", "audit:list_", "Show the trail, the latest entry first.")
    listed.add_argument("--actor", metavar="NAME", help="who did it")
    listed.add_argument("--action", choices=[each.value for each in Action], help="what was done")
    listed.add_argument("--object", metavar="NOUN[:ID]", help="for example edition or edition:12")
    listed.add_argument("--since", type=day, metavar="DATE", help="then or later")
    listed.add_argument("--until", type=day, metavar="DATE", help="then or earlier")
    rows_format(listed)
