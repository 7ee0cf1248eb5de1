"""Translation memories and their units."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "memory",
        sa.Column("id", number, nullable=False),
        sa.Column("project", number, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("header", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("units", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("created_by", number, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("owner", sa.Text(), server_default="", nullable=False),
        sa.Column("lease_until", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["project"], ["project.id"], name=op.f("fk_memory_project_project")),
        sa.ForeignKeyConstraint(["created_by"], ["actor.id"], name=op.f("fk_memory_created_by_actor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memory")),
    )
    op.create_index(op.f("ix_memory_project_state"), "memory", ["project", "state"], unique=False)
    op.create_table(
        "unit",
        sa.Column("id", number, nullable=False),
        sa.Column("memory", number, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("source_hash", sa.LargeBinary(), nullable=False),
        sa.Column("target_hash", sa.LargeBinary(), nullable=False),
        sa.Column("source_language", sa.Text(), nullable=False),
        sa.Column("target_language", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("props", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["memory"], ["memory.id"], name=op.f("fk_unit_memory_memory")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
    )
    op.create_index(op.f("ix_unit_memory_id"), "unit", ["memory", "id"], unique=False)
