"""Error spans and ratings, per rater."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from review.model import ErrorSpan, Rating
from review.store import people, texts
from review.store import schema as s


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


def raters(
    segments: Iterable[str], everywhere: Iterable[str], words: Iterable[ErrorSpan | Rating]
) -> dict[str, tuple[str, ...]]:
    """Who judged which segment, by its id: those of ``everywhere`` all, others those that their ``words`` are on.

    A rating of the whole article is a word on each segment.
    """
    here: dict[str, set[str]] = {}
    for word in words:
        here.setdefault(word.segment, set()).add(word.rater)
    always = set(everywhere) | here.get("", set())
    return {key: tuple(sorted(always | here.get(key, set()))) for key in segments}


def seen(connection: Connection, article: int) -> list[Rating]:
    """The segments that raters of the batch's file looked at without giving a number; ``value`` is None.

    A reviewer's rating that was taken back is no such word.
    """
    r, a = s.rating.c, s.actor.c
    query = select(s.rating).join(s.actor, a.id == r.rater).where(r.article == article, r.value.is_(None))
    query = query.where(a.issuer == people.FILE).order_by(r.segment, r.rater)
    return [Rating(str(row.rater), None, str(row.segment), str(article)) for row in connection.execute(query)]


def ratings(connection: Connection, article: int) -> list[Rating]:
    """The ratings of an article and of its segments."""
    r = s.rating.c
    query = select(s.rating).where(r.article == article, r.value.is_not(None)).order_by(r.segment, r.rater)
    return [
        Rating(str(row.rater), row.value, str(row.segment) if row.segment else "", str(article))
        for row in connection.execute(query)
    ]
