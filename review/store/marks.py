"""Error spans and ratings, per rater."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from review.model import ErrorSpan, Rating
from review.store import schema as s
from review.store import texts


@dataclass(frozen=True, slots=True)
class MarkRow:
    """An error span, and the full text that it was marked on ("" once erased). ``span.rater`` is the actor's id."""

    span: ErrorSpan
    text: str
    at: int


def of(connection: Connection, article: int) -> dict[int, list[MarkRow]]:
    """The marks in an article by segment, oldest first."""
    m = s.error_span.c
    query = select(s.error_span).where(m.article == article, m.active).order_by(m.at, m.id)
    rows = list(connection.execute(query))
    bodies = texts.get(connection, (row.text_hash for row in rows))
    found: dict[int, list[MarkRow]] = {}
    for row in rows:
        span = ErrorSpan(
            id=row.id,
            segment=str(row.segment),
            start=row.start,
            end=row.end,
            category=row.category,
            severity=row.severity,
            rater=str(row.rater),
            side=row.side,
            subcategory=row.subcategory,
            note=row.note,
            missing=row.missing,
            text_hash=row.text_hash.hex(),
        )
        found.setdefault(row.segment, []).append(MarkRow(span, bodies[row.text_hash], row.at))
    return found


def batches(connection: Connection, project: int) -> dict[int, int]:
    """How many marks the visible batches of a project have, by batch; those without any are left out."""
    joined = s.error_span.join(s.article, s.article.c.id == s.error_span.c.article)
    joined = joined.join(s.batch, s.batch.c.id == s.article.c.batch)
    here = (s.batch.c.project == project, s.batch.c.state == "visible", s.error_span.c.active)
    query = select(s.batch.c.id, func.count()).select_from(joined).where(*here).group_by(s.batch.c.id)
    return {int(number): int(count) for number, count in connection.execute(query)}


def ratings(connection: Connection, article: int) -> list[Rating]:
    """The ratings of an article and of its segments."""
    r = s.rating.c
    query = select(s.rating).where(r.article == article, r.value.is_not(None)).order_by(r.segment, r.rater)
    return [
        Rating(str(row.rater), row.value, str(row.segment) if row.segment else "", str(article))
        for row in connection.execute(query)
    ]
