"""Days that somebody enters: within bounds in which a slip of the hand stands out."""

from datetime import date

from registry.domain.record import InvalidRecord

YEARS_BACK = 5  # a proposal that is entered late
YEARS_AHEAD = 10
FIRST_ACT = 1945  # the year of the Charter of the United Nations; older sanctions are not in force
FIRST_ARCHIVED = 1996  # the year in which archives of the web begin


def require_near(today: date, **days: date | None) -> None:
    """Raise InvalidRecord for the first of these days, by their fields, that lies far from today.
    None is none."""
    for name, day in days.items():
        if day is not None and not today.year - YEARS_BACK <= day.year <= today.year + YEARS_AHEAD:
            raise InvalidRecord(
                f"{day.isoformat()} lies too far off: enter a day between "
                f"{today.year - YEARS_BACK} and {today.year + YEARS_AHEAD}.",
                name,
            )


def require_made(day: date) -> None:
    """Raise InvalidRecord if no act that still counts can have been made on that day."""
    if day.year < FIRST_ACT:
        raise InvalidRecord(
            f"{day.isoformat()} lies too far back: enter a day from {FIRST_ACT} on.", "made_on"
        )


def require_archived(today: date, *days: date | None) -> None:
    """Raise InvalidRecord for the first of these on which no page can have been archived."""
    for day in days:
        if day is not None and (day.year < FIRST_ARCHIVED or day > today):
            raise InvalidRecord(
                f"No page can have been archived on {day.isoformat()}: enter the day on which it "
                "was, today at the latest.",
                "archived_on",
            )
