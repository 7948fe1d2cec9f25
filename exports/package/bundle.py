"""The ZIP that one recipient is handed. The same package gives the same bytes.

Names of files say nothing of what is in them but which paper it is.
"""

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace

import msgspec

from exports import columns, steady_zip, workbook
from exports.package import annex, brief, cover_note, evidence_index, machine, wording
from exports.papers import pdf, word
from exports.papers.paper import Paper
from exports.problem import ExportProblem
from registry.domain import naming
from registry.domain.attachment import Attachment
from registry.domain.cell import PARTNERS
from registry.domain.package import Package

COVER_NOTE = "01-cover-note"
WORKBOOK = "05-consolidated.xlsx"
MACHINE_READABLE = "06-package.json"
REDACTIONS = "07-redaction-log.txt"
MANIFEST = "manifest.json"


def file_name(package: Package) -> str:
    """The name of the ZIP: ids and codes only."""
    return f"package-{package.proposal.id}-for-{package.recipient}-{package.made_on}.zip"


def papers(package: Package) -> dict[str, Paper]:
    """What is set as Word and PDF, by the stem of its file names, in the order of reading."""
    found = {
        "02-proposal-brief": brief.paper(package),
        **{f"03-annex-{each}": annex.paper(package, each) for each in package.partners},
        "04-evidence-index": evidence_index.paper(package),
    }
    set_twice = tuple(f"{stem} (Word and PDF)" for stem in (COVER_NOTE, *found))
    evidence = (f"{evidence_index.FOLDER} (files of the evidence items)",)
    held = evidence if package.attachments else ()
    contents = (*set_twice, WORKBOOK, MACHINE_READABLE, REDACTIONS, *held, MANIFEST)
    return {COVER_NOTE: cover_note.paper(package, contents), **found}


def zipped(package: Package, content: Callable[[Attachment], bytes]) -> bytes:
    """The whole package; `content` gives the bytes of an attachment.

    Raises ExportProblem where a paper can not be set, or where the bytes of an attachment are not
    those that were handed in; then nothing was made.
    """
    files = {
        WORKBOOK: _workbook(package),
        MACHINE_READABLE: machine.document(package),
        REDACTIONS: _redactions(package),
    }
    for stem, paper in papers(package).items():
        files[f"{stem}.docx"] = word.render(paper)
        files[f"{stem}.pdf"] = pdf.render(paper)
    for number, item, _level in evidence_index.numbered(package):
        for name, attachment in evidence_index.files(number, item):
            files[name] = _as_handed_in(attachment, content(attachment))
    return steady_zip.zipped([*sorted(files.items()), (MANIFEST, _manifest(package, files))])


def _as_handed_in(attachment: Attachment, content: bytes) -> bytes:
    if hashlib.sha256(content).hexdigest() != attachment.sha256:
        raise ExportProblem(
            f"{attachment.name} is not kept as it was handed in: tell the operator, who restores "
            f"the file {attachment.sha256} from the backup of the attachments."
        )
    return content


def _workbook(package: Package) -> bytes:
    stream = io.BytesIO()
    banner = wording.banner(package)
    provenance = replace(
        package.provenance,
        title="Subjects of the proposal",
        method=(("Marking", banner), ("Label", wording.LABEL), *package.provenance.method),
    )
    table = columns.consolidated(PARTNERS)
    workbook.write(table, package.rows, provenance, stream, banner)
    return stream.getvalue()


def _redactions(package: Package) -> bytes:
    """The same words in every package: not even a count may tell that something is missing."""
    sender, recipient = wording.partner(package.sender), wording.partner(package.recipient)
    text = f"""{wording.banner(package)}
{wording.LABEL}

REDACTION LOG

This package holds what is releasable to {recipient} and readable by {sender}.
Whether there is anything else is said neither here nor anywhere in this package: there are no
counts, no titles and no gaps in numbering that could tell.

The same rules apply to every package:
- a part is here only if its originator released it to {recipient};
- nothing marked TLP:RED is ever packaged, since it is for named persons;
- minors are left out, with all that is said of them;
- where a text names somebody who may be under age, “{naming.LEFT_OUT}” stands in place of the name;
- the source of an item is left out where its originator protects it;
- comments and tasks of partners stay with the partners.
"""
    return text.encode()


def _manifest(package: Package, files: dict[str, bytes]) -> bytes:
    described = {
        "schema": machine.SCHEMA,
        "marking": wording.banner(package),
        "label": wording.LABEL,
        "files": [
            {
                "name": name,
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
            for name, content in sorted(files.items())
        ],
    }
    return msgspec.json.format(msgspec.json.encode(described)) + b"\n"
