"""What the registry holds on a subject, gathered for a proposal."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from registry.domain import drafting, identity_risk
from registry.domain.drafting import Entry, Known
from registry.domain.finding import State
from registry.domain.judgement import Verdict
from registry.domain.law import in_words
from registry.domain.section import Section
from registry.domain.selection import Traits
from registry.services import nexus, overrides, weighing
from registry.store import queries, subjects

DIFFERENT = Verdict.DIFFERENT
# What reviewers rejected is not quoted again.
_QUOTED = (State.CONFIRMED, State.PROPOSED)


def sections(
    session: Session, traits: Traits, partners: Iterable[str], today: date
) -> tuple[Section, ...]:
    """The sections of a new proposal on a subject, filled from its listings."""
    listings = queries.listings_of_subject(session, traits.facts.id)
    standing = {each.key for each in traits.facts.listings}
    readings = nexus.of_subject(session, traits.facts.id, today)
    known = Known(
        facts=traits.facts,
        cells=tuple(overrides.cell_unsigned(session, each) for each in traits.cells),
        entries=tuple(
            Entry(
                each.party,
                f"{each.official_list} {each.reference}, edition of {in_words(each.edition.dated)}",
            )
            for each in listings
            if each.key in standing
        ),
        findings=tuple(
            found for each in readings for found in each.findings if found.found.state in _QUOTED
        ),
        roles=tuple(
            (role, f"{each.official_list} {each.reference}")
            for each in readings
            for role in each.roles
        ),
        on=today,
    )
    return drafting.sections(known, partners)


def risks(session: Session, subject_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """By subject, why it may be mistaken for somebody else, in sentences; those without a risk are
    left out."""
    apart = [
        set(pair) for pair, verdict in weighing.verdicts(session).items() if verdict is DIFFERENT
    ]
    found = {}
    for each in subject_ids:
        subject = subjects.find(session, each)
        if subject is not None and (said := _risks(session, subject.id, apart)):
            found[each] = said
    return found


def _risks(session: Session, subject_id: str, apart: Iterable[set[str]]) -> tuple[str, ...]:
    """`apart` are the pairs of listings that reviewers judged to be different subjects."""
    listings = queries.listings_of_subject(session, subject_id)
    keys = {each.key for each in listings}
    others = {other for pair in apart if keys & pair for other in pair - keys}
    held = queries.listings_by_key(session, sorted(others))
    namesakes = [
        f"{each.party.name} ({each.official_list} {each.reference})"
        for _key, each in sorted(held.items())
    ]
    return identity_risk.risks([each.party for each in listings], namesakes)
