"""Coverage: for one subject, what each partner imposes, and on what basis.

Every state has one rule, here or in `absence`, one definition in `docs/method.md` and one test of
its name.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from registry.domain import authority, law, reference
from registry.domain.absence import not_in_force
from registry.domain.authority import Ground
from registry.domain.case import UN_LIST, Case, Found
from registry.domain.cell import PARTNERS, Cell, Listed, State, SubjectFacts, Support, World
from registry.domain.designation import Measure
from registry.domain.law import Claim, in_words
from registry.domain.override import Field
from registry.domain.party import Kind
from registry.domain.programme import Confidence, Criteria

TRAVEL_FILE = "eu-travel-bans"
_MEASURES = tuple(Measure)
_CRITERIA = tuple(Criteria)
_PERSONS = frozenset({Kind.PERSON, Kind.UNKNOWN})


def cells(facts: SubjectFacts, world: World) -> tuple[Cell, ...]:
    """Decide every partner's two measures on a subject; the rules are those of `docs/method.md`."""
    listings, former = _standing(facts, world)
    subject = _ground(facts, listings or former)
    un_known = world.dated(UN_LIST) is not None
    un_unsettled = not un_known and any(each.un_references for each in listings)
    deceased = any(each.deceased for each in listings)
    overridden = any(each.overrides for each in listings)

    def decide(partner: str, measure: Measure) -> Cell:
        case = Case(
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
) -> Iterator[Found]:
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
                yield Found(claim, listed, each.listed_on)


def _overridden(claim: Claim, measure: Measure, listed: Listed) -> Claim:
    """The claim with the officer's sentence in place of one that would quote the file."""
    sentences = [each.sentence for each in listed.overrides if each.measure is measure]
    return replace(claim, basis=sentences[-1]) if sentences else claim


def _with_overrides(cell: Cell, case: Case) -> Cell:
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


def _cell(case: Case) -> Cell:
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
    return not_in_force(case)


def _not_applicable(case: Case) -> str:
    """Why the measure can not apply to this subject unless a file states it, "" if it can."""
    if case.measure is not Measure.TRAVEL_BAN:
        return ""
    if case.subject.kind not in _PERSONS:
        return "A travel ban reaches natural persons only"
    partner = reference.partners()[case.partner]
    if not partner.nationals.isdisjoint(case.subject.nationalities):
        return f"An own national: {partner.nationals_basis}"
    return ""


def _in_force(case: Case, imposed: Sequence[Found]) -> Cell:
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


def _preference(found: Found) -> tuple[bool, bool, int, int]:
    """The claim to show first: stated before derived, the surest, the nearest to atrocities."""
    claim = found.claim
    programme = reference.programmes().get(claim.programme)
    criteria = _CRITERIA.index(programme.criteria) if programme else len(_CRITERIA)
    return (not claim.comparable, not claim.stated, claim.confidence.doubt(), criteria)


def _supports(found: Iterable[Found], world: World) -> tuple[Support, ...]:
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
