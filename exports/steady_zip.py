"""Zips without the clock: the same content gives the same bytes."""

import io
from collections.abc import Iterable
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def member(name: str) -> ZipInfo:
    """A member that says nothing of when, where and by whom it was written."""
    info = ZipInfo(name)  # dated 1980-01-01
    info.compress_type = ZIP_DEFLATED
    info.create_system = 3  # Unix, wherever it is written
    info.external_attr = 0o644 << 16
    return info


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of (name, content), in the order given."""
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(member(name), content)
    return stream.getvalue()


def rewritten(content: bytes) -> bytes:
    """A zip that somebody else wrote, without its clock."""
    with ZipFile(io.BytesIO(content)) as archive:
        return zipped((name, archive.read(name)) for name in archive.namelist())
