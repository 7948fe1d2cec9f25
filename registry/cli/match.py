"""Commands about matching: reconcile, evaluate, explain."""

import csv
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from matching import workers
from matching.evaluate import Figures, JudgedPair
from registry.cli import opened, printing
from registry.cli.acting import now
from registry.cli.failure import Failure
from registry.services import closing, resolve
from registry.services import evaluate as judging

WORST = 25  # mistakes of each sort that are named
LINK_COLUMNS = ("list", "reference", "subject_id")
FIGURES = (
    "pairs",
    "same",
    "different",
    "recall",
    "precision",
    "false gaps",
    "hidden gaps",
    "hard",
    "namesakes",
    "largest",
)


def reconcile(options: Namespace) -> int:
    if (options.hide or options.links_out) and not options.dry_run:
        raise Failure("--hide and --links-out go with --dry-run: the database stays as it is")
    if options.dry_run:
        _dry_run(options)
        return 0
    found = run(options, full=options.full)
    print(
        f"{found.listings:,} listings ({found.changed:,} new or amended) are "
        f"{found.subjects:,} subjects; {found.links:,} automatic links, "
        f"{found.candidates:,} pairs await review"
    )
    return 0


def run(options: Namespace, *, full: bool = False) -> resolve.Reconciled:
    """Reconcile, with a bar; proposals follow what the lists show. Nothing is locked while matching
    takes its time: only what came meanwhile is matched while others wait."""

    def find(session: Session, **more: Any) -> resolve.Matched:
        return resolve.find(session, full=full, workers=workers.available(), **more)

    with opened.reading(options) as session, printing.share("reconciling") as done:
        found = find(session, progress=done)
    with opened.writing(options) as session:
        if resolve.is_outdated(session, found) or resolve.is_judged_since(session, found):
            found = find(session)
        kept = resolve.keep(session, found)
        at = now()
        closed = closing.close(session, at.date(), at)
    if closed.sentence:
        printing.say(f"registry:{closed.sentence}")
    return kept


def evaluate(options: Namespace) -> int:
    pairs = judging.judged_pairs(options.pairs)
    with opened.reading(options) as session:
        found = _judge(session, pairs, options)
    if options.links_out is not None:
        _write_links(found.links, options.links_out)
    print(
        printing.table(
            FIGURES,
            [_figures("all", found.overall)]
            + [_figures(name, each) for name, each in found.by_kind]
            + [_figures(name, each) for name, each in found.by_lists]
            + [_figures(f"names {name}", each) for name, each in found.by_similarity],
        )
    )
    print(
        f"\nreview queue: {found.queued:,} pairs, {found.queued_judged:,} of them judged, "
        f"{found.queued_same:,} the same; false gaps left if they count as possible: "
        f"{found.false_gaps_queued:,}\n"
    )
    print(
        printing.table(
            ("probability", "pairs", "promised", "held"),
            [
                (f"{b.low:.2f}-{b.high:.2f}", b.pairs, f"{b.promised:.3f}", f"{b.held:.3f}")
                for b in found.calibration
            ],
        )
    )
    print()
    print(
        printing.table(
            ("threshold", "recall", "precision"),
            [
                (f"{t.score:+.0f}", f"{t.recall:.4f}", f"{t.precision:.4f}")
                for t in found.thresholds
            ],
        )
    )
    for title, wrong in (("missed", found.errors.missed), ("joined", found.errors.mistaken)):
        for pair in wrong[:WORST]:
            print(f"{title}: {':'.join(pair.left)}  {':'.join(pair.right)}  ({pair.basis})")
    return 0


def explain(options: Namespace) -> int:
    with opened.reading(options) as session:
        found = judging.explain(
            session, listing(options.left), listing(options.right), now().date()
        )
    print(f"{found.left.name}  ({options.left})\n{found.right.name}  ({options.right})\n")
    rows = [(f"{e.weight:+.2f}", e.feature, e.sentence) for e in found.comparison.evidence]
    print("\n".join(f"{weight:>7}  {feature:<14} {text}" for weight, feature, text in rows))
    print(f"{found.comparison.score:+7.2f}  probability {found.comparison.probability:.4f}")
    print(found.conclusion)
    if found.reasons:
        print("What keeps them from being linked:")
        print("\n".join(f"  - {each}." for each in found.reasons))
    if found.chain:
        print("The links that lead from one to the other:")
        print("\n".join(f"{score:+7.2f}  {one}  =  {other}" for one, other, score in found.chain))
    return 0


def listing(text: str) -> tuple[str, str]:
    """Return (list, reference) of LIST:REF."""
    official_list, colon, reference = text.partition(":")
    if not colon:
        raise Failure(f"{text!r} is not LIST:REF, for example uk-sanctions-list:RUS0251")
    return official_list, reference


def _figures(name: str, of: Figures) -> tuple[object, ...]:
    return (
        name,
        of.same,
        of.different,
        f"{of.recall:.4f}",
        f"{of.precision:.4f}",
        of.false_gaps,
        of.hidden_gaps,
        f"{of.hard_found} of {of.hard}",
        f"{of.namesakes_joined} of {of.namesakes}",
        of.largest,
    )


def _dry_run(options: Namespace) -> None:
    with opened.reading(options) as session:
        found = _judge(session, [], options)
    if options.links_out is not None:
        _write_links(found.links, options.links_out)


def _judge(session: Session, pairs: list[JudgedPair], options: Namespace) -> judging.Evaluation:
    hide = options.hide == "identifiers"
    return judging.run(session, pairs, hide_identifiers=hide, workers=workers.available())


def _write_links(links: Iterable[tuple[str, str, str]], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(LINK_COLUMNS)
        writer.writerows(sorted(links))
    printing.say(f"links written to {path}")
