"""Dossiers that organisations hand in."""

import sqlalchemy as sa
from alembic import op

from registry.store.columns import TEXT, Moment

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "dossier",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("affiliation", TEXT, nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("conduct", TEXT, nullable=False),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("sharing", TEXT, nullable=False),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("handed_in_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_dossier_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier")),
    )
    op.create_index(op.f("ix_dossier_affiliation"), "dossier", ["affiliation"])
    op.create_table(
        "dossier_recipient",
        sa.Column("partner", TEXT, nullable=False),
        sa.Column("dossier_id", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_dossier_recipient_dossier_id_dossier")
        ),
        sa.PrimaryKeyConstraint("partner", "dossier_id", name=op.f("pk_dossier_recipient")),
    )
    op.create_index(op.f("ix_dossier_recipient_dossier_id"), "dossier_recipient", ["dossier_id"])
    op.create_table(
        "dossier_attachment",
        sa.Column("dossier_id", TEXT, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_dossier_attachment_dossier_id_dossier")
        ),
        sa.PrimaryKeyConstraint("dossier_id", "place", name=op.f("pk_dossier_attachment")),
    )
    op.create_table(
        "dossier_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", TEXT, nullable=False),
        sa.Column("partner", TEXT, nullable=False),
        sa.Column("disposition", TEXT, nullable=False),
        sa.Column("feedback", TEXT, nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_dossier_answer_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_dossier_answer_dossier_id_dossier")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_answer")),
    )
    op.create_index(op.f("ix_dossier_answer_dossier_id"), "dossier_answer", ["dossier_id"])
