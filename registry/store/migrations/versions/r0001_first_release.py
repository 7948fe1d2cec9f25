"""The tables of the first release."""

import sqlalchemy as sa
from alembic import op

from registry.store.columns import TEXT, Moment

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner", TEXT, nullable=False),
        sa.Column("measures", sa.JSON(), nullable=False),
        sa.Column("citation", TEXT, nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("source_url", TEXT, nullable=False),
        sa.Column("subject_id", TEXT, nullable=False),
        sa.Column("listing", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("procedure", TEXT, nullable=False),
        sa.Column("officer", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("entered_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act")),
    )
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("official_list", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("format", TEXT, nullable=False),
        sa.Column("file_name", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("importer_version", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("accepted_because", TEXT, nullable=False),
        sa.Column("silent", sa.JSON(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("listings", sa.Integer(), nullable=False),
        sa.Column("encoding_of", sa.Integer(), nullable=True),
        sa.Column("compared_with", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["compared_with"], ["edition.id"], name=op.f("fk_edition_compared_with_edition")
        ),
        sa.ForeignKeyConstraint(
            ["encoding_of"], ["edition.id"], name=op.f("fk_edition_encoding_of_edition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("official_list", "sha256", name=op.f("uq_edition_official_list")),
    )
    op.create_index(op.f("ix_edition_official_list"), "edition", ["official_list"])
    op.create_table(
        "fact",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_fact")),
    )
    op.create_table(
        "judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("left", TEXT, nullable=False),
        sa.Column("right", TEXT, nullable=False),
        sa.Column("verdict", TEXT, nullable=False),
        sa.Column("reviewer", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("judged_at", Moment(), nullable=False),
        sa.Column("left_fingerprint", TEXT, nullable=False),
        sa.Column("right_fingerprint", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
    )
    op.create_index(op.f("ix_judgement_left"), "judgement", ["left"])
    op.create_index(op.f("ix_judgement_right"), "judgement", ["right"])
    op.create_table(
        "listing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("official_list", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing")),
        sa.UniqueConstraint("key", name=op.f("uq_listing_key")),
    )
    op.create_index(op.f("ix_listing_official_list"), "listing", ["official_list"])
    op.create_table(
        "nexus_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("act", TEXT, nullable=False),
        sa.Column("origin", TEXT, nullable=False),
        sa.Column("finding", TEXT, nullable=False),
        sa.Column("families", sa.JSON(), nullable=False),
        sa.Column("quote", TEXT, nullable=False),
        sa.Column("whole", TEXT, nullable=False),
        sa.Column("verdict", TEXT, nullable=False),
        sa.Column("reviewer", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("reviewed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nexus_review")),
    )
    op.create_index(op.f("ix_nexus_review_listing"), "nexus_review", ["listing"])
    op.create_table(
        "override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing", TEXT, nullable=False),
        sa.Column("field", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("officer", TEXT, nullable=False),
        sa.Column("entered_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_override")),
    )
    op.create_index(op.f("ix_override_listing"), "override", ["listing"])
    op.create_table(
        "rekeying",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("old_key", TEXT, nullable=False),
        sa.Column("new_key", TEXT, nullable=False),
        sa.Column("reviewer", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("rekeyed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rekeying")),
    )
    op.create_index(op.f("ix_rekeying_old_key"), "rekeying", ["old_key"])
    op.create_table(
        "subject",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("merged_into", TEXT, nullable=True),
        sa.ForeignKeyConstraint(
            ["merged_into"], ["subject.id"], name=op.f("fk_subject_merged_into_subject")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject")),
        sa.UniqueConstraint("number", name=op.f("uq_subject_number")),
    )
    op.create_table(
        "withdrawal",
        sa.Column("record", TEXT, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("officer", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("withdrawn_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("record", "record_id", name=op.f("pk_withdrawal")),
    )
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("official_list", TEXT, nullable=False),
        sa.Column("reference", TEXT, nullable=False),
        sa.Column("change", TEXT, nullable=False),
        sa.Column("field", TEXT, nullable=False),
        sa.Column("before", TEXT, nullable=False),
        sa.Column("after", TEXT, nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_change_edition_id_edition")
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_change_listing_id_listing")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    op.create_index(op.f("ix_change_edition_id"), "change", ["edition_id"])
    op.create_index(op.f("ix_change_listing_id"), "change", ["listing_id"])
    op.create_index("ix_change_official_list_seen_on", "change", ["official_list", "seen_on"])
    op.create_table(
        "pair",
        sa.Column("left_id", sa.Integer(), nullable=False),
        sa.Column("right_id", sa.Integer(), nullable=False),
        sa.Column("linked", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("probability", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["left_id"], ["listing.id"], name=op.f("fk_pair_left_id_listing")),
        sa.ForeignKeyConstraint(
            ["right_id"], ["listing.id"], name=op.f("fk_pair_right_id_listing")
        ),
        sa.PrimaryKeyConstraint("left_id", "right_id", name=op.f("pk_pair")),
    )
    op.create_index(op.f("ix_pair_right_id"), "pair", ["right_id"])
    op.create_table(
        "reported_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("reference", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_reported_entry_edition_id_edition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reported_entry")),
    )
    op.create_index(op.f("ix_reported_entry_edition_id"), "reported_entry", ["edition_id"])
    op.create_table(
        "score",
        sa.Column("left_id", sa.Integer(), nullable=False),
        sa.Column("right_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["left_id"], ["listing.id"], name=op.f("fk_score_left_id_listing")),
        sa.ForeignKeyConstraint(
            ["right_id"], ["listing.id"], name=op.f("fk_score_right_id_listing")
        ),
        sa.PrimaryKeyConstraint("left_id", "right_id", name=op.f("pk_score")),
    )
    op.create_index(op.f("ix_score_right_id"), "score", ["right_id"])
    op.create_table(
        "undoing",
        sa.Column("judgement_id", sa.Integer(), nullable=False),
        sa.Column("reviewer", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("undone_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["judgement_id"], ["judgement.id"], name=op.f("fk_undoing_judgement_id_judgement")
        ),
        sa.PrimaryKeyConstraint("judgement_id", name=op.f("pk_undoing")),
    )
    op.create_table(
        "version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("content_hash", TEXT, nullable=False),
        sa.Column("partner", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("countries", TEXT, nullable=False),
        sa.Column("un_references", TEXT, nullable=False),
        sa.Column("deceased", sa.Boolean(), nullable=False),
        sa.Column("party", sa.LargeBinary(), nullable=False),
        sa.Column("designations", sa.LargeBinary(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_version_listing_id_listing")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version")),
        sa.UniqueConstraint("listing_id", "content_hash", name=op.f("uq_version_listing_id")),
    )
    op.create_table(
        "entry",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("reference", TEXT, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_entry_edition_id_edition")
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_entry_listing_id_listing")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_entry_version_id_version")
        ),
        sa.PrimaryKeyConstraint("edition_id", "listing_id", name=op.f("pk_entry")),
    )
    op.create_index("ix_entry_listing_id", "entry", ["listing_id"])
    op.create_index(op.f("ix_entry_reference"), "entry", ["reference"])
    op.create_table(
        "member",
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", TEXT, nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_member_listing_id_listing")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_member_subject_id_subject")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_member_version_id_version")
        ),
        sa.PrimaryKeyConstraint("listing_id", name=op.f("pk_member")),
    )
    op.create_index(op.f("ix_member_subject_id"), "member", ["subject_id"])
    op.create_table(
        "ownership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("relation", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("reference", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_ownership_listing_id_listing")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_ownership_version_id_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ownership")),
    )
    op.create_index(op.f("ix_ownership_listing_id"), "ownership", ["listing_id"])
