"""Dossiers that organisations hand in."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from registry.store.tables.base import Base


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
