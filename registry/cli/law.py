"""Commands about the law: programmes, acts entered, overrides, lag, the UK's urgent procedure."""

from argparse import Namespace

from exports import law_columns
from registry.cli import deliver, match, opened, printing, selecting
from registry.cli.acting import now, reviewer
from registry.domain.act import Act, ActState, Procedure
from registry.domain.designation import DateBasis, Measure
from registry.domain.lag import DESIGNATION_DATES
from registry.domain.override import Field, Override
from registry.domain.record import Withdrawal
from registry.services import acts, assess, judge, lag, overrides, snapshot, urgent
from registry.services import programmes as programme_table


def programmes(options: Namespace) -> int:
    today = now().date()
    with opened.reading(options) as session:
        if options.unmapped:
            unmapped = programme_table.unmapped(session, today, options.partner)
            deliver.print_rows(session, options, law_columns.UNMAPPED, unmapped, "Unmapped codes")
        else:
            rows = programme_table.rows(session, today, options.partner)
            deliver.print_rows(session, options, law_columns.PROGRAMMES, rows, "Programmes")
    return 0


def act_add(options: Namespace) -> int:
    with opened.writing(options) as session:
        listing = (
            judge.listing_key(session, *match.listing(options.listing)) if options.listing else ""
        )
        recorded = acts.enter(
            session,
            Act(
                partner=options.partner,
                measures=tuple(map(Measure, dict.fromkeys(options.measure))),
                citation=options.citation,
                made_on=options.made_on,
                source_url=options.source,
                officer=reviewer(options),
                reason=options.reason,
                entered_at=now(),
                subject_id=options.subject or "",
                listing=listing,
                name=options.name or "",
                procedure=Procedure(options.procedure),
            ),
        )
    print(f"act {recorded.id} is entered")
    if not recorded.subject:
        printing.say(
            "registry: note: it is on no subject yet and changes no cell; find the subject with "
            "`registry search` and enter the act for it"
        )
    return 0


def act_list(options: Namespace) -> int:
    today = now().date()
    with opened.reading(options) as session:
        by_id = snapshot.snapshot(session, today, today).by_id
        rows = acts.statuses(session, by_id, today)
        deliver.print_rows(session, options, law_columns.ACTS, rows, "Acts")
    if overdue := sum(row.state is ActState.OVERDUE for row in rows):
        printing.say(
            f"registry: warning: overdue acts: {overdue:,}: no list shows them yet; check each, "
            "and withdraw what is not in force"
        )
    return 0


def act_withdraw(options: Namespace) -> int:
    with opened.writing(options) as session:
        acts.withdraw(session, options.id, _withdrawal(options))
    print(f"act {options.id} is withdrawn")
    return 0


def override_add(options: Namespace) -> int:
    with opened.writing(options) as session:
        override_id = overrides.enter(
            session,
            Override(
                listing=judge.listing_key(session, *match.listing(options.listing)),
                field=Field(options.field),
                value=options.value,
                reason=options.reason,
                source=options.source,
                officer=reviewer(options),
                entered_at=now(),
            ),
        )
    print(f"override {override_id} is entered: {options.listing}: {options.field} {options.value}")
    return 0


def override_list(options: Namespace) -> int:
    with opened.reading(options) as session:
        rows = overrides.rows(session)
        deliver.print_rows(session, options, law_columns.OVERRIDES, rows, "Overrides")
    return 0


def override_withdraw(options: Namespace) -> int:
    with opened.writing(options) as session:
        overrides.withdraw(session, options.id, _withdrawal(options))
    print(f"override {options.id} is withdrawn")
    return 0


def lags(options: Namespace) -> int:
    today = now().date()
    situation = selecting.situation(options)
    with opened.reading(options) as session:
        coverage = assess.assess(session, today, today)
        asked = session, coverage, situation, _counting(options)
        if options.subjects:
            rows = lag.subjects(*asked)
            deliver.print_rows(session, options, law_columns.LAGS, rows, "Lag", coverage)
        else:
            medians = lag.medians(*asked)
            deliver.print_rows(session, options, law_columns.MEDIANS, medians, "Lag", coverage)
    return 0


def _counting(options: Namespace) -> frozenset[DateBasis]:
    wanted = set(DESIGNATION_DATES)
    if options.include_observed:
        wanted.add(DateBasis.OBSERVED)
    if options.include_acts:
        wanted.add(DateBasis.ENTRY_INTO_FORCE)
    return frozenset(wanted)


def urgent_procedure(options: Namespace) -> int:
    today = now().date()
    situation = selecting.situation(options)
    with opened.reading(options) as session:
        coverage = assess.assess(session, today, today)
        for name, clock in acts.clocks(session, coverage):
            printing.say(f"registry: {name}: {clock.sentence}")
        rows = urgent.eligible(coverage, situation)
        deliver.print_rows(session, options, law_columns.URGENT, rows, "Urgent procedure", coverage)
    return 0


def _withdrawal(options: Namespace) -> Withdrawal:
    return Withdrawal(reviewer(options), options.reason, now())
