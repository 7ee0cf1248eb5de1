"""Concepts with a history; concepts that a project does without; termbases shared with all projects."""

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
