"""The reference tables: programmes, situations, partners, lists not imported, visa policies.

The tables are data beside this file, made to be read and corrected without Python. They are read
once; a mistake in them raises ReferenceProblem, which names the file and the row.
"""

import csv
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from registry.domain.designation import Measure
from registry.domain.party import Kind
from registry.domain.programme import Answer, Confidence, Criteria, Programme, Standing
from registry.domain.reference import spelling


class ReferenceProblem(Exception):
    """A reference table breaks a rule; the message names the file and the row."""


@dataclass(frozen=True, slots=True)
class Situation:
    """A country or crisis. `also` reach it, though most of their designations belong elsewhere;
    `none` says, per partner, why there is no programme."""

    key: str
    title: str
    programmes: frozenset[str]
    also: frozenset[str]
    countries: frozenset[str]
    none: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner's own nationals, the lists that an absence rests on, its thematic programme."""

    key: str
    name: str
    nationals: frozenset[str]
    nationals_basis: str
    thematic: str
    thematic_kinds: frozenset[Kind]
    needed: Mapping[Measure, tuple[str, ...]]
    helpful: Mapping[Measure, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ListLaw:
    """What being on an official list means by itself; `partners.toml` explains the fields."""

    called: str
    states: frozenset[Measure] = frozenset()
    presumes: frozenset[Measure] = frozenset()
    silent: frozenset[Measure] = frozenset()


@dataclass(frozen=True, slots=True)
class UnimportedList:
    """A list that we do not import; `unimported.toml` explains the fields."""

    key: str
    partner: str
    title: str
    citation: str
    measures: frozenset[Measure]
    kinds: frozenset[Kind]
    grounds: frozenset[str]
    countries: frozenset[str]
    only_ground: bool


@dataclass(frozen=True, slots=True)
class VisaPolicy:
    """An announced policy of entry bans whose names are not published."""

    key: str
    partner: str
    title: str
    citation: str
    announced_on: date
    situations: frozenset[str]
    countries: frozenset[str]


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    """Shares (0-1) and numbers of judged pairs, with listings compared `by` these facts."""

    by: str
    recall: float
    precision: float
    missed: int
    wrong: int


@dataclass(frozen=True, slots=True)
class MatchQuality:
    """How well matching did on judged pairs when it was last measured."""

    measured_on: date
    about: str
    limits: str
    rows: tuple[MeasuredRow, ...]


@cache
def match_quality() -> MatchQuality:
    """The figures of `quality.toml`, which whoever measures anew writes there."""
    data = _toml("quality.toml")
    return MatchQuality(
        data["measured_on"],
        data["about"],
        data["limits"],
        tuple(MeasuredRow(**row) for row in data["rows"]),
    )


@cache
def programmes() -> Mapping[str, Programme]:
    """Every programme by its key."""
    found: dict[str, Programme] = {}
    for line, row in enumerate(_rows("programmes.csv"), start=2):
        try:
            programme = _programme(row)
        except (KeyError, ValueError) as error:
            raise ReferenceProblem(f"programmes.csv line {line}: {error}") from error
        if programme.key in found:
            raise ReferenceProblem(f"programmes.csv line {line}: {programme.key} twice")
        found[programme.key] = programme
    return found


@lru_cache(maxsize=65536)
def programme_for(official_list: str, code: str, act: str = "") -> Programme | None:
    """The programme that a designation was made under, None if its code is not in the table.

    Where one code stands for several regimes and the act that it names is not in the table, the
    answer is the code's programme of status `unsettled`, if the table has one.
    """
    table = _aliases()
    for folded in spelling.codes(official_list, code):
        for folded_act in (*spelling.acts(official_list, act), ""):
            if found := table.get((official_list, folded, folded_act)):
                return programmes()[found]
        for prefix, found in _prefixes().get(official_list, ()):
            if folded.startswith(prefix):
                return programmes()[found]
    # An officer's own entry names the programme by our key.
    return programmes().get(code.strip().upper())


@cache
def situations() -> Mapping[str, Situation]:
    """Every situation by its key."""
    return {
        key: Situation(
            key=key,
            title=data["title"],
            programmes=_known(data["programmes"], f"situations.toml {key}"),
            also=_known(data.get("also", ()), f"situations.toml {key}"),
            countries=frozenset(data.get("countries", ())),
            none=data.get("none", {}),
        )
        for key, data in _toml("situations.toml").items()
    }


def situations_of(keys: Iterable[str], countries: frozenset[str] = frozenset()) -> frozenset[str]:
    """The situations in which designations under these programmes count.

    A thematic programme with atrocity criteria counts where the designated party's `countries`
    (ISO codes of its nationality) are those of a situation.
    """
    return _situations_of(frozenset(keys), countries)


@lru_cache(maxsize=65536)
def _situations_of(keys: frozenset[str], countries: frozenset[str]) -> frozenset[str]:
    found = frozenset(
        each.key for each in situations().values() if not each.programmes.isdisjoint(keys)
    )
    known = programmes()
    if countries and any(_is_thematic(known[key]) for key in keys if key in known):
        found |= {
            each.key for each in situations().values() if not each.countries.isdisjoint(countries)
        }
    return found


def _is_thematic(programme: Programme) -> bool:
    return programme.thematic and programme.criteria is not Criteria.NONE


@cache
def counterparts(key: str) -> Mapping[str, tuple[str, ...]]:
    """Per other partner the programmes that answer this one.

    Those of the same situation; those of the same theme where it belongs to no situation; where
    a partner has neither, its thematic human-rights programme, if atrocities are the ground.
    """
    known = programmes()
    groups = [each.programmes for each in situations().values() if key in each.programmes]
    if not groups:
        groups = [group for group in _themes() if key in group]
    found: dict[str, set[str]] = {}
    for other in frozenset[str]().union(*groups):
        if known[other].status == "active" and known[other].standing is Standing.DESIGNATION:
            found.setdefault(known[other].partner, set()).add(other)
    if known[key].criteria is not Criteria.NONE:
        for partner in partners().values():
            if partner.thematic:
                found.setdefault(partner.key, {partner.thematic})
    found.pop(known[key].partner, None)
    return {partner: tuple(sorted(keys)) for partner, keys in sorted(found.items())}


@cache
def partners() -> Mapping[str, Partner]:
    """Every partner by its code, in the order in which they are shown."""
    return {
        key: Partner(
            key=key,
            name=data["name"],
            nationals=frozenset(data["nationals"]),
            nationals_basis=data["nationals_basis"],
            thematic=data["thematic"],
            thematic_kinds=frozenset(map(Kind, data["thematic_kinds"])),
            needed={Measure(each): tuple(lists) for each, lists in data["needed"].items()},
            helpful={
                Measure(each): tuple(lists) for each, lists in data.get("helpful", {}).items()
            },
        )
        for key, data in _toml("partners.toml").items()
        if key != "lists"
    }


@cache
def list_law(official_list: str) -> ListLaw:
    """What being on the list means; a list that the table does not name decides nothing."""
    data = _toml("partners.toml")["lists"].get(official_list, {"called": official_list})
    return ListLaw(
        called=data["called"],
        states=frozenset(map(Measure, data.get("states", ()))),
        presumes=frozenset(map(Measure, data.get("presumes", ()))),
        silent=frozenset(map(Measure, data.get("silent", ()))),
    )


def list_keys() -> tuple[str, ...]:
    """The keys of the lists that the table names."""
    return tuple(_toml("partners.toml")["lists"])


@cache
def legal_tests() -> Mapping[str, str]:
    """By partner, what its law asks for before it designates, with the citation in brackets."""
    return {
        key: f"{data['test']} [{data['citation']}]"
        for key, data in _toml("legal_tests.toml").items()
    }


@cache
def unimported_lists() -> tuple[UnimportedList, ...]:
    return tuple(
        UnimportedList(
            key=data["key"],
            partner=data["partner"],
            title=data["title"],
            citation=data["citation"],
            measures=frozenset(map(Measure, data["measures"])),
            kinds=frozenset(map(Kind, data["kinds"])),
            grounds=frozenset(data["grounds"]),
            countries=frozenset(data.get("countries", ())),
            only_ground=data.get("only_ground", False),
        )
        for data in _toml("unimported.toml")["list"]
    )


@cache
def visa_policies() -> tuple[VisaPolicy, ...]:
    return tuple(
        VisaPolicy(
            key=data["key"],
            partner=data["partner"],
            title=data["title"],
            citation=data["citation"],
            announced_on=data["announced_on"],
            situations=frozenset(data["situations"]),
            countries=frozenset(data["countries"]),
        )
        for data in _toml("visa_policies.toml")["policy"]
    )


def _programme(row: Mapping[str, str]) -> Programme:
    return Programme(
        key=row["key"],
        partner=row["partner"],
        authority=row["authority"],
        title=row["title"],
        instrument=row["instrument"],
        thematic={"thematic": True, "country": False}[row["scope"]],
        countries=frozenset(row["countries"].split()),
        grounds=frozenset(row["grounds"].split()),
        asset_freeze=Answer(row["asset_freeze"]),
        freeze_basis=row["freeze_basis"],
        travel_ban=Answer(row["travel_ban"]),
        travel_ban_basis=row["travel_ban_basis"],
        travel_ban_from=_date(row["travel_ban_from"]),
        criteria=Criteria(row["atrocity_nexus"]),
        mixed={"yes": True, "no": False}[row["mixed_prong"]],
        valid_from=_date(row["valid_from"]),
        valid_until=_date(row["valid_until"]),
        renewal_on=_date(row["renewal_on"]),
        status=row["status"],
        standing=Standing(row["standing"]),
        confidence=Confidence(row["confidence"]),
        checked_by=row["checked_by"],
        instrument_seen=row["instrument_seen"],
        note=row["note"],
    )


@cache
def _aliases() -> Mapping[tuple[str, str, str], str]:
    """The programme's key by list, folded code and folded act ("": any other act)."""
    table: dict[tuple[str, str, str], str] = {}
    for line, row in enumerate(_rows("aliases.csv"), start=2):
        official_list, code, act = row["official_list"], row["code"], row["act"]
        (programme,) = _known([row["programme"]], f"aliases.csv line {line}")
        folded = next(iter(spelling.codes(official_list, code)))
        folded_act = next(iter(spelling.acts(official_list, act)), "")
        if table.setdefault((official_list, folded, folded_act), programme) != programme:
            raise ReferenceProblem(f"aliases.csv line {line}: {code!r} {act!r} has two programmes")
    return table


@cache
def _prefixes() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Per list the codes that end in `*` and stand for every code that begins so."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in _rows("aliases.csv"):
        if row["code"].endswith("*"):
            folded = spelling.code(row["official_list"], row["code"].removesuffix("*"))
            found.setdefault(row["official_list"], []).append((folded, row["programme"]))
    return {official_list: tuple(prefixes) for official_list, prefixes in found.items()}


@cache
def _themes() -> tuple[frozenset[str], ...]:
    return tuple(
        _known(data["programmes"], f"themes.toml {key}")
        for key, data in _toml("themes.toml").items()
    )


def _known(keys: Iterable[str], where: str) -> frozenset[str]:
    found = frozenset(keys)
    if unknown := found - programmes().keys():
        raise ReferenceProblem(f"{where}: no programme {', '.join(sorted(unknown))}")
    return found


def _rows(name: str) -> list[dict[str, str]]:
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__name__).joinpath(name).read_text(encoding="utf-8"))


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
