"""Which kinds of flag the segments of a whole batch carry, and how risky they are: a few queries, no text read."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from review.store import batches, standings
from review.store import schema as s


def risks(connection: Connection, batch: int) -> dict[int, float]:
    """The risk, 0 to 1, of each segment of those articles that were flagged before; empty where none was."""
    a, c, r = s.article.c, s.segment.c, s.risk.c
    query = (
        select(c.id, func.coalesce(r.value, 0.0))
        .select_from(s.article.join(s.segment, c.article == a.id).outerjoin(s.risk, r.segment == c.id))
        .where(a.batch == batch, a.flagged_revision >= 0)
    )
    return {key: float(value) for key, value in connection.execute(query)}


def kinds(connection: Connection, batch: int) -> Iterator[tuple[int, str, str]]:
    """The segment, category and detector of each flag that is open or was accepted, in no order.

    Dismissed flags are left out, and open ones of detectors that are off. Between an edit and the next flagging
    the flags are still those of the text before. Raises MissingError.
    """
    off = standings.now(connection, batches.project_of(connection, batch, staged=True)).off
    a, f, v = s.article.c, s.flag.c, s.verdict.c
    made = select(f.segment, f.category, f.detector).join(s.article, a.id == f.article)
    for row in connection.execute(made.where(a.batch == batch, f.verdict.is_(None), f.detector.not_in(off))):
        yield row.segment, row.category, row.detector
    accepted = select(v.segment, v.flag, v.detector).join(s.article, a.id == v.article)
    for row in connection.execute(accepted.where(a.batch == batch, v.active, v.kind == "accepted")):
        yield row.segment, json.loads(row.flag)["category"], row.detector
