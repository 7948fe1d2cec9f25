"""Small worlds for the rules of coverage: lists with editions, subjects with listings."""

from datetime import date

from registry.domain import coverage, gap
from registry.domain.cell import Cell, Listed, ListStatus, SubjectFacts, World
from registry.domain.designation import Designation, Measure
from registry.domain.gap import Gap
from registry.domain.official_list import OfficialList
from registry.domain.party import Kind

ON = date(2026, 6, 1)
FREEZE, BAN = Measure.ASSET_FREEZE, Measure.TRAVEL_BAN
PARTNER_OF = {
    "us-ofac-sdn": "US",
    "us-ofac-consolidated": "US",
    "us-state-7031c": "US",
    "eu-fsf": "EU",
    "eu-travel-bans": "EU",
    "uk-sanctions-list": "UK",
    "uk-ofsi-conlist": "UK",
    "ca-sema": "CA",
    "un-sc": "UN",
    "au-dfat": "AU",
}
RETIRED = {"uk-ofsi-conlist": date(2026, 1, 28)}
GB_HR = "The Global Human Rights Sanctions Regulations 2020"
FLAGS_BOTH = ((FREEZE, True), (BAN, True))


def world(*, on: date = ON, without: tuple[str, ...] = (), stale: tuple[str, ...] = (), **rest):
    """Every list with an edition of a month ago, but for those `without` one."""
    lists = {}
    for key, partner in PARTNER_OF.items():
        official = OfficialList(key, partner, "", key, 30, "", "", retired_on=RETIRED.get(key))
        dated = None if key in without else date(2026, 5, 1)
        lists[key] = ListStatus(official, dated, key in stale)
    return World(on, lists, **rest)


def listed(
    official_list: str,
    code: str = "",
    *,
    act: str = "",
    stated: tuple[tuple[Measure, bool], ...] = (),
    kind: Kind = Kind.PERSON,
    listed_on: date | None = date(2024, 3, 1),
    also: tuple[str, ...] = (),
    **rest,
) -> Listed:
    designations = tuple(
        Designation(each, act, stated=stated, listed_on=listed_on) for each in (code, *also)
    )
    return Listed(
        key=f"{official_list}:1",
        official_list=official_list,
        reference="1",
        partner=PARTNER_OF[official_list],
        kind=kind,
        name="Somebody",
        designations=designations,
        **rest,
    )


def subject(*listings: Listed, kind: Kind = Kind.PERSON, **rest) -> SubjectFacts:
    return SubjectFacts("S1", "Somebody", kind, listings, **rest)


def cell(facts: SubjectFacts, partner: str, measure: Measure, against: World | None = None) -> Cell:
    found = coverage.cells(facts, against or world())
    return next(each for each in found if (each.partner, each.measure) == (partner, measure))


def gaps(facts: SubjectFacts, against: World | None = None) -> dict[tuple[str, Measure], Gap]:
    found = gap.gaps(facts, coverage.cells(facts, against or world()))
    return {(each.missing_from, each.measure): each for each in found}


def in_uk(**rest) -> Listed:
    return listed("uk-sanctions-list", GB_HR, stated=rest.pop("stated", FLAGS_BOTH), **rest)
