"""Files of evidence, subjects taken out, requests for a release, notices of dossiers."""

import sqlalchemy as sa
from alembic import op

from registry.store.columns import TEXT, Moment

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("proposed_subject", sa.Column("removed_at", Moment(), nullable=True))
    op.create_table(
        "evidence_attachment",
        sa.Column("portion_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["portion_id"], ["portion.id"], name=op.f("fk_evidence_attachment_portion_id_portion")
        ),
        sa.PrimaryKeyConstraint("portion_id", "place", name=op.f("pk_evidence_attachment")),
    )
    op.create_table(
        "release_request",
        sa.Column("portion_id", sa.Integer(), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("asked_for", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("answer", TEXT, nullable=False),
        sa.Column("answer_reason", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["portion_id"], ["portion.id"], name=op.f("fk_release_request_portion_id_portion")
        ),
        sa.ForeignKeyConstraint(
            ["about_id"], ["portion.id"], name=op.f("fk_release_request_about_id_portion")
        ),
        sa.PrimaryKeyConstraint("portion_id", name=op.f("pk_release_request")),
    )
    op.create_table(
        "dossier_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", TEXT, nullable=False),
        sa.Column("partner", TEXT, nullable=False),
        sa.Column("disposition", TEXT, nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("is_read", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_dossier_notice_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_dossier_notice_dossier_id_dossier")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_notice")),
    )
    op.create_index(op.f("ix_dossier_notice_account_id"), "dossier_notice", ["account_id"])
