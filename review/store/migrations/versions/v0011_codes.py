"""Inline codes that a segment's texts may hold, and the remarks that came with its file."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("codes", "notes"):
        op.add_column("segment", sa.Column(name, sa.Text(), server_default="[]", nullable=False))


def downgrade() -> None:
    for name in ("codes", "notes"):
        op.drop_column("segment", name)
