"""Listed owners and controllers of a subject, as its own listings or theirs state it.

They make no listing of it. The US 50 per cent rule and the ownership and control tests of others
may reach it all the same, which is a question of fact that no list answers.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from registry.domain.party import RelationKind

OWNED = frozenset({RelationKind.OWNED_BY, RelationKind.SUBSIDIARY_OF})
CONTROLLED = OWNED | {RelationKind.ACTS_FOR}
OWNING = frozenset({RelationKind.OWNS, RelationKind.PARENT_OF})
STATED = CONTROLLED | OWNING
# OFAC's rule of 13 August 2014 looks at ownership alone.
OWNERSHIP_ONLY = frozenset({"US"})


@dataclass(frozen=True, slots=True)
class Control:
    """One listing states that its party is owned or controlled by that of another: their keys."""

    controlled: str
    controller: str
    by_ownership: bool


def owners(
    controls: Iterable[Control],
    subject_of: Mapping[str, str],
    freezing: Callable[[str], frozenset[str]],
    name_of: Callable[[str], str],
) -> dict[str, tuple[tuple[str, str], ...]]:
    """By subject, (partner, name) of each owner or controller on whom that partner imposes an
    asset freeze. `freezing` gives the partners that do for a subject, `name_of` its name."""
    found: dict[str, set[tuple[str, str]]] = {}
    for each in controls:
        subject, owner = subject_of.get(each.controlled), subject_of.get(each.controller)
        if subject is None or owner is None or subject == owner:
            continue
        partners = freezing(owner)
        if not each.by_ownership:
            partners -= OWNERSHIP_ONLY
        found.setdefault(subject, set()).update((partner, name_of(owner)) for partner in partners)
    return {subject: tuple(sorted(theirs)) for subject, theirs in found.items() if theirs}
