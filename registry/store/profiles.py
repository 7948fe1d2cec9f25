"""Listings as matching has prepared them, so that it need not do so again."""

from collections.abc import Collection, Mapping

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from registry.store.tables import ProfileRow

CHUNK = 5_000


def load(session: Session, made_by: str) -> dict[int, bytes]:
    """The packed profile of each version of a listing that this state of the matching made."""
    rows = session.execute(
        select(ProfileRow.version_id, ProfileRow.profile).where(ProfileRow.made_by == made_by)
    )
    return dict(rows.all())


def replace(
    session: Session, made_by: str, made: Mapping[int, bytes], wanted: Collection[int]
) -> None:
    """Keep what was `made`, by version; drop what others made and all versions not `wanted`."""
    stored = session.execute(select(ProfileRow.version_id, ProfileRow.made_by)).all()
    needed = set(wanted) - made.keys()
    outdated = [each for each, maker in stored if each not in needed or maker != made_by]
    for start in range(0, len(outdated), CHUNK):
        session.execute(
            delete(ProfileRow).where(ProfileRow.version_id.in_(outdated[start : start + CHUNK]))
        )
    values = [
        {"version_id": version, "made_by": made_by, "profile": profile}
        for version, profile in made.items()
    ]
    for start in range(0, len(values), CHUNK):
        session.execute(insert(ProfileRow), values[start : start + CHUNK])
