"""Flags as stored: replaced at each flagging, and covered by what reviewers dismissed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from review.model import SEVERITIES, Flag
from review.store import covering, texts
from review.store import pieces as piece_rows
from review.store import schema as s
from review.store.cutting import same_place
from review.store.piece import Piece
from review.store.texts import canonical, digest


@dataclass(frozen=True, slots=True)
class FlagRow:
    """A flag and what became of it: state "open", "accepted" or "dismissed", by which event."""

    flag: Flag
    state: str
    event_id: str | None
    reason: str = ""


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
    covering.refresh(connection, article, {piece.id: piece for piece in pieces.values()})
    covering.count(connection, [article])


def of(connection: Connection, article: int, pieces: Mapping[int, Piece] | None = None) -> list[FlagRow]:
    """An article's flags by segment and place, with what became of each.

    Those just made come with their dismissals; those acted on stay as they were: an accepted flag with the
    place of its suggestion now, a dismissed one while its text stands. ``pieces`` saves reading them again.
    """
    if pieces is None:
        pieces = {piece.id: piece for piece in piece_rows.of_article(connection, article)}
    query = (
        select(s.flag, s.verdict.c.event, s.verdict.c.reason)
        .outerjoin(s.verdict, s.verdict.c.id == s.flag.c.verdict)
        .where(s.flag.c.article == article)
    )
    found = [
        FlagRow(_flag(row), "open" if row.verdict is None else "dismissed", row.event, row.reason or "")
        for row in connection.execute(query)
        if row.segment in pieces
    ]
    seen = {(row.flag.segment, row.flag.id) for row in found}
    v = s.verdict.c
    acted = connection.execute(select(s.verdict).where(v.article == article, v.active).order_by(v.at, v.id))
    rows = [row for row in acted if row.segment in pieces]
    before = texts.get(connection, (row.text_hash for row in rows if row.kind == "accepted"))
    for row in rows:
        flag = _recorded(json.loads(row.flag), row.segment)
        piece = pieces[row.segment]
        if row.kind == "accepted":
            if (flag.segment, flag.id) in seen:
                # The same words stand a second time in the segment, and now count as the first.
                flag = replace(flag, id=digest(row.id).hex()[:16])
            found.append(FlagRow(_placed(flag, before[row.text_hash], piece, row.suggestion), "accepted", row.event))
        elif row.scope == "place" and (flag.segment, flag.id) not in seen and _stands(row, piece):
            found.append(FlagRow(flag, "dismissed", row.event, row.reason))
    order = {key: place for place, key in enumerate(pieces)}
    return sorted(found, key=lambda row: (order[int(row.flag.segment)], row.flag.start, row.flag.end))


def risks(connection: Connection, article: int) -> dict[int, float]:
    """The risk of each segment that has one, 0 to 1."""
    rows = connection.execute(select(s.risk.c.segment, s.risk.c.value).where(s.risk.c.article == article))
    return {row.segment: row.value for row in rows}


def _recorded(values: Mapping[str, Any], segment: int) -> Flag:
    """A flag as an event carries it."""
    names = {item.name for item in fields(Flag)}
    known = {name: value for name, value in values.items() if name in names}
    return Flag(**{**known, "segment": str(segment), "suggestions": tuple(known.get("suggestions", ()))})


def _placed(flag: Flag, before: str, piece: Piece, suggestion: str) -> Flag:
    """An accepted flag where its suggestion stands in the current text, or an empty span where it stood."""
    now = piece.source or "" if flag.side == "source" else piece.state.text
    start = same_place(before, now, flag.start)
    if not now.startswith(suggestion, start):
        near = now.find(suggestion, max(0, start - len(suggestion)))
        if near < 0:
            return replace(flag, start=start, end=start)
        start = near
    return replace(flag, start=start, end=start + len(suggestion))


def _stands(row: Any, piece: Piece) -> bool:
    source = None if piece.source is None else digest(piece.source)
    return row.text_hash == digest(piece.state.text) and row.source_hash == source


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
