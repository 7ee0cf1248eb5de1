"""Articles and segments in bulk: rows prepared outside the database, inserted many at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from review.model import Article, Segment
from review.store import schema as s
from review.store.positions import initial
from review.store.texts import add_missing, canonical, digest
from review.text import codes
from review.text.counting import count_words

FIRST_CLIENT_ID = 2**40
"""Segments that reviewers make have random ids from here up; imported ones are numbered from 1."""


def take_ids(connection: Connection, name: str, count: int) -> int:
    """Reserve ``count`` consecutive ids of a kind; returns the first."""
    mine = s.counter.c.name == name
    if connection.execute(update(s.counter).where(mine).values(next=s.counter.c.next + count)).rowcount == 0:
        connection.execute(insert(s.counter).values(name=name, next=1 + count))
        return 1
    return int(connection.scalar(select(s.counter.c.next).where(mine)) or 0) - count


@dataclass(slots=True)
class Part:
    """An article, or a part of one, as rows that lack only their ids: made before the lock is taken."""

    article: dict[str, Any]
    rows: list[dict[str, Any]]
    texts: dict[bytes, str]
    begins: bool
    counts: dict[str, Any]


def prepare(article: Article, *, begins: bool = True) -> Part:
    """Hash and count everything of an article, or of a part of one that does not begin it.

    Reference and alternative texts that are empty count as absent.
    """
    texts: dict[bytes, str] = {}
    rows = [_segment_row(texts, item) for item in article.segments]
    counts = {
        "segments": len(rows),
        "words": sum(row["words"] for row in rows),
        "has_source": any(item.source is not None for item in article.segments),
        "has_reference": any(any(item.references) for item in article.segments),
    }
    named = {
        "name": article.name,
        "system": article.system,
        "source_language": article.source_language,
        "target_language": article.target_language,
    }
    return Part(named, rows, texts, begins, counts)


def write_parts(connection: Connection, batch: int, parts: Sequence[Part], into: int | None = None) -> list[int]:
    """Insert prepared articles; a first part that begins none goes on where article ``into`` stands.

    Returns the ids of the articles begun.
    """
    ids: list[int] = []
    article_rows, segment_rows = [], []
    texts: dict[bytes, str] = {}
    begun = sum(part.begins for part in parts)
    number = take_ids(connection, "article", begun) if begun else 0
    position = _next_position(connection, batch) if begun else 0
    total = sum(len(part.rows) for part in parts)
    segment = take_ids(connection, "segment", total) if total else 0
    for part in parts:
        start = 0
        if part.begins:
            key = number
            number += 1
            ids.append(key)
            article_rows.append({"id": key, "batch": batch, "position": position, **part.article, **part.counts})
            position += 1
        else:
            assert into is not None
            key = into
            start = _length(connection, key)
            _grow(connection, key, part.counts)
        for offset, row in enumerate(part.rows):
            row["id"], row["article"], row["position"] = segment, key, initial(start + offset)
            segment += 1
        segment_rows += part.rows
        texts |= part.texts
    if texts:
        # In the order of the hashes, so that neighbouring pages of the index are touched together.
        add_missing(connection, [{"hash": key, "body": texts[key]} for key in sorted(texts)])
    if article_rows:
        connection.execute(insert(s.article), article_rows)
    if segment_rows:
        connection.execute(insert(s.segment), segment_rows)
    return ids


def _segment_row(texts: dict[bytes, str], item: Segment) -> dict[str, Any]:
    def keep(body: str) -> bytes:
        found = digest(body)
        texts[found] = body
        return found

    alternatives = [
        {"system": f"alternative {place + 1}", "hash": keep(body).hex()}
        for place, body in enumerate(item.alternatives)
        if body
    ]
    return {
        "paragraph": item.paragraph,
        "name": item.name,
        "source_hash": None if item.source is None else keep(item.source),
        "hypothesis_hash": keep(item.hypothesis),
        "reference_hashes": canonical([keep(body).hex() for body in item.references if body]),
        "alternatives": canonical(alternatives),
        "locators": canonical(list(item.locators)),
        "parents": "[]",
        "codes": canonical([[code.token, code.shown, code.fixed] for code in item.codes]),
        "notes": canonical([keep(note).hex() for note in item.notes if note]),
        "origin_event": None,
        "words": count_words(codes.bare(item.codes, item.hypothesis)),
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
