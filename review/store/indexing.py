"""What an index of a batch's texts reads: all of them, article by article, and which of them changed since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, func, select

from review.model.status import STATUSES
from review.store import schema as s
from review.store import texts

AT_ONCE = 2000
"""Segments that one query reads."""

_STRUCTURE = ("merge", "split", "insert")
"""Kinds of events after which an article has other segments."""

_HYPOTHESIS = s.text.alias("hypothesis")
_SOURCE = s.text.alias("source")
_TEXT = s.text.alias("current")
_NEW_SOURCE = s.text.alias("new_source")
_B, _S, _E, _T = s.segment.c, s.state.c, s.event.c, s.event_target.c
_LIVING = _S.retired.is_distinct_from(True)
_ROWS = select(
    _B.id, _B.article, _B.position, _B.source_hash, _HYPOTHESIS.c.body, _SOURCE.c.body.label("source"),
    _S.version, _S.status, _S.locked, _S.deleted, _S.source_set, _S.source_hash.label("own_source"),
    _TEXT.c.body.label("text"), _NEW_SOURCE.c.body.label("new_source"),
).select_from(
    s.segment.join(_HYPOTHESIS, _HYPOTHESIS.c.hash == _B.hypothesis_hash)
    .outerjoin(_SOURCE, _SOURCE.c.hash == _B.source_hash)
    .outerjoin(s.state, _S.segment == _B.id)
    .outerjoin(_TEXT, _TEXT.c.hash == _S.text_hash)
    .outerjoin(_NEW_SOURCE, _NEW_SOURCE.c.hash == _S.source_hash)
).where(_LIVING)  # fmt: skip


class Light(NamedTuple):
    """A living segment as it is now; ``status`` is its place in ``STATUSES``; an erased text is ""."""

    id: int
    article: int
    version: int
    status: int
    locked: bool
    deleted: bool
    target: str
    source: str | None


class Changed(NamedTuple):
    """What events touched: segments, and articles that may have other segments since. ``last`` is the last event."""

    segments: set[int]
    articles: set[int]
    events: int
    last: int


class Named(NamedTuple):
    """What a list of hits says of an article."""

    name: str
    system: str
    target_language: str


def last_event(connection: Connection, project: int) -> tuple[int, str]:
    """The number and hash of a project's last event; (0, "") where there is none."""
    query = select(_E.seq, _E.hash).where(_E.project == project).order_by(_E.seq.desc()).limit(1)
    row = connection.execute(query).first()
    return (0, "") if row is None else (int(row.seq), str(row.hash))


def is_event(connection: Connection, seq: int, hashed: str) -> bool:
    """Whether the event of that number is the one with that hash: another is of another database, or a restored one."""
    return hash_of(connection, seq) == hashed


def hash_of(connection: Connection, seq: int) -> str:
    """The hash of an event by its number, "" where there is none."""
    return connection.scalar(select(_E.hash).where(_E.seq == seq)) or ""


def made(connection: Connection, batch: int) -> tuple[int, int]:
    """When a batch was made (UTC microseconds), and its project; (0, 0) where it is not there."""
    b = s.batch.c
    row = connection.execute(select(b.created_at, b.project).where(b.id == batch)).first()
    return (0, 0) if row is None else (int(row[0]), int(row[1]))


def shown(connection: Connection) -> set[int]:
    """The visible batches of all projects."""
    return set(connection.scalars(select(s.batch.c.id).where(s.batch.c.state == "visible")))


def large(connection: Connection, least: int) -> list[tuple[int, int, int]]:
    """The visible batches of ``least`` segments and more: (batch, project, who made it), oldest first."""
    a, b = s.article.c, s.batch.c
    query = select(b.id, b.project, b.created_by).join(s.article, a.batch == b.id).where(b.state == "visible")
    query = query.group_by(b.id).having(func.sum(a.segments) >= least).order_by(b.id)
    return [(int(row.id), int(row.project), int(row.created_by)) for row in connection.execute(query)]


def sizes(connection: Connection, batch: int) -> list[tuple[int, int]]:
    """The articles of a batch in file order, each with about how many segments it has."""
    a = s.article.c
    query = select(a.id, a.segments).where(a.batch == batch).order_by(a.position)
    return [(int(row.id), int(row.segments)) for row in connection.execute(query)]


def of_articles(connection: Connection, ids: Iterable[int]) -> dict[int, list[Light]]:
    """The living segments of a few articles, in order."""
    found: dict[int, list[Light]] = {number: [] for number in ids}
    query = _ROWS.where(_B.article.in_(list(found))).order_by(_B.article, _B.position)
    for row in connection.execute(query):
        found[row.article].append(_light(row))
    return found


def pages(connection: Connection, article: int, after: bytes = b"") -> Iterator[tuple[list[Light], bytes]]:
    """The living segments of one large article in order, by pages, each with where it ends."""
    while True:
        query = _ROWS.where(_B.article == article, _B.position > after).order_by(_B.position).limit(AT_ONCE)
        rows = list(connection.execute(query))
        if not rows:
            return
        after = rows[-1].position
        yield [_light(row) for row in rows], after


def of_segments(connection: Connection, ids: Iterable[int]) -> dict[int, Light]:
    """Living segments by id."""
    wanted = sorted(set(ids))
    found: dict[int, Light] = {}
    for start in range(0, len(wanted), texts.CHUNK):
        for row in connection.execute(_ROWS.where(_B.id.in_(wanted[start : start + texts.CHUNK]))):
            found[row.id] = _light(row)
    return found


def changed(connection: Connection, project: int, since: int) -> Changed:
    """What a project's events after number ``since`` touched."""
    segments: set[int] = set()
    structural: list[int] = []
    turned: list[tuple[int, str]] = []
    count, last = 0, since
    query = select(_E.seq, _E.kind, _E.refers).where(_E.project == project, _E.seq > since).order_by(_E.seq)
    for row in connection.execute(query):
        count, last = count + 1, int(row.seq)
        if row.kind in _STRUCTURE:
            structural.append(row.seq)
        elif row.kind in ("undo", "redo") and row.refers:
            turned.append((row.seq, row.refers))
    if not count:
        return Changed(segments, set(), 0, since)
    for start in range(0, len(turned), texts.CHUNK):
        part = turned[start : start + texts.CHUNK]
        there = select(_E.id).where(_E.id.in_([event for _, event in part]), _E.kind.in_(_STRUCTURE))
        known = set(connection.scalars(there))
        structural += [seq for seq, event in part if event in known]
    between = and_(_E.project == project, _E.seq > since, _E.seq <= last)
    segments.update(connection.scalars(select(_T.segment).select_from(s.event_target.join(s.event)).where(between)))
    articles: set[int] = set()
    for start in range(0, len(structural), texts.CHUNK):
        inside = _T.seq.in_(structural[start : start + texts.CHUNK])
        query = select(_B.article).distinct().select_from(s.event_target.join(s.segment, _B.id == _T.segment))
        articles.update(connection.scalars(query.where(inside)))
    return Changed(segments, articles, count, last)


def named(connection: Connection, ids: Iterable[int]) -> dict[int, Named]:
    """Names, systems and target languages of articles."""
    a = s.article.c
    wanted = sorted(set(ids))
    found: dict[int, Named] = {}
    for start in range(0, len(wanted), texts.CHUNK):
        query = select(a.id, a.name, a.system, a.target_language).where(a.id.in_(wanted[start : start + texts.CHUNK]))
        found.update((row.id, Named(row.name, row.system, row.target_language)) for row in connection.execute(query))
    return found


def _light(row: Any) -> Light:
    if row.version is None:
        source = None if row.source_hash is None else row.source or ""
        return Light(row.id, row.article, 0, 0, False, False, row.body or "", source)
    if row.source_set:
        source = None if row.own_source is None else row.new_source or ""
    else:
        source = None if row.source_hash is None else row.source or ""
    status = STATUSES.index(row.status)
    return Light(row.id, row.article, row.version, status, row.locked, row.deleted, row.text or "", source)
