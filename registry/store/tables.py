"""The tables, and nothing but the tables."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, MetaData, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from registry.store.columns import TEXT, Moment


class Base(DeclarativeBase):
    type_annotation_map: ClassVar = {str: TEXT, datetime: Moment}
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


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


class SubjectRow(Base):
    """A reconciled person, entity, ship or aircraft; `merged_into` redirects to its successor."""

    __tablename__ = "subject"

    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    merged_into: Mapped[str | None] = mapped_column(ForeignKey("subject.id"))


class MemberRow(Base):
    """A listing belongs to a subject, as matching saw it in this version."""

    __tablename__ = "member"

    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id"), primary_key=True)
    subject_id: Mapped[str] = mapped_column(ForeignKey("subject.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))


class PairRow(Base):
    """Two listings that matching linked (`linked`) or leaves to a reviewer."""

    __tablename__ = "pair"

    left_id: Mapped[int] = mapped_column(ForeignKey("listing.id"), primary_key=True)
    right_id: Mapped[int] = mapped_column(ForeignKey("listing.id"), primary_key=True, index=True)
    linked: Mapped[bool]
    score: Mapped[float]
    probability: Mapped[float]


class ScoreRow(Base):
    """How alike two listings are, in nats: every pair at all likely, whatever became of it."""

    __tablename__ = "score"

    left_id: Mapped[int] = mapped_column(ForeignKey("listing.id"), primary_key=True)
    right_id: Mapped[int] = mapped_column(ForeignKey("listing.id"), primary_key=True, index=True)
    score: Mapped[float]


class ProfileRow(Base):
    """What matching made of a version of a listing, packed; `made_by` names the state of matching
    that did. Derived, and made anew when needed."""

    __tablename__ = "profile"

    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), primary_key=True)
    made_by: Mapped[str]
    profile: Mapped[bytes] = mapped_column(LargeBinary)


class JudgementRow(Base):
    """What a reviewer said of two listings, by their keys then. Rows are only ever added.

    The fingerprints are the content hashes of what the listings said when they were judged, ""
    where a listing was not held.
    """

    __tablename__ = "judgement"

    id: Mapped[int] = mapped_column(primary_key=True)
    left: Mapped[str] = mapped_column(index=True)
    right: Mapped[str] = mapped_column(index=True)
    verdict: Mapped[str]
    reviewer: Mapped[str]
    reason: Mapped[str]
    judged_at: Mapped[datetime]
    left_fingerprint: Mapped[str]
    right_fingerprint: Mapped[str]


class UndoingRow(Base):
    """A judgement was taken back. Rows are only ever added."""

    __tablename__ = "undoing"

    judgement_id: Mapped[int] = mapped_column(ForeignKey("judgement.id"), primary_key=True)
    reviewer: Mapped[str]
    reason: Mapped[str]
    undone_at: Mapped[datetime]


class RekeyingRow(Base):
    """A listing is known by another key since. Rows are only ever added; the latest one on an old
    key holds, and one whose keys are the same puts it back."""

    __tablename__ = "rekeying"

    id: Mapped[int] = mapped_column(primary_key=True)
    old_key: Mapped[str] = mapped_column(index=True)
    new_key: Mapped[str]
    reviewer: Mapped[str]
    reason: Mapped[str]
    rekeyed_at: Mapped[datetime]


class ActRow(Base):
    """A legal act that an officer entered; one of `subject_id`, `listing` (its key) and `name`
    says on whom. Rows are only ever added."""

    __tablename__ = "act"

    id: Mapped[int] = mapped_column(primary_key=True)
    partner: Mapped[str]
    measures: Mapped[list[str]] = mapped_column(JSON)
    citation: Mapped[str]
    made_on: Mapped[date]
    source_url: Mapped[str]
    subject_id: Mapped[str]
    listing: Mapped[str]
    name: Mapped[str]
    procedure: Mapped[str]
    officer: Mapped[str]
    reason: Mapped[str]
    entered_at: Mapped[datetime]


class OverrideRow(Base):
    """An officer's correction of a listing, by its key then. Rows are only ever added."""

    __tablename__ = "override"

    id: Mapped[int] = mapped_column(primary_key=True)
    listing: Mapped[str] = mapped_column(index=True)
    field: Mapped[str]
    value: Mapped[str]
    reason: Mapped[str]
    source: Mapped[str]
    officer: Mapped[str]
    entered_at: Mapped[datetime]


class NexusReviewRow(Base):
    """What a reviewer said of conduct that a listing's own words name, by its key then. Rows are
    only ever added; the latest one on a finding counts.

    `code` and `act` are the designation's, empty for remarks. `whole` is the quote's sentence.
    """

    __tablename__ = "nexus_review"

    id: Mapped[int] = mapped_column(primary_key=True)
    listing: Mapped[str] = mapped_column(index=True)
    code: Mapped[str]
    act: Mapped[str]
    origin: Mapped[str]
    finding: Mapped[str]
    families: Mapped[list[str]] = mapped_column(JSON)
    quote: Mapped[str]
    whole: Mapped[str]
    verdict: Mapped[str]
    reviewer: Mapped[str]
    reason: Mapped[str]
    reviewed_at: Mapped[datetime]


class WithdrawalRow(Base):
    """An act or an override (`record`) was taken back. Rows are only ever added."""

    __tablename__ = "withdrawal"

    record: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(primary_key=True)
    officer: Mapped[str]
    reason: Mapped[str]
    withdrawn_at: Mapped[datetime]


class JobRow(Base):
    """Work for a worker. `claim` is unique among the active ones and empty once a job has ended."""

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    official_list: Mapped[str]
    about: Mapped[int | None]
    reason: Mapped[str]
    claim: Mapped[str | None] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(index=True)
    share: Mapped[float]
    step: Mapped[str]
    started_by: Mapped[str]
    asked_at: Mapped[datetime]
    began_at: Mapped[datetime | None]
    beat_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    message: Mapped[str]


class UploadRow(Base):
    """A file that was sent to be an edition: kept under `token` until it is used or discarded.

    `preview` is what the edition would change, found before it is used.
    """

    __tablename__ = "upload"

    id: Mapped[int] = mapped_column(primary_key=True)
    official_list: Mapped[str]
    token: Mapped[str] = mapped_column(unique=True)
    file_name: Mapped[str]
    size: Mapped[int]
    published_on: Mapped[date | None]
    uploaded_by: Mapped[str]
    received_at: Mapped[datetime]
    state: Mapped[str]
    message: Mapped[str]
    preview: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class FactRow(Base):
    """What the registry remembers of itself: its revision, and a publisher's fetch validators."""

    __tablename__ = "fact"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class AccountRow(Base):
    """Somebody who may sign in. Accounts are disabled, never deleted: records name them."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    shown_name: Mapped[str]
    affiliation: Mapped[str]
    roles: Mapped[list[str]] = mapped_column(JSON)
    password: Mapped[str]
    is_demo: Mapped[bool]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class SignInRow(Base):
    """A sign-in that has not ended. Of the token in the browser's cookie only the hash is kept."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_sha256: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    opened_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    address: Mapped[str]


class SignInAttemptRow(Base):
    """An attempt to sign in that failed, or whose outcome is not known yet."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index("ix_sign_in_attempt_address_name", "address", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    address: Mapped[str]
    tried_at: Mapped[datetime] = mapped_column(index=True)
