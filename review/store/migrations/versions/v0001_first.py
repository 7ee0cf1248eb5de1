"""The first schema, whole."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def upgrade() -> None:
    op.create_table(
        "actor",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        *_texts("issuer", "subject", "name"),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actor")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_actor_issuer_subject")),
    )
    op.create_table(
        "blob",
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
    )
    op.create_table(
        "blob_part",
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "number", name=op.f("pk_blob_part")),
    )
    op.create_table(
        "counter",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("next", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counter")),
    )
    op.create_table(
        "project",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("events", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("head", sa.Text(), server_default="", nullable=False),
        sa.Column("terms_version", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint("name", name=op.f("uq_project_name")),
    )
    op.create_table(
        "text",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_text")),
    )
    op.create_table(
        "batch",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        *_texts("name", "state", "header"),
        sa.Column("original", sa.LargeBinary(), nullable=True),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.Column("owner", sa.Text(), server_default="", nullable=False),
        sa.Column("lease_until", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["actor.id"], name=op.f("fk_batch_created_by_actor")),
        sa.ForeignKeyConstraint(["original"], ["blob.sha256"], name=op.f("fk_batch_original_blob")),
        sa.ForeignKeyConstraint(["project"], ["project.id"], name=op.f("fk_batch_project_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    op.create_index(op.f("ix_batch_project_state"), "batch", ["project", "state"], unique=False)
    op.create_table(
        "concept",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        *_texts("termbase", "name", "subject", "body"),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["actor.id"], name=op.f("fk_concept_created_by_actor")),
        sa.ForeignKeyConstraint(["project"], ["project.id"], name=op.f("fk_concept_project_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concept")),
        sa.UniqueConstraint("project", "termbase", "name", name=op.f("uq_concept_project_termbase_name")),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("project", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("actor", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("progress", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("total", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.Column("cancel_requested", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("owner", sa.Text(), server_default="", nullable=False),
        sa.Column("lease_until", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"], name=op.f("fk_job_actor_actor")),
        sa.ForeignKeyConstraint(["project"], ["project.id"], name=op.f("fk_job_project_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index(op.f("ix_job_state_id"), "job", ["state", "id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("project", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("actor", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"], name=op.f("fk_membership_actor_actor")),
        sa.ForeignKeyConstraint(["project"], ["project.id"], name=op.f("fk_membership_project_project")),
        sa.PrimaryKeyConstraint("project", "actor", name=op.f("pk_membership")),
    )
    op.create_table(
        "setting",
        sa.Column("actor", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"], name=op.f("fk_setting_actor_actor")),
        sa.PrimaryKeyConstraint("actor", "name", name=op.f("pk_setting")),
    )
    op.create_table(
        "article",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("batch", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        *_texts("name", "system", "source_language", "target_language"),
        sa.Column("has_source", sa.Boolean(), nullable=False),
        sa.Column("has_reference", sa.Boolean(), nullable=False),
        sa.Column("segments", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.BigInteger(), nullable=False),
        sa.Column("done_words", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("changed", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("open_flags", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("worst", sa.Integer(), server_default="0", nullable=False),
        sa.Column("risk", sa.Float(), server_default="0", nullable=False),
        sa.Column("revision", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("text_revision", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("flagged_revision", sa.BigInteger(), server_default="-1", nullable=False),
        sa.Column("flagged_terms", sa.BigInteger(), server_default="-1", nullable=False),
        sa.Column("flagged_rules", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["batch.id"], name=op.f("fk_article_batch_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
    )
    op.create_index(op.f("ix_article_batch_position"), "article", ["batch", "position"], unique=False)
    op.create_index(op.f("ix_article_batch_risk"), "article", ["batch", "risk"], unique=False)
    op.create_table(
        "term",
        sa.Column("concept", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        *_texts("text", "language", "status"),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["concept"], ["concept.id"], name=op.f("fk_term_concept_concept")),
        sa.PrimaryKeyConstraint("concept", "position", name=op.f("pk_term")),
    )
    op.create_index(op.f("ix_term_language_text"), "term", ["language", "text"], unique=False)
    op.create_table(
        "assignment",
        sa.Column("article", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("actor", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"], name=op.f("fk_assignment_actor_actor")),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_assignment_article_article")),
        sa.ForeignKeyConstraint(["by"], ["actor.id"], name=op.f("fk_assignment_by_actor")),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_assignment")),
    )
    op.create_index(op.f("ix_assignment_actor"), "assignment", ["actor"], unique=False)
    op.create_table(
        "event",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("project", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("batch", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("article", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("actor", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("payload_hash", sa.LargeBinary(), nullable=False),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("refers", sa.Text(), nullable=True),
        sa.Column("group", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"], name=op.f("fk_event_actor_actor")),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_event_article_article")),
        sa.ForeignKeyConstraint(["batch"], ["batch.id"], name=op.f("fk_event_batch_batch")),
        sa.ForeignKeyConstraint(["project"], ["project.id"], name=op.f("fk_event_project_project")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_event")),
        sa.UniqueConstraint("id", name=op.f("uq_event_id")),
    )
    op.create_index(op.f("ix_event_article_actor_seq"), "event", ["article", "actor", "seq"], unique=False)
    op.create_index(op.f("ix_event_batch_seq"), "event", ["batch", "seq"], unique=False)
    op.create_index(op.f("ix_event_project_seq"), "event", ["project", "seq"], unique=False)
    op.create_index(op.f("ix_event_refers_seq"), "event", ["refers", "seq"], unique=False)
    op.create_table(
        "rating",
        sa.Column("article", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("segment", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("rater", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_rating_article_article")),
        sa.ForeignKeyConstraint(["rater"], ["actor.id"], name=op.f("fk_rating_rater_actor")),
        sa.PrimaryKeyConstraint("article", "segment", "rater", name=op.f("pk_rating")),
    )
    op.create_table(
        "segment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("article", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.LargeBinary(), nullable=False),
        sa.Column("paragraph", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("source_hash", sa.LargeBinary(), nullable=True),
        sa.Column("hypothesis_hash", sa.LargeBinary(), nullable=False),
        sa.Column("reference_hashes", sa.Text(), server_default="[]", nullable=False),
        sa.Column("alternatives", sa.Text(), server_default="[]", nullable=False),
        sa.Column("locators", sa.Text(), server_default="[]", nullable=False),
        sa.Column("parents", sa.Text(), server_default="[]", nullable=False),
        sa.Column("origin_event", sa.Text(), nullable=True),
        sa.Column("words", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_segment_article_article")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segment")),
        sa.UniqueConstraint("article", "position", name=op.f("uq_segment_article_position")),
    )
    op.create_table(
        "attachment",
        sa.Column("event", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("segment", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("article", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("system", sa.Text(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_attachment_article_article")),
        sa.ForeignKeyConstraint(["event"], ["event.seq"], name=op.f("fk_attachment_event_event")),
        sa.ForeignKeyConstraint(["segment"], ["segment.id"], name=op.f("fk_attachment_segment_segment")),
        sa.PrimaryKeyConstraint("event", "segment", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_article"), "attachment", ["article"], unique=False)
    op.create_table(
        "comment",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("article", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("segment", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("author", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("text_hash", sa.LargeBinary(), nullable=False),
        sa.Column("start", sa.BigInteger(), nullable=True),
        sa.Column("end", sa.BigInteger(), nullable=True),
        sa.Column("on_hash", sa.LargeBinary(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_comment_article_article")),
        sa.ForeignKeyConstraint(["author"], ["actor.id"], name=op.f("fk_comment_author_actor")),
        sa.ForeignKeyConstraint(["segment"], ["segment.id"], name=op.f("fk_comment_segment_segment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    op.create_index(op.f("ix_comment_article"), "comment", ["article"], unique=False)
    op.create_table(
        "error_span",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("article", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("segment", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rater", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("end", sa.BigInteger(), nullable=False),
        *_texts("category", "subcategory", "severity", "note"),
        sa.Column("missing", sa.Boolean(), nullable=False),
        sa.Column("text_hash", sa.LargeBinary(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_error_span_article_article")),
        sa.ForeignKeyConstraint(["rater"], ["actor.id"], name=op.f("fk_error_span_rater_actor")),
        sa.ForeignKeyConstraint(["segment"], ["segment.id"], name=op.f("fk_error_span_segment_segment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_error_span")),
    )
    op.create_index(op.f("ix_error_span_article"), "error_span", ["article"], unique=False)
    op.create_table(
        "event_target",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("segment", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("base_version", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["seq"], ["event.seq"], name=op.f("fk_event_target_seq_event")),
        sa.PrimaryKeyConstraint("seq", "ordinal", name=op.f("pk_event_target")),
    )
    op.create_index(op.f("ix_event_target_segment_seq"), "event_target", ["segment", "seq"], unique=False)
    op.create_table(
        "risk",
        sa.Column("segment", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("article", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_risk_article_article")),
        sa.ForeignKeyConstraint(["segment"], ["segment.id"], name=op.f("fk_risk_segment_segment")),
        sa.PrimaryKeyConstraint("segment", name=op.f("pk_risk")),
    )
    op.create_index(op.f("ix_risk_article"), "risk", ["article"], unique=False)
    op.create_table(
        "state",
        sa.Column("segment", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("article", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("text_hash", sa.LargeBinary(), nullable=False),
        sa.Column("words", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("source_set", sa.Boolean(), nullable=False),
        sa.Column("source_hash", sa.LargeBinary(), nullable=True),
        sa.Column("actor", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"], name=op.f("fk_state_actor_actor")),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_state_article_article")),
        sa.ForeignKeyConstraint(["event"], ["event.seq"], name=op.f("fk_state_event_event")),
        sa.ForeignKeyConstraint(["segment"], ["segment.id"], name=op.f("fk_state_segment_segment")),
        sa.PrimaryKeyConstraint("segment", name=op.f("pk_state")),
    )
    op.create_index(op.f("ix_state_article"), "state", ["article"], unique=False)
    op.create_table(
        "verdict",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("project", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("batch", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("article", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("segment", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("actor", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        *_texts("kind", "scope", "detector"),
        sa.Column("rule", sa.Integer(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("surface_hash", sa.LargeBinary(), nullable=False),
        sa.Column("text_hash", sa.LargeBinary(), nullable=False),
        sa.Column("source_hash", sa.LargeBinary(), nullable=True),
        sa.Column("flag_id", sa.Text(), nullable=False),
        sa.Column("flag", sa.Text(), nullable=False),
        sa.Column("suggestion", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"], name=op.f("fk_verdict_actor_actor")),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_verdict_article_article")),
        sa.ForeignKeyConstraint(["batch"], ["batch.id"], name=op.f("fk_verdict_batch_batch")),
        sa.ForeignKeyConstraint(["project"], ["project.id"], name=op.f("fk_verdict_project_project")),
        sa.ForeignKeyConstraint(["segment"], ["segment.id"], name=op.f("fk_verdict_segment_segment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict")),
    )
    op.create_index(op.f("ix_verdict_article_active"), "verdict", ["article", "active"], unique=False)
    op.create_index(op.f("ix_verdict_project_scope_active"), "verdict", ["project", "scope", "active"], unique=False)
    op.create_table(
        "flag",
        sa.Column("segment", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("article", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("end", sa.BigInteger(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("detector", sa.Text(), nullable=False),
        sa.Column("rule", sa.Integer(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("subcategory", sa.Text(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        *_texts("message", "suggestions", "evidence"),
        sa.Column("surface_hash", sa.LargeBinary(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_flag_article_article")),
        sa.ForeignKeyConstraint(["segment"], ["segment.id"], name=op.f("fk_flag_segment_segment")),
        sa.ForeignKeyConstraint(["verdict"], ["verdict.id"], name=op.f("fk_flag_verdict_verdict")),
        sa.PrimaryKeyConstraint("segment", "id", name=op.f("pk_flag")),
    )
    op.create_index(op.f("ix_flag_article"), "flag", ["article"], unique=False)
    op.create_index(op.f("ix_flag_detector_surface_hash"), "flag", ["detector", "surface_hash"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("the first schema cannot be taken back; delete the file")
