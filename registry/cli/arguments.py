"""Every command with its options. Names and columns are a contract: others script against them."""

import re
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from importers import catalogue
from registry.cli import (
    audit,
    deliver,
    find,
    judge,
    keep,
    law,
    match,
    nexus,
    run,
    serving,
    users,
    why,
)
from registry.domain import cell
from registry.domain.account import NGO_PREFIX, SECRETARIAT
from registry.domain.account import Role as AccountRole
from registry.domain.act import Procedure
from registry.domain.conduct import Family
from registry.domain.designation import Measure
from registry.domain.finding import State
from registry.domain.gap import GapType
from registry.domain.judgement import Verdict
from registry.domain.override import Field
from registry.domain.party import Kind
from registry.domain.programme import Confidence
from registry.domain.roles import Role
from registry.domain.trail import Action, Head

PARTNERS = ("US", "EU", "UK", "CA", "UN", "AU")
NEXUS = ("stated", "programme", "possible", "all")


def parser() -> ArgumentParser:
    top = ArgumentParser(
        prog="registry",
        description="Which partner sanctions whom, by which measure, and where the gaps are.",
    )
    commands = top.add_subparsers(metavar="COMMAND", required=True)

    def command(
        name: str, run_: Callable[[Namespace], int], about: str, among: Any = commands
    ) -> ArgumentParser:
        made: ArgumentParser = among.add_parser(name, help=about, description=about)
        made.add_argument(
            "--database",
            metavar="URL",
            help="the database (REGISTRY_DATABASE_URL; default: SQLite under var/)",
        )
        made.set_defaults(run=run_)
        return made

    command("init", keep.init, "Create the database, or upgrade an earlier release's.")
    demo = command("demo", run.demo, "Import the sample lists, reconcile, show coverage and serve.")
    demo.add_argument("--no-serve", action="store_true", help="stop after the summary")
    _address(demo)
    served = command("serve", run.serve, "Serve the web pages on this machine.")
    _address(served)
    for each, usual in ((demo, 1), (served, serving.USUAL)):
        each.add_argument(
            "--processes",
            type=_positive,
            default=usual,
            metavar="N",
            help=f"that answer, about one for each core ({usual})",
        )
        each.add_argument(
            "--no-worker", action="store_true", help="start no worker along: `registry work` runs"
        )
    worked = command("work", run.work, "Do the jobs that the web pages ask for.")
    worked.add_argument("--beside-server", action="store_true", help=SUPPRESS)

    lists = command("lists", deliver.lists, "Show each official list, its edition, age and state.")
    lists.add_argument("--format", choices=("table", "csv", "json"), default="table")

    imported = command("import", keep.import_, "Import one edition: a file, a folder or a zip.")
    imported.add_argument("list", metavar="LIST", help=", ".join(catalogue.KEYS))
    imported.add_argument("path", metavar="PATH", type=Path)
    imported.add_argument(
        "--published",
        type=_day_by_now,
        metavar="DATE",
        help="the publisher's date, if the file has none",
    )
    imported.add_argument(
        "--accept", metavar="REASON", help="use the edition although a gate failed; recorded"
    )

    fetched = command("fetch", keep.fetch, "Download the lists from their publishers and import.")
    fetched.add_argument("lists", metavar="LIST", nargs="*", help="all that can be fetched if none")

    reconciled = command("reconcile", match.reconcile, "Match listings that are new or amended.")
    reconciled.add_argument("--full", action="store_true", help="compare everything again")
    reconciled.add_argument("--hide", choices=("identifiers",), help="match as if there were none")
    reconciled.add_argument("--dry-run", action="store_true", help="leave the database as it is")
    reconciled.add_argument("--links-out", type=Path, metavar="FILE", help="write the links as CSV")

    evaluated = command("evaluate", match.evaluate, "Measure the matching on judged pairs.")
    evaluated.add_argument("pairs", type=Path, metavar="PAIRS.csv")
    evaluated.add_argument("--hide", choices=("identifiers",), help="match as if there were none")
    evaluated.add_argument("--links-out", type=Path, metavar="FILE", help="write the links as CSV")

    explained = command("explain", match.explain, "Say why two listings are one subject, or not.")
    explained.add_argument("left", metavar="LIST:REF")
    explained.add_argument("right", metavar="LIST:REF")

    judged = command("judge", judge.judge, "Record whether two listings are the same, or undo it.")
    judged.add_argument("left", metavar="LIST:REF", nargs="?")
    judged.add_argument("right", metavar="LIST:REF", nargs="?")
    judged.add_argument("verdict", nargs="?", choices=[each.value for each in Verdict])
    judged.add_argument("--undo", type=_positive, nargs="+", metavar="ID", help="take back instead")
    judged.set_defaults(misused=judged.error)
    _act(judged)

    parted = command("split", judge.split, "Part listings from a subject for good.")
    parted.add_argument("subject", metavar="SUBJECT_ID")
    parted.add_argument("listings", metavar="LIST:REF", nargs="+", help="those that leave")
    _act(parted)

    _judgements(command("judgements", judge.judgements, "Show all judgements and what they count."))

    gaps = command("gaps", deliver.gaps, "List who is not covered by which partner and measure.")
    _selection(gaps)
    gaps.add_argument("--format", choices=("table", "csv", "json", "xlsx"), default="table")
    gaps.add_argument("-o", "--output", type=Path, metavar="FILE")

    exported = command("export", deliver.export, "Write links, coverage or a consolidated list.")
    exported.add_argument("what", choices=("links", "coverage", "consolidated"))
    exported.add_argument(
        "-o", "--output", type=Path, metavar="FILE", required=True, help=".csv, .xlsx or .jsonl"
    )
    _selection(exported)

    shown = command("show", find.show, "Show a subject with its listings and coverage.")
    shown.add_argument("subject", metavar="SUBJECT_ID")
    shown.add_argument("--format", choices=("text", "json"), default="text")

    asked = command("why", why.why, "Show who comes nearest to a subject on a partner's lists.")
    asked.add_argument("subject", metavar="SUBJECT_ID")
    asked.add_argument("partner", choices=PARTNERS, type=str.upper)
    asked.add_argument("--as-of", type=_date, metavar="DATE", help="the editions of that day")
    asked.add_argument("--format", choices=("text", "json"), default="text")

    searched = command("search", find.search, "Find subjects by name, reference or identifier.")
    searched.add_argument("name", metavar="NAME")
    searched.add_argument("--limit", type=_positive, default=20, metavar="N")
    searched.add_argument("--format", choices=("table", "json"), default="table")

    changed = command("changes", deliver.changes, "Show what was listed, amended and delisted.")
    changed.add_argument("list", metavar="LIST")
    changed.add_argument("--since", type=_date, metavar="DATE")
    changed.add_argument("--format", choices=("table", "csv", "json"), default="table")

    listed = command("programmes", law.programmes, "Show the table of programmes and their use.")
    listed.add_argument("--partner", choices=PARTNERS, type=str.upper)
    listed.add_argument("--unmapped", action="store_true", help="codes that the table lacks")
    _format(listed)

    lag = command("lag", law.lags, "Show how many days after one partner another lists.")
    lag.add_argument("--situation", metavar="KEY", help="for example myanmar")
    lag.add_argument("--subjects", action="store_true", help="subject by subject, not medians")
    lag.add_argument("--include-observed", action="store_true", help="count first-seen dates, too")
    lag.add_argument(
        "--include-acts",
        action="store_true",
        help="count the entry into force of acts that may have amended an older listing, too",
    )
    _format(lag)

    urgent = command("urgent", law.urgent_procedure, "Show whom the UK may designate urgently.")
    urgent.add_argument("--situation", metavar="KEY", help="for example myanmar")
    _format(urgent)

    _acts(commands.add_parser("act", help="Enter legal acts that no list shows yet."), command)
    _overrides(commands.add_parser("override", help="Correct what a listing says."), command)
    _nexus_reviews(
        commands.add_parser("nexus", help="Review what lists state of conduct."), command
    )
    _users(commands.add_parser("user", help="Keep the accounts of those who sign in."), command)
    _trail(commands.add_parser("audit", help="Read the trail of who did what."), command)
    return top


Add = Callable[..., ArgumentParser]


def _acts(group: ArgumentParser, command: Add) -> None:
    actions = group.add_subparsers(metavar="ACTION", required=True)
    added = command("add", law.act_add, "Enter an act.", actions)
    added.add_argument("partner", choices=PARTNERS, type=str.upper)
    on = added.add_mutually_exclusive_group(required=True)
    on.add_argument("--subject", metavar="SUBJECT_ID")
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
    added.add_argument("--made-on", required=True, type=_day_by_now, metavar="DATE")
    added.add_argument("--source", required=True, metavar="URL", help="where it is published")
    added.add_argument(
        "--procedure",
        choices=[each.value for each in Procedure],
        default=Procedure.STANDARD.value,
        help="all but the first belong to the UK's urgent procedure",
    )
    _act(added)
    _format(command("list", law.act_list, "Show every act and what became of it.", actions))
    _withdrawal(command("withdraw", law.act_withdraw, "Take an act back.", actions))


def _overrides(group: ArgumentParser, command: Add) -> None:
    actions = group.add_subparsers(metavar="ACTION", required=True)
    added = command("add", law.override_add, "Override what a listing says.", actions)
    added.add_argument("listing", metavar="LIST:REF")
    added.add_argument("field", choices=[each.value for each in Field])
    added.add_argument("value", help="a kind; yes or no for a measure; a date")
    added.add_argument("--source", required=True, metavar="TEXT", help="what it rests on")
    _act(added)
    _format(command("list", law.override_list, "Show every override.", actions))
    _withdrawal(command("withdraw", law.override_withdraw, "Take an override back.", actions))


def _users(group: ArgumentParser, command: Add) -> None:
    actions = group.add_subparsers(metavar="ACTION", required=True)

    def named(made: ArgumentParser) -> ArgumentParser:
        made.add_argument("name", metavar="NAME", help="what they sign in with")
        return made

    def with_roles(made: ArgumentParser) -> None:
        made.add_argument(
            "--role",
            action="append",
            required=True,
            choices=[each.value for each in AccountRole],
            help="several give all of them",
        )

    def with_password(made: ArgumentParser) -> None:
        made.add_argument(
            "--password-stdin", action="store_true", help="read it from there; else it is asked for"
        )

    added = named(command("add", users.add, "Add an account.", actions))
    added.add_argument("--shown-name", required=True, metavar="TEXT", help="what colleagues read")
    added.add_argument(
        "--affiliation",
        required=True,
        metavar="WHO",
        help=f"{', '.join(PARTNERS)}, {SECRETARIAT}, or {NGO_PREFIX}NAME",
    )
    with_roles(added)
    with_password(added)
    _format(command("list", users.list_, "Show every account.", actions))
    with_roles(named(command("roles", users.roles, "Set an account's roles.", actions)))
    with_password(named(command("password", users.password, "Set an account's password.", actions)))
    disabled = command("disable", users.disable, "End an account's sign-ins for good.", actions)
    disabled.add_argument("name", metavar="NAME", nargs="?")
    disabled.add_argument("--demo", action="store_true", help="all those of the demonstration")
    disabled.set_defaults(misused=disabled.error)
    named(command("enable", users.enable, "Let an account sign in again.", actions))


def _trail(group: ArgumentParser, command: Add) -> None:
    actions = group.add_subparsers(metavar="ACTION", required=True)
    verified = command("verify", audit.verify, "Look for a break in the trail.", actions)
    verified.add_argument(
        "--anchor",
        action="append",
        default=[],
        type=_head,
        metavar="COUNT:HASH",
        help="a head that was noted before; several may be given",
    )
    listed = command("list", audit.list_, "Show the trail, the latest entry first.", actions)
    listed.add_argument("--actor", metavar="NAME")
    listed.add_argument("--action", choices=[each.value for each in Action])
    listed.add_argument("--object", metavar="NOUN[:ID]", help="for example edition or edition:12")
    listed.add_argument("--since", type=_date, metavar="DATE")
    listed.add_argument("--until", type=_date, metavar="DATE")
    _format(listed)


def _nexus_reviews(group: ArgumentParser, command: Add) -> None:
    actions = group.add_subparsers(metavar="ACTION", required=True)
    shown = command("list", nexus.list_, "Show what the lists' own words name.", actions)
    shown.add_argument("--list", choices=catalogue.KEYS, metavar="LIST")
    shown.add_argument("--subject", metavar="SUBJECT_ID")
    shown.add_argument(
        "--state",
        action="append",
        default=[],
        choices=[each.value for each in State],
        help="several show each; all but the doubtful if none",
    )
    _format(shown)
    confirmed = command("confirm", nexus.confirm, "Confirm a finding, or a quote.", actions)
    confirmed.add_argument("listing", metavar="LIST:REF")
    confirmed.add_argument("finding", metavar="ID", nargs="?")
    confirmed.add_argument("--quote", metavar="TEXT", help="word for word, 40 words at most")
    confirmed.add_argument(
        "--family",
        action="append",
        default=[],
        choices=[each.value for each in Family],
        help="what the quote names, if its words do not tell",
    )
    confirmed.set_defaults(misused=confirmed.error)
    _act(confirmed)
    rejected = command("reject", nexus.reject, "Reject a finding.", actions)
    rejected.add_argument("listing", metavar="LIST:REF")
    rejected.add_argument("finding", metavar="ID")
    _act(rejected)


def _withdrawal(command: ArgumentParser) -> None:
    command.add_argument("id", type=_positive, metavar="ID")
    _act(command)


def _format(command: ArgumentParser) -> None:
    command.add_argument("--format", choices=("table", "csv", "json"), default="table")


def _judgements(command: ArgumentParser) -> None:
    command.add_argument("--format", choices=("table", "csv", "json"), default="table")
    command.add_argument("--conflicts", action="store_true", help="only those at odds with others")
    command.add_argument("--reopened", action="store_true", help="only those to look at again")
    further = command.add_subparsers(metavar="ACTION")

    def action(name: str, run_: Callable[[Namespace], int], about: str) -> ArgumentParser:
        made = further.add_parser(name, help=about, description=about)
        made.add_argument("--database", metavar="URL", default=SUPPRESS)
        made.set_defaults(run=run_)
        return made

    imported = action("import", judge.take_in, "Record the judgements of a CSV file.")
    imported.add_argument("path", type=Path, metavar="FILE.csv")
    imported.add_argument("--reviewer", metavar="NAME", help="where the file names none")

    exported = action("export", judge.export, "Write all judgements to a file.")
    exported.add_argument(
        "-o", "--output", type=Path, metavar="FILE", required=True, help=".csv, .xlsx or .jsonl"
    )

    rekeyed = action("rekey", judge.rekey, "Let judgements follow listings to other keys.")
    rekeyed.add_argument("path", type=Path, metavar="FILE.csv", help="old_key,new_key")
    _act(rekeyed)

    policy = action("policy", judge.policy, "Set how many reviewers have to agree.")
    policy.add_argument("reviewers", type=int, choices=(1, 2))
    _act(policy)


def _act(command: ArgumentParser) -> None:
    command.add_argument("--reason", required=True, metavar="TEXT", help="partners will read it")
    command.add_argument(
        "--reviewer", metavar="NAME", help="who judges (REGISTRY_REVIEWER; default: the user here)"
    )


def _selection(command: ArgumentParser) -> None:
    def partners(name: str, choices: tuple[str, ...], about: str) -> None:
        command.add_argument(
            name, action="append", default=[], choices=choices, type=str.upper, help=about
        )

    def several(name: str, choices: Iterable[str], about: str) -> None:
        command.add_argument(name, action="append", default=[], choices=tuple(choices), help=about)

    partners("--listed-by", PARTNERS, "with the measure in force there; several mean all of them")
    partners("--missing-from", PARTNERS[:4], "the partner with the gap; several give a row each")
    command.add_argument("--measure", choices=[each.value for each in Measure])
    command.add_argument("--situation", metavar="KEY", help="for example myanmar")
    command.add_argument(
        "--nexus", type=_nexus, default=("all",), metavar="KINDS", help=",".join(NEXUS)
    )
    several("--role", [each.value for each in Role], "the lists state it; several mean any")
    command.add_argument(
        "--programme", action="append", default=[], metavar="KEY", help="several mean any of them"
    )
    command.add_argument("--kind", choices=[each.value for each in Kind if each != Kind.UNKNOWN])
    command.add_argument(
        "--confidence",
        type=_confidence,
        default=frozenset(),
        metavar="LEVELS",
        help="of the gaps, for example high,medium; any if not given",
    )
    command.add_argument(
        "--nationality",
        action="append",
        default=[],
        type=str.upper,
        metavar="CC",
        help="ISO 3166-1, as a list states it; several mean any of them",
    )
    command.add_argument("--text", default="", help="words in names and references, all of them")
    several("--gap-type", [each.value for each in GapType], "several mean any of them")
    command.add_argument(
        "--listed-from", type=_day_by_now, metavar="DATE", help="designated then or later"
    )
    command.add_argument(
        "--listed-until", type=_date, metavar="DATE", help="designated then or earlier"
    )
    command.add_argument(
        "--shared-by",
        action="append",
        default=[],
        type=int,
        choices=range(5),
        help="how many of US, EU, UK and CA impose it; several mean any of them",
    )
    several("--state", [each.value for each in cell.State], "a cell in one of these states")
    partners("--at", PARTNERS, "the partner of that cell; any of them if none is given")
    command.add_argument(
        "--subject", action="append", default=[], metavar="SUBJECT_ID", help="these alone"
    )
    command.add_argument("--as-of", type=_day_by_now, metavar="DATE", help="coverage on that day")


def _address(command: ArgumentParser) -> None:
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=_port, default=8000)


def _head(text: str) -> Head:
    count, _, digest = text.partition(":")
    if not count.isascii() or not count.isdigit() or not re.fullmatch("[0-9a-f]{64}", digest):
        raise ArgumentTypeError(f"{text!r} is no head; `registry audit verify` prints one")
    return Head(int(count), digest)


def _day_by_now(text: str) -> date:
    """A day that has come: nobody published or did anything later, and nothing is known of it."""
    day = _date(text)
    if day > datetime.now(UTC).date():
        raise ArgumentTypeError(f"{text!r} is yet to come")
    return day


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a date like 2026-05-12") from None


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise ArgumentTypeError(f"{text!r} is not a port from 1 to 65535")
    return int(text)


def _nexus(text: str) -> tuple[str, ...]:
    kinds = tuple(text.split(","))
    if unknown := [kind for kind in kinds if kind not in NEXUS]:
        raise ArgumentTypeError(f"{unknown[0]!r} is not one of {', '.join(NEXUS)}")
    return kinds


def _confidence(text: str) -> frozenset[Confidence]:
    try:
        return frozenset(map(Confidence, text.split(",")))
    except ValueError:
        known = ",".join(Confidence)
        raise ArgumentTypeError(f"{text!r} is not made of {known}") from None
