"""The marks of what partners handle."""

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from registry.store.tables.base import Base


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
