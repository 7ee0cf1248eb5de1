"""What judges answered, and what they said of each segment."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answer",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("judge", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_answer")),
    )
    op.create_table(
        "judgement",
        sa.Column("segment", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("judge", sa.Text(), nullable=False),
        sa.Column("article", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text_hash", sa.LargeBinary(), nullable=False),
        sa.Column("checked", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("scale", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("flags", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_judgement_article_article")),
        sa.ForeignKeyConstraint(["segment"], ["segment.id"], name=op.f("fk_judgement_segment_segment")),
        sa.PrimaryKeyConstraint("segment", "judge", name=op.f("pk_judgement")),
    )
    op.create_index(op.f("ix_judgement_article"), "judgement", ["article"], unique=False)


def downgrade() -> None:
    op.drop_table("judgement")
    op.drop_table("answer")
