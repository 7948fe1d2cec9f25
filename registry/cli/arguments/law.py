"""Commands about the law: programmes, lag, the UK's urgent procedure, acts, overrides."""

from registry.cli.arguments.command import (
    PARTNERS,
    Group,
    actions,
    command,
    listing,
    on_record,
    rows_format,
    subject,
    withdrawal,
)
from registry.cli.arguments.values import day_by_now
from registry.domain.act import Procedure
from registry.domain.designation import Measure
from registry.domain.override import Field


def declare(commands: Group) -> None:
    listed = command(
        commands, "programmes", "law:programmes", "Show the table of programmes and their use."
    )
    listed.add_argument(
        "--partner", choices=PARTNERS, type=str.upper, help="whose; all if not given"
    )
    listed.add_argument("--unmapped", action="store_true", help="codes that the table lacks")
    rows_format(listed)

    lag = command(
        commands, "lag", "law:lags", "Show how many days after one partner another lists."
    )
    lag.add_argument("--situation", metavar="KEY", help="for example myanmar")
    lag.add_argument("--subjects", action="store_true", help="subject by subject, not medians")
    lag.add_argument("--include-observed", action="store_true", help="count first-seen dates, too")
    lag.add_argument(
        "--include-acts",
        action="store_true",
        help="count the entry into force of acts that may have amended an older listing, too",
    )
    rows_format(lag)

    urgent = command(
        commands, "urgent", "law:urgent_procedure", "Show whom the UK may designate urgently."
    )
    urgent.add_argument("--situation", metavar="KEY", help="for example myanmar")
    rows_format(urgent)

    _acts(actions(commands, "act", "Enter legal acts that no list shows yet."))
    _overrides(actions(commands, "override", "Correct what a listing says."))


def _acts(group: Group) -> None:
    added = command(group, "add", "law:act_add", "Enter an act.")
    added.add_argument("partner", choices=PARTNERS, type=str.upper, help="whose act it is")
    on = added.add_mutually_exclusive_group(required=True)
    subject(on, "--subject")
    on.add_argument("--listing", metavar="LIST:REF", help="of another list")
    on.add_argument("--name", help="of somebody on no list; changes no cell")
    added.add_argument(
        "--measure",
        action="append",
        required=True,
        choices=[each.value for each in Measure],
        help="several give both",
    )
    added.add_argument("--citation", required=True, help="the act, as it is cited")
    added.add_argument(
        "--made-on", required=True, type=day_by_now, metavar="DATE", help="the date of the act"
    )
    added.add_argument("--source", required=True, metavar="URL", help="where it is published")
    added.add_argument(
        "--procedure",
        choices=[each.value for each in Procedure],
        default=Procedure.STANDARD.value,
        help="all but the first belong to the UK's urgent procedure",
    )
    on_record(added)
    rows_format(command(group, "list", "law:act_list", "Show every act and what became of it."))
    withdrawal(command(group, "withdraw", "law:act_withdraw", "Take an act back."))


def _overrides(group: Group) -> None:
    added = command(group, "add", "law:override_add", "Override what a listing says.")
    listing(added)
    added.add_argument("field", choices=[each.value for each in Field], help="what is wrong there")
    added.add_argument("value", help="a kind; yes or no for a measure; a date")
    added.add_argument("--source", required=True, metavar="TEXT", help="what it rests on")
    on_record(added)
    rows_format(command(group, "list", "law:override_list", "Show every override."))
    withdrawal(command(group, "withdraw", "law:override_withdraw", "Take an override back."))
