"""Concepts with a history, switched off or shared; and term entries that are proposed from corrections."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    concepts()
    learned()


def concepts() -> None:
    op.add_column("concept", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.create_table(
        "concept_change",
        sa.Column("id", number(), nullable=False),
        sa.Column("project", number(), nullable=False),
        sa.Column("termbase", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("actor", number(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("together", number(), nullable=True),
        sa.ForeignKeyConstraint(["project"], ["project.id"], name=op.f("fk_concept_change_project_project")),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"], name=op.f("fk_concept_change_actor_actor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concept_change")),
    )
    op.create_index(
        op.f("ix_concept_change_project_termbase_name_id"), "concept_change", ["project", "termbase", "name", "id"]
    )
    op.create_index(op.f("ix_concept_change_together"), "concept_change", ["together"])
    op.create_table(
        "concept_off",
        sa.Column("project", number(), nullable=False),
        sa.Column("termbase", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("instead", sa.Text(), nullable=False),
        sa.Column("actor", number(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["project"], ["project.id"], name=op.f("fk_concept_off_project_project")),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"], name=op.f("fk_concept_off_actor_actor")),
        sa.PrimaryKeyConstraint("project", "termbase", "name", name=op.f("pk_concept_off")),
    )
    op.create_table(
        "shared_termbase",
        sa.Column("project", number(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("actor", number(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["project"], ["project.id"], name=op.f("fk_shared_termbase_project_project")),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"], name=op.f("fk_shared_termbase_actor_actor")),
        sa.PrimaryKeyConstraint("project", "name", name=op.f("pk_shared_termbase")),
    )


def learned() -> None:
    op.create_table(
        "lesson",
        sa.Column("segment", number(), autoincrement=False, nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("project", number(), nullable=False),
        sa.Column("article", number(), nullable=False),
        sa.Column("wrong", sa.Text(), nullable=False),
        sa.Column("right", sa.Text(), nullable=False),
        sa.Column("wrong_key", sa.Text(), nullable=False),
        sa.Column("right_key", sa.Text(), nullable=False),
        sa.Column("matching", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("actor", number(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["project"], ["project.id"], name=op.f("fk_lesson_project_project")),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"], name=op.f("fk_lesson_actor_actor")),
        sa.PrimaryKeyConstraint("segment", "ordinal", name=op.f("pk_lesson")),
    )
    op.create_index(op.f("ix_lesson_project_wrong_key"), "lesson", ["project", "wrong_key"])
    op.create_table(
        "proposal",
        sa.Column("id", number(), nullable=False),
        sa.Column("project", number(), nullable=False),
        sa.Column("wrong_key", sa.Text(), nullable=False),
        sa.Column("right_key", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_language", sa.Text(), nullable=False),
        sa.Column("target_language", sa.Text(), nullable=False),
        sa.Column("deprecated", sa.Text(), nullable=False),
        sa.Column("preferred", sa.Text(), nullable=False),
        sa.Column("matching", sa.Text(), nullable=False),
        sa.Column("times", sa.BigInteger(), nullable=False),
        sa.Column("kept", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_by", number(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("concept", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["project"], ["project.id"], name=op.f("fk_proposal_project_project")),
        sa.ForeignKeyConstraint(["decided_by"], ["actor.id"], name=op.f("fk_proposal_decided_by_actor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint(
            "project", "wrong_key", "right_key", name=op.f("uq_proposal_project_wrong_key_right_key")
        ),
    )
    op.create_index(op.f("ix_proposal_project_state"), "proposal", ["project", "state"])
    op.create_table(
        "learned",
        sa.Column("project", number(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("batches", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["project"], ["project.id"], name=op.f("fk_learned_project_project")),
        sa.PrimaryKeyConstraint("project", name=op.f("pk_learned")),
    )
