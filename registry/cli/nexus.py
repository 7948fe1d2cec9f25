"""Commands about what authorities' own words name: list, confirm, reject."""

from argparse import Namespace

from exports import nexus_columns
from registry.cli import deliver, match, opened
from registry.cli.acting import now, reviewer
from registry.domain.conduct import Family
from registry.domain.finding import Finding, State, Verdict
from registry.services import judge, nexus

SHOWN = (State.PROPOSED, State.CONFIRMED, State.REJECTED, State.REOPENED)


def list_(options: Namespace) -> int:
    states = frozenset(map(State, options.state)) or frozenset(SHOWN)
    today = now().date()
    with opened.reading(options) as session:
        rows = nexus.rows(session, states, today, options.list or "", options.subject or "")
        deliver.print_rows(session, options, nexus_columns.FINDINGS, rows, "Findings")
    return 0


def confirm(options: Namespace) -> int:
    if bool(options.finding) is bool(options.quote):
        options.misused("give the id of a finding, or a quote with --quote")
    if options.finding:
        return _review(options, Verdict.CONFIRMED)
    with opened.writing(options) as session:
        found = nexus.confirm_quote(
            session,
            judge.listing_key(session, *match.listing(options.listing)),
            options.quote,
            tuple(map(Family, options.family)),
            reviewer(options),
            options.reason,
            now(),
        )
    return _say(options, found, Verdict.CONFIRMED)


def reject(options: Namespace) -> int:
    return _review(options, Verdict.REJECTED)


def _review(options: Namespace, verdict: Verdict) -> int:
    with opened.writing(options) as session:
        found = nexus.review(
            session,
            judge.listing_key(session, *match.listing(options.listing)),
            options.finding,
            verdict,
            reviewer(options),
            options.reason,
            now(),
        )
    return _say(options, found, verdict)


def _say(options: Namespace, found: Finding, verdict: Verdict) -> int:
    named = ", ".join(found.families)
    print(f"{options.listing}: {found.id} ({named}) is {verdict}: {found.quote}")
    return 0
