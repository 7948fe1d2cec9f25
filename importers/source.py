"""What is imported: one file, or the files that make one edition together (a folder or a zip)."""

import hashlib
import io
import lzma
import os
import shutil
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from importers.base import ImportProblem

LARGEST = 256 * 1024 * 1024  # bytes, unpacked; the largest official file is about 120 MB
MOST_PARTS = 64
MOST_TIMES = 100  # larger when unpacked; no official list is even 40 times larger
PIECE = 1 << 20  # bytes
UNREADABLE_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,  # what bz2 raises on damaged bytes
    EOFError,
    ValueError,
    LookupError,  # what a member without a name raises
    NotImplementedError,
    RuntimeError,
)


@dataclass(frozen=True)
class Part:
    """One file: `name` without folders, `content` its bytes as received."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Source:
    """The bytes of one edition. Several parts count as the zip that holds them, sorted by name."""

    name: str
    parts: tuple[Part, ...]

    @cached_property
    def archived(self) -> bytes:
        """What is kept: the file itself, or a zip of the parts, the same for the same parts."""
        if len(self.parts) == 1:
            return self.parts[0].content
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for part in sorted(self.parts, key=lambda part: part.name.casefold()):
                archive.writestr(zipfile.ZipInfo(part.name.casefold()), part.content)
        return packed.getvalue()

    @cached_property
    def sha256(self) -> str:
        """Of the file's bytes; for several parts, of their names and hashes."""
        if len(self.parts) == 1:
            return hashlib.sha256(self.parts[0].content).hexdigest()
        lines = sorted(
            f"{hashlib.sha256(part.content).hexdigest()} {part.name.casefold()}\n"
            for part in self.parts
        )
        return hashlib.sha256("".join(lines).encode()).hexdigest()


def open_source(path: Path) -> Source:
    """Read a file, a folder of files or a zip of files.

    Raises ImportProblem if there is nothing to read or it is beyond all bounds.
    """
    try:
        if path.is_dir():
            return _open_folder(path)
        if path.exists() and not path.is_file():
            # A pipe without a writer waits for ever, a device never ends.
            raise ImportProblem(f"{path}: not a regular file. Save the edition to a file first.")
        if path.stat().st_size > LARGEST:
            raise ImportProblem(f"{path}: larger than {LARGEST:,} bytes, the most that is read.")
        return from_bytes(_written(path.name), path.read_bytes())
    except OSError as error:
        where = _written(str(error.filename or path))
        raise ImportProblem(f"{where}: {error.strerror or error}. Check the path.") from error


def _open_folder(path: Path) -> Source:
    files = sorted(file for file in path.iterdir() if file.is_file())
    if not files:
        raise ImportProblem(f"{path}: the folder holds no file. Give the edition's own folder.")
    if len(files) > MOST_PARTS:
        raise ImportProblem(f"{path}: {len(files)} files. Give the folder of one edition.")
    if sum(file.stat().st_size for file in files) > LARGEST:
        raise ImportProblem(f"{path}: more than {LARGEST:,} bytes. Give one edition only.")
    parts = tuple(Part(_written(file.name), file.read_bytes()) for file in files)
    return Source(_written(path.name), parts)


def _written(name: str) -> str:
    """A file's name may hold bytes that are no text: no database keeps those and no page shows
    them."""
    return os.fsencode(name).decode(errors="backslashreplace")


def from_bytes(name: str, content: bytes) -> Source:
    """Take bytes as they were received; a zip is opened, a workbook (also a zip) is not."""
    if not content:
        raise ImportProblem(f"{name}: the file is empty. Fetch it again.")
    if not content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Source(name, (Part(name, content),))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if any(member.filename == "[Content_Types].xml" for member in members):
                return Source(name, (Part(name, content),))
            size = sum(member.file_size for member in members)
            if len(members) > MOST_PARTS or size > min(LARGEST, len(content) * MOST_TIMES):
                raise ImportProblem(f"{name}: the zip unpacks to more than one edition can hold.")
            parts = tuple(
                Part(PurePosixPath(member.filename).name, _unpacked(archive, member))
                for member in members
            )
    except UNREADABLE_ZIP as error:
        raise ImportProblem(f"{name}: not a readable zip ({error}). Fetch it again.") from error
    if not parts:
        raise ImportProblem(f"{name}: the zip holds no file. Fetch it again.")
    return Source(name, parts)


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """As `archive.read`, which holds everything twice."""
    held = io.BytesIO()
    with archive.open(member) as packed:
        shutil.copyfileobj(packed, held, PIECE)
    return held.getvalue()
