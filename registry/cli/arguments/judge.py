"""Commands about judgements: judge, split, and what was judged."""

from argparse import SUPPRESS, ArgumentParser
from pathlib import Path

from registry.cli.arguments.command import Group, command, listing, on_record, rows_format, subject
from registry.cli.arguments.values import positive
from registry.domain.judgement import Verdict


def declare(commands: Group) -> None:
    judged = command(
        commands, "judge", "judge:judge", "Record whether two listings are the same, or undo it."
    )
    listing(judged, "left", nargs="?")
    listing(judged, "right", nargs="?")
    judged.add_argument(
        "verdict",
        nargs="?",
        choices=[each.value for each in Verdict],
        help="whether they are one subject",
    )
    judged.add_argument("--undo", type=positive, nargs="+", metavar="ID", help="take back instead")
    judged.set_defaults(misused=judged.error)
    on_record(judged)

    parted = command(commands, "split", "judge:split", "Part listings from a subject for good.")
    subject(parted)
    parted.add_argument("listings", metavar="LIST:REF", nargs="+", help="those that leave")
    on_record(parted)

    _judgements(
        command(
            commands,
            "judgements",
            "judge:judgements",
            "Show all judgements and what they count.",
        )
    )


def _judgements(of: ArgumentParser) -> None:
    rows_format(of)
    of.add_argument("--conflicts", action="store_true", help="only those at odds with others")
    of.add_argument("--reopened", action="store_true", help="only those to look at again")
    further = of.add_subparsers(metavar="ACTION")

    def action(name: str, run: str, about: str) -> ArgumentParser:
        # What was said before the action's name stands unless it is said again after it.
        return command(further, name, run, about, default=SUPPRESS)

    imported = action("import", "judge:take_in", "Record the judgements of a CSV file.")
    imported.add_argument("path", type=Path, metavar="FILE.csv", help="as `export` writes it")
    imported.add_argument("--reviewer", metavar="NAME", help="where the file names none")

    exported = action("export", "judge:export", "Write all judgements to a file.")
    exported.add_argument(
        "-o", "--output", type=Path, metavar="FILE", required=True, help=".csv, .xlsx or .jsonl"
    )

    rekeyed = action("rekey", "judge:rekey", "Let judgements follow listings to other keys.")
    rekeyed.add_argument("path", type=Path, metavar="FILE.csv", help="old_key,new_key")
    on_record(rekeyed)

    policy = action("policy", "judge:policy", "Set how many reviewers have to agree.")
    policy.add_argument("reviewers", type=int, choices=(1, 2), help="for a verdict to stand")
    on_record(policy)
