"""Charts as numbers for inline SVG: where each mark stands. Every chart has a table beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from registry.domain.official_list import EditionState
from registry.store.queries import EditionSummary

WIDTH, HEIGHT, MARGIN = 640, 160, 8  # in the units of the drawing


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a listing, known by its key; `ends` says that it is gone since."""

    on: date
    partner: str
    key: str
    text: str
    note: str = ""
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    x: float
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """`line` is the list of points of the polyline; `top` and `bottom` the values at the edges."""

    marks: tuple[Mark, ...]
    line: str
    ticks: tuple[Tick, ...]
    top: int
    bottom: int
    width: int = WIDTH
    height: int = HEIGHT


def counts(editions: Sequence[EditionSummary]) -> Chart | None:
    """How many listings each edition in use held, over time; None for fewer than two."""
    used = sorted((each.edition for each in editions if _counts(each)), key=lambda each: each.dated)
    if len(used) < 2:
        return None
    numbers = [each.listings for each in used]
    low, high = min(numbers), max(numbers)
    room = max((high - low) // 5, 1)
    bottom, top = max(low - room, 0), high + room
    axis = Axis(used[0].dated, used[-1].dated)
    marks = tuple(
        Mark(
            axis.place(each.dated),
            round(
                HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * (each.listings - bottom) / (top - bottom),
                1,
            ),
            f"{each.date_text}: {each.listings:,} listings",
        )
        for each in used
    )
    return Chart(marks, " ".join(f"{each.x},{each.y}" for each in marks), axis.years(), top, bottom)


def _counts(each: EditionSummary) -> bool:
    return each.edition.state is EditionState.ACCEPTED and each.encoding_of is None


@dataclass(frozen=True, slots=True)
class Axis:
    """Days from left to right."""

    first: date
    last: date

    def place(self, day: date) -> float:
        span = max((self.last - self.first).days, 1)
        return round(MARGIN + (WIDTH - 2 * MARGIN) * (day - self.first).days / span, 1)

    def years(self) -> tuple[Tick, ...]:
        """The first of January of some years, or the two ends where there is none between."""
        years = [
            day
            for year in range(self.first.year + 1, self.last.year + 1)
            if self.first < (day := date(year, 1, 1)) < self.last
        ]
        step = -(-len(years) // 10) or 1
        if years:
            return tuple(Tick(self.place(each), str(each.year)) for each in years[::step])
        return tuple(
            Tick(self.place(each), f"{each.day} {each:%b} {each.year}")
            for each in (self.first, max(self.last, self.first + timedelta(days=1)))
        )


@dataclass(frozen=True, slots=True)
class Bar:
    """How long one listing has stood, from its first designation known."""

    start: float
    width: float
    y: float
    is_former: bool


@dataclass(frozen=True, slots=True)
class Lane:
    label: str
    y: float
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    height: int
    width: int = WIDTH


LANE = 30  # units


def timeline(events: Sequence[Event], today: date) -> Timeline | None:
    """A lane for each partner; None where no date is known."""
    dated = [each for each in events if each.on <= today]
    if not dated:
        return None
    first = min(each.on for each in dated)
    axis = Axis(first.replace(month=1, day=1), today)
    lanes = []
    for number, partner in enumerate(dict.fromkeys(each.partner for each in dated)):
        y = number * LANE + LANE / 2
        theirs = [each for each in dated if each.partner == partner]
        lanes.append(
            Lane(
                partner,
                y,
                tuple(_bars(theirs, axis, y, today)),
                tuple(
                    Mark(axis.place(each.on), y, f"{each.on.day} {each.on:%B %Y}: {each.text}")
                    for each in theirs
                ),
            )
        )
    return Timeline(tuple(lanes), axis.years(), len(lanes) * LANE)


def _bars(events: Sequence[Event], axis: Axis, y: float, today: date) -> Iterator[Bar]:
    for key in dict.fromkeys(each.key for each in events):
        own = [each for each in events if each.key == key]
        start = axis.place(min(each.on for each in own))
        ended = [each.on for each in own if each.ends]
        end = axis.place(max(ended) if ended else today)
        yield Bar(start, max(round(end - start, 1), 2), y - 4, bool(ended))
