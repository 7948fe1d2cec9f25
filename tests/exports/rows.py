"""Rows and provenance for the tests of exports."""

from datetime import UTC, date, datetime

from registry.domain import partial_date
from registry.domain.cell import Cell, State, Support
from registry.domain.designation import Designation, Measure
from registry.domain.gap import Gap, GapType
from registry.domain.official_list import Edition, EditionState, OfficialList
from registry.domain.party import Kind, Name, NameRole, Party
from registry.domain.programme import Confidence
from registry.domain.publication import (
    ChangeRow,
    ConsolidatedRow,
    CoverageRow,
    LinkRow,
    ListRow,
    Provenance,
    PublishedListing,
    SourceEdition,
)

AS_OF = date(2026, 11, 23)
UK = OfficialList(
    key="uk-sanctions-list",
    partner="UK",
    authority="FCDO",
    title="UK Sanctions List",
    expected_age=14,
    licence="Open Government Licence v3.0",
    attribution="Contains public sector information.",
)
EDITION = Edition(
    id=1,
    official_list=UK.key,
    sha256="ab" * 32,
    format="xml",
    published_on=date(2026, 4, 29),
    received_at=datetime(2026, 5, 12, 8, 30, tzinfo=UTC),
    state=EditionState.ACCEPTED,
    entries=5738,
    listings=5738,
)
PROVENANCE = Provenance(
    title="Gaps of all partners",
    as_of=AS_OF,
    editions=(SourceEdition(UK, EDITION, "https://example.org/UK-Sanctions-List.xml"),),
    unreconciled=3,
    awaiting_review=1204,
    contact="corrections@example.org",
    method=(("Automatic link", "probability of 0.99 or more"),),
)

# One name in several scripts.
NAMES = (
    "Mohamed Hamdan DAGALO",
    "محمد حمدان دقلو",
    "Мохамед Хамдан ДАГАЛО",
    "穆罕默德·哈姆丹·达加洛",
    "မိုဟာမက် ဟမ်ဒန်",
    "모하메드 함단",
)


def gap(name: str = "Viktor LUKASHENKO", basis: str = "No entry found.") -> Gap:
    return Gap(
        "S2", name, Kind.PERSON, "CA", Measure.TRAVEL_BAN, State.NOT_FOUND,
        GapType.NEVER_LISTED, ("UK", "EU"),
        date(2020, 9, 29), basis, Confidence.HIGH, "The list is past its expected age",
        imposing=(cell(Measure.TRAVEL_BAN, State.IN_FORCE_STATED),),
    )  # fmt: skip


def covered(reference: str = "BEL0004") -> CoverageRow:
    return CoverageRow(
        "S2", "Viktor LUKASHENKO", Kind.PERSON, "UK", Measure.ASSET_FREEZE, State.IN_FORCE_STATED,
        "Said in the file.", UK.key, reference, date(2020, 9, 29),
    )  # fmt: skip


def link(reference: str = "BEL0004") -> LinkRow:
    return LinkRow(UK.key, reference, "S2")


def change(before: str = "", after: str = "Minsk") -> ChangeRow:
    return ChangeRow(UK.key, "BEL0004", "amended", "addresses", before, after, "ab" * 32, AS_OF)


def list_row() -> ListRow:
    return ListRow(UK.key, "UK", "29 April 2026", 5738, 208, "stale")


def listing(
    party: Party | None = None, reference: str = "BEL0004", partner: str = "UK"
) -> PublishedListing:
    party = party or Party(
        Kind.PERSON,
        (Name("Viktor LUKASHENKO", NameRole.PRIMARY), Name("Віктар ЛУКАШЭНКА", NameRole.ALIAS)),
        birth_dates=(partial_date.day(date(1975, 11, 28)),),
    )
    act = Designation(
        "The Belarus Regulations",
        stated=((Measure.ASSET_FREEZE, True), (Measure.TRAVEL_BAN, False)),
        listed_on=date(2020, 9, 29),
        reason="A reason in our own words.",
    )
    return PublishedListing(UK.key, reference, partner, 812, party, (act,), EDITION)


def cell(measure: Measure, state: State, partner: str = "UK") -> Cell:
    return Cell(
        partner,
        measure,
        state,
        "Said in the file.",
        Confidence.HIGH,
        EDITION.published_on,
        (Support(UK.key, "BEL0004", "uk-sanctions-list:BEL0004", "GB-BLR", date(2020, 9, 29)),),
    )


def subject(
    *listings: PublishedListing, name: str = "Viktor LUKASHENKO", as_of: date = AS_OF
) -> ConsolidatedRow:
    return ConsolidatedRow(
        "S2",
        name,
        Kind.PERSON,
        listings or (listing(),),
        ("GB-BLR",),
        (
            cell(Measure.ASSET_FREEZE, State.IN_FORCE_STATED),
            cell(Measure.TRAVEL_BAN, State.OTHER_MEASURE_ONLY),
        ),
        date(2020, 9, 29),
        ("belarus",),
        "stated",
        as_of,
    )
