"""The evidence index: every item in the package, numbered as here and nowhere else."""

from exports.package import wording
from exports.papers.paper import Block, Heading, Paper, Table, Text
from registry.domain.attachment import Attachment
from registry.domain.evidence import Evidence, EvidenceKind
from registry.domain.package import Package

FOLDER = "08-evidence"
_KINDS = {
    EvidenceKind.OPEN_SOURCE: "open source",
    EvidenceKind.DOCUMENT: "document",
    EvidenceKind.TESTIMONY: "testimony",
}


def paper(package: Package) -> Paper:
    return Paper(
        title="Evidence index",
        subtitle=package.proposal.title,
        banner=wording.banner(package),
        label=wording.LABEL,
        made_on=package.made_on,
        lead=(),
        blocks=tuple(_blocks(package)),
    )


def files(number: str, item: Evidence) -> tuple[tuple[str, Attachment], ...]:
    """Each file of an item with its name in the package, which tells nothing but its place."""
    return tuple(
        (f"{FOLDER}/{number}-{place}.{each.name.rpartition('.')[2].lower()}", each)
        for place, each in enumerate(item.attachments, start=1)
    )


def numbered(package: Package) -> list[tuple[str, Evidence, str]]:
    """Each item with its number in this package and its mark."""
    return [
        (f"E{number}", each.value, each.marking.level.label)
        for number, each in enumerate(package.portions.evidence, start=1)
    ]


def _blocks(package: Package) -> list[Block]:
    items = numbered(package)
    if not items:
        return [Text("This package holds no evidence items.")]
    names = {each.id: each.name for each in package.proposal.subjects}
    blocks: list[Block] = [
        Table(
            ("No.", "Item", "Kind", "Marking"),
            (1, 8, 3, 3),
            tuple((number, item.title, _KINDS[item.kind], level) for number, item, level in items),
            "Evidence items in this package",
        ),
        Heading("Items"),
    ]
    for number, item, level in items:
        facts = [
            ("About", names.get(item.subject_id, "the proposal as a whole")),
            ("Kind", _KINDS[item.kind]),
            ("Marking", level),
            ("Source", "protected by its originator" if item.protected else item.source),
            ("Link", item.url),
            ("Archived on", wording.day(item.archived_on) if item.archived_on else ""),
            *(
                ("File", f"{name}, handed in as {file.name}; sha256 {file.sha256}")
                for name, file in files(number, item)
            ),
        ]
        blocks.append(Heading(f"{number} {item.title}", 2))
        blocks.append(
            Table(
                ("Fact", "As given"),
                (2, 8),
                tuple((label, text) for label, text in facts if text),
                f"Item {number}",
            )
        )
        blocks += [Text(line) for line in item.text.splitlines() if line.strip()]
    return blocks
