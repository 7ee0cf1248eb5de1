"""What is remembered of the work: segments confirmed or approved, or corrected by somebody and rejected by nobody.

It is read from the states, so what is undone is not remembered any more; text that was erased never is.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, and_, bindparam, case, func, or_, select

from review.model import Code
from review.model.status import DONE
from review.store import schema as s
from review.text.bared import bared

CHUNK = 500

_E, _T, _C, _A, _B = s.event.c, s.state.c, s.segment.c, s.article.c, s.batch.c


class Remembered(NamedTuple):
    """A segment with its current texts, without the inline codes of its file. ``source`` is None where it has none;
    ``at`` (UTC microseconds) and ``actor`` (an id) are of its last change."""

    segment: int
    article: int
    batch: int
    source_language: str
    target_language: str
    source: str | None
    target: str
    actor: int
    at: int
    status: str


class Place(NamedTuple):
    """Where a remembered segment stands, and by whom it is, in words."""

    article: str
    batch: str
    by: str


def head(connection: Connection, project: int) -> tuple[int, str]:
    """The project's last event: its number and hash; (0, "") before the first."""
    query = select(_E.seq, _E.hash).where(_E.project == project).order_by(_E.seq.desc()).limit(1)
    row = connection.execute(query).first()
    return (0, "") if row is None else (int(row.seq), str(row.hash))


def hash_of(connection: Connection, seq: int) -> str | None:
    """The hash of an event; None where there is no such event."""
    return connection.scalar(select(_E.hash).where(_E.seq == seq))


def changed(connection: Connection, project: int, since: int, until: int, limit: int | None = None) -> list[int]:
    """The segments that events after ``since`` up to ``until`` changed, in ascending order.

    With ``limit`` the search ends as soon as there are more: then more than ``limit`` are returned, not all.
    """
    most = None if limit is None else limit + 1
    inside = (_E.project == project, _E.seq > since, _E.seq <= until)
    named = select(_E.article).where(*inside, _E.article.is_not(None)).distinct().limit(most)
    articles = list(connection.scalars(named))
    found: set[int] = set()
    for start in range(0, len(articles), CHUNK):
        part = _T.article.in_(articles[start : start + CHUNK])
        found.update(connection.scalars(select(_T.segment).where(part, _T.event > since).limit(most)))
        if most is not None and len(found) >= most:
            break
    targets = s.event_target.c
    wide = select(_E.seq).where(*inside, _E.article.is_(None))
    found.update(connection.scalars(select(targets.segment).where(targets.seq.in_(wide)).distinct().limit(most)))
    return sorted(found)


def of(connection: Connection, project: int, segments: Iterable[int]) -> list[Remembered]:
    """Of these segments those that are remembered, in ascending order."""
    wanted = sorted(segments)
    found: list[Remembered] = []
    for start in range(0, len(wanted), CHUNK):
        part = {"project": project, "segments": wanted[start : start + CHUNK]}
        found += [_remembered(row) for row in connection.execute(_OF, part)]
    return found


def page(connection: Connection, project: int, after: int, limit: int) -> list[Remembered]:
    """Remembered segments whose ids come after ``after``, in ascending order."""
    query = _query().where(_B.project == project, _T.segment > after).limit(limit)
    return [_remembered(row) for row in connection.execute(query)]


def _remembered(row: Row[Any]) -> Remembered:
    found, stored = Remembered(*tuple(row)[:-1]), row.codes
    if stored == "[]":
        return found
    known = [Code(*item) for item in json.loads(stored)]
    source = None if found.source is None else bared(known, found.source).text
    return found._replace(source=source, target=bared(known, found.target).text or found.target)


def count(connection: Connection, project: int) -> int:
    """About how many segments were touched, for saying how far work is."""
    inside = select(_A.id).join(s.batch, _B.id == _A.batch).where(_B.project == project)
    return int(connection.scalar(select(func.count()).where(_T.article.in_(inside))) or 0)


def hidden(connection: Connection, project: int, batches: Collection[int]) -> set[int]:
    """Which of these batches are not to be seen, or not there any more."""
    there = select(_B.id).where(_B.project == project, _B.state == "visible")
    return set(batches) - set(connection.scalars(there))


def places(connection: Connection, found: Iterable[Remembered]) -> dict[int, Place]:
    """The places of remembered segments in visible batches, by segment."""
    segments = [row.segment for row in found]
    query = (
        select(_T.segment, _A.name, _B.name.label("batch"), s.actor.c.name.label("by"))
        .select_from(s.state.join(s.article, _A.id == _T.article).join(s.batch, _B.id == _A.batch))
        .join(s.actor, s.actor.c.id == _T.actor)
        .where(_T.segment.in_(segments), _B.state == "visible")
    )
    return {row.segment: Place(row.name, row.batch, row.by) for row in connection.execute(query)}


def _query() -> Select[Any]:
    """Texts are joined, so that a segment whose text was erased falls out by itself."""
    source_hash = case((_T.source_set, _T.source_hash), else_=_C.source_hash)
    source, target = s.text.alias("source_text"), s.text.alias("target_text")
    return (
        select(
            _T.segment, _T.article, _A.batch, _A.source_language, _A.target_language, source.c.body,
            target.c.body, _T.actor, _T.at, _T.status, _C.codes,
        )
        .select_from(s.state.join(s.segment, _C.id == _T.segment).join(s.article, _A.id == _T.article))
        .join(s.batch, _B.id == _A.batch)
        .join(target, target.c.hash == _T.text_hash)
        .outerjoin(source, source.c.hash == source_hash)
        .where(_T.retired.is_(False), _T.deleted.is_(False))
        .where(or_(_T.status.in_(DONE), and_(_T.status != "rejected", _T.text_hash != _C.hypothesis_hash)))
        .where(target.c.body.is_not(None), target.c.body != "")
        .where(or_(source_hash.is_(None), source.c.body.is_not(None)))
        .order_by(_T.segment)
    )  # fmt: skip


_OF = _query().where(_B.project == bindparam("project"), _T.segment.in_(bindparam("segments", expanding=True)))
