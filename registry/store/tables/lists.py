"""Official lists: their editions, listings and what changed."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.store.tables.base import Base


class EditionRow(Base):
    """An official list as received once. `dated` is the publisher's date or the day of receipt.

    `silent` names the fields of a party for which a file was missing. `encoding_of` names the
    edition of which this one is another encoding (CSV beside XML), `compared_with` the edition
    before it, against which its changes were found.
    """

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("official_list", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    official_list: Mapped[str] = mapped_column(index=True)
    sha256: Mapped[str]
    format: Mapped[str]
    file_name: Mapped[str]
    url: Mapped[str] = mapped_column(default="")
    published_on: Mapped[date | None]
    dated: Mapped[date]
    received_at: Mapped[datetime]
    importer_version: Mapped[str]
    state: Mapped[str]
    findings: Mapped[list[str]] = mapped_column(JSON)
    accepted_because: Mapped[str] = mapped_column(default="")
    silent: Mapped[list[str]] = mapped_column(JSON, default=list)
    entries: Mapped[int]
    listings: Mapped[int]
    encoding_of: Mapped[int | None] = mapped_column(ForeignKey("edition.id"))
    compared_with: Mapped[int | None] = mapped_column(ForeignKey("edition.id"))


class ReportedEntryRow(Base):
    """An entry of an edition that could not be imported, and why."""

    __tablename__ = "reported_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    line: Mapped[int]
    reference: Mapped[str]
    reason: Mapped[str]


class ListingRow(Base):
    """One entry on one official list through all its editions.

    `key` is what the listing is known by; a reference reused for another party gets a key of its
    own with a number behind `~`.
    """

    __tablename__ = "listing"

    id: Mapped[int] = mapped_column(primary_key=True)
    official_list: Mapped[str] = mapped_column(index=True)
    key: Mapped[str] = mapped_column(unique=True)


class VersionRow(Base):
    """What a listing said at some time: the same content is stored once for all its editions."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("listing_id", "content_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id"))
    content_hash: Mapped[str]
    partner: Mapped[str]
    kind: Mapped[str]
    name: Mapped[str]
    countries: Mapped[str]
    un_references: Mapped[str]
    deceased: Mapped[bool]
    party: Mapped[bytes] = mapped_column(LargeBinary)
    designations: Mapped[bytes] = mapped_column(LargeBinary)
    raw: Mapped[bytes] = mapped_column(LargeBinary)


class OwnershipRow(Base):
    """A version of a listing states that its party is owned or controlled by another one, or owns
    it: by the other's folded name, or by its reference where the list gives one."""

    __tablename__ = "ownership"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id"), index=True)
    relation: Mapped[str]
    name: Mapped[str]
    reference: Mapped[str]


class EntryRow(Base):
    """A listing stands in an edition, under this reference, at this line."""

    __tablename__ = "entry"
    __table_args__ = (Index("ix_entry_listing_id", "listing_id"),)

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    reference: Mapped[str] = mapped_column(index=True)
    line: Mapped[int]


class ChangeRow(Base):
    """What one edition changed against the one before it: derived, and made anew when needed."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_official_list_seen_on", "official_list", "seen_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id"), index=True)
    official_list: Mapped[str]
    reference: Mapped[str]
    change: Mapped[str]
    field: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    seen_on: Mapped[date]
