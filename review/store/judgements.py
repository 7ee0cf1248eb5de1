"""What judges said of each segment when they were last asked; it holds while text and source read as they did."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, delete, insert, select

from review.model import Article, Flag, Segment
from review.store import schema as s
from review.store.clock import now
from review.store.schema import judgement
from review.store.texts import canonical, digest

CHUNK = 500
"""How many rows are replaced by one statement."""

_J = judgement.c


@dataclass(frozen=True, slots=True)
class Judgement:
    """A judge's word on one segment. ``checked`` False is "not checked" and never "no error"; ``reason`` says why."""

    segment: str
    judge: str
    checked: bool
    flags: tuple[Flag, ...] = ()
    score: float | None = None
    scale: str = ""
    reason: str = ""


def save(connection: Connection, article: Article, found: Iterable[Judgement]) -> None:
    """Put judgements in place of earlier ones. ``article`` is as the judge read it, with the store's ids.

    Judgements on segments that it does not hold are passed over.
    """
    read = {segment.id: segment for segment in article.segments}
    at = now()
    rows = [
        {
            "segment": int(item.segment),
            "judge": item.judge,
            "article": int(article.id),
            "text_hash": _hash(read[item.segment]),
            "checked": item.checked,
            "score": item.score,
            "scale": item.scale,
            "reason": item.reason,
            "flags": canonical([asdict(flag) for flag in item.flags]),
            "at": at,
        }
        for item in found
        if item.segment in read
    ]
    for start in range(0, len(rows), CHUNK):
        part = rows[start : start + CHUNK]
        for judge in {row["judge"] for row in part}:
            mine = [row["segment"] for row in part if row["judge"] == judge]
            connection.execute(delete(judgement).where(_J.segment.in_(mine), _J.judge == judge))
        connection.execute(insert(judgement), part)


def judges(connection: Connection, article: int) -> list[str]:
    """The judges that were ever asked about the article, by name."""
    return list(connection.scalars(select(_J.judge).where(_J.article == article).distinct().order_by(_J.judge)))


def judged(connection: Connection, batch: int) -> bool:
    """Whether a judge was ever asked about an article of the batch."""
    query = select(_J.segment).join(s.article, s.article.c.id == _J.article).where(s.article.c.batch == batch)
    return connection.scalar(query.limit(1)) is not None


def standing(connection: Connection, article: Article) -> list[Judgement]:
    """The judgements that hold for the article as it is given, by segment and judge; deleted segments have none."""
    segments = {int(item.id): item for item in article.segments if not item.deleted}
    query = select(judgement).where(_J.article == int(article.id)).order_by(_J.segment, _J.judge)
    return [
        Judgement(
            segment=str(row.segment),
            judge=row.judge,
            checked=row.checked,
            flags=tuple(Flag(**{**one, "suggestions": tuple(one["suggestions"])}) for one in json.loads(row.flags)),
            score=row.score,
            scale=row.scale,
            reason=row.reason,
        )
        for row in connection.execute(query)
        if row.segment in segments and row.text_hash == _hash(segments[row.segment])
    ]


def _hash(segment: Segment) -> bytes:
    return digest(canonical([segment.text, segment.source]))
