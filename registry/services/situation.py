"""A situation as partners see it: programmes, coverage, lag, recent changes, joint candidates."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from registry.domain import reference
from registry.domain.cell import PARTNERS
from registry.domain.changes import ChangeKind
from registry.domain.designation import DateBasis, Measure
from registry.domain.gap import MISSING_PARTNERS, SURE
from registry.domain.joint import Candidate
from registry.domain.lag import DESIGNATION_DATES, Median
from registry.domain.nexus import Counting
from registry.domain.programme import Programme, Standing
from registry.domain.reference import Situation
from registry.domain.selection import Traits
from registry.services import joint, lag, programmes, snapshot
from registry.services.remembered import Remembered
from registry.store import changes, subjects
from registry.store.changes import ChangedListing, ChangesAsked

RECENT = timedelta(days=365)
MOST_CHANGES = 20  # shown


@dataclass(frozen=True, slots=True)
class Shares:
    """On how many subjects just so many of the coordinating partners impose a measure: none of
    them (only others do), one alone, some, or all."""

    none: int
    one: int
    some: int
    all: int

    @property
    def total(self) -> int:
        return self.none + self.one + self.some + self.all


@dataclass(frozen=True, slots=True)
class Outline:
    """A situation in numbers.

    `subjects` are those that count, `in_force` the same per partner and measure; `gaps` rows of
    gaps per partner that lacks the measure, `weak` those of low confidence among them. `nexus` are
    all subjects per atrocity nexus, whether they count or not.
    """

    situation: Situation
    subjects: int
    in_force: Mapping[tuple[str, Measure], int]
    gaps: Mapping[tuple[str, Measure], int]
    weak: Mapping[tuple[str, Measure], int]
    shares: Mapping[Measure, Shares]
    nexus: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Used:
    """A programme and how many listings in use name it."""

    programme: Programme
    listings: int


@dataclass(frozen=True, slots=True)
class Instruments:
    """What a partner has for a situation.

    `dedicated` programmes are for it; `also` reach it though most of their designations belong
    elsewhere; `past` have ended; `un_lists` apply the UN's list. `none` says why there is no
    dedicated one, where that is known; `thematic` is the programme that serves then.
    """

    partner: str
    dedicated: tuple[Used, ...]
    also: tuple[Used, ...]
    past: tuple[Used, ...]
    un_lists: tuple[Used, ...]
    none: str
    thematic: Programme | None


@dataclass(frozen=True, slots=True)
class Lag:
    """The medians between partners on designation dates, and with the dates of acts counted."""

    stated: tuple[Median, ...]
    with_acts: tuple[Median, ...]


@dataclass(frozen=True, slots=True)
class SituationPage:
    """All that a page shows of a situation; `changes` are of the last year, the newest first, and
    `names` those of the subjects in them."""

    outline: Outline
    instruments: tuple[Instruments, ...]
    lag: Lag
    changes: tuple[ChangedListing, ...]
    names: Mapping[str, str]
    candidates: tuple[Candidate, ...]


def outlines(
    session: Session, on: date, today: date, counting: Counting = Counting.COUNTED
) -> tuple[Outline, ...]:
    """Every situation of the table, the one with the most subjects first."""
    return _outlines.get(
        session,
        (on, today, counting),
        lambda: tuple(_all(snapshot.snapshot(session, on, today).coverage.subjects, counting)),
    )


def nexus_anywhere(session: Session, on: date, today: date) -> Mapping[str, int]:
    """Subjects per atrocity nexus, of those that stand in any situation."""
    subjects = snapshot.snapshot(session, on, today).coverage.subjects
    return Counter(each.nexus for each in subjects if each.situations)


def page(
    session: Session, key: str, on: date, today: date, counting: Counting = Counting.COUNTED
) -> SituationPage | None:
    """The situation as of a day; None if the table has no such key.

    `counting` bears on the outline alone.
    """
    if key not in reference.situations():
        return None
    return _pages.get(
        session, (key, on, today, counting), lambda: _make(session, key, on, today, counting)
    )


def prepare(session: Session, today: date) -> None:
    """Make what every situation's page of the day shows, before the first one asks."""
    outlines(session, today, today)
    for key in reference.situations():
        page(session, key, today, today)


def _make(session: Session, key: str, on: date, today: date, counting: Counting) -> SituationPage:
    coverage = snapshot.snapshot(session, on, today).coverage
    theirs = [each for each in coverage.subjects if key in each.situations]
    situation = reference.situations()[key]
    counted = programmes.usage(session, today).listings
    with_acts = DESIGNATION_DATES | {DateBasis.ENTRY_INTO_FORCE}
    changed = tuple(_changes(session, {each.facts.id for each in theirs}, on))
    return SituationPage(
        _outline(situation, theirs, counting),
        tuple(_instruments(situation, partner, counted, on) for partner in PARTNERS),
        Lag(
            tuple(lag.medians(session, coverage, key, DESIGNATION_DATES)),
            tuple(lag.medians(session, coverage, key, with_acts)),
        ),
        changed,
        subjects.names(session, {each.subject_id for each in changed if each.subject_id}),
        joint.candidates(session, key, on, today),
    )


def _all(subjects: Iterable[Traits], counting: Counting) -> Iterator[Outline]:
    found: dict[str, list[Traits]] = {key: [] for key in reference.situations()}
    for each in subjects:
        for key in each.situations:
            found[key].append(each)
    for key in sorted(found, key=lambda key: (-len(found[key]), key)):
        yield _outline(reference.situations()[key], found[key], counting)


def _outline(situation: Situation, theirs: list[Traits], counting: Counting) -> Outline:
    subjects = [each for each in theirs if each.nexus in counting.counts]
    gaps = [gap for each in subjects for gap in each.gaps]
    return Outline(
        situation,
        len(subjects),
        Counter(
            (partner, measure)
            for each in subjects
            for measure, partners in each.imposing.items()
            for partner in partners
        ),
        Counter((gap.missing_from, gap.measure) for gap in gaps),
        Counter((gap.missing_from, gap.measure) for gap in gaps if gap.confidence not in SURE),
        {measure: _shares(measure, subjects) for measure in Measure},
        Counter(each.nexus for each in theirs),
    )


def _shares(measure: Measure, subjects: Iterable[Traits]) -> Shares:
    """Of the subjects on whom anybody imposes the measure."""
    counted = Counter(
        len(each.imposing[measure].intersection(MISSING_PARTNERS))
        for each in subjects
        if each.imposing[measure]
    )
    everybody = len(MISSING_PARTNERS)
    return Shares(
        counted[0],
        counted[1],
        sum(counted[number] for number in range(2, everybody)),
        counted[everybody],
    )


def _instruments(
    situation: Situation, partner: str, counted: Mapping[str, int], on: date
) -> Instruments:
    known = reference.programmes()
    theirs = sorted(
        key for key in situation.programmes | situation.also if known[key].partner == partner
    )
    used = [Used(known[key], counted.get(key, 0)) for key in theirs]
    past = tuple(each for each in used if each.programme.ended_by(on))
    un_lists = tuple(
        each for each in used if each.programme.standing is Standing.UN_LIST and each not in past
    )
    left = [each for each in used if each not in past and each not in un_lists]
    dedicated = tuple(each for each in left if each.programme.key in situation.programmes)
    also = tuple(each for each in left if each not in dedicated)
    thematic = reference.partners()[partner].thematic
    return Instruments(
        partner,
        dedicated,
        also,
        past,
        un_lists,
        "" if dedicated else situation.none.get(partner, ""),
        known[thematic] if thematic else None,
    )


def _changes(session: Session, subjects: set[str], on: date) -> list[ChangedListing]:
    found = [
        each
        for kind in (ChangeKind.LISTED, ChangeKind.DELISTED)
        for each in changes.page(
            session,
            ChangesAsked(since=on - RECENT, until=on, kind=kind, subjects=subjects),
            offset=0,
            limit=MOST_CHANGES,
        )
    ]
    return sorted(found, key=lambda each: each.seen_on, reverse=True)[:MOST_CHANGES]


_outlines: Remembered[tuple[Outline, ...]] = Remembered(most=6)
_pages: Remembered[SituationPage] = Remembered(most=64)
