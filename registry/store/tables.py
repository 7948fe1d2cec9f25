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


class StatedRolesRow(Base):
    """The roles that a version of a listing states, apart by blanks; `made_by` names the state of
    the rules that found them. Derived, and made anew when needed."""

    __tablename__ = "stated_roles"

    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), primary_key=True)
    made_by: Mapped[str]
    roles: Mapped[str]


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


class MarkingRow(Base):
    """A mark as it was given once. Rows are never changed: what is marked anew gets another row."""

    __tablename__ = "marking"

    id: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[str]
    originators: Mapped[list[str]] = mapped_column(JSON)


class ReleaseRow(Base):
    """What has the mark is released to the affiliation."""

    __tablename__ = "marking_release"

    affiliation: Mapped[str] = mapped_column(primary_key=True)
    marking_id: Mapped[int] = mapped_column(ForeignKey("marking.id"), primary_key=True, index=True)


class RecipientRow(Base):
    """The account is a named recipient of what has the mark, which is RED."""

    __tablename__ = "marking_recipient"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    marking_id: Mapped[int] = mapped_column(ForeignKey("marking.id"), primary_key=True, index=True)


class ProposalRow(Base):
    """A joint designation that an originator proposes. Its id is drawn by lot: nothing can be read
    from the ids of others. Before `circulated_at` it is its originator's alone, whatever its mark;
    `reopened` says what the lists show no more."""

    __tablename__ = "proposal"

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    summary: Mapped[str]
    situation: Mapped[str]
    stage: Mapped[str]
    originator: Mapped[str]
    marking_id: Mapped[int] = mapped_column(ForeignKey("marking.id"))
    target_on: Mapped[date | None]
    embargo_until: Mapped[date | None]
    agreed_on: Mapped[date | None]
    reopened: Mapped[str]
    revision: Mapped[int]
    created_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]
    circulated_at: Mapped[datetime | None]


class ProposedSubjectRow(Base):
    """A subject of a proposal, with the name that the registry showed when it was taken in. One
    that was taken out (`removed_at`) stays for what is told of it in the history."""

    __tablename__ = "proposed_subject"

    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    subject_id: Mapped[str] = mapped_column(ForeignKey("subject.id"), primary_key=True, index=True)
    place: Mapped[int]
    name: Mapped[str]
    removed_at: Mapped[datetime | None]


class AskRow(Base):
    """A proposal seeks a measure on a subject from a partner. `awaits_review` tells that watchers
    were told of a candidate on the partner's list."""

    __tablename__ = "ask"

    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    subject_id: Mapped[str] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(primary_key=True)
    partner: Mapped[str] = mapped_column(primary_key=True)
    awaits_review: Mapped[bool]


class PortionRow(Base):
    """A part of a proposal that has a mark of its own; what it says is in the table of its kind.

    `public_id` is drawn by lot. `follows` tells that it has the proposal's mark, whatever that
    becomes. `account_id` is None where the registry itself added it.
    """

    __tablename__ = "portion"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposal.id"), index=True)
    kind: Mapped[str]
    marking_id: Mapped[int] = mapped_column(ForeignKey("marking.id"))
    follows: Mapped[bool]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    affiliation: Mapped[str]
    added_at: Mapped[datetime]


class SectionRow(Base):
    """A text of a proposal under a heading."""

    __tablename__ = "section"

    portion_id: Mapped[int] = mapped_column(ForeignKey("portion.id"), primary_key=True)
    subject_id: Mapped[str]
    heading: Mapped[str]
    partner: Mapped[str]
    text: Mapped[str]
    revision: Mapped[int]


class PositionRow(Base):
    """What a partner answered, or what the lists showed (`automatic`). Rows are only ever added."""

    __tablename__ = "position"

    portion_id: Mapped[int] = mapped_column(ForeignKey("portion.id"), primary_key=True)
    subject_id: Mapped[str]
    measure: Mapped[str]
    partner: Mapped[str]
    status: Mapped[str]
    reason: Mapped[str]
    by_on: Mapped[date | None]
    automatic: Mapped[bool]
    official_list: Mapped[str]
    reference: Mapped[str]
    listing: Mapped[str]
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("edition.id"))
    dated: Mapped[date | None]
    listed_on: Mapped[date | None]


class EvidenceRow(Base):
    """An evidence item. `source` is for accounts of its originator alone where it is protected;
    `withdrawn` says why the item does not count any more, "" where it does."""

    __tablename__ = "evidence"

    portion_id: Mapped[int] = mapped_column(ForeignKey("portion.id"), primary_key=True)
    subject_id: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    url: Mapped[str]
    archived_on: Mapped[date | None]
    source: Mapped[str]
    protected: Mapped[bool]
    withdrawn: Mapped[str]


class EvidenceAttachmentRow(Base):
    """A file of an evidence item; its bytes lie under their sha256, where none is served from."""

    __tablename__ = "evidence_attachment"

    portion_id: Mapped[int] = mapped_column(ForeignKey("portion.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]


class CommentRow(Base):
    """A comment on a proposal. Rows are only ever added."""

    __tablename__ = "comment"

    portion_id: Mapped[int] = mapped_column(ForeignKey("portion.id"), primary_key=True)
    text: Mapped[str]


class TaskRow(Base):
    """Something that an account has to do for a proposal."""

    __tablename__ = "task"

    portion_id: Mapped[int] = mapped_column(ForeignKey("portion.id"), primary_key=True)
    text: Mapped[str]
    assignee: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    due_on: Mapped[date | None]
    done_at: Mapped[datetime | None]


class WaiverRow(Base):
    """A risk of mistaken identity was accepted, and why. Rows are only ever added."""

    __tablename__ = "waiver"

    portion_id: Mapped[int] = mapped_column(ForeignKey("portion.id"), primary_key=True)
    subject_id: Mapped[str]
    risks: Mapped[list[str]] = mapped_column(JSON)
    reason: Mapped[str]


class ReleaseRequestRow(Base):
    """Somebody asks the originator of a portion (`about_id`; of the proposal if None) to release it
    to `asked_for` also. `answer` is "open" until the originator gives one."""

    __tablename__ = "release_request"

    portion_id: Mapped[int] = mapped_column(ForeignKey("portion.id"), primary_key=True)
    about_id: Mapped[int | None] = mapped_column(ForeignKey("portion.id"))
    asked_for: Mapped[str]
    reason: Mapped[str]
    answer: Mapped[str]
    answer_reason: Mapped[str]


class HistoryRow(Base):
    """A change to a proposal or to a portion of it, under the mark that this had then. Rows are
    only ever added."""

    __tablename__ = "history"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposal.id"), index=True)
    portion_id: Mapped[int | None] = mapped_column(ForeignKey("portion.id"))
    marking_id: Mapped[int] = mapped_column(ForeignKey("marking.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    affiliation: Mapped[str]
    at: Mapped[datetime]
    event: Mapped[str]
    detail: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]


class WatchRow(Base):
    """An account is told of what happens to a proposal."""

    __tablename__ = "watch"

    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)


class NoticeRow(Base):
    """An account was told of something in a proposal's history."""

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    history_id: Mapped[int] = mapped_column(ForeignKey("history.id"))
    read_at: Mapped[datetime | None]


class DossierRow(Base):
    """What an organisation handed in. Its id is drawn by lot. Rows are only ever added."""

    __tablename__ = "dossier"

    id: Mapped[str] = mapped_column(primary_key=True)
    affiliation: Mapped[str] = mapped_column(index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    title: Mapped[str]
    subjects: Mapped[list[list[str]]] = mapped_column(JSON)
    conduct: Mapped[str]
    links: Mapped[list[list[str]]] = mapped_column(JSON)
    sharing: Mapped[str]
    protected: Mapped[bool]
    sha256: Mapped[str]
    handed_in_at: Mapped[datetime]


class DossierRecipientRow(Base):
    """The officers of the partner read the dossier."""

    __tablename__ = "dossier_recipient"

    partner: Mapped[str] = mapped_column(primary_key=True)
    dossier_id: Mapped[str] = mapped_column(ForeignKey("dossier.id"), primary_key=True, index=True)


class DossierAttachmentRow(Base):
    """A file of a dossier; its bytes lie under their sha256, where nothing is served from."""

    __tablename__ = "dossier_attachment"

    dossier_id: Mapped[str] = mapped_column(ForeignKey("dossier.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]


class DossierAnswerRow(Base):
    """What a partner let the organisation know. Rows are only ever added. The day alone is kept, so
    that no moment tells which evidence was adopted from it."""

    __tablename__ = "dossier_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[str] = mapped_column(ForeignKey("dossier.id"), index=True)
    partner: Mapped[str]
    disposition: Mapped[str]
    feedback: Mapped[str]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    given_on: Mapped[date]


class DossierNoticeRow(Base):
    """An account was told of a dossier: that it came in, or what became of it with a partner. The
    day alone is kept, as in an answer."""

    __tablename__ = "dossier_notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    dossier_id: Mapped[str] = mapped_column(ForeignKey("dossier.id"))
    partner: Mapped[str]
    disposition: Mapped[str]
    told_on: Mapped[date]
    is_read: Mapped[bool]


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
    must_change_password: Mapped[bool]
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


class SavedViewRow(Base):
    """What an account asks the coverage page for again and again, by a name of its own."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("account_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    name: Mapped[str]
    query: Mapped[str]
    saved_at: Mapped[datetime]


class SignInAttemptRow(Base):
    """An attempt to sign in that failed, or whose outcome is not known yet."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index("ix_sign_in_attempt_address_name", "address", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    address: Mapped[str]
    tried_at: Mapped[datetime] = mapped_column(index=True)


class TrailRow(Base):
    """An entry of the trail: who did what. The database itself refuses to alter or delete one."""

    __tablename__ = "trail"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(index=True)
    address: Mapped[str]
    action: Mapped[str]
    object: Mapped[str] = mapped_column(index=True)
    detail: Mapped[str]
    released_to: Mapped[str]
    previous: Mapped[str]
    hash: Mapped[str]
