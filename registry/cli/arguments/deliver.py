"""Commands that hand out rows: lists, gaps, exports, changes."""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path

from registry.cli.arguments.command import PARTNERS, Group, command, form, rows_format
from registry.cli.arguments.values import NEXUS, confidence, day, day_by_now, nexus
from registry.domain import cell
from registry.domain.designation import Measure
from registry.domain.extent import Extent
from registry.domain.gap import GapType
from registry.domain.party import Kind
from registry.domain.roles import Role


def declare(commands: Group) -> None:
    lists = command(
        commands,
        "lists",
        "deliver:lists",
        "Show each official list, its edition, age and state.",
    )
    rows_format(lists)

    gaps = command(
        commands,
        "gaps",
        "deliver:gaps",
        "List who is not covered by which partner and measure.",
    )
    _selection(gaps)
    form(gaps, "table", "csv", "json", "xlsx")
    gaps.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE",
        help="write them there instead",
    )

    exported = command(
        commands, "export", "deliver:export", "Write links, coverage or a consolidated list."
    )
    exported.add_argument(
        "what",
        choices=("links", "coverage", "consolidated"),
        help="which listings are one subject; every cell; one row for each subject",
    )
    exported.add_argument(
        "-o", "--output", type=Path, metavar="FILE", required=True, help=".csv, .xlsx or .jsonl"
    )
    _selection(exported)

    changed = command(
        commands, "changes", "deliver:changes", "Show what was listed, amended and delisted."
    )
    changed.add_argument("list", metavar="LIST", help="for example un-sc; see `registry lists`")
    changed.add_argument("--since", type=day, metavar="DATE", help="seen then or later")
    rows_format(changed)


def _selection(of: ArgumentParser) -> None:
    """The filter of the pages."""

    def partners(name: str, choices: tuple[str, ...], about: str) -> None:
        of.add_argument(
            name, action="append", default=[], choices=choices, type=str.upper, help=about
        )

    def several(name: str, choices: Iterable[str], about: str) -> None:
        of.add_argument(name, action="append", default=[], choices=tuple(choices), help=about)

    partners("--listed-by", PARTNERS, "with the measure in force there; several mean all of them")
    partners("--missing-from", PARTNERS[:4], "the partner with the gap; several give a row each")
    of.add_argument(
        "--measure", choices=[each.value for each in Measure], help="of the gaps; both if not given"
    )
    of.add_argument("--situation", metavar="KEY", help="for example myanmar")
    of.add_argument("--nexus", type=nexus, default=("all",), metavar="KINDS", help=",".join(NEXUS))
    several("--role", [each.value for each in Role], "the lists state it; several mean any")
    of.add_argument(
        "--programme", action="append", default=[], metavar="KEY", help="several mean any of them"
    )
    of.add_argument(
        "--kind",
        choices=[each.value for each in Kind if each != Kind.UNKNOWN],
        help="of the subjects; any if not given",
    )
    of.add_argument(
        "--confidence",
        type=confidence,
        default=frozenset(),
        metavar="LEVELS",
        help="of the gaps, for example high,medium; any if not given",
    )
    of.add_argument(
        "--nationality",
        action="append",
        default=[],
        type=str.upper,
        metavar="CC",
        help="ISO 3166-1, as a list states it; several mean any of them",
    )
    of.add_argument("--text", default="", help="words in names and references, all of them")
    several("--gap-type", [each.value for each in GapType], "several mean any of them")
    of.add_argument(
        "--listed-from", type=day_by_now, metavar="DATE", help="designated then or later"
    )
    of.add_argument("--listed-until", type=day, metavar="DATE", help="designated then or earlier")
    of.add_argument(
        "--shared-by",
        action="append",
        default=[],
        type=int,
        choices=range(5),
        help="how many of US, EU, UK and CA impose it; several mean any of them",
    )
    several("--extent", [each.value for each in Extent], "the measure is shared so far")
    several("--state", [each.value for each in cell.State], "a cell in one of these states")
    partners("--at", PARTNERS, "the partner of that cell; any of them if none is given")
    of.add_argument(
        "--subject", action="append", default=[], metavar="SUBJECT_ID", help="these alone"
    )
    of.add_argument("--as-of", type=day_by_now, metavar="DATE", help="coverage on that day")
