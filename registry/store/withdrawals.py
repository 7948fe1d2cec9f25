"""Taking back what an officer entered: the record stays and counts for nothing."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.domain.record import Withdrawal
from registry.store.tables import WithdrawalRow


def add(session: Session, record: str, record_id: int, withdrawal: Withdrawal) -> None:
    """`record` is the name of the table that holds what is withdrawn."""
    session.add(
        WithdrawalRow(
            record=record,
            record_id=record_id,
            officer=withdrawal.officer,
            reason=withdrawal.reason,
            withdrawn_at=withdrawal.withdrawn_at,
        )
    )
    session.flush()


def of(session: Session, record: str) -> dict[int, Withdrawal]:
    """By id, the withdrawals of one table's records."""
    rows = session.scalars(select(WithdrawalRow).where(WithdrawalRow.record == record))
    return {row.record_id: Withdrawal(row.officer, row.reason, row.withdrawn_at) for row in rows}
