"""A designation: one act of an authority under one programme, and the listing that states it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.domain.party import Party


class Measure(StrEnum):
    """The two measures whose coverage is compared; others are kept as tags."""

    ASSET_FREEZE = "asset-freeze"
    TRAVEL_BAN = "travel-ban"


class DateBasis(StrEnum):
    """Where the date of an act comes from; the strongest first."""

    STATED = "stated"  # the file gives the date of designation
    ENTRY_INTO_FORCE = "entry-into-force"  # the act's date, where no designation date is given
    YEAR_ONLY = "year-only"  # the list gives a year: the first of January stands for it
    OVERRIDDEN = "overridden"  # an officer's correction, with its source
    OBSERVED = "observed"  # the first edition that holds the listing, where it gives no date
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Designation:
    """One act under one programme, as the list words it.

    `code` is the programme as the list writes it, `act` the legal act it names: both together
    are resolved to a programme of the reference table when coverage is computed, so that a
    correction of the law needs no new import. `stated` holds the measures of which the file itself
    says that they are imposed (True) or not (False); one that it does not speak of is absent.
    """

    code: str
    act: str = ""
    stated: tuple[tuple[Measure, bool], ...] = ()
    other_measures: tuple[str, ...] = ()
    authority: str = ""
    listed_on: date | None = None
    date_basis: DateBasis = DateBasis.UNKNOWN
    amended_on: date | None = None
    reason: str = ""
    reason_language: str = ""
    source_url: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """One entry on one official list.

    `reference` is the publisher's own and may change; `key` is what the registry knows the
    listing by and stays the same through renumbering. `raw` is the entry as it stands in the file.
    """

    official_list: str
    reference: str
    key: str
    partner: str
    party: Party
    designations: tuple[Designation, ...]
    line: int
    raw: str
