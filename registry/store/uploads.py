"""Uploads in and out of the database."""

from datetime import date, datetime

import msgspec
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry.domain.upload import Preview, Upload, UploadState
from registry.store.tables import UploadRow


def add(
    session: Session,
    official_list: str,
    token: str,
    file_name: str,
    size: int,
    published_on: date | None,
    uploaded_by: str,
    at: datetime,
) -> Upload:
    row = UploadRow(
        official_list=official_list,
        token=token,
        file_name=file_name,
        size=size,
        published_on=published_on,
        uploaded_by=uploaded_by,
        received_at=at,
        state=UploadState.SENT,
        message="",
        preview=None,
    )
    session.add(row)
    session.flush()
    return _upload(row)


def find(session: Session, upload_id: int) -> Upload | None:
    row = session.get(UploadRow, upload_id)
    return _upload(row) if row else None


def of_list(session: Session, official_list: str, most: int) -> list[Upload]:
    """The newest first."""
    query = (
        select(UploadRow)
        .where(UploadRow.official_list == official_list)
        .order_by(UploadRow.id.desc())
        .limit(most)
    )
    return [_upload(row) for row in session.scalars(query)]


def open_before(session: Session, moment: datetime) -> list[Upload]:
    """Those received before the moment that were neither used nor discarded nor refused."""
    query = select(UploadRow).where(
        UploadRow.received_at < moment,
        UploadRow.state.in_([UploadState.SENT, UploadState.EXAMINED]),
    )
    return [_upload(row) for row in session.scalars(query)]


def change(
    session: Session,
    upload_id: int,
    state: UploadState,
    message: str = "",
    preview: Preview | None = None,
) -> None:
    """Keep what has become of an upload; a preview stays once it is there."""
    values: dict[str, object] = {"state": state, "message": message}
    if preview is not None:
        values["preview"] = msgspec.to_builtins(preview)
    session.execute(update(UploadRow).where(UploadRow.id == upload_id).values(values))


def _upload(row: UploadRow) -> Upload:
    return Upload(
        id=row.id,
        official_list=row.official_list,
        token=row.token,
        file_name=row.file_name,
        size=row.size,
        published_on=row.published_on,
        uploaded_by=row.uploaded_by,
        received_at=row.received_at,
        state=UploadState(row.state),
        message=row.message,
        preview=msgspec.convert(row.preview, Preview) if row.preview else None,
    )
