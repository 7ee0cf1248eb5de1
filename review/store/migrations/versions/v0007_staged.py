"""Acts over many articles, made ready in parts."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "staged",
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("segment", number, autoincrement=False, nullable=False),
        sa.Column("article", number, nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("base_version", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("text_hash", sa.LargeBinary(), nullable=False),
        sa.Column("words", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("more_words", sa.BigInteger(), nullable=False),
        sa.Column("more_done", sa.BigInteger(), nullable=False),
        sa.Column("more_changed", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("event", "segment", name=op.f("pk_staged")),
    )
    op.create_index(op.f("ix_staged_event_ordinal"), "staged", ["event", "ordinal"], unique=False)
    op.create_table(
        "staged_part",
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("part", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("event", "part", name=op.f("pk_staged_part")),
    )
    op.create_index(op.f("ix_staged_part_at"), "staged_part", ["at"], unique=False)
