"""What a proposal is filled with: what the registry holds on a subject, line by line, with sources.

Every line can be edited afterwards. What an authority stated is quoted and named as its statement.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from registry.domain import authority, minors, reference, urgent
from registry.domain.cell import Cell, SubjectFacts, Support
from registry.domain.designation import Measure
from registry.domain.finding import State as FindingState
from registry.domain.law import IN_WORDS, in_words
from registry.domain.nexus import FindingRow
from registry.domain.party import Identifier, Kind, Party
from registry.domain.programme import Answer
from registry.domain.roles import ROLE_NOT_STATED, StatedRole
from registry.domain.section import Heading, Section

NO_INSTRUMENT = "No dedicated authority identified."


@dataclass(frozen=True, slots=True)
class Entry:
    """One listing of the subject; `source` names it with its edition."""

    party: Party
    source: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the registry holds on a subject on a day. `roles` go with their source."""

    facts: SubjectFacts
    cells: tuple[Cell, ...]
    entries: tuple[Entry, ...]
    findings: tuple[FindingRow, ...]
    roles: tuple[tuple[StatedRole, str], ...]
    on: date


def sections(known: Known, partners: Iterable[str]) -> tuple[Section, ...]:
    """The sections of a new proposal on the subject. What speaks for it is left to the drafter."""
    subject = known.facts.id
    shown = [minors.shown(each.party, known.on) for each in known.entries]
    sources = [each.source for each in known.entries]
    written: dict[Heading, Iterable[str]] = {
        Heading.IDENTIFIERS: _stated(shown, sources, _identifiers),
        Heading.FACTS: _stated(shown, sources, _facts),
        Heading.COVERAGE: map(_covered, known.cells),
        Heading.CONDUCT: map(_quoted, known.findings),
        Heading.ROLE: _roles(known.roles),
        Heading.EXCULPATORY: (),
    }
    found = [Section(subject, heading, "\n".join(lines)) for heading, lines in written.items()]
    for partner in partners:
        lines = [*instruments(known, partner), *_urgently(known, partner)]
        found.append(Section(subject, Heading.INSTRUMENT, "\n".join(lines), partner))
        test = reference.legal_tests().get(partner, "")
        found.append(Section(subject, Heading.LEGAL_TEST, test, partner))
    order = tuple(Heading)
    return tuple(sorted(found, key=lambda each: order.index(each.heading)))


def instruments(known: Known, partner: str) -> tuple[str, ...]:
    """The programmes by which the partner could act: those that answer the ones under which the
    subject is listed, the dedicated before the thematic; or that none is known."""
    programmes = reference.programmes()
    listed = _programmes(known.facts)
    keys = {key for key in listed if programmes[key].partner == partner}
    for key in listed:
        keys.update(reference.counterparts(key).get(partner, ()))
    able = [
        each
        for each in (programmes[key] for key in keys)
        if not each.ended_by(known.on)
        and any(each.answer(measure) is not Answer.NO for measure in Measure)
    ]
    lines = [
        f"{each.title} ({each.key}){' – thematic' if each.thematic else ''} [{each.instrument}]"
        for each in sorted(able, key=lambda each: (each.thematic, each.key))
    ]
    ground = authority.ground(
        known.facts.kind,
        frozenset[str]().union(*(each.countries for each in known.facts.listings)),
        frozenset(listed),
    )
    reach = authority.reach(partner, ground, known.on)
    if not reach.possible or not lines:
        return (f"{NO_INSTRUMENT} {reach.note}".strip(),)
    return (*lines, *([reach.note] if reach.note else []))


def _urgently(known: Known, partner: str) -> Iterator[str]:
    """What speaks for the UK's urgent procedure, where it lacks a measure."""
    if partner != urgent.UK:
        return
    lacking: dict[tuple[str, ...], list[str]] = {}
    for each in urgent.eligible(known.facts, known.cells):
        lacking.setdefault(each.imposed_by, []).append(IN_WORDS[each.measure])
    for imposed_by, measures in lacking.items():
        yield (
            f"Urgent procedure for the {' and '.join(measures)}: already imposed by "
            f"{', '.join(imposed_by)}. Whether conditions B and C are met is the Minister's to "
            f"decide; without condition A it lapses after 56 days [{urgent.LAW}]"
        )


def _programmes(facts: SubjectFacts) -> tuple[str, ...]:
    found = (
        reference.programme_for(listing.official_list, act.code, act.act)
        for listing in facts.listings
        for act in listing.designations
    )
    return tuple(dict.fromkeys(each.key for each in found if each))


def _identifiers(party: Party) -> Iterator[str]:
    yield f"Name: {party.name}"
    for name in party.names:
        if name.full != party.name:
            yield f"{name.role.value.replace('-', ' ').capitalize()}: {name.full}"
    for born in party.birth_dates:
        yield f"Born: {born}"
    for number in party.identifiers:
        yield _number(number)


def _number(number: Identifier) -> str:
    label = number.label or number.kind.value.replace("-", " ").capitalize()
    where = number.country.raw or number.country.code if number.country else ""
    return f"{label}: {number.value}{f' ({where})' if where else ''}"


def _facts(party: Party) -> Iterator[str]:
    if party.kind is not Kind.UNKNOWN:
        yield f"Kind: {party.kind.value}"
    for place in party.birth_places:
        yield f"Place of birth: {place.raw or place.city}"
    for country in (*party.nationalities, *party.citizenships):
        yield f"Nationality: {country.raw or country.code}"
    for title in party.titles:
        yield f"Title: {title}"
    for function in party.functions:
        yield f"Function: {function}"
    for address in party.addresses:
        yield f"Address: {address.raw}"


def _stated(
    parties: Iterable[Party], sources: Iterable[str], facts: Callable[[Party], Iterable[str]]
) -> tuple[str, ...]:
    """Each fact once, with all the listings that state it."""
    stated: dict[str, dict[str, None]] = {}
    for party, source in zip(parties, sources, strict=True):
        for fact in facts(party):
            stated.setdefault(" ".join(fact.split()), {})[source] = None
    return tuple(f"{fact} [{'; '.join(by)}]" for fact, by in stated.items())


def _covered(cell: Cell) -> str:
    state = cell.state.value.replace("-", " ").replace("in force", "in force,")
    cited = [_cited(each) for each in cell.supports]
    # What is said of a list that the subject is not on rests on that list's edition.
    if not any(each.dated and each.official_list == cell.edition_of for each in cell.supports):
        dated = f"edition of {in_words(cell.dated)}" if cell.dated else "no edition"
        cited.append(", ".join(filter(None, (cell.edition_of, dated))))
    source = "; ".join(cited)
    return f"{cell.partner}, {IN_WORDS[cell.measure]}: {state}. {cell.basis} [{source}]"


def _cited(support: Support) -> str:
    """A listing with the edition of its own list; one that is gone has none."""
    listed = f"listed {in_words(support.listed_on)}" if support.listed_on else ""
    dated = f"edition of {in_words(support.dated)}" if support.dated else ""
    return ", ".join(filter(None, (f"{support.official_list} {support.reference}", listed, dated)))


def _quoted(found: FindingRow) -> str:
    state = "" if found.found.state is FindingState.CONFIRMED else " (not confirmed by a reviewer)"
    return (
        f"{found.partner} stated: “{found.quote}”{state} [{found.official_list} {found.reference}]"
    )


def _roles(roles: Sequence[tuple[StatedRole, str]]) -> tuple[str, ...]:
    lines = tuple(
        f"{each.role.value.replace('-', ' ').capitalize()}: “{each.words}” [{source}]"
        for each, source in roles
    )
    return lines or (f"{ROLE_NOT_STATED.capitalize()}.",)
