"""The columns of what concerns the law: programmes, acts, overrides, lag, the urgent procedure.

The order of a table's columns is a contract, as in `exports/columns.py`.
"""

from exports.columns import Column, Table
from registry.domain.act import ActStatus
from registry.domain.lag import Lag, Median
from registry.domain.publication import OverrideRow, ProgrammeRow, UnmappedRow
from registry.domain.urgent import Eligible

PROGRAMMES: Table[ProgrammeRow] = Table(
    "programmes",
    (
        Column("programme", "The registry's key of the programme.", lambda r: r.programme.key),
        Column("partner", "Whose programme it is.", lambda r: r.programme.partner),
        Column("authority", "Who lists under it.", lambda r: r.programme.authority),
        Column("title", "What it is called.", lambda r: r.programme.title),
        Column("instrument", "The legal instrument.", lambda r: r.programme.instrument),
        Column("status", "active, ended or unsettled.", lambda r: r.programme.status),
        Column(
            "asset_freeze",
            "Whether those designated are under an asset freeze.",
            lambda r: r.programme.asset_freeze,
        ),
        Column(
            "travel_ban",
            "Whether those designated are under a travel ban.",
            lambda r: r.programme.travel_ban,
        ),
        Column("nexus", "How far its criteria are about atrocities.", lambda r: r.nexus),
        Column("situation", "The situations it belongs to.", lambda r: r.situations),
        Column("listings", "Listings in use that name it.", lambda r: r.listings),
        Column("valid_from", "Since when.", lambda r: r.programme.valid_from),
        Column(
            "valid_until", "The day of the act that ended it.", lambda r: r.programme.valid_until
        ),
        Column("renewal_on", "When its known term runs out.", lambda r: r.programme.renewal_on),
        Column("confidence", "How sure this row is.", lambda r: r.programme.confidence),
        Column(
            "instrument_seen",
            "Whether the instrument's text was read.",
            lambda r: r.programme.instrument_seen,
        ),
    ),
)

UNMAPPED: Table[UnmappedRow] = Table(
    "unmapped codes",
    (
        Column("list", "The official list.", lambda r: r.official_list),
        Column("code", "The programme as the list writes it.", lambda r: r.code),
        Column("act", "The legal act that the list names.", lambda r: r.act),
        Column("designations", "How many stand under it.", lambda r: r.designations),
    ),
)

ACTS: Table[ActStatus] = Table(
    "acts",
    (
        Column("id", "The act's number in this registry.", lambda r: r.recorded.id),
        Column("state", "What became of it.", lambda r: r.state),
        Column("partner", "Whose act it is.", lambda r: r.recorded.act.partner),
        Column("measures", "What it imposes.", lambda r: r.recorded.act.measures),
        Column(
            "on",
            "The subject, the listing or the name that it was entered for.",
            lambda r: r.recorded.act.subject_id or r.recorded.act.listing or r.recorded.act.name,
        ),
        Column("subject_id", "The subject that it is on now.", lambda r: r.recorded.subject),
        Column("citation", "The act.", lambda r: r.recorded.act.citation),
        Column("made_on", "The date of the act.", lambda r: r.recorded.act.made_on),
        Column("age", "Days since then.", lambda r: r.age),
        Column("procedure", "What kind of act it is.", lambda r: r.recorded.act.procedure),
        Column(
            "in_effect_to",
            "The last day of an urgent designation.",
            lambda r: r.clock.last_day if r.clock else None,
        ),
        Column("clock", "How that stands.", lambda r: r.clock.state if r.clock else None),
        Column("source", "Where it is published.", lambda r: r.recorded.act.source_url),
        Column("officer", "Who entered it.", lambda r: r.recorded.act.officer),
        Column("reason", "Why.", lambda r: r.recorded.act.reason),
        Column("entered_on", "When.", lambda r: r.recorded.act.entered_at.date()),
        Column(
            "withdrawn_because",
            "Who withdrew it and why, if so.",
            lambda r: r.recorded.withdrawn.sentence if r.recorded.withdrawn else None,
        ),
    ),
)

OVERRIDES: Table[OverrideRow] = Table(
    "overrides",
    (
        Column("id", "The override's number in this registry.", lambda r: r.recorded.id),
        Column("list", "The official list.", lambda r: r.official_list),
        Column("reference", "The listing's reference there.", lambda r: r.reference),
        Column("field", "What is overridden.", lambda r: r.recorded.override.field),
        Column("value", "What holds instead.", lambda r: r.recorded.override.value),
        Column("stated", "What the newest edition says.", lambda r: r.stated),
        Column("reason", "Why.", lambda r: r.recorded.override.reason),
        Column("source", "On which source.", lambda r: r.recorded.override.source),
        Column("officer", "Who entered it.", lambda r: r.recorded.override.officer),
        Column("entered_on", "When.", lambda r: r.recorded.override.entered_at.date()),
        Column(
            "withdrawn_because",
            "Who withdrew it and why, if so.",
            lambda r: r.recorded.withdrawn.sentence if r.recorded.withdrawn else None,
        ),
    ),
)

MEDIANS: Table[Median] = Table(
    "lag",
    (
        Column("situation", "The situation, empty for all subjects.", lambda r: r.situation),
        Column("earlier", "The partner that mostly lists first.", lambda r: r.earlier),
        Column("later", "The other one.", lambda r: r.later),
        Column("median_days", "The median of the days between the two.", lambda r: r.days),
        Column("subjects", "How many subjects it rests on.", lambda r: r.subjects),
        Column(
            "left_out",
            "Subjects of both whose dates are no designation dates to the day.",
            lambda r: r.left_out,
        ),
    ),
)

LAGS: Table[Lag] = Table(
    "lag by subject",
    (
        Column("subject_id", "The registry's lasting id of the subject.", lambda r: r.subject_id),
        Column("name", "The name that the registry shows.", lambda r: r.name),
        Column("kind", "person, entity, vessel, aircraft or unknown.", lambda r: r.kind),
        Column("partner", "Who listed the subject.", lambda r: r.listing.partner),
        Column("listed_on", "When first.", lambda r: r.listing.on),
        Column("date_basis", "How we know the date.", lambda r: r.listing.basis),
        Column(
            "not_on",
            "For an observed date: the last edition without the listing.",
            lambda r: r.listing.after,
        ),
        Column("first", "The partner whose date is the first that counts.", lambda r: r.first),
        Column("days", "Days after it, empty where a date does not count.", lambda r: r.days),
    ),
)

URGENT: Table[Eligible] = Table(
    "urgent procedure",
    (
        Column("subject_id", "The registry's lasting id of the subject.", lambda r: r.subject_id),
        Column("name", "The name that the registry shows.", lambda r: r.name),
        Column("kind", "person, entity or unknown.", lambda r: r.kind),
        Column("measure", "The measure that the UK does not impose.", lambda r: r.measure),
        Column("state", "What is known of the UK's measure.", lambda r: r.state),
        Column("imposed_by", "Those named in condition B that do.", lambda r: r.imposed_by),
        Column("first_listed_on", "The first date of their acts.", lambda r: r.first_listed_on),
        Column("basis", "Their provisions.", lambda r: r.basis),
        Column("confidence", "high, medium or low.", lambda r: r.confidence),
    ),
)
