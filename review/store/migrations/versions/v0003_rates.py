"""What reviewers make of each detector: counts of flags and decisions, and how it stands."""

import json
from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _column(name: str, kind: type | sa.types.TypeEngine, default: str | None = None) -> sa.Column:
    return sa.Column(name, kind, nullable=False, server_default=default)


def _foreign(table: str, name: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}_{to}"))


def upgrade() -> None:
    op.create_table(
        "flag_count",
        _column("article", NUMBER),
        _column("detector", sa.Text()),
        _column("category", sa.Text()),
        _column("open", sa.BigInteger()),
        _column("hidden", sa.BigInteger()),
        _foreign("flag_count", "article", "article"),
        sa.PrimaryKeyConstraint("article", "detector", "category", name=op.f("pk_flag_count")),
    )
    op.create_table(
        "decision_count",
        _column("project", NUMBER),
        _column("detector", sa.Text()),
        sa.Column("rule", sa.Integer(), autoincrement=False, nullable=False),
        _column("category", sa.Text()),
        _column("batch", NUMBER),
        *(_column(name, sa.BigInteger(), "0") for name in ("accepted", "corrected", "dismissed")),
        _column("confidence", sa.Float(), "0"),
        _foreign("decision_count", "project", "project"),
        _foreign("decision_count", "batch", "batch"),
        sa.PrimaryKeyConstraint(
            "project", "detector", "rule", "category", "batch", name=op.f("pk_decision_count")
        ),
    )
    op.create_index(op.f("ix_decision_count_batch"), "decision_count", ["batch"], unique=False)
    op.create_table(
        "overtaken",
        _column("segment", NUMBER),
        _column("flag", sa.Text()),
        _column("article", NUMBER),
        _column("detector", sa.Text()),
        _column("rule", sa.Integer()),
        _column("category", sa.Text()),
        _column("confidence", sa.Float()),
        _column("event", sa.Text()),
        _foreign("overtaken", "segment", "segment"),
        _foreign("overtaken", "article", "article"),
        sa.PrimaryKeyConstraint("segment", "flag", name=op.f("pk_overtaken")),
    )
    op.create_index(op.f("ix_overtaken_article"), "overtaken", ["article"], unique=False)
    op.create_table(
        "standing",
        _column("id", NUMBER),
        _column("project", NUMBER),
        _column("detector", sa.Text()),
        _column("rule", sa.Integer()),
        _column("state", sa.Text()),
        _column("decided", sa.BigInteger()),
        _column("dismissed", sa.BigInteger()),
        sa.Column("actor", NUMBER, nullable=True),
        _column("at", sa.BigInteger()),
        _foreign("standing", "project", "project"),
        _foreign("standing", "actor", "actor"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing")),
    )
    op.create_index(op.f("ix_standing_project_detector_id"), "standing", ["project", "detector", "id"], unique=False)
    _count_what_is_there()


def _count_what_is_there() -> None:
    connection = op.get_bind()
    connection.execute(
        sa.text(
            "INSERT INTO flag_count (article, detector, category, open, hidden) "
            "SELECT flag.article, flag.detector, flag.category, "
            "SUM(CASE WHEN flag.verdict IS NULL THEN 1 ELSE 0 END), "
            "SUM(CASE WHEN flag.verdict IS NULL THEN 0 ELSE 1 END) "
            "FROM flag LEFT JOIN state ON state.segment = flag.segment "
            "WHERE state.segment IS NULL OR (NOT state.deleted AND NOT state.retired) "
            "GROUP BY flag.article, flag.detector, flag.category"
        )
    )
    names = ("project", "detector", "rule", "category", "batch")
    decisions: dict[tuple[Any, ...], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    acts: dict[tuple[Any, ...], tuple[float, int]] = {}
    verdict = sa.table(
        "verdict", *(sa.column(name) for name in ("project", "detector", "rule", "batch", "kind", "event", "flag"))
    )
    active = sa.column("active", sa.Boolean())
    for row in connection.execute(sa.select(verdict).where(active.is_(True))):
        flag = json.loads(row.flag)
        act = (row.project, row.detector, row.rule, flag["category"], row.batch, row.kind, row.event)
        total, count = acts.get(act, (0.0, 0))
        acts[act] = (total + flag["confidence"], count + 1)
    for (*place, kind, _), (total, count) in acts.items():
        decisions[tuple(place)][kind] += 1
        decisions[tuple(place)]["confidence"] += total / count
    table = sa.table(
        "decision_count",
        *(sa.column(name) for name in (*names, "accepted", "corrected", "dismissed", "confidence")),
    )
    rows = [
        dict(zip(names, place, strict=True))
        | {"accepted": 0, "corrected": 0, "dismissed": 0}
        | {name: value if name == "confidence" else int(value) for name, value in sums.items()}
        for place, sums in decisions.items()
    ]
    if rows:
        connection.execute(sa.insert(table), rows)


def downgrade() -> None:
    for name in ("standing", "overtaken", "decision_count", "flag_count"):
        op.drop_table(name)
