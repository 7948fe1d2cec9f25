"""What a measure's absence means: a gap only where no rule gives another answer.

The lists speak first; each rule after them may answer while the state is still open, in the order
of `docs/method.md`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from registry.domain import authority, reference
from registry.domain.act import PENDING_DAYS
from registry.domain.case import UN_LIST, Case, Found
from registry.domain.cell import GAPS, Cell, Listed, State, Support, World
from registry.domain.designation import Measure
from registry.domain.law import IN_WORDS, in_words
from registry.domain.party import Kind
from registry.domain.programme import Confidence

_OPEN = GAPS | {State.DELISTED}
_CERTAIN = {State.NO_AUTHORITY: Confidence.MEDIUM, State.PENDING_PUBLICATION: Confidence.MEDIUM}


@dataclass(slots=True)
class _Answer:
    """A state with its sentence while the rules are still asked; `steps` lower confidence."""

    state: State
    basis: str
    notes: list[str]
    steps: int = 0
    confidence: Confidence = Confidence.HIGH


def not_in_force(case: Case) -> Cell:
    """The cell of a measure that no claim imposes: a gap, or why it is none."""
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


def _absence(case: Case) -> _Answer:
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


def _other_measure(case: Case) -> _Answer:
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


def _least(found: Sequence[Found]) -> Found:
    """The claim that is least sure: what is said of the measure rests on it."""
    return max(found, key=lambda each: each.claim.confidence.doubt())


def _formerly(case: Case) -> str:
    last = max(case.former, key=lambda each: each.delisted_on or date.min)
    called = reference.list_law(last.official_list).called
    gone = f", gone by {in_words(last.delisted_on)}" if last.delisted_on else ""
    return f"Formerly on {called} as {last.reference}{gone}; not on {case.search.as_of}"


def _doubts(case: Case, answer: _Answer) -> None:
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


def _pending(case: Case, answer: _Answer) -> None:
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


def _candidate(case: Case, answer: _Answer) -> None:
    """An unreviewed candidate on the partner's list, or on the UN's where it binds the partner."""
    if case.partner in case.facts.candidates:
        answer.state = State.POSSIBLE_MATCH
        answer.basis = f"A candidate on {case.search.called} awaits review"
    elif "UN" in case.facts.candidates and case.un_binds:
        answer.state = State.POSSIBLE_MATCH
        answer.basis = f"A candidate on {reference.list_law(UN_LIST).called} awaits review"


def _unsettled(case: Case, answer: _Answer) -> None:
    """Listings that matching has not seen, a UN reference without a list, a party of no kind."""
    if answer.state not in GAPS:
        return
    if case.partner in case.world.unreconciled:
        _unknown(answer, f"Listings on {case.search.called} are not reconciled yet")
    elif case.un_unsettled and case.un_binds:
        _unknown(answer, "A UN reference is cited, and there is no good edition of the UN list")
    elif case.measure is Measure.TRAVEL_BAN and case.subject.kind is Kind.UNKNOWN:
        _unknown(answer, "Whether this is a natural person is not known")


def _elsewhere(case: Case, answer: _Answer) -> None:
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


def _authority(case: Case, answer: _Answer) -> None:
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


def _is_searched(partner: str, case: Case) -> bool:
    """Whether a listing of `partner` would fill this cell."""
    return partner == case.partner or (partner == "UN" and case.un_binds)


def _a_kind(kind: Kind) -> str:
    return {Kind.ENTITY: "an entity", Kind.AIRCRAFT: "an aircraft"}.get(kind, f"a {kind}")


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
