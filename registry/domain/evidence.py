"""Evidence items of a proposal: links, documents and testimony, each marked by itself."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.domain.attachment import MOST_ATTACHMENTS, Attachment
from registry.domain.proposal import MOST_TEXT
from registry.domain.record import InvalidRecord, require


class EvidenceKind(StrEnum):
    OPEN_SOURCE = "open-source"
    DOCUMENT = "document"
    TESTIMONY = "testimony"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One item. `source` says who it comes from; where that is `protected`, only accounts of the
    item's originator read it, whoever the item itself is released to.

    `archived_on` is the day on which the page at `url` was archived. `subject_id` is "" where the
    item is about the proposal as a whole. Who may read the item may have its `attachments`: they
    are marked as it is, and may say who made them.
    """

    kind: EvidenceKind
    title: str
    text: str
    subject_id: str = ""
    url: str = ""
    archived_on: date | None = None
    source: str = ""
    protected: bool = False
    attachments: tuple[Attachment, ...] = ()

    def __post_init__(self) -> None:
        require(title=self.title)
        if len(self.text) > MOST_TEXT:
            raise InvalidRecord(f"An evidence item takes at most {MOST_TEXT:,} characters.", "text")
        if len(self.attachments) > MOST_ATTACHMENTS:
            raise InvalidRecord(
                f"An evidence item takes at most {MOST_ATTACHMENTS} files.", "attachment"
            )
        if self.url and not self.url.startswith(("https://", "http://")):
            raise InvalidRecord("A link begins with https://.", "url")
        if self.kind is EvidenceKind.OPEN_SOURCE and not (self.url and self.archived_on):
            raise InvalidRecord(
                "An open source needs its link and the day on which the page was archived: pages "
                "go away.",
                "url",
            )
