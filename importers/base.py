"""What every importer shares: the parsed entry, its strings as stated, and the alarms."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar


class ImportProblem(Exception):
    """A file can not be imported; the message names the file, the line and what to do."""


class Refused(ImportProblem):
    """The file is readable but is not an edition of this list; the message says why."""


class FormatProblem(ImportProblem):
    """The file breaks an assumption about its format: the whole edition stops."""


class EntryProblem(Exception):
    """One entry can not be understood: it is reported by itself and the edition goes on."""


@dataclass(frozen=True, slots=True)
class ParsedName:
    """`parts` are (kind, value) with the kinds of `registry.domain.party.PartKind`.

    `role` and `quality` are the list's own words; the list's data file maps the roles.
    """

    full: str
    role: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    script: str = ""
    language: str = ""
    quality: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """`text` is the stated date, or one composed of stated parts as `importers.normalise.dates`
    reads it: `1965-04-16`, `1965-04`, `1965`, `1965 to 1967`, `1965-04-16 to 1965-05-01`."""

    text: str
    circa: bool = False
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class ParsedPlace:
    raw: str
    city: str = ""
    region: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class ParsedAddress:
    raw: str
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class ParsedIdentifier:
    label: str
    value: str
    country: str = ""
    issued: str = ""
    expires: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ParsedRelation:
    label: str
    other: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class ParsedDesignation:
    """`stated` are (label, answer) pairs as the file words them, mapped by the list's data file;
    `date_basis` is a value of `registry.domain.designation.DateBasis`."""

    code: str
    act: str = ""
    stated: tuple[tuple[str, bool], ...] = ()
    other_measures: tuple[str, ...] = ()
    authority: str = ""
    listed_on: str = ""
    date_basis: str = "stated"
    amended_on: str = ""
    reason: str = ""
    reason_language: str = ""
    source_url: str = ""


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """One entry as its list states it: strings only, nothing interpreted.

    `identity` is what the listing is known by where the list has no lasting reference; it is the
    reference itself where left empty. `partner` is set only by lists on which several speak.
    """

    reference: str
    kind: str
    names: tuple[ParsedName, ...]
    designations: tuple[ParsedDesignation, ...]
    line: int
    raw: str
    identity: str = ""
    partner: str = ""
    birth_dates: tuple[ParsedDate, ...] = ()
    birth_places: tuple[ParsedPlace, ...] = ()
    nationalities: tuple[str, ...] = ()
    citizenships: tuple[str, ...] = ()
    genders: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    identifiers: tuple[ParsedIdentifier, ...] = ()
    addresses: tuple[ParsedAddress, ...] = ()
    relations: tuple[ParsedRelation, ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportedEntry:
    """An entry that is in the file but could not be imported, and why."""

    reference: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """An edition being read: its entries come in file order, imported or reported, none left out.

    `stated_count` is the number of entries that the publisher itself states, if it does.
    `warnings` tell what was noticed that leaves no entry out. `silent` names the fields of a party
    that stand in a file which was not given along: what is missing there was not taken away.
    """

    format: str
    published_on: date | None
    entries: Iterable[ParsedEntry | ReportedEntry]
    stated_count: int | None = None
    warnings: tuple[str, ...] = ()
    silent: frozenset[str] = frozenset()


Record = TypeVar("Record")


def entries(
    records: Iterable[tuple[str, int, Record]], parse: Callable[[Record], ParsedEntry]
) -> Iterator[ParsedEntry | ReportedEntry]:
    """Parse (reference, line, record) one by one; one bad record is reported by itself."""
    for reference, line, record in records:
        try:
            yield parse(record)
        except EntryProblem as problem:
            yield ReportedEntry(reference, line, str(problem))
