"""Coverage: for one subject, what each partner imposes, on what basis, and where the gaps are.

Every state has one rule here, one definition in `docs/method.md` and one test of its name.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from registry.domain import authority, law, reference
from registry.domain.authority import Ground
from registry.domain.cell import (
    GAPS,
    IN_FORCE,
    PARTNERS,
    Cell,
    Listed,
    ListStatus,
    Near,
    Pending,
    Search,
    State,
    SubjectFacts,
    Support,
    World,
)
from registry.domain.designation import Measure
from registry.domain.gap import Gap, GapType, gaps
from registry.domain.law import IN_WORDS, Claim, in_words
from registry.domain.override import Field
from registry.domain.party import Kind
from registry.domain.programme import Confidence, Criteria

__all__ = [
    "GAPS",
    "IN_FORCE",
    "PARTNERS",
    "Cell",
    "Confidence",
    "Gap",
    "GapType",
    "ListStatus",
    "Listed",
    "Near",
    "Pending",
    "State",
    "SubjectFacts",
    "Support",
    "World",
    "cells",
    "gaps",
    "imposing",
    "situations",
]

PENDING_DAYS = 60  # lists show an act weeks after it; beyond this an officer must look again
UN_LIST = "un-sc"
TRAVEL_FILE = "eu-travel-bans"
_MEASURES = tuple(Measure)
_CRITERIA = tuple(Criteria)
_PERSONS = frozenset({Kind.PERSON, Kind.UNKNOWN})


class _Found(NamedTuple):
    """A claim and the listing that it rests on."""

    claim: Claim
    listed: Listed
    listed_on: date | None


class _Case(NamedTuple):
    """One partner's measure on one subject, with all that bears on it."""

    partner: str
    measure: Measure
    world: World
    search: Search
    facts: SubjectFacts
    subject: Ground
    listings: Sequence[Listed]
    former: Sequence[Listed]
    found: Sequence[_Found]
    un_unsettled: bool
    deceased: bool


def cells(facts: SubjectFacts, world: World) -> tuple[Cell, ...]:
    """Decide every partner's two measures on a subject; the rules are those of `docs/method.md`."""
    listings, former = _standing(facts, world)
    subject = _ground(facts, listings or former)
    un_known = world.dated(UN_LIST) is not None
    un_unsettled = not un_known and any(each.un_references for each in listings)
    deceased = any(each.deceased for each in listings)
    overridden = any(each.overrides for each in listings)

    def decide(partner: str, measure: Measure) -> Cell:
        case = _Case(
            partner,
            measure,
            world,
            world.searched(partner, measure),
            facts,
            subject,
            [each for each in listings if each.partner == partner],
            [each for each in former if each.partner == partner],
            list(_found(partner, measure, listings, subject.kind, world.on, un_known)),
            un_unsettled,
            deceased,
        )
        return _with_overrides(_cell(case), case) if overridden else _cell(case)

    touched = _touched(facts, listings, former)
    absences = world.absences(subject, un_unsettled, deceased)
    decided = []
    for partner in PARTNERS:
        for measure in _MEASURES:
            if partner in touched:
                decided.append(decide(partner, measure))
                continue
            absent = absences.get((partner, measure))
            if absent is None:
                absent = absences[partner, measure] = decide(partner, measure)
            decided.append(absent)
    return tuple(decided)


def situations(facts: SubjectFacts, world: World) -> frozenset[str]:
    """The situations in which a subject's designations count, or else its former ones."""
    listings, former = _standing(facts, world)
    return _ground(facts, listings or former).situations


def imposing(
    measure: Measure, listings: Sequence[Listed], kind: Kind, world: World
) -> frozenset[str]:
    """The partners by whose law listings of one subject impose the measure on it."""
    un_known = world.dated(UN_LIST) is not None
    partners = {each.partner for each in listings}
    return frozenset(
        partner
        for partner in (*partners, *(("CA", "US") if "UN" in partners else ()))
        for each in _found(partner, measure, listings, kind, world.on, un_known)
        if each.claim.imposed
    )


def _standing(facts: SubjectFacts, world: World) -> tuple[tuple[Listed, ...], tuple[Listed, ...]]:
    """The listings in force and the former ones; what a retired list held is former."""
    gone = tuple(each for each in facts.listings if world.is_retired(each.official_list))
    if not gone:
        return facts.listings, facts.former
    return tuple(each for each in facts.listings if each not in gone), facts.former + gone


def _ground(facts: SubjectFacts, listings: Sequence[Listed]) -> Ground:
    return authority.ground(
        _kind(facts, listings),
        frozenset[str]().union(*(each.countries for each in listings)),
        frozenset(_programmes(listings)),
    )


def _kind(facts: SubjectFacts, listings: Iterable[Listed]) -> Kind:
    """The subject's kind, or that on which its listings agree where it has none."""
    if facts.kind is not Kind.UNKNOWN:
        return facts.kind
    kinds = {each.kind for each in listings} - {Kind.UNKNOWN}
    return kinds.pop() if len(kinds) == 1 else Kind.UNKNOWN


def _programmes(listings: Iterable[Listed]) -> Iterator[str]:
    for listed in listings:
        for each in listed.designations:
            if found := reference.programme_for(listed.official_list, each.code, each.act):
                yield found.key


def _touched(facts: SubjectFacts, listings: Iterable[Listed], former: Iterable[Listed]) -> set[str]:
    """The partners of whom more is known than that nothing was found."""
    touched = {each.partner for each in listings} | {each.partner for each in former}
    touched |= facts.candidates | {each.partner for each in facts.pending}
    touched |= {partner for partner, _ in facts.owners} | {each.partner for each in facts.near}
    if "UN" in touched:
        touched |= {"CA", "US"}
    if any(each.field is Field.KIND for listed in listings for each in listed.overrides):
        touched.update(PARTNERS)
    return touched


def _found(
    partner: str,
    measure: Measure,
    listings: Iterable[Listed],
    kind: Kind,
    on: date,
    un_known: bool,
) -> Iterator[_Found]:
    """What every designation says of the measure, by the partner's lists or by the UN's abroad."""
    for listed in listings:
        if listed.partner not in (partner, "UN"):
            continue
        for each in listed.designations:
            claim = law.claim(measure, listed.official_list, each, kind, on, un_known)
            if claim and listed.overrides:
                claim = _overridden(claim, measure, listed)
            if claim and listed.partner != partner:
                claim = law.un_claim_abroad(measure, partner, claim, on)
            if claim:
                yield _Found(claim, listed, each.listed_on)


def _overridden(claim: Claim, measure: Measure, listed: Listed) -> Claim:
    """The claim with the officer's sentence in place of one that would quote the file."""
    sentences = [each.sentence for each in listed.overrides if each.measure is measure]
    return replace(claim, basis=sentences[-1]) if sentences else claim


def _with_overrides(cell: Cell, case: _Case) -> Cell:
    """The cell with a note of every override that bears on it."""
    ours = {id(each) for each in case.listings} | {id(each.listed) for each in case.found}
    sentences = dict.fromkeys(
        each.sentence
        for listed in case.facts.listings
        for each in listed.overrides
        if _bears_on(each.field, case.measure, id(listed) in ours)
    )
    if not sentences:
        return cell
    return replace(cell, note=". ".join(filter(None, (cell.note, *sentences))))


def _bears_on(field: Field, measure: Measure, is_the_partners: bool) -> bool:
    """What kind of party it is decides for every partner whether it can be banned from entry."""
    match field:
        case Field.KIND:
            return is_the_partners or measure is Measure.TRAVEL_BAN
        case Field.LISTED_ON:
            return is_the_partners
        case _:
            return is_the_partners and field.value == measure.value


def _cell(case: _Case) -> Cell:
    imposed = [each for each in case.found if each.claim.imposed]
    not_applicable = _not_applicable(case)
    if not_applicable and not any(each.claim.stated for each in imposed):
        return Cell(
            case.partner,
            case.measure,
            State.NOT_APPLICABLE,
            not_applicable,
            Confidence.HIGH,
            case.search.dated,
            edition_of=case.search.official_list,
        )
    if imposed:
        return _in_force(case, imposed)
    return _not_in_force(case)


def _not_applicable(case: _Case) -> str:
    """Why the measure can not apply to this subject unless a file states it, "" if it can."""
    if case.measure is not Measure.TRAVEL_BAN:
        return ""
    if case.subject.kind not in _PERSONS:
        return "A travel ban reaches natural persons only"
    partner = reference.partners()[case.partner]
    if not partner.nationals.isdisjoint(case.subject.nationalities):
        return f"An own national: {partner.nationals_basis}"
    return ""


def _in_force(case: _Case, imposed: Sequence[_Found]) -> Cell:
    best = min(imposed, key=_preference)
    claim = best.claim
    confidence = claim.confidence
    notes = [claim.note] if claim.note else []
    if case.deceased:
        notes.append("Noted as dead, which by itself ends no listing")
    travel_file = case.world.dated(TRAVEL_FILE)
    if case.partner == "EU" and not claim.stated and travel_file:
        confidence = confidence.lower()
        notes.append(f"Not on the EU travel-ban file of {in_words(travel_file)}")
    status = case.world.lists.get(best.listed.official_list)
    return Cell(
        case.partner,
        case.measure,
        State.IN_FORCE_STATED if claim.stated else State.IN_FORCE_DERIVED,
        claim.basis,
        confidence,
        status.dated if status else None,
        _supports(imposed, case.world),
        ". ".join(notes),
        status.stale if status else False,
        any(each.claim.comparable for each in imposed),
        best.listed.official_list,
    )


def _preference(found: _Found) -> tuple[bool, bool, int, int]:
    """The claim to show first: stated before derived, the surest, the nearest to atrocities."""
    claim = found.claim
    programme = reference.programmes().get(claim.programme)
    criteria = _CRITERIA.index(programme.criteria) if programme else len(_CRITERIA)
    return (not claim.comparable, not claim.stated, claim.confidence.doubt(), criteria)


def _supports(found: Iterable[_Found], world: World) -> tuple[Support, ...]:
    return tuple(
        dict.fromkeys(
            Support(
                each.listed.official_list,
                each.listed.reference,
                each.listed.key,
                each.claim.programme,
                each.listed_on,
                world.dated(each.listed.official_list),
            )
            for each in found
        )
    )


def _shown(listings: Iterable[Listed], world: World) -> Iterator[Support]:
    """The listings beside a cell that rests on none: what else the partner has, or had."""
    for listed in listings:
        first = listed.designations[0] if listed.designations else None
        programme = first and reference.programme_for(listed.official_list, first.code, first.act)
        yield Support(
            listed.official_list,
            listed.reference,
            listed.key,
            programme.key if programme else first.code if first else "",
            first.listed_on if first else None,
            None if listed.delisted_on else world.dated(listed.official_list),
        )


@dataclass(slots=True)
class _Answer:
    """A state with its sentence while the rules are still asked; `steps` lower confidence."""

    state: State
    basis: str
    notes: list[str]
    steps: int = 0
    confidence: Confidence = Confidence.HIGH


def _not_in_force(case: _Case) -> Cell:
    answer = _absence(case)
    for rule in (_pending, _candidate, _unsettled, _elsewhere, _authority):
        if answer.state in _OPEN:
            rule(case, answer)
    if answer.state not in _OPEN:
        answer.confidence = _CERTAIN.get(answer.state, Confidence.LOW)
        answer.steps = 0
    rests_on = case.search.official_list
    if answer.state is State.OTHER_MEASURE_ONLY:
        rests_on = (_least(case.found).listed if case.found else case.listings[0]).official_list
    status = case.world.lists.get(rests_on)
    return Cell(
        case.partner,
        case.measure,
        answer.state,
        answer.basis,
        answer.confidence.lower(answer.steps),
        case.world.dated(rests_on),
        tuple(_shown(case.listings or case.former, case.world)),
        ". ".join(answer.notes),
        case.search.stale or bool(status and status.stale),
        edition_of=rests_on,
    )


_OPEN = GAPS | {State.DELISTED}
_CERTAIN = {State.NO_AUTHORITY: Confidence.MEDIUM, State.PENDING_PUBLICATION: Confidence.MEDIUM}


def _absence(case: _Case) -> _Answer:
    """What the lists themselves say where no claim imposes the measure."""
    open_claim = next((each.claim for each in case.found if each.claim.imposed is None), None)
    if open_claim:
        notes = [open_claim.note] if open_claim.note else []
        return _Answer(State.UNKNOWN, open_claim.basis, notes)
    if case.search.dated is None:
        day = in_words(case.world.on)
        return _Answer(State.UNKNOWN, f"No good edition of {case.search.called} for {day}", [])
    if case.listings:
        answer = _other_measure(case)
    elif case.former:
        answer = _Answer(State.DELISTED, _formerly(case), [])
    elif case.measure is Measure.TRAVEL_BAN and case.partner == "US":
        basis = f"No public entry ban found: not on {case.search.as_of}"
        answer = _Answer(State.NOT_FOUND, basis, [])
    else:
        answer = _Answer(State.NOT_FOUND, f"Not found on {case.search.as_of}", [])
    _doubts(case, answer)
    return answer


def _other_measure(case: _Case) -> _Answer:
    words = IN_WORDS[case.measure]
    if not case.found:
        lists = sorted({reference.list_law(each.official_list).called for each in case.listings})
        return _Answer(
            State.OTHER_MEASURE_ONLY,
            f"Listed, but not under the {words}: only on {' and '.join(lists)}, "
            f"not on {case.search.as_of}",
            [],
        )
    least = _least(case.found)
    elsewhere = least.listed.official_list != case.search.official_list
    return _Answer(
        State.OTHER_MEASURE_ONLY,
        f"Listed, but not under the {words}: {least.claim.basis}"
        + (f"; not on {case.search.as_of}" if elsewhere else ""),
        [least.claim.note] if least.claim.note else [],
        confidence=least.claim.confidence,
    )


def _least(found: Sequence[_Found]) -> _Found:
    """The claim that is least sure: what is said of the measure rests on it."""
    return max(found, key=lambda each: each.claim.confidence.doubt())


def _formerly(case: _Case) -> str:
    last = max(case.former, key=lambda each: each.delisted_on or date.min)
    called = reference.list_law(last.official_list).called
    gone = f", gone by {in_words(last.delisted_on)}" if last.delisted_on else ""
    return f"Formerly on {called} as {last.reference}{gone}; not on {case.search.as_of}"


def _doubts(case: _Case, answer: _Answer) -> None:
    """What makes an absence less sure: a step of confidence each, two for a near listing."""
    if case.search.stale:
        answer.notes.append("The list is past its expected age")
        answer.steps += 1
    if answer.state is State.DELISTED:
        return
    if case.search.lacking:
        answer.notes.append(f"No edition of {' or '.join(case.search.lacking)} for this day")
        answer.steps += 1
    if case.deceased:
        answer.notes.append("Noted as dead")
        answer.steps += 1
    near = next(filter(lambda each: _is_searched(each.partner, case), case.facts.near), None)
    if near and answer.state is State.NOT_FOUND:
        answer.notes.append(
            f"{near.name} ({near.official_list} {near.reference}) comes near, "
            "though not near enough to ask a reviewer"
        )
        answer.steps += 2
    owners = [name for partner, name in case.facts.owners if partner == case.partner]
    if owners and case.measure is Measure.ASSET_FREEZE:
        rule = "50 per cent rule" if case.partner == "US" else "ownership and control test"
        answer.notes.append(
            f"Owned or controlled by {', '.join(owners)}: the {rule} may reach it already"
        )
        answer.steps += 1


def _pending(case: _Case, answer: _Answer) -> None:
    """A legal act is entered that the list does not show yet; it ages out loudly."""
    for each in case.facts.pending:
        if each.partner == case.partner and case.measure in each.measures:
            age = (case.world.on - each.made_on).days
            act = f"{each.act} of {in_words(each.made_on)}"
            if 0 <= age <= PENDING_DAYS:
                answer.state = State.PENDING_PUBLICATION
                answer.basis = f"{act} is entered; {_lower_first(answer.basis)}"
                return
            if age > PENDING_DAYS:
                answer.notes.append(f"{act} was entered, and {age} days later no list shows it")
                answer.steps += 1


def _candidate(case: _Case, answer: _Answer) -> None:
    """An unreviewed candidate on the partner's list, or on the UN's where it binds the partner."""
    if case.partner in case.facts.candidates:
        answer.state = State.POSSIBLE_MATCH
        answer.basis = f"A candidate on {case.search.called} awaits review"
    elif "UN" in case.facts.candidates and _un_binds(case):
        answer.state = State.POSSIBLE_MATCH
        answer.basis = f"A candidate on {reference.list_law(UN_LIST).called} awaits review"


def _unsettled(case: _Case, answer: _Answer) -> None:
    """Listings that matching has not seen, a UN reference without a list, a party of no kind."""
    if answer.state not in GAPS:
        return
    if case.partner in case.world.unreconciled:
        _unknown(answer, f"Listings on {case.search.called} are not reconciled yet")
    elif case.un_unsettled and _un_binds(case):
        _unknown(answer, "A UN reference is cited, and there is no good edition of the UN list")
    elif case.measure is Measure.TRAVEL_BAN and case.subject.kind is Kind.UNKNOWN:
        _unknown(answer, "Whether this is a natural person is not known")


def _elsewhere(case: _Case, answer: _Answer) -> None:
    """A list that we do not import, or a policy whose names are not published."""
    if answer.state not in GAPS:
        return
    imposing, beside = authority.unimported(case.partner, case.measure, case.subject)
    if imposing:
        _unknown(answer, f"Could be on {imposing.title} ({imposing.citation}), not imported")
        return
    if beside and case.measure is Measure.ASSET_FREEZE:
        answer.notes.append(f"Other measures may stand in {beside.title} ({beside.citation})")
    if case.measure is Measure.TRAVEL_BAN:
        policy = authority.visa_policy(case.partner, case.subject, case.world.on)
        if policy:
            answer.state = State.NON_PUBLIC_POSSIBLE
            answer.basis = f"{policy.title}, names not published ({policy.citation})"


def _authority(case: _Case, answer: _Answer) -> None:
    """Neither a dedicated nor a thematic programme can reach this kind of subject."""
    if answer.state is not State.NOT_FOUND:
        return
    reach = authority.reach(case.partner, case.subject, case.world.on)
    if reach.possible:
        answer.notes.extend([reach.note] if reach.note else [])
    else:
        answer.state = State.NO_AUTHORITY
        answer.basis = f"{reach.note}; no thematic programme reaches {_a_kind(case.subject.kind)}"


def _unknown(answer: _Answer, basis: str) -> None:
    answer.state = State.UNKNOWN
    answer.basis = basis


def _un_binds(case: _Case) -> bool:
    return case.partner == "CA" or (case.partner == "US" and case.measure is Measure.TRAVEL_BAN)


def _is_searched(partner: str, case: _Case) -> bool:
    """Whether a listing of `partner` would fill this cell."""
    return partner == case.partner or (partner == "UN" and _un_binds(case))


def _a_kind(kind: Kind) -> str:
    return {Kind.ENTITY: "an entity", Kind.AIRCRAFT: "an aircraft"}.get(kind, f"a {kind}")


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
