"""Jobs for the worker, and uploaded editions."""

import sqlalchemy as sa
from alembic import op

from registry.store.columns import TEXT, Moment

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("official_list", TEXT, nullable=False),
        sa.Column("about", sa.Integer(), nullable=True),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("claim", TEXT, nullable=True),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.Column("step", TEXT, nullable=False),
        sa.Column("started_by", TEXT, nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("began_at", Moment(), nullable=True),
        sa.Column("beat_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("message", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("claim", name=op.f("uq_job_claim")),
    )
    op.create_index(op.f("ix_job_state"), "job", ["state"])
    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("official_list", TEXT, nullable=False),
        sa.Column("token", TEXT, nullable=False),
        sa.Column("file_name", TEXT, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("uploaded_by", TEXT, nullable=False),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("message", TEXT, nullable=False),
        sa.Column("preview", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
        sa.UniqueConstraint("token", name=op.f("uq_upload_token")),
    )
