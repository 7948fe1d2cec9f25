"""How each official list stands: its edition, its age, and whether it can be relied on."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from importers import catalogue
from registry.domain.official_list import Edition, EditionState, OfficialList
from registry.domain.publication import UnmappedRow
from registry.services import programmes
from registry.store import queries, standing
from registry.store.queries import EditionSummary


class Health(StrEnum):
    """CURRENT and STALE speak of age; QUARANTINED: a newer edition came and is not used."""

    CURRENT = "current"
    STALE = "stale"
    QUARANTINED = "quarantined"
    RETIRED = "retired"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class ListHealth:
    """A list with the edition in use; `age` is in days; `unreconciled` counts its listings that
    matching has not seen; `refused` is a newer edition that stands in quarantine; `unmapped` are
    the codes in the edition that no programme of the table knows."""

    official_list: OfficialList
    edition: Edition | None
    age: int | None
    state: Health
    unreconciled: int
    refused: EditionSummary | None
    editions: tuple[EditionSummary, ...]
    unmapped: tuple[UnmappedRow, ...] = ()


def lists(session: Session, today: date) -> list[ListHealth]:
    """The health of every list that the registry can import, in the catalogue's order."""
    unreconciled = standing.outdated_members(session)
    summaries: dict[str, list[EditionSummary]] = {}
    for summary in queries.edition_summaries(session):
        summaries.setdefault(summary.edition.official_list, []).append(summary)
    unmapped: dict[str, list[UnmappedRow]] = {}
    for row in programmes.usage(session, today).unmapped:
        unmapped.setdefault(row.official_list, []).append(row)
    return [
        replace(
            _health(each, tuple(summaries.get(each.key, ())), unreconciled.get(each.key, 0), today),
            unmapped=tuple(unmapped.get(each.key, ())),
        )
        for each in catalogue.official_lists()
    ]


def _health(
    official_list: OfficialList,
    editions: tuple[EditionSummary, ...],
    unreconciled: int,
    today: date,
) -> ListHealth:
    used = [
        each.edition
        for each in editions
        if each.edition.state is EditionState.ACCEPTED and each.encoding_of is None
    ]
    newest = used[0] if used else None
    refused = next(
        (
            each
            for each in editions
            if each.edition.state is EditionState.QUARANTINED
            and (newest is None or each.edition.received_at > newest.received_at)
        ),
        None,
    )
    age = (today - newest.dated).days if newest else None
    if official_list.retired_on is not None and official_list.retired_on <= today:
        state = Health.RETIRED
    elif refused is not None:
        state = Health.QUARANTINED
    elif age is None:
        state = Health.MISSING
    else:
        state = Health.STALE if age > official_list.expected_age else Health.CURRENT
    return ListHealth(official_list, newest, age, state, unreconciled, refused, editions)
