"""Attachments: files that somebody hands in, kept under their sha256 as they are.

What a file is, its bytes say. Nothing of it is ever run, shown or unpacked here: of an office
document, which is an archive, only the directory is read.
"""

import hashlib
import io
import re
import struct
import unicodedata
from dataclasses import dataclass
from zipfile import BadZipFile, ZipFile

from registry.domain.record import InvalidRecord

MOST_ATTACHMENTS = 10  # of one dossier, or of one item of evidence
MOST_BYTES = 20_000_000  # of one attachment
LONGEST_NAME = 150  # characters
_LONGEST_DIRECTORY = 1_000_000  # bytes of an office document's list of its members


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as it was handed in: its bytes are kept under their sha256 and never opened."""

    name: str
    sha256: str
    size: int


# By the ending of its name: how the bytes of such a file begin. Archives are not taken.
_BEGINNINGS = {
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "docx": (b"PK\x03\x04",),
    "xlsx": (b"PK\x03\x04",),
    "pptx": (b"PK\x03\x04",),
    "odt": (b"PK\x03\x04",),
    "ods": (b"PK\x03\x04",),
    "odp": (b"PK\x03\x04",),
    "txt": (),
    "csv": (),
}
ENDINGS = tuple(_BEGINNINGS)
# With what members of an office document begin: ISO/IEC 29500-1, OpenDocument 1.3 part 2.
_MEMBERS = {
    "docx": "word/",
    "xlsx": "xl/",
    "pptx": "ppt/",
    "odt": "content.xml",
    "ods": "content.xml",
    "odp": "content.xml",
}
_CALLED = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odp": b"application/vnd.oasis.opendocument.presentation",
}
_PROGRAM = re.compile(r"(?:^|/)(?:vbaProject\.bin|activeX/.*|Basic/.*|Scripts/.*)$", re.IGNORECASE)
_PROGRAM_IN_PDF = re.compile(rb"/(?:JavaScript|Launch)\b")
_SPELT_OUT = re.compile(rb"#([0-9A-Fa-f]{2})")  # a letter of a name: ISO 32000-1, 7.3.5
# Neither a path, nor what looks like one.
_PLAIN_NAME = re.compile('[^/\\\\:*?"<>|\u2044\u2215\u29f5\u29f8\uff0f\uff3c]+')
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)\s*(\..*)?", re.IGNORECASE)  # of Windows


def attachment(name: str, content: bytes) -> Attachment:
    """A file as it may be kept. Raises InvalidRecord for a name that is a path or hides what it
    is, for a kind that is not taken, for what carries a program, and for a size beyond the bounds.
    """
    _check_name(name)
    ending = name.rpartition(".")[2].lower()
    if "." not in name or ending not in _BEGINNINGS:
        raise _refused(
            f"{name}: attach one of these kinds of files: {', '.join(ENDINGS)}. No archives."
        )
    if not content:
        raise _refused(f"{name} is empty.")
    if len(content) > MOST_BYTES:
        raise _refused(f"{name} is larger than {MOST_BYTES // 1_000_000} MB.")
    beginnings = _BEGINNINGS[ending]
    if beginnings and not content.startswith(beginnings):
        raise _not_inside(name, ending)
    if not beginnings and not _is_text(content):
        raise _refused(f"{name} is no text in UTF-8.")
    if ending in _MEMBERS:
        _check_office(name, ending, content)
    if ending == "pdf" and _PROGRAM_IN_PDF.search(_SPELT_OUT.sub(_letter, content)):
        raise _carries_a_program(name)
    return Attachment(name, hashlib.sha256(content).hexdigest(), len(content))


def _check_name(name: str) -> None:
    if any(unicodedata.category(each).startswith("C") for each in name):
        raise _refused("A file's name holds a character that can not be shown: rename it.")
    is_plain = _PLAIN_NAME.fullmatch(name) and not _DEVICE.fullmatch(name)
    if not is_plain or name.startswith(".") or name != name.strip():
        raise _refused(f"{name!r} is no plain file name: rename the file.")
    if len(name) > LONGEST_NAME:
        raise _refused(f"A file's name takes at most {LONGEST_NAME} characters.")


def _check_office(name: str, ending: str, content: bytes) -> None:
    members = _members(content)
    of_its_kind = any(each.startswith(_MEMBERS[ending]) for each in members)
    if not of_its_kind or not _is_called(ending, content, members):
        raise _not_inside(name, ending)
    if any(each.startswith("/") or "\\" in each or ".." in each.split("/") for each in members):
        raise _refused(f"{name} holds a path that leads out of it: save it anew.")
    if any(map(_PROGRAM.search, members)):
        raise _carries_a_program(name)


def _is_called(ending: str, content: bytes, members: frozenset[str]) -> bool:
    """OpenDocument names its type in its first member, the others have a list of types."""
    if ending not in _CALLED:
        return "[Content_Types].xml" in members
    return content[30:38] == b"mimetype" and content[38:].startswith(_CALLED[ending] + b"PK")


def _letter(found: re.Match[bytes]) -> bytes:
    return bytes.fromhex(found[1].decode())


def _members(content: bytes) -> frozenset[str]:
    """The names in an archive's directory; none if it is not plainly an archive. The directory is
    measured before it is read: it could name millions."""
    end = content[-22:]  # as long as an end without a remark is (APPNOTE 4.3.16)
    if len(end) < 22 or end[:4] != b"PK\x05\x06" or content[-42:-38] == b"PK\x06\x07":
        return frozenset()
    (length,) = struct.unpack("<I", end[12:16])
    if length > _LONGEST_DIRECTORY:
        return frozenset()
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            return frozenset(archive.namelist())
    except (BadZipFile, ValueError, NotImplementedError, struct.error, OverflowError):
        return frozenset()


def _is_text(content: bytes) -> bool:
    try:
        return "\x00" not in content.decode()
    except UnicodeDecodeError:
        return False


def _not_inside(name: str, ending: str) -> InvalidRecord:
    return _refused(f"{name} is no {ending.upper()} file inside, whatever its name says.")


def _carries_a_program(name: str) -> InvalidRecord:
    return _refused(
        f"{name} carries a program (macros or scripts): save it without, or as a plain PDF."
    )


def _refused(why: str) -> InvalidRecord:
    return InvalidRecord(why, "attachment")
