"""The form of an item of evidence: who adds one and who adopts one write the same fields."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields

from registry.domain.attachment import Attachment
from registry.domain.evidence import Evidence, EvidenceKind


class ItemForm(Schema):
    kind = fields.Enum(EvidenceKind, by_value=True, required=True)
    title = fields.String(load_default="")
    text = fields.String(load_default="")
    subject = fields.String(load_default="")
    url = fields.String(load_default="")
    archived_on = fields.Date(data_key="archived-on", load_default=None)


def item(form: Mapping[str, Any], attachments: tuple[Attachment, ...] = ()) -> Evidence:
    """The item that the form gives. Raises InvalidRecord."""
    return Evidence(
        form["kind"],
        form["title"].strip(),
        form["text"].replace("\r\n", "\n").strip(),
        form["subject"],
        form["url"].strip(),
        form["archived_on"],
        form.get("source", "").strip(),
        form.get("protected", False),
        attachments,
    )
