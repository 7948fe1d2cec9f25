"""Uploaded editions: sent, examined, then used or discarded."""

from datetime import date, datetime, timedelta
from pathlib import PurePosixPath

from sqlalchemy.orm import Session

from registry.domain.job import Job, JobKind, Order
from registry.domain.record import InvalidRecord
from registry.domain.trail import Action
from registry.domain.upload import Preview, Upload, UploadState
from registry.services import audit, ingest, jobs
from registry.store import jobs as stored_jobs
from registry.store import uploads

LONGEST_NAME = 200  # characters
KEPT = timedelta(days=30)


def receive(
    session: Session,
    official_list: str,
    token: str,
    file_name: str,
    size: int,
    published_on: date | None,
    by: str,
    at: datetime,
) -> tuple[Upload, Job]:
    """Keep that a file was sent, and let it be examined."""
    upload = uploads.add(
        session, official_list, token, plain_name(file_name), size, published_on, by, at
    )
    audit.record(
        session, Action.EDITION_UPLOADED, f"upload:{upload.id}", official_list=official_list
    )
    return upload, jobs.ask(session, Order(JobKind.EXAMINE, official_list, upload.id), by, at)


def plain_name(sent: str) -> str:
    """The last part of a file's name without what is no text; it never becomes a path."""
    last = PurePosixPath(sent.replace("\\", "/")).name
    return "".join(each for each in last if each.isprintable())[:LONGEST_NAME].strip() or "unnamed"


def get(session: Session, upload_id: int | None) -> Upload:
    """Raises InvalidRecord if there is none."""
    found = uploads.find(session, upload_id) if upload_id is not None else None
    if found is None:
        raise InvalidRecord(f"There is no upload {upload_id}.")
    return found


def receipt(upload: Upload, accepted_because: str = "") -> ingest.Receipt:
    return ingest.Receipt(upload.received_at, "", upload.published_on, accepted_because)


def examined(session: Session, upload_id: int, preview: Preview) -> None:
    uploads.change(session, upload_id, UploadState.EXAMINED, preview=preview)


def refuse(session: Session, upload_id: int, message: str) -> None:
    uploads.change(session, upload_id, UploadState.REFUSED, message)


def used(session: Session, upload_id: int, message: str) -> None:
    uploads.change(session, upload_id, UploadState.USED, message)


def use(session: Session, upload_id: int, reason: str, by: str, at: datetime) -> Job:
    """Let an examined upload be imported; one that failed a gate needs a reason.

    Raises InvalidRecord, or JobRefused while another job changes the list.
    """
    upload = _examined(session, upload_id)
    preview = upload.preview
    assert preview is not None
    if preview.broken:
        raise InvalidRecord("A file whose format is broken can not be used.")
    if preview.failures and not reason.strip():
        raise InvalidRecord("A gate failed: to use the file all the same, give a reason.", "reason")
    order = Order(JobKind.IMPORT, upload.official_list, upload.id, reason.strip())
    return jobs.ask(session, order, by, at)


def discard(session: Session, upload_id: int, by: str) -> Upload:
    """Raises InvalidRecord if the upload is used, refused or discarded already."""
    upload = get(session, upload_id)
    if not upload.is_open or stored_jobs.is_active(session, JobKind.IMPORT, upload.id):
        raise InvalidRecord(f"Upload {upload_id} can not be discarded any more.")
    uploads.change(session, upload_id, UploadState.DISCARDED, f"discarded by {by}")
    audit.record(session, Action.UPLOAD_DISCARDED, f"upload:{upload_id}")
    return upload


def expire(session: Session, now: datetime) -> list[str]:
    """Discard what nobody has used for `KEPT`. Returns the tokens of the files to let go."""
    old = uploads.open_before(session, now - KEPT)
    for each in old:
        message = f"discarded: not used within {KEPT.days} days"
        uploads.change(session, each.id, UploadState.DISCARDED, message)
    return [each.token for each in old]


def _examined(session: Session, upload_id: int) -> Upload:
    upload = get(session, upload_id)
    if upload.state is not UploadState.EXAMINED:
        raise InvalidRecord(
            f"Upload {upload_id} is {upload.state.value}: only an examined one can be used."
        )
    return upload
