"""The UK's urgent procedure: on whom others named in the Act impose what the UK does not."""

from collections.abc import Iterator

from registry.domain import urgent
from registry.domain.urgent import Eligible
from registry.services.assess import Coverage


def eligible(coverage: Coverage, situation: str = "") -> Iterator[Eligible]:
    """Who may meet condition B, of one situation or of all, in the order of the names."""
    for each in coverage.subjects:
        if not situation or situation in each.situations:
            yield from urgent.eligible(each.facts, each.cells)
