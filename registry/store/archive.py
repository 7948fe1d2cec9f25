"""The bytes of editions and of attachments, kept in files named by their sha256."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Archive:
    folder: Path

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def keep(self, sha256: str, content: bytes) -> None:
        """Write once; a killed process leaves no half file under the name."""
        target = self.path(sha256)
        if target.exists():
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f"{sha256}.{os.getpid()}.part")
        part.write_bytes(content)
        part.replace(target)

    def read(self, sha256: str) -> bytes:
        return self.path(sha256).read_bytes()
