"""The columns of every export: header, meaning, and where the value comes from, once.

The order of a table's columns is a contract with those who script against them: a column may be
added at the end, never moved or renamed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from exports import in_full
from registry.domain.designation import Measure
from registry.domain.gap import Gap
from registry.domain.pasted import Candidate, Outcome, PastedRow
from registry.domain.publication import (
    ChangeRow,
    ConsolidatedRow,
    CoverageRow,
    JudgementRow,
    LinkRow,
    ListRow,
)

Row = TypeVar("Row")
Value = str | int | date | tuple[str, ...] | None

SEPARATOR = "; "  # between several values in one cell


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """`meaning` is a sentence for those who read the export without us."""

    header: str
    meaning: str
    value: Callable[[Row], Value]


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """An export: its name, its columns in order, and what JSON Lines say beyond them, if more."""

    name: str
    columns: tuple[Column[Row], ...]
    in_full: Callable[[Row], object] | None = None

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(column.header for column in self.columns)

    def values(self, row: Row) -> tuple[Value, ...]:
        return tuple(column.value(row) for column in self.columns)


def text(value: Value) -> str:
    """A value as one cell of text: dates as YYYY-MM-DD, silence as nothing."""
    if isinstance(value, tuple):
        return SEPARATOR.join(value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _note(gap: Gap) -> Value:
    return gap.note


def _entries(gap: Gap) -> Value:
    return tuple(
        dict.fromkeys(
            f"{support.official_list}:{support.reference}"
            for cell in gap.imposing
            for support in cell.supports
        )
    )


def _imposed_on(gap: Gap) -> Value:
    return tuple(f"{cell.partner}: {cell.basis}" for cell in gap.imposing)


GAPS: Table[Gap] = Table(
    "gaps",
    (
        Column("subject_id", "The registry's lasting id of the subject.", lambda r: r.subject_id),
        Column("name", "The name that the registry shows.", lambda r: r.name),
        Column("kind", "person, entity, vessel, aircraft or unknown.", lambda r: r.kind),
        Column("missing_from", "The partner without the measure.", lambda r: r.missing_from),
        Column("measure", "asset-freeze or travel-ban.", lambda r: r.measure),
        Column("state", "What is known of that partner's measure.", lambda r: r.state),
        Column("listed_by", "The partners that impose the measure.", lambda r: r.listed_by),
        Column(
            "first_listed_on", "The first date of any partner's act.", lambda r: r.first_listed_on
        ),
        Column("basis", "Why the state is what it is.", lambda r: r.basis),
        Column("confidence", "high, medium or low: how sure the gap is.", lambda r: r.confidence),
        Column("gap_type", "What kind of gap it is, as the method defines.", lambda r: r.type),
        Column("note", "What makes the absence less sure, and what stands beside.", _note),
        Column(
            "identification",
            "How well the listings say whom they mean: firm, thin or bare.",
            lambda r: r.identification,
        ),
        Column("entries", "The listings behind the gap, each as list:reference.", _entries),
        Column("imposed_on", "The basis of each partner that imposes it, cited.", _imposed_on),
    ),
)

COVERAGE: Table[CoverageRow] = Table(
    "coverage",
    (
        Column("subject_id", "The registry's lasting id of the subject.", lambda r: r.subject_id),
        Column("name", "The name that the registry shows.", lambda r: r.name),
        Column("kind", "person, entity, vessel, aircraft or unknown.", lambda r: r.kind),
        Column("partner", "The partner that the row speaks of.", lambda r: r.partner),
        Column("measure", "asset-freeze or travel-ban.", lambda r: r.measure),
        Column("state", "What is known of the partner's measure.", lambda r: r.state),
        Column("basis", "Why the state is what it is.", lambda r: r.basis),
        Column(
            "list",
            "The official list of the supporting listing, empty where there is none.",
            lambda r: r.official_list,
        ),
        Column("reference", "The publisher's own reference of the listing.", lambda r: r.reference),
        Column("listed_on", "The date of the act.", lambda r: r.listed_on),
        Column("programme", "The programme that carries the measure.", lambda r: r.programme),
        Column("confidence", "high, medium or low: how sure the cell is.", lambda r: r.confidence),
        Column("note", "What stands beside the basis.", lambda r: r.note),
        Column("edition_of", "The list on whose edition the cell rests.", lambda r: r.edition_of),
        Column("edition", "The date of that edition.", lambda r: r.edition_dated),
    ),
)

LINKS: Table[LinkRow] = Table(
    "links",
    (
        Column("list", "The official list.", lambda r: r.official_list),
        Column("reference", "The publisher's own reference of the listing.", lambda r: r.reference),
        Column("subject_id", "The subject that the listing describes.", lambda r: r.subject_id),
    ),
)

CHANGES: Table[ChangeRow] = Table(
    "changes",
    (
        Column("list", "The official list.", lambda r: r.official_list),
        Column("reference", "The publisher's own reference of the listing.", lambda r: r.reference),
        Column("change", "What became of the listing.", lambda r: r.change),
        Column("field", "The field that was amended.", lambda r: r.field),
        Column("before", "What was taken from it.", lambda r: r.before),
        Column("after", "What was added to it.", lambda r: r.after),
        Column("edition", "The sha256 of the edition that shows it.", lambda r: r.edition),
        Column("seen_on", "The date of that edition.", lambda r: r.seen_on),
        Column("subject_id", "The subject that the listing describes.", lambda r: r.subject_id),
    ),
)


def pasted(partners: Sequence[str]) -> Table[tuple[PastedRow, Candidate | None]]:
    """One row for each subject that may be meant by a pasted line; one where there is none."""

    def of(
        value: Callable[[Candidate], Value],
    ) -> Callable[[tuple[PastedRow, Candidate | None]], Value]:
        return lambda row: value(row[1]) if row[1] else None

    def state(partner: str, measure: Measure) -> Callable[[Candidate], Value]:
        return lambda candidate: next(
            cell.state
            for cell in candidate.subject.cells
            if cell.partner == partner and cell.measure is measure
        )

    return Table(
        "pasted names",
        (
            Column("line", "The line of what was pasted.", lambda r: r[0].pasted.line),
            Column("pasted_name", "The name as pasted.", lambda r: r[0].pasted.name),
            Column("pasted_birth_date", "As pasted.", lambda r: r[0].pasted.birth_date),
            Column("pasted_country", "As pasted.", lambda r: r[0].pasted.country),
            Column(
                "outcome",
                "match, doubtful, similar-name or no-match; no-match clears nobody.",
                lambda r: r[1].outcome if r[1] else Outcome.NO_MATCH,
            ),
            Column(
                "subject_id", "The subject that may be meant.", of(lambda c: c.subject.facts.id)
            ),
            Column("name", "The name that the registry shows.", of(lambda c: c.subject.facts.name)),
            Column(
                "found_as", "The listed name most like the pasted one.", of(lambda c: c.found_as)
            ),
            Column(
                "probability",
                "What scores like this have meant between two listings, in per cent.",
                of(lambda c: None if c.probability is None else round(100 * c.probability)),
            ),
            Column("speaks_for", "What speaks for it.", of(lambda c: c.speaks_for)),
            Column("speaks_against", "What speaks against it.", of(lambda c: c.speaks_against)),
            *(
                Column(
                    f"{partner}_{measure}".lower().replace("-", "_"),
                    f"What is known of the {measure} of {partner} on that subject.",
                    of(state(partner, measure)),
                )
                for partner in partners
                for measure in Measure
            ),
        ),
    )


LISTS: Table[ListRow] = Table(
    "lists",
    (
        Column("list", "The official list.", lambda r: r.official_list),
        Column("partner", "The partner whose authority publishes it.", lambda r: r.partner),
        Column("edition", "The date of the edition in use.", lambda r: r.edition),
        Column("listings", "How many listings that edition has.", lambda r: r.listings),
        Column("age", "How many days old that edition is.", lambda r: r.age),
        Column("state", "Whether the list can be relied on.", lambda r: r.state),
    ),
)

JUDGEMENTS: Table[JudgementRow] = Table(
    "judgements",
    (
        Column("id", "The judgement's number in this registry.", lambda r: r.id),
        Column("list_a", "The official list of one listing.", lambda r: r.sides[0][0]),
        Column("reference_a", "Its reference there.", lambda r: r.sides[0][1]),
        Column("list_b", "The official list of the other listing.", lambda r: r.sides[1][0]),
        Column("reference_b", "Its reference there.", lambda r: r.sides[1][1]),
        Column("verdict", "same, different or unsure.", lambda r: r.verdict),
        Column("reviewer", "Who judged.", lambda r: r.reviewer),
        Column("reason", "Why.", lambda r: r.reason),
        Column("judged_at", "When, in UTC.", lambda r: r.judged_at),
        Column("status", "What the judgement counts for.", lambda r: r.status),
        Column("reopened", "Why it must be looked at again, if so.", lambda r: r.reopened),
        Column("conflicts", "The judgements it is at odds with.", lambda r: r.conflicts),
        Column("key_a", "What the registry knows the one listing by.", lambda r: r.sides[0][2]),
        Column("key_b", "What the registry knows the other one by.", lambda r: r.sides[1][2]),
        Column("fingerprint_a", "The hash of what the one said then.", lambda r: r.sides[0][3]),
        Column("fingerprint_b", "The hash of what the other said then.", lambda r: r.sides[1][3]),
        Column("undone_by", "Who took the judgement back, if so.", lambda r: r.undone_by),
        Column("undone_because", "Why it was taken back.", lambda r: r.undone_because),
        Column("undone_at", "When it was taken back, in UTC.", lambda r: r.undone_at),
    ),
)


def consolidated(partners: Sequence[str]) -> Table[ConsolidatedRow]:
    """One row per subject, with two columns of states and one of references per partner."""
    return Table(
        "consolidated",
        (
            Column("subject_id", "The registry's lasting id of the subject.", _subject_id),
            Column("name", "The name that the registry shows.", lambda r: r.name),
            Column("kind", "person, entity, vessel, aircraft or unknown.", lambda r: r.kind),
            Column("aliases", "Its other names, weak aliases left out.", lambda r: r.aliases),
            Column("birth_dates", "As stated; of a minor the year.", lambda r: r.birth_dates),
            Column(
                "nationalities",
                "Nationalities and citizenships, ISO 3166-1 codes where known.",
                lambda r: r.nationalities,
            ),
            Column("identifiers", "Each as: kind value (country).", lambda r: r.identifiers),
            Column("programmes", "The legal bases, all partners'.", lambda r: r.programmes),
            *(_state(partner, measure) for partner in partners for measure in Measure),
            *(_references(partner) for partner in partners),
            Column(
                "first_listed_on",
                "The first date of any partner's act.",
                lambda r: r.first_listed_on,
            ),
            Column("situation", "The situations it belongs to.", lambda r: r.situations),
            Column("nexus", "How its listing relates to atrocities.", lambda r: r.nexus),
            Column(
                "weak_aliases",
                "Names that the lists themselves call weak.",
                lambda r: r.weak_aliases,
            ),
        ),
        in_full=in_full.subject,
    )


def _subject_id(row: ConsolidatedRow) -> Value:
    return row.subject_id


def _state(partner: str, measure: Measure) -> Column[ConsolidatedRow]:
    return Column(
        f"{partner}_{measure}".lower().replace("-", "_"),
        f"What is known of the {measure} of {partner}.",
        lambda row: row.state(partner, measure),
    )


def _references(partner: str) -> Column[ConsolidatedRow]:
    return Column(
        f"{partner}_references".lower(),
        f"The listings of {partner}, each as list:reference.",
        lambda row: row.references(partner),
    )
