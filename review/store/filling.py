"""Articles and segments in bulk: rows prepared outside the database, inserted many at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from review.model import Article, Segment
from review.store import schema as s
from review.store.positions import initial
from review.store.texts import add_missing, canonical, count_words, digest

FIRST_CLIENT_ID = 2**40
"""Segments that reviewers make have random ids from here up; imported ones are numbered from 1."""


def take_ids(connection: Connection, name: str, count: int) -> int:
    """Reserve ``count`` consecutive ids of a kind; returns the first."""
    mine = s.counter.c.name == name
    if connection.execute(update(s.counter).where(mine).values(next=s.counter.c.next + count)).rowcount == 0:
        connection.execute(insert(s.counter).values(name=name, next=1 + count))
        return 1
    return int(connection.scalar(select(s.counter.c.next).where(mine)) or 0) - count


def write_articles(
    connection: Connection, batch: int, articles: Sequence[Article], into: int | None = None
) -> list[int]:
    """Insert articles; with ``into``, the first one's segments go on where that article stands.

    Returns the articles' ids, ``into`` first where it is given. Reference and alternative texts that are
    empty count as absent.
    """
    texts: dict[bytes, str] = {}
    ids: list[int] = []
    article_rows, segment_rows = [], []
    fresh = len(articles) - (into is not None)
    number = take_ids(connection, "article", fresh) if fresh else 0
    position = _next_position(connection, batch)
    total = sum(len(article.segments) for article in articles)
    segment = take_ids(connection, "segment", total) if total else 0
    for index, article in enumerate(articles):
        going_on = into is not None and index == 0
        key = into if going_on else number
        assert key is not None
        start = _length(connection, key) if going_on else 0
        rows = [
            _segment_row(texts, key, segment + offset, start + offset, item)
            for offset, item in enumerate(article.segments)
        ]
        segment += len(rows)
        segment_rows += rows
        ids.append(key)
        counted = {
            "segments": len(rows),
            "words": sum(row["words"] for row in rows),
            "has_source": any(item.source is not None for item in article.segments),
            "has_reference": any(any(item.references) for item in article.segments),
        }
        if going_on:
            _grow(connection, key, counted)
            continue
        article_rows.append(
            {
                "id": key,
                "batch": batch,
                "position": position,
                "name": article.name,
                "system": article.system,
                "source_language": article.source_language,
                "target_language": article.target_language,
                **counted,
            }
        )
        number, position = number + 1, position + 1
    if texts:
        add_missing(connection, [{"hash": key, "body": body} for key, body in texts.items()])
    if article_rows:
        connection.execute(insert(s.article), article_rows)
    if segment_rows:
        connection.execute(insert(s.segment), segment_rows)
    return ids


def _segment_row(texts: dict[bytes, str], article: int, key: int, order: int, item: Segment) -> dict[str, Any]:
    def keep(body: str) -> bytes:
        found = digest(body)
        texts[found] = body
        return found

    return {
        "id": key,
        "article": article,
        "position": initial(order),
        "paragraph": item.paragraph,
        "name": item.name,
        "source_hash": None if item.source is None else keep(item.source),
        "hypothesis_hash": keep(item.hypothesis),
        "reference_hashes": canonical([keep(body).hex() for body in item.references if body]),
        "alternatives": canonical(
            [
                {"system": f"alternative {place + 1}", "hash": keep(body).hex()}
                for place, body in enumerate(item.alternatives)
                if body
            ]
        ),
        "locators": canonical(list(item.locators)),
        "parents": "[]",
        "origin_event": None,
        "words": count_words(item.hypothesis),
    }


def _next_position(connection: Connection, batch: int) -> int:
    highest = connection.scalar(select(func.max(s.article.c.position)).where(s.article.c.batch == batch))
    return 0 if highest is None else int(highest) + 1


def _length(connection: Connection, article: int) -> int:
    return int(connection.scalar(select(s.article.c.segments).where(s.article.c.id == article)) or 0)


def _grow(connection: Connection, article: int, counted: dict[str, Any]) -> None:
    a = s.article.c
    connection.execute(
        update(s.article)
        .where(a.id == article)
        .values(
            segments=a.segments + counted["segments"],
            words=a.words + counted["words"],
            has_source=a.has_source | counted["has_source"],
            has_reference=a.has_reference | counted["has_reference"],
        )
    )
