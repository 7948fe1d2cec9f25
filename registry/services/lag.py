"""How long after one partner another lists the same subjects."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from registry.domain import lag
from registry.domain.designation import DateBasis
from registry.domain.lag import Lag, Median
from registry.services.assess import Coverage
from registry.store import seen


def medians(
    session: Session, coverage: Coverage, situation: str, counting: frozenset[DateBasis]
) -> list[Median]:
    """The medians of one situation, or of all subjects and then of every situation.

    Dates of a basis in `counting` count; see registry.domain.lag.
    """
    first_seen = _first_seen(session, coverage)
    found: list[Median] = []
    for key in [situation] if situation else ["", *_situations(coverage)]:
        listings = (
            lag.first_listings(each.facts.listings, first_seen, key)
            for each in coverage.subjects
            if not key or key in each.situations
        )
        found.extend(lag.medians(key, listings, counting))
    return found


def subjects(
    session: Session, coverage: Coverage, situation: str, counting: frozenset[DateBasis]
) -> Iterator[Lag]:
    """The lags of every subject that at least two partners list, in the order of their names."""
    first_seen = _first_seen(session, coverage)
    for each in coverage.subjects:
        if situation and situation not in each.situations:
            continue
        facts = each.facts
        listings = lag.first_listings(facts.listings, first_seen, situation)
        yield from lag.lags(facts.id, facts.name, facts.kind, listings, counting)


def _situations(coverage: Coverage) -> list[str]:
    return sorted({key for each in coverage.subjects for key in each.situations})


def _first_seen(session: Session, coverage: Coverage) -> dict[str, lag.Seen]:
    found: dict[str, lag.Seen] = {}
    for status in coverage.world.lists.values():
        found.update(seen.first_seen(session, status.official_list, coverage.world.on))
    return found
