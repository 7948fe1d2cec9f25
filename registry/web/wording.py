"""The words and signs in which pages speak of states, measures, partners and dates.

The sentences follow one rule: we report what an authority's list says, and what we did not find.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale

from registry.domain import reference
from registry.domain.cell import State
from registry.domain.designation import DateBasis, Measure
from registry.domain.extent import Extent
from registry.domain.gap import GapType
from registry.domain.identification import Identification
from registry.domain.job import Job, JobState
from registry.domain.joint import Criterion
from registry.domain.party import IdentifierKind, Kind, NameRole, RelationKind
from registry.domain.programme import Answer, Criteria, Standing
from registry.domain.ranking import Order
from registry.domain.roles import Role

PARTNERS: Mapping[str, str] = {
    "US": "United States",
    "EU": "European Union",
    "UK": "United Kingdom",
    "CA": "Canada",
    "UN": "United Nations",
    "AU": "Australia",
}


@dataclass(frozen=True, slots=True)
class MeasureWords:
    letter: str
    label: str
    meaning: str


MEASURES: Mapping[Measure, MeasureWords] = {
    Measure.ASSET_FREEZE: MeasureWords(
        "F",
        "Asset freeze",
        "Funds and economic resources are frozen, and none may be made available. "
        "The United States calls it blocking, Canada a dealings prohibition.",
    ),
    Measure.TRAVEL_BAN: MeasureWords(
        "T",
        "Travel ban",
        "Entry is refused: a travel ban, an entry suspension or inadmissibility. "
        "It concerns natural persons only.",
    ),
}


@dataclass(frozen=True, slots=True)
class StateWords:
    """`sign` stands in the chip beside the measure's letter, so that no state rests on colour."""

    sign: str
    label: str
    meaning: str


STATES: Mapping[State, StateWords] = {
    State.IN_FORCE_STATED: StateWords(
        "✓",
        "In force, stated",
        "The partner imposes this measure, and its own list says so.",
    ),
    State.IN_FORCE_DERIVED: StateWords(
        "§",
        "In force, derived from law",
        "The partner lists the subject, and the measure follows from the programme's legal "
        "instrument, which is cited.",
    ),
    State.NOT_FOUND: StateWords(
        "×",
        "Not found",
        "No entry of this partner was found as of the date of its edition. This is a gap where "
        "another partner imposes the measure. It may also mean later publication or another name.",
    ),
    State.OTHER_MEASURE_ONLY: StateWords(
        "½",
        "Other measure only",
        "The partner lists the subject, but does not impose this measure. This is a gap where "
        "another partner imposes it.",
    ),
    State.DELISTED: StateWords(
        "ex",
        "Formerly designated",
        "The partner listed the subject once and does so no longer. It is shown apart and not "
        "counted as a gap.",
    ),
    State.NO_AUTHORITY: StateWords(
        "∅",
        "No authority identified",
        "Neither a dedicated nor a thematic programme of the partner can reach this kind of "
        "subject. It is structural and not counted as a gap.",
    ),
    State.POSSIBLE_MATCH: StateWords(
        "≈",
        "Possible match, unreviewed",
        "An entry of this partner may be the same subject and awaits review. It is not counted as "
        "a gap.",
    ),
    State.PENDING_PUBLICATION: StateWords(
        "…",
        "Pending publication",
        "A legal act is recorded, but the partner's list does not show it yet. It is not a gap.",
    ),
    State.NON_PUBLIC_POSSIBLE: StateWords(
        "~",
        "Non-public measure possible",
        "No public entry ban was found, but an announced policy of unpublished entry bans covers "
        "the situation. It is not counted as a gap.",
    ),
    State.UNKNOWN: StateWords(
        "?",
        "Unknown",
        "There is no good edition for the date, the measure is not settled, or it may stand on a "
        "list that is not imported. Unknown is never read as no.",
    ),
    State.NOT_APPLICABLE: StateWords(
        "–",
        "Not applicable",
        "The measure can not apply, such as a travel ban on an entity, or on an own national.",
    ),
}

KINDS: Mapping[Kind, str] = {
    Kind.PERSON: "Person",
    Kind.ENTITY: "Entity",
    Kind.VESSEL: "Vessel",
    Kind.AIRCRAFT: "Aircraft",
    Kind.UNKNOWN: "Kind not stated",
}

IDENTIFICATIONS: Mapping[Identification, str] = {
    Identification.FIRM: "a number, a date, an address or a full name tells who is meant",
    Identification.THIN: "a short name alone tells who is meant",
    Identification.BARE: "a single word, or a name that others bear, tells who is meant",
}

ANSWERS: Mapping[Answer, str] = {
    Answer.YES: "yes",
    Answer.NO: "no",
    Answer.CONDITIONAL: "depends on the entry",
    Answer.PERSONS: "individuals",
    Answer.UN_LISTED: "as the UN list says",
    Answer.UNKNOWN: "not settled",
}

ANSWER_NOTES: Mapping[Answer, str] = {
    Answer.YES: "it follows from the instrument for everyone designated",
    Answer.NO: "the instrument does not impose it",
    Answer.CONDITIONAL: "its flag, its list or the sanctions chosen decide, if the file shows them",
    Answer.PERSONS: "yes for individuals, unknown for others",
    Answer.UN_LISTED: "yes for those under the UN’s measure, no for others",
    Answer.UNKNOWN: "unknown is never read as no",
}

STANDINGS: Mapping[Standing, str] = {
    Standing.DESIGNATION: "designation",
    Standing.INTERIM: "interim block",
    Standing.ADVERSE: "against accountability",
    Standing.UN_LIST: "applies the UN list",
}

STANDING_NOTES: Mapping[Standing, str] = {
    Standing.INTERIM: "A block pending investigation: no finding and no designation. It makes no "
    "other partner’s silence a gap.",
    Standing.ADVERSE: "It reaches people who work on accountability. It is shown as a neutral fact "
    "and makes no other partner’s silence a gap.",
    Standing.UN_LIST: "It applies the list of the United Nations and is no authority to designate.",
}

CRITERIA: Mapping[Criteria, str] = {
    Criteria.CORE: "its criteria are about atrocities",
    Criteria.PARTIAL: "its criteria reach atrocities, among other conduct",
    Criteria.NONE: "its criteria are about something else",
}

GAP_TYPES: Mapping[GapType, str] = {
    GapType.NEVER_LISTED: "Gap: never seen listed",
    GapType.MEASURE_MISSING: "Gap: this measure",
    GapType.FORMERLY_LISTED: "Formerly listed",
    GapType.TRANSPOSITION: "UN listing not transposed",
}

GAP_TYPE_MEANINGS: Mapping[GapType, str] = {
    GapType.NEVER_LISTED: "no listing of this partner was found",
    GapType.MEASURE_MISSING: "the partner lists the subject, but without this measure",
    GapType.FORMERLY_LISTED: "listed once and not now; shown apart and not counted",
    GapType.TRANSPOSITION: "the UN imposes it and the partner’s own file, which carries the UN’s "
    "entries, lacks it: an alarm, not a difference of policy",
}


@dataclass(frozen=True, slots=True)
class CriterionWords:
    label: str
    meaning: str


CRITERIA_OF_CANDIDATES: Mapping[Criterion, CriterionWords] = {
    Criterion.NEXUS: CriterionWords(
        "Atrocity nexus", "3 if stated, 2 if programme-based, 1 if possible"
    ),
    Criterion.COVERAGE: CriterionWords("Coverage", "one for each partner that imposes a measure"),
    Criterion.INSTRUMENTS: CriterionWords(
        "Counterpart programmes",
        "2 if each partner that lacks it has a dedicated programme, 1 if a thematic one",
    ),
    Criterion.IDENTITY: CriterionWords("Identity", "2 if firmly identified, 1 if thinly"),
    Criterion.CONFIDENCE: CriterionWords("Confidence", "2 if the gap is of high, 1 of medium"),
    Criterion.LAG: CriterionWords("Lag", "1 if the first designation is more than a year ago"),
}

EXTENTS: Mapping[Extent, str] = {
    Extent.FULL: "All partners",
    Extent.PARTIAL: "Some partners",
    Extent.UNILATERAL: "One partner alone",
    Extent.UNSETTLED: "Not settled",
}

NEXUS: Mapping[str, str] = {
    "stated": "Stated",
    "programme": "Programme-based",
    "possible": "Possible",
}

ORDERS: Mapping[Order, str] = {
    Order.NAME: "Name",
    Order.VALUE: "Gap value, highest first",
    Order.LAG: "Gap open longest first",
    Order.NEWEST: "Latest designation first",
}

ROLES: Mapping[Role, str] = {
    Role.COMMANDER: "Commander",
    Role.PARTICIPANT: "Participant",
    Role.INSTITUTION: "Institution",
    Role.OFFICIAL: "Official",
    Role.FINANCIER: "Financier",
    Role.ARMS_SUPPLIER: "Arms supplier",
    Role.RESOURCE_TRADER: "Resource trader",
    Role.EVASION_NETWORK: "Evasion network",
    Role.RECRUITER: "Recruiter",
    Role.PROPAGANDIST: "Propagandist",
    Role.TECHNOLOGY_SUPPLIER: "Technology supplier",
    Role.TRANSPORT: "Transport",
    Role.FAMILY_OR_ASSOCIATE: "Family or associate",
    Role.OWNED: "Owned",
}

NAME_ROLES: Mapping[NameRole, str] = {
    NameRole.PRIMARY: "primary name",
    NameRole.VARIATION: "variation of the primary name",
    NameRole.ALIAS: "alias",
    NameRole.WEAK_ALIAS: "weak alias",
    NameRole.FORMER: "former name",
}

DATE_BASES: Mapping[DateBasis, str] = {
    DateBasis.STATED: "designation date stated in the list",
    DateBasis.ENTRY_INTO_FORCE: "entry into force of the act that the list names",
    DateBasis.YEAR_ONLY: "the list states the year only",
    DateBasis.OVERRIDDEN: "corrected by an officer, with a source",
    DateBasis.OBSERVED: "first seen in an edition; the list gives no date",
    DateBasis.UNKNOWN: "basis of the date unknown",
}

SCRIPTS: Mapping[str, str] = {
    "Latn": "Latin",
    "Cyrl": "Cyrillic",
    "Arab": "Arabic",
    "Hani": "Chinese characters",
    "Hans": "Chinese, simplified",
    "Hant": "Chinese, traditional",
    "Jpan": "Japanese",
    "Kore": "Korean",
    "Grek": "Greek",
    "Hebr": "Hebrew",
    "Mymr": "Burmese",
    "Thai": "Thai",
    "Geor": "Georgian",
    "Armn": "Armenian",
    "Deva": "Devanagari",
    "Beng": "Bengali",
    "Ethi": "Ethiopic",
    "Khmr": "Khmer",
    "Sinh": "Sinhala",
    "Taml": "Tamil",
    "Laoo": "Lao",
    "Mong": "Mongolian",
    "Guru": "Gurmukhi",
}

RIGHT_TO_LEFT = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo"})

CHANGES: Mapping[str, str] = {
    "listed": "Listed",
    "amended": "Amended",
    "renumbered": "Renumbered",
    "delisted": "Delisted",
    "reference-reused": "Reference reused",
}

JOBS: Mapping[str, str] = {
    "fetch": "Fetch",
    "examine": "Examine an upload for",
    "import": "Import",
    "accept": "Accept an edition of",
    "withdraw": "Withdraw an edition of",
    "reconcile": "Match listings",
}

JUDGEMENT_STATUS: Mapping[str, str] = {
    "stands": "It stands.",
    "unsure": "Unsure: the pair stays open.",
    "awaits-second-reviewer": "The pair stays open until a second reviewer agrees.",
    "overruled": "Another reviewer's verdict stands.",
    "in-conflict": "In conflict: the pair stays open.",
    "lapsed": "Lapsed: a listing describes somebody else now.",
    "replaced": "Replaced by a later one of the same reviewer.",
    "undone": "Taken back.",
}

REOPENED: Mapping[str, str] = {
    "not-held": "What was judged is not held here.",
    "amended": "A listing has been amended since.",
    "reference-reused": "The reference stands for another party now.",
    "another-party": "A listing describes somebody else now.",
}

JUDGEMENTS: Mapping[str, str] = {
    "all": "All",
    "reopened": "On listings that have changed since",
    "conflicts": "In conflict",
}

PROGRESS: Mapping[str, str] = {
    "untouched": "Nobody has judged it",
    "begun": "Begun, not settled",
    "in-conflict": "Judgements in conflict",
}

REVIEW_ORDER: Mapping[str, str] = {
    "gaps": "Most gaps first",
    "evidence": "Strongest evidence first",
}

OVERRIDES: Mapping[str, str] = {
    "listed-on": "Date of listing",
    "asset-freeze": "Asset freeze",
    "travel-ban": "Travel ban",
    "kind": "Kind",
}

ACT_STATES: Mapping[str, str] = {
    "pending": "Pending publication",
    "overdue": "Overdue",
    "shown": "Shown by the list",
    "lapsed": "Lapsed",
    "unattached": "On no subject",
    "withdrawn": "Withdrawn",
}

UPLOADS: Mapping[str, str] = {
    "sent": "To be examined",
    "examined": "Examined, not used",
    "refused": "Refused",
    "used": "Used",
    "discarded": "Discarded",
}

_ABBREVIATIONS: Mapping[IdentifierKind, str] = {
    IdentifierKind.IMO: "IMO number",
    IdentifierKind.LEI: "LEI",
    IdentifierKind.MMSI: "MMSI",
    IdentifierKind.DUNS: "D-U-N-S number",
    IdentifierKind.SWIFT_BIC: "SWIFT/BIC",
    IdentifierKind.NATIONAL_ID: "National identity number",
    IdentifierKind.UN_REFERENCE: "UN reference",
    IdentifierKind.OFSI_GROUP_ID: "OFSI Group ID",
    IdentifierKind.EU_REFERENCE: "EU reference",
    IdentifierKind.TAX: "Tax number",
    IdentifierKind.REGISTRATION: "Registration number",
    IdentifierKind.WALLET: "Digital currency address",
    IdentifierKind.OTHER: "Other identifier",
}


PROGRAMME_STATUS = {
    "review": "whether it still stands is to be verified",
    "unsettled": "which schedule or part is not settled",
}


def programme_status(status: str) -> str:
    """Why a programme is not simply active, in words."""
    return PROGRAMME_STATUS.get(status, status)


@cache
def country(code: str) -> str:
    """The name of a country by its ISO 3166-1 code; the code itself where none is known."""
    return str(Locale("en").territories.get(code, code))


def the(partner: str) -> str:
    """The partner's name at the beginning of a sentence: "The United Kingdom", "Canada"."""
    known = reference.partners().get(partner)
    return known.name[:1].upper() + known.name[1:] if known else partner


def job_state(job: Job, *, is_lost: bool = False) -> str:
    """How far a job is, in words."""
    if is_lost:
        return "The worker gives no sign of life any more."
    match job.state:
        case JobState.WAITING:
            return "Waiting for the worker."
        case JobState.RUNNING:
            return f"{plain(job.step) if job.step else 'Running'}: {job.share:.0%} done."
        case _:
            return job.message


def named(partner: str) -> str:
    """The partner's name within a sentence: "the United Kingdom", "Canada"."""
    known = reference.partners().get(partner)
    return known.name if known else partner


def identifier_kind(kind: IdentifierKind) -> str:
    return _ABBREVIATIONS.get(kind, plain(kind))


def relation(kind: RelationKind) -> str:
    return plain(kind)


def plain(code: str) -> str:
    """A code of a closed vocabulary as words: `entity-type` reads "Entity type"."""
    words = code.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]
