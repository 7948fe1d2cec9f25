"""The proposal brief: on its first page what is sought and why, then a sheet per subject."""

from exports.package import wording
from exports.package.facts import Fact, stated
from exports.papers.paper import Block, Heading, Paper, Table, Text
from registry.domain.cell import IN_FORCE, PARTNERS
from registry.domain.designation import Measure
from registry.domain.package import Package
from registry.domain.portion import Portion
from registry.domain.position import Position, Status
from registry.domain.proposal import Subject, words
from registry.domain.publication import ConsolidatedRow
from registry.domain.section import Heading as Under


def paper(package: Package) -> Paper:
    proposal = package.proposal
    return Paper(
        title=proposal.title,
        subtitle=f"Proposal brief for {wording.partner(package.recipient)}",
        banner=wording.banner(package),
        label=wording.LABEL,
        made_on=package.made_on,
        lead=tuple(_lead(package)),
        blocks=(
            *_sought(package),
            *_positions(package),
            *(block for each in proposal.subjects for block in _subject(package, each)),
            *_evidence(package),
            *_reading(package),
        ),
    )


def _lead(package: Package) -> list[tuple[str, str]]:
    proposal = package.proposal
    lead = [
        ("Proposed by", wording.originators(proposal.marking)),
        ("Stage", words(proposal.stage)),
        ("Target date", wording.day(proposal.target_on)),
    ]
    if proposal.situation:
        lead.insert(1, ("Situation", wording.situation(package)))
    lead += wording.embargo(package)
    if proposal.reopened:
        lead.append(("Reopened", proposal.reopened))
    return lead


def _sought(package: Package) -> list[Block]:
    proposal = package.proposal
    rows: list[tuple[str, ...]] = []
    for subject in proposal.subjects:
        row = package.row(subject.id)
        by_measure: dict[tuple[str, str, str], list[str]] = {}
        for measure in Measure:
            asked = [
                each.partner
                for each in proposal.asks
                if each.subject_id == subject.id and each.measure is measure
            ]
            if asked:
                imposing = _imposing(row, measure)
                left = [each for each in PARTNERS if each in asked and each not in imposing]
                known = row is not None
                told = (
                    ", ".join(sorted(asked, key=PARTNERS.index)),
                    (", ".join(imposing) or "none found") if known else "not known",
                    (", ".join(left) or "nobody") if known else "not known",
                )
                by_measure.setdefault(told, []).append(wording.MEASURES[measure])
        for told, measures in by_measure.items():
            rows.append((subject.name, wording.listed(measures), *told))
    return [
        Heading("What is sought"),
        *([Text(line) for line in proposal.summary.splitlines() if line.strip()]),
        Table(
            ("Subject", "Measures", "Sought from", "In force with", "Still sought from"),
            (5, 4, 3, 4, 3),
            tuple(rows),
            f"Measures sought, beside those in force on {wording.day(package.provenance.as_of)}",
        ),
    ]


def _imposing(row: ConsolidatedRow | None, measure: Measure) -> list[str]:
    cells = row.cells if row else ()
    return [each.partner for each in cells if each.measure is measure and each.state in IN_FORCE]


def _positions(package: Package) -> list[Block]:
    """What partners said, then what the lists show: those entries once for each subject."""
    blocks: list[Block] = []
    if said := _together_answered(package, [p for p in _given(package) if p.value.act is None]):
        blocks += [
            Heading("What partners answered"),
            Table(
                ("Partner", "Subject", "Measures", "Position", "Reason", "Marking"),
                (2, 4, 3, 3, 5, 4),
                said,
                "Positions that their partners released to the recipient",
            ),
        ]
    if shown := _together_answered(package, [p for p in _given(package) if p.value.act]):
        blocks += [
            Heading("What the lists show"),
            Table(
                ("Partner", "Subject", "Measures", "Designated by"),
                (2, 4, 4, 8),
                tuple((*each[:3], each[4]) for each in shown),
                "Positions that became designated by an entry of the partner's own list",
            ),
        ]
    return blocks


def _given(package: Package) -> list[Portion[Position]]:
    order = {each.id: place for place, each in enumerate(package.proposal.subjects)}
    return sorted(
        package.portions.positions,
        key=lambda each: (
            order[each.value.ask.subject_id],
            PARTNERS.index(each.value.ask.partner),
            tuple(Measure).index(each.value.ask.measure),
        ),
    )


def _together_answered(
    package: Package, given: list[Portion[Position]]
) -> tuple[tuple[str, ...], ...]:
    """One line for all measures on which a partner says the same of a subject."""
    names = {each.id: each.name for each in package.proposal.subjects}
    found: dict[tuple[str, ...], list[str]] = {}
    for each in given:
        told = (
            each.value.ask.partner,
            names[each.value.ask.subject_id],
            _answer(each.value.status, wording.day(each.value.by_on)),
            _why(each.value),
            each.marking.level.label,
        )
        found.setdefault(told, []).append(wording.MEASURES[each.value.ask.measure])
    return tuple(
        (partner, name, wording.listed(measures), *rest)
        for (partner, name, *rest), measures in found.items()
    )


def _why(position: Position) -> str:
    """The partner's own reason; of what the lists show, the entry and its edition."""
    act = position.act
    if act is None:
        return position.reason
    return f"{wording.entry(act.official_list, act.reference)}, edition of {wording.day(act.dated)}"


def _answer(status: Status, by: str) -> str:
    if status is Status.WILL_DESIGNATE:
        return f"will designate by {by}"
    return status.value.replace("-", " ")


def _subject(package: Package, subject: Subject) -> list[Block]:
    row = package.row(subject.id)
    kind = f" ({wording.KINDS[row.kind]})" if row else ""
    risks = [each.value for each in package.portions.waivers if each.value.subject_id == subject.id]
    blocks: list[Block] = [Heading(f"{subject.name}{kind}")]
    blocks += _identity(package, subject, row)
    blocks += [Heading("Current coverage", 2), *_coverage(row)]
    blocks += _edited(package, subject, Under.COVERAGE)
    blocks += [
        Heading("Role as stated", 2),
        *wording.written(package.sections(subject.id, Under.ROLE)),
        Heading("Conduct as stated by authorities", 2),
        *wording.quoted(package.sections(subject.id, Under.CONDUCT)),
        Heading("What speaks for the subject", 2),
        *wording.written(package.sections(subject.id, Under.EXCULPATORY)),
    ]
    if risks:
        blocks.append(Heading("Risk of mistaken identity", 2))
    for waiver in risks:
        blocks += [Text(risk) for risk in waiver.risks]
        blocks.append(Text(f"Accepted because: {waiver.reason}"))
    return blocks


def _identity(package: Package, subject: Subject, row: ConsolidatedRow | None) -> list[Block]:
    blocks: list[Block] = [Heading("Identifying information", 2)]
    facts = stated(row)
    if facts:
        blocks.append(facts_table(facts, f"What the lists state of {subject.name}"))
    blocks += _edited(package, subject, Under.IDENTIFIERS, Under.FACTS)
    if len(blocks) == 1:
        blocks.append(Text(wording.NOTHING, note=True))
    return blocks


def _edited(package: Package, subject: Subject, *headings: Under) -> list[Block]:
    """What somebody wrote beyond that which the registry filled in: the table above shows this,
    whoever may read the section."""
    edited = [
        each
        for heading in headings
        for each in package.sections(subject.id, heading)
        if each.revision > 1
    ]
    return [Text("As written in the proposal:"), *wording.written(edited)] if edited else []


def facts_table(facts: tuple[Fact, ...], caption: str) -> Table:
    return Table(
        ("Fact", "As stated", "Stated in"),
        (3, 6, 6),
        tuple(
            (label, "; ".join(values), "; ".join(sources))
            for (label, sources), values in _together(facts).items()
        ),
        caption,
    )


def _together(facts: tuple[Fact, ...]) -> dict[tuple[str, tuple[str, ...]], list[str]]:
    """What the same listings state under the same label, as one line of the table."""
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for each in facts:
        found.setdefault((each.label, each.sources), []).append(each.value)
    return found


def _coverage(row: ConsolidatedRow | None) -> list[Block]:
    if row is None:
        return [Text("The subject stands on none of the lists in use.")]
    cells = {(each.partner, each.measure): each for each in row.cells}
    rows = tuple(
        (
            wording.at_the_beginning(wording.partner(partner)),
            *(
                wording.state(found) if (found := cells.get((partner, measure))) else "Unknown"
                for measure in Measure
            ),
        )
        for partner in PARTNERS
        if any((partner, measure) in cells for measure in Measure)
    )
    return [
        Table(
            ("Partner", *(wording.MEASURES[measure] for measure in Measure)),
            (3, 5, 5),
            rows,
            f"{row.name}: measures on {wording.day(row.as_of)}",
        )
    ]


def _evidence(package: Package) -> list[Block]:
    if not package.portions.evidence:
        return []
    return [
        Heading("Evidence"),
        Text(
            "The evidence index in this package lists each item with its source, the day on which "
            "a page was archived, and its marking."
        ),
    ]


def _reading(package: Package) -> list[Block]:
    editions = tuple(
        (
            each.official_list.title,
            each.official_list.authority,
            each.edition.date_text + (" (past its expected age)" if each.stale else ""),
            each.edition.sha256[:16],
        )
        for each in package.provenance.editions
    )
    return [
        Heading("How to read this brief"),
        Text(wording.NOT_A_FINDING),
        Text(wording.ABSENCE),
        Table(
            ("Official list", "Authority", "Edition", "sha256 begins"),
            (5, 4, 4, 4),
            editions,
            "The editions that this brief rests on",
        ),
        Text(f"Corrections: {package.provenance.contact}", note=True),
    ]
