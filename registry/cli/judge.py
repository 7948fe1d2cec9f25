"""Commands about judgements: judge, split, and what was judged."""

from argparse import Namespace
from collections.abc import Iterable

from exports import columns
from exports.writing import format_of, write_file
from registry.cli import deliver, match, opened, printing
from registry.cli.acting import now, reviewer
from registry.domain.judgement import Verdict
from registry.domain.publication import JudgementRow
from registry.services import assess, judgement_files, publish
from registry.services import judge as judging
from registry.store import subjects


def judge(options: Namespace) -> int:
    named = (options.left, options.right, options.verdict)
    if options.undo:
        if any(named):
            options.misused("--undo takes the ids of judgements and no listings")
        return _undo(options)
    if not all(named):
        options.misused("give two listings and a verdict, or --undo ID")
    with opened.writing(options) as session:
        left, right = (
            judging.listing_key(session, *match.listing(each))
            for each in (options.left, options.right)
        )
        outcome = judging.record(
            session,
            left,
            right,
            Verdict(options.verdict),
            reviewer(options),
            options.reason,
            now(),
        )
    print(
        f"judgement {outcome.id}: {options.left} and {options.right}: {options.verdict} "
        f"({outcome.status})"
    )
    for conflict in outcome.conflicts:
        printing.say(f"registry: conflict: {conflict}")
    match.run(options)
    with opened.reading(options) as session:
        subject_of = subjects.members(session)
    if left in subject_of and right in subject_of:
        one, other = subject_of[left][0], subject_of[right][0]
        print(f"They are one subject: {one}" if one == other else f"Two subjects: {one}, {other}")
    return 0


def _undo(options: Namespace) -> int:
    with opened.writing(options) as session:
        for judgement_id in options.undo:
            judging.undo(session, judgement_id, reviewer(options), options.reason, now())
    for judgement_id in options.undo:
        print(f"judgement {judgement_id} is taken back")
    return _reconcile(options)


def split(options: Namespace) -> int:
    with opened.writing(options) as session:
        leaving = [judging.listing_key(session, *match.listing(each)) for each in options.listings]
        ids = judging.split(
            session,
            options.subject,
            leaving,
            reviewer(options),
            options.reason,
            now(),
        )
    print(f"judgements {', '.join(map(str, ids))}: different")
    return _reconcile(options)


def judgements(options: Namespace) -> int:
    with opened.reading(options) as session:
        rows = judgement_files.rows(session, conflicts=options.conflicts, reopened=options.reopened)
        if options.format == "table":
            _print(rows)
        else:
            deliver.print_rows(session, options, columns.JUDGEMENTS, rows, "Judgements")
    return 0


def _print(rows: Iterable[JudgementRow]) -> None:
    shown = [
        (
            row.id,
            *(":".join(side[:2]) for side in row.sides),
            row.verdict,
            ", ".join(filter(None, (row.status, row.reopened))),
            row.reviewer,
            row.judged_at[:10],
            row.reason,
        )
        for row in rows
    ]
    headers = ("id", "one", "other", "verdict", "status", "reviewer", "judged", "reason")
    print(printing.table(headers, shown))
    print(f"\n{len(shown):,} judgements")


def take_in(options: Namespace) -> int:
    with opened.writing(options) as session:
        taken = judgement_files.take_in(session, options.path, reviewer(options), now())
    print(
        f"{taken.new:,} judgements are new, {taken.known:,} were known, "
        f"{taken.undone:,} were taken back"
    )
    if taken.waiting:
        printing.say(
            f"registry: note: {taken.waiting:,} of them name a listing that is not held; they "
            "count once its list is imported"
        )
    return _reconcile(options)


def export(options: Namespace) -> int:
    deliver.note_file(options, "judgements")
    with opened.reading(options) as session:
        said = publish.provenance(
            session,
            assess.nothing(now().date()),
            "Judgements",
            opened.config(options).contact,
        )
        rows = judgement_files.rows(session)
        write_file(columns.JUDGEMENTS, rows, said, format_of(options.output), options.output)
    print(f"written to {options.output}")
    return 0


def rekey(options: Namespace) -> int:
    with opened.writing(options) as session:
        moved = judgement_files.rekey(
            session, options.path, reviewer(options), options.reason, now()
        )
    print(f"{moved:,} changes of keys are recorded")
    return _reconcile(options)


def policy(options: Namespace) -> int:
    with opened.writing(options) as session:
        judging.require_reviewers(
            session, options.reviewers, reviewer(options), options.reason, now()
        )
    print(
        "one reviewer decides"
        if options.reviewers == 1
        else "a verdict stands when two reviewers agree"
    )
    return _reconcile(options)


def _reconcile(options: Namespace) -> int:
    found = match.run(options)
    print(f"{found.subjects:,} subjects; {found.candidates:,} pairs await review")
    return 0
