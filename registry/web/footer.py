"""What every page says of its data: the sources with their dates, and where to correct."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from registry.domain.official_list import EditionState, OfficialList
from registry.domain.publication import ADMINISTRATIVE_ACT
from registry.services import health
from registry.services.health import Health, ListHealth
from registry.services.remembered import Remembered
from registry.web import context


@dataclass(frozen=True, slots=True)
class Source:
    official_list: OfficialList
    dated: str
    is_stale: bool
    accepted_because: str  # empty where the edition passed its gates


def register(app: Flask) -> None:
    @app.context_processor
    def about_the_data() -> dict[str, Any]:
        try:
            sources = _sources.get(context.session(), context.today(), lambda: _made(lists()))
        except DBAPIError:
            sources = ()  # the page that says so still has a foot
        return {
            "sources": sources,
            "attributions": list(dict.fromkeys(each.official_list.attribution for each in sources)),
            "administrative_act": ADMINISTRATIVE_ACT,
            "contact": context.config().contact,
            "today": context.today(),
        }


def lists() -> tuple[ListHealth, ...]:
    """The health of every list; read once for each state of the database and day."""
    return prepare(context.session(), context.today())


def prepare(session: Session, today: date) -> tuple[ListHealth, ...]:
    """The same for a session that is no request's, before the first one asks."""
    return _lists.get(session, today, lambda: tuple(health.lists(session, today)))


def edition_id(official_list: str, dated: date | None) -> int | None:
    """The edition of a list that is used for a day's answer and has this date; None if none."""
    if dated is None:
        return None
    known = _editions.get(context.session(), context.today(), lambda: _by_date(lists()))
    return known.get((official_list, dated))


def _by_date(lists: Iterable[ListHealth]) -> dict[tuple[str, date], int]:
    """Of several editions of one list and date, the first that `lists` has."""
    found: dict[tuple[str, date], int] = {}
    for each in lists:
        for one in each.editions:
            if one.edition.state is EditionState.ACCEPTED and one.encoding_of is None:
                found.setdefault((each.official_list.key, one.edition.dated), one.edition.id)
    return found


def _made(lists: Iterable[ListHealth]) -> tuple[Source, ...]:
    return tuple(_source(each) for each in lists if each.edition)


def _source(each: ListHealth) -> Source:
    assert each.edition is not None
    reasons = {one.edition.id: one.accepted_because for one in each.editions}
    return Source(
        each.official_list,
        each.edition.date_text,
        each.state is Health.STALE,
        reasons.get(each.edition.id, ""),
    )


_lists: Remembered[tuple[ListHealth, ...]] = Remembered(most=2)
_sources: Remembered[tuple[Source, ...]] = Remembered(most=2)
_editions: Remembered[Mapping[tuple[str, date], int]] = Remembered(most=2)
