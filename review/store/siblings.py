"""What the batch's other systems made of the same article: alternatives that nobody had to attach."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from review.store import schema as s
from review.store.piece import Piece

MOST = 20
"""Systems that are shown at most."""


def of(connection: Connection, article: int, pieces: Sequence[Piece]) -> dict[int, list[tuple[str, str]]]:
    """By segment id, the other systems' hypotheses as (system, text), in the order of the batch.

    Articles of one name in one batch are one article by several systems; their segments belong together by
    name. Segments that a merge or a split made have none.
    """
    a = s.article.c
    mine = connection.execute(select(a.batch, a.name, a.system).where(a.id == article)).one()
    others = connection.execute(
        select(a.id, a.system)
        .where(a.batch == mine.batch, a.name == mine.name, a.id != article, a.system != mine.system)
        .order_by(a.position)
        .limit(MOST)
    ).all()
    found: dict[int, list[tuple[str, str]]] = {}
    if not others:
        return found
    base = s.segment.c
    query = (
        select(base.article, base.name, s.text.c.body)
        .join(s.text, s.text.c.hash == base.hypothesis_hash)
        .where(base.article.in_([row.id for row in others]), base.origin_event.is_(None), s.text.c.body.is_not(None))
    )
    texts = {(row.article, row.name): row.body for row in connection.execute(query)}
    for piece in pieces:
        if not piece.name or piece.origin:
            continue
        named = [(row.system, texts[row.id, piece.name]) for row in others if (row.id, piece.name) in texts]
        if named:
            found[piece.id] = named
    return found
