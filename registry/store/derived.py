"""What was made of versions of listings, kept so that it need not be made again."""

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from registry.store.parts import parts
from registry.store.tables import ProfileRow, StatedRolesRow

Made = TypeVar("Made", bytes, str)

# Each a column of a table of its own, with `version_id` and `made_by`.
PROFILES = ProfileRow.profile
ROLES = StatedRolesRow.roles


def load(session: Session, kept: InstrumentedAttribute[Made], made_by: str) -> dict[int, Made]:
    """What this state of the code made of each version of a listing."""
    column = kept.class_.__table__.c
    rows = select(column.version_id, column[kept.key]).where(column.made_by == made_by)
    return dict(session.execute(rows).all())


def versions(session: Session, kept: InstrumentedAttribute[Made], made_by: str) -> set[int]:
    """The versions of which this state of the code made it."""
    column = kept.class_.__table__.c
    return set(session.scalars(select(column.version_id).where(column.made_by == made_by)).all())


def replace(
    session: Session,
    kept: InstrumentedAttribute[Made],
    made_by: str,
    made: Mapping[int, Made],
    wanted: Collection[int],
) -> None:
    """Keep what was `made`, by version; drop what others made and all versions not `wanted`."""
    table: Any = kept.class_
    needed = set(wanted) - made.keys()
    column = table.__table__.c
    # In one statement: to read so large a table takes most of the time.
    stored = session.execute(select(column.version_id, column.made_by)).all()
    outdated = [each for each, maker in stored if maker != made_by or each not in needed]
    for part in parts(outdated):
        session.execute(delete(table).where(table.version_id.in_(part)))
    values = [
        {"version_id": version, "made_by": made_by, kept.key: value}
        for version, value in made.items()
    ]
    for part in parts(values):
        session.connection().execute(insert(table), part)
