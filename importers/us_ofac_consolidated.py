"""United States: OFAC's consolidated list of sanctions short of full blocking (non-SDN)."""

from importers import ofac
from importers.base import Reading
from importers.source import Source


def read(source: Source) -> Reading:
    """Begin to read an edition as CSV files, classic XML or ENHANCED XML."""
    return ofac.read(source, ofac.CONSOLIDATED)
