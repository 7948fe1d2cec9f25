"""The columns of accounts, and of what is never among them: passwords."""

from exports.columns import Column, Table
from registry.domain.account import Account

ACCOUNTS: Table[Account] = Table(
    "accounts",
    (
        Column("name", "What they sign in with.", lambda r: r.name),
        Column("shown_name", "What colleagues read.", lambda r: r.shown_name),
        Column("affiliation", "A partner, the secretariat or an NGO.", lambda r: r.affiliation),
        Column("roles", "In which roles they act.", lambda r: tuple(sorted(r.roles))),
        Column("disabled", "Whether they may not sign in.", lambda r: _yes(r.is_disabled)),
        Column("demo", "Whether everybody knows the password.", lambda r: _yes(r.is_demo)),
    ),
)


def _yes(value: bool) -> str:
    return "yes" if value else "no"
