"""The feature that compares dates of birth."""

from datetime import date

from matching.evidence import MISSING, Fact, Level
from matching.profile import Profile
from registry.domain.partial_date import PartialDate, Precision

ORDER = (
    Level.SAME,
    Level.CLOSE,
    Level.PARTIAL,
    Level.COMPATIBLE,
    Level.APART,
    Level.DIFFERENT,
    Level.FAR,
)
GENERATION = 10  # years; lists seldom err by so much, and a namesake is often of another age
SLACK = 2  # years that "circa" leaves open


def birth_date(left: Profile, right: Profile) -> Fact:
    """Whether any stated birth dates agree, to the precision that both sides give."""
    best: tuple[int, PartialDate, PartialDate] | None = None
    for a in left.birth_dates:
        for b in right.birth_dates:
            rank = ORDER.index(_level(a, b))
            if best is None or rank < best[0]:
                best = (rank, a, b)
    if best is None:
        return MISSING
    rank, a, b = best
    return Fact(ORDER[rank], str(a), str(b), _sentence(ORDER[rank], a, b))


def _level(a: PartialDate, b: PartialDate) -> Level:
    assert a.first is not None
    assert a.last is not None
    assert b.first is not None
    assert b.last is not None
    days = a.precision is Precision.DAY and b.precision is Precision.DAY
    if days:
        if a.first == b.first:
            # The first of January often stands for a year.
            return Level.PARTIAL if (a.first.month, a.first.day) == (1, 1) else Level.SAME
        if _misread(a.first, b.first):
            return Level.CLOSE
    agree = a.agrees_with(b)
    if agree and a.year is not None and a.year == b.year:
        return Level.PARTIAL
    if agree:
        return Level.COMPATIBLE
    distance = max(a.first.year - b.last.year, b.first.year - a.last.year, 0)
    if distance <= SLACK and (a.circa or b.circa):
        return Level.COMPATIBLE
    if a.year is not None and a.year == b.year:
        return (
            Level.APART if not days or _new_year(a.first) or _new_year(b.first) else Level.DIFFERENT
        )
    if distance <= 1:
        return Level.APART if not days else Level.DIFFERENT
    if days and (a.first.month, a.first.day) == (b.first.month, b.first.day) != (1, 1):
        return Level.APART  # two figures of the year wrong, seldom father and son
    return Level.DIFFERENT if distance < GENERATION else Level.FAR


def _new_year(day: date) -> bool:
    return (day.month, day.day) == (1, 1)


def _misread(a: date, b: date) -> bool:
    """Day and month swapped, another month, or one figure of the date wrong."""
    if a.year == b.year and (a.month, a.day) == (b.day, b.month):
        return True
    if (a.month, a.day) == (b.month, b.day):
        return abs(a.year - b.year) == 1 or _figures_apart(a.year, b.year) == 1
    if a.year == b.year and a.month == b.month:
        return abs(a.day - b.day) == 1 or _figures_apart(a.day, b.day) == 1
    return a.year == b.year and a.day == b.day


def _figures_apart(a: int, b: int) -> int:
    return sum(x != y for x, y in zip(f"{a:04}", f"{b:04}", strict=True))


def _sentence(level: Level, a: PartialDate, b: PartialDate) -> str:
    assert a.first is not None
    assert a.last is not None
    assert b.first is not None
    assert b.last is not None
    if level is Level.SAME:
        return f"Both were born on {a}"
    if level is Level.CLOSE:
        return f"Birth dates differ as by a slip of the pen: {a} and {b}"
    if level is Level.PARTIAL:
        return f"Both were born in {a.year}"
    if level is Level.COMPATIBLE:
        return f"Birth dates leave each other open: {a} and {b}"
    years = max(a.first.year - b.last.year, b.first.year - a.last.year, 0)
    if years:
        return f"Birth years differ by {years}: {a} and {b}"
    return f"Birth dates differ: {a} and {b}"
