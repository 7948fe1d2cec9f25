"""The law of one designation: whether it puts the listed party under a measure, and why."""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from registry.domain import reference
from registry.domain.designation import Designation, Measure
from registry.domain.party import Kind
from registry.domain.programme import Answer, Confidence, Programme, Standing

# Former IRPA s.35(1)(d) reached SEMA listings on the human-rights ground only (S.C. 2017, c. 21);
# s.35.1(1)(b) reaches all of them (S.C. 2023, c. 19).
HUMAN_RIGHTS = "human-rights"
# Annex A of Proclamation 8693 names the resolutions of its day.
PROCLAMATION_8693 = date(2011, 7, 24)
A_KIND = {Kind.ENTITY: "an entity", Kind.VESSEL: "a vessel", Kind.AIRCRAFT: "an aircraft"}
IN_WORDS = {Measure.ASSET_FREEZE: "asset freeze", Measure.TRAVEL_BAN: "travel ban"}


@dataclass(frozen=True, slots=True)
class Claim:
    """Whether a measure is imposed (None: not known), in a sentence with its citation.

    `stated` tells that the file says it, as a flag or by what the list is; otherwise it follows
    from law. `comparable` is False where the entry is no designation that others could answer.
    """

    imposed: bool | None
    stated: bool
    programme: str
    basis: str
    citation: str
    confidence: Confidence
    note: str = ""
    comparable: bool = True


def claim(
    measure: Measure,
    official_list: str,
    designation: Designation,
    kind: Kind,
    on: date,
    un_list_known: bool = True,
) -> Claim | None:
    """What a designation on an official list says of a measure on a day; None: nothing at all.

    The file's own word wins. Then what the list is (`partners.toml`), then the programme
    (`programmes.csv`). A code that the table does not know gives no answer. `un_list_known` tells
    that the UN list of the day is known, on which some programmes depend.
    """
    word = next((answer for stated, answer in designation.stated if stated is measure), None)
    return _claim(
        measure, official_list, designation.code, designation.act, word, kind, on, un_list_known
    )


def un_claim_abroad(measure: Measure, partner: str, un: Claim, on: date) -> Claim | None:
    """What a UN listing imposes in a partner's law, where its own list does not repeat it.

    Canada applies UN lists by regulations under the United Nations Act and by IRPA s.35.1(1)(a);
    Proclamation 8693 suspends the entry into the United States of those under a UN travel ban.
    """
    return _abroad(measure, partner, un, on)


@lru_cache(maxsize=65536)
def _claim(
    measure: Measure,
    official_list: str,
    code: str,
    act: str,
    word: bool | None,
    kind: Kind,
    on: date,
    un_list_known: bool,
) -> Claim | None:
    law = reference.list_law(official_list)
    programme = reference.programme_for(official_list, code, act)
    if word is not None:
        says = "states" if word else "excludes"
        basis = f"{_sentence(law.called)} {says} the {IN_WORDS[measure]}"
        return _finish(_stated(word, basis, programme, code), measure, kind, programme, on)
    if measure in law.states:
        basis = f"On {law.called}, which lists those under a {IN_WORDS[measure]}"
        return _finish(_stated(True, basis, programme, code), measure, kind, programme, on)
    if measure in law.silent:
        return None
    if programme is None:
        basis = f"The programme {code or 'of this entry'} is not in the table of programmes"
        return Claim(None, False, code, basis, "", Confidence.LOW)
    if measure in law.presumes and programme.answer(measure) is not Answer.UNKNOWN:
        basis = f"On {law.called}, whose entries are under a freeze"
        found = _stated(True, basis, programme, code)
        confidence = found.confidence if programme.status != "unsettled" else programme.confidence
        return _finish(replace(found, confidence=confidence), measure, kind, programme, on)
    return _finish(
        _derived(measure, programme, kind, on, un_list_known), measure, kind, programme, on
    )


def _stated(word: bool, basis: str, programme: Programme | None, code: str) -> Claim:
    citation = programme.instrument if programme else code
    cited = f"{basis} ({citation})" if citation else basis
    return Claim(word, True, programme.key if programme else code, cited, citation, Confidence.HIGH)


def _derived(
    measure: Measure, programme: Programme, kind: Kind, on: date, un_list_known: bool
) -> Claim:
    basis = programme.basis(measure)
    if measure is Measure.TRAVEL_BAN and programme.instrument not in basis:
        basis = f"{basis} (listed under {programme.instrument})"
    found = Claim(
        _imposed(measure, programme, kind, on, un_list_known),
        False,
        programme.key,
        basis,
        programme.instrument,
        programme.confidence,
    )
    since = programme.travel_ban_from
    if measure is Measure.TRAVEL_BAN and since and on < since:
        return replace(found, note=f"Listing alone has barred entry since {in_words(since)} only")
    return found


def _imposed(
    measure: Measure, programme: Programme, kind: Kind, on: date, un_list_known: bool
) -> bool | None:
    answer = programme.answer(measure)
    if measure is Measure.TRAVEL_BAN:
        if answer is Answer.NO or kind not in (Kind.PERSON, Kind.UNKNOWN):
            return False
        if kind is Kind.UNKNOWN:
            return None
        if programme.travel_ban_from and on < programme.travel_ban_from:
            return None if HUMAN_RIGHTS in programme.grounds else False
    match answer:
        case Answer.YES:
            return True
        case Answer.NO:
            return False
        case Answer.PERSONS:
            return True if kind is Kind.PERSON else None
        case Answer.UN_LISTED:
            return False if un_list_known else None
        case Answer.CONDITIONAL | Answer.UNKNOWN:
            return None


def _finish(
    found: Claim, measure: Measure, kind: Kind, programme: Programme | None, on: date
) -> Claim:
    """Add what is odd about it, and what became of the programme since."""
    notes = [found.note] if found.note else []
    confidence = found.confidence
    if found.imposed:
        if measure is Measure.TRAVEL_BAN and kind not in (Kind.PERSON, Kind.UNKNOWN):
            notes.append(f"A travel ban on {A_KIND[kind]}, as the file has it")
        if programme and programme.ended_by(on):
            notes.append(f"{programme.key} has ended{_since(programme)}: to be verified")
            confidence = Confidence.LOW
        elif programme and programme.renewal_on and programme.renewal_on <= on:
            notes.append(f"Renewal after {in_words(programme.renewal_on)} to be verified")
        if programme and programme.standing is Standing.INTERIM:
            notes.append(programme.note)
            confidence = Confidence.LOW
    comparable = programme is None or programme.standing is Standing.DESIGNATION
    return replace(found, confidence=confidence, note=". ".join(notes), comparable=comparable)


@lru_cache(maxsize=4096)
def _abroad(measure: Measure, partner: str, un: Claim, on: date) -> Claim | None:
    if un.imposed is False:
        return None
    known = reference.programmes()
    if partner == "CA":
        programme = known.get(f"CA-{un.programme}")
    elif partner == "US" and measure is Measure.TRAVEL_BAN:
        programme = known["US-PROC8693"]
    else:
        return None
    if programme is None or un.imposed is None:
        basis = "On the UN list; whether under this measure is not settled"
        return Claim(None, False, un.programme, basis, un.citation, Confidence.LOW)
    basis = f"{programme.basis(measure)}; on the UN list under {un.citation}"
    confidence = programme.confidence
    note = ""
    regime = known.get(un.programme)
    if partner == "US" and (
        not regime or not regime.valid_from or regime.valid_from > PROCLAMATION_8693
    ):
        confidence = Confidence.LOW
        note = "The resolution is later than the Proclamation: its annex as updated was not seen"
    found = Claim(True, False, programme.key, basis, programme.instrument, confidence, note)
    return replace(found, confidence=Confidence.LOW) if programme.ended_by(on) else found


def in_words(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _since(programme: Programme) -> str:
    return f" on {in_words(programme.valid_until)}" if programme.valid_until else ""


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
