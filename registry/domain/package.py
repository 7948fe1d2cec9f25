"""A package: what one recipient is handed of a proposal, and nothing else."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from registry.domain import minors, naming, portion
from registry.domain.attachment import Attachment
from registry.domain.cell import PARTNERS
from registry.domain.evidence import Evidence
from registry.domain.handling import Marking, Reader, combined, in_order, may_read
from registry.domain.naming import Key
from registry.domain.portion import Portion, Waiver
from registry.domain.position import Ask, Position
from registry.domain.proposal import Proposal, visible
from registry.domain.publication import ConsolidatedRow, Provenance
from registry.domain.record import InvalidRecord
from registry.domain.section import Heading, Section

# Partners and their secretariat. An NGO is handed nothing of a proposal.
RECIPIENTS = (*PARTNERS, "secretariat")
MOST_COVER_NOTE = 4_000  # characters
MOST_BYTES = 100_000_000  # of all files of evidence in one package


@dataclass(frozen=True, slots=True)
class Portions:
    """The portions that a package may be made of; comments and tasks are the partners' own."""

    sections: tuple[Portion[Section], ...] = ()
    positions: tuple[Portion[Position], ...] = ()
    evidence: tuple[Portion[Evidence], ...] = ()
    waivers: tuple[Portion[Waiver], ...] = ()


@dataclass(frozen=True, slots=True)
class Package:
    """What `sender` hands to `recipient`.

    `rows` is what the registry publishes of the subjects, in their order; a subject that stands on
    no list any more has none. `positions` holds the latest one per ask.
    """

    sender: str
    recipient: str
    made_on: date
    cover_note: str
    proposal: Proposal
    portions: Portions
    rows: tuple[ConsolidatedRow, ...]
    provenance: Provenance

    @property
    def marking(self) -> Marking:
        """The mark of the whole: the highest level of its parts, with all their originators."""
        parts = self.portions
        return combined(
            (
                self.proposal.marking,
                *(each.marking for each in parts.sections),
                *(each.marking for each in parts.positions),
                *(each.marking for each in parts.evidence),
                *(each.marking for each in parts.waivers),
            )
        )

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """The files of the evidence in the package, in its order."""
        return tuple(file for each in self.portions.evidence for file in each.value.attachments)

    @property
    def partners(self) -> tuple[str, ...]:
        """The partners that are asked for something; the recipient first."""
        asked = self.proposal.partners
        return tuple(sorted(asked, key=lambda each: each != self.recipient))

    def row(self, subject_id: str) -> ConsolidatedRow | None:
        return next((each for each in self.rows if each.subject_id == subject_id), None)

    def sections(self, subject_id: str, heading: Heading, partner: str = "") -> tuple[Section, ...]:
        """What is written under a heading; one that is empty is none."""
        return tuple(
            each.value
            for each in self.portions.sections
            if each.value.subject_id == subject_id
            and each.value.heading is heading
            and each.value.partner == partner
            and not each.value.is_empty
        )


def assemble(
    reader: Reader,
    sender: str,
    recipient: str,
    made_on: date,
    cover_note: str,
    proposed: Proposal,
    portions: Portions,
    rows: Iterable[ConsolidatedRow],
    provenance: Provenance,
    children: frozenset[Key] = frozenset(),
) -> Package:
    """The package of what both the `reader`, who sends it, and the recipient may read.

    A marked thing reaches the recipient only if its originator released it to the recipient: that
    is its consent. Nothing marked RED ever does, since it is for named persons. Minors are left
    out with all that is said of them, and where another text names one of the `children` of the
    registry, the name. Of a protected source nothing is said. Raises InvalidRecord where nothing is
    left.
    """
    if recipient not in RECIPIENTS:
        raise InvalidRecord(f"A package goes to one of {', '.join(RECIPIENTS)}.")
    if len(cover_note) > MOST_COVER_NOTE:
        raise InvalidRecord(
            f"A cover note takes at most {MOST_COVER_NOTE:,} characters.", "cover_note"
        )
    both = reader.towards(recipient)
    if not visible(proposed, both):
        raise InvalidRecord(
            "This proposal is not there for the recipient yet: its originator has to release and "
            "circulate it first."
        )
    published = tuple(rows)
    adults = _without_minors(replace(proposed, former=()), published, made_on)
    shown = {each.id for each in adults.subjects}
    about = {*shown, ""}
    package = Package(
        sender=sender,
        recipient=recipient,
        made_on=made_on,
        cover_note=cover_note,
        proposal=adults,
        portions=Portions(
            sections=_releasable(
                both, (each for each in portions.sections if each.value.subject_id in about)
            ),
            positions=_current(both, portions.positions, adults.asks),
            evidence=tuple(
                _without_source(each)
                for each in _releasable(
                    both, (each for each in portions.evidence if each.value.subject_id in about)
                )
            ),
            waivers=_releasable(
                both, (each for each in portions.waivers if each.value.subject_id in about)
            ),
        ),
        rows=tuple(each for each in published if each.subject_id in shown),
        provenance=provenance,
    )
    if sum(each.size for each in package.attachments) > MOST_BYTES:
        raise InvalidRecord(
            f"The files of evidence for {recipient} are larger together than a package takes "
            f"({MOST_BYTES // 1_000_000} MB): hand them over one by one."
        )
    adults_names = (naming.keys(listing.party) for row in package.rows for listing in row.listings)
    return without_names(package, children - frozenset().union(*adults_names))


def without_names(package: Package, names: frozenset[Key]) -> Package:
    """The package with every name of these left out of its texts."""
    if not names:
        return package

    def told(text: str) -> str:
        return naming.without(text, names)

    proposal, parts = package.proposal, package.portions
    return replace(
        package,
        cover_note=told(package.cover_note),
        proposal=replace(
            proposal,
            title=told(proposal.title),
            summary=told(proposal.summary),
            reopened=told(proposal.reopened),
        ),
        portions=Portions(
            tuple(_with(each, text=told(each.value.text)) for each in parts.sections),
            tuple(_with(each, reason=told(each.value.reason)) for each in parts.positions),
            tuple(
                _with(
                    each,
                    title=told(each.value.title),
                    text=told(each.value.text),
                    source=told(each.value.source),
                    url=told(each.value.url),
                    attachments=tuple(
                        replace(file, name=told(file.name)) for file in each.value.attachments
                    ),
                )
                for each in parts.evidence
            ),
            tuple(
                _with(
                    each,
                    risks=tuple(map(told, each.value.risks)),
                    reason=told(each.value.reason),
                )
                for each in parts.waivers
            ),
        ),
        rows=tuple(_row_without(each, told) for each in package.rows),
    )


def _row_without(row: ConsolidatedRow, told: Callable[[str], str]) -> ConsolidatedRow:
    """What lists say of others in the words of a subject's listing."""
    return replace(
        row,
        listings=tuple(
            replace(
                each,
                party=replace(
                    each.party,
                    titles=tuple(map(told, each.party.titles)),
                    functions=tuple(map(told, each.party.functions)),
                    remarks=tuple(map(told, each.party.remarks)),
                    relations=tuple(
                        replace(other, other=told(other.other)) for other in each.party.relations
                    ),
                    details=tuple(
                        replace(detail, value=told(detail.value)) for detail in each.party.details
                    ),
                ),
                designations=tuple(
                    replace(act, reason=told(act.reason)) for act in each.designations
                ),
            )
            for each in row.listings
        ),
    )


def recipients(proposed: Proposal, reader: Reader) -> tuple[str, ...]:
    """To whom this reader may hand a package of the proposal, in their order."""
    return tuple(each for each in in_order(RECIPIENTS) if visible(proposed, reader.towards(each)))


def _without_minors(proposed: Proposal, rows: Iterable[ConsolidatedRow], on: date) -> Proposal:
    left_out = {
        row.subject_id
        for row in rows
        if any(minors.is_minor(listing.party, on) for listing in row.listings)
    }
    if not left_out:
        return proposed
    subjects = tuple(each for each in proposed.subjects if each.id not in left_out)
    asks = tuple(each for each in proposed.asks if each.subject_id not in left_out)
    if not subjects or not asks:
        raise InvalidRecord(
            "Every subject of this proposal may be under age: no package is made of minors."
        )
    return replace(proposed, subjects=subjects, asks=asks)


Value = TypeVar("Value")


def _with(each: Portion[Value], **changes: Any) -> Portion[Value]:
    changed: Value = replace(each.value, **changes)  # type: ignore[type-var]
    return replace(each, value=changed)


def _releasable(both: Reader, found: Iterable[Portion[Value]]) -> tuple[Portion[Value], ...]:
    return tuple(each for each in found if may_read(both, each.marking))


def _current(
    both: Reader, positions: Iterable[Portion[Position]], asks: Collection[Ask]
) -> tuple[Portion[Position], ...]:
    current = portion.latest(_releasable(both, positions))
    return tuple(current[ask] for ask in asks if ask in current)


def _without_source(item: Portion[Evidence]) -> Portion[Evidence]:
    if not item.value.protected:
        return item
    return replace(item, value=replace(item.value, source=""))
