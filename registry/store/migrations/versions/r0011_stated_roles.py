"""The roles that listings state, as they were found."""

import sqlalchemy as sa
from alembic import op

from registry.store.columns import TEXT

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "stated_roles",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("made_by", TEXT, nullable=False),
        sa.Column("roles", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_stated_roles_version_id_version")
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_stated_roles")),
    )
