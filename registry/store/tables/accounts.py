"""Accounts, what they did, and what they keep."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.store.tables.base import Base


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
    """An attempt to sign in that failed, or whose outcome is not known yet. `address` is the
    client's: a network address, or the id of a browser in which the name signed in before."""

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
