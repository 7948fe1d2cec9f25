"""Commands that read the trail and look for a break in it."""

from argparse import Namespace

from exports import trail_columns
from registry.cli import deliver, opened, printing
from registry.services import audit
from registry.store import trail
from registry.store.trail import Sought

MOST_FAULTS = 20


def verify(options: Namespace) -> int:
    with opened.reading(options) as session:
        found = []
        for each in audit.faults(session, options.anchor):
            found.append(each)
            if len(found) == MOST_FAULTS:
                found.append("There may be more.")
                break
        head = audit.head(session)
    for each in found:
        printing.say(f"registry: {each}")
    if found:
        return 1
    print(f"{head.count:,} entries, none altered, missing or moved")
    print(f"head {head}")
    printing.say("registry: note: keep the head elsewhere, and give it back with --anchor")
    return 0


def list_(options: Namespace) -> int:
    sought = Sought(
        actor=options.actor or "",
        action=options.action or "",
        object=options.object or "",
        since=trail.beginning(options.since) if options.since else None,
        until=trail.end(options.until) if options.until else None,
    )
    with opened.reading(options) as session:
        rows = trail.page(session, sought)
        deliver.print_rows(session, options, trail_columns.WHOLE_TRAIL, rows, "Trail")
    return 0
