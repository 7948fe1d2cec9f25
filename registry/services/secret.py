"""The key that signs cookies: one for all processes that serve one database."""

import secrets

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from registry.store import database
from registry.store.tables import FactRow

SECRET = "secret"


def kept(engine: Engine) -> str:
    """The database's key, made when it is first asked for."""
    with Session(engine) as session:
        if row := session.get(FactRow, SECRET):
            return str(row.value)
    with database.writing(engine) as session:
        row = session.get(FactRow, SECRET)
        if row is None:
            row = FactRow(key=SECRET, value=secrets.token_hex(32))
            session.add(row)
        return str(row.value)
