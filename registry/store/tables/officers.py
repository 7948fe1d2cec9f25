"""What officers state themselves: acts, corrections and the nexus of a designation."""

from datetime import date, datetime

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from registry.store.tables.base import Base


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


class WithdrawalRow(Base):
    """An act or an override (`record`) was taken back. Rows are only ever added."""

    __tablename__ = "withdrawal"

    record: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(primary_key=True)
    officer: Mapped[str]
    reason: Mapped[str]
    withdrawn_at: Mapped[datetime]


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
