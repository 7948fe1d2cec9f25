"""Files that were sent and are no edition yet: each under a name of ours, until it is used."""

import re
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import IO

TOKEN = re.compile(r"[0-9a-f]{32}")
PIECE = 1 << 20  # bytes


class Gone(Exception):
    """The file is no longer there; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A folder that no page hands out anything from."""

    folder: Path

    def receive(self, stream: IO[bytes]) -> tuple[str, int]:
        """Write what the stream holds. Returns the token that it is found by, and its size."""
        token = secrets.token_hex(16)
        self.folder.mkdir(parents=True, exist_ok=True)
        target = self._path(token)
        part = target.with_suffix(".part")
        try:
            with part.open("xb") as file:
                shutil.copyfileobj(stream, file, PIECE)
                size = file.tell()
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        return token, size

    def read(self, token: str) -> bytes:
        """Raises Gone if the file was used or discarded since."""
        try:
            return self._path(token).read_bytes()
        except FileNotFoundError:
            raise Gone("The uploaded file is no longer there: upload it again.") from None

    def discard(self, token: str) -> None:
        self._path(token).unlink(missing_ok=True)

    def _path(self, token: str) -> Path:
        if not TOKEN.fullmatch(token):
            raise ValueError(f"no token: {token!r}")
        return self.folder / token
