"""What corrections took: acts by how they came about, flags as reviewing begins, time and keystrokes of who wants them."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PART = 500
TOGETHER = 300_000_000
WAYS = {"typed": "hand", "paste": "hand", "paragraph": "hand", "import": "import"}


def _column(name: str, kind: type | sa.types.TypeEngine) -> sa.Column:
    return sa.Column(name, kind, nullable=False)


def _foreign(table: str, name: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [to], name=op.f(f"fk_{table}_{name}_{to.split('.')[0]}"))


def upgrade() -> None:
    op.create_table(
        "correction_act",
        sa.Column("event", NUMBER, autoincrement=False, nullable=False),
        _column("project", NUMBER),
        _column("batch", NUMBER),
        sa.Column("article", NUMBER, nullable=True),
        _column("actor", NUMBER),
        _column("at", sa.BigInteger()),
        _column("way", sa.Text()),
        sa.Column("head", NUMBER, nullable=True),
        _column("acts", sa.Integer()),
        _column("segments", sa.BigInteger()),
        _column("active", sa.Boolean()),
        _column("placed", sa.Boolean()),
        _foreign("correction_act", "event", "event.seq"),
        *(_foreign("correction_act", name, f"{name}.id") for name in ("project", "batch", "article", "actor")),
        sa.PrimaryKeyConstraint("event", name=op.f("pk_correction_act")),
    )
    for names in (["project", "actor", "event"], ["batch"], ["project", "placed"]):
        op.create_index(op.f(f"ix_correction_act_{'_'.join(names)}"), "correction_act", names, unique=False)
    op.create_table(
        "correction_place",
        sa.Column("event", NUMBER, autoincrement=False, nullable=False),
        _column("article", NUMBER),
        _column("segments", sa.BigInteger()),
        _foreign("correction_place", "event", "event.seq"),
        _foreign("correction_place", "article", "article.id"),
        sa.PrimaryKeyConstraint("event", "article", name=op.f("pk_correction_place")),
    )
    op.create_index(op.f("ix_correction_place_article"), "correction_place", ["article"], unique=False)
    op.create_table(
        "beginning",
        _column("article", NUMBER),
        *(_column(f"first_{name}", sa.BigInteger()) for name in ("at", "flags", "words", "terms")),
        *(
            sa.Column(f"{when}_{name}", sa.BigInteger(), nullable=True)
            for when in ("begun", "done")
            for name in ("at", "flags", "words")
        ),
        _foreign("beginning", "article", "article.id"),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_beginning")),
    )
    op.create_table(
        "effort",
        _column("actor", NUMBER),
        sa.Column("segment", NUMBER, autoincrement=False, nullable=False),
        _column("article", NUMBER),
        *(_column(name, sa.BigInteger()) for name in ("time", "keystrokes", "at")),
        *(_foreign("effort", name, f"{name}.id") for name in ("actor", "segment", "article")),
        sa.PrimaryKeyConstraint("actor", "segment", name=op.f("pk_effort")),
    )
    op.create_index(op.f("ix_effort_article"), "effort", ["article"], unique=False)
    _count_what_is_there()


def _count_what_is_there() -> None:
    """Count the acts of before; what an article's flags were when reviewing began is known only of the untouched."""
    connection = op.get_bind()
    connection.execute(
        sa.text(
            "INSERT INTO beginning (article, first_at, first_flags, first_words, first_terms) "
            "SELECT article.id, batch.created_at, article.open_flags, article.words, article.flagged_terms "
            "FROM article JOIN batch ON batch.id = article.batch "
            "WHERE article.flagged_revision >= 0 AND article.revision = 0"
        )
    )
    names = ("seq", "id", "kind", "project", "batch", "article", "actor", "at", "payload_hash", "refers")
    event = sa.table("event", *(sa.column(name) for name in names))
    text = sa.table("text", sa.column("hash"), sa.column("body"))
    act = sa.table(
        "correction_act",
        *(sa.column(name) for name in ("event", "project", "batch", "article", "actor", "at", "way", "head", "acts")),
        sa.column("segments"), sa.column("active", sa.Boolean()), sa.column("placed", sa.Boolean()),
    )  # fmt: skip
    target = sa.table("event_target", sa.column("seq"), sa.column("segment"))
    last: dict[tuple[int, int], list[tuple]] = {}
    active: dict[int, bool] = {}
    targets: dict[int, set[int]] = {}
    rows: dict[int, dict] = {}
    numbers: dict[str, int] = {}
    seen = 0
    kinds = ("edit", "accept", "delete", "undo", "redo")
    while True:
        query = sa.select(event, text.c.body).select_from(
            event.outerjoin(text, text.c.hash == event.c.payload_hash)
        )
        query = query.where(event.c.seq > seen, event.c.kind.in_(kinds)).order_by(event.c.seq).limit(PART)
        part = list(connection.execute(query))
        if not part:
            break
        of_part: dict[int, set[int]] = {}
        named = sa.select(target).where(target.c.seq.in_([row.seq for row in part]))
        for seq, segment in connection.execute(named):
            of_part.setdefault(seq, set()).add(segment)
        seen = part[-1].seq
        for row in part:
            if row.kind in ("undo", "redo"):
                if row.refers in numbers:
                    active[numbers[row.refers]] = row.kind == "redo"
                continue
            payload = json.loads(row.body) if row.body else {}
            segments, way, group = _changed(row.kind, payload), _way(row.kind, payload), payload.get("group")
            if not segments or way is None:
                continue
            mine = last.setdefault((row.project, row.actor), [])
            before = next((one for one in reversed(mine) if active[one[0]]), None)
            head, acts = row.seq, 1
            targets[row.seq] = of_part.get(row.seq, set())
            if before and _goes_on(before, row.at, way, group, targets[row.seq], targets[before[1]]):
                head, acts, segments = before[1], 0, 0 if way == "hand" else segments
            mine.append((row.seq, head, row.at, way, group))
            active[row.seq] = True
            numbers[row.id] = row.seq
            rows[row.seq] = {
                "event": row.seq, "project": row.project, "batch": row.batch, "article": row.article,
                "actor": row.actor, "at": row.at, "way": way, "head": None if head == row.seq else head,
                "acts": acts, "segments": segments, "placed": row.article is not None,
            }  # fmt: skip
    made = [{**row, "active": active[seq]} for seq, row in rows.items()]
    for start in range(0, len(made), PART):
        connection.execute(sa.insert(act), made[start : start + PART])


def _goes_on(before: tuple, at: int, way: str, group: str | None, here: set[int], there: set[int]) -> bool:
    _, _, since, how, shared = before
    if group and shared == group:
        return True
    return way == how == "hand" and at - since <= TOGETHER and here <= there


def _way(kind: str, payload: dict) -> str | None:
    if kind == "edit":
        return WAYS.get(str(payload.get("origin")))
    return "suggestion" if kind == "accept" or payload.get("flags") else None


def _changed(kind: str, payload: dict) -> int:
    name = "deleted" if kind == "delete" else "text"
    effects = payload.get("effects") or ()
    return sum("segment" in one and one["before"] is not None and name in one["after"] for one in effects)


def downgrade() -> None:
    for name in ("effort", "beginning", "correction_place", "correction_act"):
        op.drop_table(name)
