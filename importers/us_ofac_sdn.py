"""United States: OFAC's list of Specially Designated Nationals and Blocked Persons."""

from importers import ofac
from importers.base import Reading
from importers.source import Source


def read(source: Source) -> Reading:
    """Begin to read an edition as CSV files, classic XML or ENHANCED XML."""
    return ofac.read(source, ofac.SDN)
