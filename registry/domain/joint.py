"""The strongest joint candidates: whom partners could designate together next, and why.

Points are given for what makes a joint designation easy to defend; each comes with its reason.
They order a list for people to read and decide nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from registry.domain import reference
from registry.domain.cell import IN_FORCE
from registry.domain.designation import Measure
from registry.domain.gap import MISSING_PARTNERS, SURE, Gap
from registry.domain.identification import Identification
from registry.domain.law import IN_WORDS, in_words
from registry.domain.nexus import Nexus
from registry.domain.party import Kind
from registry.domain.programme import Answer, Confidence, Programme, Standing
from registry.domain.selection import Traits

STRONGEST = 20  # candidates that are shown
LONG_OPEN = 365  # days: beyond, a difference is no matter of one partner's slower publication


class Criterion(StrEnum):
    NEXUS = "nexus"
    COVERAGE = "coverage"
    INSTRUMENTS = "instruments"
    IDENTITY = "identity"
    CONFIDENCE = "confidence"
    LAG = "lag"


@dataclass(frozen=True, slots=True)
class Reason:
    """`points` of at most `most`, with the sentence that says why."""

    criterion: Criterion
    points: int
    most: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A subject that a joint designation could reach.

    `gaps` are the sure ones; `instruments` names, per partner that lacks a measure, the
    programmes that it could designate under, the dedicated ones first; none where it has none.
    """

    subject: Traits
    gaps: tuple[Gap, ...]
    instruments: Mapping[str, tuple[str, ...]]
    reasons: tuple[Reason, ...]

    @property
    def points(self) -> int:
        return sum(each.points for each in self.reasons)


MOST: Mapping[Criterion, int] = {
    Criterion.NEXUS: 3,
    Criterion.COVERAGE: 3,
    Criterion.INSTRUMENTS: 2,
    Criterion.IDENTITY: 2,
    Criterion.CONFIDENCE: 2,
    Criterion.LAG: 1,
}
_NEXUS = {
    Nexus.STATED: (3, "An authority's own words name atrocity-related conduct"),
    Nexus.PROGRAMME: (2, "Programme for atrocity-related conduct alone"),
    Nexus.POSSIBLE: (1, "Programme that reaches atrocity-related conduct, among others"),
    Nexus.NONE: (0, "No known nexus"),
}
_IDENTITY = {
    Identification.FIRM: (2, "Firmly identified"),
    Identification.THIN: (1, "Thinly identified"),
    Identification.BARE: (0, "Barely identified"),
}
_CONFIDENCE = {
    Confidence.HIGH: (2, "High confidence"),
    Confidence.MEDIUM: (1, "Medium confidence"),
    Confidence.LOW: (0, "Low confidence"),
}


_IMPOSES = frozenset({Answer.YES, Answer.CONDITIONAL, Answer.PERSONS})


def candidates(
    subjects: Iterable[Traits], situation: str, on: date, most: int = STRONGEST
) -> tuple[Candidate, ...]:
    """The `most` strongest of those with a gap that is sure enough, the strongest first.

    In one situation, or in all if it is "". Equal ones: more gaps first, then the longer open.
    """
    found = (
        made
        for each in subjects
        if not situation or situation in each.situations
        if (made := candidate(each, situation, on))
    )
    return tuple(sorted(found, key=_rank)[:most])


def candidate(subject: Traits, situation: str, on: date) -> Candidate | None:
    """The subject as a joint candidate; None without a gap of high or medium confidence."""
    gaps = tuple(gap for gap in subject.gaps if gap.confidence in SURE)
    if not gaps:
        return None
    within = frozenset({situation}) if situation else subject.situations
    instruments = {
        partner: _instruments(subject, partner, gaps, within, on)
        for partner in MISSING_PARTNERS
        if any(gap.missing_from == partner for gap in gaps)
    }
    return Candidate(
        subject, gaps, instruments, tuple(_reasons(subject, gaps, instruments, within, on))
    )


def _rank(each: Candidate) -> tuple[int, int, date, str]:
    return (
        -each.points,
        -len(each.gaps),
        _open_since(each.gaps) or date.max,
        each.subject.facts.name.casefold() + each.subject.facts.id,
    )


def _open_since(gaps: Iterable[Gap]) -> date | None:
    return min((gap.first_listed_on for gap in gaps if gap.first_listed_on), default=None)


def _instruments(
    subject: Traits, partner: str, gaps: Iterable[Gap], situations: frozenset[str], on: date
) -> tuple[str, ...]:
    lacking = frozenset(gap.measure for gap in gaps if gap.missing_from == partner)
    behind = frozenset(_programmes_behind(subject, lacking))
    return _answering(partner, subject.facts.kind, lacking, behind, situations, on)


@lru_cache(maxsize=65536)
def _answering(
    partner: str,
    kind: Kind,
    lacking: frozenset[Measure],
    behind: frozenset[str],
    situations: frozenset[str],
    on: date,
) -> tuple[str, ...]:
    """The partner's programmes that could impose what it lacks and others impose under `behind`:
    the dedicated ones first, then its own thematic one."""
    dedicated = _dedicated(situations)
    answering = {key for each in behind for key in reference.counterparts(each).get(partner, ())}
    law = reference.partners()[partner]

    def serves(programme: Programme) -> bool:
        return (
            programme.partner == partner
            and programme.standing is Standing.DESIGNATION
            and programme.status == "active"
            and not programme.ended_by(on)
            and (programme.key != law.thematic or kind in law.thematic_kinds)
            and any(programme.answer(measure) in _IMPOSES for measure in lacking)
        )

    return tuple(
        sorted(
            (key for key in answering | dedicated if serves(reference.programmes()[key])),
            key=lambda key: (key not in dedicated, key != law.thematic, key),
        )
    )


def _dedicated(situations: Iterable[str]) -> frozenset[str]:
    known = reference.situations()
    return frozenset[str]().union(*(known[key].programmes for key in situations))


def _programmes_behind(subject: Traits, measures: Iterable[Measure]) -> set[str]:
    """Under which programmes others impose these measures."""
    known = reference.programmes()
    return {
        support.programme
        for cell in subject.cells
        if cell.measure in measures and cell.state in IN_FORCE and cell.comparable
        for support in cell.supports
        if support.programme in known
    }


def _reasons(
    subject: Traits,
    gaps: tuple[Gap, ...],
    instruments: Mapping[str, tuple[str, ...]],
    situations: frozenset[str],
    on: date,
) -> Iterator[Reason]:
    yield _reason(Criterion.NEXUS, *_NEXUS[Nexus(subject.nexus or Nexus.NONE)])
    yield _coverage(gaps)
    yield _with_instruments(instruments, situations)
    firmest = min((gap.identification for gap in gaps), key=Identification.doubt)
    yield _reason(Criterion.IDENTITY, *_IDENTITY[firmest])
    surest = min((gap.confidence for gap in gaps), key=Confidence.doubt)
    yield _reason(Criterion.CONFIDENCE, *_CONFIDENCE[surest])
    yield _lag(gaps, on)


def _reason(criterion: Criterion, points: int, sentence: str) -> Reason:
    return Reason(criterion, points, MOST[criterion], sentence)


def _coverage(gaps: tuple[Gap, ...]) -> Reason:
    said: dict[str, list[str]] = {}
    for measure in Measure:
        theirs = [gap for gap in gaps if gap.measure is measure]
        if theirs:
            lacking = ", ".join(gap.missing_from for gap in theirs)
            where = f"in force at {', '.join(theirs[0].listed_by)}, missing from {lacking}"
            said.setdefault(where, []).append(IN_WORDS[measure])
    sentence = "; ".join(f"{' and '.join(words)} {where}" for where, words in said.items())
    most = MOST[Criterion.COVERAGE]
    points = min(max(len(gap.listed_by) for gap in gaps), most)
    return _reason(Criterion.COVERAGE, points, sentence[:1].upper() + sentence[1:])


def _with_instruments(
    instruments: Mapping[str, tuple[str, ...]], situations: frozenset[str]
) -> Reason:
    without = [partner for partner, keys in instruments.items() if not keys]
    if without:
        return _reason(Criterion.INSTRUMENTS, 0, f"No instrument is known of {', '.join(without)}")
    dedicated = _dedicated(situations)
    thematic = [partner for partner, keys in instruments.items() if dedicated.isdisjoint(keys)]
    if thematic:
        return _reason(
            Criterion.INSTRUMENTS, 1, f"A thematic programme only at {', '.join(thematic)}"
        )
    return _reason(Criterion.INSTRUMENTS, 2, "Dedicated programmes where it is missing")


def _lag(gaps: tuple[Gap, ...], on: date) -> Reason:
    since = _open_since(gaps)
    if since is None:
        return _reason(Criterion.LAG, 0, "No list dates the first designation")
    days = (on - since).days
    return _reason(
        Criterion.LAG,
        int(days > LONG_OPEN),
        f"First designated on {in_words(since)}, {_ago(days)} ago",
    )


def _ago(days: int) -> str:
    years = days // 365
    return f"{years} years" if years > 1 else f"{days:,} {'day' if days == 1 else 'days'}"
