"""What is published: one type for a row of each export, and what every export says of itself."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from registry.domain import minors
from registry.domain.cell import Cell, State
from registry.domain.designation import Designation, Measure
from registry.domain.official_list import Edition, OfficialList
from registry.domain.override import RecordedOverride
from registry.domain.party import Kind, NameRole, Party
from registry.domain.programme import Confidence, Programme

ADMINISTRATIVE_ACT = (
    "A designation is an administrative act of the authority that made it, not a criminal finding."
)


@dataclass(frozen=True, slots=True)
class SourceEdition:
    """An edition that an export rests on, and where it came from (address or file name).

    `accepted_because` is the reason for which it is used although a check failed, "" if none did.
    """

    official_list: OfficialList
    edition: Edition
    origin: str
    stale: bool = False
    accepted_because: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What an export says of itself: what it shows, as of which day, and from which editions.

    `unreconciled` listings are in no subject yet, `awaiting_review` pairs may be one subject.
    `method` holds (label, text) pairs: thresholds and filters. `contact` takes corrections.
    """

    title: str
    as_of: date
    editions: tuple[SourceEdition, ...]
    unreconciled: int
    awaiting_review: int
    contact: str
    method: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A cell of coverage with one listing that supports it; none where there is none.

    `programme` is the one that carries the measure; `edition_of` and `edition_dated` name the
    edition that the cell rests on.
    """

    subject_id: str
    name: str
    kind: Kind
    partner: str
    measure: Measure
    state: State
    basis: str
    official_list: str = ""
    reference: str = ""
    listed_on: date | None = None
    programme: str = ""
    confidence: Confidence = Confidence.HIGH
    note: str = ""
    edition_of: str = ""
    edition_dated: date | None = None


@dataclass(frozen=True, slots=True)
class LinkRow:
    """The subject that a listing describes."""

    official_list: str
    reference: str
    subject_id: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One difference between two editions; `edition` is the sha256 of the one that shows it.
    `subject_id` is "" until matching has seen the listing."""

    official_list: str
    reference: str
    change: str
    field: str
    before: str
    after: str
    edition: str
    seen_on: date
    subject_id: str = ""


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """What a reviewer said of two listings, each as (list, reference, key, fingerprint), and what
    it counts for. Moments are ISO 8601 texts; the last three are empty unless it was undone."""

    id: int
    sides: tuple[tuple[str, str, str, str], tuple[str, str, str, str]]
    verdict: str
    reviewer: str
    reason: str
    judged_at: str
    status: str
    reopened: str
    conflicts: tuple[str, ...]
    undone_by: str
    undone_because: str
    undone_at: str


@dataclass(frozen=True, slots=True)
class ListRow:
    """An official list with its edition in use, that edition's `age` in days, and its health."""

    official_list: str
    partner: str
    edition: str
    listings: int | None
    age: int | None
    state: str


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme of the reference table; `listings` counts those in use that name it."""

    programme: Programme
    nexus: str
    situations: tuple[str, ...]
    listings: int


@dataclass(frozen=True, slots=True)
class UnmappedRow:
    """A code, with its act, that no programme of the table knows, and how many designations in
    the newest edition of its list stand under it: their measures may be unknown."""

    official_list: str
    code: str
    act: str
    designations: int


@dataclass(frozen=True, slots=True)
class OverrideRow:
    """An override beside what the list itself says; `reference` is the listing's present one."""

    recorded: RecordedOverride
    official_list: str
    reference: str
    stated: str


@dataclass(frozen=True, slots=True)
class PublishedListing:
    """A listing with all that it says, and the edition that says it. `line` is the entry's."""

    official_list: str
    reference: str
    partner: str
    line: int
    party: Party
    designations: tuple[Designation, ...]
    edition: Edition


@dataclass(frozen=True, slots=True)
class ConsolidatedRow:
    """A subject with everything that is published of it.

    `programmes` are the keys of the reference table, `cells` its coverage, one per partner and
    measure; `situations` are keys, `nexus` the atrocity nexus. `as_of` is the day on which it is
    shown: it decides who is a minor.
    """

    subject_id: str
    name: str
    kind: Kind
    listings: tuple[PublishedListing, ...]
    programmes: tuple[str, ...]
    cells: tuple[Cell, ...]
    first_listed_on: date | None
    situations: tuple[str, ...]
    nexus: str
    as_of: date

    @property
    def aliases(self) -> tuple[str, ...]:
        """Every other name but the weak ones, each spelling once, in the order of the listings."""
        return self._names(weak=False)

    @property
    def weak_aliases(self) -> tuple[str, ...]:
        """The names that only lists which call them weak give: no sign of identity alone."""
        return self._names(weak=True)

    @property
    def birth_dates(self) -> tuple[str, ...]:
        """As stated; of a minor the year only."""
        shown = (
            minors.shown_birth_date(each, self.as_of)
            for listing in self.listings
            for each in listing.party.birth_dates
        )
        dates = {str(each): each for each in shown}
        return tuple(sorted(dates, key=lambda text: (dates[text].first or date.max, text)))

    @property
    def nationalities(self) -> tuple[str, ...]:
        """Nationalities and citizenships (the EU states only the latter): ISO codes, or as stated
        where no code is known."""
        return _once(
            country.code or country.raw
            for listing in self.listings
            for country in (*listing.party.nationalities, *listing.party.citizenships)
        )

    @property
    def identifiers(self) -> tuple[str, ...]:
        """Each as `kind value (country)`."""
        return _once(
            f"{each.kind} {each.value}" + (f" ({where})" if where else "")
            for listing in self.listings
            for each in listing.party.identifiers
            for where in (each.country.code or each.country.raw if each.country else "",)
        )

    def references(self, partner: str) -> tuple[str, ...]:
        """The partner's own references, each as `list:reference`."""
        return _once(
            f"{each.official_list}:{each.reference}"
            for each in self.listings
            if each.partner == partner
        )

    def state(self, partner: str, measure: Measure) -> State:
        """Raises LookupError if the coverage says nothing of it: silence is not an answer."""
        for cell in self.cells:
            if cell.partner == partner and cell.measure is measure:
                return cell.state
        raise LookupError(f"{self.subject_id}: no coverage of {partner} {measure}")

    def _names(self, *, weak: bool) -> tuple[str, ...]:
        names = [name for listing in self.listings for name in listing.party.names]
        strong = [self.name] + [n.full for n in names if n.role is not NameRole.WEAK_ALIAS]
        spelt = {_spelling(name) for name in ([self.name] if not weak else strong)}
        wanted = [n.full for n in names if n.role is NameRole.WEAK_ALIAS] if weak else strong
        return tuple(name for name in _once(wanted, _spelling) if _spelling(name) not in spelt)


def _spelling(name: str) -> str:
    return " ".join(name.split()).casefold()


def _once(values: Iterable[str], key: Callable[[str], str] = str) -> tuple[str, ...]:
    first: dict[str, str] = {}
    for value in values:
        first.setdefault(key(value), value)
    return tuple(first.values())
