"""Runs of scoring that are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "run",
        sa.Column("id", number, nullable=False),
        sa.Column("project", number, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("batch", number, nullable=True),
        sa.Column("actor", number, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("segments", sa.BigInteger(), nullable=False),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("scores", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["project"], ["project.id"], name=op.f("fk_run_project_project")),
        sa.ForeignKeyConstraint(["batch"], ["batch.id"], name=op.f("fk_run_batch_batch")),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"], name=op.f("fk_run_actor_actor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    op.create_index(op.f("ix_run_project_name_id"), "run", ["project", "name", "id"], unique=False)
    op.create_index(op.f("ix_run_batch"), "run", ["batch"], unique=False)
