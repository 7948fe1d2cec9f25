"""Subjects: who is the same, what matching found and what reviewers said."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from registry.store.tables.base import Base


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
