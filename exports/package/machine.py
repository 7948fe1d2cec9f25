"""The package as JSON: the same content, for programs."""

import msgspec

from exports import in_full, sources
from exports.package import wording
from exports.package.evidence_index import files, numbered
from registry.domain.handling import Marking
from registry.domain.package import Package

SCHEMA = "joint-proposal-package/1"


def document(package: Package) -> bytes:
    proposal, parts = package.proposal, package.portions
    described = {
        "schema": SCHEMA,
        "label": wording.LABEL,
        "statement": wording.NOT_A_FINDING,
        "marking": _mark(package.marking),
        "from": package.sender,
        "to": package.recipient,
        "made_on": package.made_on,
        "cover_note": package.cover_note,
        "proposal": {
            "id": proposal.id,
            "title": proposal.title,
            "summary": proposal.summary,
            "situation": proposal.situation,
            "stage": proposal.stage,
            "target_on": proposal.target_on,
            "embargo_until": proposal.embargo_until,
            "agreed_on": proposal.agreed_on,
            "reopened": proposal.reopened,
            "marking": _mark(proposal.marking),
        },
        "subjects": [{"id": each.id, "name": each.name} for each in proposal.subjects],
        "asks": [
            {"subject_id": each.subject_id, "measure": each.measure, "partner": each.partner}
            for each in proposal.asks
        ],
        "sections": [
            {
                "subject_id": each.value.subject_id,
                "heading": each.value.heading,
                "partner": each.value.partner,
                "text": each.value.text,
                "marking": _mark(each.marking),
            }
            for each in parts.sections
        ],
        "positions": [
            {
                "subject_id": each.value.ask.subject_id,
                "measure": each.value.ask.measure,
                "partner": each.value.ask.partner,
                "status": each.value.status,
                "reason": each.value.reason,
                "by_on": each.value.by_on,
                "listing": each.value.act.listing if each.value.act else None,
                "marking": _mark(each.marking),
            }
            for each in parts.positions
        ],
        "evidence": [
            {
                "number": number,
                "kind": item.kind,
                "title": item.title,
                "text": item.text,
                "subject_id": item.subject_id,
                "url": item.url,
                "archived_on": item.archived_on,
                "source": item.source,
                "source_protected": item.protected,
                "files": [
                    {
                        "file": name,
                        "handed_in_as": file.name,
                        "bytes": file.size,
                        "sha256": file.sha256,
                    }
                    for name, file in files(number, item)
                ],
                "level": level,
            }
            for number, item, level in numbered(package)
        ],
        "mistaken_identity": [
            {
                "subject_id": each.value.subject_id,
                "risks": each.value.risks,
                "accepted_because": each.value.reason,
                "marking": _mark(each.marking),
            }
            for each in parts.waivers
        ],
        "registry": [in_full.subject(each) for each in package.rows],
        "sources": sources.document((), package.provenance),
    }
    return msgspec.json.format(msgspec.json.encode(described)) + b"\n"


def _mark(marking: Marking) -> dict[str, object]:
    """The level and its originators; to whom else a part was released is no matter of a package."""
    return {
        "level": marking.level.label,
        "originators": sorted({wording.partner(each) for each in marking.originators}),
    }
