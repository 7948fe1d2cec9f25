"""Sign-ins and attempts at them, in and out of the database."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from registry.domain.account import Account
from registry.domain.signing_in import Failures
from registry.store import accounts
from registry.store.tables import AccountRow, SignInAttemptRow, SignInRow

_ID = 20  # digits


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in that has not ended, without its token. `id` begins the hash of that: a number
    would tell how many others there were."""

    id: str
    opened_at: datetime
    expires_at: datetime
    address: str


def add(
    session: Session, account: Account, token: str, address: str, at: datetime, until: datetime
) -> None:
    session.add(
        SignInRow(
            token_sha256=_sha256(token),
            account_id=account.id,
            opened_at=at,
            expires_at=until,
            address=address,
        )
    )


def find(session: Session, token: str, now: datetime) -> tuple[Account, SignIn] | None:
    """Whose sign-in this is; None if it has ended, or the account is disabled."""
    found = session.execute(
        select(AccountRow, SignInRow)
        .join(SignInRow, SignInRow.account_id == AccountRow.id)
        .where(
            SignInRow.token_sha256 == _sha256(token),
            SignInRow.expires_at > now,
            AccountRow.disabled_at.is_(None),
        )
    ).one_or_none()
    return (accounts.of(found[0]), _of(found[1])) if found else None


def of_account(session: Session, account: Account, now: datetime) -> tuple[SignIn, ...]:
    """The latest first."""
    rows = session.scalars(
        select(SignInRow)
        .where(SignInRow.account_id == account.id, SignInRow.expires_at > now)
        .order_by(SignInRow.opened_at.desc(), SignInRow.id.desc())
    )
    return tuple(map(_of, rows))


def remove(session: Session, account: Account, sign_in_id: str) -> bool:
    """Whether the account had such a sign-in."""
    gone = session.scalars(
        delete(SignInRow)
        .where(
            SignInRow.account_id == account.id,
            func.substr(SignInRow.token_sha256, 1, _ID) == sign_in_id,
        )
        .returning(SignInRow.id)
    )
    return bool(gone.all())


def remove_all(session: Session, account: Account) -> None:
    session.execute(delete(SignInRow).where(SignInRow.account_id == account.id))


def remove_expired(session: Session, now: datetime) -> None:
    session.execute(delete(SignInRow).where(SignInRow.expires_at <= now))


def add_attempt(session: Session, name: str, client: str, at: datetime) -> None:
    session.add(SignInAttemptRow(name=name, address=client, tried_at=at))
    session.flush()


def attempts(session: Session, client: str, name: str | None = None) -> Failures:
    """The attempts of this client, with this name or with any."""
    wanted = select(func.count(), func.max(SignInAttemptRow.tried_at)).where(
        SignInAttemptRow.address == client
    )
    if name is not None:
        wanted = wanted.where(SignInAttemptRow.name == name)
    count, last = session.execute(wanted).one()
    return Failures(count, last)


def forget_attempts(session: Session, client: str, name: str) -> None:
    session.execute(
        delete(SignInAttemptRow).where(
            SignInAttemptRow.address == client, SignInAttemptRow.name == name
        )
    )


def forget_attempts_before(session: Session, at: datetime) -> None:
    session.execute(delete(SignInAttemptRow).where(SignInAttemptRow.tried_at < at))


def _of(row: SignInRow) -> SignIn:
    return SignIn(row.token_sha256[:_ID], row.opened_at, row.expires_at, row.address)


def _sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
