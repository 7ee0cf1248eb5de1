"""Which flags a dismissal covers, at once and each time flags are made again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, delete, func, insert, or_, select, update

from review.model import Event
from review.store import pieces as piece_rows
from review.store import schema as s
from review.store import standings, texts
from review.store.cutting import moved
from review.store.piece import Piece
from review.store.projection import Effect
from review.store.texts import digest

SCOPES = ("place", "text", "article", "batch", "project")
"""This flag here; these words by this detector in the project; all of this detector's in the article, ..."""

_V = s.verdict.c
_F = s.flag.c


def after(connection: Connection, event: Event, effects: Sequence[Effect], recount: Iterable[int]) -> None:
    """Cover and uncover flags as an event's verdicts ask; count open flags again where they may have moved."""
    touched = set(recount)
    for effect in effects:
        if "verdict" not in effect:
            continue
        row = connection.execute(select(s.verdict).where(_V.id == effect["verdict"])).one()
        if row.kind != "dismissed":
            touched.add(row.article)
        elif row.active:
            touched |= _cover(connection, row)
        else:
            touched |= _uncover(connection, row)
    count(connection, touched)


def refresh(connection: Connection, article: int, pieces: Mapping[int, Piece]) -> None:
    """Cover the flags of these segments of an article by the dismissals that hold for them, and no others."""
    place = connection.execute(
        select(s.article.c.batch, s.batch.c.project).join(s.batch).where(s.article.c.id == article)
    ).one()
    columns = (_F.segment, _F.id, _F.start, _F.end, _F.detector, _F.rule, _F.side, _F.surface_hash, _F.verdict)
    here = _F.segment.in_(list(pieces)) if len(pieces) <= texts.CHUNK else _F.article == article
    flags = [row for row in connection.execute(select(*columns).where(here)) if row.segment in pieces]
    dismissals = _dismissals(connection, place.project, place.batch, article, {flag.detector for flag in flags})
    bodies = texts.get(
        connection,
        (row.source_hash if row.side == "source" else row.text_hash for row in dismissals if row.scope == "place"),
    )
    for flag in flags:
        holding = (row.id for row in dismissals if _covers(row, flag, pieces, bodies))
        verdict = next(holding, None)
        if verdict != flag.verdict:
            one = (_F.segment == flag.segment) & (_F.id == flag.id)
            connection.execute(update(s.flag).where(one).values(verdict=verdict))


def _dismissals(connection: Connection, project: int, batch: int, article: int, detectors: set[str]) -> list[Any]:
    """The dismissals in force that may reach into an article."""
    if not detectors:
        return []
    reach = or_(
        _V.scope.in_(("project", "text")),
        and_(_V.scope == "batch", _V.batch == batch),
        and_(_V.scope.in_(("article", "place")), _V.article == article),
    )
    columns = (
        _V.id,
        _V.segment,
        _V.scope,
        _V.detector,
        _V.rule,
        _V.side,
        _V.surface_hash,
        _V.text_hash,
        _V.source_hash,
        _V.flag,
    )
    query = select(*columns).where(
        _V.project == project, _V.active, _V.kind == "dismissed", _V.detector.in_(sorted(detectors)), reach
    )
    return list(connection.execute(query.order_by(_V.at, _V.id)))


def _covers(row: Any, flag: Any, pieces: Mapping[int, Piece], bodies: Mapping[bytes, str]) -> bool:
    if (row.detector, row.rule) != (flag.detector, flag.rule):
        return False
    if row.scope in ("article", "batch", "project"):
        return True
    if (row.side, row.surface_hash) != (flag.side, flag.surface_hash):
        return False
    if row.scope == "text":
        return True
    piece = pieces.get(flag.segment)
    if piece is None or row.segment != flag.segment or _hash(piece.source) != row.source_hash:
        return False
    then = json.loads(row.flag)
    before = bodies.get(row.source_hash if row.side == "source" else row.text_hash, "")
    now = piece.source or "" if row.side == "source" else piece.state.text
    return moved(then["start"], then["end"], before, now) == (flag.start, flag.end)


def _hash(text: str | None) -> bytes | None:
    return None if text is None else digest(text)


def _cover(connection: Connection, row: Any) -> set[int]:
    """Put a new dismissal on the open flags that it covers; returns their articles and its own."""
    wanted: list[ColumnElement[bool]] = [_F.verdict.is_(None), _F.detector == row.detector, _F.rule == row.rule]
    if row.scope == "place":
        wanted += [_F.segment == row.segment, _F.id == row.flag_id]
    elif row.scope == "article":
        wanted.append(_F.article == row.article)
    else:
        inside = select(s.article.c.id).join(s.batch)
        inside = inside.where(s.batch.c.id == row.batch if row.scope == "batch" else s.batch.c.project == row.project)
        wanted.append(_F.article.in_(inside))
        if row.scope == "text":
            wanted += [_F.surface_hash == row.surface_hash, _F.side == row.side]
    connection.execute(update(s.flag).where(*wanted).values(verdict=row.id))
    return _articles(connection, row)


def _uncover(connection: Connection, row: Any) -> set[int]:
    """Open the flags that a dismissal covered, unless another one covers them too."""
    touched = _articles(connection, row)
    connection.execute(update(s.flag).where(_F.verdict == row.id).values(verdict=None))
    for article in touched:
        refresh(
            connection, article, {piece.id: piece for piece in piece_rows.of_article(connection, article, bare=True)}
        )
    return touched


def _articles(connection: Connection, row: Any) -> set[int]:
    return {row.article, *connection.scalars(select(_F.article).where(_F.verdict == row.id).distinct())}


def count(connection: Connection, articles: Iterable[int]) -> None:
    """Bring articles' stored counts of open flags and their worst severity up to date."""
    for article in sorted(articles):
        held = standings.of_article(connection, article)
        open_flag = case((_F.verdict.is_(None), 1), else_=0)
        query = (
            select(_F.detector, _F.rule, _F.category, func.sum(open_flag), func.count())
            .add_columns(func.max(case((_F.verdict.is_(None), _F.severity))))
            .select_from(s.flag.outerjoin(s.state, s.state.c.segment == _F.segment))
            .where(_F.article == article, _F.detector.not_in(held.off))
            .where(s.state.c.deleted.is_distinct_from(True), s.state.c.retired.is_distinct_from(True))
            .group_by(_F.detector, _F.rule, _F.category)
        )
        found: dict[tuple[str, str], list[int]] = {}
        worst = -1
        for detector, rule, category, number, every, severity in connection.execute(query):
            counts = found.setdefault((detector, category), [0, 0])
            counts[0] += number
            counts[1] += every - number
            if severity is not None:
                worst = max(worst, 0 if (detector, rule) in held.demoted else severity)
        _keep(connection, article, found)
        number = sum(counts[0] for counts in found.values())
        connection.execute(
            update(s.article).where(s.article.c.id == article).values(open_flags=number, worst=worst + 1)
        )


def _keep(connection: Connection, article: int, found: Mapping[tuple[str, str], Sequence[int]]) -> None:
    """Bring an article's counts by detector and category to those found, touching only rows that differ."""
    c = s.flag_count.c
    rows = connection.execute(select(s.flag_count).where(c.article == article))
    held = {(row.detector, row.category): [row.open, row.hidden] for row in rows}
    for key in held.keys() - {key for key, counts in found.items() if held.get(key) == counts}:
        here = (c.article == article) & (c.detector == key[0]) & (c.category == key[1])
        connection.execute(delete(s.flag_count).where(here))
    new = [
        {"article": article, "detector": key[0], "category": key[1], "open": counts[0], "hidden": counts[1]}
        for key, counts in found.items()
        if held.get(key) != counts
    ]
    if new:
        connection.execute(insert(s.flag_count), new)
