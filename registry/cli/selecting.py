"""The selection that a command's options ask for: the filter of the pages."""

from argparse import Namespace

from registry.cli.failure import Failure
from registry.domain import reference
from registry.domain.cell import State
from registry.domain.designation import Measure
from registry.domain.extent import Extent
from registry.domain.gap import GapType
from registry.domain.party import Kind
from registry.domain.roles import Role
from registry.domain.selection import Selection


def selection(options: Namespace) -> Selection:
    """Raises Failure if a situation or programme is not known."""
    if unknown := set(options.programme) - set(reference.programmes()):
        raise Failure(f"no programme {min(unknown)!r}: see `registry programmes`")
    return Selection(
        listed_by=tuple(options.listed_by),
        missing_from=tuple(options.missing_from),
        measure=Measure(options.measure) if options.measure else None,
        situation=situation(options),
        nexus=frozenset() if "all" in options.nexus else frozenset(options.nexus),
        kind=Kind(options.kind) if options.kind else None,
        text=options.text,
        states=frozenset(map(State, options.state)),
        at=tuple(options.at),
        confidence=options.confidence,
        as_of=options.as_of,
        programmes=frozenset(options.programme),
        roles=frozenset(map(Role, options.role)),
        nationalities=frozenset(options.nationality),
        gap_types=frozenset(map(GapType, options.gap_type)),
        listed_from=options.listed_from,
        listed_until=options.listed_until,
        subjects=frozenset(options.subject),
        shared_by=frozenset(options.shared_by),
        extents=frozenset(map(Extent, options.extent)),
    )


def situation(options: Namespace) -> str:
    """The situation asked for, "" if none. Failure if it is not known."""
    if options.situation and options.situation not in reference.situations():
        known = ", ".join(sorted(reference.situations()))
        raise Failure(f"no situation {options.situation!r}: one of {known}")
    return options.situation or ""
