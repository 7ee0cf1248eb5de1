"""Flags as stored: replaced at each flagging, and covered by what reviewers dismissed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from review.model import SEVERITIES, Flag
from review.store import pieces as piece_rows
from review.store import schema as s
from review.store.texts import canonical, digest


@dataclass(frozen=True, slots=True)
class FlagRow:
    """A flag and what became of it: state "open", "accepted" or "dismissed", by which event."""

    flag: Flag
    state: str
    event_id: str | None


def save(
    connection: Connection,
    article: int,
    flags: Iterable[Flag],
    *,
    risks: Mapping[str, float] | None = None,
    revision: int | None = None,
    terms: int | None = None,
    rules: str = "",
) -> None:
    """Replace an article's flags by those just made, and its segments' risks (by segment id).

    ``revision`` is the article's revision that they were made for (None: the present one), ``terms`` the
    version of the project's terms, ``rules`` a fingerprint of the detectors; they come back in the
    article's row. Flags on segments that are gone meanwhile are dropped. Dismissals are applied.
    """
    pieces = {str(piece.id): piece for piece in piece_rows.of_article(connection, article)}
    rows: dict[tuple[int, str], dict[str, Any]] = {}
    for flag in flags:
        piece = pieces.get(flag.segment)
        if piece is None or (piece.id, flag.id) in rows:
            continue
        body = piece.source or "" if flag.side == "source" else piece.state.text
        rows[piece.id, flag.id] = _values(flag, article, body)
    connection.execute(delete(s.flag).where(s.flag.c.article == article))
    if rows:
        connection.execute(insert(s.flag), list(rows.values()))
    connection.execute(delete(s.risk).where(s.risk.c.article == article))
    known = {pieces[key].id: float(value) for key, value in (risks or {}).items() if key in pieces}
    if known:
        connection.execute(
            insert(s.risk), [{"segment": key, "article": article, "value": value} for key, value in known.items()]
        )
    words = {piece.id: max(len(piece.state.text), 1) for piece in pieces.values() if not piece.state.deleted}
    weight = sum(words.get(key, 0) for key in known)
    risk = sum(value * words.get(key, 0) for key, value in known.items()) / weight if weight else 0.0
    a = s.article.c
    values: dict[str, Any] = {
        "risk": risk,
        "flagged_revision": a.revision if revision is None else revision,
        "flagged_rules": rules,
    }
    if terms is not None:
        values["flagged_terms"] = terms
    connection.execute(update(s.article).where(a.id == article).values(values))
    count(connection, [article])


def of(connection: Connection, article: int) -> list[FlagRow]:
    """An article's flags by segment and place, with what became of each."""
    query = (
        select(s.flag, s.verdict.c.event)
        .outerjoin(s.verdict, s.verdict.c.id == s.flag.c.verdict)
        .where(s.flag.c.article == article)
        .order_by(s.flag.c.segment, s.flag.c.start, s.flag.c.end)
    )
    return [
        FlagRow(_flag(row), "open" if row.verdict is None else "dismissed", row.event)
        for row in connection.execute(query)
    ]


def count(connection: Connection, articles: Iterable[int]) -> None:
    """Bring articles' stored counts of open flags and their worst severity up to date."""
    for article in articles:
        f = s.flag.c
        query = (
            select(func.count(), func.max(f.severity))
            .select_from(s.flag.outerjoin(s.state, s.state.c.segment == f.segment))
            .where(f.article == article, f.verdict.is_(None))
            .where(s.state.c.deleted.is_distinct_from(True), s.state.c.retired.is_distinct_from(True))
        )
        number, worst = connection.execute(query).one()
        connection.execute(
            update(s.article)
            .where(s.article.c.id == article)
            .values(open_flags=number, worst=0 if worst is None else worst + 1)
        )


def _values(flag: Flag, article: int, body: str) -> dict[str, Any]:
    return {
        "segment": int(flag.segment),
        "id": flag.id,
        "article": article,
        "start": flag.start,
        "end": flag.end,
        "side": flag.side,
        "detector": flag.detector,
        "rule": flag.version,
        "category": flag.category,
        "subcategory": flag.subcategory,
        "severity": SEVERITIES.index(flag.severity),
        "confidence": flag.confidence,
        "message": flag.message,
        "suggestions": canonical(list(flag.suggestions)),
        "evidence": flag.evidence,
        "surface_hash": digest(body[flag.start : flag.end]),
        "verdict": None,
    }


def _flag(row: Any) -> Flag:
    return Flag(
        id=row.id,
        segment=str(row.segment),
        start=row.start,
        end=row.end,
        detector=row.detector,
        category=row.category,
        severity=SEVERITIES[row.severity],
        confidence=row.confidence,
        message=row.message,
        suggestions=tuple(json.loads(row.suggestions)),
        subcategory=row.subcategory,
        evidence=row.evidence,
        side=row.side,
        version=row.rule,
    )
