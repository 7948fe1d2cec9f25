"""Files that are handed in and handed out again: checked, kept beside the archive, never shown."""

import re
from collections.abc import Iterable
from datetime import datetime

from flask import request, send_file
from marshmallow import ValidationError
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from registry.domain import attachment as domain
from registry.domain.attachment import ENDINGS, MOST_ATTACHMENTS, Attachment
from registry.store.archive import Archive
from registry.web import context

FIELD = "attachment"
# What a form's template says of the files that it takes.
BOUNDS = {
    "endings": ENDINGS,
    "most_attachments": MOST_ATTACHMENTS,
    "most_megabytes": domain.MOST_BYTES // 1_000_000,
}

Received = tuple[Attachment, bytes]


def received() -> list[Received]:
    """What was attached, checked; nothing is kept unless all of it may be."""
    sent_files = [each for each in request.files.getlist(FIELD) if each.filename]
    if len(sent_files) > MOST_ATTACHMENTS:
        raise ValidationError({FIELD: [f"Attach at most {MOST_ATTACHMENTS} files."]})
    if set(request.files) - {FIELD}:
        raise ValidationError({FIELD: ["Send files in this field only."]})
    found = []
    for each in sent_files:
        content = each.stream.read(domain.MOST_BYTES + 1)
        found.append((domain.attachment(each.filename or "", content), content))
    return found


def keep(files: Iterable[Received]) -> None:
    for kept, content in files:
        _archive().keep(kept.sha256, content)


def content(kept: Attachment) -> bytes:
    """The bytes; none where the file is not there any more."""
    path = _archive().path(kept.sha256)
    return path.read_bytes() if path.is_file() else b""


def download(kept: Attachment, at: datetime) -> Response:
    """A file as it was handed in `at` that moment, to be kept and never shown: no browser opens it
    here."""
    path = _archive().path(kept.sha256)
    if not path.is_file():
        raise NotFound
    return send_file(
        path.resolve(),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=_plain(kept.name),
        max_age=0,
        etag=False,
        last_modified=at,
    )


def _archive() -> Archive:
    return Archive(context.config().attachments)


def _plain(name: str) -> str:
    """A name that no header and no shell could read as anything else."""
    return re.sub(r"[^\w.() -]", "-", name)
