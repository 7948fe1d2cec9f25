"""Who is related to a subject, as lists state it, and whether the other one is listed as well."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from importers import catalogue
from registry.domain import ownership
from registry.domain.party import Relation, RelationKind
from registry.domain.selection import Traits
from registry.services import snapshot
from registry.services.remembered import Remembered
from registry.services.snapshot import Snapshot
from registry.store import ownership as stated
from registry.store import standing
from registry.store.ownership import folded
from registry.store.queries import ListingDetail

MATTERS = ownership.CONTROLLED | ownership.OWNING


@dataclass(frozen=True, slots=True)
class Related:
    """A relation with the listings that state it. `other` is the subject that the name or the
    reference leads to, None where no listing of the same list is clearly it."""

    relation: Relation
    listings: tuple[ListingDetail, ...]
    other: Traits | None

    @property
    def is_unlisted_control(self) -> bool:
        """Whether who owns or controls, or is owned or controlled, is found on no list."""
        return self.other is None and self.relation.kind in MATTERS


@dataclass(frozen=True, slots=True)
class _Index:
    """Subjects by (list, reference) and by (list, folded primary name); a name that several
    parties of a list bear leads to None."""

    by_reference: Mapping[tuple[str, str], str]
    by_name: Mapping[tuple[str, str], str | None]
    controls: Sequence[ownership.Control]
    subject_of: Mapping[str, str]


def stated_by(
    session: Session, subject_id: str, listings: Sequence[ListingDetail], today: date
) -> list[Related]:
    """The relations that the subject's own listings state, ownership and control first."""
    shot, index = snapshot.snapshot(session, today, today), _index(session, today)
    found: dict[tuple[RelationKind, str, str], list[tuple[Relation, ListingDetail]]] = {}
    for listing in listings:
        for each in listing.party.relations:
            other = _other(index, listing.official_list, each)
            known = other or folded(each.other)
            said = found.setdefault((each.kind, each.label, known), [])
            if all(listing is not one for _relation, one in said):
                said.append((each, listing))
    related = []
    for (_kind, _label, known), said in found.items():
        if known != subject_id:
            listings_ = tuple(listing for _relation, listing in said)
            related.append(Related(said[0][0], listings_, shot.by_id.get(known)))
    return sorted(related, key=_order)


def stated_by_others(
    session: Session, subject_id: str, stated: Sequence[Related], today: date
) -> list[tuple[Traits, bool]]:
    """Subjects whose own listings state that this one owns or controls them, or is owned by them,
    each with whether this one is the owner or controller. What this one states itself is left
    out."""
    known = {each.other.facts.id for each in stated if each.other and each.relation.kind in MATTERS}
    shot, index = snapshot.snapshot(session, today, today), _index(session, today)
    found: dict[tuple[str, bool], None] = {}
    for each in index.controls:
        controlled = index.subject_of.get(each.controlled)
        controller = index.subject_of.get(each.controller)
        if controlled == controller:
            continue
        if controller == subject_id and controlled:
            found[controlled, True] = None
        elif controlled == subject_id and controller:
            found[controller, False] = None
    return [
        (shot.by_id[other], owns)
        for other, owns in found
        if other in shot.by_id and other not in known
    ]


def prepare(session: Session, today: date) -> None:
    """Make what every subject's page needs, so that the first one is as fast as the others."""
    _index(session, today)


def _order(each: Related) -> tuple[bool, str, str]:
    return each.relation.kind not in MATTERS, each.relation.kind.value, each.relation.other


def _other(index: _Index, official_list: str, relation: Relation) -> str | None:
    if relation.reference:
        found = index.by_reference.get((official_list, relation.reference))
        if found:
            return found
    return index.by_name.get((official_list, folded(relation.other)))


def _index(session: Session, today: date) -> _Index:
    return _indexes.get(session, today, lambda: _make(session, today))


def _make(session: Session, today: date) -> _Index:
    shot: Snapshot = snapshot.snapshot(session, today, today)
    by_reference: dict[tuple[str, str], str] = {}
    by_name: dict[tuple[str, str], str | None] = {}
    subject_of: dict[str, str] = {}
    for traits in shot.by_id.values():
        for each in traits.facts.listings:
            subject_of[each.key] = traits.facts.id
            by_reference[each.official_list, each.reference] = traits.facts.id
            name = each.official_list, folded(each.name)
            by_name[name] = None if name in by_name else traits.facts.id
    editions = standing.editions_in_use(session, catalogue.official_lists(), today)
    return _Index(by_reference, by_name, stated.controls(session, editions.values()), subject_of)


_indexes: Remembered[_Index] = Remembered(most=1)
