"""Proposals and packages for the tests of what recipients are handed."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypeVar

from exports.package import bundle
from registry.domain import handling, partial_date
from registry.domain.attachment import Attachment
from registry.domain.cell import State
from registry.domain.designation import Designation, Measure
from registry.domain.evidence import Evidence, EvidenceKind
from registry.domain.handling import Level, Marking, Reader
from registry.domain.naming import Key
from registry.domain.package import Package, Portions, assemble
from registry.domain.party import (
    Country,
    Gender,
    Identifier,
    IdentifierKind,
    Kind,
    Name,
    NameRole,
    Party,
)
from registry.domain.portion import Portion, Waiver
from registry.domain.position import Ask, Position, Status
from registry.domain.proposal import Proposal, Stage, Subject
from registry.domain.publication import ConsolidatedRow
from registry.domain.section import Heading, Section
from tests.exports import rows

MADE_ON = date(2026, 11, 25)
AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
QUAD = handling.mark("US", Level.AMBER, ["QUAD"])
SENDER = Reader(frozenset({"US"}))
STATES = {
    "US": State.IN_FORCE_DERIVED,
    "EU": State.IN_FORCE_STATED,
    "UK": State.NOT_FOUND,
    "CA": State.POSSIBLE_MATCH,
    "UN": State.DELISTED,
    "AU": State.NO_AUTHORITY,
}

Value = TypeVar("Value")


def marked(value: Value, marking: Marking = QUAD, by: str = "US") -> Portion[Value]:
    return Portion("p", value, marking, marking == QUAD, 1, by, AT)


def proposal(
    *subjects: Subject, marking: Marking = QUAD, title: str = "Commanders in Darfur"
) -> Proposal:
    proposed = subjects or (Subject("S2", rows.NAMES[0]),)
    return Proposal(
        id="k7q2m9",
        title=title,
        summary="Two partners designate the subject. The proposal is that the others consider it.",
        situation="sudan",
        stage=Stage.CIRCULATED,
        marking=marking,
        subjects=proposed,
        asks=tuple(
            Ask(each.id, measure, partner)
            for each in proposed
            for measure in Measure
            for partner in ("UK", "CA")
        ),
        created_at=AT,
        created_by=1,
        circulated_at=AT,
        target_on=date(2026, 12, 10),
        embargo_until=date(2026, 12, 10),
    )


def row(subject_id: str = "S2", name: str = rows.NAMES[0], born: int = 1974) -> ConsolidatedRow:
    party = Party(
        Kind.PERSON,
        tuple(
            Name(each, NameRole.ALIAS if place else NameRole.PRIMARY)
            for place, each in enumerate((name, *rows.NAMES[1:]))
        ),
        birth_dates=(partial_date.day(date(born, 11, 2)),),
        nationalities=(Country("Sudan", "SD"),),
        genders=(Gender.MALE,),
        functions=("Commander of the Rapid Support Forces",),
        identifiers=(
            Identifier(IdentifierKind.PASSPORT, "P01234567", Country("Sudan", "SD")),
            Identifier(IdentifierKind.NATIONAL_ID, "199-0000-1111"),
        ),
    )
    act = Designation(
        "The Sudan Regulations", listed_on=date(2024, 4, 15), reason="A reason in our own words."
    )
    listing = replace(rows.listing(party, reference="SUD0007"), designations=(act,))
    cells = tuple(
        rows.cell(measure, state, partner)
        for partner, state in STATES.items()
        for measure in Measure
    )
    shown = rows.subject(listing, name=name, as_of=MADE_ON)
    return replace(shown, subject_id=subject_id, cells=cells)


def sections(subject_id: str = "S2") -> tuple[Portion[Section], ...]:
    written = (
        (Heading.ROLE, "", "Stated role: commander (UK Sanctions List SUD0007)"),
        (
            Heading.CONDUCT,
            "",
            "The United Kingdom stated that forces under the subject's command attacked civilians "
            "(UK Sanctions List SUD0007, 15 April 2024).\n"
            "The European Union stated that it planned and directed attacks (EU.1234.56).",
        ),
        (Heading.EXCULPATORY, "", "None found; searched the lists' own remarks and two archives."),
        (Heading.INSTRUMENT, "UK", "The Sudan (Sanctions) (EU Exit) Regulations 2020"),
        (Heading.LEGAL_TEST, "UK", "Reasonable grounds to suspect an involved person (SAMLA s.11)"),
        (Heading.LEGAL_TEST, "CA", "Gross and systematic human rights violations (SEMA s.4(1.1))"),
    )
    return tuple(
        marked(Section(subject_id, heading, text, partner)) for heading, partner, text in written
    )


def evidence(
    title: str = "Report of a panel of experts", marking: Marking = QUAD, **fields: object
) -> Portion[Evidence]:
    item = Evidence(
        EvidenceKind.OPEN_SOURCE,
        title,
        "Pages 12 to 15 describe who gave the orders.",
        subject_id="S2",
        url="https://example.org/report",
        archived_on=date(2026, 10, 1),
        source="A panel of experts",
    )
    return marked(replace(item, **fields), marking)  # type: ignore[arg-type]


def position(
    partner: str = "CA", reason: str = "", marking: Marking | None = None
) -> Portion[Position]:
    answer = Position(
        Ask("S2", Measure.ASSET_FREEZE, partner),
        Status.OBJECTS if reason else Status.SUPPORTS,
        reason,
    )
    return marked(answer, marking or handling.mark(partner, Level.AMBER, ["QUAD"]), partner)


def waiver() -> Portion[Waiver]:
    risks = ("Fewer than two strong identifiers (passport).",)
    return marked(Waiver("S2", risks, "The photograph in the panel's report agrees."))


def package(
    recipient: str = "UK",
    proposed: Proposal | None = None,
    portions: Portions | None = None,
    published: Iterable[ConsolidatedRow] | None = None,
    cover_note: str = "",
    reader: Reader = SENDER,
    children: frozenset[Key] = frozenset(),
) -> Package:
    return assemble(
        reader,
        "US",
        recipient,
        MADE_ON,
        cover_note,
        proposed or proposal(),
        portions or Portions(sections(), (position(),), (evidence(),), (waiver(),)),
        (row(),) if published is None else published,
        rows.PROVENANCE,
        children,
    )


FILES: dict[str, bytes] = {}  # the bytes of the attachments that tests made, by sha256


def attachment(name: str, text: str = "%PDF-1.7 Zeugin") -> Attachment:
    content = text.encode()
    sha256 = hashlib.sha256(content).hexdigest()
    FILES[sha256] = content
    return Attachment(name, sha256, len(content))


def zipped(made: Package) -> bytes:
    return bundle.zipped(made, lambda each: FILES[each.sha256])
