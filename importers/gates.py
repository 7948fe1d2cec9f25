"""What an edition must show before it is believed. Counting alone is not enough: in August 2026
a publisher renamed every tag, and readers got the right number of empty entries."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from importers.base import ReportedEntry
from importers.vocabulary import Gates
from registry.domain.designation import Listing
from registry.domain.party import Kind

NEAR = 45  # days: an earlier edition this near bounds the count, an older one only warns
MOST_REPORTED = 0.02  # share of entries that may be reported before the whole edition is doubted

FILLED: Mapping[str, Callable[[Listing], bool]] = {
    "reference": lambda listing: bool(listing.reference),
    "kind": lambda listing: listing.party.kind is not Kind.UNKNOWN,
    "name": lambda listing: bool(listing.party.name),
    "birth_date": lambda listing: (
        bool(listing.party.birth_dates) or listing.party.kind is not Kind.PERSON
    ),
    "programme": lambda listing: any(each.code for each in listing.designations),
    "act": lambda listing: any(each.act for each in listing.designations),
    "listed_on": lambda listing: any(each.listed_on for each in listing.designations),
    "measure": lambda listing: any(each.stated for each in listing.designations),
}


@dataclass(frozen=True, slots=True)
class Earlier:
    """The nearest earlier edition of the same list: how many entries it has, and its date."""

    entries: int
    dated: date


@dataclass(frozen=True, slots=True)
class Findings:
    """`failures` quarantine the edition unless they are accepted; `warnings` are only shown."""

    failures: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def examine(
    gates: Gates,
    found: Sequence[Listing | ReportedEntry],
    *,
    dated: date,
    stated_count: int | None,
    earlier: Earlier | None,
) -> Findings:
    """Check an edition's entries against the list's gates and its nearest earlier edition."""
    failures: list[str] = []
    warnings: list[str] = []
    listings = [each for each in found if isinstance(each, Listing)]
    reported = len(found) - len(listings)
    if len(found) < gates.minimum:
        failures.append(
            f"{len(found):,} entries, fewer than the {gates.minimum:,} that this list has at "
            "least: a part of the list, or a damaged file"
        )
    if stated_count is not None and stated_count != len(found):
        failures.append(f"{len(found):,} entries, but the file itself states {stated_count:,}")
    if found and reported / len(found) > MOST_REPORTED:
        failures.append(f"{reported:,} of {len(found):,} entries could not be understood")
    if listings:
        failures.extend(_thin_fields(gates, listings))
    if earlier is not None:
        change = len(found) / max(earlier.entries, 1) - 1
        if change < -gates.shrink or change > gates.grow:
            text = (
                f"{len(found):,} entries against {earlier.entries:,} in the edition of "
                f"{earlier.dated:%d %B %Y} ({change:+.0%})"
            )
            near = (dated - earlier.dated).days <= NEAR
            (failures if near else warnings).append(text)
    return Findings(tuple(failures), tuple(warnings))


def _thin_fields(gates: Gates, listings: Sequence[Listing]) -> list[str]:
    thin = []
    for field, floor in gates.fill.items():
        share = sum(map(FILLED[field], listings)) / len(listings)
        if share < floor:
            thin.append(
                f"{field} is given in {share:.0%} of listings, expected at least {floor:.0%}: "
                "was a tag or column renamed?"
            )
    return thin
