"""Marks, and proposals with their portions, history and notices."""

import sqlalchemy as sa
from alembic import op

from registry.store.columns import TEXT, Moment

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "marking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("level", TEXT, nullable=False),
        sa.Column("originators", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marking")),
    )
    op.create_table(
        "marking_recipient",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("marking_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_marking_recipient_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["marking_id"], ["marking.id"], name=op.f("fk_marking_recipient_marking_id_marking")
        ),
        sa.PrimaryKeyConstraint("account_id", "marking_id", name=op.f("pk_marking_recipient")),
    )
    op.create_index(
        op.f("ix_marking_recipient_marking_id"), "marking_recipient", ["marking_id"], unique=False
    )
    op.create_table(
        "marking_release",
        sa.Column("affiliation", TEXT, nullable=False),
        sa.Column("marking_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["marking_id"], ["marking.id"], name=op.f("fk_marking_release_marking_id_marking")
        ),
        sa.PrimaryKeyConstraint("affiliation", "marking_id", name=op.f("pk_marking_release")),
    )
    op.create_index(
        op.f("ix_marking_release_marking_id"), "marking_release", ["marking_id"], unique=False
    )
    op.create_table(
        "proposal",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("summary", TEXT, nullable=False),
        sa.Column("situation", TEXT, nullable=False),
        sa.Column("stage", TEXT, nullable=False),
        sa.Column("originator", TEXT, nullable=False),
        sa.Column("marking_id", sa.Integer(), nullable=False),
        sa.Column("target_on", sa.Date(), nullable=True),
        sa.Column("embargo_until", sa.Date(), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("reopened", TEXT, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("circulated_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["account.id"], name=op.f("fk_proposal_created_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["marking_id"], ["marking.id"], name=op.f("fk_proposal_marking_id_marking")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_table(
        "ask",
        sa.Column("proposal_id", TEXT, nullable=False),
        sa.Column("subject_id", TEXT, nullable=False),
        sa.Column("measure", TEXT, nullable=False),
        sa.Column("partner", TEXT, nullable=False),
        sa.Column("awaits_review", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_ask_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint(
            "proposal_id", "subject_id", "measure", "partner", name=op.f("pk_ask")
        ),
    )
    op.create_table(
        "portion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", TEXT, nullable=False),
        sa.Column("proposal_id", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("marking_id", sa.Integer(), nullable=False),
        sa.Column("follows", sa.Boolean(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("affiliation", TEXT, nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_portion_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["marking_id"], ["marking.id"], name=op.f("fk_portion_marking_id_marking")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_portion_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portion")),
        sa.UniqueConstraint("public_id", name=op.f("uq_portion_public_id")),
    )
    op.create_index(op.f("ix_portion_proposal_id"), "portion", ["proposal_id"], unique=False)
    op.create_table(
        "proposed_subject",
        sa.Column("proposal_id", TEXT, nullable=False),
        sa.Column("subject_id", TEXT, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_proposed_subject_proposal_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_proposed_subject_subject_id_subject")
        ),
        sa.PrimaryKeyConstraint("proposal_id", "subject_id", name=op.f("pk_proposed_subject")),
    )
    op.create_index(
        op.f("ix_proposed_subject_subject_id"), "proposed_subject", ["subject_id"], unique=False
    )
    op.create_table(
        "watch",
        sa.Column("proposal_id", TEXT, nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_watch_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_watch_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("proposal_id", "account_id", name=op.f("pk_watch")),
    )
    op.create_index(op.f("ix_watch_account_id"), "watch", ["account_id"], unique=False)
    op.create_table(
        "comment",
        sa.Column("portion_id", sa.Integer(), nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["portion_id"], ["portion.id"], name=op.f("fk_comment_portion_id_portion")
        ),
        sa.PrimaryKeyConstraint("portion_id", name=op.f("pk_comment")),
    )
    op.create_table(
        "evidence",
        sa.Column("portion_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.Column("withdrawn", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["portion_id"], ["portion.id"], name=op.f("fk_evidence_portion_id_portion")
        ),
        sa.PrimaryKeyConstraint("portion_id", name=op.f("pk_evidence")),
    )
    op.create_table(
        "history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", TEXT, nullable=False),
        sa.Column("portion_id", sa.Integer(), nullable=True),
        sa.Column("marking_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("affiliation", TEXT, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("event", TEXT, nullable=False),
        sa.Column("detail", TEXT, nullable=False),
        sa.Column("before", TEXT, nullable=False),
        sa.Column("after", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_history_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["marking_id"], ["marking.id"], name=op.f("fk_history_marking_id_marking")
        ),
        sa.ForeignKeyConstraint(
            ["portion_id"], ["portion.id"], name=op.f("fk_history_portion_id_portion")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_history_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
    )
    op.create_index(op.f("ix_history_proposal_id"), "history", ["proposal_id"], unique=False)
    op.create_table(
        "position",
        sa.Column("portion_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", TEXT, nullable=False),
        sa.Column("measure", TEXT, nullable=False),
        sa.Column("partner", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("by_on", sa.Date(), nullable=True),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("official_list", TEXT, nullable=False),
        sa.Column("reference", TEXT, nullable=False),
        sa.Column("listing", TEXT, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("listed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_position_edition_id_edition")
        ),
        sa.ForeignKeyConstraint(
            ["portion_id"], ["portion.id"], name=op.f("fk_position_portion_id_portion")
        ),
        sa.PrimaryKeyConstraint("portion_id", name=op.f("pk_position")),
    )
    op.create_table(
        "section",
        sa.Column("portion_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", TEXT, nullable=False),
        sa.Column("heading", TEXT, nullable=False),
        sa.Column("partner", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["portion_id"], ["portion.id"], name=op.f("fk_section_portion_id_portion")
        ),
        sa.PrimaryKeyConstraint("portion_id", name=op.f("pk_section")),
    )
    op.create_table(
        "task",
        sa.Column("portion_id", sa.Integer(), nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("assignee", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignee"], ["account.id"], name=op.f("fk_task_assignee_account")
        ),
        sa.ForeignKeyConstraint(
            ["portion_id"], ["portion.id"], name=op.f("fk_task_portion_id_portion")
        ),
        sa.PrimaryKeyConstraint("portion_id", name=op.f("pk_task")),
    )
    op.create_index(op.f("ix_task_assignee"), "task", ["assignee"], unique=False)
    op.create_table(
        "waiver",
        sa.Column("portion_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", TEXT, nullable=False),
        sa.Column("risks", sa.JSON(), nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["portion_id"], ["portion.id"], name=op.f("fk_waiver_portion_id_portion")
        ),
        sa.PrimaryKeyConstraint("portion_id", name=op.f("pk_waiver")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", TEXT, nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("history_id", sa.Integer(), nullable=False),
        sa.Column("read_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_notice_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["history_id"], ["history.id"], name=op.f("fk_notice_history_id_history")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("public_id", name=op.f("uq_notice_public_id")),
    )
    op.create_index(op.f("ix_notice_account_id"), "notice", ["account_id"], unique=False)
