"""Every real edition of OFAC's lists, against counts taken by an independent parse."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from importers import catalogue, gates, normalise, ofac_enhanced, vocabulary
from importers.base import ParsedEntry, Refused, ReportedEntry
from importers.source import open_source
from registry.domain.designation import Listing, Measure
from registry.domain.party import NameRole

pytestmark = pytest.mark.real_lists
SDN, CONSOLIDATED = "us-ofac-sdn", "us-ofac-consolidated"


@pytest.mark.parametrize(
    ("edition", "kinds", "reported"),
    [
        ("2021-10-06", (4730, 3696, 419, 277), 0),
        ("2022-01-31", (4642, 3700, 420, 280), 2),
        ("2022-02-23", (4656, 3748, 424, 280), 0),
        ("2022-02-28", (4680, 3837, 425, 280), 0),
        ("2024-05-02", (6854, 6885, 851, 383), 0),
        ("2024-05-03", (6854, 6884, 851, 376), 0),
    ],
)
def test_every_entry_of_the_sdn_list_is_imported_or_reported(
    real_lists: Path, edition: str, kinds: tuple[int, ...], reported: int
) -> None:
    reading = catalogue.read(SDN, open_source(real_lists / SDN / edition))
    found = catalogue.listings(SDN, reading)
    listings = [each for each in found if isinstance(each, Listing)]
    counted = Counter(str(each.party.kind) for each in listings)
    assert tuple(counted[kind] for kind in ("person", "entity", "vessel", "aircraft")) == kinds
    assert len(found) - len(listings) == reported
    remarks = sum(len(each.party.remarks) for each in listings)
    assert remarks < len(listings) * 0.06, "remarks that used to be understood no longer are"
    findings = gates.examine(
        vocabulary.load(SDN).gates,
        found,
        dated=date.fromisoformat(edition),
        stated_count=reading.stated_count,
        earlier=None,
    )
    assert findings.failures == ()


def test_one_number_on_two_parties_reports_both_rows(real_lists: Path) -> None:
    reading = catalogue.read(SDN, open_source(real_lists / SDN / "2022-01-31"))
    reported = [
        each for each in catalogue.listings(SDN, reading) if isinstance(each, ReportedEntry)
    ]
    assert [each.reference for each in reported] == ["2677", "2677"]


@pytest.mark.parametrize(
    ("edition", "count"),
    [("2022-04-07", 449), ("2024-02-23", 444), ("2024-05-06", 443), ("2025-06-30", 443)],
)
def test_every_entry_of_the_consolidated_list_is_imported(
    real_lists: Path, edition: str, count: int
) -> None:
    source = open_source(real_lists / CONSOLIDATED / edition)
    reading = catalogue.read(CONSOLIDATED, source)
    found = catalogue.listings(CONSOLIDATED, reading)
    assert reading.stated_count == len(found) == count
    assert all(isinstance(each, Listing) for each in found)
    assert str(reading.published_on) == edition
    with pytest.raises(Refused, match="this is us-ofac-consolidated"):
        catalogue.read(SDN, source)


def test_what_the_real_consolidated_list_says_of_directives_dates_its_entries(
    real_lists: Path,
) -> None:
    source = open_source(real_lists / CONSOLIDATED / "2025-06-30")
    found = catalogue.listings(CONSOLIDATED, catalogue.read(CONSOLIDATED, source))
    dated = {
        each.reference: act.listed_on
        for each in found
        if isinstance(each, Listing)
        for act in each.designations
        if act.listed_on
    }
    assert dated["46072"] == date(2023, 10, 31), "Myanma Oil and Gas Enterprise"
    assert len(dated) >= 90


@pytest.mark.parametrize(
    ("edition", "why"),
    [
        ("2024-02-23-advanced-partial", "ADVANCED XML is not read for now"),
        ("2024-08-28-enhanced-partial", "filtered to IRGC"),
        ("2025-02-27-alt-add-only", "without the entries they belong to"),
    ],
)
def test_parts_of_the_list_are_refused(real_lists: Path, edition: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        catalogue.read(SDN, open_source(real_lists / SDN / edition))


def test_the_sdn_list_is_not_imported_as_the_consolidated_list(real_lists: Path) -> None:
    with pytest.raises(Refused, match="this is us-ofac-sdn"):
        catalogue.read(CONSOLIDATED, open_source(real_lists / SDN / "2024-05-02"))


def test_the_enhanced_export_is_read_whole(real_lists: Path) -> None:
    (part,) = open_source(real_lists / SDN / "2024-08-28-enhanced-partial").parts
    parsed = [
        each for each in ofac_enhanced.read(part, on_sdn_list=True) if isinstance(each, ParsedEntry)
    ]
    words = vocabulary.load(SDN)
    listings = [normalise.listing(each, words) for each in parsed]
    assert len(listings) == 293
    names = [name for each in listings for name in each.party.names]
    assert len(names) == 930
    assert Counter(name.role for name in names)[NameRole.PRIMARY] > len(listings)
    assert {"Arab", "Cyrl", "Latn"} <= {name.script for name in names}
    assert all(
        designation.listed_on and dict(designation.stated) == {Measure.ASSET_FREEZE: True}
        for each in listings
        for designation in each.designations
    )


def _stated(listing: Listing) -> tuple[object, ...]:
    """What both formats state of a party: the CSV in prose, ENHANCED XML in fields of its own."""
    party = listing.party
    return (
        {(name.full.casefold(), name.role) for name in party.names if name.script == "Latn"},
        {(each.first, each.last, each.circa) for each in party.birth_dates},
        {each.raw for each in party.birth_places},
        set(party.nationalities) | set(party.citizenships),
        set(party.genders),
        {(each.kind, each.value, each.country, each.label) for each in party.identifiers},
        set(party.functions) | set(party.titles),
        set(party.remarks),
    )


def test_remarks_say_what_the_structured_export_says(real_lists: Path) -> None:
    (part,) = open_source(real_lists / SDN / "2024-08-28-enhanced-partial").parts
    words = vocabulary.load(SDN)
    structured = {
        each.reference: normalise.listing(each, words)
        for each in ofac_enhanced.read(part, on_sdn_list=True)
        if isinstance(each, ParsedEntry)
    }
    reading = catalogue.read(SDN, open_source(real_lists / SDN / "2024-05-03"))
    compared = 0
    for listing in catalogue.listings(SDN, reading):
        if isinstance(listing, Listing) and listing.reference in structured:
            assert _stated(listing) == _stated(structured[listing.reference]), listing.reference
            compared += 1
    assert compared == 293
