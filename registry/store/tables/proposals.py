"""Joint designations: proposals, what is written of them and what partners answer."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from registry.store.tables.base import Base


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
