"""What articles hold that a file may be able to tell or not: counted, so that losses are known before writing."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from review.store import schema as s

MANY = 500
"""Articles asked for at a time."""


def tally(connection: Connection, articles: Sequence[int]) -> dict[str, int]:
    """How much of each thing these articles hold, by the words of ``formats.base.HELD``.

    Comments, error spans, ratings and systems are counted one by one, all else by segments; a split counts once.
    Segments that a merge or split took the place of count for nothing.
    """
    found: dict[str, int] = {}
    systems: set[str] = set()
    for first in range(0, len(articles), MANY):
        some = articles[first : first + MANY]
        parts = [_segments(connection, some), _remarks(connection, some), _attached(connection, some)]
        for part in parts:
            for key, count in part.items():
                found[key] = found.get(key, 0) + count
        a = s.article.c
        systems |= set(connection.scalars(select(a.system).where(a.id.in_(some), a.system != "").distinct()))
    return {**found, "systems": len(systems)}


def _segments(connection: Connection, articles: Sequence[int]) -> dict[str, int]:
    c, t = s.segment.c, s.state.c
    made = c.origin_event.is_not(None)
    merged, halved = c.parents.like("%,%"), and_(c.parents != "[]", c.parents.not_like("%,%"))
    wording = and_(t.segment.is_not(None), t.text_hash != c.hypothesis_hash)
    changed = or_(wording, t.deleted.is_(True))
    wanted = {
        "source": case((t.source_set.is_(True), t.source_hash), else_=c.source_hash).is_not(None),
        "references": c.reference_hashes != "[]",
        "alternatives": c.alternatives != "[]",
        "machine": and_(wording, or_(c.origin_event.is_(None), c.parents != "[]")),
        "history": changed,
        "status": and_(t.status.is_not(None), t.status != "new"),
        "deleted": t.deleted.is_(True),
        "inserted": and_(made, c.parents == "[]", t.deleted.is_not(True)),
        "merges": merged,
        "notes": c.notes != "[]",
        "codes": c.codes != "[]",
    }
    splits = func.count(func.distinct(case((halved, c.parents))))
    query = select(*(_sum(condition).label(key) for key, condition in wanted.items()), splits.label("splits"))
    query = query.select_from(s.segment.outerjoin(s.state, t.segment == c.id))
    row = connection.execute(query.where(c.article.in_(articles), t.retired.is_not(True))).one()
    return {key: int(count or 0) for key, count in row._mapping.items()}


def _remarks(connection: Connection, articles: Sequence[int]) -> dict[str, int]:
    """Comments, error spans and ratings."""
    found = {}
    for key, table, here in (
        ("comments", s.comment, s.comment.c.active),
        ("spans", s.error_span, s.error_span.c.active),
        ("ratings", s.rating, s.rating.c.value.is_not(None)),
    ):
        query = select(func.count()).select_from(table).where(table.c.article.in_(articles), here)
        found[key] = int(connection.scalar(query) or 0)
    return found


def _attached(connection: Connection, articles: Sequence[int]) -> dict[str, int]:
    """Segments that were given a reference after the import and had none before."""
    a = s.attachment.c
    query = select(func.count(a.segment.distinct())).select_from(s.attachment.join(s.segment))
    query = query.where(a.article.in_(articles), a.side == "reference", s.segment.c.reference_hashes == "[]")
    return {"references": int(connection.scalar(query) or 0)}


def segments(connection: Connection, articles: Sequence[int]) -> int:
    """How many segments these articles have."""
    a = s.article.c
    sums = (
        connection.scalar(select(func.sum(a.segments)).where(a.id.in_(articles[first : first + MANY])))
        for first in range(0, len(articles), MANY)
    )
    return sum(int(count or 0) for count in sums)


def sides(connection: Connection, articles: Sequence[int]) -> tuple[int, int]:
    """The most references and the most other translations that a segment of these articles may have."""
    c, a = s.segment.c, s.attachment.c
    most = [0, 0]
    for first in range(0, len(articles), MANY):
        some = articles[first : first + MANY]
        for place, (column, sign) in enumerate(((c.reference_hashes, ","), (c.alternatives, '"hash":'))):
            count = connection.scalar(select(func.max(_count(column, sign))).where(c.article.in_(some), column != "[]"))
            most[place] = max(most[place], int(count) + (sign == ",") if count is not None else 0)
        for place, side in enumerate(("reference", "alternative")):
            each = select(func.count().label("n")).where(a.article.in_(some), a.side == side).group_by(a.segment)
            more = int(connection.scalar(select(func.max(each.subquery().c.n))) or 0)
            most[place] += more
    return most[0], most[1]


def _count(column: ColumnElement[str], sign: str) -> ColumnElement[int]:
    """How often a sign stands in a column."""
    return (func.length(column) - func.length(func.replace(column, sign, ""))) // len(sign)


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
