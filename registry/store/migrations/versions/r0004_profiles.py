"""Listings as matching has prepared them."""

import sqlalchemy as sa
from alembic import op

from registry.store.columns import TEXT

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "profile",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("made_by", TEXT, nullable=False),
        sa.Column("profile", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_profile_version_id_version")
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_profile")),
    )
